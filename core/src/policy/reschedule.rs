//! Rescheduling a run that has not opened. The API cannot edit runs: a new run is created and verified, and only then
//! is the old one stopped. At every step it is known, and reported, which runs exist.

mod outcome;
mod step;
mod stored;

pub use outcome::{CreateOutcome, OldRunEnd, StopOutcome};
pub(crate) use stored::old_run_of;

use super::run_match::Difference;
use crate::draft::NewRun;
use crate::problem::Problem;
use crate::run::{Run, RunId};
use crate::run_state::RunState;
use crate::time::Timestamp;

/// A reschedule in progress. It starts when the new run is requested through [`super::create`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RescheduleState {
    old: RunId,
    asked: NewRun,
    /// The key of the request for the new run ([`super::intent::Intent::key`]): other requests say nothing of this reschedule.
    key: String,
    new: Option<RunId>,
    stage: Stage,
    /// Nothing is stopped before a person decides, because the page was reloaded meanwhile.
    held: bool,
}

/// The step in progress, or the final outcome.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    /// The new run is being created.
    Creating,
    /// Final: the new run was refused. The old one is unchanged.
    NotCreated,
    /// It is unknown whether the new run exists; it is being searched for. The old one is left alone until that is
    /// known.
    Unclear,
    /// The new run is being read.
    Verifying,
    /// Decision needed: the new run differs from what was requested.
    Differs(Vec<Difference>),
    /// Decision needed: the new run could not be read.
    Unverified(Problem),
    /// Decision needed: the new run is already over or stopped.
    NewEnded(RunState),
    /// The old run is being read before it is stopped.
    CheckingOld,
    /// Decision needed: both runs are as they should be, and the page was reloaded before the old one was stopped.
    Held,
    /// Decision needed: the old run has opened or is running meanwhile, or its window cannot be read.
    OldOpened(RunState),
    /// Decision needed: the old run could not be read.
    OldUnread(Problem),
    /// The old run is being stopped.
    Stopping,
    /// Decision needed: the old run was not stopped. Two runs exist.
    NotStopped(Problem),
    /// It is unknown whether the stop arrived; the old run is being read. Two runs may exist. Asking again is possible at once.
    StopUnclear {
        /// When it was last read as not stopped, since the stop was sent.
        not_stopped_at: Option<Timestamp>,
    },
    /// Final: the new run exists, and this became of the old one.
    Done(OldRunEnd),
    /// Final: the person kept both runs.
    BothKept,
}

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// The create ended.
    Created(CreateOutcome),
    /// The new run was read, under this id.
    NewRead(RunId, Result<Box<Run>, Problem>),
    /// The old run was read, under this id.
    OldRead(RunId, Result<Box<Run>, Problem>),
    /// The stop ended.
    Stopped(StopOutcome),
    /// The person continues anyway: stop the old run, or try again.
    Continue,
    /// The person wants the new or the old run read again.
    ReadAgain,
    /// The person keeps both runs.
    KeepBoth,
}

/// An effect to carry out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Read the new run, then send [`Event::NewRead`].
    ReadNew(RunId),
    /// Read the old run, then send [`Event::OldRead`].
    ReadOld(RunId),
    /// Stop the old run ([`RescheduleState::run_to_stop`], [`super::stop::Event::StopNow`]), then send [`Event::Stopped`].
    StopOld(RunId),
}

/// Whether a run exists and will reach people, as far as is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existence {
    /// It exists.
    Yes,
    /// It was not created, or is stopped or over.
    No,
    /// It ended by itself, so it may have reached people.
    Ended,
    /// Unknown.
    Unclear,
}

impl RescheduleState {
    /// The new run was requested under this key, to replace `old`.
    pub const fn new(old: RunId, asked: NewRun, key: String) -> Self {
        Self { old, asked, key, new: None, stage: Stage::Creating, held: false }
    }

    /// The key of the request for the new run.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The new run as it was requested.
    pub const fn asked(&self) -> &NewRun {
        &self.asked
    }

