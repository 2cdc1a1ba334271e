//! One pass over the runs of the store, in slices.

use super::SearchInputs;
use crate::browser::page::monotonic_millis;
use crate::browser::text::normalize;
use crate::config::ConfigHandle;
use crate::state::list::filter::RunTable;
use crate::state::list::listing::Listing;
use crate::state::run_store::RunStore;
use leptos::prelude::untrack;
use runboard_core::query::{FoldedTexts, Query, QueryContext, QueryTerm, RunIndex, StateCounts};
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
    now: Timestamp,
    /// The query.
    query: Query,
    /// The query without its filter by state. It finds what each of those filters would list.
    stateless: Query,
    terms: Arc<Vec<QueryTerm>>,
    /// Whether the texts of all runs are folded already.
    texts_folded: bool,
    relative_times_valid_until: Option<Timestamp>,
    /// How many of `places` were tested.
    tested: usize,
    ids: Vec<RunId>,
    /// The places of the runs that match the query without its filter by state.
    found: Vec<usize>,
    state_counts: StateCounts,
    /// All ids, if there is no query and they were listed before.
    known: Option<Arc<Vec<RunId>>>,
}

impl SearchPass {
    pub(super) fn new(inputs: &SearchInputs, texts_folded: bool, context: QueryContext<'_>) -> Self {
        let parsed = Query::parse(&inputs.q, context);
        let relative_times_valid_until =
            parsed.query.depends_on_time().then(|| context.now.plus(RELATIVE_TIME_VALIDITY));
        Self {
            index: Arc::clone(&inputs.index),
            places: Arc::clone(&inputs.order),
            now: context.now,
            stateless: parsed.query.without_state(),
            query: parsed.query,
            terms: Arc::new(parsed.terms),
            texts_folded,
            relative_times_valid_until,
            tested: 0,
            ids: Vec::new(),
            found: Vec::new(),
            state_counts: StateCounts::default(),
            known: None,
        }
    }

    /// Whether there is no query, so that all runs are listed.
    pub(super) fn lists_all(&self) -> bool {
        self.query.is_empty()
    }

    /// Whether a search for `other` has found every run that this one will. Their filters by state do not matter.
    pub(super) fn narrows(&self, other: &str, context: QueryContext<'_>) -> bool {
        !self.lists_all() && self.stateless.narrows(&Query::parse(other, context).query.without_state())
    }

    /// Whether it looked at all runs and at their texts.
    pub(super) fn has_folded_all(&self) -> bool {
        self.texts_folded || !self.lists_all() && self.tested >= self.index.phases.len()
    }

    /// Tests only these places.
    pub(super) fn search_only(&mut self, places: Arc<Vec<usize>>) {
        self.places = places;
    }

    /// Uses a known result, so that nothing has to be tested. Without its counts, they are counted anew.
    pub(super) fn use_known(&mut self, ids: Arc<Vec<RunId>>, counts: Option<StateCounts>) {
        self.known = Some(ids);
        self.state_counts = counts.unwrap_or_default();
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
        texts: &mut FoldedTexts,
        until: i64,
        enough: usize,
    ) -> bool {
        let config = config.get();
        let places = Arc::clone(&self.places);
        if let Some(known) = &self.known {
            if self.state_counts.total() < known.len() {
                store.with_all(|runs| {
                    let table = RunTable { runs, phases: &self.index.phases, config: &config };
                    let subjects = places.iter().filter_map(|place| table.at(*place));
                    subjects.for_each(|subject| self.state_counts.add(subject, self.now));
                });
            }
            return true;
        }
        untrack(|| {
            store.with_all(|runs| {
                let table = RunTable { runs, phases: &self.index.phases, config: &config };
                for chunk in places.get(self.tested..).unwrap_or_default().chunks(CHUNK) {
                    let subjects = || chunk.iter().filter_map(|place| Some((*place, table.at(*place)?)));
                    if !self.lists_all() && !self.texts_folded {
                        texts.add(&mut subjects().map(|(_, subject)| subject), &normalize);
                    }
                    for (place, subject) in subjects().filter(|(_, subject)| self.stateless.matches(*subject, texts)) {
                        if !self.lists_all() {
                            self.found.push(place);
                        }
                        self.state_counts.add(subject, self.now);
                        if self.query.matches(subject, texts) {
                            self.ids.push(subject.run.id.clone());
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
        Listing {
            ids,
            total: self.index.phases.len(),
            counts: self.index.counts.clone(),
            valid_until: self.index.next_change_at.into_iter().chain(self.relative_times_valid_until).min(),
            state_counts: self.state_counts,
            terms: Arc::clone(&self.terms),
            refused: self.query.is_refused(),
            searching: false,
        }
    }
}
