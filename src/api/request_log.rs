//! The latest requests of this page, for Diagnostics. Headers and bodies are left out, so nothing in it is secret.

use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Timestamp;
use std::cell::RefCell;
use std::collections::VecDeque;

const CAPACITY: usize = 50;

/// A finished request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct LoggedRequest {
    /// When it was sent, by this machine's clock.
    pub(crate) at: Timestamp,
    pub(crate) method: &'static str,
    pub(crate) address: String,
    /// How long it took, in milliseconds.
    pub(crate) millis: i64,
    /// `None` if it succeeded.
    pub(crate) problem: Option<Problem>,
}

thread_local! {
    static REQUESTS: RefCell<VecDeque<LoggedRequest>> = const { RefCell::new(VecDeque::new()) };
}

/// Adds a request, unless it was aborted.
pub(super) fn add(request: LoggedRequest) {
    if request.problem.as_ref().is_some_and(|problem| problem.kind == ProblemKind::Aborted) {
        return;
    }
    REQUESTS.with_borrow_mut(|requests| {
        requests.push_front(request);
        requests.truncate(CAPACITY);
    });
}

/// The requests, newest first.
pub(crate) fn requests() -> Vec<LoggedRequest> {
    REQUESTS.with_borrow(|requests| requests.iter().cloned().collect())
}
