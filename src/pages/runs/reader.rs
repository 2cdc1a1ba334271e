//! Reads the list: whole, for the news, and a part of it in turn.

use crate::api::ListPage;
use crate::api::concurrent::{self, Stop};
use crate::browser::page::monotonic_millis;
use crate::browser::random;
use crate::components::ListState;
use crate::context::AppContext;
use crate::state::poller::Feed;
use leptos::prelude::*;
use runboard_core::list::loading::{LARGE_PAGE_SIZE, ListLoader, PageRequest};
use runboard_core::list::refresh_schedule::{BATCH_SIZE, RefreshSchedule};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Timestamp;
use std::rc::Rc;

/// While pages come, what is drawn follows them so many milliseconds apart, and one more for so many runs: the more there
/// are, the longer it takes to list them.
const FOLLOWS: i64 = 250;
const ONE_MORE_FOR: usize = 100;
/// Pages that are read for news in one go, at most.
const MOST_NEWS: u32 = 4;

/// Everything that reads the list for its page.
#[derive(Clone, Copy)]
pub struct Reader {
    app: AppContext,
    state: RwSignal<ListState>,
    /// How many pages the list has.
    pages: RwSignal<u32>,
    kept: StoredValue<Kept>,
    stop: StoredValue<Rc<Stop>, LocalStorage>,
}

/// What is known between two readings.
#[derive(Default)]
struct Kept {
    /// After a whole reading.
    rota: Option<RefreshSchedule>,
    /// The next reading is one of the whole list.
    all: bool,
    /// A whole reading was begun and has not come to an end: if there is another, it was given up.
    unfinished: bool,
    /// The person did not want the rest.
    stopped: bool,
    /// The whole was read a moment ago: there are no news.
    fresh: bool,
    /// How many runs the API counted when the last whole reading ended.
    total: Option<u64>,
}

impl Reader {
    /// Nothing is read yet.
    pub fn new(app: AppContext, state: RwSignal<ListState>) -> Self {
        let stop = StoredValue::new_local(Rc::new(Stop::default()));
        Self { app, state, pages: RwSignal::new(1), kept: StoredValue::new(Kept::default()), stop }
    }

    /// How many pages the list has; tracked.
    pub fn pages(self) -> u32 {
        self.pages.get()
    }

    /// The person wants all of it now: the next reading is one of the whole list, and what it brings is drawn as it comes.
    pub fn ask_for_all(self) {
        self.keep(|kept| kept.all = true);
        self.state.try_update(|state| state.streaming = true);
    }

    /// The person does not want the rest.
    pub fn stop(self) {
        if let Some(stop) = self.stop.try_get_value() {
            stop.ask();
        }
    }

    /// Reads the whole list at first, when the person asks, and where it is short; else a part of it.
    pub async fn read(self) -> Result<u32, Problem> {
        let part = self.kept.try_update_value(|kept| {
            let all = std::mem::take(&mut kept.all) || std::mem::take(&mut kept.unfinished);
            if kept.stopped && !all {
                return Part::Pages(vec![]);
            }
            match kept.rota.as_mut().filter(|_| !all) {
                Some(rota) if rota.pages() > BATCH_SIZE => Part::Pages(rota.next_batch()),
                Some(rota) if rota.page_size == Some(LARGE_PAGE_SIZE) => {
                    Part::All(ListLoader::start_with_large_pages())
                }
                _ => Part::All(ListLoader::start()),
            }
        });
        let outcome = match part.unwrap_or_else(|| Part::All(ListLoader::start())) {
            Part::Pages(pages) => self.read_pages(pages).await,
            Part::All(begun) => {
                self.keep(|kept| kept.unfinished = true);
                let outcome = self.read_whole(begun).await;
                self.keep(|kept| kept.unfinished = false);
                outcome
            }
        };
        self.note(&outcome);
        outcome
    }

    /// Reads the page on which new runs appear, and those behind it.
    pub async fn read_news(self) -> Result<u32, Problem> {
        let news = self.kept.try_update_value(|kept| {
            let fresh = std::mem::take(&mut kept.fresh);
            kept.rota.as_ref().filter(|_| !fresh).map(RefreshSchedule::new_run_pages)
        });
        let Some(pages) = news.flatten() else { return Ok(1) };
        let asked_at = self.app.ui.clock.now();
        let outcome = self.read_pages(pages).await;
        self.note(&outcome);
        if outcome.is_ok() {
            self.state.try_update(|state| state.newest = Some(asked_at));
        }
        outcome
    }

    async fn read_pages(self, pages: Vec<u32>) -> Result<u32, Problem> {
        let AppContext { ui, api, store, .. } = self.app;
        let size = self.kept.try_with_value(|kept| kept.rota.as_ref().and_then(|rota| rota.page_size)).flatten();
        let (mut requests, mut pages) = (0, pages);
        if pages.is_empty() {
            // The person stopped the reading: the first page shows at least that the API answers.
            store.take_in(api.list().await?.runs, true);
            store.tell();
            return Ok(1);
        }
        while let Some(number) = pages.pop() {
            let asked_at = ui.clock.now();
            let page = match api.list_page(number, size).await {
                Ok(page) => page,
                Err(problem) => {
                    store.tell();
                    return Err(problem);
                }
            };
            requests += 1;
            let more = self.keep(|kept| kept.note(number, &page, [asked_at, ui.clock.now()], store.len_untracked()));
            pages.extend(more.flatten().filter(|_| requests < MOST_NEWS));
            store.take_in(page.runs, true);
        }
        store.tell();
        Ok(requests)
    }

