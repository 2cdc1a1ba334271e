//! Reads the list of runs: first in full, then, if it is long, the pages with new runs and the others in turn.

mod full_read;
mod offer_wait;
mod other_tabs;

use crate::api::{Api, CancelToken, ListPage};
use crate::state::clock::Clock;
use crate::state::list_state::ListState;
use crate::state::poller::Poller;
use crate::state::run_store::{PartOf, RunStore};
use full_read::FullRead;
use leptos::prelude::*;
use offer_wait::OfferWait;
use runboard_core::list::loading::{LARGE_PAGE_SIZE, ListLoader, PageRequest};
use runboard_core::list::refresh_schedule::{BATCH_SIZE, RefreshSchedule};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Timestamp;
use std::rc::Rc;

/// The most pages that one read for new runs takes.
const MAX_NEW_RUN_PAGES: u32 = 4;

/// Reads the list for the pages that show it.
#[derive(Clone, Copy)]
pub(crate) struct ListReader {
    sources: ReaderSources,
    state: RwSignal<ListState>,
    /// The number of pages of the list.
    pages: RwSignal<u32>,
    progress: StoredValue<ReadProgress>,
    cancel: StoredValue<Rc<CancelToken>, LocalStorage>,
    offer: StoredValue<Rc<OfferWait>, LocalStorage>,
    request_offered_runs: StoredValue<Option<RequestOfferedRuns>, LocalStorage>,
}

/// What the list is read with, and where to.
#[derive(Clone, Copy)]
pub(crate) struct ReaderSources {
    pub(crate) api: &'static Api,
    pub(crate) clock: &'static Clock,
    pub(crate) store: &'static RunStore,
    pub(crate) poller: &'static Poller,
}

/// Asks the tab that made the offer for its runs. Returns false if this tab does not need them any more.
type RequestOfferedRuns = Rc<dyn Fn() -> bool>;

/// What is known between two reads.
#[derive(Default)]
struct ReadProgress {
    /// Known after a complete full read.
    schedule: Option<RefreshSchedule>,
    /// The next read must be a full one.
    full_read_requested: bool,
    /// The person asked for a read, which has not started.
    refresh_requested: bool,
    /// Another tab has sent runs during the full read, so the store has more than was read here.
    has_runs_of_others: bool,
    /// The number of the full read that is under way.
    current_full_read: Option<u32>,
    /// How many were begun.
    full_reads_begun: u32,
    /// The page that is open needs the list as it is now, so it is not taken from another tab.
    declines_offers: bool,
    /// The person cancelled the last full read.
    was_cancelled: bool,
    /// A full read has just finished, so there can be no new runs.
    just_read: bool,
    /// The number of runs that the API announced at the end of the last full read.
    total: Option<u64>,
}

/// What the next read takes.
enum ReadPlan {
    /// The person cancelled the full read: one request shows whether the API still answers.
    FirstPage,
    Pages(Vec<u32>),
    Full((ListLoader, PageRequest)),
}

impl ListReader {
    pub(crate) fn new(sources: ReaderSources) -> Self {
        Self {
            sources,
            state: RwSignal::new(ListState::default()),
            pages: RwSignal::new(1),
            progress: StoredValue::new(ReadProgress::default()),
            cancel: StoredValue::new_local(Rc::new(CancelToken::default())),
            offer: StoredValue::new_local(Rc::new(OfferWait::default())),
            request_offered_runs: StoredValue::new_local(None),
        }
    }

    /// How complete and how recent the list is.
    pub(crate) fn state(self) -> RwSignal<ListState> {
        self.state
    }

    /// A page that shows the list was opened. A full read that was cancelled on an earlier page is made again;
    /// a refresh that was asked for there is not.
    pub(crate) fn open(self) {
        self.update_progress(|progress| {
            progress.full_read_requested |= std::mem::take(&mut progress.was_cancelled);
            (progress.refresh_requested, progress.declines_offers) = (false, false);
        });
        self.state.try_update(|state| {
            let ListState { as_of, newest, incomplete, unreadable, .. } = std::mem::take(state);
            *state = ListState { as_of, newest, incomplete, unreadable, streaming: true, ..ListState::default() };
        });
    }

