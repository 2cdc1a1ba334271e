//! Searches all runs for those to list. Where there are very many it works in slices: the first results are on screen in the next
//! frame, the others follow.

mod pass;

use super::ListSources;
use super::listing::Listing;
use crate::browser::history;
use crate::browser::next_task;
use crate::browser::page::monotonic_millis;
use crate::browser::text::normalize;
use crate::browser::viewport;
use crate::browser::zones::Zone;
use crate::state::run_store::RunStore;
use leptos::prelude::*;
use leptos::task::spawn_local;
use pass::SearchPass;
use runboard_core::query::{FoldedTexts, QueryContext, RunIndex, Sort, StateCounts};
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;
use std::sync::Arc;

/// Milliseconds of a slice, which leaves room in the frame for rendering.
const SLICE: i64 = 6;
/// Milliseconds of the first slice, which runs in the same frame as the rendering of its results.
const FIRST_SLICE: i64 = 3;
/// Results that are enough for the first frame: more than are ever rendered in full.
const FIRST_RESULTS: usize = 250;

/// Everything that a search depends on.
#[derive(Clone)]
pub(super) struct SearchInputs {
    pub(super) index: Arc<RunIndex>,
    /// The places of the runs, in the order of the list.
    pub(super) order: Arc<Vec<usize>>,
    pub(super) q: String,
    pub(super) sort: Sort,
    /// The zone that days of the query are in.
    pub(super) zone: Zone,
    /// What relative times are measured from.
    pub(super) now: Timestamp,
    /// The store's revision.
    pub(super) revision: u64,
}

impl SearchInputs {
    fn is_same(&self, other: &Self) -> bool {
        self.q == other.q && self.sort == other.sort && self.has_same_runs(other)
    }

    /// Whether both searches look at the same runs in the same order, at the same time.
    fn has_same_runs(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.index, &other.index)
            && self.now == other.now
            && self.zone == other.zone
            && self.has_same_order(other)
    }

    /// Whether both searches look at the same runs in the same order, possibly at different times.
    fn has_same_order(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.order, &other.order) && self.revision == other.revision
    }
}

/// The current search, and the results of earlier ones.
#[derive(Clone, Copy)]
pub(super) struct Searches {
    store: &'static RunStore,
    sources: ListSources,
    /// The texts of the runs as they are compared.
    texts: StoredValue<FoldedTexts>,
    state: StoredValue<SearchState>,
    /// Rises when a search that took several slices has finished.
    finished: RwSignal<u32>,
}

#[derive(Default)]
struct SearchState {
    inputs: Option<SearchInputs>,
    /// The search for these inputs, until it has finished.
    pass: Option<SearchPass>,
    /// Numbers the searches, so that a slice of an abandoned one does nothing.
    number: u32,
    listing: Listing,
    /// The revision of the store whose texts are all folded.
    folded_revision: Option<u64>,
    /// The inputs of the last finished search, and the places that it found.
    last_found: Option<(SearchInputs, Arc<Vec<usize>>)>,
    /// The inputs, the ids and the counts of the last listing without a query, for when the query is cleared.
    last_all: Option<(SearchInputs, Arc<Vec<RunId>>, StateCounts)>,
}

impl Searches {
    pub(super) fn new(store: &'static RunStore, sources: ListSources, texts: StoredValue<FoldedTexts>) -> Self {
        Self { store, sources, texts, state: StoredValue::new(SearchState::default()), finished: RwSignal::new(0) }
    }

    /// The listing for the current inputs.
    pub(super) fn follow(self, inputs: impl Fn() -> SearchInputs + Send + Sync + 'static) -> Memo<Listing> {
        Memo::new(move |_| {
            // Names of runs may change without anything else in the inputs changing.
            let revision = self.store.revision();
            let inputs = SearchInputs { revision, ..inputs() };
            self.finished.track();
            self.state.try_update_value(|state| self.search(state, inputs)).unwrap_or_default()
        })
    }

