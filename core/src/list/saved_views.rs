//! Views of the list: a named query and sort order, and how the rows look. Some are built in; others are saved in this browser only.

use crate::list::columns::Columns;
use crate::list::row_height::RowHeight;
use crate::query::Sort;
use crate::wire::stored::StoredView;
use crate::wire::{read_each, to_text};

/// A saved view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedView {
    /// The name, as the person typed it.
    pub name: String,
    /// The query. Relative times stay relative.
    pub q: String,
    /// The sort order.
    pub sort: Sort,
    /// The columns and their order; `None` leaves those that are shown.
    pub columns: Option<Columns>,
    /// The height of the rows; `None` leaves it.
    pub row_height: Option<RowHeight>,
}

impl SavedView {
    /// Whether one of the two would replace the other.
    pub fn has_same_name(&self, other: &Self) -> bool {
        crate::query::same_text(&self.name, other.name.trim())
    }
}

/// A built-in view.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BuiltInView {
    /// "Open now"
    OpenNow,
    /// "Starts within 24 h"
    StartingSoon,
    /// "Ended today"
    EndedToday,
    /// "Needs attention"
    NeedsAttention,
}

impl BuiltInView {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::OpenNow, Self::StartingSoon, Self::EndedToday, Self::NeedsAttention];

    /// Its query, in the language of [`crate::query::Query::parse`].
    pub const fn query(self) -> &'static str {
        match self {
            Self::OpenNow => "is:running,open",
            Self::StartingSoon => "starts<24h",
            Self::EndedToday => "ends:today phase:over,stopped",
            Self::NeedsAttention => "is:attention",
        }
    }
}

/// The most views that are saved.
const MOST: usize = 50;
/// The maximum length of a name, in characters.
const LONGEST_NAME: usize = 60;

/// The views with one added at the end; a view of the same name (ignoring letter case and surrounding space) is replaced in
/// place. `None` if the name has no visible character, or if there are too many.
pub fn with_view(views: &[SavedView], view: SavedView) -> Option<Vec<SavedView>> {
    with_view_at(views, view, views.len())
}

/// As [`with_view`], but a view that replaces none is added at this place.
pub fn with_view_at(views: &[SavedView], view: SavedView, place: usize) -> Option<Vec<SavedView>> {
    let name: String = view.name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let view = SavedView { name: String::from(name.trim()), ..view };
    if view.name.is_empty() {
        return None;
    }
    let mut views = views.to_vec();
    let full = views.len() >= MOST;
    match views.iter_mut().find(|known| known.has_same_name(&view)) {
        Some(known) => *known = view,
        None if full => return None,
        None => views.insert(place.min(views.len()), view),
    }
    Some(views)
}

/// The views as compact JSON, for local storage.
pub fn to_json(views: &[SavedView]) -> String {
    to_text(&views.iter().map(StoredView::from).collect::<Vec<_>>())
}

/// The views of a saved text. Unreadable entries are skipped; an unknown sort order becomes the default.
pub fn from_json(text: &str) -> Vec<SavedView> {
    let mut views = Vec::new();
    for view in read_each::<StoredView>(text) {
        views = with_view(&views, view.into()).unwrap_or(views);
    }
    views
}

impl From<&SavedView> for StoredView {
    fn from(view: &SavedView) -> Self {
        Self {
            name: view.name.clone(),
            q: view.q.clone(),
            sort: Some(view.sort.text()),
            columns: view.columns.as_ref().map(Columns::text),
            rows: view.row_height.map(|height| height.word().to_owned()),
        }
    }
}

impl From<StoredView> for SavedView {
    fn from(view: StoredView) -> Self {
        Self {
            name: view.name,
            q: view.q,
            sort: view.sort.as_deref().and_then(Sort::parse).unwrap_or_default(),
            columns: view.columns.as_deref().map(Columns::parse),
            row_height: view.rows.as_deref().and_then(RowHeight::from_word),
        }
    }
}

#[cfg(test)]
mod tests;