    /// Forgets everything: the person signed out or is another one.
    pub(crate) fn clear(self) {
        self.update_progress(|progress| {
            // The count goes on: a read that began before may still end, and must not be taken for a new one.
            *progress = ReadProgress { full_reads_begun: progress.full_reads_begun, ..ReadProgress::default() };
        });
        self.offer().reset();
        self.state.try_set(ListState { streaming: true, ..ListState::default() });
        self.pages.try_set(1);
    }

    /// The number of pages of the list; tracked.
    pub(crate) fn pages(self) -> u32 {
        self.pages.get()
    }

    /// Makes the next read a full one, whose pages are shown as they arrive: the person asked for it.
    pub(crate) fn request_full_read(self) {
        self.update_progress(|progress| (progress.full_read_requested, progress.refresh_requested) = (true, true));
        self.state.try_update(|state| (state.streaming, state.refreshing) = (true, true));
    }

    /// Makes the next read a full one.
    pub(crate) fn require_full_read(self) {
        self.update_progress(|progress| progress.full_read_requested = true);
    }

    /// Forgets the read that the person asked for, once it was aborted. The runs stay as they were known before, as far as they
    /// were not read again.
    pub(crate) fn abandon_refresh(self) {
        self.update_progress(|progress| progress.refresh_requested = false);
        self.sources.store.publish_changes();
        self.state.try_update(|state| {
            (state.reading, state.streaming, state.refreshing) = (None, false, false);
        });
    }

    /// Cancels a full read under way. What was read stays.
    pub(crate) fn cancel(self) {
        if let Some(cancel) = self.cancel.try_get_value() {
            cancel.cancel();
        }
    }

    /// Reads the whole list at first, when asked to, and while it is short; otherwise a batch of its pages. Returns the number of
    /// requests.
    pub(crate) async fn read(self) -> Result<u32, Problem> {
        let plan = self.update_progress(ReadProgress::plan_read);
        self.update_progress(|progress| progress.refresh_requested = false);
        let outcome = match plan.unwrap_or_else(|| ReadPlan::Full(ListLoader::start())) {
            ReadPlan::FirstPage => self.read_first_page().await,
            ReadPlan::Pages(pages) => self.read_pages(pages).await,
            ReadPlan::Full((loader, first)) => {
                let under_way = FullRead::begin(self);
                let outcome = self.read_in_full(loader, first).await;
                under_way.end();
                outcome
            }
        };
        self.show_outcome(&outcome);
        // Where the person asked during this read, another one follows at once.
        let refreshing = self.update_progress(|progress| progress.refresh_requested).unwrap_or_default();
        let refused = outcome.as_ref().is_err_and(Problem::is_hopeless);
        self.state.try_update(|state| (state.refreshing, state.refused) = (refreshing, refused));
        outcome
    }

    /// Reads the pages on which new runs appear. Returns the number of requests, or 1 if there was nothing to read: the poll policy
    /// counts at least one.
    pub(crate) async fn read_new_runs(self) -> Result<u32, Problem> {
        let pages = self.update_progress(|progress| {
            let just_read = std::mem::take(&mut progress.just_read);
            progress.schedule.as_ref().filter(|_| !just_read).map(RefreshSchedule::new_run_pages)
        });
        let Some(pages) = pages.flatten() else { return Ok(1) };
        let started_at = self.sources.clock.now();
        let outcome = self.read_pages(pages).await;
        self.show_outcome(&outcome);
        if outcome.is_ok() {
            self.state.try_update(|state| state.newest = Some(started_at));
        }
        outcome
    }

    async fn read_first_page(self) -> Result<u32, Problem> {
        let ReaderSources { api, store, .. } = self.sources;
        store.merge_page(api.list().await?.runs, PartOf::Nothing);
        store.publish_changes();
        Ok(1)
    }

