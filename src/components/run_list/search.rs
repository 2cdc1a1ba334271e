//! Looking through all runs for those that are listed. Where there are very many, in slices: the first that are found are on
//! screen in the next frame, the others follow.

use super::super::Ui;
use super::listing::{All, Filter, Listing};
use crate::browser::history;
use crate::browser::page::monotonic_millis;
use crate::browser::viewport;
use crate::browser::zones::Zone;
use crate::store::Store;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::query::{Context, Facts, Query, Sort};
use runboard_core::run::RunId;
use runboard_core::time::{Span, Timestamp};
use std::sync::Arc;

/// So long a slice takes, in milliseconds: a frame has room for it and for the drawing.
const SLICE: i64 = 6;
/// So long the first one takes, that answers a letter in the frame in which rows are drawn, too.
const FIRST_SLICE: i64 = 3;
/// The clock is looked at once for so many runs.
const BETWEEN: usize = 512;
/// So many of the first are enough to draw from: more than are drawn in full.
const FIRST: usize = 250;
/// With fewer left than these all are looked at rather than in another slice.
const FEW: usize = 5_000;
/// How often what depends on the time of day is looked at again.
const RELATIVE: Span = Span::from_seconds(20);

/// What is asked for, of which runs.
#[derive(Clone)]
pub struct Question {
    /// What is known of the runs.
    pub facts: Arc<Facts>,
    /// The runs in their order.
    pub places: Arc<Vec<usize>>,
    /// The query.
    pub q: String,
    /// The order.
    pub sort: Sort,
    /// The zone that days are those of.
    pub zone: Zone,
    /// What relative times are measured from.
    pub now: Timestamp,
    /// That of the store.
    pub revision: u64,
}

impl Question {
    fn is(&self, other: &Self) -> bool {
        self.q == other.q && self.sort == other.sort && self.same_ground(other)
    }

    /// Whether another one asks of the same runs at the same time.
    fn same_ground(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.facts, &other.facts)
            && self.now == other.now
            && self.zone == other.zone
            && self.same_order(other)
    }

    /// Whether another one asks of the same runs in the same order, at whatever time.
    fn same_order(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.places, &other.places) && self.revision == other.revision
    }
}

/// A look through all runs, or as many as it has come to.
pub struct Search {
    facts: Arc<Facts>,
    /// Those to be looked at, in order.
    places: Arc<Vec<usize>>,
    filter: Option<Filter>,
    relative: Option<Timestamp>,
    at: usize,
    ids: Vec<RunId>,
    found: Vec<usize>,
    /// All runs, where nothing is asked of them and they were listed before.
    known: Option<Arc<Vec<RunId>>>,
}

impl Search {
    /// Nothing was looked at yet.
    pub fn new(facts: Arc<Facts>, places: Arc<Vec<usize>>, q: &str, context: Context<'_>) -> Self {
        let asks = !q.trim().is_empty();
        let filter = asks.then(|| Filter::read(q, context));
        let relative = filter.as_ref().filter(|filter| filter.query.follows_time()).map(|_| context.now.plus(RELATIVE));
        Self { facts, places, filter, relative, at: 0, ids: Vec::new(), found: Vec::new(), known: None }
    }

    /// Whether all are listed, in their order.
    fn lists_all(&self) -> bool {
        self.filter.is_none()
    }

    /// Goes on until all were looked at, the time is over, or `enough` of very many are found; says whether all were looked at.
    pub fn go_on(&mut self, store: Store, ui: Ui, until: i64, enough: usize) -> bool {
        if self.known.is_some() {
            return true;
        }
        let config = ui.config.get();
        let places = Arc::clone(&self.places);
        untrack(|| {
            store.with_all(|runs| {
                let all = All { runs, phases: &self.facts.phases, config: &config };
                for slice in places.get(self.at..).unwrap_or_default().chunks(BETWEEN) {
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
                    let enough = self.ids.len() >= enough && places.len() - self.at > FEW;
                    if enough || monotonic_millis() >= until {
                        break;
                    }
                }
            });
        });
        self.at >= places.len()
    }

    /// What was found; the runs that were counted are those that were looked through.
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
            holds_until: self.facts.changes_at.into_iter().chain(self.relative).min(),
            marks,
            windows,
            settling: None,
        }
    }
}

/// The search of now, and what came of the one before.
#[derive(Clone, Copy)]
pub struct Searches {
    store: Store,
    ui: Ui,
    kept: StoredValue<Kept>,
    /// Rises when a search that took several slices has come to its end.
    ended: RwSignal<u32>,
}

impl PartialEq for Searches {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl std::fmt::Debug for Searches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Searches")
    }
}

