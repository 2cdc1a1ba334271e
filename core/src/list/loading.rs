//! Loading a list of many pages: first page 1 exactly as documented, then the others in parallel, in the largest pages
//! the server grants. A state machine: it is given each answer and returns the next requests.

use crate::collections::id_index::IdIndex;
use crate::page::{Page, Pager};
use crate::policy::backoff;
use crate::time::Span;

/// Requests in flight at the same time.
pub const CONCURRENT: usize = 4;
/// The page size that is tried for long lists.
pub const LARGE_PAGE_SIZE: u32 = 1000;
/// Lists of at least this many pages try larger pages.
const WORTH_A_TRY: u32 = 6;
/// How often a failed page is retried.
const RETRIES: u32 = 2;
/// This many missing pages in a row mean that the server is down; more requests would only add to its load.
const HOPELESS: u32 = 3;
/// This many pages in a row without a new run mean that the server repeats itself.
const BARREN: u32 = 3;
/// How often loading starts over because runs moved between pages.
const RESTARTS: u32 = 2;
/// A page whose retry is due later than this is reported missing instead.
const LONGEST_WAIT: Span = Span::from_seconds(30);

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
const PRINTED: PageRequest =
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
    Over,
}

/// The progress of loading a list.
#[derive(Clone, Debug)]
pub struct ListLoader {
    stage: Stage,
    epoch: u32,
    size: Option<u32>,
    /// The page that the trial of large pages already delivered.
    done: Option<u32>,
    next: u32,
    last: u32,
    under_way: usize,
    missing: Vec<u32>,
    missing_in_a_row: u32,
    barren_in_a_row: u32,
    illegible_in_a_row: u32,
    /// Whether large pages were requested and not granted.
    in_vain: bool,
    seen: IdIndex,
    unreadable: usize,
    total_items: Option<u64>,
    /// `total_items` in the first answer of this pass.
    total_at_first: Option<u64>,
    /// The highest `total_items` seen in this pass.
    total_at_most: u64,
    shrank: bool,
    incomplete: bool,
    stopped: bool,
}

impl ListLoader {
    /// Starts loading; returns the first request.
    pub fn start() -> (Self, PageRequest) {
        let loading = Self {
            stage: Stage::First,
            epoch: 0,
            size: None,
            done: None,
            next: 2,
            last: 1,
            under_way: 1,
            missing: Vec::new(),
            missing_in_a_row: 0,
            barren_in_a_row: 0,
            illegible_in_a_row: 0,
            in_vain: false,
            seen: IdIndex::default(),
            unreadable: 0,
            total_items: None,
            total_at_first: None,
            total_at_most: 0,
            shrank: false,
            incomplete: false,
            stopped: false,
        };
        (loading, PRINTED)
    }

    /// Starts with a large page, for a list whose server is known to grant them. If the answer has another size,
    /// loading continues as [`ListLoader::start`] would.
    pub fn start_with_large_pages() -> (Self, PageRequest) {
        let (loading, first) = Self::start();
        (loading, PageRequest { page_size: Some(LARGE_PAGE_SIZE), without_query: false, ..first })
    }

