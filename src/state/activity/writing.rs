//! Keeps the record: in the browser's storage, and the same in all tabs of a person.

use super::Person;
use super::handle::ActivityHandle;
use super::storage::{Kept, RecordStorage, runs_of};
use crate::browser::database::StorageRefused;
use crate::browser::page;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::{Entry, Record};
use std::rc::Rc;

/// The message that the record was cleared, after the person's key.
const CLEARED: &str = "cleared";
/// The same from a tab that stores nothing, to others that do not.
const CLEARED_UNSTORED: &str = "cleared unstored";
/// Begins the message with the entries of a tab that stores none, for others that do not; each is on a line.
const RECORDED: &str = "recorded\n";

impl ActivityHandle {
    /// Removes everything that is recorded, in all tabs of this person.
    pub fn clear(&'static self) {
        self.pending.set_value(Vec::new());
        self.lost_at.set(None);
        self.set_record(Record::default());
        let Some(storage) = self.storage.get_value() else { return self.tell_tabs(CLEARED_UNSTORED) };
        let person = self.person.get_value();
        spawn_local(async move {
            match storage.clear().await {
                // The tabs of somebody who has signed in meanwhile are not meant.
                _ if !self.is_still(&person) => {}
                Ok(()) => self.tell_tabs(CLEARED),
                Err(_) => self.give_up(),
            }
        });
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
        let had_any = self.record.try_with_value(|record| !record.is_empty()) == Some(true);
        if let Some(storage) = self.storage.try_get_value().flatten()
            && self.write_stored(&storage, &person, &entries).await.is_err()
            && self.is_still(&person)
        {
            self.write_again(&person, &entries, had_any).await;
        }
        // What the browser does not store is known here all the same, and adding it a second time changes nothing.
        if self.is_still(&person) {
            let changes = self.add_to_record(Vec::new(), &entries);
            if self.stores_nothing() {
                let put = changes.iter().flat_map(|change| &change.put);
                let texts: Vec<String> = put.map(|entry| entry.to_text()).collect();
                if !texts.is_empty() {
                    self.tell_tabs(&[RECORDED, &texts.join("\n")].concat());
                }
            }
            self.announce_change();
            self.ring();
        }
    }

    async fn write_stored(
        &'static self,
        storage: &RecordStorage,
        person: &Option<Person>,
        entries: &[Entry],
    ) -> Result<(), StorageRefused> {
        let add = |known| if self.is_still(person) { self.add_to_record(known, entries) } else { Vec::new() };
        storage.add(entries, add).await?;
        if self.is_still(person)
            && let Ok(runs) = serde_json::to_string(&runs_of(entries))
        {
            self.tell_tabs(&runs);
        }
        Ok(())
    }

    /// The connection may be closed, and somebody may have cleared the browser's storage.
    async fn write_again(&'static self, person: &Option<Person>, entries: &[Entry], had_any: bool) {
        let Some(home) = person.as_ref().and_then(|person| person.home.as_deref()) else { return };
        let now = page::machine_clocks().wall;
        let reopened = match RecordStorage::open(home).await {
            Ok(storage) => storage.read(now).await.map(|stored| (storage, stored)),
            Err(refused) => Err(refused),
        };
        if !self.is_still(person) {
            return;
        }
        let Ok((storage, stored)) = reopened else { return self.give_up() };
        if stored.entries.is_empty() && had_any {
            self.lost_at.try_set(Some(self.sources.clock.now()));
        }
        let before = self.record.try_get_value().unwrap_or_default();
        self.record.try_set_value(Record::of(stored.entries, now).0);
        let storage = Rc::new(storage);
        self.storage.set_value(Some(Rc::clone(&storage)));
        if self.write_stored(&storage, person, entries).await.is_err() && self.is_still(person) {
            self.record.try_set_value(before);
            self.give_up();
        }
    }

    /// Reads what other tabs may have recorded meanwhile.
    pub(super) async fn read_again(&'static self) {
        let person = self.person.try_get_value().flatten();
        let Some(storage) = self.storage.try_get_value().flatten() else { return };
        if let Ok(stored) = storage.read(page::machine_clocks().wall).await
            && self.is_still(&person)
        {
            self.add_to_record(stored.entries, &[]);
            self.announce_change();
        }
    }

    /// From now on the record is only in this tab.
    fn give_up(&'static self) {
        self.storage.set_value(None);
        self.kept.try_set(Kept::Refused);
    }

    /// Whether the record was loaded, and is only in this tab.
    fn stores_nothing(&'static self) -> bool {
        self.is_loaded() && self.storage.try_with_value(Option::is_none) == Some(true)
    }

    /// Sends a message to the other tabs of this person: which runs have new entries, the entries themselves where none are stored,
    /// that the record was cleared, or a run's share of failures.
    pub(super) fn tell_tabs(&'static self, what: &str) {
        let home = self.person.try_get_value().flatten().and_then(|person| person.home);
        if let Some((channel, home)) = self.channel.try_get_value().flatten().zip(home) {
            channel.send(&[&home, "\n", what].concat());
        }
    }

    pub(super) fn hear(&'static self, text: &str) {
        let own = self.person.try_get_value().flatten().and_then(|person| person.home);
        let Some((home, what)) = text.split_once('\n') else { return };
        if own.as_deref() != Some(home) {
            return;
        }
        if what == CLEARED {
            return self.set_record(Record::default());
        }
        if what == CLEARED_UNSTORED {
            if self.stores_nothing() {
                self.set_record(Record::default());
            }
            return;
        }
        if let Some(entries) = what.strip_prefix(RECORDED) {
            if self.stores_nothing() {
                self.add_to_record(entries.lines().filter_map(Entry::read).collect(), &[]);
                self.announce_change();
            }
            return;
        }
        if self.known_runs.try_update_value(|known| known.hear_share(what)) != Some(false) {
            return;
        }
        let runs: Vec<String> = serde_json::from_str(what).unwrap_or_default();
        let Some(storage) = self.storage.try_get_value().flatten().filter(|_| !runs.is_empty()) else { return };
        spawn_local(async move {
            if let Ok(entries) = storage.of_runs(&runs).await
                && self.person.try_get_value().flatten().and_then(|person| person.home) == own
            {
                self.add_to_record(entries, &[]);
                self.announce_change();
            }
        });
    }
}
