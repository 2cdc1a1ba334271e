//! All runs that were read: plain data, and a revision that rises with every change.

mod data;

use crate::api::Api;
use crate::leak::leak;
use crate::state::clock::Clock;
use data::Data;
pub(crate) use data::UntoldChanges;
use leptos::prelude::*;
use runboard_core::activity::{DatedRun, Moment};
use runboard_core::collections::id_index::IdIndex;
use runboard_core::run::{Run, RunId};
use runboard_core::time::Timestamp;
use std::rc::Rc;
use std::sync::Arc;

/// All runs.
pub struct RunStore {
    api: &'static Api,
    clock: &'static Clock,
    data: StoredValue<Data>,
    revision: RwSignal<u64>,
    on_read: StoredValue<Option<ReadListener>, LocalStorage>,
    on_shared: StoredValue<Option<ReadListener>, LocalStorage>,
    has_shared: StoredValue<bool>,
    on_taken_in: StoredValue<Option<TakenInListener>, LocalStorage>,
    complete_as_of: StoredValue<Option<Timestamp>>,
}

/// Whether a reading is part of the full read of the list that is under way, at whose end the runs that it did not have are removed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PartOf {
    /// It is
    FullRead,
    /// It is not: the full read may be past the place of these runs already
    Nothing,
}

/// Called with all runs that are read, before they are merged.
pub(crate) type ReadListener = Rc<dyn Fn(&[Run])>;

