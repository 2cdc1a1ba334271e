//! Rescheduling a run that has not opened. The API cannot edit runs: a new run is created and verified, and only then
//! is the old one stopped. At every step it is known, and reported, which runs exist.

mod stored;

pub(crate) use stored::old_run_of;

use super::run_match::{self, Difference, DifferenceKind};
use crate::draft::NewRun;
use crate::phase::Phase;
use crate::problem::Problem;
use crate::run::{KnownStatus, Run, RunId, Status};
use crate::time::Timestamp;

/// A reschedule in progress. It starts when the new run is requested through [`super::create`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RescheduleState {
    old: RunId,
    asked: NewRun,
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
    NewEnded(Phase),
    /// The old run is being read before it is stopped.
    CheckingOld,
    /// Decision needed: both runs are as they should be, and the page was reloaded before the old one was stopped.
    Held,
    /// Decision needed: the old run has opened meanwhile, or its window cannot be read.
    OldOpened(Phase),
    /// Decision needed: the old run could not be read.
    OldUnread(Problem),
    /// The old run is being stopped.
    Stopping,
    /// Decision needed: the old run was not stopped. Two runs exist.
    NotStopped(Problem),
    /// It is unknown whether the old run was stopped; it is being read. Two runs may exist.
    StopUnclear,
    /// Final: the new run exists, and this became of the old one.
    Done(OldRunEnd),
    /// Final: the person kept both runs.
    BothKept,
}

/// The outcome of the create ([`super::create`]).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CreateOutcome {
    /// It created this run.
    Made(RunId),
    /// It was refused.
    Refused,
    /// Unknown; [`CreateOutcome::Made`] or [`CreateOutcome::Refused`] may follow later.
    Unclear,
}

/// The outcome of the stop ([`super::stop`]).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StopOutcome {
    /// The old run no longer reaches anyone.
    Ended(OldRunEnd),
    /// It was refused.
    Refused(Problem),
    /// Unknown; another outcome may follow later.
    Unclear,
}

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// The create ended.
    Created(CreateOutcome),
    /// The new run was read.
    NewRead(Result<Box<Run>, Problem>),
    /// The old run was read.
    OldRead(Result<Box<Run>, Problem>),
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
    /// Stop the old run ([`super::stop::Event::StopNow`]), then send [`Event::Stopped`].
    StopOld(RunId),
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
    /// From the API's status after a stop. Words that this console does not know confirm the stop ([`super::stop::Evidence`]).
    pub fn of(status: &Status, is_confirmed: bool) -> Self {
        let stopped = status.known() == Some(KnownStatus::Stopped) || (is_confirmed && !status.says_ended());
        if stopped { Self::Stopped } else { Self::Ended }
    }
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
    /// The new run was requested, to replace `old`.
    pub const fn new(old: RunId, asked: NewRun) -> Self {
        Self { old, asked, new: None, stage: Stage::Creating, held: false }
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
            Stage::Stopping | Stage::StopUnclear => Existence::Unclear,
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

    /// The next state and its effect. The old run is stopped only after the new run was read and matches the request
    /// and the old one was read and has not opened, or when a person continues anyway; once per decision. After a
    /// reload, only a person continues.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> (Self, Option<Effect>) {
        let effect = match event {
            Event::Created(created) => self.created(created),
            Event::NewRead(outcome) if self.stage == Stage::Verifying => self.verified(outcome, now),
            Event::OldRead(outcome) if self.stage == Stage::CheckingOld => self.checked(outcome, now),
            Event::Stopped(stopped) if matches!(self.stage, Stage::Stopping | Stage::StopUnclear) => {
                self.stage = match stopped {
                    StopOutcome::Ended(end) => Stage::Done(end),
                    StopOutcome::Refused(problem) => Stage::NotStopped(problem),
                    StopOutcome::Unclear => Stage::StopUnclear,
                };
                None
            }
            Event::Continue => match self.stage {
                // The old run may have opened in the meantime.
                Stage::Differs(_) | Stage::Unverified(_) | Stage::Held => {
                    self.held = false;
                    self.check_old()
                }
                // If the new run is over, stopping the old one would leave none.
                Stage::OldOpened(_) | Stage::OldUnread(_) | Stage::NotStopped(_) => self.stop_old(),
                _ => None,
            },
            Event::ReadAgain => match self.stage {
                Stage::Differs(_) | Stage::Unverified(_) | Stage::NewEnded(_) => self.verify(),
                Stage::Held | Stage::OldOpened(_) | Stage::OldUnread(_) | Stage::NotStopped(_) => self.check_old(),
                _ => None,
            },
            Event::KeepBoth => {
                if self.needs_decision() {
                    self.stage = Stage::BothKept;
                }
                None
            }
            Event::NewRead(_) | Event::OldRead(_) | Event::Stopped(_) => None,
        };
        (self, effect)
    }

    fn created(&mut self, created: CreateOutcome) -> Option<Effect> {
        match (&self.stage, &created) {
            (Stage::Creating | Stage::Unclear, _) => {}
            // It was refused, and exists all the same. The person was told that the old run stays, so the person decides.
            (Stage::NotCreated, CreateOutcome::Made(_)) => self.held = true,
            _ => return None,
        }
        match created {
            CreateOutcome::Made(id) => {
                self.new = Some(id);
                self.verify()
            }
            CreateOutcome::Refused => {
                self.stage = Stage::NotCreated;
                None
            }
            CreateOutcome::Unclear => {
                self.stage = Stage::Unclear;
                None
            }
        }
    }

    fn verify(&mut self) -> Option<Effect> {
        self.stage = Stage::Verifying;
        self.new.clone().map(Effect::ReadNew)
    }

    fn verified(&mut self, outcome: Result<Box<Run>, Problem>, now: Timestamp) -> Option<Effect> {
        let run = match outcome {
            Ok(run) => run,
            Err(problem) => {
                self.stage = Stage::Unverified(problem);
                return None;
            }
        };
        let mut differences = run_match::differences(&self.asked, &run);
        differences.retain(|difference| difference.kind != DifferenceKind::Milliseconds);
        let phase = Phase::of(&run, now);
        if matches!(phase, Phase::Over | Phase::Stopped) {
            self.stage = Stage::NewEnded(phase);
        } else if differences.is_empty() {
            return self.check_old();
        } else {
            self.stage = Stage::Differs(differences);
        }
        None
    }

    fn check_old(&mut self) -> Option<Effect> {
        self.stage = Stage::CheckingOld;
        Some(Effect::ReadOld(self.old.clone()))
    }

    fn checked(&mut self, outcome: Result<Box<Run>, Problem>, now: Timestamp) -> Option<Effect> {
        self.stage = match outcome {
            Err(problem) => Stage::OldUnread(problem),
            Ok(run) => match Phase::of(&run, now) {
                Phase::Upcoming if self.held => Stage::Held,
                Phase::Upcoming => return self.stop_old(),
                Phase::Over => Stage::Done(OldRunEnd::Ended),
                Phase::Stopped => Stage::Done(OldRunEnd::Stopped),
                phase @ (Phase::Open | Phase::Unknown) => Stage::OldOpened(phase),
            },
        };
        None
    }

    fn stop_old(&mut self) -> Option<Effect> {
        self.stage = Stage::Stopping;
        Some(Effect::StopOld(self.old.clone()))
    }
}

#[cfg(test)]
mod tests;
