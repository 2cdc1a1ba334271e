//! What time the API thinks it is: this machine's clock, corrected by the `Date` header where it can be read.

use super::{Span, Timestamp, cursor::Clock, cursor::Cursor};
use chrono::NaiveDate;

/// An estimate of the server's clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClockEstimate {
    offset: Option<(Span, Span)>,
}

impl ClockEstimate {
    /// No answer with a readable `Date` yet: this machine's own clock is used.
    pub const fn unknown() -> Self {
        Self { offset: None }
    }

    /// Takes in one answer: when it was asked and received by this machine's clock, and what its `Date` header said
    /// (whole seconds, so the instant lies within the second after it). Keeps the estimate with the smaller error,
    /// and replaces it when the new one contradicts it. An answer received before it was asked (this machine's clock
    /// was set back meanwhile) says nothing.
    #[must_use]
    pub fn observe(self, asked: Timestamp, received: Timestamp, date: Timestamp) -> Self {
        if received < asked {
            return self;
        }
        let [asked, received, date] = [asked, received, date].map(|time| i128::from(time.millis()));
        let least = date - received;
        let most = date + 1000 - asked;
        let seen = (span((least + most).div_euclid(2)), span((most - least + 1).div_euclid(2)));
        match self.offset {
            Some(known) if seen.1 > known.1 && !contradicts(known, seen) => self,
            _ => Self { offset: Some(seen) },
        }
    }

    /// Server minus machine, and half the width of what it may be; `None` while unknown.
    pub const fn offset(self) -> Option<(Span, Span)> {
        self.offset
    }

    /// The server's time when this machine's clock shows `local`. Offsets of less than 2 s, or less than their error, count as none.
    pub fn now(self, local: Timestamp) -> Timestamp {
        match self.offset {
            Some((offset, error)) if size(offset) >= 2000 && size(offset) >= size(error) => local.plus(offset),
            _ => local,
        }
    }
}

fn span(millis: i128) -> Span {
    let millis = millis.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    Span::from_millis(millis as i64)
}

fn size(span: Span) -> u64 {
    span.millis().unsigned_abs()
}

/// Whether two estimates cannot both be right.
fn contradicts(a: (Span, Span), b: (Span, Span)) -> bool {
    a.0.millis().abs_diff(b.0.millis()) > size(a.1).saturating_add(size(b.1))
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads an HTTP date (RFC 9110, 5.6.7, the preferred form): `Tue, 03 May 2022 10:51:03 GMT`. A day of the week that
/// does not fit the date is let pass: it carries nothing.
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

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let mut cursor = Cursor::new(text);
    let number = cursor.digits(digits, digits)?;
    cursor.end()?;
    Some(number)
}

/// The English abbreviations of a day of the week (0 is Monday) and of a month (0 is January).
pub(super) fn names(weekday: u32, month0: u32) -> (&'static str, &'static str) {
    let name = |names: &[&'static str], index: u32| names.get(index as usize).copied().unwrap_or_default();
    (name(&DAYS, weekday), name(&MONTHS, month0))
}

#[cfg(test)]
mod tests;
