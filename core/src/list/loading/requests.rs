//! Which pages to request next, given what has been answered.

use super::{FIRST_REQUEST, LARGE_PAGE_SIZE, ListLoader, PageRequest, Stage};
use crate::collections::id_index::IdIndex;
use crate::page::Page;
use crate::time::Span;

/// Requests in flight at the same time.
pub(super) const CONCURRENT_REQUESTS: usize = 4;
/// Lists of at least this many pages try larger pages.
const TRY_LARGE_FROM: u32 = 6;
/// This many pages in a row without a new run mean that the server repeats itself.
const MAX_REPEATED_PAGES: u32 = 3;
/// How often loading starts over because runs moved between pages.
const MAX_RESTARTS: u32 = 2;
/// More pages than this are never requested, whatever a server claims.
const MAX_PAGES: u32 = 100_000;

impl ListLoader {
    /// Large pages are no longer granted: starts over as if the server were unknown.
    pub(super) fn start_over(&mut self) -> Vec<PageRequest> {
        self.in_flight += 1;
        self.large_refused = true;
        (self.unreadable, self.unreadable_in_a_row, self.seen) = (0, 0, IdIndex::default());
        vec![FIRST_REQUEST]
    }

    pub(super) fn on_first_page(&mut self, page: &Page, announced: u32, no_progress: bool) -> Vec<PageRequest> {
        self.page_size = page.page_size.filter(|size| *size > 0);
        let announced = if self.page_size == page.page_size { announced } else { self.announced(page) };
        self.last = announced.clamp(1, MAX_PAGES);
        if announced <= 1 {
            // If the API counts more runs than it returned, unseen runs may still exist.
            self.incomplete |= self.total_items.is_some_and(|total| self.entries_read() < total);
            return self.end();
        }
        if no_progress {
            return self.give_up();
        }
        let small =
            self.page_size.filter(|size| *size < LARGE_PAGE_SIZE && self.last >= TRY_LARGE_FROM && !self.large_refused);
        let Some(size) = small else { return self.request_second_page() };
        self.stage = Stage::Trial;
        let all = self.total_items.unwrap_or_else(|| u64::from(self.last).saturating_mul(u64::from(size)));
        // If all runs fit on one large page, page 2 would be empty.
        let page = if all <= u64::from(LARGE_PAGE_SIZE) { 1 } else { 2 };
        vec![self.request(page, Some(LARGE_PAGE_SIZE))]
    }

    pub(super) fn on_trial_page(
        &mut self,
        request: PageRequest,
        page: &Page,
        announced: u32,
        wrong_page: bool,
        entries: usize,
    ) -> Vec<PageRequest> {
        let given = page.page_size.filter(|given| *given <= LARGE_PAGE_SIZE && !wrong_page);
        // Only the last page may be shorter than the size it claims.
        let full =
            |given: u32| request.page >= announced || u32::try_from(entries).is_ok_and(|entries| entries == given);
        match (given, self.page_size) {
            (Some(given), Some(size)) if given > size && full(given) && entries > 0 => {
                self.page_size = Some(given);
                self.last = announced.clamp(1, MAX_PAGES);
                self.already_read = Some(request.page);
                self.next = 1;
                self.stage = Stage::Others;
                self.request_more()
            }
            // Page 2 in the size that the server uses anyway.
            (Some(given), Some(size)) if given == size && request.page == 2 && full(given) && entries > 0 => {
                self.next = 3;
                self.stage = Stage::Others;
                self.request_more()
            }
            _ => self.request_second_page(),
        }
    }

    pub(super) fn request_second_page(&mut self) -> Vec<PageRequest> {
        self.stage = Stage::Second;
        self.next = 3;
        vec![self.request(2, self.page_size)]
    }