    /// Reads every page, showing what comes as it comes; says how many requests it took.
    async fn read_whole(self, (mut loading, first): (ListLoader, PageRequest)) -> Result<u32, Problem> {
        let AppContext { ui, api, store, .. } = self.app;
        let begun_at = ui.clock.now();
        store.begin_reading();
        let stop = self.stop.try_get_value().unwrap_or_default();
        stop.forget();
        let (mut requests, mut told_at, mut failed) = (0, 0, None);
        let mut rota: Option<RefreshSchedule> = None;
        let mut under_way = vec![concurrent::send(api, first)];
        while !loading.is_finished() {
            let Some(answered) = concurrent::next(&mut under_way, &stop).await else {
                loading.cancel();
                under_way.clear();
                break;
            };
            requests += 1;
            let ask = answered.ask;
            let asks = match answered.outcome {
                Ok(page) => {
                    let asks = loading.page_received(ask, &page);
                    note_page(&mut rota, &loading, ask.page, &page, [begun_at, ui.clock.now()]);
                    store.take_in(page.runs, false);
                    asks
                }
                Err(problem) if loading.awaits_first_page() => {
                    // Nothing is taken for granted then.
                    self.keep(|kept| kept.all = true);
                    return Err(problem);
                }
                Err(problem) => {
                    let asks = loading.page_failed(ask, problem.wait(), problem.is_hopeless(), random::fraction());
                    failed = Some(problem);
                    asks
                }
            };
            let wait = asks.iter().map(|ask| ask.delay).max().unwrap_or_default();
            self.app.live.heard(Feed::List, wait);
            under_way.extend(asks.into_iter().map(|ask| concurrent::send(api, ask)));
            let apart = FOLLOWS + i64::try_from(loading.seen_ids().len() / ONE_MORE_FOR).unwrap_or(0);
            if !loading.is_finished() && (told_at == 0 || monotonic_millis() - told_at >= apart) {
                told_at = monotonic_millis();
                self.show_progress(&loading);
            }
        }
        self.finish(&loading, rota, begun_at);
        match failed {
            Some(problem) if !loading.missing_pages().is_empty() => Err(problem),
            _ => Ok(requests),
        }
    }

    /// The first page can be worked with at once.
    fn show_progress(self, loading: &ListLoader) {
        let now = self.app.ui.clock.now();
        self.app.store.tell();
        self.state.try_update(|state| {
            state.as_of.get_or_insert(now);
            state.reading = Some((loading.seen_ids().len(), loading.total_items()));
        });
    }

    fn finish(self, loading: &ListLoader, rota: Option<RefreshSchedule>, begun_at: Timestamp) {
        let store = self.app.store;
        if loading.has_every_run() {
            store.end_reading(loading.seen_ids())
        } else {
            store.tell()
        }
        if loading.is_complete() {
            store.note_whole(begun_at);
        }
        self.keep(|kept| {
            kept.rota = rota.filter(|_| loading.is_complete());
            kept.stopped = loading.was_cancelled();
            kept.fresh = true;
            kept.total = loading.total_items();
        });
        self.state.try_update(|state| {
            let read = (loading.seen_ids().len(), loading.total_items());
            state.incomplete = (!loading.is_complete()).then_some(read);
            state.missing = loading.missing_pages().to_vec();
            state.stopped = loading.was_cancelled();
            state.unreadable = loading.unreadable();
            state.newest = None;
            state.as_of = Some(begun_at);
        });
        self.pages.try_set(if loading.is_complete() { loading.pages() } else { 1 });
    }

    /// Shows how a reading ended.
    fn note<T>(self, outcome: &Result<T, Problem>) {
        let as_of =
            self.kept.try_with_value(|kept| kept.rota.as_ref().and_then(RefreshSchedule::oldest_read_at)).flatten();
        let problem = outcome.as_ref().err();
        self.note_problem(problem, as_of);
    }

    fn note_problem(self, problem: Option<&Problem>, as_of: Option<Timestamp>) {
        self.state.try_update(|state| {
            state.reading = None;
            state.streaming = false;
            match problem {
                None => {
                    state.problem = None;
                    state.failures = 0;
                    state.as_of = as_of.or(state.as_of);
                }
                Some(problem) if problem.kind == ProblemKind::Aborted || problem.is_hopeless() => {}
                Some(problem) => {
                    state.problem = Some(problem.clone());
                    state.failures = state.failures.saturating_add(1);
                }
            }
        });
    }

    fn keep<T>(self, change: impl FnOnce(&mut Kept) -> T) -> Option<T> {
        self.kept.try_update_value(change)
    }
}

/// What is read.
enum Part {
    Pages(Vec<u32>),
    All((ListLoader, PageRequest)),
}

impl Kept {
    /// Takes in a page that was read again; gives the one behind it, where there is a new one.
    fn note(&mut self, number: u32, page: &ListPage, [asked_at, now]: [Timestamp; 2], known: usize) -> Option<u32> {
        let rota = self.rota.as_mut()?;
        let follows = rota.page_after(number, page);
        let fits = rota.record(number, page, asked_at, now);
        // Fewer than are known here: some are gone, and only a whole reading tells which. Said once for each count.
        let gone = page.total_items.is_some_and(|total| total < known as u64 && Some(total) != self.total);
        self.all |= !fits || gone;
        follows
    }
}

/// Notes a page of a whole reading, as soon as it is known which size the pages have.
fn note_page(
    rota: &mut Option<RefreshSchedule>,
    loading: &ListLoader,
    number: u32,
    page: &ListPage,
    [at, now]: [Timestamp; 2],
) {
    let known = rota.as_ref().is_some_and(|rota| rota.page_size == loading.page_size());
    if !known {
        *rota = Some(RefreshSchedule::new(loading.pages(), loading.page_size(), at));
    }
    if let Some(rota) = rota.as_mut().filter(|rota| page.page_size.is_none() || page.page_size == rota.page_size) {
        rota.record(number, page, at, now);
    }
}
