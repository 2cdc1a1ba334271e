//! What the tabs of a person tell each other of the record. The entries themselves only between tabs that store none: others read them
//! from the browser's storage.

use super::Person;
use super::handle::ActivityHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::Entry;
use runboard_core::run::RunId;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) enum Message {
    /// What is stored of these runs has changed; an empty id stands for what is about several.
    Changed(Vec<String>),
    /// The record was cleared. Tabs that store nothing forget it; the others wait until what is stored is removed, too.
    Cleared,
    /// What was stored of it is removed.
    StorageCleared,
    /// Entries, from a tab that stores none to others that do not.
    Recorded(Vec<String>),
    /// A run's share of failures, as [`KnownRuns`](runboard_core::activity::KnownRuns) writes it.
    FailureShare(String),
}

/// A message as it is sent.
#[derive(Serialize, Deserialize)]
struct Sent {
    /// Whose record it is about
    person: String,
    message: Message,
}

impl ActivityHandle {
    /// Sends a message to the other tabs of this person.
    pub(super) fn tell_tabs(&'static self, message: Message) {
        self.tell_tabs_of(&self.person.try_get_value().flatten(), message);
    }

    /// Sends a message to the tabs of this person, who may have signed out here.
    pub(super) fn tell_tabs_of(&'static self, person: &Option<Person>, message: Message) {
        let scope = person.as_ref().and_then(|person| person.scope.clone());
        let Some((channel, person)) = self.channel.try_get_value().flatten().zip(scope) else { return };
        if let Ok(text) = serde_json::to_string(&Sent { person, message }) {
            channel.send(&text);
        }
    }

    /// Tells the share of failures that was read last, so that whoever reads the next one notices the same rise.
    pub(super) fn tell_failure_share(&'static self, run: &RunId) {
        if let Some(share) = self.known_runs.try_with_value(|known| known.share_text(run)).flatten() {
            self.tell_tabs(Message::FailureShare(share));
        }
    }

    pub(super) fn hear(&'static self, text: &str) {
        let Ok(Sent { person, message }) = serde_json::from_str(text) else { return };
        if self.scope().as_ref() != Some(&person) {
            return;
        }
        match message {
            Message::Changed(runs) => self.read_runs(runs),
            Message::Cleared if self.stores_nothing() => self.forget(),
            Message::StorageCleared => {
                if !self.stores_nothing() {
                    self.forget();
                }
                spawn_local(self.storage_was_cleared());
            }
            Message::Recorded(entries) if self.stores_nothing() => {
                self.add_to_record(entries.iter().filter_map(|text| Entry::read(text)).collect(), &[]);
                self.announce_change();
            }
            Message::Cleared | Message::Recorded(_) => {}
            Message::FailureShare(text) => {
                self.known_runs.try_update_value(|known| known.hear_share(&text));
            }
        }
    }

    fn read_runs(&'static self, runs: Vec<String>) {
        let person = self.person.try_get_value().flatten();
        let Some(storage) = self.storage.try_get_value().flatten() else {
            // What is being read now may lack it, and is read once more.
            if !self.is_loaded() {
                self.announce_change();
            }
            return;
        };
        spawn_local(async move {
            if let Ok(entries) = storage.of_runs(&runs).await
                && self.is_still(&person)
            {
                self.add_to_record(entries, &[]);
                self.announce_change();
            }
        });
    }

    /// Whether the record was loaded, and is only in this tab.
    pub(super) fn stores_nothing(&'static self) -> bool {
        self.is_loaded() && self.storage.try_with_value(Option::is_none) == Some(true)
    }

    fn scope(&'static self) -> Option<String> {
        self.person.try_get_value().flatten().and_then(|person| person.scope)
    }
}
