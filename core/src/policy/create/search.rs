//! Searching the list for the outcome of a request: five reads over 40 seconds.

use crate::policy::backoff;
use crate::problem::Problem;
use crate::time::{Span, Timestamp};

/// When each read is due, counted from when the outcome became unknown: the first at once, in case only the answer was
/// lost; the last when a slow commit should be visible.
const SCHEDULE: [Span; 5] = [
    Span::from_seconds(0),
    Span::from_seconds(4),
    Span::from_seconds(12),
    Span::from_seconds(24),
    Span::from_seconds(40),
];
/// The number of reads.
pub const SEARCH_READS: u32 = SCHEDULE.len() as u32;
/// The least time between two reads, even if they are late (the page was hidden).
const MIN_GAP: Span = Span::from_seconds(3);
/// After the clock was set back, it must not wait longer than the longest possible wait.
const MAX_WAIT: Span = Span::from_seconds(130);

/// The progress of the search.
#[derive(Clone, PartialEq, Debug)]
pub struct OutcomeSearch {
    /// Why the outcome is unknown; `None` after a reload.
    pub problem: Option<Problem>,
    /// When the search started.
    pub since: Timestamp,
    /// Successful reads, out of [`SEARCH_READS`].
    pub done: u32,
    /// Failed reads in a row; they do not count.
    pub failed: u32,
    /// Whether a read is in flight.
    pub in_flight: bool,
    /// Whether some reads were of an incomplete list.
    pub partial: bool,
    due: Timestamp,
}

impl OutcomeSearch {
    /// The first read is due now.
    pub(super) const fn new(problem: Option<Problem>, now: Timestamp) -> Self {
        Self { problem, since: now, done: 0, failed: 0, in_flight: false, partial: false, due: now }
    }

    /// When the next read is due; `None` while one is in flight.
    pub fn due(&self) -> Option<Timestamp> {
        (!self.in_flight).then_some(self.due)
    }

    /// Starts a read if one is due; returns whether it did.
    pub(super) fn start_if_due(&mut self, now: Timestamp, at_once: bool) -> bool {
        let due = at_once || now >= self.due || self.due.since(now) > MAX_WAIT;
        let start_if_due = due && !self.in_flight;
        self.in_flight |= start_if_due;
        start_if_due
    }

    /// A read found nothing; returns whether the search is over.
    pub(super) fn found_nothing(&mut self, whole: bool, now: Timestamp) -> bool {
        self.in_flight = false;
        self.failed = 0;
        self.done = self.done.saturating_add(1);
        self.partial |= !whole;
        let Some(offset) = SCHEDULE.get(self.done as usize) else { return true };
        self.due = self.since.plus(*offset).max(now.plus(MIN_GAP));
        false
    }

    /// A read failed: it says nothing, and is repeated later.
    pub(super) fn failed(&mut self, problem: &Problem, random: f64, now: Timestamp) {
        self.in_flight = false;
        self.failed = self.failed.saturating_add(1);
        self.due = now.plus(backoff::wait(self.failed, problem.wait(), random).max(MIN_GAP));
    }
}
