//! How many of all runs are known, and the read that makes all of them known to a page that needs them.

use crate::api::{Api, list_requests};
use crate::state::clock::Clock;
use crate::state::run_store::{PartOf, RunStore};
use runboard_core::problem::Problem;
use runboard_core::time::Span;

/// How many of the runs that a window may clash with are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KnownRuns {
    /// They are being read
    Loading,
    /// All of them
    All,
    /// Some could not be read, and why
    Partial(Option<Problem>),
}

/// How old the list may be without being read again.
const MAX_AGE: Span = Span::from_seconds(60);

/// Whether all runs are known, and were read only just now.
pub(crate) fn are_current(store: &'static RunStore, clock: &'static Clock) -> bool {
    store.complete_as_of().is_some_and(|at| clock.now().since(at) <= MAX_AGE)
}

/// Reads all pages of the list into the store. Dropping the future aborts the requests.
pub(crate) async fn read_all(api: &'static Api, store: &'static RunStore, clock: &'static Clock) -> KnownRuns {
    let started_at = clock.now();
    let outcome = list_requests::read_all(api, |page| store.merge_page(page.runs, PartOf::Nothing)).await;
    store.publish_changes();
    match outcome {
        Ok(true) => {
            store.set_complete_as_of(started_at);
            KnownRuns::All
        }
        Ok(false) => KnownRuns::Partial(None),
        Err(problem) => KnownRuns::Partial(Some(problem)),
    }
}
