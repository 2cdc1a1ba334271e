//! Lists whose entries stay while their keys do.

use super::{Node, fragment, keep};
use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::Hash;

/// What is drawn for one key, with everything that follows signals in it.
struct Entry {
    owner: Owner,
    node: web_sys::Node,
}

/// Draws a node for each key, in order. An entry whose key stays is neither drawn again nor, where its place among the
/// others stays, moved; `draw` gives exactly one element. Keys have to differ.
pub fn each<K: Eq + Hash + Clone + 'static>(
    mut keys: impl FnMut() -> Vec<K> + 'static,
    draw: impl Fn(K) -> Node + 'static,
) -> Node {
    let (Some(fragment), Ok(end)) = (fragment(), web_sys::Comment::new()) else { return Node(None) };
    let _ = fragment.append_child(&end);
    // Entries are owned here and not by the effect, whose owner is cleaned each time it runs.
    let parent_owner = Owner::current().unwrap_or_default();
    keep(RenderEffect::new(move |before: Option<HashMap<K, Entry>>| {
        let keys = keys();
        let mut before = before.unwrap_or_default();
        let mut after = HashMap::with_capacity(keys.len());
        let Some(parent) = end.parent_node() else { return before };
        // Gone ones first: then those that stay stand in line.
        let gone: Vec<K> = {
            let wanted: std::collections::HashSet<&K> = keys.iter().collect();
            before.keys().filter(|key| !wanted.contains(key)).cloned().collect()
        };
        for entry in gone.iter().filter_map(|key| before.remove(key)) {
            entry.owner.cleanup();
            let _ = parent.remove_child(&entry.node);
        }
        let end: &web_sys::Node = &end;
        // Walking backwards, each entry has to stand right before the one handled last.
        let mut next = end.clone();
        for key in keys.into_iter().rev() {
            let entry = match before.remove(&key) {
                Some(entry) => entry,
                None => {
                    let owner = parent_owner.with(Owner::new);
                    let Some(node) = untrack(|| owner.with(|| draw(key.clone()))).0 else { continue };
                    Entry { owner, node }
                }
            };
            if entry.node.next_sibling().as_ref() != Some(&next) {
                let _ = parent.insert_before(&entry.node, Some(&next));
            }
            next = entry.node.clone();
            after.insert(key, entry);
        }
        after
    }));
    Node(Some(fragment))
}
