//! Text as people see it: letter case, invisible characters, and the kinds of white space, dashes and apostrophes make
//! no difference. What else looks alike (composed and decomposed letters, ligatures, half-width letters) is left to a
//! [`Normalize`]: its tables would add more than 20 kB to the download.

mod lower;

use crate::clean::{comparable, trim};
use lower::lower;
use std::cmp::Ordering;

/// Normalises a text to form NFKC (Unicode Standard Annex 15): in a browser, `String.prototype.normalize`.
pub type Normalize<'a> = &'a dyn Fn(&str) -> String;

/// The text by which others are compared and found. Leaves ASCII to [`folded`], as it is its own normal form.
pub(super) fn fold(text: &str, normalize: Normalize<'_>) -> String {
    let lowered: String = folded(text).collect();
    if lowered.is_ascii() {
        return lowered;
    }
    // A letter may have a composed form in one case only, so letters are lowered first; what normalising turns into
    // letters (`℡`) is lowered afterwards.
    folded(&normalize(&lowered)).collect()
}

/// Character by character: lower case, without what cannot be seen; all white space as one space. The final sigma
/// becomes a plain sigma, so that a word is found while it is still being typed.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = '\0';
    comparable(text).filter_map(move |c| {
        let c = match c {
            'ς' => 'σ',
            _ if c.is_whitespace() => ' ',
            _ if c.is_control() => return None,
            _ => lower(alike(c)),
        };
        // The dot of `İ`, which `lower` leaves out.
        let skip = (c == ' ' && before == ' ') || (c == '\u{307}' && before == 'i');
        before = c;
        (!skip).then_some(c)
    })
}

/// The hyphen that a dash stands for, or the apostrophe that a similar mark does; any other character unchanged.
pub(super) const fn alike(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '`'
        | '\u{b4}'
        | '\u{2b9}'
        | '\u{2bb}'..='\u{2bd}'
        | '\u{2c8}'
        | '\u{2ca}'..='\u{2cb}'
        | '\u{374}'
        | '\u{1fef}'
        | '\u{1ffd}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{ff40}' => '\'',
        _ => c,
    }
}

/// Where the folded `needle` occurs in an ASCII text. Byte by byte: of a hundred thousand texts, most are decided by
/// the search for the first letter.
pub(super) fn contains_ascii(text: &[u8], needle: &[u8], at_word_start: bool) -> bool {
    let Some(first) = needle.first() else { return true };
    let other = match first {
        b'\'' => b'`',
        b' ' => b'\t',
        _ => first.to_ascii_uppercase(),
    };
    let is_space = *first == b' ';
    let mut from = 0;
    while let Some(at) = text
        .get(from..)
        .and_then(|rest| rest.iter().position(|byte| byte == first || *byte == other || is_space && is_white(*byte)))
    {
        let at = from + at;
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let starts_word = || before.is_none_or(|c| !c.is_ascii_alphanumeric());
        // A row of white space counts as one space, which starts where the row does.
        let is_within_space = is_space && before.is_some_and(|before| is_white(*before));
        if !is_within_space
            && (!at_word_start || starts_word())
            && begins_ascii(text.get(at..).unwrap_or_default(), needle)
        {
            return true;
        }
        from = at + 1;
    }
    false
}

fn begins_ascii(mut text: &[u8], needle: &[u8]) -> bool {
    for wanted in needle {
        while let [control, rest @ ..] = text
            && control.is_ascii_control()
            && !is_white(*control)
        {
            text = rest;
        }
        let Some((byte, rest)) = text.split_first() else { return false };
        text = rest;
        if *wanted == b' ' {
            if !is_white(*byte) {
                return false;
            }
            while let [space, rest @ ..] = text
                && (is_white(*space) || space.is_ascii_control())
            {
                text = rest;
            }
        } else if !(byte.eq_ignore_ascii_case(wanted) || (*byte == b'`' && *wanted == b'\'')) {
            return false;
        }
    }
    true
}

/// [`char::is_whitespace`] for ASCII.
const fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether the folded `text` has the folded `needle` at the start of a word. Occurrences may overlap, which
/// [`str::match_indices`] would leave out.
pub(super) fn has_word_start(text: &str, needle: &str) -> bool {
    let (mut rest, mut before) = (text, None::<char>);
    while let Some((skipped, found)) = rest.find(needle).and_then(|at| rest.split_at_checked(at)) {
        if skipped.chars().next_back().or(before).is_none_or(|c| !c.is_alphanumeric()) {
            return true;
        }
        let mut after = found.chars();
        before = after.next();
        rest = after.as_str();
    }
    false
}

/// Whether `text` starts with `needle`, which must be folded already.
pub(super) fn begins(text: &str, needle: &str) -> bool {
    let mut text = folded(text);
    needle.chars().all(|c| text.next() == Some(c))
}

/// Whether both are equal; `needle` must be folded already.
pub(super) fn equals(text: &str, needle: &str) -> bool {
    folded(text).eq(needle.chars())
}

/// Whether two texts are equal, ignoring letter case, surrounding space and what cannot be seen.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    // A fast exit: most of very many texts start with another letter.
    if let (Some(of_a), Some(of_b)) = (a.bytes().next(), b.bytes().next())
        && of_a.is_ascii_alphanumeric()
        && of_b.is_ascii_alphanumeric()
        && !of_a.eq_ignore_ascii_case(&of_b)
    {
        return false;
    }
    folded(trim(a)).cmp(folded(trim(b))) == Ordering::Equal
}

/// Whether `text` contains `part`, ignoring letter case and what cannot be seen.
pub(crate) fn text_contains(text: &str, part: &str) -> bool {
    let part: String = folded(trim(part)).collect();
    folded(text).collect::<String>().contains(&part)
}

#[cfg(test)]
mod tests;