    pub(super) fn on_further_page(
        &mut self,
        request: PageRequest,
        page: &Page,
        announced: u32,
        [wrong_page, has_new, all_unreadable, empty]: [bool; 4],
    ) -> Vec<PageRequest> {
        if has_new {
            self.repeated_in_a_row = 0;
        } else if !all_unreadable {
            self.repeated_in_a_row = self.repeated_in_a_row.saturating_add(1);
        }
        let resized = page.page_size.is_some_and(|given| self.page_size.is_some_and(|size| given != size));
        if resized && !wrong_page && page.page_size > Some(0) {
            // Pages of another size hold other runs: the runs read so far are kept, and every page is requested again.
            self.page_size = page.page_size;
            self.last = announced.clamp(1, MAX_PAGES);
            return self.restart();
        }
        let unproved = self.stage == Stage::Second && !has_new && !all_unreadable;
        let expects_more = self.last.max(announced) > request.page;
        let repeats = self.repeated_in_a_row >= MAX_REPEATED_PAGES || self.unreadable_in_a_row > 1 && expects_more;
        if wrong_page || empty || unproved || repeats {
            return self.give_up();
        }
        self.last = self.last.max(announced.min(MAX_PAGES));
        self.stage = Stage::Others;
        self.request_more()
    }

    /// Requests pages until the concurrency limit is reached.
    pub(super) fn request_more(&mut self) -> Vec<PageRequest> {
        let mut requests = Vec::new();
        while self.stage == Stage::Others && self.in_flight < CONCURRENT_REQUESTS && self.next <= self.last {
            let page = self.next;
            self.next += 1;
            if self.already_read != Some(page) {
                requests.push(self.request(page, self.page_size));
            }
        }
        if requests.is_empty() && self.in_flight == 0 { self.end() } else { requests }
    }

    /// All pages were read or reported missing.
    fn end(&mut self) -> Vec<PageRequest> {
        let Stage::Others = self.stage else {
            self.stage = Stage::Finished;
            return Vec::new();
        };
        let short = self.total_at_first.is_some_and(|total| self.entries_read() < total);
        // Runs that were removed meanwhile pulled others onto pages that had been read.
        if self.shrank && self.missing.is_empty() && self.epoch < MAX_RESTARTS {
            return self.restart();
        }
        self.incomplete |= self.shrank || short || self.last >= MAX_PAGES;
        self.stage = Stage::Finished;
        Vec::new()
    }

    fn restart(&mut self) -> Vec<PageRequest> {
        if self.epoch >= MAX_RESTARTS {
            return self.give_up();
        }
        self.epoch += 1;
        (self.next, self.already_read, self.stage) = (1, None, Stage::Others);
        (self.shrank, self.total_at_first, self.total_at_most, self.unreadable) = (false, None, 0, 0);
        self.missing.clear();
        // The runs of the earlier pass come again and must not count as a server that repeats itself.
        self.repeated_in_a_row = 0;
        self.request_more()
    }

    pub(super) fn give_up(&mut self) -> Vec<PageRequest> {
        self.incomplete = true;
        self.stage = Stage::Finished;
        Vec::new()
    }

    fn request(&mut self, page: u32, page_size: Option<u32>) -> PageRequest {
        self.in_flight += 1;
        PageRequest { page, page_size, without_query: false, delay: Span::default(), tries: 0, epoch: self.epoch }
    }

    pub(super) fn notice_total(&mut self, page: &Page) {
        if let Some(total) = page.total_items {
            let first = *self.total_at_first.get_or_insert(total);
            self.shrank |= total < first;
            self.total_at_most = self.total_at_most.max(total);
        }
    }

    pub(super) fn announced(&self, page: &Page) -> u32 {
        let counted = || {
            let size = page.page_size.or(self.page_size).filter(|size| *size > 0)?;
            Some(u32::try_from(page.total_items?.div_ceil(u64::from(size))).unwrap_or(u32::MAX))
        };
        page.total_pages.or_else(counted).unwrap_or(1)
    }
}
