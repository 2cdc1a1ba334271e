//! How the person wants the list: saved views, columns, row spacing, and single-key shortcuts.

use super::Settings;
use crate::browser::page;
use crate::browser::storage::{local_get, local_set, on_local_change};
use leptos::prelude::*;
use runboard_core::list::columns::Columns;
use runboard_core::list::row_height::RowHeight;
use runboard_core::list::saved_views;
use runboard_core::list::saved_views::SavedView;
use runboard_core::query::SortKey;

const VIEWS_KEY: &str = "runboard.views";
const COLUMNS_KEY: &str = "runboard.columns";
/// Where earlier versions stored which columns are hidden.
const HIDDEN_KEY: &str = "runboard.hidden-columns";
const ROWS_KEY: &str = "runboard.rows";
const SHORTCUTS_KEY: &str = "runboard.shortcuts";
const OFF: &str = "off";

/// What became of a view that the person wanted to save, delete or bring back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SaveOutcome {
    /// The change is stored.
    Stored,
    /// The change holds until the page is left: this browser stores nothing.
    NotStored,
    /// The view has no name, or there are too many.
    Refused,
}

/// A view as it was before it was deleted or replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct FormerView {
    pub(crate) view: SavedView,
    /// Its place among the others.
    pub(crate) place: usize,
}

impl FormerView {
    fn find(views: &[SavedView], name: &SavedView) -> Option<Self> {
        let place = views.iter().position(|view| view.has_same_name(name))?;
        Some(Self { view: views.get(place)?.clone(), place })
    }
}

/// The stored preferences.
pub(super) struct ListPreferences {
    pub(super) views: Vec<SavedView>,
    pub(super) columns: Columns,
    pub(super) row_height: RowHeight,
    pub(super) shortcuts: bool,
}

pub(super) fn load() -> ListPreferences {
    let columns = match local_get(COLUMNS_KEY) {
        Some(stored) => Columns::parse(&stored),
        None => Columns::without(&local_get(HIDDEN_KEY).unwrap_or_default()),
    };
    ListPreferences {
        views: stored_views().unwrap_or_default(),
        columns,
        row_height: local_get(ROWS_KEY).as_deref().and_then(RowHeight::from_word).unwrap_or_default(),
        shortcuts: local_get(SHORTCUTS_KEY).as_deref() != Some(OFF),
    }
}

fn stored_views() -> Option<Vec<SavedView>> {
    local_get(VIEWS_KEY).map(|text| saved_views::from_json(&text))
}

fn is_stored(test: &dyn Fn(&SavedView) -> bool) -> bool {
    stored_views().unwrap_or_default().iter().any(test)
}

impl Settings {
    /// The saved views; tracked.
    pub(crate) fn views(&'static self) -> Vec<SavedView> {
        self.views.get()
    }

    /// Saves a view. Returns the one of the same name that it replaces as well.
    pub(crate) fn save_view(&'static self, view: SavedView) -> (SaveOutcome, Option<FormerView>) {
        self.save_view_at(view, usize::MAX)
    }

    /// Brings back a view that was deleted or replaced. Returns the one of the same name that it replaces as well.
    pub(crate) fn restore_view(&'static self, former: FormerView) -> (SaveOutcome, Option<FormerView>) {
        self.save_view_at(former.view, former.place)
    }

    fn save_view_at(&'static self, view: SavedView, place: usize) -> (SaveOutcome, Option<FormerView>) {
        let views = self.latest_views();
        let replaced = FormerView::find(&views, &view);
        let Some(views) = saved_views::with_view_at(&views, view.clone(), place) else {
            return (SaveOutcome::Refused, None);
        };
        let saved = self.store_views(views);
        // One that could not be deleted is stored as it was.
        let is_stored = saved == SaveOutcome::Stored || is_stored(&|stored| *stored == view);
        (if is_stored { SaveOutcome::Stored } else { saved }, replaced)
    }

    /// Deletes the view of that name. Returns it as well.
    pub(crate) fn delete_view(&'static self, name: &SavedView) -> (SaveOutcome, Option<FormerView>) {
        let mut views = self.latest_views();
        let deleted = FormerView::find(&views, name);
        views.retain(|view| !view.has_same_name(name));
        let stored = self.store_views(views);
        // One that was never stored is gone all the same.
        let is_gone = stored == SaveOutcome::Stored || !is_stored(&|view| view.has_same_name(name));
        (if is_gone { SaveOutcome::Stored } else { stored }, deleted)
    }

    /// Shows the views that another tab has stored, for as long as the document lives.
    pub(super) fn follow_other_tabs(&'static self) {
        on_local_change(move |key| {
            if key.is_none_or(|key| key == VIEWS_KEY) {
                self.views.try_set(stored_views().unwrap_or_default());
            }
        });
        // In the back-forward cache it heard of no change.
        page::on_restore(move || {
            if let Some(views) = stored_views() {
                self.views.try_set(views);
            }
        });
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

    /// The columns of the list; tracked.
    pub(crate) fn columns(&'static self) -> Columns {
        self.columns.get()
    }

    /// The columns that are shown, in their order; not tracked.
    pub(crate) fn shown_columns_untracked(&'static self) -> Vec<SortKey> {
        self.columns.with_untracked(Columns::shown)
    }

    /// Follows every change of the columns.
    pub(crate) fn track_columns(&'static self) {
        self.columns.track();
    }

    /// Changes the columns, and stores them.
    pub fn change_columns<T>(&'static self, change: impl FnOnce(&mut Columns) -> T) -> Option<T> {
        let result = self.columns.try_update(change);
        local_set(COLUMNS_KEY, &self.columns.with_untracked(Columns::text));
        result
    }

    /// The height of the rows; tracked.
    pub(crate) fn row_height(&'static self) -> RowHeight {
        self.row_height.get()
    }

    /// Sets and stores the height of the rows.
    pub(crate) fn set_row_height(&'static self, height: RowHeight) {
        local_set(ROWS_KEY, height.word());
        self.row_height.set(height);
    }

    /// Shows the columns and the row height of a view, where it has any. Columns that stay do not build the table again.
    pub(crate) fn apply_layout(&'static self, view: &SavedView) {
        if let Some(columns) =
            view.columns.as_ref().filter(|columns| self.columns.with_untracked(|now| now != *columns))
        {
            self.change_columns(|now| now.clone_from(columns));
        }
        if let Some(height) = view.row_height {
            self.set_row_height(height);
        }
    }

    /// Whether the list has the columns and the row height of a view; tracked.
    pub(crate) fn has_layout(&'static self, view: &SavedView) -> bool {
        view.columns.as_ref().is_none_or(|columns| self.columns.with(|now| now == columns))
            && view.row_height.is_none_or(|height| self.row_height.get() == height)
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
