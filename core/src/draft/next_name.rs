//! A name for a run that is scheduled again.

use crate::query::same_text;
use crate::time::Timestamp;
use crate::time::zone::{Offset, local};
use chrono::{Datelike, NaiveDate};

/// Further names than this are not tried.
const MOST_TRIES: u64 = 1000;

/// The name for a run that repeats one called `name`, and starts at `start`: a date in it becomes that of the start, `week 38` becomes
/// `week 39`, anything else gets `(2)`. Counts on until no run has the name.
pub fn next_name(name: &str, start: Option<Timestamp>, offset: Offset<'_>, is_taken: &dyn Fn(&str) -> bool) -> String {
    let start = start.map(|start| local(start, offset).date());
    if let Some(dated) = start.and_then(|day| with_date(name, day)).filter(|dated| !same_text(dated, name)) {
        return first_free(&dated, is_taken);
    }
    match last_number(name) {
        Some(counted) if !has_date(name) => {
            (1..MOST_TRIES).map(|by| counted.plus(by)).find(|name| !is_taken(name)).unwrap_or_else(|| name.to_owned())
        }
        _ => first_free(&format!("{name} (2)"), is_taken),
    }
}

/// The name itself, or with `(2)`, `(3)` and so on.
fn first_free(name: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    if !is_taken(name) {
        return name.to_owned();
    }
    let base = match last_number(name) {
        Some(Counted { before, after: ")", .. }) => before.trim_end_matches('(').trim_end(),
        _ => name,
    };
    let numbered = (2..MOST_TRIES).map(|number| format!("{base} ({number})"));
    numbered.into_iter().find(|name| !is_taken(name)).unwrap_or_else(|| name.to_owned())
}

/// A name around the number that counts its runs.
struct Counted<'a> {
    before: &'a str,
    digits: &'a str,
    after: &'a str,
}

impl Counted<'_> {
    fn plus(&self, by: u64) -> String {
        let number = self.digits.parse::<u64>().unwrap_or_default().saturating_add(by).to_string();
        let zeros = self.digits.len().saturating_sub(number.len());
        [self.before, &"0".repeat(zeros), &number, self.after].concat()
    }
}

/// The number that counts: the last word (`Survey 12`, `Sale #3`), in brackets (`Sale (2)`), or behind `week`, `wave`, `part` and the
/// like. Not a price, a percentage, a version or a year.
fn last_number(name: &str) -> Option<Counted<'_>> {
    let start_of_digits = |end: usize| {
        let digits = name.get(..end)?.bytes().rev().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits).then(|| end - digits)
    };
    let counted = |start: usize, end: usize| {
        Some(Counted { before: name.get(..start)?, digits: name.get(start..end)?, after: name.get(end..)? })
    };
    let behind_a_word = |start: usize| {
        const WORDS: [&str; 12] =
            ["week", "wk", "kw", "cw", "wave", "part", "round", "batch", "day", "run", "phase", "no."];
        let before = name.get(..start).unwrap_or_default().trim_end().to_lowercase();
        WORDS.iter().any(|word| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphabetic)))
    };
    let ends = (1..=name.len()).rev().filter(|end| {
        name.is_char_boundary(*end)
            && name.as_bytes().get(end - 1).is_some_and(u8::is_ascii_digit)
            && !name.as_bytes().get(*end).is_some_and(u8::is_ascii_digit)
    });
    let mut trailing = None;
    for end in ends {
        let Some(start) = start_of_digits(end) else { continue };
        if behind_a_word(start) {
            return counted(start, end);
        }
        let before = name.get(..start).unwrap_or_default();
        let own_word = before.is_empty() || before.ends_with([' ', '#', '-', '_', '\u{a0}']);
        let in_brackets = before.ends_with('(') && name.get(end..) == Some(")");
        if trailing.is_none() && (in_brackets || own_word && !before.is_empty() && end == name.len()) {
            trailing = Some((start, end));
        }
    }
    trailing.and_then(|(start, end)| counted(start, end))
}

/// The position and length of an ISO date in the name, and the date.
fn iso_date(name: &str) -> Option<(usize, NaiveDate)> {
    (0..name.len()).find_map(|at| {
        let text = name.get(at..at + 10)?;
        let is_digit = |at: Option<usize>| at.and_then(|at| name.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
        if is_digit(at.checked_sub(1)) || is_digit(Some(at + 10)) {
            return None;
        }
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if [year.len(), month.len(), day.len()] != [4, 2, 2] {
            return None;
        }
        Some((at, NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?))
    })
}

fn has_date(name: &str) -> bool {
    iso_date(name).is_some()
}

/// The name with its date replaced; `None` if it has none.
fn with_date(name: &str, day: NaiveDate) -> Option<String> {
    let (at, _) = iso_date(name)?;
    let date = format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
    Some([name.get(..at)?, &date, name.get(at + 10..)?].concat())
}

#[cfg(test)]
mod tests {
    use super::next_name;
    use crate::query::same_text;
    use crate::time::Timestamp;
    use proptest::prelude::*;

    fn next(name: &str, taken: &[&str]) -> String {
        let start = Timestamp::parse("2026-11-30T23:30:00Z");
        next_name(name, start, &|_| 3600, &|name| taken.iter().any(|taken| same_text(taken, name)))
    }

    #[test]
    fn counts_what_the_name_counts() {
        for (name, expected) in [
            ("Survey week 38", "Survey week 39"),
            ("week 38 survey", "week 39 survey"),
            ("Week 09", "Week 10"),
            ("KW 52 Umfrage", "KW 53 Umfrage"),
            ("Wave 1 of 3", "Wave 2 of 3"),
            ("Sale (2)", "Sale (3)"),
            ("Sale #3", "Sale #4"),
            ("Reminder 12", "Reminder 13"),
            ("Reminder-099", "Reminder-100"),
            ("Spring sale", "Spring sale (2)"),
            ("Spring sale 2026", "Spring sale 2026 (2)"),
            ("Save 20%", "Save 20% (2)"),
            ("20 off", "20 off (2)"),
            ("v1.2", "v1.2 (2)"),
            ("B2B", "B2B (2)"),
            ("Sale 2026-11-02", "Sale 2026-12-01"),
            ("2026-11-02 sale", "2026-12-01 sale"),
            ("Sale 2026-12-01", "Sale 2026-12-01 (2)"),
            ("春の 3", "春の 4"),
            ("7", "7 (2)"),
        ] {
            assert_eq!(next(name, &[name]), expected, "{name}");
        }
    }

    #[test]
    fn skips_names_that_are_taken() {
        assert_eq!(next("Week 38", &["Week 38", "week 39", "Week 40"]), "Week 41");
        assert_eq!(next("Sale", &["Sale", "Sale (2)", "Sale (3)"]), "Sale (4)");
        assert_eq!(next("Sale 2026-11-02", &["Sale 2026-12-01"]), "Sale 2026-12-01 (2)");
    }

    proptest! {
        #[test]
        fn proposed_name_is_free(name in "\\PC{0,20}|(week|sale|\\(|#)? ?[0-9]{0,4}\\)?( 2026-11-0[1-9])?", more in "\\PC{0,20}") {
            let taken = [name.as_str(), &more];
            let found = next(&name, &taken);
            prop_assert!(taken.iter().all(|taken| !same_text(taken, &found)), "{}", found);
        }
    }
}