    fn search(self, state: &mut SearchState, inputs: SearchInputs) -> Listing {
        if state.inputs.as_ref().is_some_and(|before| before.is_same(&inputs)) {
            return state.listing.clone();
        }
        let zone = inputs.zone.clone();
        let context = QueryContext { now: inputs.now, offset: &|at| zone.offset(at), normalize: &normalize };
        let mut pass = SearchPass::new(&inputs, state.folded_revision == Some(inputs.revision), context);
        if let Some((before, found)) = state.last_found.as_ref().filter(|(before, _)| before.has_same_runs(&inputs))
            && pass.narrows(&before.q, context)
        {
            pass.search_only(Arc::clone(found));
        }
        if pass.lists_all()
            && let Some((before, ids, counts)) =
                state.last_all.as_ref().filter(|(before, ..)| before.has_same_order(&inputs))
        {
            pass.use_known(Arc::clone(ids), before.has_same_runs(&inputs).then_some(*counts));
        }
        let before = state.inputs.as_ref();
        let is_new_query = before.is_none_or(|before| before.q != inputs.q);
        let is_new_order = before.is_none_or(|before| before.sort != inputs.sort);
        state.inputs = Some(inputs);
        state.number = state.number.wrapping_add(1);
        // Restoring a scroll position needs the whole list.
        let will_scroll = self.sources.navigation.has_pending_scroll();
        let until = if will_scroll { i64::MAX } else { monotonic_millis() + FIRST_SLICE };
        let shows_first = is_new_query && !will_scroll && history::scroll_position() <= 0.0;
        let enough = if shows_first { FIRST_RESULTS } else { usize::MAX };
        if self.advance(&mut pass, until, enough) {
            state.finish(pass);
        } else {
            // New runs from a poll change nothing before the search has finished, and a scrolled list must not get shorter
            // meanwhile.
            if is_new_query || is_new_order {
                let first = pass.first_results(FIRST_RESULTS);
                let uses_first = shows_first && !first.is_empty();
                let listing = pass.listing(Arc::new(first));
                let ids = if uses_first { Arc::clone(&listing.ids) } else { Arc::clone(&state.listing.ids) };
                state.listing = Listing { ids, searching: true, ..listing };
            }
            state.pass = Some(pass);
            self.continue_after_paint(state.number);
        }
        state.listing.clone()
    }

    fn advance(self, pass: &mut SearchPass, until: i64, enough: usize) -> bool {
        let advance = |texts: &mut FoldedTexts| pass.advance(self.store, self.sources.config, texts, until, enough);
        self.texts.try_update_value(advance).unwrap_or(true)
    }

    fn continue_after_paint(self, number: u32) {
        viewport::after_paint(move || {
            spawn_local(async move {
                while self.continue_search(number, monotonic_millis() + SLICE) == Some(false) {
                    next_task().await;
                }
            });
        });
    }

    /// Runs another slice. Returns whether the search has finished; `None` if another one has begun since.
    fn continue_search(self, number: u32, until: i64) -> Option<bool> {
        let finished = self.state.try_update_value(|state| {
            if state.number != number {
                return None;
            }
            let mut pass = state.pass.take()?;
            let finished = self.advance(&mut pass, until, usize::MAX);
            if finished {
                state.finish(pass);
            } else {
                state.pass = Some(pass);
            }
            Some(finished)
        })??;
        if finished {
            self.finished.try_update(|finished| *finished = finished.wrapping_add(1));
        }
        Some(finished)
    }

    /// Searches the rest at once.
    pub(super) fn finish(self) {
        if let Some(number) = self.state.try_with_value(|state| state.number) {
            self.continue_search(number, i64::MAX);
        }
    }
}

impl SearchState {
    fn finish(&mut self, mut pass: SearchPass) {
        let lists_all = pass.lists_all();
        if pass.has_folded_all() {
            self.folded_revision = self.inputs.as_ref().map(|inputs| inputs.revision);
        }
        let found = pass.take_found();
        self.last_found = self.inputs.clone().map(|inputs| (inputs, found));
        self.listing = pass.into_listing();
        if lists_all {
            let Listing { ids, state_counts, .. } = &self.listing;
            self.last_all = self.inputs.clone().map(|inputs| (inputs, Arc::clone(ids), *state_counts));
        }
        self.pass = None;
    }
}
