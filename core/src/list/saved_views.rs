//! Views of the list: a named query and sort order. Some are built in; others are saved in this browser only.

use crate::query::Sort;
use crate::wire::stored::StoredView;
use crate::wire::{read_each, to_text};

/// A saved view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// The name, as the person typed it.
    pub name: String,
    /// The query. Relative times stay relative.
    pub q: String,
    /// The sort order.
    pub sort: Sort,
}

/// A built-in view.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BuiltIn {
    /// "Open now"
    OpenNow,
    /// "Starting within 24 h"
    StartingSoon,
    /// "Ended today"
    EndedToday,
    /// "Needs a look"
    NeedsLook,
}

impl BuiltIn {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::OpenNow, Self::StartingSoon, Self::EndedToday, Self::NeedsLook];

    /// Its query, in the language of [`crate::query::Query::read`].
    pub const fn query(self) -> &'static str {
        match self {
            Self::OpenNow => "phase:open",
            Self::StartingSoon => "starts<24h",
            Self::EndedToday => "ends:today phase:over,stopped",
            Self::NeedsLook => "needs:look",
        }
    }
}

/// The most views that are saved.
const MOST: usize = 50;
/// The maximum length of a name, in characters.
const LONGEST_NAME: usize = 60;

/// The views with one added; a view of the same name (ignoring letter case and surrounding space) is replaced in place.
/// `None` if the name has no visible character, or if there are too many.
pub fn with(views: &[View], view: View) -> Option<Vec<View>> {
    let name: String = view.name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let view = View { name: String::from(name.trim()), ..view };
    if view.name.is_empty() {
        return None;
    }
    let mut views = views.to_vec();
    let full = views.len() >= MOST;
    match views.iter_mut().find(|known| crate::query::same_text(&known.name, &view.name)) {
        Some(known) => *known = view,
        None if full => return None,
        None => views.push(view),
    }
    Some(views)
}

/// The views as compact JSON, for local storage.
pub fn keep(views: &[View]) -> String {
    to_text(&views.iter().map(StoredView::from).collect::<Vec<_>>())
}

/// The views of a saved text. Unreadable entries are skipped; an unknown sort order becomes the default.
pub fn recall(text: &str) -> Vec<View> {
    let mut views = Vec::new();
    for view in read_each::<StoredView>(text) {
        views = with(&views, view.into()).unwrap_or(views);
    }
    views
}

impl From<&View> for StoredView {
    fn from(view: &View) -> Self {
        Self { name: view.name.clone(), q: view.q.clone(), sort: Some(view.sort.text()) }
    }
}

impl From<StoredView> for View {
    fn from(view: StoredView) -> Self {
        Self { name: view.name, q: view.q, sort: view.sort.as_deref().and_then(Sort::parse).unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests;
