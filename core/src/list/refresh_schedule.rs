//! Which pages of a loaded list are read again, and when: the page where new runs appear every time, pages with runs
//! that can still change in turn, and all others a few at a time.

use crate::page::Page;
use crate::phase::Phase;
use crate::run::Run;
use crate::time::Timestamp;
use std::cmp::Ordering;

/// Pages per background refresh. A list with no more pages than this is reloaded as a whole.
pub const BATCH_SIZE: u32 = 4;
/// How many of them are pages with runs that can still change.
const LIVE_PAGES: usize = 2;
/// At most this many pages beyond the last known one are added at once.
const MAX_NEW_PAGES: u32 = 3;

/// What is known about the pages of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RefreshSchedule {
    /// The `page_size` of these pages.
    pub page_size: Option<u32>,
    /// When each page was last requested, and whether it has a run that can still change.
    pages: Vec<(Timestamp, bool)>,
    rising: u32,
    falling: u32,
    next: usize,
    next_live: usize,
    /// The latest `total_items`.
    pub total_items: Option<u64>,
}

impl RefreshSchedule {
    /// After the whole list was loaded: the number of pages of that size, requested at that time.
    pub fn new(pages: u32, page_size: Option<u32>, asked_at: Timestamp) -> Self {
        Self { page_size, pages: vec![(asked_at, true); pages as usize], ..Self::default() }
    }

    /// After another tab loaded the whole list: as [`RefreshSchedule::new`], with what is known of the order of the runs.
    #[must_use]
    pub fn renewed(self, pages: u32, page_size: Option<u32>, asked_at: Timestamp) -> Self {
        let Self { rising, falling, next, next_live, total_items, .. } = self;
        Self { rising, falling, next, next_live, total_items, ..Self::new(pages, page_size, asked_at) }
    }

    /// Records an answer. Returns false for a page of another size or number: then the whole list must be loaded again.
    pub fn record(&mut self, number: u32, page: &Page, asked_at: Timestamp, now: Timestamp) -> bool {
        self.total_items = page.total_items.or(self.total_items);
        let resized = page.page_size.is_some() && self.page_size.is_some() && page.page_size != self.page_size;
        if resized || page.page.is_some_and(|answered| answered != number) {
            return false;
        }
        for pair in page.runs.windows(2) {
            let [a, b] = pair else { continue };
            match a.created_at.cmp(&b.created_at) {
                Ordering::Less => self.rising = self.rising.saturating_add(1),
                Ordering::Greater => self.falling = self.falling.saturating_add(1),
                Ordering::Equal => {}
            }
        }
        let at = (number as usize).saturating_sub(1);
        if at >= self.pages.len() && page.runs.is_empty() {
            return true;
        }
        let limit = self.pages.len().saturating_add(MAX_NEW_PAGES as usize);
        self.pages.resize(self.pages.len().max(at.saturating_add(1).min(limit)), (asked_at, true));
        if let Some(place) = self.pages.get_mut(at) {
            *place = (asked_at, page.runs.iter().any(|run| can_change(run, now)));
        }
        true
    }

    /// The number of pages.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }

    /// The pages where new runs appear: the first if the newest come first, the last if they come last, both if the
    /// order is unclear.
    pub fn new_run_pages(&self) -> Vec<u32> {
        let last = self.pages().max(1);
        let mut pages = match self.falling.cmp(&self.rising) {
            Ordering::Greater => vec![1],
            Ordering::Less => vec![last],
            Ordering::Equal => vec![1, last],
        };
        pages.dedup();
        pages
    }

    /// The page after the last known one, if the answer to the last one announces it.
    pub fn page_after(&self, number: u32, page: &Page) -> Option<u32> {
        let next = number.checked_add(1).filter(|_| number >= self.pages())?;
        page.total_pages.filter(|pages| *pages >= next).map(|_| next)
    }

    /// The pages for a background refresh: some with runs that can still change, then the others in turn.
    pub fn next_batch(&mut self) -> Vec<u32> {
        let count = self.pages.len();
        let number = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
        let mut pages: Vec<u32> = Vec::new();
        let most = (BATCH_SIZE as usize).min(count);
        for _ in 0..count {
            if pages.len() >= LIVE_PAGES.min(most) {
                break;
            }
            self.next_live %= count.max(1);
            if self.pages.get(self.next_live).is_some_and(|(_, live)| *live) {
                pages.push(number(self.next_live));
            }
            self.next_live += 1;
        }
        for _ in 0..count {
            if pages.len() >= most {
                break;
            }
            self.next %= count.max(1);
            let page = number(self.next);
            if !pages.contains(&page) {
                pages.push(page);
            }
            self.next += 1;
        }
        pages
    }

    /// When the page read longest ago was requested: everything known was true at that time.
    pub fn oldest_read_at(&self) -> Option<Timestamp> {
        self.pages.iter().map(|(at, _)| *at).min()
    }
}

/// Whether the API may still change a run on its own.
fn can_change(run: &Run, now: Timestamp) -> bool {
    !matches!(Phase::of(run, now), Phase::Over | Phase::Stopped)
}

#[cfg(test)]
mod tests;
