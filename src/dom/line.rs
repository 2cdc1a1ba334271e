//! A line of elements whose keeper says which they are.

use super::{Node, fragment};
use web_sys::Node as Place;

/// A place in the document for nodes that somebody else keeps, one after the other.
pub struct Line {
    end: Place,
}

impl Line {
    /// Empty, with the node that brings it into the document.
    pub fn new() -> Option<(Self, Node)> {
        let (fragment, end) = (fragment()?, web_sys::Comment::new().ok()?);
        fragment.append_child(&end).ok()?;
        Some((Self { end: end.into() }, Node(Some(fragment))))
    }

    /// Takes a node out.
    pub fn remove(&self, node: &Place) {
        if let Some(parent) = self.end.parent_node() {
            let _ = parent.remove_child(node);
        }
    }

    /// Puts the nodes there, told from the last to the first. One that stands right is not moved.
    pub fn put<'a>(&self, from_last: impl Iterator<Item = &'a Place>) {
        let Some(parent) = self.end.parent_node() else { return };
        let mut next = self.end.clone();
        for node in from_last {
            if node.next_sibling().as_ref() != Some(&next) {
                let _ = parent.insert_before(node, Some(&next));
            }
            next = node.clone();
        }
    }
}
