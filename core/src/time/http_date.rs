//! Times in HTTP headers.

use super::{Timestamp, cursor::Clock, cursor::Cursor};
use chrono::NaiveDate;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Parses an HTTP date in the preferred format (RFC 9110, 5.6.7): `Tue, 03 May 2022 10:51:03 GMT`. A wrong day of the
/// week is accepted, as it adds no information.
pub fn parse_http_date(text: &str) -> Option<Timestamp> {
    let (day_name, rest) = text.trim().split_once(", ")?;
    if !DAYS.contains(&day_name) {
        return None;
    }
    let rest = rest.strip_suffix(" GMT")?;
    let mut parts = rest.split(' ');
    let day = number(parts.next()?, 2)?;
    let month_name = parts.next()?;
    let month = (1..).zip(MONTHS).find(|(_, name)| *name == month_name)?.0;
    let year = number(parts.next()?, 4).filter(|year| *year > 0)?;
    let mut cursor = Cursor::new(parts.next()?);
    let clock: Clock = cursor.clock(2)?;
    cursor.end()?;
    if parts.next().is_some() || rest.len() != "03 May 2022 10:51:03".len() {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some(Timestamp(clock.on(date)).printable())
}

/// A number of exactly this many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let mut cursor = Cursor::new(text);
    let number = cursor.digits(digits, digits)?;
    cursor.end()?;
    Some(number)
}

/// The English abbreviations of a weekday (0 is Monday) and a month (0 is January).
pub(super) fn names(weekday: u32, month0: u32) -> (&'static str, &'static str) {
    let name = |names: &[&'static str], index: u32| names.get(index as usize).copied().unwrap_or_default();
    (name(&DAYS, weekday), name(&MONTHS, month0))
}

/// The weekday (0 is Monday) with that English name in lower case, which may be shortened to three letters or more.
pub(super) fn weekday_of(name: &str) -> Option<u32> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    (0..).zip(NAMES).find(|(_, full)| is_short_for(name, full)).map(|(index, _)| index)
}

/// The month (1 is January) with that English name in lower case, which may be shortened to three letters or more.
pub(super) fn month_of(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
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
    (1..).zip(NAMES).find(|(_, full)| is_short_for(name, full)).map(|(number, _)| number)
}

fn is_short_for(name: &str, full: &str) -> bool {
    name.len() >= 3 && full.starts_with(name)
}

#[cfg(test)]
mod tests;
