//! Instants, spans, and their words. An instant is milliseconds since 1970-01-01T00:00:00Z; a zone is a function from
//! an instant to its offset.

pub mod clock;
pub mod input;
pub mod print;
pub mod span;
pub mod zone;

pub use span::Span;

/// An instant, in milliseconds since the Unix epoch (UTC, no leap seconds). Documented: the API prints ISO 8601 UTC
/// with milliseconds and `Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant that lies this many milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads ISO 8601 with `Z` or an offset; any number of fraction digits, `T` or a space between date and time,
    /// offsets as `+02:00` or `+0200`. `None` for anything else, local times without an offset included.
    pub fn parse(text: &str) -> Option<Self> {
        todo!()
    }

    /// ISO 8601 in UTC with milliseconds, as the API prints it: `2022-05-02T17:23:14.000Z`.
    pub fn to_iso(self) -> String {
        todo!()
    }

    /// The instant `span` later; saturates at the ends of what can be printed (years 0001 to 9999).
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        todo!()
    }

    /// How long after `earlier` this is; negative when it is before.
    pub fn since(self, earlier: Self) -> Span {
        Span::from_millis(self.0.saturating_sub(earlier.0))
    }
}
