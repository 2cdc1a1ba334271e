//! What the reader of the list takes from other tabs, and what it tells them.

use super::{ListReader, OfferWait};
use crate::api::CancelToken;
use crate::state::poller::Feed;
use leptos::prelude::*;
use runboard_core::collections::id_index::IdIndex;
use runboard_core::election::ListReport;
use runboard_core::time::{Span, Timestamp};
use std::rc::Rc;

/// After more answers than this, an offer is no longer accepted.
const MAX_ANSWERS_BEFORE_OFFER: u32 = 10;

impl ListReader {
    /// How the list was read, for the other tabs; `None` while it is being read in full, and if no read has come to its end. Tracked.
    pub(crate) fn report(self) -> Option<ListReport> {
        let state = self.state.get();
        let is_complete = self.update_progress(|progress| progress.schedule.is_some()).unwrap_or_default();
        let has_ended = is_complete || state.incomplete.is_some() || state.problem.is_some();
        if state.reading.is_some() || !has_ended {
            return None;
        }
        let (page_size, total_items) = self
            .update_progress(|progress| {
                (progress.schedule.as_ref().and_then(|schedule| schedule.page_size), progress.total)
            })
            .unwrap_or_default();
        Some(ListReport {
            as_of: state.as_of,
            newest: state.newest,
            complete_as_of: self.sources.store.complete_as_of(),
            pages: self.pages.get_untracked(),
            page_size,
            total_items,
            incomplete: state.incomplete,
            missing: state.missing,
            stopped: state.stopped,
            unreadable: state.unreadable,
            failures: state.failures,
            problem: state.problem,
        })
    }

    /// Another tab has read the list, and this one knows the same runs. A read of the whole list that is under way ends if these are
    /// the runs that it waits for, and else goes on; then this returns false. Where that tab has just sent all runs, those that are not in
    /// `all` are removed.
    pub(crate) fn adopt(self, list: ListReport, all: Option<&IdIndex>) -> bool {
        if list.complete_as_of.is_none() || list.as_of.is_none() {
            // That tab knows less than this one.
            self.adopt_failure(&list);
            return true;
        }
        let has_arrived = self.offer().finish_wait();
        let is_reading = self.update_progress(|progress| {
            if progress.current_full_read.is_some() && !has_arrived {
                return true;
            }
            let (pages, size) = (list.pages, list.page_size);
            let schedule = progress.schedule.take().unwrap_or_default();
            progress.schedule = list.as_of.map(|as_of| schedule.renewed(pages, size, as_of));
            (progress.total, progress.was_cancelled) = (list.total_items, false);
            // What a read that was given up left undone is done; what the person asks for is not.
            progress.full_read_requested &= progress.refresh_requested || list.incomplete.is_some();
            false
        });
        if is_reading != Some(false) {
            return false;
        }
        if let Some(all) = all {
            self.sources.store.finish_full_read(all);
        }
        if let Some(at) = list.complete_as_of {
            self.sources.store.set_complete_as_of(at);
        }
        self.state.try_update(|state| {
            state.as_of = list.as_of;
            state.newest = list.newest;
            state.incomplete = list.incomplete;
            state.missing = list.missing;
            state.stopped = list.stopped;
            state.unreadable = list.unreadable;
            state.failures = list.failures;
            state.problem = list.problem;
            (state.reading, state.streaming) = (None, false);
        });
        if self.pages.try_get_untracked() != Some(list.pages) {
            self.pages.try_set(list.pages);
        }
        true
    }

    /// Another tab did not get the list. If it got parts of it, that says nothing of what is known here.
    pub(crate) fn adopt_failure(self, list: &ListReport) {
        if list.incomplete.is_some() || self.is_reading_in_full() {
            return;
        }
        self.state.try_update(|state| {
            (state.failures, state.problem) = (list.failures, list.problem.clone());
            (state.reading, state.streaming) = (None, false);
        });
    }

    /// Runs arrive from another tab that knows them: so many so far, of how many.
    pub(crate) fn show_arriving(self, runs: usize, total: Option<u64>, as_of: Timestamp) {
        self.state.try_update(|state| {
            state.as_of.get_or_insert(as_of);
            (state.reading, state.streaming) = (Some((runs, total)), true);
        });
    }

    /// Sets what asks the tab that made an offer for its runs; it returns false if they are not needed any more.
    pub(crate) fn set_offer_requester(self, request: impl Fn() -> bool + 'static) {
        self.request_offered_runs.set_value(Some(Rc::new(request)));
    }

    /// Another tab has offered all runs. A read of the whole list accepts that once its first page is here, and waits for them.
    pub(crate) fn offer_received(self) {
        self.offer().offer_received();
    }

    /// No offer is accepted until another page is opened: this one needs the list as it is now.
    pub(crate) fn decline_offers(self) {
        self.update_progress(|progress| progress.declines_offers = true);
        self.offer().reset();
    }

    /// Whether a full read accepts an offer after so many answers: not if the person asked for it.
    pub(super) fn accepts_offers(self, answers: u32) -> bool {
        let declines = self.update_progress(|progress| progress.declines_offers).unwrap_or_default();
        let is_refresh = self.state.try_with_untracked(|state| state.refreshing).unwrap_or_default();
        (1..=MAX_ANSWERS_BEFORE_OFFER).contains(&answers) && !declines && !is_refresh
    }

    /// Asks for the runs that were offered, and waits for them. Returns whether all are here, so that nothing more is to be read. `read_here`:
    /// those that this tab has read itself.
    pub(super) async fn accept_offer(self, read_here: IdIndex, cancel: &CancelToken) -> bool {
        let ask = || self.request_offered_runs.try_get_value().flatten().is_some_and(|request| request());
        self.offer().accept(read_here, ask, cancel).await
    }

    /// The runs that this tab had read itself when it accepted the offer.
    pub(crate) fn runs_read_before_wait(self) -> IdIndex {
        self.offer().read_here()
    }

    /// Whether an offer was accepted and not all runs are here.
    pub(crate) fn is_waiting_for_runs(self) -> bool {
        self.offer().is_waiting()
    }

    /// Another tab has sent some of the runs.
    pub(crate) fn runs_received(self) {
        self.offer().part_received();
        if self.is_reading_in_full() {
            self.update_progress(|progress| progress.has_runs_of_others = true);
            self.sources.poller.part_received(Feed::List, Span::default());
        }
    }

    pub(super) fn offer(self) -> Rc<OfferWait> {
        self.offer.try_get_value().unwrap_or_default()
    }

    /// Another tab reads and this one knows every run: changes are no longer shown as parts of a first read.
    pub(crate) fn end_streaming(self) {
        let is_reading = self.is_reading_in_full();
        let is_streaming = self.state.try_with_untracked(|state| state.streaming && !state.refreshing);
        if !is_reading && is_streaming == Some(true) {
            self.state.try_update(|state| state.streaming = false);
        }
    }
}
