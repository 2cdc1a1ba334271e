//! Characters in typed and pasted text that nobody means: they cannot be seen, or look like others. Chat programs, word
//! processors, spreadsheets and input methods add them; an id with one of them is another id that looks the same.
//!
//! Not meant to find letters of other scripts that look alike (Cyrillic `а`): an id may have those.

use std::borrow::Cow;

/// Whether a character has no shape of its own: joiners, direction marks, fillers, variation selectors, soft hyphen, byte
/// order mark, tags.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// The ASCII character that a full-width one or a wide, narrow or fixed space stands for; any other one unchanged.
pub(crate) const fn narrow(c: char) -> char {
    match c {
        '！'..='～' => match char::from_u32(c as u32 - 0xfee0) {
            Some(ascii) => ascii,
            None => c,
        },
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        _ => c,
    }
}

/// The straight quote that a curly one stands for; any other character unchanged.
const fn straight(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' => '\'',
        '\u{201c}'..='\u{201f}' => '"',
        _ => c,
    }
}

/// The characters by which texts are compared: visible, narrow, with straight quotes. ASCII stays as it is.
pub(crate) fn comparable(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !is_invisible(*c)).map(|c| straight(narrow(c)))
}

/// Whether two ids are the same to a reader: as [`comparable`], without surrounding space. Letter case matters.
pub(crate) fn same_id(a: &str, b: &str) -> bool {
    let (a, b) = (trim(a), trim(b));
    a == b || !(a.is_ascii() && b.is_ascii()) && comparable(a).eq(comparable(b))
}

/// Without white space and invisible characters at its ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// What is sent in place of a typed text, and what of that text is left out or replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cleaned {
    /// What is sent.
    pub text: String,
    /// Whether there were quotes around it.
    pub quotes: bool,
    /// Whether there were characters that cannot be seen or look like others.
    pub characters: bool,
}

/// An id, a time or a number as it was meant: without invisible and control characters, surrounding space and a pair of
/// quotes around it; full-width characters and special spaces as ASCII.
pub fn id(text: &str) -> Cow<'_, str> {
    match visible(text) {
        Cow::Borrowed(text) => Cow::Borrowed(without_quotes(text)),
        Cow::Owned(text) => Cow::Owned(String::from(without_quotes(&text))),
    }
}

/// What [`id`] changes in a text; `None` if that is only the space around it.
pub(crate) fn changes_of_id(typed: &str) -> Option<Cleaned> {
    let (visible, text) = (visible(typed), id(typed));
    let quotes = visible.trim() != text;
    let characters = visible.trim() != typed.trim();
    (quotes || characters).then(|| Cleaned { text: text.into_owned(), quotes, characters })
}

/// Without invisible and control characters; full-width characters and special spaces as ASCII.
fn visible(text: &str) -> Cow<'_, str> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_control());
    if plain(text) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !is_invisible(*c) && (!c.is_control() || *c == '\t'));
    Cow::Owned(kept.map(narrow).collect())
}

/// Trimmed, and without pairs of quotes around it.
fn without_quotes(text: &str) -> &str {
    const PAIRS: [(char, char); 6] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('„', '“'), ('«', '»')];
    let mut text = text.trim();
    while let Some(inside) =
        PAIRS.iter().find_map(|(open, close)| Some(text.strip_prefix(*open)?.strip_suffix(*close)?.trim()))
    {
        text = inside;
    }
    text
}

/// A name as it was meant: without surrounding space, and without the invisible characters that no word needs. Joiners and
/// direction marks within it stay, since Persian, Hebrew and emoji need them. A line break becomes a space.
pub fn name(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    if !text.contains(|c| is_stray(c) || c.is_control()) {
        return Cow::Borrowed(text);
    }
    let spaced =
        text.chars().filter(|c| !is_stray(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    Cow::Owned(String::from(trim(&spaced)))
}

/// Invisible characters that change no word: breaks and hyphens at a line's end, byte order marks, and the direction
/// controls that turn around everything after them.
const fn is_stray(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
