//! Reading a paged list of runs. Links are never followed: in the documented sample `next`, `prev`, `first` and `self` all
//! point at page 1.

use crate::collections::id_index::IdIndex;
use crate::run::Run;
use crate::wire::{self, Raw, list::List};

/// One page of the list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// The readable entries, in the order given.
    pub runs: Vec<Run>,
    /// The number of unreadable entries (not an object, or without an id).
    pub unreadable: usize,
    /// `page`, 1-based.
    pub page: Option<u32>,
    /// `page_size`.
    pub page_size: Option<u32>,
    /// `total_items`.
    pub total_items: Option<u64>,
    /// `total_pages`.
    pub total_pages: Option<u32>,
}

impl Page {
    /// Reads a body: a bare array; `_embedded.runs`; otherwise the only array in `_embedded`; otherwise `runs`, `items`
    /// or `data` at the top. An object with page fields and no array (or `null` for it) is an empty page. `None` for
    /// anything else.
    pub fn read(body: &str) -> Option<Self> {
        let (list, entries) = List::read(body)?;
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let run = |entry: &Raw<'_>| entry.read::<wire::run::Run>()?.try_into().ok();
        let runs: Vec<Run> = entries.iter().filter_map(run).collect();
        Some(Self {
            unreadable: entries.len().saturating_sub(runs.len()),
            runs,
            page: list.page.map(narrow),
            page_size: list.page_size.map(narrow),
            total_items: list.total_items,
            total_pages: list.total_pages.map(narrow),
        })
    }
}

/// Reads a paged list one page after another and decides when to stop.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    page_size: Option<u32>,
    next: Option<u32>,
    read: u32,
    seen: IdIndex,
    total_items: Option<u64>,
    incomplete: bool,
    /// Consecutive pages without a single readable entry.
    illegible: u32,
}

/// What to request after a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// `?page=N&page_size=S` (without `page_size` if the server named none).
    Ask {
        /// The page number, from 2 on.
        page: u32,
        /// The page size that the server answered for page 1.
        page_size: Option<u32>,
    },
    /// All pages are read, or no more can be read.
    Done,
}

impl Pager {
    /// The largest number of pages read; a server that announces more is not believed.
    pub const MOST_PAGES: u32 = 100_000;

    /// Before the first page, which is requested without a query, exactly as documented.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the answer to the last request (the first being the one without a query) and says what to request next.
    /// Continues while `page < total_pages`, never because of a link. Without `total_pages`, the page count follows from
    /// `total_items` and `page_size`.
    ///
    /// Ends as incomplete if the server answers another page than the requested one, an empty page, or one without any
    /// new run although more were announced. A page without a readable entry is skipped once, so that one broken entry
    /// does not hide what follows. After the end every further answer is ignored.
    pub fn accept(&mut self, page: &Page) -> Next {
        let asked = match (self.read, self.next) {
            (0, _) => 1,
            (_, Some(asked)) => asked,
            (_, None) => return Next::Done,
        };
        self.next = None;
        self.read = self.read.saturating_add(1);
        if asked == 1 {
            self.page_size = page.page_size.filter(|size| *size > 0);
        }
        self.total_items = page.total_items.or(self.total_items);
        let announced = page.total_pages.or_else(|| {
            let pages =
                page.total_items?.div_ceil(u64::from(page.page_size.or(self.page_size).filter(|size| *size > 0)?));
            Some(u32::try_from(pages).unwrap_or(u32::MAX))
        });
        let announced = announced.unwrap_or(asked);
        let mut brought = false;
        for run in &page.runs {
            brought |= self.seen.insert(run.id.shared(), self.seen.len());
        }
        self.illegible = if page.runs.is_empty() && page.unreadable > 0 { self.illegible.saturating_add(1) } else { 0 };

        let other = page.page.is_some_and(|answered| answered != asked);
        let barren = !brought && self.illegible == 0;
        // An empty list is complete. So is one that a server numbers from page 0, as long as it announces no more.
        let stuck = if asked == 1 { (other || barren) && announced > 1 } else { other || barren };
        let more = announced > asked;
        if stuck || (more && (self.illegible > 1 || asked >= Self::MOST_PAGES)) {
            self.incomplete = true;
            return Next::Done;
        }
        if !more {
            return Next::Done;
        }
        let next = asked + 1;
        self.next = Some(next);
        Next::Ask { page: next, page_size: self.page_size }
    }

    /// The number of pages read.
    pub const fn pages_read(&self) -> u32 {
        self.read
    }

    /// The latest `total_items`, if the server gave any.
    pub const fn total_items(&self) -> Option<u64> {
        self.total_items
    }

    /// The ids seen so far.
    pub const fn seen(&self) -> &IdIndex {
        &self.seen
    }

    /// Whether reading ended before all announced pages were read.
    pub const fn incomplete(&self) -> bool {
        self.incomplete
    }
}

#[cfg(test)]
mod tests;
