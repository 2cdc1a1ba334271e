//! Searches all runs for those that are listed. Where there are very many it works in slices: the first results are on screen in
//! the next frame, the others follow.

use super::ListSources;
use super::filter::{Filter, Runs};
use super::listing::Listing;
use crate::browser::history;
use crate::browser::page::monotonic_millis;
use crate::browser::viewport;
use crate::browser::zones::Zone;
use crate::config::ConfigHandle;
use crate::state::run_store::RunStore;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::query::{Query, QueryContext, RunIndex, Sort};
use runboard_core::run::RunId;
use runboard_core::time::{Span, Timestamp};
use std::sync::Arc;

/// Milliseconds of a slice: a frame has room for it and for drawing.
const SLICE: i64 = 6;
/// Milliseconds of the first slice, which answers a letter in the same frame in which rows are drawn.
const FIRST_SLICE: i64 = 3;
/// Runs between two looks at the clock.
const CHUNK: usize = 512;
/// Results that are enough for the first frame: more than are ever drawn in full.
const FIRST_RESULTS: usize = 250;
/// With fewer runs left than this, the rest is searched at once.
const SMALL_REST: usize = 5_000;
/// How often a query that depends on the time is evaluated again.
const RELATIVE_TIMES: Span = Span::from_seconds(20);

/// Everything a search depends on.
#[derive(Clone)]
pub(super) struct Inputs {
    /// What is known of the runs.
    pub(super) facts: Arc<RunIndex>,
    /// The runs in their order.
    pub(super) places: Arc<Vec<usize>>,
    /// The query.
    pub(super) q: String,
    /// The order.
    pub(super) sort: Sort,
    /// The zone that days are those of.
    pub(super) zone: Zone,
    /// What relative times are measured from.
    pub(super) now: Timestamp,
    /// That of the store.
    pub(super) revision: u64,
}

impl Inputs {
    fn is_same(&self, other: &Self) -> bool {
        self.q == other.q && self.sort == other.sort && self.same_runs(other)
    }

    /// Whether the other search looks at the same runs at the same time.
    fn same_runs(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.facts, &other.facts)
            && self.now == other.now
            && self.zone == other.zone
            && self.same_order(other)
    }

    /// Whether the other search looks at the same runs in the same order, at any time.
    fn same_order(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.places, &other.places) && self.revision == other.revision
    }
}

/// A search, as far as it has come.
pub(super) struct Search {
    facts: Arc<RunIndex>,
    /// The places to look at, in order.
    places: Arc<Vec<usize>>,
    filter: Option<Filter>,
    relative: Option<Timestamp>,
    at: usize,
    ids: Vec<RunId>,
    found: Vec<usize>,
    /// All runs, where there is no query and they were listed before.
    known: Option<Arc<Vec<RunId>>>,
}

impl Search {
    /// Nothing has been looked at yet.
    pub(super) fn new(facts: Arc<RunIndex>, places: Arc<Vec<usize>>, q: &str, context: QueryContext<'_>) -> Self {
        let asks = !q.trim().is_empty();
        let filter = asks.then(|| Filter::read(q, context));
        let relative =
            filter.as_ref().filter(|filter| filter.query.depends_on_time()).map(|_| context.now.plus(RELATIVE_TIMES));
        Self { facts, places, filter, relative, at: 0, ids: Vec::new(), found: Vec::new(), known: None }
    }

    /// Whether all are listed, in their order.
    fn lists_all(&self) -> bool {
        self.filter.is_none()
    }

    /// Searches until all runs were looked at, the time is up, or `enough` of very many are found. Says whether all were looked at.
    pub(super) fn advance(&mut self, store: RunStore, config: ConfigHandle, until: i64, enough: usize) -> bool {
        if self.known.is_some() {
            return true;
        }
        let config = config.get();
        let places = Arc::clone(&self.places);
        untrack(|| {
            store.with_all(|runs| {
                let all = Runs { runs, phases: &self.facts.phases, config: &config };
                for slice in places.get(self.at..).unwrap_or_default().chunks(CHUNK) {
                    for place in slice {
                        if let Some(subject) = all.at(*place)
                            && self.filter.as_ref().is_none_or(|filter| filter.query.matches(subject))
                        {
                            self.ids.push(subject.run.id.clone());
                            if self.filter.is_some() {
                                self.found.push(*place);
                            }
                        }
                    }
                    self.at += slice.len();
                    let enough = self.ids.len() >= enough && places.len() - self.at > SMALL_REST;
                    if enough || monotonic_millis() >= until {
                        break;
                    }
                }
            });
        });
        self.at >= places.len()
    }

    /// The results.
    fn ended(mut self) -> Listing {
        let ids = self.known.take().unwrap_or_else(|| Arc::new(std::mem::take(&mut self.ids)));
        self.listing(ids)
    }

    fn listing(&self, ids: Arc<Vec<RunId>>) -> Listing {
        let (marks, windows) =
            self.filter.as_ref().map_or_else(Default::default, |filter| (filter.marks.clone(), filter.windows.clone()));
        Listing {
            ids,
            total: self.facts.phases.len(),
            counts: self.facts.counts.clone(),
            holds_until: self.facts.next_change_at.into_iter().chain(self.relative).min(),
            marks,
            windows,
            searching: false,
        }
    }
}

