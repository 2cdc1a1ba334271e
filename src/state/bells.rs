//! What the person wants to be notified of: kept in local storage, the same in all tabs of this browser.

use crate::browser::storage::{local_get, local_set};
use crate::state::settings::SaveOutcome;
use leptos::prelude::*;
use runboard_core::activity::{Bell, Bells, Subject};

/// Begins the keys in local storage; the API, the application and the person follow.
pub(crate) const KEY: &str = "runboard.bells/";

/// The bells of the person who is signed in.
#[derive(Clone, Copy)]
pub struct BellsHandle {
    bells: RwSignal<Bells>,
    /// The key in local storage; empty where nothing may be kept.
    key: StoredValue<String>,
}

impl BellsHandle {
    pub(crate) fn new() -> Self {
        Self { bells: RwSignal::new(Bells::default()), key: StoredValue::new(String::new()) }
    }

    /// Somebody has signed in, or nobody is signed in any more. `scope` names the person in the browser's storage.
    pub(super) fn set_scope(self, scope: Option<&str>) {
        self.key.set_value(scope.map(|scope| [KEY, scope].concat()).unwrap_or_default());
        self.bells.try_set(Bells::default());
    }

    /// Whether any bell is stored. Does without the code that reads them.
    pub(super) fn are_stored(self) -> bool {
        const NONE: &str = r#""bells":[]"#;
        self.key.with_value(|key| local_get(key)).is_some_and(|text| !text.contains(NONE))
    }

    /// Reads what is stored. For the later file.
    pub(super) fn load(self) {
        let stored = self.key.with_value(|key| local_get(key)).map(|text| Bells::of_text(&text)).unwrap_or_default();
        if self.bells.try_with_untracked(|bells| *bells != stored) == Some(true) {
            self.bells.set(stored);
        }
    }

    /// Another tab changed local storage; `key` is `None` if it cleared all of it.
    pub(super) fn on_local_change(self, key: Option<&str>) {
        if self.key.try_with_value(|own| key.is_none_or(|key| key == own) && !own.is_empty()) == Some(true) {
            self.load();
        }
    }

    /// Whose bells they are.
    pub(crate) fn key(self) -> String {
        self.key.try_get_value().unwrap_or_default()
    }

    /// Passes the bells to `read`; tracked.
    pub fn with<T>(self, read: impl FnOnce(&Bells) -> T) -> T {
        self.bells.with(read)
    }

    /// Passes the bells to `read`; not tracked.
    pub(crate) fn with_untracked<T>(self, read: impl FnOnce(&Bells) -> T) -> Option<T> {
        self.bells.try_with_untracked(read)
    }

    /// Sets a bell.
    pub fn set(self, bell: Bell) -> SaveOutcome {
        self.change(|bells| bells.set(bell))
    }

    /// Removes the bell on this.
    pub fn remove(self, subject: &Subject) -> SaveOutcome {
        self.change(|bells| {
            bells.remove(subject);
            true
        })
    }

    /// Sets which rise of the share of failures is told, in tenths of a percent.
    pub fn set_failures_rose_by(self, rise: u32) {
        self.change(|bells| {
            bells.failures_rose_by = rise;
            true
        });
    }

    /// Sets whether the operating system shows notifications.
    pub fn set_system(self, system: bool) {
        self.change(|bells| {
            bells.system = system;
            true
        });
    }

    /// Changes what is stored now, which another tab may have changed a moment ago.
    pub(super) fn change(self, change: impl FnOnce(&mut Bells) -> bool) -> SaveOutcome {
        if self.key.with_value(|key| local_get(key)).is_some() {
            self.load();
        }
        let mut bells = self.bells.get_untracked();
        if !change(&mut bells) {
            return SaveOutcome::Refused;
        }
        let is_stored = self.key.with_value(|key| !key.is_empty() && local_set(key, &bells.to_text()));
        self.bells.set(bells);
        if is_stored { SaveOutcome::Stored } else { SaveOutcome::NotStored }
    }
}
