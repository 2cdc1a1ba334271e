//! Reading lists of runs from any envelope, page by page, without ever following a link: in the printed sample `next`,
//! `prev`, `first` and `self` all point at page 1.

use crate::collections::id_index::IdIndex as Ids;
use crate::json;
use crate::run::Run;
use serde_json::Value;

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
    /// an object with page fields and no array (or a null one) is an empty page. `None` when it is none of these: better "this
    /// is no list" than "no runs yet".
    pub fn read(body: &str) -> Option<Self> {
        let value = json::parse(body)?;
        let field = |keys: [&str; 2]| keys.iter().find_map(|key| json::count(value.get(key)?));
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let mut page = Self {
            page: field(["page", "page"]).map(narrow),
            page_size: field(["page_size", "pageSize"]).map(narrow),
            total_items: field(["total_items", "totalItems"]),
            total_pages: field(["total_pages", "totalPages"]).map(narrow),
            ..Self::default()
        };
        let paged = page.page.is_some() || page.page_size.is_some();
        let counted = page.total_items.is_some() || page.total_pages.is_some();
        let entries = match entries(&value) {
            Some(entries) => entries,
            None if (paged || counted) && holds_nothing(&value) => &[],
            None => return None,
        };
        page.runs = entries.iter().filter_map(Run::read).collect();
        page.unreadable = entries.len().saturating_sub(page.runs.len());
        Some(page)
    }
}

/// Where a list may stand at the top of an answer.
const TOP: [&str; 3] = ["runs", "items", "data"];

/// The entries of a list, wherever its envelope keeps them.
fn entries(value: &Value) -> Option<&[Value]> {
    let array = |value: &'_ Value| value.as_array().is_some();
    if let Value::Array(entries) = value {
        return Some(entries);
    }
    let embedded = value.get("_embedded").and_then(Value::as_object);
    let only = embedded.and_then(|embedded| {
        let mut arrays = embedded.values().filter(|value| array(value));
        arrays.next().filter(|_| arrays.next().is_none())
    });
    let runs = embedded.and_then(|embedded| embedded.get("runs")).filter(|value| array(value));
    let top = || TOP.iter().find_map(|key| value.get(key).filter(|value| array(value)));
    runs.or(only).or_else(top)?.as_array().map(Vec::as_slice)
}

/// Whether an object has nothing in any of the places of a list.
fn holds_nothing(value: &Value) -> bool {
    let nothing = |key: &str| value.get(key).is_none_or(Value::is_null);
    let embedded = match value.get("_embedded") {
        Some(Value::Object(embedded)) => embedded.values().all(Value::is_null),
        _ => nothing("_embedded"),
    };
    embedded && TOP.into_iter().all(nothing)
}

/// How far the reading of a paged list has come. Asks for one page after the other and knows when to stop.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    page_size: Option<u32>,
    next: Option<u32>,
    read: u32,
    seen: Ids,
    total_items: Option<u64>,
    incomplete: bool,
    /// Pages in a row of which not one entry could be read.
    illegible: u32,
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
    /// one asked for, or a page that brings no run that was not seen before although it was to be there, or an empty one. A page of
    /// which no entry could be read is passed over once, so that one broken entry does not hide what follows. Without
    /// `total_pages` the number of pages is that of `total_items` at `page_size`. After the end every further answer is ignored.
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
            brought |= self.seen.put(run.id.shared(), self.seen.len());
        }
        self.illegible = if page.runs.is_empty() && page.unreadable > 0 { self.illegible.saturating_add(1) } else { 0 };

        let other = page.page.is_some_and(|answered| answered != asked);
        let barren = !brought && self.illegible == 0;
        // An empty list is whole; so is one that a server counts from page 0, as long as it says that there is no more.
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

    /// How many pages have been read.
    pub const fn pages_read(&self) -> u32 {
        self.read
    }

    /// `total_items` as answered last, if at all.
    pub const fn total_items(&self) -> Option<u64> {
        self.total_items
    }

    /// The ids seen so far.
    pub const fn seen(&self) -> &Ids {
        &self.seen
    }

    /// Whether the reading ended before all announced pages were had.
    pub const fn incomplete(&self) -> bool {
        self.incomplete
    }
}

#[cfg(test)]
mod tests;
