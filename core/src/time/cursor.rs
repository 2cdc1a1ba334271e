//! A parser for dates and clock times, byte by byte.

use chrono::{Datelike, NaiveDate};

/// The text that has not been parsed yet.
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

/// A time of day. `second` may be 60 (a leap second, which is read as the next second), and `hour` 24 for the end of the
/// day; the caller decides whether to allow that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) milli: u32,
}

impl Clock {
    /// Milliseconds from 1970-01-01T00:00 to this time on the given day.
    pub(super) fn on(self, date: NaiveDate) -> i64 {
        const EPOCH: i64 = 719_163;
        let days = i64::from(date.num_days_from_ce()) - EPOCH;
        let seconds = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        days * 86_400_000 + seconds * 1000 + i64::from(self.milli)
    }
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes() }
    }

    /// The text that has not been parsed yet; empty if it starts within a character.
    pub(super) fn rest(&self) -> &'a str {
        std::str::from_utf8(self.rest).unwrap_or_default()
    }

    /// Consumes the next byte if it is one of these.
    pub(super) fn eat_any(&mut self, bytes: &[u8]) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        if !bytes.contains(&first) {
            return None;
        }
        self.rest = rest;
        Some(first)
    }

    /// Succeeds at the end of the text.
    pub(super) fn end(&self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }

    /// A number of `least` to `most` digits, as many as possible (`most` is at most 9).
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let mut value = 0_u32;
        let mut read = 0;
        while read < most
            && let Some(digit) = self.eat_any(b"0123456789")
        {
            value = value.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            read += 1;
        }
        (read >= least).then_some(value)
    }

    /// `2022-05-02`, from the year 0001 on.
    pub(super) fn date(&mut self) -> Option<NaiveDate> {
        let year = self.digits(4, 4).filter(|year| *year > 0)?;
        self.eat_any(b"-")?;
        let month = self.digits(2, 2)?;
        self.eat_any(b"-")?;
        let day = self.digits(2, 2)?;
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }

    /// `17:23`, `17:23:14`, `17:23:14.5`, `24:00`; the hour has at least `hour_digits` digits.
    pub(super) fn clock(&mut self, hour_digits: usize) -> Option<Clock> {
        let hour = self.digits(hour_digits, 2).filter(|hour| *hour <= 24)?;
        self.eat_any(b":")?;
        let minute = self.digits(2, 2).filter(|minute| *minute < 60)?;
        let mut clock = Clock { hour, minute, second: 0, milli: 0 };
        if self.eat_any(b":").is_some() {
            clock.second = self.digits(2, 2).filter(|second| *second <= 60)?;
            if self.eat_any(b".,").is_some() {
                clock.milli = self.fraction()?;
            }
        }
        (hour < 24 || clock == Clock { hour, minute: 0, second: 0, milli: 0 }).then_some(clock)
    }

    /// Decimal digits as thousandths; further digits are dropped.
    fn fraction(&mut self) -> Option<u32> {
        let mut milli = self.digits(1, 1)? * 100;
        for weight in [10, 1] {
            milli += self.digits(0, 1)? * weight;
        }
        while self.eat_any(b"0123456789").is_some() {}
        Some(milli)
    }

    /// `Z`, `+02:00`, `+0200` or `+02`, in seconds east of UTC.
    pub(super) fn offset(&mut self) -> Option<i32> {
        let sign = match self.eat_any(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.digits(2, 2).filter(|hours| *hours < 24)?;
        let colon = self.eat_any(b":").is_some();
        let minutes = match self.rest.first() {
            Some(b'0'..=b'9') => self.digits(2, 2).filter(|minutes| *minutes < 60)?,
            _ if colon => return None,
            _ => 0,
        };
        Some(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?)
    }

    /// Any number of `[Europe/Berlin]`. The offset before them says the instant, so they are not looked up. One that
    /// begins with `!` demands that (RFC 9557, section 3.2): it is refused.
    pub(super) fn zone_names(&mut self) -> Option<()> {
        while self.eat_any(b"[").is_some() {
            let length = self.rest.iter().position(|byte| *byte == b']').filter(|length| *length > 0)?;
            let (name, rest) = self.rest.split_at_checked(length)?;
            if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-=:.".contains(byte)) {
                return None;
            }
            self.rest = rest;
            self.eat_any(b"]")?;
        }
        Some(())
    }
}
