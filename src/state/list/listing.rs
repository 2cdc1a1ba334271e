//! The result of a search.

use runboard_core::query::{QueryIssue, RunCounts, TimeField, TimeRange};
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;
use std::sync::Arc;

/// The listed runs, at one instant.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Listing {
    /// Their ids, in order.
    pub(crate) ids: Arc<Vec<RunId>>,
    /// The number of runs in the store.
    pub(crate) total: usize,
    /// How many runs of the store are in each phase and have each status.
    pub(crate) counts: RunCounts,
    /// Until then the listing stays right: when the first run changes its phase, or a relative time of the query has moved on.
    pub(crate) valid_until: Option<Timestamp>,
    /// The parts of the query that were not understood.
    pub(crate) issues: Vec<QueryIssue>,
    /// The absolute ranges that the times of the query stand for.
    pub(crate) time_ranges: Vec<(TimeField, Vec<TimeRange>)>,
    /// Very many runs are being searched: `ids` are the first results, or those of the query before. The complete result
    /// follows some frames later; whatever counts them should wait for it.
    pub(crate) searching: bool,
}
