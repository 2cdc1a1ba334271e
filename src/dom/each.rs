//! Lists whose entries stay while their keys do.

use super::{Node, fragment};
use crate::reactive::{Call, draw};
use leptos::prelude::{Owner, untrack};
use runboard_core::ids::Ids;
use std::sync::Arc;

/// What is drawn for one key, with everything that follows signals in it.
struct Entry {
    owner: Owner,
    node: web_sys::Node,
}

/// Draws a node for each key, in order. An entry whose key stays is neither drawn again nor, where its place among the
/// others stays, moved; `draw_one` gives exactly one element. Keys have to differ.
pub fn each(mut keys: impl FnMut() -> Vec<Arc<str>> + 'static, draw_one: impl Fn(&str) -> Node + 'static) -> Node {
    list(Box::new(move |()| keys()), Box::new(draw_one))
}

fn list(mut keys: Box<dyn Call<(), Vec<Arc<str>>>>, draw_one: Box<dyn Fn(&str) -> Node>) -> Node {
    let (Some(fragment), Ok(end)) = (fragment(), web_sys::Comment::new()) else { return Node(None) };
    let _ = fragment.append_child(&end);
    let end: web_sys::Node = end.into();
    // Entries are owned here and not by the effect, whose owner is cleaned each time it runs.
    let list_owner = Owner::current().unwrap_or_default();
    let mut entries: Vec<(Arc<str>, Entry)> = Vec::new();
    draw(Box::new(move |()| {
        let keys = keys.call(());
        let Some(parent) = end.parent_node() else { return };
        let mut places = Ids::default();
        for (place, key) in keys.iter().enumerate() {
            places.put(Arc::clone(key), place);
        }
        // Gone ones first: then those that stay stand in line.
        let mut kept: Vec<Option<Entry>> = keys.iter().map(|_| None).collect();
        for (key, entry) in entries.drain(..) {
            match places.get(&key).and_then(|place| kept.get_mut(place)) {
                Some(place) => *place = Some(entry),
                None => {
                    // First its node: taken away, it may still send an event to a handler that needs its owner.
                    let _ = parent.remove_child(&entry.node);
                    entry.owner.cleanup();
                }
            }
        }
        // Walking backwards, each entry has to stand right before the one handled last.
        let mut next = end.clone();
        for (key, kept) in keys.into_iter().zip(kept).rev() {
            let Some(entry) = kept.or_else(|| enter(&list_owner, &*draw_one, &key)) else { continue };
            if entry.node.next_sibling().as_ref() != Some(&next) {
                let _ = parent.insert_before(&entry.node, Some(&next));
            }
            next = entry.node.clone();
            entries.push((key, entry));
        }
    }));
    Node(Some(fragment))
}

fn enter(list_owner: &Owner, draw_one: &dyn Fn(&str) -> Node, key: &str) -> Option<Entry> {
    let owner = list_owner.with(Owner::new);
    let node = untrack(|| owner.with(|| draw_one(key))).0?;
    Some(Entry { owner, node })
}
