//! What queries and sorting look at.

use crate::phase::Phase;
use crate::run::Run;

/// A run with the derived facts that queries and sorting need.
#[derive(Clone, Copy, Debug)]
pub struct IndexedRun<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its current phase.
    pub phase: Phase,
    /// The configured label of its job.
    pub job_label: Option<&'a str>,
}
