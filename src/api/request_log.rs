//! The last requests of this page, for Diagnostics. Neither headers nor bodies: nothing in it is secret.

use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Timestamp;
use std::cell::RefCell;
use std::collections::VecDeque;

/// How many are kept.
pub const KEPT: usize = 50;

/// One request that has ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When it was sent, by this machine's clock.
    pub at: Timestamp,
    /// Its method.
    pub method: &'static str,
    /// Its address.
    pub address: String,
    /// How long it took, in milliseconds.
    pub millis: i64,
    /// `None` when it succeeded.
    pub problem: Option<Problem>,
}

thread_local! {
    static ENTRIES: RefCell<VecDeque<Entry>> = const { RefCell::new(VecDeque::new()) };
}

/// Adds a request; one that was given up was nobody's.
pub(super) fn add(entry: Entry) {
    if entry.problem.as_ref().is_some_and(|problem| problem.kind == ProblemKind::Aborted) {
        return;
    }
    ENTRIES.with_borrow_mut(|entries| {
        entries.push_front(entry);
        entries.truncate(KEPT);
    });
}

/// The requests, newest first.
pub fn entries() -> Vec<Entry> {
    ENTRIES.with_borrow(|entries| entries.iter().cloned().collect())
}
