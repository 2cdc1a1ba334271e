//! The renderer: plain DOM nodes, made once, whose parts follow signals.
//!
//! Leptos gives the signals, owners, contexts and components; its own renderer compiles a type for every element with
//! its attributes and children, which measured two thirds of the program's bytes. Here `view!` (`tools/markup`) makes
//! calls of the few functions below. Nothing goes through `innerHTML`, as the page's Trusted Types policy demands.
//!
//! A [`Node`] is real from the start: an element, a text, or a fragment. What depends on signals is a [`Tracked`] value: a
//! text that rewrites itself, an attribute that sets itself, or a region between two comments that is drawn anew.
//! Whatever follows signals ends with the reactive owner it was made under.

mod each;
mod element;
mod line;
mod tracked;

pub use each::each;
pub use element::{Builder, IntoAttribute, Slot};
pub use line::Line;
pub use runboard_markup::{component, view};
pub use tracked::{Tracked, tracked};

use crate::browser;
use any_spawner::Executor;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A piece of the document: an element, a text, a fragment of several, or nothing.
#[derive(Clone, Debug)]
pub struct Node(Option<web_sys::Node>);

impl Node {
    /// A copy with all that is in it, if it is an element. What follows signals or hears events does not do so in the copy.
    pub fn copy(&self) -> Option<web_sys::Element> {
        self.0.as_ref()?.clone_node_with_deep(true).ok()?.dyn_into().ok()
    }
}

/// Puts a node into an element, in place of all that was in it.
pub fn fill(element: &web_sys::Element, content: Node) {
    element.set_text_content(None);
    append(element, &content);
}

/// What stands between the tags of a component.
pub type Children = Box<dyn FnOnce() -> Node>;

/// Children for a component's property.
pub fn children(make: impl FnOnce() -> Node + 'static) -> Children {
    Box::new(make)
}

/// Several nodes as one.
pub fn nodes(parts: Vec<Node>) -> Node {
    let Some(fragment) = fragment() else { return Node(None) };
    for part in parts {
        append(&fragment, &part);
    }
    Node(Some(fragment))
}

/// What can stand in markup.
pub trait IntoNode {
    /// As a node.
    fn into_node(self) -> Node;
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for () {
    fn into_node(self) -> Node {
        Node(None)
    }
}

impl IntoNode for &str {
    fn into_node(self) -> Node {
        Node(web_sys::Text::new_with_data(self).ok().map(Into::into))
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        self.as_str().into_node()
    }
}

impl<T: IntoNode> IntoNode for Option<T> {
    fn into_node(self) -> Node {
        self.map_or(Node(None), IntoNode::into_node)
    }
}

impl<T: IntoNode> IntoNode for Vec<T> {
    fn into_node(self) -> Node {
        nodes(self.into_iter().map(IntoNode::into_node).collect())
    }
}

impl<T: IntoNode, const N: usize> IntoNode for [T; N] {
    fn into_node(self) -> Node {
        nodes(self.into_iter().map(IntoNode::into_node).collect())
    }
}

/// Makes a component. What it reads while it is made is not followed: that is its own matter, not that of the region it
/// stands in.
pub fn quiet(make: impl FnOnce() -> Node) -> Node {
    let (mut make, mut made) = (Some(make), Node(None));
    quietly(&mut || {
        if let Some(make) = make.take() {
            made = make();
        }
    });
    made
}

#[inline(never)]
fn quietly(make: &mut dyn FnMut()) {
    untrack(make);
}

/// A view in the document. It ends, and its nodes go, when this is dropped.
#[must_use = "the view ends when this is dropped"]
pub struct Mounted {
    owner: Owner,
    host: web_sys::Element,
}

impl Mounted {
    /// Lets the view live as long as the document.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.host.set_text_content(None);
        self.owner.cleanup();
    }
}

/// Draws a view into an element of the document.
pub fn mount(host: web_sys::Element, view: impl FnOnce() -> Node) -> Mounted {
    // Another mount may have set it before.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let node = owner.with(view);
    append(&host, &node);
    Mounted { owner, host }
}

fn append(parent: &web_sys::Node, child: &Node) {
    if let Some(child) = &child.0 {
        let _ = parent.append_child(child);
    }
}

fn fragment() -> Option<web_sys::Node> {
    Some(browser::document()?.create_document_fragment().unchecked_into())
}
