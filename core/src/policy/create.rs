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
    /// and is sent. What cannot be dismissed is a request under way; a list that was read only adds to what was found.
    #[must_use]
    pub fn step(self, event: Event) -> (Self, Option<Effect>) {
        match (self, event) {
            (state @ Self::Sending(_), Event::Submit(_) | Event::Dismiss | Event::Listed(_)) => (state, None),
            (_, Event::Submit(asked)) => (Self::Sending(asked.clone()), Some(Effect::Post(asked))),
            // After an unknown outcome an answer may still come; only one that says "created" ends the doubt.
            (Self::Sending(asked) | Self::Unknown { asked, .. }, Event::Answered(Ok(run))) => {
                let run = Box::new(run);
                (Self::Created { asked, run: run.clone() }, Some(Effect::Show(run)))
            }
            (Self::Sending(asked), Event::Answered(Err(problem))) if problem.outcome_unknown() => {
                (Self::Unknown { asked, problem, found: Vec::new() }, Some(Effect::ReadList))
            }
            (Self::Sending(asked), Event::Answered(Err(problem))) => (Self::Refused { asked, problem }, None),
            (Self::Unknown { asked, problem, mut found }, Event::Listed(runs)) => {
                for run in runs.into_iter().filter(|run| asked.is(run)) {
                    match found.iter_mut().find(|known| known.id == run.id) {
                        Some(known) => *known = run,
                        None => found.push(run),
                    }
                }
                (Self::Unknown { asked, problem, found }, None)
            }
            (_, Event::Dismiss) => (Self::Idle, None),
            (state, Event::Answered(_) | Event::Listed(_)) => (state, None),
        }
    }

    /// Whether a request is under way.
    pub const fn sending(&self) -> bool {
        matches!(self, Self::Sending(_))
    }
}

#[cfg(test)]
mod tests;
