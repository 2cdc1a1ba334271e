//! Resolves local dates and times to instants in a zone whose clock may jump.

use super::Timestamp;
use super::civil::{naive, shift};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::cmp::Ordering;

/// A time zone: the offset from UTC, in seconds east, at an instant.
pub type Offset<'a> = &'a dyn Fn(Timestamp) -> i32;

/// The meaning of a local date and time in a zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolved {
    /// A single instant.
    Once(Timestamp),
    /// The clock was set back: it happens twice.
    Twice {
        /// At the offset before the change.
        earlier: Timestamp,
        /// At the offset after the change.
        later: Timestamp,
    },
    /// The clock was set forward over it: it does not exist.
    Never {
        /// The last whole minute before the jump.
        before: Timestamp,
        /// The first instant after the jump.
        after: Timestamp,
    },
}

/// No zone has ever been further than this from UTC.
const FURTHEST: i64 = 26 * 3_600_000;
/// The interval at which offsets around a local time are sampled: a change undone within it is not seen.
const STEP: i64 = 2 * 3_600_000;

/// Finds the instants at which a clock in the zone shows `local`.
pub fn resolve(local: NaiveDateTime, offset: Offset<'_>) -> Resolved {
    let shown = local.and_utc().timestamp_millis();
    let shows = |millis: i64| shift(Timestamp(millis), offset(Timestamp(millis)));
    let mut found: Vec<i64> = Vec::new();
    let mut tried: Vec<i32> = Vec::new();
    let mut consider = |seconds: i32| {
        if tried.contains(&seconds) {
            return;
        }
        tried.push(seconds);
        let instant = shown.saturating_sub(i64::from(seconds) * 1000);
        if shows(instant) == shown {
            found.push(instant);
        }
    };
    let mut at = -FURTHEST;
    while at <= FURTHEST {
        consider(offset(Timestamp(shown.saturating_add(at))));
        at += STEP;
    }
    match (found.iter().min(), found.iter().max()) {
        (Some(first), Some(last)) if first == last => Resolved::Once(Timestamp(*first)),
        (Some(first), Some(last)) => Resolved::Twice { earlier: Timestamp(*first), later: Timestamp(*last) },
        _ => jump(shown, shows),
    }
}

/// Finds the jump over a local time; `shows` maps an instant to the local time shown.
fn jump(shown: i64, shows: impl Fn(i64) -> i64) -> Resolved {
    let mut low = shown.saturating_sub(FURTHEST);
    let mut high = shown.saturating_add(FURTHEST);
    if shows(low) >= shown || shows(high) <= shown {
        // No real zone behaves like this; returns the nearest instant.
        return Resolved::Once(Timestamp(shown.saturating_sub(shows(shown).saturating_sub(shown))));
    }
    while high.saturating_sub(low) > 1 {
        let middle = low + (high - low) / 2;
        match shows(middle).cmp(&shown) {
            Ordering::Less => low = middle,
            Ordering::Greater => high = middle,
            Ordering::Equal => return Resolved::Once(Timestamp(middle)),
        }
    }
    // A whole minute of the local clock, not of UTC.
    let into_minute = shows(low).rem_euclid(60_000);
    Resolved::Never { before: Timestamp(low.saturating_sub(into_minute)), after: Timestamp(high) }
}

/// The local date and time that a clock in the zone shows at `instant`.
pub fn local(instant: Timestamp, offset: Offset<'_>) -> NaiveDateTime {
    naive(shift(instant.printable(), offset(instant)))
}

/// When a day starts in a zone: at its first instant, where the clocks skip midnight or show it twice.
pub fn midnight(day: NaiveDate, offset: Offset<'_>) -> Timestamp {
    match resolve(day.and_time(NaiveTime::MIN), offset) {
        Resolved::Once(at) | Resolved::Twice { earlier: at, .. } | Resolved::Never { after: at, .. } => at,
    }
}

/// The same time of day a day later; where the clock skips it, the first instant after the jump.
pub fn day_later(instant: Timestamp, offset: Offset<'_>) -> Timestamp {
    let next = local(instant, offset).checked_add_days(chrono::Days::new(1));
    match next.map(|next| resolve(next, offset)) {
        Some(Resolved::Once(at) | Resolved::Twice { earlier: at, .. } | Resolved::Never { after: at, .. }) => at,
        None => instant,
    }
}

#[cfg(test)]
mod tests;
