//! The transitions of a stop.

use super::{DIALOG_READ_TIMEOUT, DialogState, Effect, Event, Freshness, Receipt, Request, Stage, StopState, evidence};
use crate::phase::can_stop;
use crate::policy::backoff;
use crate::problem::{Problem, ProblemKind};
use crate::run::Run;
use crate::summary::Summary;
use crate::time::{Span, Timestamp};

/// When the run is read after the request: often at first, then every [`LATER_INTERVAL`] for as long as nothing
/// changes.
const SCHEDULE: [Span; 6] = [
    Span::from_seconds(0),
    Span::from_seconds(2),
    Span::from_seconds(5),
    Span::from_seconds(10),
    Span::from_seconds(20),
    Span::from_seconds(40),
];
const LATER_INTERVAL: Span = Span::from_seconds(30);
/// The least time between two reads.
const MIN_GAP: Span = Span::from_seconds(2);
/// After the clock was set back, it must not wait longer than the longest possible wait.
pub(super) const MAX_WAIT: Span = Span::from_seconds(130);

impl StopState {
    /// The next state and its effects. [`Effect::Post`] follows only on [`Event::Confirm`] while
    /// [`StopState::may_confirm`], once per opened dialog, or on [`Event::StopNow`]. An unknown outcome stays until it
    /// is known, or until `RETRY_ALLOWED_AFTER` and [`Event::Dismiss`].
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        match event {
            Event::Open(run, counts) => {
                if self.dialog.is_none() && self.may_open(now) {
                    self.epoch = self.epoch.saturating_add(1);
                    let epoch = self.epoch;
                    self.dialog =
                        Some(DialogState { run, counts, freshness: Freshness::Loading, opened_at: now, epoch });
                    effects.extend([Effect::ReadRun, Effect::ReadSummary]);
                }
            }
            Event::KeepRunning => self.dialog = None,
            Event::Confirm => {
                if self.may_confirm()
                    && let Some(DialogState { run, counts, .. }) = self.dialog.take()
                {
                    self.send(run, counts, now, &mut effects);
                }
            }
            Event::StopNow(run, counts) => {
                if self.may_open(now) {
                    self.dialog = None;
                    self.send(run, counts, now, &mut effects);
                }
            }
            Event::Answered(outcome) => self.answered(outcome, now, &mut effects),
            Event::Read(run, epoch) => self.read(*run, epoch, now, &mut effects),
            Event::ReadFailed(problem, random) => self.read_failed(problem, random, now),
            Event::SummaryRead(summary) => self.counted(summary),
            Event::Tick | Event::Resumed => self.tick(event == Event::Resumed, now, &mut effects),
            Event::Dismiss => {
                if self.may_dismiss(now) {
                    self.stage = Stage::Idle;
                }
            }
        }
        (self, effects)
    }

    fn send(&mut self, run: Box<Run>, counts: Option<Summary>, now: Timestamp, effects: &mut Vec<Effect>) {
        self.epoch = self.epoch.saturating_add(1);
        let epoch = self.epoch;
        let (answered_at, readings, last_read_at, in_flight, due) = (None, 0, None, false, now);
        // What the status was before the first request is what a change is measured against.
        let earlier = match &self.stage {
            Stage::Requested(request) | Stage::Unknown(request, _) => Some(request.run.clone()),
            _ => None,
        };
        let (is_repeated, run) = (earlier.is_some(), earlier.unwrap_or(run));
        let request = Request {
            run,
            counts,
            asked_at: now,
            answered_at,
            is_repeated,
            readings,
            last_read_at,
            in_flight,
            due,
            epoch,
        };
        self.stage = Stage::Sending(request);
        effects.push(Effect::Post);
    }

    fn answered(&mut self, outcome: Result<Option<Box<Run>>, Problem>, now: Timestamp, effects: &mut Vec<Effect>) {
        let (mut request, waited_for) = match std::mem::take(&mut self.stage) {
            Stage::Sending(request) => (request, true),
            // After an unknown outcome the answer may still come; a failure adds nothing.
            Stage::Unknown(request, problem) if outcome.is_err() => {
                self.stage = Stage::Unknown(request, problem);
                return;
            }
            Stage::Unknown(request, _) => (request, false),
            other => {
                self.stage = other;
                return;
            }
        };
        self.stage = match outcome {
            Ok(run) => {
                request.answered_at = Some(now);
                if let Some((evidence, status)) = run.and_then(|run| evidence(request.run.status.as_ref(), &run)) {
                    effects.push(Effect::ReadSummary);
                    Stage::Confirmed(Box::new(Receipt::new(request, evidence, status, now)))
                } else {
                    request.begin_reading(now, waited_for, effects);
                    Stage::Requested(request)
                }
            }
            // The earlier request may be why the run is over: what its status says then decides.
            Err(problem) if problem.kind == ProblemKind::Conflict && request.is_repeated => {
                request.begin_reading(now, true, effects);
                Stage::Unknown(request, problem)
            }
            Err(problem) if problem.kind == ProblemKind::Conflict => {
                self.epoch = self.epoch.saturating_add(1);
                effects.push(Effect::ReadRun);
                Stage::AlreadyOver(None)
            }
            Err(problem) if problem.outcome_unknown() => {
                request.begin_reading(now, true, effects);
                Stage::Unknown(request, problem)
            }
            Err(problem) => Stage::Refused(problem),
        };
    }

    fn read(&mut self, run: Run, epoch: u32, now: Timestamp, effects: &mut Vec<Effect>) {
        if let Some(dialog) = self.dialog.as_mut().filter(|dialog| dialog.run.id == run.id) {
            *dialog.run = run.clone();
            if epoch >= dialog.epoch {
                dialog.freshness = Freshness::Fresh;
                // It has ended meanwhile: there is nothing to stop.
                if !can_stop(&run, now) {
                    self.dialog = None;
                    if matches!(self.stage, Stage::Idle | Stage::Refused(_)) {
                        self.stage = Stage::AlreadyOver(run.status.clone());
                    }
                }
            }
        }
        self.stage = match std::mem::take(&mut self.stage) {
            Stage::Requested(request) => request.read(run, epoch, now, Stage::Requested, effects),
            Stage::Unknown(request, problem) => {
                request.read(run, epoch, now, |request| Stage::Unknown(request, problem), effects)
            }
            Stage::AlreadyOver(None) if epoch >= self.epoch => Stage::AlreadyOver(run.status),
            other => other,
        };
    }

    fn read_failed(&mut self, problem: Problem, random: f64, now: Timestamp) {
        if let Stage::Requested(request) | Stage::Unknown(request, _) = &mut self.stage
            && request.in_flight
        {
            request.in_flight = false;
            // The failures are not counted into the backoff, as a person is waiting for this read.
            request.due = now.plus(backoff::wait(2, problem.wait(), random).max(MIN_GAP));
        }
        if let Some(dialog) = self.dialog.as_mut().filter(|dialog| dialog.freshness == Freshness::Loading) {
            dialog.freshness = Freshness::Failed(problem);
        }
    }

    fn counted(&mut self, summary: Summary) {
        if let Some(dialog) = &mut self.dialog {
            dialog.counts = Some(summary);
        } else if let Stage::Confirmed(receipt) = &mut self.stage {
            receipt.counts_after = Some(summary);
        }
    }

    fn tick(&mut self, at_once: bool, now: Timestamp, effects: &mut Vec<Effect>) {
        if let Some(dialog) = self.dialog.as_mut().filter(|dialog| dialog.freshness == Freshness::Loading)
            && now.since(dialog.opened_at).millis().abs() >= DIALOG_READ_TIMEOUT.millis()
        {
            dialog.freshness = Freshness::TimedOut;
        }
        if let Stage::Requested(request) | Stage::Unknown(request, _) = &mut self.stage
            && !request.in_flight
            && (at_once || now >= request.due || request.due.since(now) > MAX_WAIT)
        {
            request.in_flight = true;
            effects.push(Effect::ReadRun);
        }
    }
}