/// Called after a reading was merged.
pub(crate) type TakenInListener = Rc<dyn Fn(TakenIn<'_>)>;

/// What the store has taken in.
pub(crate) enum TakenIn<'a> {
    /// These runs were read, here or in another tab, and are known as they are in the store.
    Runs(Vec<DatedRun>),
    /// All runs that existed at that instant are known.
    All(Timestamp),
    /// These runs no longer exist.
    Gone(&'a [RunId]),
}

impl RunStore {
    pub(crate) fn new(api: &'static Api, clock: &'static Clock) -> &'static Self {
        leak(Self {
            api,
            clock,
            data: StoredValue::new(Data::default()),
            revision: RwSignal::new(0),
            on_read: StoredValue::new_local(None),
            on_shared: StoredValue::new_local(None),
            has_shared: StoredValue::new(false),
            on_taken_in: StoredValue::new_local(None),
            complete_as_of: StoredValue::new(None),
        })
    }

    /// Sets the listener for all runs that are read.
    pub(crate) fn on_read(&'static self, listener: ReadListener) {
        self.on_read.set_value(Some(listener));
    }

    /// Sets the listener for what was taken in.
    pub(crate) fn on_taken_in(&'static self, listener: TakenInListener) {
        self.on_taken_in.set_value(Some(listener));
    }

    fn notify_taken_in(&'static self, taken_in: TakenIn<'_>) {
        if let Some(listener) = self.on_taken_in.try_get_value().flatten() {
            listener(taken_in);
        }
    }

    /// The ids of runs that are about to be merged, if anybody wants to know.
    fn ids_to_notify(&'static self, runs: &[Run]) -> Vec<RunId> {
        let is_heard = self.on_taken_in.try_with_value(Option::is_some) == Some(true);
        if is_heard { runs.iter().map(|run| run.id.clone()).collect() } else { Vec::new() }
    }

    fn notify_merged(&'static self, ids: &[RunId]) {
        if !ids.is_empty() {
            self.notify_taken_in(TakenIn::Runs(self.dated(ids)));
        }
    }

    fn notify_gone(&'static self, gone: &[RunId]) {
        if !gone.is_empty() {
            self.notify_taken_in(TakenIn::Gone(gone));
        }
    }

    /// Sets the listener for all runs that another tab has read.
    pub(crate) fn on_shared(&'static self, listener: ReadListener) {
        self.on_shared.set_value(Some(listener));
    }

    /// Whether some of the runs may be known from another tab only.
    pub(crate) fn has_shared(&'static self) -> bool {
        self.has_shared.try_get_value().unwrap_or(false)
    }

    fn notify_read(&'static self, runs: &[Run]) {
        if let Some(listener) = self.on_read.try_get_value().flatten() {
            listener(runs);
        }
    }

    /// Rises with every change; tracked.
    pub(crate) fn revision(&'static self) -> u64 {
        self.revision.get()
    }

    /// A run, if it was read; tracked.
    pub(crate) fn get(&'static self, id: &RunId) -> Option<Arc<Run>> {
        self.revision.track();
        self.get_untracked(id)
    }

    /// A run, if it was read; not tracked.
    pub(crate) fn get_untracked(&'static self, id: &RunId) -> Option<Arc<Run>> {
        self.data.try_with_value(|data| data.get(id).cloned()).flatten()
    }

    /// When the request was sent whose answer was read last.
    pub(crate) fn last_sent(&'static self) -> Moment {
        let now = self.clock.moment();
        self.api.last_sent().map_or(now, |sent| self.clock.moment_at(sent).earliest(now))
    }

    /// Those of these runs that are known, each with the time at which the request was sent that gave it; not tracked.
    pub(crate) fn dated(&'static self, ids: &[RunId]) -> Vec<DatedRun> {
        self.data.try_with_value(|data| data.find(ids).collect()).unwrap_or_default()
    }

    /// Passes all runs to `f`, in no particular order, without copying them; tracked.
    pub(crate) fn with_all<U>(&'static self, f: impl FnOnce(&[Arc<Run>]) -> U) -> U {
        self.revision.track();
        self.data.with_value(|data| f(&data.runs))
    }

    /// The ids of the runs that match; not tracked.
    pub(crate) fn ids_where(&'static self, matches: &dyn Fn(&Run) -> bool) -> Vec<RunId> {
        let ids = |data: &Data| data.runs.iter().filter(|run| matches(run)).map(|run| run.id.clone()).collect();
        self.data.try_with_value(ids).unwrap_or_default()
    }

    /// The runs that the person created or opened before any page of the list had them; not tracked.
    pub(crate) fn opened_directly(&'static self) -> Vec<RunId> {
        self.data.try_with_value(|data| data.opened_directly.clone()).unwrap_or_default()
    }

    /// The number of runs; not tracked.
    pub(crate) fn len_untracked(&'static self) -> usize {
        self.data.try_with_value(|data| data.runs.len()).unwrap_or(0)
    }

    /// Merges a run from the response that was read last and has only this one (run, create, stop).
    pub fn put(&'static self, run: Run) {
        self.put_sent(run, self.last_sent());
    }

    /// Merges a run for which the earliest request was sent then.
    pub(crate) fn put_sent(&'static self, run: Run, sent: Moment) {
        self.notify_read(std::slice::from_ref(&run));
        let ids = self.ids_to_notify(std::slice::from_ref(&run));
        let changed = self.data.try_update_value(|data| {
            data.put_during_full_read.push(run.id.clone());
            if data.get(&run.id).is_none() {
                data.opened_directly.push(run.id.clone());
            }
            data.merge_own(run, sent)
        });
        self.notify_merged(&ids);
        self.publish(changed.unwrap_or(false));
    }

    /// Merges runs that another tab has read, without publishing the change.
    pub(crate) fn merge_shared(&'static self, runs: Vec<DatedRun>, part_of: PartOf) {
        let now = self.clock.moment();
        let (runs, sent): (Vec<Run>, Vec<Moment>) =
            runs.into_iter().map(|(run, sent)| (Arc::unwrap_or_clone(run), sent.earliest(now))).unzip();
        self.has_shared.set_value(true);
        if let Some(listener) = self.on_shared.try_get_value().flatten() {
            listener(&runs);
        }
        let ids = self.ids_to_notify(&runs);
        self.data.try_update_value(|data| {
            for (run, sent) in runs.into_iter().zip(sent) {
                if part_of == PartOf::Nothing {
                    data.put_during_full_read.push(run.id.clone());
                }
                data.has_unpublished_changes |= data.merge(run, sent);
            }
        });
        self.notify_merged(&ids);
    }

    /// Removes runs that are gone, as another tab has read, without publishing the change.
    pub(crate) fn remove_shared(&'static self, gone: &[RunId]) {
        if !gone.is_empty() {
            let removed = self.data.try_update_value(|data| {
                let removed = data.retain(&|run| !gone.contains(&run.id));
                data.has_unpublished_changes |= !removed.is_empty();
                removed
            });
            self.notify_gone(&removed.unwrap_or_default());
        }
    }

    /// What this tab has read and the others were not told.
    pub(crate) fn take_untold(&'static self) -> UntoldChanges {
        self.data.try_update_value(|data| std::mem::take(&mut data.untold)).unwrap_or_default()
    }

    /// A full read of the list begins.
    pub fn begin_full_read(&'static self) {
        self.data.try_update_value(|data| data.put_during_full_read.clear());
    }

    /// Merges a page of the list and publishes the change.
    pub fn put_page(&'static self, runs: Vec<Run>) {
        self.merge_page(runs, PartOf::FullRead);
        self.publish_changes();
    }

    /// Merges the page of the list that was read last, without publishing the change, because rendering after every page of many
    /// would be slow.
    pub fn merge_page(&'static self, runs: Vec<Run>, part_of: PartOf) {
        let sent = self.last_sent();
        self.notify_read(&runs);
        let ids = self.ids_to_notify(&runs);
        self.data.try_update_value(|data| {
            for run in runs {
                if part_of == PartOf::Nothing {
                    data.put_during_full_read.push(run.id.clone());
                }
                data.has_unpublished_changes |= data.merge_own(run, sent);
            }
        });
        self.notify_merged(&ids);
    }

    /// Publishes what [`RunStore::merge_page`] has changed.
    pub fn publish_changes(&'static self) {
        let changed = self.data.try_update_value(|data| std::mem::take(&mut data.has_unpublished_changes));
        self.publish(changed.unwrap_or(false));
    }

    /// The full read has reached the end of the list: runs that were on no page no longer exist.
    pub fn finish_full_read(&'static self, seen: &IdIndex) {
        let outcome = self.data.try_update_value(|data| {
            let put = std::mem::take(&mut data.put_during_full_read);
            let gone = data.retain_own(&|run| seen.contains(run.id.as_str()) || put.contains(&run.id));
            (!gone.is_empty() | std::mem::take(&mut data.has_unpublished_changes), gone)
        });
        let (changed, gone) = outcome.unwrap_or_default();
        self.notify_gone(&gone);
        self.publish(changed);
    }

    /// The last instant at which all runs were known; `None` if they never were.
    pub(crate) fn complete_as_of(&'static self) -> Option<Timestamp> {
        self.complete_as_of.try_get_value().flatten()
    }

    /// Records that all runs that existed at that instant are known.
    pub fn set_complete_as_of(&'static self, at: Timestamp) {
        self.complete_as_of.set_value(Some(at));
        self.notify_taken_in(TakenIn::All(at));
    }

    /// Removes a run that the API says does not exist.
    pub fn remove(&'static self, id: &RunId) {
        let gone = self.data.try_update_value(|data| data.retain_own(&|run| run.id != *id)).unwrap_or_default();
        self.notify_gone(&gone);
        self.publish(!gone.is_empty());
    }

    /// Removes all runs: the person signed out or is another one.
    pub fn clear(&'static self) {
        self.data.set_value(Data::default());
        self.has_shared.set_value(false);
        self.complete_as_of.set_value(None);
        self.publish(true);
    }

    fn publish(&'static self, changed: bool) {
        if changed {
            self.revision.try_update(|revision| *revision = revision.wrapping_add(1));
        }
    }
}
