//! Lists whose entries stay while their keys do.

use super::Node;
use super::line::Line;
use crate::reactive::{Call, draw};
use leptos::prelude::{Owner, untrack};
use runboard_core::ids::match_up;
use std::sync::Arc;

/// What is drawn for one key, with everything that follows signals in it.
struct Entry {
    key: Arc<str>,
    owner: Owner,
    node: web_sys::Node,
}

/// Draws a node for each key, in order. An entry whose key stays is neither drawn again nor, where its place among the
/// others stays, moved; `draw_one` gives exactly one element. Keys have to differ.
pub fn each(mut keys: impl FnMut() -> Vec<Arc<str>> + 'static, draw_one: impl Fn(&str) -> Node + 'static) -> Node {
    list(Box::new(move |()| keys()), Box::new(draw_one))
}

fn list(mut keys: Box<dyn Call<(), Vec<Arc<str>>>>, draw_one: Box<dyn Fn(&str) -> Node>) -> Node {
    let Some((line, place)) = Line::new() else { return Node(None) };
    // Entries are owned here and not by the effect, whose owner is cleaned each time it runs.
    let list_owner = Owner::current().unwrap_or_default();
    let mut entries: Vec<Entry> = Vec::new();
    draw(Box::new(move |()| {
        let keys = keys.call(());
        let before = std::mem::take(&mut entries);
        let (kept, left) = match_up(keys.iter().map(Arc::clone), before, |entry| Some(&entry.key));
        // Gone ones first: then those that stay stand in line.
        for entry in left {
            // First its node: taken away, it may still send an event to a handler that needs its owner.
            line.remove(&entry.node);
            entry.owner.cleanup();
        }
        entries = (keys.into_iter().zip(kept))
            .filter_map(|(key, kept)| kept.or_else(|| enter(&list_owner, &*draw_one, key)))
            .collect();
        line.put(entries.iter().rev().map(|entry| &entry.node));
    }));
    place
}

fn enter(list_owner: &Owner, draw_one: &dyn Fn(&str) -> Node, key: Arc<str>) -> Option<Entry> {
    let owner = list_owner.with(Owner::new);
    let node = untrack(|| owner.with(|| draw_one(&key))).0?;
    Some(Entry { key, owner, node })
}