    async fn read_pages(self, mut pages: Vec<u32>) -> Result<u32, Problem> {
        let ReaderSources { api, clock, store, .. } = self.sources;
        let page_size = self.update_progress(|progress| progress.schedule.as_ref()?.page_size).flatten();
        let mut requests = 0;
        while let Some(number) = pages.pop() {
            let sent_at = clock.now();
            let page = match api.list_page(number, page_size).await {
                Ok(page) => page,
                Err(problem) => {
                    store.publish_changes();
                    return Err(problem);
                }
            };
            requests += 1;
            let (received_at, known) = (clock.now(), store.len_untracked());
            let next =
                self.update_progress(|progress| progress.record_page(number, &page, [sent_at, received_at], known));
            pages.extend(next.flatten().filter(|_| requests < MAX_NEW_RUN_PAGES));
            store.merge_page(page.runs, PartOf::Nothing);
        }
        store.publish_changes();
        Ok(requests)
    }

    /// Shows how a read ended.
    fn show_outcome(self, outcome: &Result<u32, Problem>) {
        let as_of = self.update_progress(|progress| progress.schedule.as_ref()?.oldest_read_at()).flatten();
        self.state.try_update(|state| {
            state.reading = None;
            state.streaming = false;
            match outcome {
                Ok(_) => {
                    state.problem = None;
                    state.failures = 0;
                    state.as_of = as_of.or(state.as_of);
                }
                Err(problem) if problem.kind == ProblemKind::Aborted || problem.is_hopeless() => {}
                Err(problem) => {
                    state.problem = Some(problem.clone());
                    state.failures = state.failures.saturating_add(1);
                }
            }
        });
    }

    /// How many reads of the whole list were begun here.
    pub(crate) fn full_reads_begun(self) -> u32 {
        self.update_progress(|progress| progress.full_reads_begun).unwrap_or_default()
    }

    /// Whether a read of the whole list is under way.
    pub(crate) fn is_reading_in_full(self) -> bool {
        self.update_progress(|progress| progress.current_full_read.is_some()).unwrap_or_default()
    }

    /// Whether the list is so long that only parts of it are read at each interval; tracked.
    pub(crate) fn is_read_in_parts(self) -> bool {
        self.pages() > BATCH_SIZE
    }

    /// When any of it was last read; not tracked.
    pub(crate) fn last_read_at(self) -> Option<Timestamp> {
        self.state.try_with_untracked(|state| state.as_of.max(state.newest)).flatten()
    }

    fn update_progress<T>(self, update: impl FnOnce(&mut ReadProgress) -> T) -> Option<T> {
        self.progress.try_update_value(update)
    }
}

impl ReadProgress {
    fn plan_read(&mut self) -> ReadPlan {
        // If another read starts, the one under way was aborted.
        let must_be_full = std::mem::take(&mut self.full_read_requested) || self.current_full_read.take().is_some();
        if self.was_cancelled && !must_be_full {
            return ReadPlan::FirstPage;
        }
        match self.schedule.as_mut().filter(|_| !must_be_full) {
            Some(schedule) if schedule.pages() > BATCH_SIZE => ReadPlan::Pages(schedule.next_batch()),
            Some(schedule) if schedule.page_size == Some(LARGE_PAGE_SIZE) => {
                ReadPlan::Full(ListLoader::start_with_large_pages())
            }
            _ => ReadPlan::Full(ListLoader::start()),
        }
    }

    /// Records a page that was read again; `known` is the number of runs in the store. Returns the page after it, if that is a new
    /// one.
    fn record_page(
        &mut self,
        number: u32,
        page: &ListPage,
        [sent_at, received_at]: [Timestamp; 2],
        known: usize,
    ) -> Option<u32> {
        let schedule = self.schedule.as_mut()?;
        let next = schedule.page_after(number, page);
        let fits = schedule.record(number, page, sent_at, received_at);
        // The API has fewer runs than the store. Only a full read tells which are gone; one is enough for each total.
        let has_fewer = page.total_items.is_some_and(|total| total < known as u64 && Some(total) != self.total);
        self.full_read_requested |= !fits || has_fewer;
        next
    }
}
