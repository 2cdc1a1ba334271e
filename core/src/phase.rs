//! Where a run stands between its start and its end. Derived from the window and the clock, because `scheduled` does not
//! mean "not started": in the printed sample the window has been open for 17.5 hours and the status is still `scheduled`.

use crate::run::Run;
use crate::time::{Span, Timestamp};

/// Where a run stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    /// The window has not opened.
    Upcoming,
    /// The window is open: deliveries or responses may still happen.
    Open,
    /// The window has ended.
    Over,
    /// The API says it was stopped.
    Stopped,
    /// The API gave no readable window.
    Unknown,
}

impl Phase {
    /// All of them, in the order they are listed.
    pub const ALL: [Self; 5] = [Self::Upcoming, Self::Open, Self::Over, Self::Stopped, Self::Unknown];

    /// Its word in addresses and queries: `upcoming`, `open`, `over`, `stopped`, `unknown`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Open => "open",
            Self::Over => "over",
            Self::Stopped => "stopped",
            Self::Unknown => "unknown",
        }
    }

    /// The phase of that word, if it is one (letter case does not matter).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.word().eq_ignore_ascii_case(word))
    }

    /// The phase of a run at an instant. A stopped word wins; then the window: before start, from start up to (not
    /// including) end, from end on. With only an end known: over or open is told by it; with only a start known:
    /// upcoming before it, else unknown.
    pub fn of(run: &Run, now: Timestamp) -> Self {
        todo!()
    }

    /// Whether asking to stop makes sense: not once it is over or stopped; yes while unknown.
    pub const fn can_stop(self) -> bool {
        matches!(self, Self::Upcoming | Self::Open | Self::Unknown)
    }
}

/// A contradiction between the API's word and the window, shown beside the phase.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Disagreement {
    /// `scheduled`, yet the window is open.
    ScheduledWhileOpen,
    /// `scheduled`, yet the window has ended.
    ScheduledAfterEnd,
    /// `running`, yet the window has not opened.
    RunningBeforeStart,
    /// `running`, yet the window has ended.
    RunningAfterEnd,
    /// `completed` or `failed`, yet the window has not ended.
    EndedBeforeEnd,
    /// The end is not after the start.
    EndNotAfterStart,
}

impl Disagreement {
    /// The contradiction in a run at an instant, if there is one. The two directly at a boundary get 60 s of grace
    /// (a status that lags by seconds is not news); `EndNotAfterStart` comes before the others.
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        todo!()
    }
}

/// How much of the window has elapsed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Elapsed {
    /// 0 before the start, 1 from the end on.
    pub fraction: f64,
    /// Until the start (negative once it is past).
    pub until_start: Span,
    /// Until the end (negative once it is past).
    pub until_end: Span,
    /// Length of the window.
    pub length: Span,
}

impl Elapsed {
    /// Measured at an instant; `None` without a readable window or when the end is not after the start.
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        todo!()
    }
}
