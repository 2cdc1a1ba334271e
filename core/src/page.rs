//! One page of the list of runs. Links are never followed: in the documented sample `next`, `prev`, `first` and `self` all
//! point at page 1.

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

    /// The number of the last page, as far as the API says.
    pub fn last_page(&self) -> Option<u32> {
        let counted = || {
            let size = self.page_size.filter(|size| *size > 0)?;
            u32::try_from(self.total_items?.div_ceil(size.into())).ok()
        };
        self.total_pages.or_else(counted)
    }
}

#[cfg(test)]
mod tests;
