//! What was asked for and is not known to be done, in this tab's session storage, so that a reload leads to reading and not to
//! guessing.

use crate::browser::storage;
use leptos::prelude::*;

/// What is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// The creates.
    Create,
    /// The draft of the form.
    Draft,
    /// The stops of single runs.
    Stops,
    /// The stop of several runs.
    BulkStop,
    /// The reschedule.
    Reschedule,
}

impl Part {
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

/// Storage under one key for each API and application, so that what one person asked for is never taken for another's.
#[derive(Clone, Copy)]
pub(super) struct Pending {
    key: StoredValue<String>,
}

impl Pending {
    /// Nobody is signed in yet.
    pub(super) fn new() -> Self {
        Self { key: StoredValue::new(String::new()) }
    }

    /// The key of this API and application; empty while nobody is signed in or the application has ended.
    pub(super) fn key(self) -> String {
        self.key.try_get_value().unwrap_or_default()
    }

    /// From now on this API and application.
    pub(super) fn set_key(self, key: String) {
        self.key.set_value(key);
    }

    /// What was kept of a part.
    pub(super) fn read(self, part: Part) -> Option<String> {
        storage::session_get(&self.name(part))
    }

    /// Keeps a part, or removes it. Says whether the browser kept it.
    pub(super) fn write(self, part: Part, text: Option<&str>) -> bool {
        match text {
            Some(text) => storage::session_set(&self.name(part), text),
            None => {
                storage::session_remove(&self.name(part));
                true
            }
        }
    }

    /// Removes everything and forgets the key.
    pub(super) fn clear(self) {
        for part in Part::ALL {
            storage::session_remove(&self.name(part));
        }
        self.key.set_value(String::new());
    }

    fn name(self, part: Part) -> String {
        [&self.key(), part.suffix()].concat()
    }
}
