//! Stopping a run. Asked is not done: only the API's own status says that it is.

use crate::problem::{Problem, ProblemKind};
use crate::run::{KnownStatus, Run, Status};
use crate::time::Timestamp;

/// Where the stop of one run stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Stop {
    /// Not asked.
    #[default]
    Idle,
    /// Sent, no answer yet.
    Sending {
        /// When it was sent.
        asked_at: Timestamp,
        /// The status word before.
        before: Option<Status>,
    },
    /// The API took the request; its status does not say so yet.
    Requested {
        /// When it was sent.
        asked_at: Timestamp,
        /// The status word before.
        before: Option<Status>,
    },
    /// The API's status says it, or has changed since it was asked (not to `scheduled` or `running`: then the run goes on).
    Confirmed {
        /// When it was sent.
        asked_at: Timestamp,
        /// When the changed status was read.
        confirmed_at: Timestamp,
        /// The status word now.
        status: Option<Status>,
    },
    /// 409: it was already over.
    AlreadyOver,
    /// Refused: the run goes on.
    Refused(Problem),
    /// It is not known whether the stop arrived.
    Unknown {
        /// When it was sent.
        asked_at: Timestamp,
        /// The status word before.
        before: Option<Status>,
        /// What happened.
        problem: Problem,
    },
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A person pressed "Stop run" in the dialog, with the status as it was shown.
    Ask(Option<Status>),
    /// The answer came, with the run if its body held one.
    Answered(Result<Option<Box<Run>>, Problem>),
    /// The run was read again.
    Observed(Box<Run>),
    /// The person has seen the outcome.
    Dismiss,
}

/// What to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Send the stop request, once.
    Post,
    /// Read the run again.
    Reread,
}

impl Stop {
    /// The next state and what to do. Asking while one is under way or requested does nothing, and neither of them can be
    /// dismissed.
    #[must_use]
    pub fn step(self, event: Event, now: Timestamp) -> (Self, Option<Effect>) {
        match (self, event) {
            (state @ (Self::Sending { .. } | Self::Requested { .. }), Event::Ask(_) | Event::Dismiss) => (state, None),
            (_, Event::Ask(before)) => (Self::Sending { asked_at: now, before }, Some(Effect::Post)),
            // After an unknown outcome an answer may still come; one that failed tells nothing new.
            (Self::Sending { asked_at, before } | Self::Unknown { asked_at, before, .. }, Event::Answered(Ok(run))) => {
                match run.filter(|run| confirms(before.as_ref(), run)) {
                    Some(run) => (Self::Confirmed { asked_at, confirmed_at: now, status: run.status }, None),
                    None => (Self::Requested { asked_at, before }, Some(Effect::Reread)),
                }
            }
            (Self::Sending { asked_at, before }, Event::Answered(Err(problem))) => {
                if problem.kind == ProblemKind::Conflict {
                    (Self::AlreadyOver, Some(Effect::Reread))
                } else if problem.outcome_unknown() {
                    (Self::Unknown { asked_at, before, problem }, Some(Effect::Reread))
                } else {
                    (Self::Refused(problem), None)
                }
            }
            (Self::Requested { asked_at, before } | Self::Unknown { asked_at, before, .. }, Event::Observed(run))
                if confirms(before.as_ref(), &run) =>
            {
                (Self::Confirmed { asked_at, confirmed_at: now, status: run.status }, None)
            }
            (_, Event::Dismiss) => (Self::Idle, None),
            (state, Event::Answered(_) | Event::Observed(_)) => (state, None),
        }
    }

    /// Whether a request is under way.
    pub const fn sending(&self) -> bool {
        matches!(self, Self::Sending { .. })
    }
}

/// Whether a run read after the request shows that the stop took effect: a stopped word, or another word than before. A
/// window that opens meanwhile turns `scheduled` into `running`; that is no stop. Where no word was known before, only
/// a word that is known to be an end counts as a change.
fn confirms(before: Option<&Status>, run: &Run) -> bool {
    let Some(status) = &run.status else { return false };
    match status.known() {
        Some(KnownStatus::Stopped) => true,
        Some(KnownStatus::Scheduled | KnownStatus::Running) => false,
        known => match before {
            Some(before) => !before.as_str().eq_ignore_ascii_case(status.as_str()),
            None => known.is_some(),
        },
    }
}

#[cfg(test)]
mod tests;
