//! What a spreadsheet would change as it opens a file: an id like `0012345` loses its zeros, `1e5` becomes 100000, `2026-03`
//! a date, and of more than 15 digits the rest become zeros.

use crate::clean::{comparable, trim};

/// Longer numbers lose digits (IEEE 754).
const EXACT_DIGITS: usize = 15;

/// Whether a spreadsheet would read the text as a number, date, time, percentage, amount or truth value, and then show or
/// store something else. A plain number stays what it is.
pub(crate) fn is_retyped(text: &str) -> bool {
    let text: String = comparable(trim(text)).map(|c| c.to_ascii_lowercase()).collect();
    let is_plain = text.len() <= EXACT_DIGITS && (text == "0" || !text.starts_with('0'));
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return !is_plain;
    }
    if matches!(text.as_str(), "true" | "false") {
        return true;
    }
    // What is left of a number or a date without its digits and signs.
    let sign = |c: char| c.is_ascii_digit() || " .,:/-+%()$€£¥'_".contains(c);
    let mut words = text.split(sign).filter(|word| !word.is_empty());
    text.contains(|c: char| c.is_ascii_digit()) && words.all(is_part_of_a_number_or_date)
}

/// Of `1e5`, `9:00 am`, `2026-03-03T11:00Z`, `3-mar`, `sept1`.
fn is_part_of_a_number_or_date(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_month = || word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(word));
    matches!(word, "e" | "t" | "z" | "a" | "p" | "am" | "pm") || is_month()
}
