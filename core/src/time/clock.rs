//! What time the API thinks it is: this machine's clock, corrected by the `Date` header where it can be read.

use super::{Span, Timestamp};

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
    /// and replaces it when the new one contradicts it.
    #[must_use]
    pub fn observe(self, asked: Timestamp, received: Timestamp, date: Timestamp) -> Self {
        todo!()
    }

    /// Server minus machine, and half the width of what it may be; `None` while unknown.
    pub const fn offset(self) -> Option<(Span, Span)> {
        self.offset
    }

    /// The server's time when this machine's clock shows `local`. Offsets of less than 2 s, or less than their error, count as none.
    pub fn now(self, local: Timestamp) -> Timestamp {
        todo!()
    }
}

/// Reads an HTTP date (RFC 9110, 5.6.7, the preferred form): `Tue, 03 May 2022 10:51:03 GMT`.
pub fn parse_http_date(text: &str) -> Option<Timestamp> {
    todo!()
}
