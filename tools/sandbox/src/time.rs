//! Instants on the wire: ISO 8601 in UTC with milliseconds and `Z`, as the printed samples have them.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

/// The last instant that RFC 3339 can write with a four-digit year, 9999-12-31T23:59:59.999Z.
const LAST: i64 = 253_402_300_799_999;
/// The first one the sandbox's clock accepts, 0001-01-01T00:00:00.000Z.
const FIRST: i64 = -62_135_596_800_000;

/// Milliseconds since 1970-01-01T00:00:00Z. Always between the years 1 and 9999, so that it can always be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(i64);

impl Millis {
    /// An instant from milliseconds since the epoch; beyond the years 1 to 9999 the nearest one that can be written.
    #[must_use]
    pub fn new(millis: i64) -> Self {
        Self(millis.clamp(FIRST, LAST))
    }

    /// Reads RFC 3339 with any offset. Digits beyond the millisecond are cut, because answers carry three.
    /// `None` for anything else, a date without a time or a time without an offset included.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parsed = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self::new(parsed.timestamp_millis()))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, as the claims of a token count (RFC 7519, `NumericDate`).
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This instant moved by `millis`, which may be negative.
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Self::new(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this instant, negative when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The form of the `Date` header (RFC 9110, section 5.6.7), for example `Tue, 03 May 2022 10:51:03 GMT`.
    #[must_use]
    pub fn http_date(self) -> String {
        self.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_milliseconds_as_sent() {
        for text in ["2022-05-03T11:51:03.800Z", "2022-05-02T17:23:14.000Z", "9999-12-31T23:59:59.999Z"] {
            assert_eq!(Millis::parse(text).map(|t| t.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn turns_any_offset_into_utc() {
        let read = Millis::parse("2022-05-02T19:23:14+02:00").map(|t| t.to_string());
        assert_eq!(read.as_deref(), Some("2022-05-02T17:23:14.000Z"));
    }

    #[test]
    fn refuses_what_is_not_rfc_3339() {
        for text in ["", "2022-05-02", "2022-05-02T17:23:14", "tomorrow", "1651512194000", "2022-13-02T17:23:14Z"] {
            assert_eq!(Millis::parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_the_date_header() {
        let text = Millis::parse("2022-05-03T10:51:03.993Z").map(Millis::http_date);
        assert_eq!(text.as_deref(), Some("Tue, 03 May 2022 10:51:03 GMT"));
    }

    #[test]
    fn stays_writable_at_both_ends() {
        assert_eq!(Millis::new(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Millis::new(i64::MIN).to_string(), "0001-01-01T00:00:00.000Z");
    }
}
