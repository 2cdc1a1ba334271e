//! The transitions of a bulk stop.

use super::{BulkStopState, CONCURRENT_STOPS, Effect, Entry, EntryStage, Event, MAX_RUNS, Pause, StopProgress};
use crate::collections::id_index::IdIndex;
use crate::phase::can_stop;
use crate::problem::{Problem, ProblemKind};
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};
use std::sync::Arc;

/// How long to wait if a rate limit comes without `Retry-After`.
const DEFAULT_WAIT: Span = Span::from_seconds(10);
/// The longest wait that the API is granted; a person can cancel it.
const MAX_WAIT: Span = Span::from_hours(1);
/// How often a run is read or asked to stop again after a rate limit before it is left alone.
const MAX_TRIES: u32 = 10;
/// This many failures in a row pause the bulk stop.
const MAX_FAILURES: u32 = 3;

impl BulkStopState {
    /// The next state and its effects. A run that was not in the dialog is never read or stopped, and each run is
    /// stopped at most once. A stop answered with 401 or 429 was not carried out: after a 401 it is sent again only after
    /// [`Event::Continue`], after a 429 once the wait is over.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        match event {
            Event::Open(runs) => self.open(runs, now),
            Event::Elsewhere(ids) => self.leave_to_other_tabs(&ids),
            Event::KeepRunning => self.dialog = None,
            Event::Confirm(typed) => {
                if self.may_confirm(&typed) && !self.is_busy() {
                    let work = self.dialog.take().unwrap_or_default();
                    self = Self { work, confirmed_at: Some(now), ..Self::default() };
                }
            }
            Event::Read(id, outcome) => self.read(&id, outcome, now, &mut effects),
            Event::Progressed(id, progress) => self.progressed(&id, progress, now),
            Event::CancelRemaining => {
                self.halted = true;
                // Runs being read are left alone when their answers come; a stop that was sent cannot be taken back.
                self.pause = None;
                self.rest = None;
            }
            Event::Continue(signed_in) => {
                if signed_in || self.pause != Some(Pause::Token) {
                    self.pause = None;
                    self.failures_in_a_row = 0;
                }
            }
            Event::Tick => {}
            Event::Dismiss => {
                if !self.is_busy() {
                    self = Self { dialog: self.dialog, ..Self::default() };
                }
            }
        }
        self.start_next(now, &mut effects);
        (self, effects)
    }

    fn open(&mut self, runs: Vec<Arc<Run>>, now: Timestamp) {
        if self.is_open() || self.is_busy() || runs.len() > MAX_RUNS {
            return;
        }
        let mut seen = IdIndex::default();
        let entries = runs.into_iter().filter(|run| seen.insert(run.id.shared(), 0)).map(|run| {
            let state =
                if can_stop(&run, now) { EntryStage::Waiting } else { EntryStage::AlreadyOver(run.status.clone()) };
            Entry { run, state, at: None, tries: 0 }
        });
        let entries: Vec<Entry> = entries.collect();
        if !entries.is_empty() {
            self.dialog = Some(entries);
        }
    }

    fn leave_to_other_tabs(&mut self, ids: &[RunId]) {
        let mut said = IdIndex::default();
        for id in ids {
            said.insert(id.shared(), 0);
        }
        for entry in self.dialog.iter_mut().flatten() {
            match (&entry.state, said.get(entry.run.id.as_str()).is_some()) {
                (EntryStage::Waiting, true) => entry.state = EntryStage::Elsewhere,
                (EntryStage::Elsewhere, false) => entry.state = EntryStage::Waiting,
                _ => {}
            }
        }
    }

    fn entry(&mut self, id: &RunId) -> Option<&mut Entry> {
        self.work.iter_mut().find(|entry| entry.run.id == *id)
    }

    fn read(&mut self, id: &RunId, outcome: Result<Box<Run>, Problem>, now: Timestamp, effects: &mut Vec<Effect>) {
        let resting = self.rest.is_some_and(|until| now < until);
        let (halted, paused) = (self.halted, self.pause.is_some() || resting);
        let Some(entry) = self.entry(id).filter(|entry| entry.state == EntryStage::Reading) else { return };
        let mut failed = None;
        entry.at = Some(now);
        entry.state = match outcome {
            Ok(run) if run.id == *id => {
                if !can_stop(&run, now) {
                    EntryStage::AlreadyOver(run.status)
                } else if halted {
                    EntryStage::Skipped
                } else if paused {
                    // It is read again when the bulk stop continues, or when the API has had its wait.
                    EntryStage::Waiting
                } else {
                    effects.push(Effect::Stop(run));
                    EntryStage::Sending
                }
            }
            Ok(_) => EntryStage::ReadFailed(Problem::bare(ProblemKind::Undecodable)),
            Err(problem) => {
                failed = Some(problem.clone());
                if entry.put_off(&problem) { EntryStage::Waiting } else { EntryStage::ReadFailed(problem) }
            }
        };
        self.note_outcome(failed.as_ref(), now);
    }

    fn progressed(&mut self, id: &RunId, progress: StopProgress, now: Timestamp) {
        let Some(entry) = self.entry(id) else { return };
        let sending = entry.state == EntryStage::Sending;
        if !sending && !matches!(entry.state, EntryStage::Requested | EntryStage::Unknown(_)) {
            return;
        }
        if !sending && matches!(progress, StopProgress::Unknown(_) | StopProgress::Refused(_)) {
            // A later, separate stop of this run does not change what was requested here.
            return;
        }
        let mut failed = None;
        entry.at = Some(now);
        entry.state = match progress {
            StopProgress::Requested => EntryStage::Requested,
            // It may have ended by itself, so nobody is told that it was stopped.
            StopProgress::Stopped(word) if word.says_ended() => EntryStage::AlreadyOver(Some(word)),
            StopProgress::Stopped(word) => EntryStage::Stopped(word),
            StopProgress::AlreadyOver(word) => EntryStage::AlreadyOver(word),
            StopProgress::Unknown(problem) => {
                failed = Some(problem.clone());
                EntryStage::Unknown(problem)
            }
            StopProgress::Refused(problem) => {
                failed = Some(problem.clone());
                if entry.put_off(&problem) { EntryStage::Waiting } else { EntryStage::Refused(problem) }
            }
        };
        if sending {
            self.note_outcome(failed.as_ref(), now);
        }
    }

    /// What an answer means for the runs still to come.
    fn note_outcome(&mut self, failed: Option<&Problem>, now: Timestamp) {
        let Some(problem) = failed else {
            self.failures_in_a_row = 0;
            return;
        };
        if asks_for_token(problem) {
            self.pause = Some(Pause::Token);
        } else if let ProblemKind::Limited { wait } = problem.kind {
            let wait = wait.unwrap_or(DEFAULT_WAIT).max(Span::from_seconds(1)).min(MAX_WAIT);
            self.rest = Some(self.rest.unwrap_or(now).max(now.plus(wait)));
        } else if problem.may_pass() || problem.outcome_unknown() {
            self.failures_in_a_row = self.failures_in_a_row.saturating_add(1);
            if self.failures_in_a_row >= MAX_FAILURES && self.pause.is_none() {
                self.pause = Some(Pause::Trouble);
            }
        } else {
            self.failures_in_a_row = 0;
        }
    }

    /// Starts as many runs as the limits allow.
    fn start_next(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        // After the clock was set back, it must not wait longer than the longest possible wait.
        if self.rest.is_some_and(|until| now >= until || until.since(now) > MAX_WAIT) {
            self.rest = None;
        }
        if self.halted {
            // Nothing is left to decide.
            self.pause = None;
            for entry in self.work.iter_mut().filter(|entry| entry.state == EntryStage::Waiting) {
                entry.state = EntryStage::Skipped;
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
        let free = CONCURRENT_STOPS.saturating_sub(under_way);
        for entry in self.work.iter_mut().filter(|entry| entry.state == EntryStage::Waiting).take(free) {
            entry.state = EntryStage::Reading;
            effects.push(Effect::Read(entry.run.id.clone()));
        }
    }
}

impl Entry {
    /// Whether the run is to be tried again later: the API turned the request away without looking at the run.
    fn put_off(&mut self, problem: &Problem) -> bool {
        let again = asks_for_token(problem) || limited(problem) && self.tries < MAX_TRIES;
        self.tries = self.tries.saturating_add(1);
        again
    }
}

const fn asks_for_token(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken)
}

const fn limited(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Limited { .. })
}
