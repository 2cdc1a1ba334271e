//! Values that follow signals.

use super::{IntoNode, Node, fragment};
use crate::reactive::{Call, draw};
use leptos::prelude::Owner;

/// A value that is computed again whenever a signal it read has changed.
pub struct Tracked<T>(Box<dyn Call<(), T>>);

/// Follows signals, in markup: `{tracked(move || name.get())}`.
pub fn tracked<T>(mut value: impl FnMut() -> T + 'static) -> Tracked<T> {
    Tracked(Box::new(move |()| value()))
}

impl<T> Tracked<T> {
    pub(super) fn into_inner(self) -> Box<dyn Call<(), T>> {
        self.0
    }
}

impl IntoNode for Tracked<String> {
    fn into_node(self) -> Node {
        text(self.0)
    }
}

impl IntoNode for Tracked<Option<String>> {
    fn into_node(self) -> Node {
        let mut value = self.0;
        text(Box::new(move |()| value.call(()).unwrap_or_default()))
    }
}

impl IntoNode for Tracked<&'static str> {
    fn into_node(self) -> Node {
        let mut value = self.0;
        text(Box::new(move |()| value.call(()).to_owned()))
    }
}

impl IntoNode for Tracked<Node> {
    fn into_node(self) -> Node {
        region(self.0)
    }
}

impl IntoNode for Tracked<Option<Node>> {
    fn into_node(self) -> Node {
        let mut value = self.0;
        region(Box::new(move |()| value.call(()).into_node()))
    }
}

impl IntoNode for Tracked<Vec<Node>> {
    fn into_node(self) -> Node {
        let mut value = self.0;
        region(Box::new(move |()| value.call(()).into_node()))
    }
}

/// A text that rewrites itself when it changed.
fn text(mut value: Box<dyn Call<(), String>>) -> Node {
    let Ok(node) = web_sys::Text::new() else { return Node(None) };
    let shown = node.clone();
    let mut before = None;
    draw(Box::new(move |()| {
        let now = Some(value.call(()));
        if before != now {
            shown.set_data(now.as_deref().unwrap_or_default());
            before = now;
        }
    }));
    Node(Some(node.into()))
}

/// A region that is drawn anew. Two comments mark it, so that it can be found wherever its fragment was put.
fn region(mut value: Box<dyn Call<(), Node>>) -> Node {
    let (Some(fragment), Ok(start), Ok(end)) = (fragment(), web_sys::Comment::new(), web_sys::Comment::new()) else {
        return Node(None);
    };
    let _ = fragment.append_child(&start);
    let _ = fragment.append_child(&end);
    // What is drawn has an owner of its own, not the effect's, which is cleaned before the effect runs again: an element
    // that is taken away may still send an event (one that has the focus sends `blur`), and its handler needs its owner.
    let region_owner = Owner::current().unwrap_or_default();
    let mut drawn: Option<Owner> = None;
    draw(Box::new(move |()| {
        clear(&start, &end);
        if let Some(drawn) = drawn.take() {
            drawn.cleanup();
        }
        let owner = region_owner.with(Owner::new);
        let now = owner.with(|| value.call(()));
        drawn = Some(owner);
        if let (Some(parent), Some(now)) = (end.parent_node(), now.0) {
            let _ = parent.insert_before(&now, Some(&end));
        }
    }));
    Node(Some(fragment))
}

fn clear(start: &web_sys::Node, end: &web_sys::Node) {
    while let Some(next) = start.next_sibling() {
        if next == *end {
            return;
        }
        if let Some(parent) = next.parent_node() {
            let _ = parent.remove_child(&next);
        }
    }
}
