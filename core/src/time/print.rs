//! The one formatter of times. The zone is part of every printed time.

use super::Timestamp;

/// How fine a printed time is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Precision {
    /// `2022-05-02 17:23 UTC`
    Minutes,
    /// `2022-05-02 17:23:14 UTC`
    Seconds,
    /// `17:23:14 UTC`, where the day is plain from the context
    ClockSeconds,
}

/// Prints an instant as a clock shows it at an offset (seconds east of UTC), 24-hour, with the zone:
/// `2022-05-02 17:23:14 UTC`, `2022-05-02 19:23:14 UTC+02:00`.
pub fn print(instant: Timestamp, offset_seconds: i32, precision: Precision) -> String {
    todo!()
}

/// The zone's part of a printed time: `UTC`, `UTC+02:00`, `UTC-03:30`, with seconds only where an old offset has them.
pub fn offset_words(offset_seconds: i32) -> String {
    todo!()
}

/// What a time field shows, without the zone (which stands beside the field): `2026-03-29 02:30`, with `:SS` only when
/// the seconds are not zero.
pub fn field_text(instant: Timestamp, offset_seconds: i32) -> String {
    todo!()
}

/// The day in words, with the zone's offset left out: `Tue 3 May 2022`.
pub fn day_words(instant: Timestamp, offset_seconds: i32) -> String {
    todo!()
}

/// `HH:MM`, or `HH:MM:SS` when the seconds are not zero.
pub fn clock_words(instant: Timestamp, offset_seconds: i32) -> String {
    todo!()
}