/// The current search, and the results of the ones before.
#[derive(Clone, Copy)]
pub(super) struct Searches {
    store: RunStore,
    sources: ListSources,
    kept: StoredValue<SearchState>,
    /// Rises when a search that took several slices ends.
    ended: RwSignal<u32>,
}

#[derive(Default)]
struct SearchState {
    /// The current inputs, and the search for them until it ends.
    inputs: Option<Inputs>,
    search: Option<Search>,
    /// Counts searches.
    number: u32,
    /// What is listed.
    listing: Listing,
    /// The inputs of the last search that ended, and what it found.
    base: Option<(Inputs, Arc<Vec<usize>>)>,
    /// All runs as they were last listed, for when the query is cleared.
    all: Option<(Inputs, Arc<Vec<RunId>>)>,
}

impl Searches {
    /// No search yet.
    pub(super) fn new(store: RunStore, sources: ListSources) -> Self {
        Self { store, sources, kept: StoredValue::new(SearchState::default()), ended: RwSignal::new(0) }
    }

    /// Follows the inputs.
    pub(super) fn follow(self, inputs: impl Fn() -> Inputs + Send + Sync + 'static) -> Memo<Listing> {
        Memo::new(move |_| {
            // The runs' names may change while everything else in the inputs stays.
            let revision = self.store.revision();
            let inputs = Inputs { revision, ..inputs() };
            self.ended.track();
            self.kept.try_update_value(|kept| self.answer(kept, inputs)).unwrap_or_default()
        })
    }

    fn answer(self, kept: &mut SearchState, inputs: Inputs) -> Listing {
        if kept.inputs.as_ref().is_some_and(|before| before.is_same(&inputs)) {
            return kept.listing.clone();
        }
        let Inputs { facts, places, q, sort, zone, now, .. } = inputs.clone();
        let context = QueryContext { now, offset: &|at| zone.offset(at) };
        let mut search = Search::new(facts, places, &q, context);
        if let Some((before, found)) = kept.base.as_ref().filter(|(before, _)| before.same_runs(&inputs))
            && search
                .filter
                .as_ref()
                .is_some_and(|filter| filter.query.narrows(&Query::parse(&before.q, context).query))
        {
            search.places = Arc::clone(found);
        }
        if search.lists_all() {
            let same = |(before, ids): &(Inputs, Arc<Vec<RunId>>)| before.same_order(&inputs).then(|| Arc::clone(ids));
            search.known = kept.all.as_ref().and_then(same);
        }
        let before = kept.inputs.replace(inputs);
        let asks_anew = before.as_ref().is_none_or(|before| before.q != q);
        let sorts_anew = before.as_ref().is_none_or(|before| before.sort != sort);
        kept.number = kept.number.wrapping_add(1);
        // Somebody who comes back to a scrolled list needs all of it.
        let comes_back = self.sources.navigation.scrolls_later();
        let until = if comes_back { i64::MAX } else { monotonic_millis() + FIRST_SLICE };
        let shows_first = asks_anew && !comes_back && history::scroll() <= 0.0;
        let enough = if shows_first { FIRST_RESULTS } else { usize::MAX };
        if search.advance(self.store, self.sources.config, until, enough) {
            kept.end(search);
        } else {
            // What a poll brings changes nothing before all is known, and a list that is scrolled is not made shorter meanwhile.
            if asks_anew || sorts_anew {
                let first: Vec<RunId> = search.ids.iter().take(FIRST_RESULTS).cloned().collect();
                let shows = shows_first && !first.is_empty();
                let first = search.listing(Arc::new(first));
                let ids = if shows { Arc::clone(&first.ids) } else { Arc::clone(&kept.listing.ids) };
                kept.listing = Listing { ids, searching: true, ..first };
            }
            kept.search = Some(search);
            self.continue_later(kept.number);
        }
        kept.listing.clone()
    }

    /// Searches on once the first results are drawn.
    fn continue_later(self, number: u32) {
        viewport::after_paint(move || {
            spawn_local(async move {
                while self.continue_search(number, monotonic_millis() + SLICE) == Some(false) {
                    TimeoutFuture::new(0).await;
                }
            });
        });
    }

    /// Says whether the search ended; none where another one has begun meanwhile.
    fn continue_search(self, number: u32, until: i64) -> Option<bool> {
        let ended = self.kept.try_update_value(|kept| {
            if kept.number != number {
                return None;
            }
            let mut search = kept.search.take()?;
            let ended = search.advance(self.store, self.sources.config, until, usize::MAX);
            if ended {
                kept.end(search);
            } else {
                kept.search = Some(search);
            }
            Some(ended)
        })??;
        if ended {
            self.ended.try_update(|ended| *ended = ended.wrapping_add(1));
        }
        Some(ended)
    }

    /// Searches the rest at once.
    pub(super) fn finish(self) {
        if let Some(number) = self.kept.try_with_value(|kept| kept.number) {
            self.continue_search(number, i64::MAX);
        }
    }
}

impl SearchState {
    fn end(&mut self, mut search: Search) {
        let lists_all = search.lists_all();
        let found = if lists_all { Arc::clone(&search.places) } else { Arc::new(std::mem::take(&mut search.found)) };
        self.base = self.inputs.clone().map(|inputs| (inputs, found));
        self.listing = search.ended();
        if lists_all {
            self.all = self.inputs.clone().map(|inputs| (inputs, Arc::clone(&self.listing.ids)));
        }
        self.search = None;
    }
}
