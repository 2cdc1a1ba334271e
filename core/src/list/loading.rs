//! Loading a list of many pages: first page 1 exactly as documented, then the others in parallel, in the largest pages
//! the server grants. A state machine: it is given each answer and returns the next requests.

mod requests;

use crate::collections::id_index::IdIndex;
use crate::page::Page;
use crate::policy::backoff;
use crate::time::Span;

/// The page size that is on_trial_page for long lists.
pub const LARGE_PAGE_SIZE: u32 = 1000;
/// How often a failed page is retried.
const MAX_RETRIES: u32 = 2;
/// This many missing pages in a row mean that the server is down; more requests would only add to its load.
const MAX_MISSING_IN_A_ROW: u32 = 3;
/// A page whose retry is due later than this is reported missing instead.
const MAX_RETRY_DELAY: Span = Span::from_seconds(30);

/// A page to request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageRequest {
    /// The page number, from 1.
    pub page: u32,
    /// `page_size`, if the request names one.
    pub page_size: Option<u32>,
    /// Whether the request has no query at all, as the documented first request.
    pub without_query: bool,
    /// How long to wait before sending it.
    pub delay: Span,
    tries: u32,
    epoch: u32,
}

/// The first page, requested exactly as documented.
const FIRST_REQUEST: PageRequest =
    PageRequest { page: 1, page_size: None, without_query: true, delay: Span::from_millis(0), tries: 0, epoch: 0 };

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    /// Waiting for the first page.
    First,
    /// Trying a large page.
    Trial,
    /// Waiting for page 2, which shows whether the server honours the page number at all.
    Second,
    /// Reading all other pages.
    Others,
    /// No more requests.
    Finished,
}

/// The progress of loading a list.
#[derive(Clone, Debug)]
pub struct ListLoader {
    stage: Stage,
    epoch: u32,
    page_size: Option<u32>,
    /// The page that the trial of large pages already delivered.
    already_read: Option<u32>,
    next: u32,
    last: u32,
    in_flight: usize,
    /// In ascending order.
    missing: Vec<u32>,
    missing_in_a_row: u32,
    repeated_in_a_row: u32,
    unreadable_in_a_row: u32,
    /// Whether large pages were requested and not granted.
    large_refused: bool,
    seen: IdIndex,
    unreadable: usize,
    total_items: Option<u64>,
    /// `total_items` in the first answer of this pass.
    total_at_first: Option<u64>,
    /// The highest `total_items` seen in this pass.
    total_at_most: u64,
    shrank: bool,
    incomplete: bool,
    cancelled: bool,
}

impl ListLoader {
    /// Starts loading; returns the first request.
    pub fn start() -> (Self, PageRequest) {
        let loader = Self {
            stage: Stage::First,
            epoch: 0,
            page_size: None,
            already_read: None,
            next: 2,
            last: 1,
            in_flight: 1,
            missing: Vec::new(),
            missing_in_a_row: 0,
            repeated_in_a_row: 0,
            unreadable_in_a_row: 0,
            large_refused: false,
            seen: IdIndex::default(),
            unreadable: 0,
            total_items: None,
            total_at_first: None,
            total_at_most: 0,
            shrank: false,
            incomplete: false,
            cancelled: false,
        };
        (loader, FIRST_REQUEST)
    }

    /// Starts with a large page, for a list whose server is known to grant them. If the answer has another size,
    /// loading continues as [`ListLoader::start`] would.
    pub fn start_with_large_pages() -> (Self, PageRequest) {
        let (loader, first) = Self::start();
        (loader, PageRequest { page_size: Some(LARGE_PAGE_SIZE), without_query: false, ..first })
    }

    /// Handles an answer and returns the next requests. The runs in it are worth keeping in any case.
    pub fn page_received(&mut self, request: PageRequest, page: &Page) -> Vec<PageRequest> {
        self.in_flight = self.in_flight.saturating_sub(1);
        let mut has_new = false;
        for run in &page.runs {
            has_new |= self.seen.insert(run.id.shared(), self.seen.len());
        }
        self.total_items = page.total_items.or(self.total_items);
        if request.epoch != self.epoch {
            return self.request_more();
        }
        self.unreadable = self.unreadable.saturating_add(page.unreadable);
        self.missing_in_a_row = 0;
        self.notice_total(page);
        let entries = page.runs.len().saturating_add(page.unreadable);
        let all_unreadable = page.runs.is_empty() && page.unreadable > 0;
        if all_unreadable {
            self.unreadable_in_a_row = self.unreadable_in_a_row.saturating_add(1);
        } else if has_new {
            self.unreadable_in_a_row = 0;
        }
        let wrong_page = page.page.is_some_and(|answered| answered != request.page);
        let announced = self.announced(page);
        match self.stage {
            Stage::First if request.page_size.is_some() && request.page_size != page.page_size => self.start_over(),
            Stage::First => self.on_first_page(page, announced, wrong_page || (!has_new && !all_unreadable)),
            Stage::Trial => self.on_trial_page(request, page, announced, wrong_page, entries),
            // A page in the earlier size: the trial was abandoned, or this answer is late.
            Stage::Second | Stage::Others => {
                self.on_further_page(request, page, announced, [wrong_page, has_new, all_unreadable, entries == 0])
            }
            Stage::Finished => Vec::new(),
        }
    }

