//! The sections of the list as it is first shown: what needs somebody comes first.

use crate::run::Run;
use crate::run_state::{RunState, needs_attention};
use crate::time::Timestamp;

/// A section of the list, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Section {
    /// Runs that need attention; those that ended last come first.
    Attention,
    /// Runs that are running or whose window is open; those that end next come first.
    Running,
    /// Runs that have not started; those that start next come first.
    Next,
    /// Runs that have ended; those that ended last come first.
    Ended,
    /// Runs of which neither their window nor their status says anything; the newest come first.
    Unknown,
}

impl Section {
    /// The section of a run at an instant.
    pub fn of(run: &Run, now: Timestamp) -> Self {
        if needs_attention(run, now) {
            return Self::Attention;
        }
        match RunState::of(run, now) {
            RunState::Running | RunState::Open => Self::Running,
            RunState::Scheduled => Self::Next,
            RunState::Completed | RunState::Failed | RunState::Stopped | RunState::Ended => Self::Ended,
            RunState::Unknown => Self::Unknown,
        }
    }
}

/// The place of a run in the list: the lower comes first. The section fills the upper three bits, the time the others.
pub(super) fn rank(run: &Run, now: Timestamp) -> u64 {
    let section = Section::of(run, now);
    let (at, latest_first) = match section {
        Section::Attention | Section::Ended => (run.end_at, true),
        Section::Running => (run.end_at, false),
        Section::Next => (run.start_at, false),
        Section::Unknown => (run.created_at, true),
    };
    // A missing time comes last in its section.
    let time = at.map_or(TIME_BITS, |at| {
        let millis = at.millis().clamp(-MAX_MILLIS, MAX_MILLIS).wrapping_add(MAX_MILLIS).cast_unsigned();
        if latest_first { TIME_BITS - 1 - millis } else { millis }
    });
    (section as u64) << TIME_BITS.count_ones() | time
}

const TIME_BITS: u64 = (1 << 60) - 1;
/// Far beyond any time that can be printed.
const MAX_MILLIS: i64 = 1 << 58;

#[cfg(test)]
mod tests;
