//! The selected runs, by id, independent of what is listed. The selection never grows on its own: only a person adds to
//! it.

use crate::collections::id_index::IdIndex;
use crate::run::RunId;

/// The selected ids, in the order they were selected.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    ids: Vec<RunId>,
    places: IdIndex,
    /// Where a range starts: the run that was last selected or deselected.
    anchor: Option<RunId>,
}

impl PartialEq for Selection {
    fn eq(&self, other: &Self) -> bool {
        self.ids == other.ids
    }
}

impl Selection {
    /// The selected ids.
    pub fn ids(&self) -> &[RunId] {
        &self.ids
    }

    /// Whether a run is selected.
    pub fn contains(&self, id: &RunId) -> bool {
        self.places.contains(id.as_str())
    }

    /// Selects or deselects a run.
    pub fn toggle(&mut self, id: &RunId) {
        let select = !self.contains(id);
        self.set(std::slice::from_ref(id), select);
        self.anchor = Some(id.clone());
    }

    /// Extends the selection to a run (shift-click): all listed runs from the last one toggled up to this one take the
    /// state that this one changes to. If the last one is not listed, only this run is toggled.
    pub fn extend(&mut self, listed: &[RunId], id: &RunId) {
        let place = |wanted: &RunId| listed.iter().position(|listed| listed == wanted);
        let ends = self.anchor.as_ref().and_then(place).zip(place(id));
        let range = ends.and_then(|(a, b)| listed.get(a.min(b)..=a.max(b)));
        match range {
            Some(range) => {
                self.set(range, !self.contains(id));
                self.anchor = Some(id.clone());
            }
            None => self.toggle(id),
        }
    }

    /// Adds runs to the selection: those listed at this moment.
    pub fn add(&mut self, ids: &[RunId]) {
        self.set(ids, true);
    }

    /// Takes runs out of the selection; the others stay.
    pub fn remove(&mut self, ids: &[RunId]) {
        self.set(ids, false);
    }

    /// Clears the selection.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Keeps only some ids, when runs no longer exist. Returns whether any were dropped.
    pub fn retain(&mut self, keep: &dyn Fn(&RunId) -> bool) -> bool {
        let before = self.ids.len();
        self.ids.retain(|id| keep(id));
        let changed = self.ids.len() != before;
        if changed {
            self.rebuild_index();
        }
        changed
    }

    /// How many selected runs are not listed.
    pub fn hidden_count(&self, listed: &[RunId]) -> usize {
        if self.ids.is_empty() {
            return 0;
        }
        let shown = listed.iter().filter(|id| self.contains(id)).count();
        self.ids.len().saturating_sub(shown)
    }

    fn set(&mut self, ids: &[RunId], select: bool) {
        if select {
            for id in ids {
                if !self.contains(id) {
                    self.places.insert(id.shared(), self.ids.len());
                    self.ids.push(id.clone());
                }
            }
            return;
        }
        let mut gone = IdIndex::default();
        for id in ids {
            gone.insert(id.shared(), 0);
        }
        self.retain(&|id| !gone.contains(id.as_str()));
    }

    fn rebuild_index(&mut self) {
        self.places = IdIndex::default();
        for (place, id) in self.ids.iter().enumerate() {
            self.places.insert(id.shared(), place);
        }
    }
}

#[cfg(test)]
mod tests;
