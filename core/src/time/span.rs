//! Lengths of time and their words.

/// A length of time in milliseconds; may be negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span(i64);

impl Span {
    /// So many milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    /// So many seconds.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }
    /// So many minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60_000))
    }
    /// So many hours.
    pub const fn from_hours(hours: i64) -> Self {
        Self(hours.saturating_mul(3_600_000))
    }
    /// In milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The two largest units, rounded down: `8 h 30 min`, `2 d 4 h`, `45 s`, `0 s`. The sign is dropped: the sentence
    /// around it says whether it lies ahead or behind.
    pub fn words(self) -> String {
        todo!()
    }

    /// Exact, every unit that is not zero, down to seconds: `1 d 2 h 3 min 4 s`; a rest of milliseconds is dropped.
    pub fn exact_words(self) -> String {
        todo!()
    }

    /// Reads a typed length: `8h 30m`, `90 min`, `1.5 h`, `2d`, `45s`, `8:30` (hours:minutes), `1h30`, a bare number
    /// is refused (no unit, no guess). `None` unless it is more than zero and at most 366 days.
    pub fn parse(text: &str) -> Option<Self> {
        todo!()
    }
}
