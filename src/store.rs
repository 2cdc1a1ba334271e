//! All runs that this console has read: plain data at the application's root, and a revision that rises when something
//! changed. Signals exist only for what is drawn.

use crate::reactive::{RwSignal, StoredValue};
use runboard_core::run::{Run, RunId};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// All runs.
#[derive(Clone, Copy)]
pub struct Store {
    data: StoredValue<Data>,
    revision: RwSignal<u64>,
}

#[derive(Default)]
struct Data {
    runs: HashMap<RunId, Arc<Run>>,
    /// Put by a single answer since the reading of the list began: such a run may be missing on pages read before.
    put_since: Vec<RunId>,
}

impl Store {
    /// An empty store.
    pub fn new() -> Self {
        Self { data: StoredValue::new(Data::default()), revision: RwSignal::new(0) }
    }

    /// Rises when anything changed; tracked.
    pub fn revision(self) -> u64 {
        self.revision.get()
    }

    /// A run, if it was read; not tracked.
    pub fn get(self, id: &RunId) -> Option<Arc<Run>> {
        self.data.try_with_value(|data| data.runs.get(id).cloned()).flatten()
    }

    /// A run, if it was read; tracked.
    pub fn track(self, id: &RunId) -> Option<Arc<Run>> {
        self.revision.track();
        self.get(id)
    }

    /// All runs, in no order; tracked.
    pub fn all(self) -> Vec<Arc<Run>> {
        self.revision.track();
        self.data.with_value(|data| data.runs.values().cloned().collect())
    }

    /// How many runs there are; tracked.
    pub fn len(self) -> usize {
        self.revision.track();
        self.data.with_value(|data| data.runs.len())
    }

    /// Whether there are none; tracked.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether there are none; not tracked.
    pub fn is_empty_untracked(self) -> bool {
        self.data.try_with_value(|data| data.runs.is_empty()).unwrap_or(true)
    }

    /// Takes in one run from a single answer (run, create, stop).
    pub fn put(self, run: Run) {
        let changed = self.data.try_update_value(|data| {
            data.put_since.push(run.id.clone());
            data.merge(run)
        });
        self.announce(changed.unwrap_or(false));
    }

    /// A reading of the whole list begins.
    pub fn begin_reading(self) {
        self.data.try_update_value(|data| data.put_since.clear());
    }

    /// Takes in a page of the list.
    pub fn put_page(self, runs: Vec<Run>) {
        let changed = self.data.try_update_value(|data| {
            let mut changed = false;
            for run in runs {
                changed |= data.merge(run);
            }
            changed
        });
        self.announce(changed.unwrap_or(false));
    }

    /// The list was read to its end: runs that were on no page are gone.
    pub fn end_reading(self, seen: &HashSet<RunId>) {
        let changed = self.data.try_update_value(|data| {
            let before = data.runs.len();
            let Data { runs, put_since } = data;
            runs.retain(|id, _| seen.contains(id) || put_since.contains(id));
            runs.len() != before
        });
        self.announce(changed.unwrap_or(false));
    }

    /// Forgets a run that the API says does not exist.
    pub fn remove(self, id: &RunId) {
        let changed = self.data.try_update_value(|data| data.runs.remove(id).is_some());
        self.announce(changed.unwrap_or(false));
    }

    /// Forgets everything: the person signed out or changed.
    pub fn clear(self) {
        self.data.set_value(Data::default());
        self.announce(true);
    }

    fn announce(self, changed: bool) {
        if changed {
            self.revision.try_update(|revision| *revision = revision.wrapping_add(1));
        }
    }
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

impl Data {
    /// Keeps the newer of two states of a run, as far as `updated_at` tells; says whether anything changed.
    fn merge(&mut self, run: Run) -> bool {
        if let Some(known) = self.runs.get(&run.id) {
            let older = matches!((run.updated_at, known.updated_at), (Some(new), Some(old)) if new < old);
            if older || **known == run {
                return false;
            }
        }
        self.runs.insert(run.id.clone(), Arc::new(run));
        true
    }
}
