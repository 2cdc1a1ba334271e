//! Durations and their text.

use super::civil::push_number;

/// A duration in milliseconds; may be negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span(i64);

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const UNITS: [(u64, &str); 4] = [(DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (SECOND, "s")];

impl Span {
    /// A duration of this many milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    /// A duration of this many seconds.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }
    /// A duration of this many minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60_000))
    }
    /// A duration of this many hours.
    pub const fn from_hours(hours: i64) -> Self {
        Self(hours.saturating_mul(3_600_000))
    }
    /// In milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The two largest units, rounded down: `8 h 30 min`, `2 d 4 h`, `45 s`, `0 s`; the second is omitted if it is zero
    /// (`2 d`). The sign is dropped: the surrounding sentence says whether it is ahead or past.
    pub fn words(self) -> String {
        self.words_of(2)
    }

    /// All non-zero units down to seconds: `1 d 2 h 3 min 4 s`; milliseconds are dropped.
    pub fn exact_words(self) -> String {
        self.words_of(UNITS.len())
    }

    /// This many adjacent units, from the largest non-zero one.
    fn words_of(self, units: usize) -> String {
        let mut rest = self.0.unsigned_abs();
        let mut out = String::new();
        let size = rest;
        let from = UNITS.iter().skip_while(|(length, _)| size < *length);
        for (length, word) in from.take(units) {
            let count = rest / length;
            rest %= length;
            if count == 0 {
                continue;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            push_number(&mut out, count);
            out.push(' ');
            out.push_str(word);
        }
        if out.is_empty() {
            out.push_str("0 s");
        }
        out
    }

    /// Parses a typed duration: `8h 30m`, `90 min`, `1.5 h`, `2d`, `45s`, `8:30` (hours:minutes), `1h30`. A bare number
    /// is rejected rather than guessed. Units go from large to small, each once; only the last may have a fraction.
    /// `None` unless it is more than zero and at most 366 days.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let millis = if text.contains(':') { parse_clock(text)? } else { parse_units(text)? };
        let most = 366 * DAY;
        (millis > 0 && millis <= most).then_some(Self(i64::try_from(millis).ok()?))
    }
}

/// `8:30`, hours and minutes.
fn parse_clock(text: &str) -> Option<u64> {
    let (hours, minutes) = text.split_once(':')?;
    if minutes.len() != 2 {
        return None;
    }
    let minutes = whole(minutes).filter(|minutes| *minutes < 60)?;
    Some(whole(hours)? * HOUR + minutes * MINUTE)
}

/// `1 d 2 h 3 min 4 s`, or some of these units.
fn parse_units(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut total = 0_u64;
    let mut before = u64::MAX;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        rest = after.trim_start();
        let unit = if word.is_empty() && rest.is_empty() && before == HOUR {
            // `1h30`: the minutes after the hours.
            whole(number).filter(|minutes| *minutes < 60)?;
            MINUTE
        } else {
            unit(word)?
        };
        if unit >= before {
            return None;
        }
        before = unit;
        total = total.checked_add(amount(number, unit, rest.is_empty())?)?;
    }
    Some(total)
}

/// This many units in milliseconds; a fraction only where allowed.
fn amount(number: &str, unit: u64, may_have_fraction: bool) -> Option<u64> {
    let comma = number.contains(',');
    let Some((number, fraction)) = number.split_once(['.', ',']) else {
        return Some(whole(number)? * unit);
    };
    // `1,5 h` is common in Europe; `1,500 h` is ambiguous.
    if !may_have_fraction || fraction.len() > if comma { 2 } else { 6 } {
        return None;
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    Some(whole(number)? * unit + whole(fraction)? * unit / scale)
}

/// Up to nine digits.
fn whole(text: &str) -> Option<u64> {
    let fits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

fn unit(word: &str) -> Option<u64> {
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "d" | "day" | "days" => Some(DAY),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(HOUR),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(MINUTE),
        "s" | "sec" | "secs" | "second" | "seconds" => Some(SECOND),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
