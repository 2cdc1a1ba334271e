//! How a person likes the list: their views, the columns, how close the rows are, and whether single keys act.

use super::Settings;
use crate::browser::storage::{local_get, local_set};
use leptos::prelude::*;
use runboard_core::list::saved_views;
use runboard_core::list::saved_views::View;
use runboard_core::query::SortKey;

const VIEWS_KEY: &str = "runboard.views";
const HIDDEN_KEY: &str = "runboard.hidden-columns";
const ROWS_KEY: &str = "runboard.rows";
const COMPACT: &str = "compact";
const SHORTCUTS_KEY: &str = "runboard.shortcuts";
const OFF: &str = "off";

/// The columns that can be left out.
pub const OPTIONAL: [SortKey; 4] = [SortKey::Job, SortKey::Start, SortKey::End, SortKey::Created];

/// What became of a view that was to be saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saved {
    /// It was.
    Kept,
    /// It is there until the page is left: this browser keeps nothing.
    NotKept,
    /// It has no name, or there are too many.
    Refused,
}

/// What is kept of it.
pub(super) struct Kept {
    pub(super) views: Vec<View>,
    pub(super) hidden: Vec<SortKey>,
    pub(super) compact: bool,
    pub(super) shortcuts: bool,
}

pub(super) fn load() -> Kept {
    let hidden = local_get(HIDDEN_KEY).unwrap_or_default();
    let is_hidden = |column: &SortKey| hidden.split(',').any(|word| word == column.word());
    Kept {
        views: kept_views().unwrap_or_default(),
        hidden: OPTIONAL.into_iter().filter(is_hidden).collect(),
        compact: local_get(ROWS_KEY).as_deref() == Some(COMPACT),
        shortcuts: local_get(SHORTCUTS_KEY).as_deref() != Some(OFF),
    }
}

fn kept_views() -> Option<Vec<View>> {
    local_get(VIEWS_KEY).map(|text| saved_views::recall(&text))
}

impl Settings {
    /// The views that the person has saved in this browser; tracked.
    pub fn views(self) -> Vec<View> {
        self.views.get()
    }

    /// Saves a view; one of the same name is replaced.
    pub fn save_view(self, view: View) -> Saved {
        match saved_views::with(&self.newest_views(), view) {
            Some(views) => self.keep_views(views),
            None => Saved::Refused,
        }
    }

    /// Forgets the view of that name.
    pub fn forget_view(self, name: &str) -> Saved {
        let mut views = self.newest_views();
        views.retain(|view| view.name != name);
        self.keep_views(views)
    }

    /// Another tab may have saved one since.
    fn newest_views(self) -> Vec<View> {
        kept_views().unwrap_or_else(|| self.views.get_untracked())
    }

    fn keep_views(self, views: Vec<View>) -> Saved {
        let kept = local_set(VIEWS_KEY, &saved_views::keep(&views));
        self.views.set(views);
        if kept { Saved::Kept } else { Saved::NotKept }
    }

    /// Whether a column is shown; tracked.
    pub fn shows(self, column: SortKey) -> bool {
        self.hidden.with(|hidden| !hidden.contains(&column))
    }

    /// Shows a column, or no longer, from now on and in this browser.
    pub fn toggle_column(self, column: SortKey) {
        self.hidden.update(|hidden| {
            let before = hidden.len();
            hidden.retain(|known| *known != column);
            if hidden.len() == before {
                hidden.push(column);
            }
        });
        let words: Vec<&str> = self.hidden.with_untracked(|hidden| hidden.iter().map(|column| column.word()).collect());
        local_set(HIDDEN_KEY, &words.join(","));
    }

    /// Whether rows stand close together; tracked.
    pub fn compact(self) -> bool {
        self.compact.get()
    }

    /// Puts rows close together, or not, from now on and in this browser.
    pub fn set_compact(self, compact: bool) {
        local_set(ROWS_KEY, if compact { COMPACT } else { "comfortable" });
        self.compact.set(compact);
    }

    /// Whether single keys act; tracked.
    pub fn shortcuts(self) -> bool {
        self.shortcuts.get()
    }

    /// Whether single keys act; not tracked.
    pub fn shortcuts_untracked(self) -> bool {
        self.shortcuts.get_untracked()
    }

    /// Turns single keys on or off, from now on and in this browser.
    pub fn set_shortcuts(self, on: bool) {
        local_set(SHORTCUTS_KEY, if on { "on" } else { OFF });
        self.shortcuts.set(on);
    }
}
