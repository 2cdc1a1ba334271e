//! A value that lives elsewhere: what is known of it, since when, and what went wrong on the way.

use runboard_core::problem::Problem;
use runboard_core::time::Timestamp;

/// A remote value. The last good one is kept while newer ones are asked for or fail.
#[derive(Clone, PartialEq, Debug)]
pub struct RemoteData<T> {
    value: Option<(T, Timestamp)>,
    problem: Option<Problem>,
    failures: u32,
}

impl<T> Default for RemoteData<T> {
    fn default() -> Self {
        Self { value: None, problem: None, failures: 0 }
    }
}

/// What a person is to see of a remote value.
#[derive(Clone, PartialEq, Debug)]
pub enum Face<T> {
    /// Nothing yet.
    FirstLoad,
    /// Nothing, and why.
    Failed(Problem),
    /// The value, read at that time.
    Fresh(T, Timestamp),
    /// The last value, read at that time, and why there is no newer one.
    Stale(T, Timestamp, Problem),
}

impl<T: Clone> RemoteData<T> {
    /// A value was read.
    pub fn succeed(&mut self, value: T, at: Timestamp) {
        self.value = Some((value, at));
        self.problem = None;
        self.failures = 0;
    }

    /// A reading failed. An abort is not a failure.
    pub fn fail(&mut self, problem: Problem) {
        if problem.kind != runboard_core::problem::ProblemKind::Aborted {
            self.problem = Some(problem);
            self.failures = self.failures.saturating_add(1);
        }
    }

    /// What to show.
    pub fn face(&self) -> Face<T> {
        match (&self.value, &self.problem) {
            (None, None) => Face::FirstLoad,
            (None, Some(problem)) => Face::Failed(problem.clone()),
            (Some((value, at)), None) => Face::Fresh(value.clone(), *at),
            (Some((value, at)), Some(problem)) => Face::Stale(value.clone(), *at, problem.clone()),
        }
    }

    /// The last good value.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref().map(|(value, _)| value)
    }

    /// When it was read.
    pub fn as_of(&self) -> Option<Timestamp> {
        self.value.as_ref().map(|(_, at)| *at)
    }

    /// What went wrong since.
    pub const fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// Failures in a row.
    pub const fn failures(&self) -> u32 {
        self.failures
    }
}
