//! Reading lists of runs from any envelope, page by page, without ever following a link: in the printed sample `next`,
//! `prev`, `first` and `self` all point at page 1.

use crate::run::{Run, RunId};
use std::collections::HashSet;

/// One answer of the list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// The entries that could be read, in the order given.
    pub runs: Vec<Run>,
    /// How many entries could not be read (no object, no id).
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
    /// Reads a list: a bare array; `_embedded.runs`; else the only array in `_embedded`; else `runs`, `items` or `data` at the top;
    /// an object with page fields and no array (or a null one) is an empty page. `None` when it is none of these.
    pub fn read(body: &str) -> Option<Self> {
        todo!()
    }
}

/// How far the reading of a paged list has come. Asks for one page after the other and knows when to stop.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    page_size: Option<u32>,
    next: Option<u32>,
    read: u32,
    seen: HashSet<RunId>,
    total_items: Option<u64>,
    incomplete: bool,
}

/// What to ask for after a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// `?page=N&page_size=S` (no `page_size` where the server named none).
    Ask {
        /// The page, from 2 on.
        page: u32,
        /// The size the server answered for page 1.
        page_size: Option<u32>,
    },
    /// All pages are read, or nothing more can be had.
    Done,
}

impl Pager {
    /// No page asks for more than this many; a server that claims more is not believed.
    pub const MOST_PAGES: u32 = 100_000;

    /// Nothing read yet: the first request is sent without a query, exactly as printed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the answer to the page asked for last (first the one without a query) and says what comes next: while
    /// `page < total_pages`; never because of a link. Ends, and is marked incomplete, when the server answers another page than the
    /// one asked for, or a page that brings no run that was not seen before although it was to be there, or an empty one.
    pub fn accept(&mut self, page: &Page) -> Next {
        todo!()
    }

    /// How many pages have been read.
    pub const fn pages_read(&self) -> u32 {
        self.read
    }

    /// `total_items` as answered last, if at all.
    pub const fn total_items(&self) -> Option<u64> {
        self.total_items
    }

    /// The ids seen so far.
    pub const fn seen(&self) -> &HashSet<RunId> {
        &self.seen
    }

    /// Whether the reading ended before all announced pages were had.
    pub const fn incomplete(&self) -> bool {
        self.incomplete
    }
}
