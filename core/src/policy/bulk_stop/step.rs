//! The transitions.

use super::{AT_ONCE, BulkStopState, Effect, Entry, EntryStage, Event, MAX_RUNS, Pause, StopProgress};
use crate::collections::id_index::IdIndex;
use crate::phase::Phase;
use crate::problem::{Problem, ProblemKind};
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};
use std::sync::Arc;

/// How long to wait where the API did not say.
const REST: Span = Span::from_seconds(10);
/// It is not taken at its word beyond this: somebody waits.
const LONGEST_REST: Span = Span::from_minutes(2);
/// A reading is put off so often; then the run is left alone.
const TRIES: u32 = 3;
/// So many failures in a row are no accident.
const MISSES: u32 = 3;

impl BulkStopState {
    /// The next state and what to do. An id that was not in the dialog is never read nor stopped. Each is stopped at most once;
    /// one whose stop was answered with 401 was not carried out, and is asked again only after [`Event::Continue`].
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        match event {
            Event::Open(runs) => self.open(runs, now),
            Event::KeepRunning => self.asking = None,
            Event::Confirm(typed) => {
                if self.may_confirm(&typed) && !self.is_busy() {
                    let work = self.asking.take().unwrap_or_default();
                    self = Self { work, confirmed_at: Some(now), ..Self::default() };
                }
            }
            Event::Read(id, outcome) => self.read(&id, outcome, now, &mut effects),
            Event::Progressed(id, went) => self.went(&id, went, now),
            Event::CancelRemaining => {
                self.halted = true;
                // What is being read is kept, too, when its answer comes; what was sent cannot be taken back.
                self.pause = None;
                self.rest = None;
            }
            Event::Continue(signed_in) => {
                if signed_in || self.pause != Some(Pause::Token) {
                    self.pause = None;
                    self.misses = 0;
                }
            }
            Event::Tick => {}
            Event::Dismiss => {
                if !self.is_busy() {
                    self = Self { asking: self.asking, ..Self::default() };
                }
            }
        }
        self.go_on(now, &mut effects);
        (self, effects)
    }

    fn open(&mut self, runs: Vec<Arc<Run>>, now: Timestamp) {
        if self.is_open() || self.is_busy() || runs.len() > MAX_RUNS {
            return;
        }
        let mut seen = IdIndex::default();
        let entries = runs.into_iter().filter(|run| seen.put(run.id.shared(), 0)).map(|run| {
            let can_stop = Phase::of(&run, now).can_stop();
            let state = if can_stop { EntryStage::Waiting } else { EntryStage::Over(run.status.clone()) };
            Entry { run, state, at: None, tries: 0 }
        });
        let entries: Vec<Entry> = entries.collect();
        if !entries.is_empty() {
            self.asking = Some(entries);
        }
    }

    fn entry(&mut self, id: &RunId) -> Option<&mut Entry> {
        self.work.iter_mut().find(|entry| entry.run.id == *id)
    }

    fn read(&mut self, id: &RunId, outcome: Result<Box<Run>, Problem>, now: Timestamp, effects: &mut Vec<Effect>) {
        let (halted, paused) = (self.halted, self.pause.is_some());
        let Some(entry) = self.entry(id).filter(|entry| entry.state == EntryStage::Reading) else { return };
        let mut failed = None;
        entry.at = Some(now);
        entry.state = match outcome {
            Ok(run) if run.id == *id => {
                if !Phase::of(&run, now).can_stop() {
                    EntryStage::Over(run.status)
                } else if halted {
                    EntryStage::Kept
                } else if paused {
                    // It is read once more when it goes on.
                    EntryStage::Waiting
                } else {
                    effects.push(Effect::Stop(run));
                    EntryStage::Sending
                }
            }
            Ok(_) => EntryStage::NotRead(Problem::bare(ProblemKind::Undecodable)),
            Err(problem) => {
                let put_off = asks_for_token(&problem) || limited(&problem) && entry.tries < TRIES;
                entry.tries = entry.tries.saturating_add(1);
                failed = Some(problem.clone());
                if put_off { EntryStage::Waiting } else { EntryStage::NotRead(problem) }
            }
        };
        self.learn(failed.as_ref(), now);
    }

    fn went(&mut self, id: &RunId, went: StopProgress, now: Timestamp) {
        let Some(entry) = self.entry(id) else { return };
        let sending = entry.state == EntryStage::Sending;
        if !sending && !matches!(entry.state, EntryStage::Asked | EntryStage::Unknown(_)) {
            return;
        }
        if !sending && matches!(went, StopProgress::Unknown(_) | StopProgress::Refused(_)) {
            // A later stop of this run by itself: what was asked here stays asked.
            return;
        }
        let mut failed = None;
        entry.at = Some(now);
        entry.state = match went {
            StopProgress::Asked => EntryStage::Asked,
            StopProgress::Stopped(word) => EntryStage::Stopped(word),
            StopProgress::Over(word) => EntryStage::Over(word),
            StopProgress::Unknown(problem) => {
                failed = Some(problem.clone());
                EntryStage::Unknown(problem)
            }
            StopProgress::Refused(problem) => {
                failed = Some(problem.clone());
                if asks_for_token(&problem) { EntryStage::Waiting } else { EntryStage::Refused(problem) }
            }
        };
        if sending {
            self.learn(failed.as_ref(), now);
        }
    }

    /// What an answer says of those to come.
    fn learn(&mut self, failed: Option<&Problem>, now: Timestamp) {
        let Some(problem) = failed else {
            self.misses = 0;
            return;
        };
        if asks_for_token(problem) {
            self.pause = Some(Pause::Token);
        } else if let ProblemKind::Limited { wait } = problem.kind {
            let wait = wait.unwrap_or(REST).max(Span::from_seconds(1)).min(LONGEST_REST);
            self.rest = Some(self.rest.unwrap_or(now).max(now.plus(wait)));
        } else if problem.may_pass() || problem.outcome_unknown() {
            self.misses = self.misses.saturating_add(1);
            if self.misses >= MISSES && self.pause.is_none() {
                self.pause = Some(Pause::Trouble);
            }
        } else {
            self.misses = 0;
        }
    }

    /// Begins what may begin.
    fn go_on(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        // A clock that was set back must not make it wait longer than any rest there is.
        if self.rest.is_some_and(|until| now >= until || until.since(now) > LONGEST_REST) {
            self.rest = None;
        }
        if self.halted {
            // Nothing is left to be decided.
            self.pause = None;
            for entry in self.work.iter_mut().filter(|entry| entry.state == EntryStage::Waiting) {
                entry.state = EntryStage::Kept;
            }
        }
        if !self.is_busy() {
            self.pause = None;
            self.rest = None;
        }
        if self.pause.is_some() || self.rest.is_some() {
            return;
        }
        let under_way =
            self.work.iter().filter(|entry| matches!(entry.state, EntryStage::Reading | EntryStage::Sending)).count();
        let free = AT_ONCE.saturating_sub(under_way);
        for entry in self.work.iter_mut().filter(|entry| entry.state == EntryStage::Waiting).take(free) {
            entry.state = EntryStage::Reading;
            effects.push(Effect::Read(entry.run.id.clone()));
        }
    }
}

const fn asks_for_token(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken)
}

const fn limited(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Limited { .. })
}
