//! The phase of a run, derived from its window and the clock, because the status `scheduled` does not mean "not
//! started": in the documented sample the window has been open for 17.5 hours and the status is still `scheduled`.

use crate::run::{KnownStatus, Run};
use crate::time::{Span, Timestamp};

/// The phase of a run.
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
    /// All phases, in the order they are listed.
    pub const ALL: [Self; 5] = [Self::Upcoming, Self::Open, Self::Over, Self::Stopped, Self::Unknown];

    /// The word for it in addresses and queries: `upcoming`, `open`, `over`, `stopped`, `unknown`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Open => "open",
            Self::Over => "over",
            Self::Stopped => "stopped",
            Self::Unknown => "unknown",
        }
    }

    /// The phase with that word (ignoring letter case).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.word().eq_ignore_ascii_case(word))
    }

    /// The phase of a run at an instant. A stopped status wins; then the window decides: upcoming before the start,
    /// open up to (not including) the end, over from then on. With only an end known, the run is open or over; with
    /// only a start known, upcoming before it and unknown afterwards.
    pub fn of(run: &Run, now: Timestamp) -> Self {
        if known(run) == Some(KnownStatus::Stopped) {
            return Self::Stopped;
        }
        match (run.start_at, run.end_at) {
            (Some(start), _) if now < start => Self::Upcoming,
            (_, Some(end)) if now < end => Self::Open,
            (_, Some(_)) => Self::Over,
            (_, None) => Self::Unknown,
        }
    }

    /// Whether a stop can be requested: not once the run is over or stopped, but still while the phase is unknown.
    pub const fn can_stop(self) -> bool {
        matches!(self, Self::Upcoming | Self::Open | Self::Unknown)
    }
}

/// How long a status may lag behind a boundary of the window before that is reported.
const GRACE: Span = Span::from_seconds(60);

fn known(run: &Run) -> Option<KnownStatus> {
    run.status.as_ref()?.known()
}

/// A contradiction between the API's status and the window, shown beside the phase.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Disagreement {
    /// `scheduled`, but the window is open.
    ScheduledWhileOpen,
    /// `scheduled`, but the window has ended.
    ScheduledAfterEnd,
    /// `running`, but the window has not opened.
    RunningBeforeStart,
    /// `running`, but the window has ended.
    RunningAfterEnd,
    /// `completed` or `failed`, but the window has not ended.
    EndedBeforeEnd,
    /// The end is not after the start.
    EndNotAfterStart,
}

impl Disagreement {
    /// The contradiction in a run at an instant, if there is one. `scheduled` after the start and `running` after the
    /// end get 60 s of grace, as a status may lag by seconds. `EndNotAfterStart` comes before the others. A
    /// contradiction that needs a start or an end is not reported without it.
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        let (start, end) = (run.start_at, run.end_at);
        if start.zip(end).is_some_and(|(start, end)| end <= start) {
            return Some(Self::EndNotAfterStart);
        }
        let lags = |boundary: Timestamp| now.since(boundary) < GRACE;
        let ended = end.is_some_and(|end| now >= end);
        match known(run)? {
            KnownStatus::Scheduled if start.is_some_and(lags) => None,
            KnownStatus::Scheduled if ended => Some(Self::ScheduledAfterEnd),
            KnownStatus::Scheduled => start.map(|_| Self::ScheduledWhileOpen),
            KnownStatus::Running if start.is_some_and(|start| now < start) => Some(Self::RunningBeforeStart),
            KnownStatus::Running => end.filter(|end| !lags(*end)).map(|_| Self::RunningAfterEnd),
            KnownStatus::Completed | KnownStatus::Failed => end.filter(|end| now < *end).map(|_| Self::EndedBeforeEnd),
            KnownStatus::Stopped => None,
        }
    }
}

#[cfg(test)]
mod tests;
