//! The transitions of a reschedule.

use super::{CreateOutcome, Effect, Event, OldRunEnd, RescheduleState, Stage, StopOutcome};
use crate::policy::run_match::{self, DifferenceKind};
use crate::problem::{Problem, ProblemKind};
use crate::run::{Run, RunId};
use crate::run_state::{RunState, has_not_started};
use crate::time::Timestamp;

impl RescheduleState {
    /// The next state and its effect. The old run is stopped only after the new run was read and matches the request
    /// and the old one was read and has not opened, or when a person continues anyway; once per decision. After a
    /// reload, only a person continues.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> (Self, Option<Effect>) {
        let effect = match event {
            Event::Created(created) => self.created(created),
            Event::NewRead(id, outcome) if self.stage == Stage::Verifying && self.new.as_ref() == Some(&id) => {
                self.verified(of_run(&id, outcome), now)
            }
            Event::OldRead(id, outcome) if self.stage == Stage::CheckingOld && self.old == id => {
                self.checked(of_run(&id, outcome), now)
            }
            Event::Stopped(stopped) if matches!(self.stage, Stage::Stopping | Stage::StopUnclear { .. }) => {
                self.stage = match stopped {
                    StopOutcome::Ended(end) => Stage::Done(end),
                    StopOutcome::Refused(problem) => Stage::NotStopped(problem),
                    StopOutcome::Unclear { not_stopped_at } => Stage::StopUnclear { not_stopped_at },
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
                Stage::OldOpened(_) | Stage::OldUnread(_) | Stage::NotStopped(_) | Stage::StopUnclear { .. } => {
                    self.stop_old()
                }
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
            Event::NewRead(..) | Event::OldRead(..) | Event::Stopped(_) => None,
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

    pub(super) fn verify(&mut self) -> Option<Effect> {
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
        let state = RunState::of(&run, now);
        if matches!(state, RunState::Completed | RunState::Failed | RunState::Stopped | RunState::Ended) {
            self.stage = Stage::NewEnded(state);
        } else if differences.is_empty() {
            return self.check_old();
        } else {
            self.stage = Stage::Differs(differences);
        }
        None
    }

    pub(super) fn check_old(&mut self) -> Option<Effect> {
        self.stage = Stage::CheckingOld;
        Some(Effect::ReadOld(self.old.clone()))
    }

    fn checked(&mut self, outcome: Result<Box<Run>, Problem>, now: Timestamp) -> Option<Effect> {
        self.stage = match outcome {
            Err(problem) => Stage::OldUnread(problem),
            Ok(run) if has_not_started(&run, now) => {
                if !self.held {
                    return self.stop_old();
                }
                Stage::Held
            }
            Ok(run) => match RunState::of(&run, now) {
                RunState::Completed | RunState::Failed | RunState::Ended => Stage::Done(OldRunEnd::Ended),
                RunState::Stopped => Stage::Done(OldRunEnd::Stopped),
                state @ (RunState::Scheduled | RunState::Running | RunState::Open | RunState::Unknown) => {
                    Stage::OldOpened(state)
                }
            },
        };
        None
    }

    fn stop_old(&mut self) -> Option<Effect> {
        self.stage = Stage::Stopping;
        Some(Effect::StopOld(self.old.clone()))
    }
}

/// An answer about another run says nothing of this one.
fn of_run(id: &RunId, outcome: Result<Box<Run>, Problem>) -> Result<Box<Run>, Problem> {
    outcome.and_then(|run| if run.id == *id { Ok(run) } else { Err(Problem::bare(ProblemKind::Undecodable)) })
}
