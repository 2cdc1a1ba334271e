//! Reads the whole list, several pages at a time, or takes it from another tab.

use super::{ListReader, ReaderSources};
use crate::api::{ListPage, list_requests};
use crate::browser::page::monotonic_millis;
use crate::browser::random;
use crate::state::poller::Feed;
use crate::state::run_store::PartOf;
use futures_util::future::{self, Either, select};
use leptos::prelude::*;
use runboard_core::collections::id_index::IdIndex;
use runboard_core::list::loading::{ListLoader, PageRequest};
use runboard_core::list::refresh_schedule::RefreshSchedule;
use runboard_core::problem::Problem;
use runboard_core::time::Timestamp;
use std::pin::pin;

/// The least time between two renderings of the runs read so far, in milliseconds; plus one for each [`RUNS_PER_MILLI`] runs, because
/// listing more takes longer.
const RENDER_INTERVAL: i64 = 250;
const RUNS_PER_MILLI: usize = 100;

/// Guard of a full read. If it is dropped before [`FullRead::end`], because the page was left or the person gave the refresh up, the next
/// read is a full one again.
pub(super) struct FullRead {
    reader: ListReader,
    number: u32,
}

impl FullRead {
    pub(super) fn begin(reader: ListReader) -> Self {
        let number = reader.update_progress(|progress| {
            progress.full_reads_begun = progress.full_reads_begun.wrapping_add(1);
            progress.current_full_read = Some(progress.full_reads_begun);
            progress.full_reads_begun
        });
        Self { reader, number: number.unwrap_or_default() }
    }

    pub(super) fn end(self) {
        self.reader.update_progress(|progress| progress.current_full_read = None);
    }
}

impl Drop for FullRead {
    fn drop(&mut self) {
        let number = self.number;
        self.reader.update_progress(|progress| {
            if progress.current_full_read == Some(number) {
                (progress.current_full_read, progress.full_read_requested) = (None, true);
            }
        });
    }
}

impl ListReader {
    /// Reads every page and shows what was read as it arrives. Returns the number of requests.
    pub(super) async fn read_in_full(self, mut loader: ListLoader, first: PageRequest) -> Result<u32, Problem> {
        let ReaderSources { api, clock, store, poller } = self.sources;
        let started_at = clock.now();
        store.begin_full_read();
        self.update_progress(|progress| progress.has_runs_of_others = false);
        let cancel = self.cancel.try_get_value().unwrap_or_default();
        cancel.reset();
        let (mut requests, mut shown_at, mut last_problem) = (0, 0, None);
        let mut schedule: Option<RefreshSchedule> = None;
        let mut pending = vec![list_requests::send(api, first)];
        let offer = self.offer();
        while !loader.is_finished() {
            let offered = async {
                // The first page is waited for in any case: its request is under way, and it is newer than any offer.
                if self.accepts_offers(requests) { offer.offered().await } else { future::pending().await }
            };
            let response = match select(pin!(offered), pin!(list_requests::next(&mut pending, &cancel))).await {
                Either::Right((response, _)) => response,
                // Nothing more is asked for meanwhile.
                Either::Left(_) => {
                    if self.accept_offer(self.own_so_far(&loader), &cancel).await {
                        return Ok(requests);
                    }
                    continue;
                }
            };
            let Some(response) = response else {
                loader.cancel();
                pending.clear();
                break;
            };
            requests += 1;
            let request = response.request;
            let next = match response.outcome {
                Ok(page) => {
                    let next = loader.page_received(request, &page);
                    record_page(&mut schedule, &loader, request.page, &page, [started_at, clock.now()]);
                    store.merge_page(page.runs, PartOf::FullRead);
                    next
                }
                Err(problem) if loader.awaits_first_page() => {
                    self.update_progress(|progress| progress.full_read_requested = true);
                    return Err(problem);
                }
                Err(problem) => {
                    let next = loader.page_failed(request, problem.wait(), problem.is_hopeless(), random::fraction());
                    last_problem = Some(problem);
                    next
                }
            };
            let wait = next.iter().map(|request| request.delay).max().unwrap_or_default();
            poller.part_received(Feed::List, wait);
            pending.extend(next.into_iter().map(|request| list_requests::send(api, request)));
            let interval = RENDER_INTERVAL + i64::try_from(loader.seen_ids().len() / RUNS_PER_MILLI).unwrap_or(0);
            if !loader.is_finished() && (shown_at == 0 || monotonic_millis() - shown_at >= interval) {
                shown_at = monotonic_millis();
                self.show_progress(&loader);
            }
        }
        self.finish_full_read(&loader, schedule, started_at);
        match last_problem {
            Some(problem) if !loader.missing_pages().is_empty() => Err(problem),
            _ => Ok(requests),
        }
    }

    /// The runs that were read here: pages of the list so far, and those that the person has opened.
    fn own_so_far(self, loader: &ListLoader) -> IdIndex {
        let mut own = loader.seen_ids().clone();
        for id in self.sources.store.opened_directly() {
            own.insert(id.shared(), own.len());
        }
        own
    }

    /// How many runs are known, of how many: after another tab has sent some, more than were read here.
    fn progress_of(self, loader: &ListLoader) -> (usize, Option<u64>) {
        let (read, total) = loader.progress();
        let has_runs_of_others = self.update_progress(|progress| progress.has_runs_of_others).unwrap_or_default();
        (if has_runs_of_others { read.max(self.sources.store.len_untracked()) } else { read }, total)
    }

    fn show_progress(self, loader: &ListLoader) {
        let now = self.sources.clock.now();
        let progress = self.progress_of(loader);
        self.sources.store.publish_changes();
        self.state.try_update(|state| {
            state.as_of.get_or_insert(now);
            state.reading = Some(progress);
        });
    }

    fn finish_full_read(self, loader: &ListLoader, schedule: Option<RefreshSchedule>, started_at: Timestamp) {
        let store = self.sources.store;
        if loader.has_every_run() {
            store.finish_full_read(loader.seen_ids())
        } else {
            store.publish_changes()
        }
        if loader.is_complete() {
            store.set_complete_as_of(started_at);
        }
        let shown = self.progress_of(loader);
        self.update_progress(|progress| {
            progress.schedule = schedule.filter(|_| loader.is_complete());
            progress.was_cancelled = loader.was_cancelled();
            progress.just_read = true;
            progress.total = loader.total_items();
        });
        self.state.try_update(|state| {
            state.incomplete = (!loader.is_complete()).then_some(shown);
            state.missing = loader.missing_pages().to_vec();
            state.stopped = loader.was_cancelled();
            state.unreadable = loader.unreadable();
            state.newest = None;
            state.as_of = Some(started_at);
        });
        self.pages.try_set(if loader.is_complete() { loader.pages() } else { 1 });
    }
}

/// Records a page in the schedule, which starts over when the loader has learned another page size.
fn record_page(
    schedule: &mut Option<RefreshSchedule>,
    loader: &ListLoader,
    number: u32,
    page: &ListPage,
    [started_at, received_at]: [Timestamp; 2],
) {
    let is_current = schedule.as_ref().is_some_and(|schedule| schedule.page_size == loader.page_size());
    if !is_current {
        *schedule = Some(RefreshSchedule::new(loader.pages(), loader.page_size(), started_at));
    }
    let has_same_size =
        |schedule: &&mut RefreshSchedule| page.page_size.is_none() || page.page_size == schedule.page_size;
    if let Some(schedule) = schedule.as_mut().filter(has_same_size) {
        schedule.record(number, page, started_at, received_at);
    }
}