impl Request {
    /// Reads at once, unless a read is already in flight.
    fn begin_reading(&mut self, now: Timestamp, restart: bool, effects: &mut Vec<Effect>) {
        if restart {
            self.due = now;
        }
        if !self.in_flight {
            self.in_flight = true;
            effects.push(Effect::ReadRun);
        }
    }

    /// Handles a read. One that was sent before the stop is no evidence, whatever it says.
    fn read(
        mut self,
        run: Run,
        epoch: u32,
        now: Timestamp,
        pending: impl FnOnce(Self) -> Stage,
        effects: &mut Vec<Effect>,
    ) -> Stage {
        if run.id != self.run.id {
            // The answer is about another run, so this read said nothing.
            self.in_flight = false;
            self.due = now.plus(LATER_INTERVAL);
            return pending(self);
        }
        if epoch < self.epoch {
            return pending(self);
        }
        if let Some((evidence, status)) = evidence(self.run.status.as_ref(), &run) {
            effects.push(Effect::ReadSummary);
            return Stage::Confirmed(Box::new(Receipt::new(self, evidence, status, now)));
        }
        self.in_flight = false;
        self.readings = self.readings.saturating_add(1);
        self.last_read_at = Some(now);
        let since = self.answered_at.unwrap_or(self.asked_at);
        self.due = match SCHEDULE.get(self.readings as usize) {
            Some(offset) => since.plus(*offset).max(now.plus(MIN_GAP)),
            None => now.plus(LATER_INTERVAL),
        };
        pending(self)
    }
}