    /// Handles an answer and returns the next requests. The runs in it are worth keeping in any case.
    pub fn page_received(&mut self, ask: PageRequest, page: &Page) -> Vec<PageRequest> {
        self.under_way = self.under_way.saturating_sub(1);
        let mut brought = false;
        for run in &page.runs {
            brought |= self.seen.put(run.id.shared(), self.seen.len());
        }
        self.total_items = page.total_items.or(self.total_items);
        if ask.epoch != self.epoch {
            return self.go_on();
        }
        self.unreadable = self.unreadable.saturating_add(page.unreadable);
        self.missing_in_a_row = 0;
        self.notice_total(page);
        let entries = page.runs.len().saturating_add(page.unreadable);
        let illegible = page.runs.is_empty() && page.unreadable > 0;
        self.illegible_in_a_row = if illegible { self.illegible_in_a_row.saturating_add(1) } else { 0 };
        let other = page.page.is_some_and(|answered| answered != ask.page);
        let announced = self.announced(page);
        match self.stage {
            Stage::First if ask.page_size.is_some() && ask.page_size != page.page_size => self.printed(),
            Stage::First => self.first(page, announced, other || (!brought && !illegible)),
            Stage::Trial => self.tried(ask, page, announced, other, entries),
            // A page in the earlier size: the trial was abandoned, or this answer is late.
            Stage::Second | Stage::Others => {
                self.further(ask, page, announced, [other, brought || illegible, entries == 0])
            }
            Stage::Over => Vec::new(),
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
        ask: PageRequest,
        asked: Option<Span>,
        hopeless: bool,
        random: f64,
    ) -> Vec<PageRequest> {
        self.under_way = self.under_way.saturating_sub(1);
        if ask.epoch != self.epoch || self.stage == Stage::Over {
            return self.go_on();
        }
        let wait = backoff::wait(ask.tries.saturating_add(1), asked, random);
        if self.stage == Stage::Trial && !hopeless {
            return self.second();
        }
        if !hopeless && ask.tries < RETRIES && wait <= LONGEST_WAIT && self.stage != Stage::First {
            self.under_way += 1;
            return vec![PageRequest { delay: wait, tries: ask.tries + 1, ..ask }];
        }
        self.missing.push(ask.page);
        self.missing_in_a_row = self.missing_in_a_row.saturating_add(1);
        if hopeless || self.stage != Stage::Others || self.missing_in_a_row >= HOPELESS {
            return self.give_up();
        }
        self.go_on()
    }

    /// The person cancelled loading.
    pub fn cancel(&mut self) {
        if !self.is_finished() {
            self.stopped = true;
            self.stage = Stage::Over;
            self.under_way = 0;
        }
    }

    /// Whether no more answers are expected.
    pub fn is_finished(&self) -> bool {
        self.under_way == 0
    }

    /// Whether a run that was not seen no longer exists. Not so if runs were added meanwhile: they may have pushed
    /// another run onto a page that had been read. Such runs turn up when the pages are refreshed.
    pub fn has_every_run(&self) -> bool {
        self.is_complete() && (self.last <= 1 || self.read() >= self.total_at_most)
    }

    fn read(&self) -> u64 {
        (self.seen.len() as u64).saturating_add(self.unreadable as u64)
    }

    /// Whether all pages were read and contain at least as many runs as were counted when loading began.
    pub fn is_complete(&self) -> bool {
        self.is_finished() && !self.incomplete && !self.stopped && self.missing.is_empty() && self.next > self.last
    }

    /// Whether the person cancelled it.
    pub const fn was_cancelled(&self) -> bool {
        self.stopped
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

    /// The page size that the server grants, if it names one.
    pub const fn page_size(&self) -> Option<u32> {
        self.size
    }

    /// The number of pages of that size.
    pub const fn pages(&self) -> u32 {
        self.last
    }

    /// Large pages are no longer granted: starts over as if the server were unknown.
    fn printed(&mut self) -> Vec<PageRequest> {
        self.under_way += 1;
        self.in_vain = true;
        (self.unreadable, self.illegible_in_a_row, self.seen) = (0, 0, IdIndex::default());
        vec![PRINTED]
    }

    fn first(&mut self, page: &Page, announced: u32, stuck: bool) -> Vec<PageRequest> {
        self.size = page.page_size.filter(|size| *size > 0);
        let announced = if self.size == page.page_size { announced } else { self.announced(page) };
        self.last = announced.clamp(1, Pager::MOST_PAGES);
        if announced <= 1 {
            // If the API counts more runs than it returned, unseen runs may still exist.
            self.incomplete |= self.total_items.is_some_and(|total| self.read() < total);
            return self.end();
        }
        if stuck {
            return self.give_up();
        }
        let small = self.size.filter(|size| *size < LARGE_PAGE_SIZE && self.last >= WORTH_A_TRY && !self.in_vain);
        let Some(size) = small else { return self.second() };
        self.stage = Stage::Trial;
        let all = self.total_items.unwrap_or_else(|| u64::from(self.last).saturating_mul(u64::from(size)));
        // If all runs fit on one large page, page 2 would be empty.
        let page = if all <= u64::from(LARGE_PAGE_SIZE) { 1 } else { 2 };
        vec![self.ask(page, Some(LARGE_PAGE_SIZE))]
    }

    fn tried(
        &mut self,
        ask: PageRequest,
        page: &Page,
        announced: u32,
        other: bool,
        entries: usize,
    ) -> Vec<PageRequest> {
        let given = page.page_size.filter(|given| *given <= LARGE_PAGE_SIZE && !other);
        // Only the last page may be shorter than the size it claims.
        let full = |given: u32| ask.page >= announced || u32::try_from(entries).is_ok_and(|entries| entries == given);
        match (given, self.size) {
            (Some(given), Some(size)) if given > size && full(given) && entries > 0 => {
                self.size = Some(given);
                self.last = announced.clamp(1, Pager::MOST_PAGES);
                self.done = Some(ask.page);
                self.next = 1;
                self.stage = Stage::Others;
                self.go_on()
            }
            // Page 2 in the size that the server uses anyway.
            (Some(given), Some(size)) if given == size && ask.page == 2 && full(given) && entries > 0 => {
                self.next = 3;
                self.stage = Stage::Others;
                self.go_on()
            }
            _ => self.second(),
        }
    }

    fn second(&mut self) -> Vec<PageRequest> {
        self.stage = Stage::Second;
        self.next = 3;
        vec![self.ask(2, self.size)]
    }

    fn further(
        &mut self,
        ask: PageRequest,
        page: &Page,
        announced: u32,
        [other, news, empty]: [bool; 3],
    ) -> Vec<PageRequest> {
        self.barren_in_a_row = if news { 0 } else { self.barren_in_a_row.saturating_add(1) };
        let resized = page.page_size.is_some_and(|given| self.size.is_some_and(|size| given != size));
        if resized && !other && page.page_size > Some(0) {
            // Pages of another size hold other runs: the runs read so far are kept, and every page is requested again.
            self.size = page.page_size;
            self.last = announced.clamp(1, Pager::MOST_PAGES);
            return self.restart();
        }
        let unproved = self.stage == Stage::Second && !news;
        let repeats = self.barren_in_a_row >= BARREN || self.illegible_in_a_row > 1 && announced > ask.page;
        if other || empty || unproved || repeats {
            return self.give_up();
        }
        self.last = self.last.max(announced.min(Pager::MOST_PAGES));
        self.stage = Stage::Others;
        self.go_on()
    }

    /// Requests pages until the concurrency limit is reached.
    fn go_on(&mut self) -> Vec<PageRequest> {
        let mut asks = Vec::new();
        while self.stage == Stage::Others && self.under_way < CONCURRENT && self.next <= self.last {
            let page = self.next;
            self.next += 1;
            if self.done != Some(page) {
                asks.push(self.ask(page, self.size));
            }
        }
        if asks.is_empty() && self.under_way == 0 { self.end() } else { asks }
    }

    /// All pages were read or reported missing.
    fn end(&mut self) -> Vec<PageRequest> {
        self.missing.sort_unstable();
        let Stage::Others = self.stage else {
            self.stage = Stage::Over;
            return Vec::new();
        };
        let short = self.total_at_first.is_some_and(|total| self.read() < total);
        // Runs that were removed meanwhile pulled others onto pages that had been read.
        if self.shrank && self.missing.is_empty() && self.epoch < RESTARTS {
            return self.restart();
        }
        self.incomplete |= self.shrank || short || self.last >= Pager::MOST_PAGES;
        self.stage = Stage::Over;
        Vec::new()
    }

    fn restart(&mut self) -> Vec<PageRequest> {
        if self.epoch >= RESTARTS {
            return self.give_up();
        }
        self.epoch += 1;
        (self.next, self.done, self.stage) = (1, None, Stage::Others);
        (self.shrank, self.total_at_first, self.total_at_most, self.unreadable) = (false, None, 0, 0);
        self.missing.clear();
        // The runs of the earlier pass come again and must not count as a server that repeats itself.
        self.barren_in_a_row = 0;
        self.go_on()
    }

    fn give_up(&mut self) -> Vec<PageRequest> {
        self.incomplete = true;
        self.stage = Stage::Over;
        self.missing.sort_unstable();
        Vec::new()
    }

    fn ask(&mut self, page: u32, page_size: Option<u32>) -> PageRequest {
        self.under_way += 1;
        PageRequest { page, page_size, without_query: false, delay: Span::default(), tries: 0, epoch: self.epoch }
    }

    fn notice_total(&mut self, page: &Page) {
        if let Some(total) = page.total_items {
            let first = *self.total_at_first.get_or_insert(total);
            self.shrank |= total < first;
            self.total_at_most = self.total_at_most.max(total);
        }
    }

    fn announced(&self, page: &Page) -> u32 {
        let counted = || {
            let size = page.page_size.or(self.size).filter(|size| *size > 0)?;
            Some(u32::try_from(page.total_items?.div_ceil(u64::from(size))).unwrap_or(u32::MAX))
        };
        page.total_pages.or_else(counted).unwrap_or(1)
    }
}

#[cfg(test)]
mod tests;
