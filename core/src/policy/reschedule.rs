//! Moving a run that has not opened. The API has no edit: a new run is created, verified, and only then the old one is
//! stopped. At every step it is known, and said, which runs exist.

mod text;

use super::run_match::{self, Difference, DifferenceKind};
use crate::draft::NewRun;
use crate::phase::Phase;
use crate::problem::Problem;
use crate::run::{Run, RunId};
use crate::time::Timestamp;

/// Where the moving of one run stands. Begins when the new run is asked for with [`super::create`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RescheduleState {
    old: RunId,
    asked: NewRun,
    new: Option<RunId>,
    stage: Stage,
    /// Nothing is stopped before a person decides: the page was loaded anew meanwhile.
    held: bool,
}

/// The step that is being done, or at which it ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    /// The new run is being created.
    Creating,
    /// Ended: the new run was refused. The old one stands as it was.
    NotCreated,
    /// It is not known whether the new run exists; it is being looked for. The old one is not touched before that is known.
    Unclear,
    /// The new run is being read.
    Verifying,
    /// The person decides: the new run is not what was asked for.
    Differs(Vec<Difference>),
    /// The person decides: the new run could not be read.
    Unverified(Problem),
    /// The person decides: the new run is over or stopped already.
    NewEnded(Phase),
    /// The old run is being read once more.
    CheckingOld,
    /// The person decides: both runs exist as they should, and the page was loaded anew before the old one was stopped.
    Held,
    /// The person decides: the old run has opened meanwhile, or its window cannot be read.
    OldOpened(Phase),
    /// The person decides: the old run could not be read.
    OldUnread(Problem),
    /// The old run is being stopped.
    Stopping,
    /// The person decides: the old run was not stopped. Two runs exist.
    NotStopped(Problem),
    /// It is not known whether the old run was stopped; it is being read. Two runs may exist.
    StopUnclear,
    /// Ended: the new run stands, the old one is over.
    Done,
    /// Ended: the person kept both runs.
    BothKept,
}

/// How the create ended ([`super::create`]).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CreateOutcome {
    /// It made this run.
    Made(RunId),
    /// It was refused.
    Refused,
    /// It is not known; a later [`CreateOutcome::Made`] or [`CreateOutcome::Refused`] may follow.
    Unclear,
}

/// How the stop ended ([`super::stop`]).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StopOutcome {
    /// The API's status shows it, or it was over already.
    Ended,
    /// It was refused.
    Refused(Problem),
    /// It is not known; a later end may follow.
    Unclear,
}

/// What happened.
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
    /// A person wants to go on all the same: stop the old run, or try that again.
    Continue,
    /// A person wants the new run or the old one read once more.
    ReadAgain,
    /// A person keeps both runs.
    KeepBoth,
}

/// What to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Read the new run and say [`Event::NewRead`].
    ReadNew(RunId),
    /// Read the old run and say [`Event::OldRead`].
    ReadOld(RunId),
    /// Stop the old run ([`super::stop::Event::StopNow`]) and say [`Event::Stopped`].
    StopOld(RunId),
}

/// Whether a run exists and will reach people, as far as this is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existence {
    /// It does.
    Yes,
    /// It does not: it was not created, or is stopped or over.
    No,
    /// It is not known.
    Unclear,
}

impl RescheduleState {
    /// The new run was asked for, in place of `old`.
    pub const fn new(old: RunId, asked: NewRun) -> Self {
        Self { old, asked, new: None, stage: Stage::Creating, held: false }
    }

    /// Where it stands.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The old run, and whether it still exists.
    pub const fn old(&self) -> (&RunId, Existence) {
        let exists = match self.stage {
            Stage::Done => Existence::No,
            Stage::Stopping | Stage::StopUnclear => Existence::Unclear,
            _ => Existence::Yes,
        };
        (&self.old, exists)
    }

    /// The new run where its id is known, and whether it exists.
    pub const fn new_run(&self) -> (Option<&RunId>, Existence) {
        let exists = match (&self.new, &self.stage) {
            (_, Stage::NewEnded(_)) | (None, Stage::NotCreated) => Existence::No,
            (Some(_), _) => Existence::Yes,
            (None, _) => Existence::Unclear,
        };
        (self.new.as_ref(), exists)
    }

    /// Whether it waits for the person: [`Event::Continue`], [`Event::ReadAgain`] or [`Event::KeepBoth`].
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

    /// The next state and what to do. The old run is stopped only after the new one was read and is what was asked for and the
    /// old one was read and has not opened, or when a person goes on all the same; once for each of these. After a reload only a person
    /// goes on.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> (Self, Option<Effect>) {
        let effect = match event {
            Event::Created(created) => self.created(created),
            Event::NewRead(outcome) if self.stage == Stage::Verifying => self.verified(outcome, now),
            Event::OldRead(outcome) if self.stage == Stage::CheckingOld => self.checked(outcome, now),
            Event::Stopped(stopped) if matches!(self.stage, Stage::Stopping | Stage::StopUnclear) => {
                self.stage = match stopped {
                    StopOutcome::Ended => Stage::Done,
                    StopOutcome::Refused(problem) => Stage::NotStopped(problem),
                    StopOutcome::Unclear => Stage::StopUnclear,
                };
                None
            }
            Event::Continue => match self.stage {
                // It may have opened while this waited.
                Stage::Differs(_) | Stage::Unverified(_) | Stage::Held => {
                    self.held = false;
                    self.check_old()
                }
                // Where the new run is over, stopping the old one would leave none.
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
        if !matches!(self.stage, Stage::Creating | Stage::Unclear) {
            return None;
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
                Phase::Over | Phase::Stopped => Stage::Done,
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
