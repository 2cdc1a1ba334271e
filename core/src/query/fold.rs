//! Text compared without letter case.

mod lower;

use lower::lower;
use std::cmp::Ordering;

/// Lower case, character by character; the final sigma is a sigma, so that what is typed so far is found.
pub(super) fn fold(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(|c| if c == 'ς' { 'σ' } else { lower(c) })
}

/// Whether `text` contains `needle`, which is folded already.
pub(super) fn contains(text: &str, needle: &str) -> bool {
    if text.is_ascii() {
        let (text, needle) = (text.as_bytes(), needle.as_bytes());
        return needle.is_empty() || text.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle));
    }
    fold(text).contains(needle)
}

/// Whether `text` begins with `needle`, which is folded already.
pub(super) fn begins(text: &str, needle: &str) -> bool {
    let mut text = folded(text);
    needle.chars().all(|c| text.next() == Some(c))
}

/// Whether both are the same; `needle` is folded already.
pub(super) fn equals(text: &str, needle: &str) -> bool {
    folded(text).eq(needle.chars())
}

pub(super) fn compare(a: &str, b: &str) -> Ordering {
    folded(a).cmp(folded(b))
}
