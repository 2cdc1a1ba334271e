//! Case-insensitive text comparison.

mod lower;

use crate::clean::{comparable, trim};
use lower::lower;
use std::cmp::Ordering;

/// Lower case, character by character, of what can be seen ([`comparable`]). The final sigma becomes a plain sigma, so that
/// a word is found while it is still being typed.
pub(super) fn fold(text: &str) -> String {
    folded(text).collect()
}

pub(super) fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    comparable(text).map(|c| if c == 'ς' { 'σ' } else { lower(c) })
}

/// Whether `text` contains `needle`, which must be folded already.
pub(super) fn contains(text: &str, needle: &str) -> bool {
    if text.is_ascii() {
        return contains_ascii(text.as_bytes(), needle.as_bytes());
    }
    fold(text).contains(needle)
}

/// [`contains`] for ASCII, byte by byte: of a hundred thousand texts, most are decided by the search for the first
/// letter.
fn contains_ascii(text: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else { return true };
    let upper = first.to_ascii_uppercase();
    let mut left = text;
    while let Some(at) = left.iter().position(|byte| byte == first || *byte == upper) {
        left = left.get(at + 1..).unwrap_or_default();
        if left.get(..rest.len()).is_some_and(|next| next.eq_ignore_ascii_case(rest)) {
            return true;
        }
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

pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let mut bytes = a.bytes().zip(b.bytes());
    let mut same = 0;
    // While both are ASCII, a letter is a byte and needs no lookup table.
    while let Some((of_a, of_b)) = bytes.next().filter(|(of_a, of_b)| of_a.is_ascii() && of_b.is_ascii()) {
        match of_a.to_ascii_lowercase().cmp(&of_b.to_ascii_lowercase()) {
            Ordering::Equal => same += 1,
            other => return other,
        }
    }
    folded(a.get(same..).unwrap_or_default()).cmp(folded(b.get(same..).unwrap_or_default()))
}

/// Whether two texts are equal, ignoring letter case, surrounding space and what cannot be seen.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    // A fast exit: most of very many texts start with another letter.
    if let (Some(of_a), Some(of_b)) = (a.bytes().next(), b.bytes().next())
        && of_a.is_ascii_graphic()
        && of_b.is_ascii_graphic()
        && !of_a.eq_ignore_ascii_case(&of_b)
    {
        return false;
    }
    let (a, b) = (trim(a), trim(b));
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { compare(a, b).is_eq() }
}

/// Whether `text` contains `part`, ignoring letter case and what cannot be seen.
pub(crate) fn text_contains(text: &str, part: &str) -> bool {
    contains(text, &fold(trim(part)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn same_text_ignores_case_and_surrounding_space(
            a in "[ \u{a0}]{0,2}[aAbBäÄK\u{212a}1ß]{0,3}[ \t]{0,2}",
            b in "[ \u{a0}]{0,2}[aAbBäÄK\u{212a}1ß]{0,3}[ \t]{0,2}",
        ) {
            prop_assert_eq!(same_text(&a, &b), fold(a.trim()) == fold(b.trim()));
            let swapped = |c: char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
            let other: String = a.trim().chars().map(swapped).collect();
            prop_assert!(same_text(&a, &other) && same_text(&other, &a));
            let padded = format!("\u{200b} {a}\u{ad}\u{202c}");
            prop_assert!(same_text(&a, &padded) && same_text(&padded, &a));
        }
    }
}
