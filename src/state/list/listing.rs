//! The result of a search.

use runboard_core::query::{QueryTerm, RunCounts, StateCounts};
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
    /// What each filter by state would list, in place of those in the query.
    pub(crate) state_counts: StateCounts,
    /// The terms of the query, and how each was understood.
    pub(crate) terms: Arc<Vec<QueryTerm>>,
    /// Whether a term was not understood, so that nothing is listed.
    pub(crate) refused: bool,
    /// Very many runs are being searched: `ids` are the first results, or those of the query before. The complete result
    /// follows some frames later; whatever counts them should wait for it.
    pub(crate) searching: bool,
}
