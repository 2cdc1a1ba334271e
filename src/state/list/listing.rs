//! What is listed.

use runboard_core::query::{QueryIssue, RunCounts, TimeField, TimeRange};
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;
use std::sync::Arc;

/// The runs that are listed, at an instant.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Listing {
    /// Their ids, in order.
    pub ids: Arc<Vec<RunId>>,
    /// How many runs there are in all.
    pub total: usize,
    /// How many of all runs are in each phase and have each status.
    pub counts: RunCounts,
    /// When the first run changes its phase, or what a relative time stands for has moved on: until then the listing holds.
    pub holds_until: Option<Timestamp>,
    /// The parts of the query that were not understood.
    pub marks: Vec<QueryIssue>,
    /// What the times of the query stand for.
    pub windows: Vec<(TimeField, Vec<TimeRange>)>,
    /// Very many runs are being searched: the ids are the first that were found, or those of the query before. What counts them
    /// waits for the rest, which is some frames away.
    pub searching: bool,
}
