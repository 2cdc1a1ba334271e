//! Which rows of the list are shown and which are held back, so that new rows never push away the one being read.

use crate::collections::id_index::IdIndex;
use crate::run::RunId;
use std::sync::Arc;

/// The rows as shown. Shared through an `Arc`, as the list may be long.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StableRows {
    shown: Arc<Vec<RunId>>,
    waiting: usize,
    has_unlisted: bool,
}

/// Which rows stay where they are.
#[derive(Clone, Copy)]
pub enum Keep<'a> {
    /// None: rows move to where they belong, and those that are not listed any more go.
    Nothing,
    /// Those that are still listed keep their order: the person is reading, or types.
    Places,
    /// All, also those that the query does not list any more: the person is pointing at one. Those of which this is false do not exist
    /// any more, and go: they must not be offered.
    Rows(&'a dyn Fn(&RunId) -> bool),
}

impl StableRows {
    /// The rows to show.
    pub const fn shown(&self) -> &Arc<Vec<RunId>> {
        &self.shown
    }

    /// How many rows are held back: "Show 3 new runs".
    pub const fn pending(&self) -> usize {
        self.waiting
    }

    /// Shows all rows in the given order: on the first load, and when the person changes the query or the order, asks
    /// for the new runs, returns to the list or scrolls to its top. Returns whether that changed what is shown.
    pub fn show_all(&mut self, fresh: &Arc<Vec<RunId>>) -> bool {
        let waited = std::mem::take(&mut self.waiting) > 0;
        self.has_unlisted = false;
        if self.shown == *fresh {
            return waited;
        }
        self.shown = Arc::clone(fresh);
        true
    }

    /// Whether rows are shown that are not listed any more ([`Keep::Rows`]).
    pub const fn has_unlisted(&self) -> bool {
        self.has_unlisted
    }

    /// Updates the rows after a refresh; `fresh` is in the requested order. New rows are held back, except `own` (the person just
    /// created them and looks for them), which appear in their place. `keep` says which of the others stay where they are. Returns
    /// whether that changed what is shown.
    pub fn update(&mut self, fresh: &Arc<Vec<RunId>>, own: &[RunId], keep: Keep<'_>) -> bool {
        self.has_unlisted = false;
        if self.shown == *fresh {
            self.waiting = 0;
            return false;
        }
        let was_shown = indices(&self.shown);
        let to_show: Vec<RunId> =
            fresh.iter().filter(|id| was_shown.contains(id.as_str()) || own.contains(id)).cloned().collect();
        self.waiting = fresh.len().saturating_sub(to_show.len());
        let next = match keep {
            Keep::Nothing => to_show,
            Keep::Places => keep_order(&self.shown, &to_show, &was_shown, &|_| false),
            Keep::Rows(exists) => keep_order(&self.shown, &to_show, &was_shown, exists),
        };
        self.has_unlisted = next.len() > fresh.len().saturating_sub(self.waiting);
        if *self.shown == next {
            return false;
        }
        self.shown = Arc::new(next);
        true
    }
}

/// `to_show`, and the other rows that `stays` is true of, with those that were shown in their previous order; a new row comes right
/// after the one it follows in `to_show`.
fn keep_order(shown: &[RunId], to_show: &[RunId], was_shown: &IdIndex, stays: &dyn Fn(&RunId) -> bool) -> Vec<RunId> {
    let still = indices(to_show);
    let mut next: Vec<RunId> = shown.iter().filter(|id| still.contains(id.as_str()) || stays(id)).cloned().collect();
    let mut before: Option<&RunId> = None;
    for id in to_show {
        if !was_shown.contains(id.as_str()) {
            let at = before.and_then(|before| next.iter().position(|other| other == before)).map_or(0, |at| at + 1);
            next.insert(at.min(next.len()), id.clone());
        }
        before = Some(id);
    }
    next
}

/// The index of each id.
fn indices(ids: &[RunId]) -> IdIndex {
    let mut indices = IdIndex::default();
    for (at, id) in ids.iter().enumerate() {
        indices.insert(id.shared(), at);
    }
    indices
}

#[cfg(test)]
mod tests;
