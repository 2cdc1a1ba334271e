//! Reading the list until it is known what became of a request: five readings over 40 seconds.

use crate::policy::backoff;
use crate::problem::Problem;
use crate::time::{Span, Timestamp};

/// When each reading is due, after the outcome became unknown: the first at once, for an answer that was lost behind a
/// commit; the last when a slow commit should have come.
const SCHEDULE: [Span; 5] = [
    Span::from_seconds(0),
    Span::from_seconds(4),
    Span::from_seconds(12),
    Span::from_seconds(24),
    Span::from_seconds(40),
];
/// How many readings there are.
pub const SEARCH_READS: u32 = SCHEDULE.len() as u32;
/// Readings that come late (a page that was hidden) keep this distance.
const APART: Span = Span::from_seconds(3);
/// A clock that was set back must not make it wait longer than any wait there is.
const LONGEST: Span = Span::from_seconds(130);

/// How far the readings have come.
#[derive(Clone, PartialEq, Debug)]
pub struct OutcomeSearch {
    /// Why it is not known; `None` after a reload.
    pub problem: Option<Problem>,
    /// When the readings began.
    pub since: Timestamp,
    /// Readings that could be had, of [`SEARCH_READS`].
    pub done: u32,
    /// Readings in a row that failed; they do not count.
    pub failed: u32,
    /// Whether one is under way.
    pub in_flight: bool,
    /// Whether some could not read the whole list.
    pub partial: bool,
    due: Timestamp,
}

impl OutcomeSearch {
    /// The first reading is due now.
    pub(super) const fn new(problem: Option<Problem>, now: Timestamp) -> Self {
        Self { problem, since: now, done: 0, failed: 0, in_flight: false, partial: false, due: now }
    }

    /// When the next one is due; `None` while one is under way.
    pub fn due(&self) -> Option<Timestamp> {
        (!self.in_flight).then_some(self.due)
    }

    /// Whether to begin one now.
    pub(super) fn begins(&mut self, now: Timestamp, at_once: bool) -> bool {
        let due = at_once || now >= self.due || self.due.since(now) > LONGEST;
        let begins = due && !self.in_flight;
        self.in_flight |= begins;
        begins
    }

    /// One ended with nothing found; whether all are done.
    pub(super) fn ended(&mut self, whole: bool, now: Timestamp) -> bool {
        self.in_flight = false;
        self.failed = 0;
        self.done = self.done.saturating_add(1);
        self.partial |= !whole;
        let Some(offset) = SCHEDULE.get(self.done as usize) else { return true };
        self.due = self.since.plus(*offset).max(now.plus(APART));
        false
    }

    /// One failed: it says nothing, and another one takes its place.
    pub(super) fn failed(&mut self, problem: &Problem, random: f64, now: Timestamp) {
        self.in_flight = false;
        self.failed = self.failed.saturating_add(1);
        self.due = now.plus(backoff::wait(self.failed, problem.wait(), random).max(APART));
    }
}