#[derive(Default)]
struct Kept {
    /// What is asked now, and the search for it, until it has come to its end.
    question: Option<Question>,
    search: Option<Search>,
    /// Counts the searches.
    number: u32,
    /// What is listed.
    listing: Listing,
    /// What the last search that came to its end was for, and what it found.
    base: Option<(Question, Arc<Vec<usize>>)>,
    /// All runs as they were last listed: the query that is emptied finds them there.
    all: Option<(Question, Arc<Vec<RunId>>)>,
}

impl Searches {
    /// None yet.
    pub fn new(store: Store, ui: Ui) -> Self {
        Self { store, ui, kept: StoredValue::new(Kept::default()), ended: RwSignal::new(0) }
    }

    /// Follows what is asked.
    pub fn follow(self, question: impl Fn() -> Question + Send + Sync + 'static) -> Memo<Listing> {
        Memo::new(move |_| {
            // What the runs are called may change where nothing that the question holds does.
            let revision = self.store.revision();
            let question = Question { revision, ..question() };
            self.ended.track();
            self.kept.try_update_value(|kept| self.answer(kept, question)).unwrap_or_default()
        })
    }

    fn answer(self, kept: &mut Kept, question: Question) -> Listing {
        if kept.question.as_ref().is_some_and(|before| before.is(&question)) {
            return kept.listing.clone();
        }
        let Question { facts, places, q, sort, zone, now, .. } = question.clone();
        let context = Context { now, offset: &|at| zone.offset(at) };
        let mut search = Search::new(facts, places, &q, context);
        if let Some((before, found)) = kept.base.as_ref().filter(|(before, _)| before.same_ground(&question))
            && search.filter.as_ref().is_some_and(|filter| filter.query.narrows(&Query::read(&before.q, context).query))
        {
            search.places = Arc::clone(found);
        }
        if search.lists_all() {
            let same =
                |(before, ids): &(Question, Arc<Vec<RunId>>)| before.same_order(&question).then(|| Arc::clone(ids));
            search.known = kept.all.as_ref().and_then(same);
        }
        let before = kept.question.replace(question);
        let asks_anew = before.as_ref().is_none_or(|before| before.q != q);
        let sorts_anew = before.as_ref().is_none_or(|before| before.sort != sort);
        kept.number = kept.number.wrapping_add(1);
        // One who comes back to where the list was scrolled needs all of it; one who has scrolled sees nothing new before that.
        let comes_back = self.ui.router.scrolls_later();
        let until = if comes_back { i64::MAX } else { monotonic_millis() + FIRST_SLICE };
        let shows_first = asks_anew && !comes_back && history::scroll() <= 0.0;
        let enough = if shows_first { FIRST } else { usize::MAX };
        if search.go_on(self.store, self.ui, until, enough) {
            kept.end(search);
        } else {
            // What a poll brings changes nothing before all is known; nor is a list made short under one who has scrolled it.
            if asks_anew || sorts_anew {
                let first: Vec<RunId> = search.ids.iter().take(FIRST).cloned().collect();
                let shows = shows_first && !first.is_empty();
                let first = search.listing(Arc::new(first));
                let ids = if shows { Arc::clone(&first.ids) } else { Arc::clone(&kept.listing.ids) };
                kept.listing = Listing { ids, settling: Some(self), ..first };
            }
            kept.search = Some(search);
            self.go_on_later(kept.number);
        }
        kept.listing.clone()
    }

    /// The first of them are drawn before the others are looked for.
    fn go_on_later(self, number: u32) {
        viewport::after_paint(move || {
            spawn_local(async move {
                while self.go_on(number, monotonic_millis() + SLICE) == Some(false) {
                    TimeoutFuture::new(0).await;
                }
            });
        });
    }

    /// Says whether the search came to its end; nothing where it is another one by now.
    fn go_on(self, number: u32, until: i64) -> Option<bool> {
        let ended = self.kept.try_update_value(|kept| {
            if kept.number != number {
                return None;
            }
            let mut search = kept.search.take()?;
            let ended = search.go_on(self.store, self.ui, until, usize::MAX);
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

    /// Looks through the rest at once.
    pub fn finish(self) {
        if let Some(number) = self.kept.try_with_value(|kept| kept.number) {
            self.go_on(number, i64::MAX);
        }
    }
}

impl Kept {
    fn end(&mut self, mut search: Search) {
        let lists_all = search.lists_all();
        let found = if lists_all { Arc::clone(&search.places) } else { Arc::new(std::mem::take(&mut search.found)) };
        self.base = self.question.clone().map(|question| (question, found));
        self.listing = search.ended();
        if lists_all {
            self.all = self.question.clone().map(|question| (question, Arc::clone(&self.listing.ids)));
        }
        self.search = None;
    }
}
