//! Keeps the record in the browser's storage.

use super::Person;
use super::handle::ActivityHandle;
use super::storage::{Kept, RecordStorage, Stored, runs_of};
use super::telling::Message;
use crate::browser::database::StorageRefused;
use crate::browser::page;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::{Entry, Record};
use std::rc::Rc;
use std::sync::Arc;

impl ActivityHandle {
    /// Removes everything that is recorded, in all tabs of this person.
    pub fn clear(&'static self) {
        // Before the record is loaded there is nothing to clear.
        if !self.is_loaded() {
            return;
        }
        self.pending.set_value(Vec::new());
        self.lost_at.set(None);
        self.forget();
        self.tell_tabs(Message::Cleared);
        let person = self.person.get_value();
        spawn_local(async move {
            let is_cleared = self.clear_storage(&person).await.is_ok();
            if is_cleared {
                self.tell_tabs_of(&person, Message::StorageCleared);
            }
            // Somebody else may have signed in here meanwhile.
            if !self.is_still(&person) {
                return;
            }
            if is_cleared {
                self.storage_was_cleared().await;
            } else {
                self.give_up(Kept::NotCleared);
            }
        });
    }

    async fn clear_storage(&'static self, person: &Option<Person>) -> Result<(), StorageRefused> {
        match self.storage.get_value() {
            Some(storage) if storage.clear().await.is_ok() => Ok(()),
            Some(_) => self.reopen(person).await?.clear().await,
            // It was given up, and holds what was stored before.
            None => match scope_of(person) {
                Some(scope) => RecordStorage::open(scope).await?.clear().await,
                None => Ok(()),
            },
        }
    }

    /// Everything that is stored was removed, here or in another tab.
    pub(super) async fn storage_was_cleared(&'static self) {
        if self.kept.try_get_untracked() == Some(Kept::NotCleared) {
            self.kept.set(Kept::Refused);
        }
        // Drops what a write under way has put back into the record, and keeps what was written since.
        self.read_again().await;
    }

    /// Empties the record in this tab.
    pub(super) fn forget(&'static self) {
        self.times_cleared.try_update_value(|times| *times = times.wrapping_add(1));
        self.set_record(Record::default());
    }

    /// Stores what is known of the runs, so that the next visit can tell what changed since.
    pub(super) fn store_known(&'static self) {
        let Some(storage) = self.storage.try_get_value().flatten() else { return };
        let moment = self.sources.clock.moment();
        let known = self.known_runs.try_with_value(|known| known.all_known().map(|_| known.to_text(moment.api)));
        let Some(text) = known.flatten() else { return };
        self.known_stored_at.set_value(Some(moment.here));
        spawn_local(async move {
            // Where it is refused, so is the next entry, which says so.
            let _ = storage.put_known(&text, moment.here).await;
        });
    }

    /// Moves what is pending into the record, in one transaction after the other.
    pub(super) fn write_pending(&'static self) {
        if !self.is_loaded() || self.is_writing.try_get_value() != Some(false) {
            return;
        }
        self.is_writing.set_value(true);
        spawn_local(async move {
            loop {
                // What is pending for somebody who has signed in meanwhile waits until their record is loaded.
                let loaded = self.is_loaded().then(|| self.pending.try_update_value(std::mem::take));
                let entries = loaded.flatten().unwrap_or_default();
                if entries.is_empty() {
                    break;
                }
                self.write(entries).await;
            }
            self.is_writing.try_set_value(false);
        });
    }

    async fn write(&'static self, entries: Vec<Entry>) {
        let person = self.person.try_get_value().flatten();
        let (had_any, times_cleared) = (self.has_any(), self.times_cleared.try_get_value());
        let is_current = || self.is_still(&person) && self.times_cleared.try_get_value() == times_cleared;
        let mut put = Vec::new();
        if let Some(storage) = self.storage.try_get_value().flatten()
            && self.write_stored(&storage, &entries, &|| self.is_still(&person), &mut put).await.is_err()
            && is_current()
        {
            self.write_again(&person, &entries, had_any, &is_current).await;
        }
        // What the browser does not store is known here all the same, and adding it a second time changes nothing.
        if is_current() {
            let changes = self.add_to_record(Vec::new(), &entries);
            if self.stores_nothing() {
                put.extend(changes.into_iter().flat_map(|change| change.put));
                self.record.try_with_value(|record| put.retain(|entry| record.get(&entry.key) == Some(entry)));
                if !put.is_empty() {
                    self.tell_tabs(Message::Recorded(put.iter().map(|entry| entry.to_text()).collect()));
                }
            }
            self.announce_change();
        }
        if self.is_still(&person) {
            self.ring();
        }
    }

