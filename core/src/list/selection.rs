//! Which runs are selected: ids, whatever is listed. It never grows by itself: only what a person points at gets in.

use crate::collections::id_index::IdIndex;
use crate::run::RunId;

/// The ids that are selected, in the order in which they were.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    ids: Vec<RunId>,
    places: IdIndex,
    /// Where a range begins: what was selected or unselected last.
    anchor: Option<RunId>,
}

impl PartialEq for Selection {
    fn eq(&self, other: &Self) -> bool {
        self.ids == other.ids
    }
}

impl Selection {
    /// What is selected.
    pub fn ids(&self) -> &[RunId] {
        &self.ids
    }

    /// Whether a run is selected.
    pub fn contains(&self, id: &RunId) -> bool {
        self.places.contains(id.as_str())
    }

    /// A person points at a run: it is selected, or no longer.
    pub fn toggle(&mut self, id: &RunId) {
        let select = !self.contains(id);
        self.set(std::slice::from_ref(id), select);
        self.anchor = Some(id.clone());
    }

    /// A person points at a run with the shift key: all from the one pointed at before up to it, as they are listed, become
    /// what it becomes. The run alone, where the one before is not listed.
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

    /// Selects these, too: what is listed at this moment.
    pub fn add(&mut self, ids: &[RunId]) {
        self.set(ids, true);
    }

    /// Nothing is selected any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets the others: runs that are gone. Says whether there were any.
    pub fn retain(&mut self, keep: &dyn Fn(&RunId) -> bool) -> bool {
        let before = self.ids.len();
        self.ids.retain(|id| keep(id));
        let changed = self.ids.len() != before;
        if changed {
            self.rebuild_index();
        }
        changed
    }

    /// How many of the selected ones are not listed.
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
                    self.places.put(id.shared(), self.ids.len());
                    self.ids.push(id.clone());
                }
            }
            return;
        }
        let mut gone = IdIndex::default();
        for id in ids {
            gone.put(id.shared(), 0);
        }
        self.retain(&|id| !gone.contains(id.as_str()));
    }

    fn rebuild_index(&mut self) {
        self.places = IdIndex::default();
        for (place, id) in self.ids.iter().enumerate() {
            self.places.put(id.shared(), place);
        }
    }
}

#[cfg(test)]
mod tests;
