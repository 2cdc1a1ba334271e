//! The one state of a run that people see. [`Phase`](crate::phase::Phase) says where the clock stands in its window; the state
//! also takes in what the API says of it.

use crate::phase::{Disagreement, GRACE, Phase};
use crate::run::{KnownStatus, Run, Status};
use crate::time::{Span, Timestamp};
use crate::window::Window;

/// The state of a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RunState {
    /// Its window has not opened.
    Scheduled,
    /// The API says it is running.
    Running,
    /// Its window is open, but the API has not said that it is running.
    Open,
    /// The API says it has completed.
    Completed,
    /// The API says it failed.
    Failed,
    /// The API says it was stopped.
    Stopped,
    /// Its window has ended, and the API has no final word for it.
    Ended,
    /// Neither its window nor its status says anything.
    Unknown,
}

impl RunState {
    /// All states, in the order of their filters.
    pub const ALL: [Self; 8] = [
        Self::Running,
        Self::Open,
        Self::Scheduled,
        Self::Completed,
        Self::Failed,
        Self::Stopped,
        Self::Ended,
        Self::Unknown,
    ];

    /// The word for it in addresses, queries and files: `running`, `open`, `scheduled`, …
    pub const fn word(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Running => "running",
            Self::Open => "open",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }

    /// The state with that word (ignoring letter case).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word().eq_ignore_ascii_case(word))
    }

    /// The state of a run at an instant. What the API says definitely (`running`, `completed`, `failed`, `stopped`) is believed.
    /// `scheduled` does not mean "not started" (documented sample), so then the window decides, as it does for unknown words.
    pub fn of(run: &Run, now: Timestamp) -> Self {
        Self::by(run.status.as_ref().and_then(Status::known), run.window(), now)
    }

    /// As [`RunState::of`], of a run whose status and window are known already.
    pub(crate) fn by(status: Option<KnownStatus>, window: Option<Window>, now: Timestamp) -> Self {
        match (status, Phase::by(status, window, now)) {
            (Some(KnownStatus::Running), _) => Self::Running,
            (Some(KnownStatus::Completed), _) => Self::Completed,
            (Some(KnownStatus::Failed), _) => Self::Failed,
            (Some(KnownStatus::Stopped), _) | (_, Phase::Stopped) => Self::Stopped,
            (_, Phase::Upcoming) => Self::Scheduled,
            (_, Phase::Open) => Self::Open,
            (_, Phase::Over) => Self::Ended,
            (Some(KnownStatus::Scheduled), Phase::Unknown) => Self::Scheduled,
            (None, Phase::Unknown) => Self::Unknown,
        }
    }
}

/// Whether a run has certainly not started, so that nobody was reached: its window is ahead, and the API does not say that it runs or
/// has ended. Without a window, `scheduled` does not mean that.
pub fn has_not_started(run: &Run, now: Timestamp) -> bool {
    RunState::of(run, now) == RunState::Scheduled && Phase::of(run, now) == Phase::Upcoming
}

/// What stands beside the state of a run, because the state alone would hide it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StateNote {
    /// The API's own word, which is unknown or contradicts the window.
    Status(Status),
    /// The API says that the run has not ended, but its window has.
    AfterEnd,
    /// The API says that the run has ended, but its window has not.
    BeforeEnd,
    /// The API says that the run is running, but its window has not opened.
    BeforeStart,
}

impl StateNote {
    /// The note for a run at an instant, if it needs one.
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        let status = run.status.as_ref()?;
        if status.known().is_none() {
            return Some(Self::Status(status.clone()));
        }
        Some(match Disagreement::of(run, now)? {
            Disagreement::ScheduledWhileOpen | Disagreement::ScheduledAfterEnd => Self::Status(status.clone()),
            Disagreement::RunningBeforeStart => Self::BeforeStart,
            Disagreement::RunningAfterEnd => Self::AfterEnd,
            Disagreement::EndedBeforeEnd => Self::BeforeEnd,
        })
    }
}

/// A run that ended longer ago no longer needs attention: what was not looked into by then is history, and would bury what is
/// new. It can still be found by its state.
const RECENT: Span = Span::from_hours(7 * 24);

/// Whether somebody should look at a run: it failed, or its status contradicts its window (which includes runs that are stuck),
/// and it ended less than a week ago or not at all.
pub fn needs_attention(run: &Run, now: Timestamp) -> bool {
    let failed = RunState::of(run, now) == RunState::Failed;
    (failed || Disagreement::of(run, now).is_some()) && ended_at(run).is_none_or(|ended| now.since(ended) < RECENT)
}

/// When the phase of a run may change, or whether it needs attention.
pub(crate) fn attention_changes(run: &Run) -> Option<[Timestamp; 5]> {
    let Some(Window { start, end }) = run.window() else {
        return ended_at(run).map(|ended| [ended.plus(RECENT); 5]);
    };
    Some([start, start.plus(GRACE), end, end.plus(GRACE), end.plus(RECENT)])
}

/// When a run ended as far as is known: with its window, or else when it last changed.
pub(crate) fn ended_at(run: &Run) -> Option<Timestamp> {
    run.window().map(|window| window.end).or(run.updated_at).or(run.created_at)
}

#[cfg(test)]
mod tests;