    /// Writes entries, as long as `is_meant`. `put` gets what they became in the record, also where they cannot be stored.
    async fn write_stored(
        &'static self,
        storage: &RecordStorage,
        entries: &[Entry],
        is_meant: &impl Fn() -> bool,
        put: &mut Vec<Arc<Entry>>,
    ) -> Result<(), StorageRefused> {
        let add = |known| {
            let changes = if is_meant() { self.add_to_record(known, entries) } else { Vec::new() };
            put.extend(changes.iter().flat_map(|change| change.put.iter().cloned()));
            changes
        };
        storage.add(entries, add).await?;
        if is_meant() {
            self.tell_tabs(Message::Changed(runs_of(entries)));
        }
        Ok(())
    }

    /// The connection may be closed, and somebody may have cleared the browser's storage. `is_current`: whether the same person is signed
    /// in, and the record was not cleared.
    async fn write_again(
        &'static self,
        person: &Option<Person>,
        entries: &[Entry],
        had_any: bool,
        is_current: &impl Fn() -> bool,
    ) {
        let reopened = match self.reopen(person).await {
            Ok(storage) => self.read_stored(&storage, person).await.map(|stored| (storage, stored)),
            Err(refused) => Err(refused),
        };
        if !is_current() {
            return;
        }
        let Ok((storage, stored)) = reopened else { return self.give_up(Kept::Refused) };
        if stored.entries.is_empty() && had_any {
            self.lost_at.try_set(Some(self.sources.clock.now()));
        }
        let before = self.record.try_get_value().unwrap_or_default();
        self.record.try_set_value(Record::of(stored.entries, page::machine_clocks().wall).0);
        // Where the record was cleared meanwhile, there may be room for what comes next.
        if self.write_stored(&storage, entries, is_current, &mut Vec::new()).await.is_err() && is_current() {
            self.record.try_set_value(before);
            self.give_up(Kept::Refused);
        }
    }

    /// Opens the storage once more: the connection is closed when somebody deletes the database.
    async fn reopen(&'static self, person: &Option<Person>) -> Result<Rc<RecordStorage>, StorageRefused> {
        let storage = Rc::new(RecordStorage::open(scope_of(person).ok_or(StorageRefused)?).await?);
        // Meanwhile it may have been given up.
        if self.is_still(person) && !self.stores_nothing() {
            self.storage.set_value(Some(Rc::clone(&storage)));
        }
        Ok(storage)
    }

    /// Makes the record what is stored now: other tabs may have added to it, or cleared it.
    pub(super) async fn read_again(&'static self) {
        let person = self.person.try_get_value().flatten();
        let Some(mut storage) = self.storage.try_get_value().flatten() else { return };
        let mut stored = self.read_stored(&storage, &person).await;
        if stored.is_err()
            && let Ok(reopened) = self.reopen(&person).await
        {
            storage = reopened;
            stored = self.read_stored(&storage, &person).await;
        }
        let is_in_use = |now: &Option<Rc<RecordStorage>>| now.as_ref().is_some_and(|now| Rc::ptr_eq(now, &storage));
        // If it was given up meanwhile, the record has entries that are not stored.
        if let Ok(stored) = stored
            && self.is_still(&person)
            && self.storage.try_with_value(is_in_use) == Some(true)
        {
            self.set_record(Record::of(stored.entries, page::machine_clocks().wall).0);
        }
    }

    /// Reads what is stored, once more if the record changes meanwhile: something may have been written or cleared. Ends early if
    /// somebody else signs in.
    pub(super) async fn read_stored(
        &'static self,
        storage: &RecordStorage,
        person: &Option<Person>,
    ) -> Result<Stored, StorageRefused> {
        loop {
            let revision = self.revision.try_get_untracked();
            let stored = storage.read(page::machine_clocks().wall).await?;
            if self.revision.try_get_untracked() == revision || !self.is_still(person) {
                return Ok(stored);
            }
        }
    }

    /// From now on the record is only in this tab.
    fn give_up(&'static self, kept: Kept) {
        self.storage.set_value(None);
        // What could not be cleared still is not.
        if self.kept.try_get_untracked() != Some(Kept::NotCleared) {
            self.kept.try_set(kept);
        }
    }

    fn has_any(&'static self) -> bool {
        self.record.try_with_value(|record| !record.is_empty()) == Some(true)
    }
}

/// What names the person in the browser's storage, if anything may be kept there.
fn scope_of(person: &Option<Person>) -> Option<&str> {
    person.as_ref().and_then(|person| person.scope.as_deref())
}
