//! Instants, durations and their text. An instant is milliseconds since 1970-01-01T00:00:00Z; a time zone is a function
//! from an instant to its offset.

mod civil;
mod cursor;
pub(crate) mod given;
pub mod http_date;
pub mod input;
pub mod offsets;
pub mod print;
pub mod server_clock;
pub mod span;
pub mod zone;

pub use span::Span;

use civil::{Civil, pad};
use cursor::Cursor;

/// An instant, in milliseconds since the Unix epoch (UTC, no leap seconds). Documented: the API prints ISO 8601 UTC
/// with milliseconds and `Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The earliest printable instant: the start of the year 0001.
    pub const EARLIEST: Self = Self(-62_135_596_800_000);
    /// The latest printable instant: the last millisecond of the year 9999.
    pub const LATEST: Self = Self(253_402_300_799_999);

    /// The instant this many milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch: the milliseconds of a window may be a fingerprint of ours.
    pub const fn second(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Whether a program set it: the start of the year 1 (Go, .NET) and of 1970 (Unix) are what an unset time looks like,
    /// and no run is older than that.
    pub const fn is_set(self) -> bool {
        self.0 > 0
    }

    /// Parses ISO 8601 with `Z` or an offset: any number of fraction digits (truncated to milliseconds), `T` or a space
    /// between date and time, optional seconds, offsets like `+02:00`, `+0200` or `+02` (PostgreSQL), `24:00` for the end
    /// of the day, a second 60 for the end of the minute, and a zone in brackets after the offset (RFC 9557). `None` for
    /// anything else, including local times without an offset.
    pub fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let date = cursor.date()?;
        cursor.eat_any(b"Tt ")?;
        let clock = cursor.clock(2)?;
        let offset = cursor.offset()?;
        cursor.zone_names()?;
        cursor.end()?;
        let millis = clock.on(date) - i64::from(offset) * 1000;
        (Self::EARLIEST.0..=Self::LATEST.0).contains(&millis).then_some(Self(millis))
    }

    /// ISO 8601 in UTC with milliseconds, as the API prints it: `2022-05-02T17:23:14.000Z`. Outside the years 0001 to
    /// 9999, the nearest printable instant.
    pub fn to_iso(self) -> String {
        let civil = Civil::at(self, 0);
        let mut out = String::with_capacity(24);
        civil.push_date(&mut out);
        out.push('T');
        civil.push_minutes(&mut out);
        out.push(':');
        pad(&mut out, civil.second, 2);
        out.push('.');
        pad(&mut out, civil.milli, 3);
        out.push('Z');
        out
    }

    /// The instant `span` later; saturates at the printable range (years 0001 to 9999).
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.millis())).printable()
    }

    /// The time from `earlier` to this instant; negative if this one is before.
    pub fn since(self, earlier: Self) -> Span {
        Span::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The nearest printable instant.
    #[must_use]
    pub fn printable(self) -> Self {
        self.clamp(Self::EARLIEST, Self::LATEST)
    }
}

#[cfg(test)]
mod tests;
