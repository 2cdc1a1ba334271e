//! Times typed by a person.

use super::cursor::Cursor;
use super::zone::{Offset, Resolved, local, resolve};
use super::{Span, Timestamp, civil};
use crate::clean;
use chrono::NaiveDate;

/// The meaning of typed text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeInput {
    /// A single instant.
    At(Timestamp),
    /// A local time that happens twice in the zone (earlier, later).
    Twice(Timestamp, Timestamp),
    /// A local time that the zone's clock skips (nearest times before and after).
    Never(Timestamp, Timestamp),
    /// No text.
    Empty,
    /// Unknown format.
    Unreadable,
}

/// Parses `2026-03-29 02:30`, with seconds or milliseconds, or with `T`; ISO 8601 with `Z` or an offset (independent of
/// the zone), also as this console prints it (`2026-03-29 02:30 UTC`, `… UTC+02:00`); `now`; `+2h`, `+1d 4h` (from
/// `now`); `today 18:00`, `tomorrow 09:00`, `09:00` (today in the zone). Full-width digits
/// and invisible characters do not matter.
pub fn read(text: &str, now: Timestamp, offset: Offset<'_>) -> TimeInput {
    let text = &*clean::id(text);
    if text.is_empty() {
        return TimeInput::Empty;
    }
    if text.eq_ignore_ascii_case("now") {
        return TimeInput::At(now);
    }
    if let Some(length) = text.strip_prefix('+') {
        return Span::parse(length).map_or(TimeInput::Unreadable, |span| TimeInput::At(now.plus(span)));
    }
    if let Some(instant) = Timestamp::parse(text).or_else(|| as_printed(text)) {
        return TimeInput::At(instant);
    }
    read_local(text, now, offset).map_or(TimeInput::Unreadable, |shown| in_zone(shown, offset))
}

/// A time as this console prints it, copied from elsewhere on the page: `… UTC`, `… UTC+02:00`.
fn as_printed(text: &str) -> Option<Timestamp> {
    let at = text.len().checked_sub(3).filter(|at| text.get(*at..).is_some_and(|end| end.eq_ignore_ascii_case("UTC")));
    let (time, zone) = match at {
        Some(at) => (text.get(..at)?, "Z"),
        None => {
            let at = text.to_ascii_uppercase().find("UTC")?;
            (text.get(..at)?, text.get(at + 3..).filter(|zone| zone.starts_with(['+', '-']))?)
        }
    };
    let mut iso = String::from(time.trim_end());
    iso.push_str(zone);
    Timestamp::parse(&iso)
}

/// A local date and time without an offset, as milliseconds since 1970-01-01T00:00 local time.
fn read_local(text: &str, now: Timestamp, offset: Offset<'_>) -> Option<i64> {
    let today = local(now, offset).date();
    if let Some((day, clock)) = text.split_once(char::is_whitespace) {
        let date = if day.eq_ignore_ascii_case("today") {
            today
        } else if day.eq_ignore_ascii_case("tomorrow") {
            today.succ_opt()?
        } else {
            let mut cursor = Cursor::new(day);
            let date = cursor.date()?;
            cursor.end()?;
            date
        };
        return read_clock(clock.trim_start(), date);
    }
    match text.split_once(['T', 't']) {
        Some((day, clock)) => {
            let mut cursor = Cursor::new(day);
            let date = cursor.date()?;
            cursor.end()?;
            read_clock(clock, date)
        }
        None => read_clock(text, today),
    }
}

fn read_clock(text: &str, date: NaiveDate) -> Option<i64> {
    let mut cursor = Cursor::new(text);
    let clock = cursor.clock(1).filter(|clock| clock.hour < 24 && clock.second < 60)?;
    cursor.end()?;
    Some(clock.on(date))
}

fn in_zone(shown: i64, offset: Offset<'_>) -> TimeInput {
    let printable = |instant: Timestamp| instant == instant.printable();
    match resolve(civil::naive(shown), offset) {
        Resolved::Once(instant) if printable(instant) => TimeInput::At(instant),
        Resolved::Twice { earlier, later } if printable(earlier) && printable(later) => {
            TimeInput::Twice(earlier, later)
        }
        Resolved::Never { before, after } if printable(before) && printable(after) => TimeInput::Never(before, after),
        _ => TimeInput::Unreadable,
    }
}

#[cfg(test)]
mod tests;
