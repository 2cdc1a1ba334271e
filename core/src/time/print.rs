//! The single formatter of times: in words for people, in numbers for files and fields. Every exact time includes the zone; a readable
//! one and a clock do not, where it is named once for all of them.

use super::Timestamp;
use super::civil::{Civil, pad};
use super::http_date::names;
use chrono::{Datelike, NaiveDate};

/// The precision of a printed time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Precision {
    /// `2022-05-02 17:23 UTC`
    Minutes,
    /// `2022-05-02 17:23:14 UTC`
    Seconds,
}

/// An instant at an offset (seconds east of UTC) in words: `Sun 29 Nov 2026 09:00 UTC+01:00`, with the seconds if they are not zero.
pub fn in_words(instant: Timestamp, offset_seconds: i32) -> String {
    let mut out = day_words(instant, offset_seconds);
    out.push(' ');
    push_clock(&mut out, Civil::at(instant, offset_seconds));
    out.push(' ');
    push_offset(&mut out, offset_seconds);
    out
}

/// An instant in numbers, for files and fields, with the zone: `2022-05-02 17:23:14 UTC`, `2022-05-02 19:23:14 UTC+02:00`.
/// Truncated to the precision.
pub fn print(instant: Timestamp, offset_seconds: i32, precision: Precision) -> String {
    let civil = Civil::at(instant, offset_seconds);
    let mut out = String::with_capacity(32);
    civil.push_date(&mut out);
    out.push(' ');
    civil.push_minutes(&mut out);
    if precision == Precision::Seconds {
        push_seconds(&mut out, civil.second);
    }
    out.push(' ');
    push_offset(&mut out, offset_seconds);
    out
}

/// The zone in a printed time: `UTC`, `UTC+02:00`, `UTC-03:30`; with seconds only for historic offsets that have them.
pub fn offset_words(offset_seconds: i32) -> String {
    let mut out = String::with_capacity(9);
    push_offset(&mut out, offset_seconds);
    out
}

fn push_offset(out: &mut String, offset_seconds: i32) {
    out.push_str("UTC");
    if offset_seconds == 0 {
        return;
    }
    out.push(if offset_seconds < 0 { '-' } else { '+' });
    let size = offset_seconds.unsigned_abs();
    pad(out, size / 3600, 2);
    out.push(':');
    pad(out, size / 60 % 60, 2);
    if !size.is_multiple_of(60) {
        push_seconds(out, size % 60);
    }
}

fn push_seconds(out: &mut String, seconds: u32) {
    out.push(':');
    pad(out, seconds, 2);
}

/// The text of a time field, without the zone (shown beside the field): `2026-03-29 02:30`, with `:SS` only if the
/// seconds are not zero.
pub fn field_text(instant: Timestamp, offset_seconds: i32) -> String {
    let civil = Civil::at(instant, offset_seconds);
    let mut out = String::with_capacity(19);
    civil.push_date(&mut out);
    out.push(' ');
    push_clock(&mut out, civil);
    out
}

/// The day in words, without the offset: `Tue 3 May 2022`.
pub fn day_words(instant: Timestamp, offset_seconds: i32) -> String {
    date_words(Civil::at(instant, offset_seconds).date)
}

/// A date in words: `Tue 3 May 2022`.
pub(super) fn date_words(date: NaiveDate) -> String {
    let (weekday, month) = names(date.weekday().num_days_from_monday(), date.month0());
    let mut out = String::with_capacity(15);
    out.push_str(weekday);
    out.push(' ');
    pad(&mut out, date.day(), 1);
    out.push(' ');
    out.push_str(month);
    out.push(' ');
    pad(&mut out, date.year().unsigned_abs(), 4);
    out
}

/// A time as people read it in lists, without the zone: `Mon 30 Nov 09:00`; with the year (`Mon 30 Nov 2026 09:00`) unless it is
/// the year of `now` there. Truncated to minutes.
pub fn readable(instant: Timestamp, offset_seconds: i32, now: Timestamp) -> String {
    let civil = Civil::at(instant, offset_seconds);
    let mut out = day_words(instant, offset_seconds);
    if civil.date.year() == Civil::at(now, offset_seconds).date.year() {
        out.truncate(out.len().saturating_sub(" 2026".len()));
    }
    out.push(' ');
    civil.push_minutes(&mut out);
    out
}

/// The second of two times, shorter where it is on the day of the first: `Mon 30 Nov 09:00 – 17:00`.
pub fn readable_end(start: Timestamp, end: Timestamp, offset_seconds: (i32, i32), now: Timestamp) -> String {
    let (start, civil) = (Civil::at(start, offset_seconds.0), Civil::at(end, offset_seconds.1));
    if start.date != civil.date {
        return readable(end, offset_seconds.1, now);
    }
    let mut out = String::with_capacity(5);
    civil.push_minutes(&mut out);
    out
}

/// `14:05:10`, where day and zone are clear from the context.
pub fn clock(instant: Timestamp, offset_seconds: i32) -> String {
    let civil = Civil::at(instant, offset_seconds);
    let mut out = String::with_capacity(8);
    civil.push_minutes(&mut out);
    push_seconds(&mut out, civil.second);
    out
}

/// `17:23:14 UTC`, where the day is clear from the context.
pub fn clock_in_zone(instant: Timestamp, offset_seconds: i32) -> String {
    let mut out = clock(instant, offset_seconds);
    out.push(' ');
    push_offset(&mut out, offset_seconds);
    out
}

/// `HH:MM`, or `HH:MM:SS` if the seconds are not zero.
pub fn clock_words(instant: Timestamp, offset_seconds: i32) -> String {
    let mut out = String::with_capacity(8);
    push_clock(&mut out, Civil::at(instant, offset_seconds));
    out
}

fn push_clock(out: &mut String, civil: Civil) {
    civil.push_minutes(out);
    if civil.second != 0 {
        push_seconds(out, civil.second);
    }
}

#[cfg(test)]
mod tests;