    /// The step in progress, or the final outcome.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The old run, and whether it still exists.
    pub const fn old(&self) -> (&RunId, Existence) {
        let exists = match self.stage {
            Stage::Done(OldRunEnd::Stopped) => Existence::No,
            Stage::Done(OldRunEnd::Ended) => Existence::Ended,
            Stage::Stopping | Stage::StopUnclear { not_stopped_at: None } => Existence::Unclear,
            _ => Existence::Yes,
        };
        (&self.old, exists)
    }

    /// The new run, if its id is known, and whether it exists.
    pub const fn new_run(&self) -> (Option<&RunId>, Existence) {
        let exists = match (&self.new, &self.stage) {
            (_, Stage::NewEnded(_)) | (None, Stage::NotCreated) => Existence::No,
            (Some(_), _) => Existence::Yes,
            (None, _) => Existence::Unclear,
        };
        (self.new.as_ref(), exists)
    }

    /// Whether it has just ended as it was asked for, and nothing was unclear before: the person need not read a report.
    pub const fn is_plain_success(&self, before: &Stage) -> bool {
        let is_next_step = matches!(before, Stage::CheckingOld | Stage::Stopping);
        is_next_step && !self.held && matches!(self.stage, Stage::Done(OldRunEnd::Stopped))
    }

    /// Whether it goes on by itself, and nothing is unclear.
    pub const fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Creating | Stage::Verifying | Stage::CheckingOld | Stage::Stopping)
    }

    /// Whether the person must decide: [`Event::Continue`], [`Event::ReadAgain`] or [`Event::KeepBoth`].
    pub const fn needs_decision(&self) -> bool {
        matches!(
            self.stage,
            Stage::Differs(_)
                | Stage::Unverified(_)
                | Stage::NewEnded(_)
                | Stage::Held
                | Stage::OldOpened(_)
                | Stage::OldUnread(_)
                | Stage::NotStopped(_)
        )
    }

    /// Whether another reschedule has to wait: starting one would forget that two runs exist, or may exist. While only the create is
    /// unclear, the same run may be requested again.
    pub const fn blocks_another(&self) -> bool {
        self.is_under_way() || self.needs_decision() || matches!(self.stage, Stage::StopUnclear { .. })
    }

    /// Whether a stop of this run is this reschedule's own, which reports its outcome.
    pub fn awaits_stop_of(&self, id: &RunId) -> bool {
        self.old == *id && matches!(self.stage, Stage::Stopping | Stage::StopUnclear { .. })
    }

    /// The old run for [`Effect::StopOld`], as far as it is `known`. After a reload it may never have been read, and can be stopped all
    /// the same.
    pub fn run_to_stop(&self, known: Option<&Run>, name: &str) -> Run {
        let known = known.filter(|run| run.id == self.old).cloned();
        known.unwrap_or_else(|| Run { name: name.into(), ..Run::new(self.old.clone()) })
    }

    /// Whether [`Event::Continue`] has an effect.
    pub const fn can_continue(&self) -> bool {
        match self.stage {
            // Stopping the old run would leave none.
            Stage::NewEnded(_) => false,
            Stage::StopUnclear { .. } => true,
            _ => self.needs_decision(),
        }
    }

    /// Whether the report can be dismissed: it has ended, or the outcome that is still awaited is reported elsewhere as well.
    pub const fn can_dismiss(&self) -> bool {
        matches!(
            self.stage,
            Stage::Done(_)
                | Stage::BothKept
                | Stage::NotCreated
                | Stage::Unclear
                | Stage::StopUnclear { not_stopped_at: Some(_) }
        )
    }
}

/// Whether a new run would be the same as the one it replaces. Milliseconds do not count: the form shows none, and they may be a
/// fingerprint.
pub fn changes_nothing(new: &NewRun, old: &Run) -> bool {
    let is_same = |new: Timestamp, old: Option<Timestamp>| old.is_some_and(|old| old.second() == new.second());
    old.job_id.as_ref() == Some(&new.job_id)
        && *old.name == *new.name
        && is_same(new.start_at, old.start_at)
        && is_same(new.end_at, old.end_at)
}

#[cfg(test)]
mod tests;
