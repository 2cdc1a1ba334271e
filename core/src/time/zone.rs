//! From a local date and time to an instant, in a zone whose clock may jump.

use super::Timestamp;
use chrono::NaiveDateTime;

/// What a zone is to this crate: the offset from UTC, in seconds east, that holds at an instant.
pub type Offset<'a> = &'a dyn Fn(Timestamp) -> i32;

/// What a local date and time means in a zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolved {
    /// Exactly one instant.
    Once(Timestamp),
    /// The clock was set back: it happens twice.
    Twice {
        /// With the offset that held before the change.
        earlier: Timestamp,
        /// With the offset that held after it.
        later: Timestamp,
    },
    /// The clock was set forward over it: it does not exist.
    Never {
        /// The last whole minute before the jump.
        before: Timestamp,
        /// The first instant after the jump.
        after: Timestamp,
    },
}

/// Finds the instants at which a clock in the zone shows `local`.
pub fn resolve(local: NaiveDateTime, offset: Offset<'_>) -> Resolved {
    todo!()
}

/// The local date and time that a clock in the zone shows at `instant`.
pub fn local(instant: Timestamp, offset: Offset<'_>) -> NaiveDateTime {
    todo!()
}
