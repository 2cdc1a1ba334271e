//! An instant as calendar date and clock time.

use super::Timestamp;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};

/// A local date and time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Civil {
    pub(super) date: NaiveDate,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) milli: u32,
}

impl Civil {
    /// What a clock at this offset (seconds east of UTC) shows; clamped to the years 0001 to 9999.
    pub(super) fn at(instant: Timestamp, offset_seconds: i32) -> Self {
        let shown = Timestamp(shift(instant, offset_seconds)).printable();
        let naive = naive(shown.0);
        Self {
            date: naive.date(),
            hour: naive.hour(),
            minute: naive.minute(),
            second: naive.second(),
            milli: (naive.nanosecond() / 1_000_000).min(999),
        }
    }

    /// `2022-05-02`
    pub(super) fn push_date(&self, out: &mut String) {
        pad(out, self.date.year().unsigned_abs(), 4);
        out.push('-');
        pad(out, self.date.month(), 2);
        out.push('-');
        pad(out, self.date.day(), 2);
    }

    /// `17:23`
    pub(super) fn push_minutes(&self, out: &mut String) {
        pad(out, self.hour, 2);
        out.push(':');
        pad(out, self.minute, 2);
    }
}

/// The local time as milliseconds since 1970-01-01T00:00 local time.
pub(super) fn shift(instant: Timestamp, offset_seconds: i32) -> i64 {
    instant.0.saturating_add(i64::from(offset_seconds) * 1000)
}

/// The date and time this many milliseconds after 1970-01-01T00:00, clamped to chrono's range.
pub(super) fn naive(millis: i64) -> NaiveDateTime {
    match DateTime::from_timestamp_millis(millis) {
        Some(time) => time.naive_utc(),
        None if millis < 0 => NaiveDateTime::MIN,
        None => NaiveDateTime::MAX,
    }
}

/// Appends a number with leading zeros. Avoids the code size of `format!` padding.
pub(super) fn pad(out: &mut String, value: u32, width: usize) {
    let digits = value.checked_ilog10().map_or(1, |log| log as usize + 1);
    for _ in digits..width {
        out.push('0');
    }
    push_number(out, u64::from(value));
}

/// Appends a number.
pub(super) fn push_number(out: &mut String, value: u64) {
    if value >= 10 {
        push_number(out, value / 10);
    }
    out.push(char::from(b'0' + (value % 10) as u8));
}
