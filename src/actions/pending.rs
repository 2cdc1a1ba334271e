//! Requests whose outcome is not known yet, and the form's draft, in session storage. After a reload the console looks their
//! outcome up instead of guessing it.

use crate::browser::storage;
use leptos::prelude::*;

/// What is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PendingKey {
    Create,
    Draft,
    Stops,
    BulkStop,
    Reschedule,
}

impl PendingKey {
    const ALL: [Self; 5] = [Self::Create, Self::Draft, Self::Stops, Self::BulkStop, Self::Reschedule];

    const fn suffix(self) -> &'static str {
        match self {
            Self::Create => "",
            Self::Draft => "#draft",
            Self::Stops => "#stops",
            Self::BulkStop => "#bulk",
            Self::Reschedule => "#pair",
        }
    }
}

/// Storage under a key prefix for each API, application and person, so that one person's requests are never taken for another's.
#[derive(Clone, Copy)]
pub(super) struct Pending {
    prefix: StoredValue<String>,
}

impl Pending {
    pub(super) fn new() -> Self {
        Self { prefix: StoredValue::new(String::new()) }
    }

    /// The key prefix for this API, application and person; empty while signed out or after the application was unmounted.
    pub(super) fn prefix(self) -> String {
        self.prefix.try_get_value().unwrap_or_default()
    }

    /// Switches to another person, or to none.
    pub(super) fn set_prefix(self, prefix: String) {
        self.prefix.set_value(prefix);
    }

    /// Reads what is stored.
    pub(super) fn read(self, key: PendingKey) -> Option<String> {
        storage::session_get(&self.storage_key(key))
    }

    /// Whether anything is stored.
    pub(super) fn has_any(self) -> bool {
        PendingKey::ALL.into_iter().any(|key| self.read(key).is_some())
    }

    /// Stores a text, or removes what is stored. Returns whether the browser did that.
    pub(super) fn write(self, key: PendingKey, text: Option<&str>) -> bool {
        match text {
            Some(text) => storage::session_set(&self.storage_key(key), text),
            None => {
                storage::session_remove(&self.storage_key(key));
                true
            }
        }
    }

    /// Removes everything that is stored, and the prefix.
    pub(super) fn clear(self) {
        for key in PendingKey::ALL {
            storage::session_remove(&self.storage_key(key));
        }
        self.prefix.set_value(String::new());
    }

    fn storage_key(self, key: PendingKey) -> String {
        [&self.prefix(), key.suffix()].concat()
    }
}
