//! Views of the list: a query and an order under a name. Some are built in; others are saved in this browser only.

use crate::json;
use crate::query::Sort;
use serde_json::{Map, Value};

/// A view that was saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// Its name, as the person gave it.
    pub name: String,
    /// The query. Relative times stay relative.
    pub q: String,
    /// The order.
    pub sort: Sort,
}

/// A view that is always there.
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
    /// All of them, in the order in which they are offered.
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

/// More than this are not kept.
const MOST: usize = 50;
/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

/// The views with one more; one of the same name (but for letter case and the space around) is replaced in its place. `None`
/// for a name without a visible character, or when there are too many.
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
    let entries = views.iter().map(|view| {
        let fields = [("name", view.name.clone()), ("q", view.q.clone()), ("sort", view.sort.text())];
        Value::from(fields.into_iter().map(|(key, text)| (String::from(key), Value::from(text))).collect::<Map<_, _>>())
    });
    Value::from(entries.collect::<Vec<_>>()).to_string()
}

/// The views of a kept text. What cannot be read is no view; an order that is not known is the usual one.
pub fn recall(text: &str) -> Vec<View> {
    let value = json::parse(text).unwrap_or_default();
    let mut views = Vec::new();
    for entry in value.as_array().map(Vec::as_slice).unwrap_or_default() {
        let text = |key: &str| json::text(entry, &[key]);
        let (Some(name), Some(q)) = (text("name"), text("q")) else { continue };
        let sort = text("sort").and_then(Sort::parse).unwrap_or_default();
        views = with(&views, View { name: String::from(name), q: String::from(q), sort }).unwrap_or(views);
    }
    views
}

#[cfg(test)]
mod tests;
