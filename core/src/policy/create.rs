//! Scheduling a run: one request at a time, and an outcome that is never guessed.

use crate::draft::NewRun;
use crate::problem::Problem;
use crate::run::Run;

/// Where a create stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Create {
    /// Nothing under way.
    #[default]
    Idle,
    /// Sent, no answer yet.
    Sending(NewRun),
    /// The API answered with the run.
    Created {
        /// What was asked for.
        asked: NewRun,
        /// What the API says it made.
        run: Box<Run>,
    },
    /// The API refused it: nothing was created.
    Refused {
        /// What was asked for.
        asked: NewRun,
        /// Why.
        problem: Problem,
    },
    /// It is not known whether it was created.
    Unknown {
        /// What was asked for.
        asked: NewRun,
        /// What happened.
        problem: Problem,
        /// Runs in the list since that look like it.
        found: Vec<Run>,
    },
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A person pressed "Schedule run".
    Submit(NewRun),
    /// The answer came.
    Answered(Result<Run, Problem>),
    /// The list was read after an unknown outcome.
    Listed(Vec<Run>),
    /// The person has seen the outcome.
    Dismiss,
}

/// What to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Send this create request, once.
    Post(NewRun),
    /// Read the list, to find out.
    ReadList,
    /// Show the created run.
    Show(Box<Run>),
}

impl Create {
    /// The next state and what to do. A submit while one is under way does nothing. A submit after an unknown outcome is the person's own decision
    /// and is sent.
    #[must_use]
    pub fn step(self, event: Event) -> (Self, Option<Effect>) {
        todo!()
    }

    /// Whether a request is under way.
    pub const fn sending(&self) -> bool {
        matches!(self, Self::Sending(_))
    }
}
