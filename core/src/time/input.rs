//! What a person types into a time field.

use super::{Timestamp, zone::Offset};

/// What typed text means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeInput {
    /// Exactly one instant.
    At(Timestamp),
    /// A local time that happens twice in the zone (earlier, later).
    Twice(Timestamp, Timestamp),
    /// A local time that the zone's clock jumps over (neighbours before and after).
    Never(Timestamp, Timestamp),
    /// Nothing typed.
    Empty,
    /// Not a time this reader knows.
    Unreadable,
}

/// Reads `2026-03-29 02:30`, with seconds or milliseconds, with `T`; ISO 8601 with `Z` or an offset (then the zone does
/// not matter); `now`; `+2h`, `+1d 4h` (from `now`); `today 18:00`, `tomorrow 09:00`, `09:00` (today in the zone).
pub fn read(text: &str, now: Timestamp, offset: Offset<'_>) -> TimeInput {
    todo!()
}
