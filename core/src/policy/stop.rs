//! Stopping a run. Asked is not done: only the API's own status says that it is.

use crate::phase::Phase;
use crate::problem::{Problem, ProblemKind};
use crate::run::{Run, Status};
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
    /// The API's status says it, or has changed since it was asked.
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
    /// The next state and what to do. Asking while one is under way or requested does nothing.
    #[must_use]
    pub fn step(self, event: Event, now: Timestamp) -> (Self, Option<Effect>) {
        todo!()
    }

    /// Whether a request is under way.
    pub const fn sending(&self) -> bool {
        matches!(self, Self::Sending { .. })
    }
}
