//! Requests whose outcome is not known yet, and the form's draft, in session storage. After a reload the console looks their
//! outcome up instead of guessing it. What outlives the tab: [`super::left_unfinished`].

use crate::browser::storage;
use leptos::prelude::*;
use runboard_core::policy::unfinished;

/// What is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TabStoreKey {
    Create,
    Draft,
    /// The drafts of other addresses than the one that is open.
    OtherDrafts,
    Stops,
    BulkStop,
    Reschedule,
}

impl TabStoreKey {
    const ALL: [Self; 6] =
        [Self::Create, Self::Draft, Self::OtherDrafts, Self::Stops, Self::BulkStop, Self::Reschedule];

    const fn suffix(self) -> &'static str {
        match self {
            Self::Create => "",
            Self::Draft => "#draft",
            Self::OtherDrafts => "#drafts",
            Self::Stops => "#stops",
            Self::BulkStop => "#bulk",
            Self::Reschedule => "#pair",
        }
    }
}

/// Storage under a key prefix for each API, application and person, so that one person's requests are never taken for another's.
#[derive(Clone, Copy)]
pub(super) struct TabStore {
    prefix: StoredValue<String>,
    /// Whether the token names an application or a person. Otherwise nothing tells who may see what is stored, so nothing leaves the tab.
    is_named: StoredValue<bool>,
    /// Whether the token names a person.
    has_subject: StoredValue<bool>,
}

impl TabStore {
    pub(super) fn new() -> Self {
        Self {
            prefix: StoredValue::new(String::new()),
            is_named: StoredValue::new(false),
            has_subject: StoredValue::new(false),
        }
    }

    /// The key prefix for this API, application and person; empty while signed out or after the application was unmounted.
    pub(super) fn prefix(self) -> String {
        self.prefix.try_get_value().unwrap_or_default()
    }

    /// Switches to another person.
    pub(super) fn set_prefix(self, prefix: String, is_named: bool, has_subject: bool) {
        self.prefix.set_value(prefix);
        self.is_named.set_value(is_named);
        self.has_subject.set_value(has_subject);
    }

    /// The key prefix under which local storage keeps what tabs of this person left unfinished, if it may be kept there.
    pub(super) fn scope(self) -> Option<String> {
        Some(self.prefix()).filter(|prefix| !prefix.is_empty() && self.is_named.try_get_value() == Some(true))
    }

    /// The keys in local storage of what tabs of the person with this prefix left.
    pub(super) fn entry_keys(scope: &str) -> Vec<String> {
        let mut keys = storage::local_keys();
        keys.retain(|key| unfinished::is_entry_key(key, scope));
        keys
    }

    /// Reads what is stored.
    pub(super) fn read(self, key: TabStoreKey) -> Option<String> {
        storage::session_get(&self.storage_key(key))
    }

    /// Whether anything is stored for this tab or was left by another one.
    pub(super) fn has_any(self) -> bool {
        TabStoreKey::ALL.into_iter().any(|key| self.read(key).is_some()) || self.has_left()
    }

    /// Whether a tab of this person left something unfinished.
    pub(super) fn has_left(self) -> bool {
        self.scope().is_some_and(|scope| !Self::entry_keys(&scope).is_empty())
    }

    /// Whether this tab has stored requests, of which some may be unclear.
    pub(super) fn has_requests(self) -> bool {
        let is_draft = |key| matches!(key, TabStoreKey::Draft | TabStoreKey::OtherDrafts);
        TabStoreKey::ALL.into_iter().any(|key| !is_draft(key) && self.read(key).is_some())
    }

    /// Stores a text, or removes what is stored. Returns whether the browser did that. While signed out, nothing is stored.
    pub(super) fn write(self, key: TabStoreKey, text: Option<&str>) -> bool {
        match text {
            _ if self.prefix().is_empty() => false,
            Some(text) => storage::session_set(&self.storage_key(key), text),
            None => {
                storage::session_remove(&self.storage_key(key));
                true
            }
        }
    }

    /// Nobody is signed in any more. Drafts stay for the same person; where the token does not say who that is, they are removed
    /// unless `keeps_draft`.
    pub(super) fn leave(self, keeps_draft: bool) {
        if !keeps_draft && self.has_subject.try_get_value() != Some(true) {
            self.write(TabStoreKey::Draft, None);
            self.write(TabStoreKey::OtherDrafts, None);
        }
        self.prefix.set_value(String::new());
    }

    fn storage_key(self, key: TabStoreKey) -> String {
        [&self.prefix(), key.suffix()].concat()
    }
}
