//! All runs that this console has read: plain data at the application's root, and a revision that rises when something
//! changed.

use leptos::prelude::*;
use runboard_core::collections::id_index::IdIndex;
use runboard_core::run::{Run, RunId};
use runboard_core::time::Timestamp;
use std::rc::Rc;
use std::sync::Arc;

/// All runs.
#[derive(Clone, Copy)]
pub struct RunStore {
    data: StoredValue<Data>,
    revision: RwSignal<u64>,
    witness: StoredValue<Option<Witness>, LocalStorage>,
    whole_at: StoredValue<Option<Timestamp>>,
}

/// Sees every run that is read, as it comes.
pub type Witness = Rc<dyn Fn(&[Run])>;

#[derive(Default)]
struct Data {
    runs: Vec<Arc<Run>>,
    /// Where each stands in `runs`.
    places: IdIndex,
    /// Put by a single answer since the reading of the list began: such a run may be missing on pages read before.
    put_since: Vec<RunId>,
    /// First read by a single answer: the person made or opened them, and looks for them.
    own: Vec<RunId>,
    /// Something changed that nobody was told of yet.
    untold: bool,
}

impl RunStore {
    /// An empty store.
    pub fn new() -> Self {
        Self {
            data: StoredValue::new(Data::default()),
            revision: RwSignal::new(0),
            witness: StoredValue::new_local(None),
            whole_at: StoredValue::new(None),
        }
    }

    /// Lets somebody see every run that is read, before it is taken in.
    pub fn shown_to(self, witness: Witness) {
        self.witness.set_value(Some(witness));
    }

    fn show(self, runs: &[Run]) {
        if let Some(witness) = self.witness.try_get_value().flatten() {
            witness(runs);
        }
    }

    /// Rises when anything changed; tracked.
    pub fn revision(self) -> u64 {
        self.revision.get()
    }

    /// A run, if it was read; not tracked.
    pub fn get(self, id: &RunId) -> Option<Arc<Run>> {
        self.data.try_with_value(|data| data.get(id).cloned()).flatten()
    }

    /// A run, if it was read; tracked.
    pub fn track(self, id: &RunId) -> Option<Arc<Run>> {
        self.revision.track();
        self.get(id)
    }

    /// All runs, in no order; tracked.
    pub fn all(self) -> Vec<Arc<Run>> {
        self.revision.track();
        self.data.with_value(|data| data.runs.clone())
    }

    /// Looks at all runs, in no order; tracked. Nothing is copied: there may be very many.
    pub fn with_all<U>(self, look: impl FnOnce(&[Arc<Run>]) -> U) -> U {
        self.revision.track();
        self.data.with_value(|data| look(&data.runs))
    }

    /// The ids of the runs of which something holds; not tracked.
    pub fn ids_where(self, holds: &dyn Fn(&Run) -> bool) -> Vec<RunId> {
        let ids = |data: &Data| data.runs.iter().filter(|run| holds(run)).map(|run| run.id.clone()).collect();
        self.data.try_with_value(ids).unwrap_or_default()
    }

    /// The runs that the person made or opened before any list had them; not tracked.
    pub fn own(self) -> Vec<RunId> {
        self.data.try_with_value(|data| data.own.clone()).unwrap_or_default()
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

    /// How many runs there are; not tracked.
    pub fn len_untracked(self) -> usize {
        self.data.try_with_value(|data| data.runs.len()).unwrap_or(0)
    }

    /// Whether there are none; not tracked.
    pub fn is_empty_untracked(self) -> bool {
        self.data.try_with_value(|data| data.runs.is_empty()).unwrap_or(true)
    }

    /// Takes in one run from a single answer (run, create, stop).
    pub fn put(self, run: Run) {
        self.show(std::slice::from_ref(&run));
        let changed = self.data.try_update_value(|data| {
            data.put_since.push(run.id.clone());
            if data.get(&run.id).is_none() {
                data.own.push(run.id.clone());
            }
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
        self.take_in(runs, false);
        self.tell();
    }

    /// Takes in a page of the list without telling anyone yet: while many pages come, what is drawn follows now and then.
    /// `beside`: the page was read beside a reading of the whole list, which may have passed its place already.
    pub fn take_in(self, runs: Vec<Run>, beside: bool) {
        self.show(&runs);
        self.data.try_update_value(|data| {
            for run in runs {
                if beside {
                    data.put_since.push(run.id.clone());
                }
                data.untold |= data.merge(run);
            }
        });
    }

    /// Tells of what was taken in.
    pub fn tell(self) {
        let changed = self.data.try_update_value(|data| std::mem::take(&mut data.untold));
        self.announce(changed.unwrap_or(false));
    }

    /// The list was read to its end: runs that were on no page are gone.
    pub fn end_reading(self, seen: &IdIndex) {
        let changed = self.data.try_update_value(|data| {
            let put_since = std::mem::take(&mut data.put_since);
            let gone = data.keep(&|run| seen.contains(run.id.as_str()) || put_since.contains(&run.id));
            gone | std::mem::take(&mut data.untold)
        });
        self.announce(changed.unwrap_or(false));
    }

    /// All runs were known then; `None` where they never were.
    pub fn whole_at(self) -> Option<Timestamp> {
        self.whole_at.try_get_value().flatten()
    }

    /// All runs that there were then are known.
    pub fn note_whole(self, at: Timestamp) {
        self.whole_at.set_value(Some(at));
    }

    /// Forgets a run that the API says does not exist.
    pub fn remove(self, id: &RunId) {
        let changed = self.data.try_update_value(|data| data.keep(&|run| run.id != *id));
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

impl Default for RunStore {
    fn default() -> Self {
        Self::new()
    }
}

impl Data {
    /// Keeps the newer of two states of a run, as far as `updated_at` tells; says whether anything changed.
    fn merge(&mut self, run: Run) -> bool {
        let place = self.places.get(run.id.as_str());
        match place.and_then(|place| self.runs.get_mut(place)) {
            Some(known) => {
                let older = matches!((run.updated_at, known.updated_at), (Some(new), Some(old)) if new < old);
                if older || **known == run {
                    return false;
                }
                *known = Arc::new(run);
            }
            None => {
                self.places.put(run.id.shared(), self.runs.len());
                self.runs.push(Arc::new(run));
            }
        }
        true
    }

    fn get(&self, id: &RunId) -> Option<&Arc<Run>> {
        self.runs.get(self.places.get(id.as_str())?)
    }

    /// Forgets the others; says whether there were any.
    fn keep(&mut self, keep: &dyn Fn(&Run) -> bool) -> bool {
        let before = self.runs.len();
        self.runs.retain(|run| keep(run));
        let changed = self.runs.len() != before;
        if changed {
            self.places = IdIndex::default();
            for (place, run) in self.runs.iter().enumerate() {
                self.places.put(run.id.shared(), place);
            }
        }
        changed
    }
}