    /// Whether the first page is still missing: its failure is a failure of the whole load.
    pub fn awaits_first_page(&self) -> bool {
        self.stage == Stage::First
    }

    /// Handles a failure of any page but the first. `hopeless` means that no other page can succeed either (signed
    /// out); `asked` is the server's `Retry-After`.
    pub fn page_failed(
        &mut self,
        request: PageRequest,
        asked: Option<Span>,
        hopeless: bool,
        random: f64,
    ) -> Vec<PageRequest> {
        self.in_flight = self.in_flight.saturating_sub(1);
        if request.epoch != self.epoch || self.stage == Stage::Finished {
            return self.request_more();
        }
        let wait = backoff::wait(request.tries.saturating_add(1), asked, random);
        if self.stage == Stage::Trial && !hopeless {
            return self.request_second_page();
        }
        if !hopeless && request.tries < MAX_RETRIES && wait <= MAX_RETRY_DELAY && self.stage != Stage::First {
            self.in_flight += 1;
            return vec![PageRequest { delay: wait, tries: request.tries + 1, ..request }];
        }
        // In order from the start: sorting at the end would compile a sort of its own, 4 kB.
        let at = self.missing.partition_point(|page| *page < request.page);
        self.missing.insert(at, request.page);
        self.missing_in_a_row = self.missing_in_a_row.saturating_add(1);
        if hopeless || self.stage != Stage::Others || self.missing_in_a_row >= MAX_MISSING_IN_A_ROW {
            return self.give_up();
        }
        self.request_more()
    }

    /// The person cancelled loading.
    pub fn cancel(&mut self) {
        if !self.is_finished() {
            self.cancelled = true;
            self.stage = Stage::Finished;
            self.in_flight = 0;
        }
    }

    /// Whether no more answers are expected.
    pub fn is_finished(&self) -> bool {
        self.in_flight == 0
    }

    /// Whether a run that was not seen no longer exists. Not so if runs were added meanwhile: they may have pushed
    /// another run onto a page that had been read. Such runs turn up when the pages are refreshed.
    pub fn has_every_run(&self) -> bool {
        self.is_complete() && (self.last <= 1 || self.entries_read() >= self.total_at_most)
    }

    fn entries_read(&self) -> u64 {
        (self.seen.len() as u64).saturating_add(self.unreadable as u64)
    }

    /// Whether all pages were read and contain at least as many runs as were counted when loading began.
    pub fn is_complete(&self) -> bool {
        self.is_finished() && !self.incomplete && !self.cancelled && self.missing.is_empty() && self.next > self.last
    }

    /// Whether the person cancelled it.
    pub const fn was_cancelled(&self) -> bool {
        self.cancelled
    }

    /// The pages that could not be read, in ascending order once loading has finished.
    pub fn missing_pages(&self) -> &[u32] {
        &self.missing
    }

    /// The ids seen so far.
    pub const fn seen_ids(&self) -> &IdIndex {
        &self.seen
    }

    /// Entries that could not be parsed.
    pub const fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// The latest `total_items`, if the server sends it.
    pub const fn total_items(&self) -> Option<u64> {
        self.total_items
    }

    /// How many runs were read, and of how many. A run that goes meanwhile lowers the total below what was read: then
    /// the total says nothing of how far the reading is.
    pub fn progress(&self) -> (usize, Option<u64>) {
        let read = self.seen.len();
        (read, self.total_items.filter(|total| *total >= read as u64))
    }

    /// The page size that the server grants, if it names one.
    pub const fn page_size(&self) -> Option<u32> {
        self.page_size
    }

    /// The number of pages of that size.
    pub const fn pages(&self) -> u32 {
        self.last
    }
}

#[cfg(test)]
mod tests;
