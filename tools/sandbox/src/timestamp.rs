//! Instants as the API prints them: ISO 8601 in UTC, with milliseconds and `Z`.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// 9999-12-31T23:59:59.999Z, the last instant RFC 3339 can write with a four-digit year.
const LAST: i64 = 253_402_300_799_999;
/// 0001-01-01T00:00:00.000Z, the first instant the sandbox's clock accepts.
const FIRST: i64 = -62_135_596_800_000;

/// Milliseconds since 1970-01-01T00:00:00Z, always within the years 1 to 9999 so that it can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `millis` milliseconds after the epoch, moved to the nearest one within the years 1 to 9999.
    pub(crate) fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(FIRST, LAST))
    }

    /// Reads RFC 3339 with any offset. Digits beyond the millisecond are cut off, because answers print three.
    ///
    /// `None` for anything else, such as a date without a time or a time without an offset.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parsed = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self::from_millis(parsed.timestamp_millis()))
    }

    /// Milliseconds since the epoch.
    pub(crate) fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, as token claims count time (RFC 7519, `NumericDate`).
    pub(crate) fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This instant moved by `millis`, which may be negative.
    pub(crate) fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this instant; negative when `earlier` is later.
    pub(crate) fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The format of the `Date` header (RFC 9110, section 5.6.7), for example `Tue, 03 May 2022 10:51:03 GMT`.
    pub(crate) fn http_date(self) -> String {
        self.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom(format!("{text:?} is not an RFC 3339 date and time with an offset or Z")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_the_milliseconds_it_read() {
        for text in ["2022-05-03T11:51:03.800Z", "2022-05-02T17:23:14.000Z", "9999-12-31T23:59:59.999Z"] {
            assert_eq!(Timestamp::parse(text).map(|time| time.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn converts_any_offset_to_utc() {
        let read = Timestamp::parse("2022-05-02T19:23:14+02:00").map(|time| time.to_string());
        assert_eq!(read.as_deref(), Some("2022-05-02T17:23:14.000Z"));
    }

    #[test]
    fn refuses_anything_but_rfc_3339() {
        for text in ["", "2022-05-02", "2022-05-02T17:23:14", "tomorrow", "1651512194000", "2022-13-02T17:23:14Z"] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
            assert!(serde_json::from_value::<Timestamp>(text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn prints_the_date_header() {
        let text = Timestamp::parse("2022-05-03T10:51:03.993Z").map(Timestamp::http_date);
        assert_eq!(text.as_deref(), Some("Tue, 03 May 2022 10:51:03 GMT"));
    }

    #[test]
    fn can_be_printed_at_both_limits() {
        assert_eq!(Timestamp::from_millis(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::from_millis(i64::MIN).to_string(), "0001-01-01T00:00:00.000Z");
    }
}
