//! A value read from the API: the last good one, when it was read, and what has failed since.

use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Timestamp;

/// A remote value. The last good one is kept while newer reads are under way or fail.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct RemoteData<T> {
    value: Option<(T, Timestamp)>,
    problem: Option<Problem>,
    failures: u32,
}

impl<T> Default for RemoteData<T> {
    fn default() -> Self {
        Self { value: None, problem: None, failures: 0 }
    }
}

impl<T: Clone> RemoteData<T> {
    /// A read succeeded.
    pub(crate) fn succeed(&mut self, value: T, at: Timestamp) {
        self.value = Some((value, at));
        self.problem = None;
        self.failures = 0;
    }

    /// A read failed. An abort is not a failure.
    pub(crate) fn fail(&mut self, problem: Problem) {
        if problem.kind != ProblemKind::Aborted {
            self.problem = Some(problem);
            self.failures = self.failures.saturating_add(1);
        }
    }

    /// The last good value.
    pub(crate) fn value(&self) -> Option<&T> {
        self.value.as_ref().map(|(value, _)| value)
    }

    /// When the last good value was read.
    pub(crate) fn as_of(&self) -> Option<Timestamp> {
        self.value.as_ref().map(|(_, at)| *at)
    }

    /// Why the last read failed; `None` if it succeeded.
    pub(crate) const fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// The number of failures in a row.
    pub(crate) const fn failures(&self) -> u32 {
        self.failures
    }
}
