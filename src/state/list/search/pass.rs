//! One pass over the runs of the store, in slices.

use super::SearchInputs;
use crate::browser::page::monotonic_millis;
use crate::config::ConfigHandle;
use crate::state::list::filter::{Filter, RunTable};
use crate::state::list::listing::Listing;
use crate::state::run_store::RunStore;
use leptos::prelude::untrack;
use runboard_core::query::{Query, QueryContext, RunIndex};
use runboard_core::run::RunId;
use runboard_core::time::{Span, Timestamp};
use std::sync::Arc;

/// Runs that are tested between two looks at the clock.
const CHUNK: usize = 512;
/// With fewer untested runs than this left, a pass does not stop for having enough results.
const SMALL_REST: usize = 5_000;
/// How long a listing stays valid if its query has relative times.
const RELATIVE_TIME_VALIDITY: Span = Span::from_seconds(20);

/// A search, as far as it has come.
pub(super) struct SearchPass {
    index: Arc<RunIndex>,
    /// The places to test, in order.
    places: Arc<Vec<usize>>,
    /// `None` for an empty query, which lists all runs.
    filter: Option<Filter>,
    relative_times_valid_until: Option<Timestamp>,
    /// How many of `places` were tested.
    tested: usize,
    ids: Vec<RunId>,
    found: Vec<usize>,
    /// All ids, if there is no query and they were listed before.
    known: Option<Arc<Vec<RunId>>>,
}

impl SearchPass {
    pub(super) fn new(inputs: &SearchInputs, context: QueryContext<'_>) -> Self {
        let filter = (!inputs.q.trim().is_empty()).then(|| Filter::parse(&inputs.q, context));
        let relative_times_valid_until = filter
            .as_ref()
            .filter(|filter| filter.query.depends_on_time())
            .map(|_| context.now.plus(RELATIVE_TIME_VALIDITY));
        Self {
            index: Arc::clone(&inputs.index),
            places: Arc::clone(&inputs.order),
            filter,
            relative_times_valid_until,
            tested: 0,
            ids: Vec::new(),
            found: Vec::new(),
            known: None,
        }
    }

    /// Whether there is no query, so that all runs are listed.
    pub(super) fn lists_all(&self) -> bool {
        self.filter.is_none()
    }

    /// Whether every run that this query matches was matched by `other`.
    pub(super) fn narrows(&self, other: &str, context: QueryContext<'_>) -> bool {
        self.filter.as_ref().is_some_and(|filter| filter.query.narrows(&Query::parse(other, context).query))
    }

    /// Tests only these places.
    pub(super) fn search_only(&mut self, places: Arc<Vec<usize>>) {
        self.places = places;
    }

    /// Uses a known result, so that nothing has to be tested.
    pub(super) fn use_known(&mut self, ids: Option<Arc<Vec<RunId>>>) {
        self.known = ids;
    }

    /// The first `count` results, for a listing while the rest is searched.
    pub(super) fn first_results(&self, count: usize) -> Vec<RunId> {
        self.ids.iter().take(count).cloned().collect()
    }

    /// Tests runs until all were tested, the monotonic clock has reached `until` (milliseconds), or there are `enough` results and
    /// many runs left. Returns whether all were tested.
    pub(super) fn advance(
        &mut self,
        store: &'static RunStore,
        config: &'static ConfigHandle,
        until: i64,
        enough: usize,
    ) -> bool {
        if self.known.is_some() {
            return true;
        }
        let config = config.get();
        let places = Arc::clone(&self.places);
        untrack(|| {
            store.with_all(|runs| {
                let table = RunTable { runs, phases: &self.index.phases, config: &config };
                for chunk in places.get(self.tested..).unwrap_or_default().chunks(CHUNK) {
                    for place in chunk {
                        if let Some(subject) = table.at(*place)
                            && self.filter.as_ref().is_none_or(|filter| filter.query.matches(subject))
                        {
                            self.ids.push(subject.run.id.clone());
                            if self.filter.is_some() {
                                self.found.push(*place);
                            }
                        }
                    }
                    self.tested += chunk.len();
                    let has_enough = self.ids.len() >= enough && places.len() - self.tested > SMALL_REST;
                    if has_enough || monotonic_millis() >= until {
                        break;
                    }
                }
            });
        });
        self.tested >= places.len()
    }

    /// The places of the runs that were found.
    pub(super) fn take_found(&mut self) -> Arc<Vec<usize>> {
        if self.lists_all() { Arc::clone(&self.places) } else { Arc::new(std::mem::take(&mut self.found)) }
    }

    /// The complete result.
    pub(super) fn into_listing(mut self) -> Listing {
        let ids = self.known.take().unwrap_or_else(|| Arc::new(std::mem::take(&mut self.ids)));
        self.listing(ids)
    }

    /// A listing of these runs.
    pub(super) fn listing(&self, ids: Arc<Vec<RunId>>) -> Listing {
        let (issues, time_ranges) = self
            .filter
            .as_ref()
            .map_or_else(Default::default, |filter| (filter.issues.clone(), filter.time_ranges.clone()));
        Listing {
            ids,
            total: self.index.phases.len(),
            counts: self.index.counts.clone(),
            valid_until: self.index.next_change_at.into_iter().chain(self.relative_times_valid_until).min(),
            issues,
            time_ranges,
            searching: false,
        }
    }
}
