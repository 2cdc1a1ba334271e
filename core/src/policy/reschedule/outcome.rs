//! What the requests of a reschedule came to, as their own state machines report it.

use crate::policy::create::{self, CreateState};
use crate::policy::run_match::Likeness;
use crate::policy::stop::{self, StopState};
use crate::problem::Problem;
use crate::run::{KnownStatus, RunId, Status};
use crate::time::Timestamp;

/// The outcome of the create ([`super::super::create`]).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CreateOutcome {
    /// It created this run.
    Made(RunId),
    /// It was refused.
    Refused,
    /// Unknown; [`CreateOutcome::Made`] or [`CreateOutcome::Refused`] may follow later.
    Unclear,
}

impl CreateOutcome {
    /// The outcome of the request with this key; `None` while it is in flight, or if there is no such request.
    pub fn of(create: &CreateState, key: &str) -> Option<Self> {
        let request = create.request(key)?;
        let is_current = create.current().is_some_and(|current| current.key == key);
        match (create.stage(), request.made.as_slice()) {
            // The answer named this one. A second run of the same request is reported as a duplicate.
            (create::Stage::Created { .. }, [made, ..]) if is_current => Some(Self::Made(made.id.clone())),
            (_, [made]) if made.likeness == Likeness::Exact => Some(Self::Made(made.id.clone())),
            (create::Stage::Saving | create::Stage::Sent, []) if is_current => None,
            (_, []) if request.refused => Some(Self::Refused),
            _ => Some(Self::Unclear),
        }
    }
}

/// The outcome of the stop ([`super::super::stop`]).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StopOutcome {
    /// The old run no longer reaches anyone.
    Ended(OldRunEnd),
    /// It was refused.
    Refused(Problem),
    /// Unknown; another outcome may follow later.
    Unclear {
        /// When the run was last read as not stopped, since the stop was sent.
        not_stopped_at: Option<Timestamp>,
    },
}

impl StopOutcome {
    /// `None` while the outcome is awaited.
    pub fn of(stop: &StopState, now: Timestamp) -> Option<Self> {
        Some(match stop.stage() {
            stop::Stage::Confirmed(receipt) => Self::Ended(OldRunEnd::of(&receipt.status, true)),
            // The run is read next: it may be over because it was stopped.
            stop::Stage::AlreadyOver(None) => Self::Unclear { not_stopped_at: None },
            stop::Stage::AlreadyOver(Some(status)) => Self::Ended(OldRunEnd::of(status, false)),
            stop::Stage::Refused(problem) => Self::Refused(problem.clone()),
            stop::Stage::Unknown(request, _) => Self::Unclear { not_stopped_at: request.last_read_at },
            // Accepted, but without an effect for so long that the person should be able to ask again.
            stop::Stage::Requested(request) if stop.may_open(now) => {
                Self::Unclear { not_stopped_at: request.last_read_at }
            }
            stop::Stage::Requested(_) | stop::Stage::Idle | stop::Stage::Sending(_) => return None,
        })
    }
}

/// What became of the old run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OldRunEnd {
    /// It was stopped.
    Stopped,
    /// It ended by itself, so it may have reached people.
    Ended,
}

impl OldRunEnd {
    /// From the API's status after a stop. Words that this console does not know confirm the stop ([`super::super::stop::Evidence`]).
    pub fn of(status: &Status, is_confirmed: bool) -> Self {
        let stopped = status.known() == Some(KnownStatus::Stopped) || (is_confirmed && !status.says_ended());
        if stopped { Self::Stopped } else { Self::Ended }
    }
}

#[cfg(test)]
mod tests;
