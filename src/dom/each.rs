//! Lists whose entries stay while their keys do.

use super::{Node, fragment};
use crate::reactive::draw;
use leptos::prelude::{Owner, untrack};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What is drawn for one key, with everything that follows signals in it.
struct Entry {
    owner: Owner,
    node: web_sys::Node,
}

/// Draws a node for each key, in order. An entry whose key stays is neither drawn again nor, where its place among the
/// others stays, moved; `draw_one` gives exactly one element. Keys have to differ.
pub fn each(keys: impl FnMut() -> Vec<Rc<str>> + 'static, draw_one: impl Fn(&str) -> Node + 'static) -> Node {
    list(Box::new(keys), Box::new(draw_one))
}

fn list(mut keys: Box<dyn FnMut() -> Vec<Rc<str>>>, draw_one: Box<dyn Fn(&str) -> Node>) -> Node {
    let (Some(fragment), Ok(end)) = (fragment(), web_sys::Comment::new()) else { return Node(None) };
    let _ = fragment.append_child(&end);
    let end: web_sys::Node = end.into();
    // Entries are owned here and not by the effect, whose owner is cleaned each time it runs.
    let list_owner = Owner::current().unwrap_or_default();
    let mut entries = HashMap::<Rc<str>, Entry>::new();
    draw(Box::new(move || {
        let keys = keys();
        let Some(parent) = end.parent_node() else { return };
        // Gone ones first: then those that stay stand in line.
        let wanted: HashSet<&Rc<str>> = keys.iter().collect();
        entries.retain(|key, entry| {
            let stays = wanted.contains(key);
            if !stays {
                // First its node: taken away, it may still send an event to a handler that needs its owner.
                let _ = parent.remove_child(&entry.node);
                entry.owner.cleanup();
            }
            stays
        });
        // Walking backwards, each entry has to stand right before the one handled last.
        let mut next = end.clone();
        for key in keys.iter().rev() {
            if !entries.contains_key(key) {
                let owner = list_owner.with(Owner::new);
                if let Some(node) = untrack(|| owner.with(|| draw_one(key))).0 {
                    entries.insert(Rc::clone(key), Entry { owner, node });
                }
            }
            let Some(entry) = entries.get(key) else { continue };
            if entry.node.next_sibling().as_ref() != Some(&next) {
                let _ = parent.insert_before(&entry.node, Some(&next));
            }
            next = entry.node.clone();
        }
    }));
    Node(Some(fragment))
}
