//! Which rows of the list are drawn, and which wait to be asked for: a row that arrives must not push the one that is being read.

use crate::collections::id_index::IdIndex;
use crate::run::RunId;
use std::sync::Arc;

/// The rows that are drawn, in the order in which they are drawn. Shared with whoever made the list, as it may be long.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StableRows {
    shown: Arc<Vec<RunId>>,
    waiting: usize,
}

impl StableRows {
    /// The rows to draw.
    pub const fn shown(&self) -> &Arc<Vec<RunId>> {
        &self.shown
    }

    /// How many rows wait: "Show 3 new runs".
    pub const fn pending(&self) -> usize {
        self.waiting
    }

    /// Draws the rows as they are: on the first reading, when the person changes the query or the order, asks for what
    /// waits, returns to the list, or goes back to its top. Whether that changed what is drawn.
    pub fn show_all(&mut self, fresh: &Arc<Vec<RunId>>) -> bool {
        let waited = std::mem::take(&mut self.waiting) > 0;
        if self.shown == *fresh {
            return waited;
        }
        self.shown = Arc::clone(fresh);
        true
    }

    /// Takes in the rows after a reading; `fresh` in the order asked for. StableRows that are gone go at once: what does not exist
    /// must not be offered. StableRows that were not drawn yet wait, except `own` (the person made them just now and looks for them): those
    /// stand where they belong. While `held` (the person reads, types, or has the focus in the table) the others keep
    /// their places; else they move to where they belong. Whether that changed what is drawn.
    pub fn update(&mut self, fresh: &Arc<Vec<RunId>>, own: &[RunId], held: bool) -> bool {
        if self.shown == *fresh {
            self.waiting = 0;
            return false;
        }
        let was_shown = places(&self.shown);
        let drawn: Vec<RunId> =
            fresh.iter().filter(|id| was_shown.contains(id.as_str()) || own.contains(id)).cloned().collect();
        self.waiting = fresh.len().saturating_sub(drawn.len());
        let next = if held { kept(&self.shown, &drawn, &was_shown) } else { drawn };
        if *self.shown == next {
            return false;
        }
        self.shown = Arc::new(next);
        true
    }
}

/// `drawn` with those that were shown in the order in which they were; a new one stands behind the one it follows in `drawn`.
fn kept(shown: &[RunId], drawn: &[RunId], was_shown: &IdIndex) -> Vec<RunId> {
    let still = places(drawn);
    let mut next: Vec<RunId> = shown.iter().filter(|id| still.contains(id.as_str())).cloned().collect();
    let mut before: Option<&RunId> = None;
    for id in drawn {
        if !was_shown.contains(id.as_str()) {
            let at = before.and_then(|before| next.iter().position(|other| other == before)).map_or(0, |at| at + 1);
            next.insert(at.min(next.len()), id.clone());
        }
        before = Some(id);
    }
    next
}

/// Where each id stands.
fn places(ids: &[RunId]) -> IdIndex {
    let mut places = IdIndex::default();
    for (at, id) in ids.iter().enumerate() {
        places.put(id.shared(), at);
    }
    places
}

#[cfg(test)]
mod tests;
