//! How the person wants the list: saved views, columns, row spacing, and single-key shortcuts.

use super::Settings;
use crate::browser::storage::{local_get, local_set};
use leptos::prelude::*;
use runboard_core::list::saved_views;
use runboard_core::list::saved_views::SavedView;
use runboard_core::query::SortKey;

const VIEWS_KEY: &str = "runboard.views";
const HIDDEN_KEY: &str = "runboard.hidden-columns";
const ROWS_KEY: &str = "runboard.rows";
const COMPACT: &str = "compact";
const SHORTCUTS_KEY: &str = "runboard.shortcuts";
const OFF: &str = "off";

/// The columns that can be hidden.
pub(crate) const OPTIONAL_COLUMNS: [SortKey; 4] = [SortKey::Job, SortKey::Start, SortKey::End, SortKey::Created];

/// What became of a view that the person wanted to save or delete.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SaveOutcome {
    /// The change is stored.
    Stored,
    /// The change holds until the page is left: this browser stores nothing.
    NotStored,
    /// The view has no name, or there are too many.
    Refused,
}

/// The stored preferences.
pub(super) struct ListPreferences {
    pub(super) views: Vec<SavedView>,
    pub(super) hidden_columns: Vec<SortKey>,
    pub(super) compact: bool,
    pub(super) shortcuts: bool,
}

pub(super) fn load() -> ListPreferences {
    let hidden = local_get(HIDDEN_KEY).unwrap_or_default();
    let is_hidden = |column: &SortKey| hidden.split(',').any(|word| word == column.word());
    ListPreferences {
        views: stored_views().unwrap_or_default(),
        hidden_columns: OPTIONAL_COLUMNS.into_iter().filter(is_hidden).collect(),
        compact: local_get(ROWS_KEY).as_deref() == Some(COMPACT),
        shortcuts: local_get(SHORTCUTS_KEY).as_deref() != Some(OFF),
    }
}

fn stored_views() -> Option<Vec<SavedView>> {
    local_get(VIEWS_KEY).map(|text| saved_views::from_json(&text))
}

impl Settings {
    /// The saved views; tracked.
    pub(crate) fn views(&'static self) -> Vec<SavedView> {
        self.views.get()
    }

    /// Saves a view, replacing one of the same name.
    pub(crate) fn save_view(&'static self, view: SavedView) -> SaveOutcome {
        match saved_views::with_view(&self.latest_views(), view) {
            Some(views) => self.store_views(views),
            None => SaveOutcome::Refused,
        }
    }

    /// Deletes the view with that name.
    pub(crate) fn delete_view(&'static self, name: &str) -> SaveOutcome {
        let mut views = self.latest_views();
        views.retain(|view| view.name != name);
        self.store_views(views)
    }

    /// The views as stored: another tab may have changed them.
    fn latest_views(&'static self) -> Vec<SavedView> {
        stored_views().unwrap_or_else(|| self.views.get_untracked())
    }

    fn store_views(&'static self, views: Vec<SavedView>) -> SaveOutcome {
        let stored = local_set(VIEWS_KEY, &saved_views::to_json(&views));
        self.views.set(views);
        if stored { SaveOutcome::Stored } else { SaveOutcome::NotStored }
    }

    /// Whether a column is shown; tracked.
    pub(crate) fn shows_column(&'static self, column: SortKey) -> bool {
        self.hidden_columns.with(|hidden| !hidden.contains(&column))
    }

    /// Shows or hides a column, and stores that.
    pub(crate) fn toggle_column(&'static self, column: SortKey) {
        self.hidden_columns.update(|hidden| {
            let before = hidden.len();
            hidden.retain(|other| *other != column);
            if hidden.len() == before {
                hidden.push(column);
            }
        });
        let words: Vec<&str> =
            self.hidden_columns.with_untracked(|hidden| hidden.iter().map(|column| column.word()).collect());
        local_set(HIDDEN_KEY, &words.join(","));
    }

    /// Whether rows are close together; tracked.
    pub(crate) fn compact(&'static self) -> bool {
        self.compact.get()
    }

    /// Sets and stores the row spacing.
    pub(crate) fn set_compact(&'static self, compact: bool) {
        local_set(ROWS_KEY, if compact { COMPACT } else { "comfortable" });
        self.compact.set(compact);
    }

    /// Whether single-key shortcuts are on; tracked.
    pub(crate) fn shortcuts(&'static self) -> bool {
        self.shortcuts.get()
    }

    /// Whether single-key shortcuts are on; not tracked.
    pub fn shortcuts_untracked(&'static self) -> bool {
        self.shortcuts.get_untracked()
    }

    /// Turns single-key shortcuts on or off, and stores that.
    pub(crate) fn set_shortcuts(&'static self, on: bool) {
        local_set(SHORTCUTS_KEY, if on { "on" } else { OFF });
        self.shortcuts.set(on);
    }
}
