//! The runs, and since when each is known to be as it is.

use runboard_core::activity::{DatedRun, Moment};
use runboard_core::collections::id_index::IdIndex;
use runboard_core::run::{Run, RunId};
use std::sync::Arc;

#[derive(Default)]
pub(super) struct Data {
    pub(super) runs: Vec<Arc<Run>>,
    /// When the last request that gave each of `runs` was sent: the run was like this at some moment between then and the answer.
    sent: Vec<Moment>,
    /// The index of each run in `runs`.
    places: IdIndex,
    /// Runs put from elsewhere since the full read of the list began. They may be missing from pages that were read earlier.
    pub(super) put_during_full_read: Vec<RunId>,
    /// Runs that were first read one by one: the person created or opened them and will look for them in the list.
    pub(super) opened_directly: Vec<RunId>,
    /// What the other tabs of this browser have not been told.
    pub(super) untold: UntoldChanges,
    /// Whether there are changes that the revision does not reflect yet.
    pub(super) has_unpublished_changes: bool,
}

/// Runs that this tab read differently from before, and runs that no longer exist.
#[derive(Default)]
pub(crate) struct UntoldChanges {
    pub(crate) changed: Vec<RunId>,
    pub(crate) gone: Vec<RunId>,
}

impl Data {
    /// Merges a run, for which the request was sent then; of two versions the one with the later `updated_at` is kept. Returns whether
    /// anything changed.
    pub(super) fn merge(&mut self, run: Run, sent: Moment) -> bool {
        let place = self.places.get(run.id.as_str());
        match place.and_then(|place| self.runs.get_mut(place).zip(self.sent.get_mut(place))) {
            Some((known, known_sent)) => {
                let older = matches!((run.updated_at, known.updated_at), (Some(new), Some(old)) if new < old);
                if older {
                    return false;
                }
                if **known == run {
                    *known_sent = sent.max(*known_sent);
                    return false;
                }
                (*known, *known_sent) = (Arc::new(run), sent);
            }
            None => {
                self.places.insert(run.id.shared(), self.runs.len());
                self.runs.push(Arc::new(run));
                self.sent.push(sent);
            }
        }
        true
    }

    /// Merges a run that this tab has read.
    pub(super) fn merge_own(&mut self, run: Run, sent: Moment) -> bool {
        let id = run.id.clone();
        let changed = self.merge(run, sent);
        if changed {
            self.untold.changed.push(id);
        }
        changed
    }

    /// Removes runs that are gone, as this tab has read. Returns those that were there.
    pub(super) fn retain_own(&mut self, keep: &dyn Fn(&Run) -> bool) -> Vec<RunId> {
        let gone = self.retain(keep);
        self.untold.gone.extend(gone.iter().cloned());
        gone
    }

    pub(super) fn find(&self, ids: &[RunId]) -> impl Iterator<Item = DatedRun> {
        let places = ids.iter().filter_map(|id| self.places.get(id.as_str()));
        places.filter_map(|place| Some((Arc::clone(self.runs.get(place)?), *self.sent.get(place)?)))
    }

    pub(super) fn get(&self, id: &RunId) -> Option<&Arc<Run>> {
        self.runs.get(self.places.get(id.as_str())?)
    }

    /// Removes all other runs. Returns those that were there.
    pub(super) fn retain(&mut self, keep: &dyn Fn(&Run) -> bool) -> Vec<RunId> {
        let keeps: Vec<bool> = self.runs.iter().map(|run| keep(run)).collect();
        let is_gone = |(run, keeps): (&Arc<Run>, &bool)| (!keeps).then(|| run.id.clone());
        let gone: Vec<RunId> = self.runs.iter().zip(&keeps).filter_map(is_gone).collect();
        if !gone.is_empty() {
            let mut each = keeps.iter().copied();
            self.runs.retain(|_| each.next().unwrap_or_default());
            let mut each = keeps.iter().copied();
            self.sent.retain(|_| each.next().unwrap_or_default());
            self.places = IdIndex::default();
            for (place, run) in self.runs.iter().enumerate() {
                self.places.insert(run.id.shared(), place);
            }
        }
        gone
    }
}
