//! The phase of a run, derived from its window and the clock, because the status `scheduled` does not mean "not
//! started": in the documented sample the window has been open for 17.5 hours and the status is still `scheduled`.

use crate::run::{KnownStatus, Run};
use crate::time::{Span, Timestamp};
use crate::window::Window;

/// The phase of a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    /// The window has not opened.
    Upcoming,
    /// The window is open: deliveries or responses may still happen.
    Open,
    /// The window has ended, or there is none and the API says that the run has ended.
    Over,
    /// The API says it was stopped.
    Stopped,
    /// The API gave no window, and its status does not say that the run has ended.
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
    /// open up to (not including) the end, over from then on. Without a window, the API's word decides.
    pub fn of(run: &Run, now: Timestamp) -> Self {
        Self::by(known(run), run.window(), now)
    }

    /// As [`Phase::of`], of a run whose status and window are known already.
    pub(crate) fn by(status: Option<KnownStatus>, window: Option<Window>, now: Timestamp) -> Self {
        match (status, window) {
            (Some(KnownStatus::Stopped), _) => Self::Stopped,
            (_, Some(window)) if now < window.start => Self::Upcoming,
            (_, Some(window)) if now < window.end => Self::Open,
            (_, Some(_)) | (Some(KnownStatus::Completed | KnownStatus::Failed), None) => Self::Over,
            (_, None) => Self::Unknown,
        }
    }
}

/// Whether a stop of the run can be requested: not once the API says that it has ended or was stopped, always while the API calls it
/// running, whatever its window and this clock say, and otherwise until its window ends.
pub fn can_stop(run: &Run, now: Timestamp) -> bool {
    match known(run) {
        Some(KnownStatus::Running) => true,
        Some(KnownStatus::Completed | KnownStatus::Failed | KnownStatus::Stopped) => false,
        Some(KnownStatus::Scheduled) | None => Phase::of(run, now) != Phase::Over,
    }
}

/// How long a status may lag behind a boundary of the window before that is reported.
pub(crate) const GRACE: Span = Span::from_seconds(60);

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
}

impl Disagreement {
    /// The contradiction in a run at an instant, if there is one. `scheduled` after the start and `running` after the
    /// end get 60 s of grace, as a status may lag by seconds. Without a window there is nothing to contradict.
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        let Window { start, end } = run.window()?;
        let lags = |boundary: Timestamp| now.since(boundary) < GRACE;
        let found = match known(run)? {
            KnownStatus::Scheduled if lags(start) => return None,
            KnownStatus::Scheduled if now >= end => Self::ScheduledAfterEnd,
            KnownStatus::Scheduled => Self::ScheduledWhileOpen,
            KnownStatus::Running if now < start => Self::RunningBeforeStart,
            KnownStatus::Running if !lags(end) => Self::RunningAfterEnd,
            KnownStatus::Completed | KnownStatus::Failed if now < end => Self::EndedBeforeEnd,
            _ => return None,
        };
        Some(found)
    }
}

#[cfg(test)]
mod tests;
