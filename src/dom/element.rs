//! Elements, their attributes and their events.

use super::{IntoNode, Node, Tracked, append};
use crate::browser;
use crate::reactive::{StoredValue, draw};
use js_sys::Reflect;
use std::borrow::Cow;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// An element that is being made.
#[derive(Clone)]
pub struct Element(Option<web_sys::Element>);

/// A place where an element of markup is kept, for those who need it itself: `node_ref=slot`.
pub struct Slot<T: 'static>(StoredValue<Option<T>>);

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slot<T> {}

impl<T: JsCast + Clone + 'static> Slot<T> {
    /// Empty.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// The element, once it was made and as long as its owner lives.
    pub fn get(self) -> Option<T> {
        self.0.try_get_value().flatten()
    }
}

impl<T: JsCast + Clone + 'static> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What an attribute can be set to; `None` takes it away.
pub enum Attribute {
    /// Once and for all.
    Fixed(Option<Cow<'static, str>>),
    /// Whenever a signal changes.
    Following(Box<dyn FnMut() -> Option<String>>),
}

/// What can stand behind `name=`.
pub trait IntoAttribute {
    /// As an attribute's value.
    fn into_attribute(self) -> Attribute;
}

impl IntoAttribute for &'static str {
    fn into_attribute(self) -> Attribute {
        Attribute::Fixed(Some(Cow::Borrowed(self)))
    }
}

impl IntoAttribute for String {
    fn into_attribute(self) -> Attribute {
        Attribute::Fixed(Some(Cow::Owned(self)))
    }
}

impl IntoAttribute for bool {
    fn into_attribute(self) -> Attribute {
        Attribute::Fixed(self.then_some(Cow::Borrowed("")))
    }
}

impl<T: IntoAttribute> IntoAttribute for Option<T> {
    fn into_attribute(self) -> Attribute {
        self.map_or(Attribute::Fixed(None), IntoAttribute::into_attribute)
    }
}

impl IntoAttribute for Tracked<Option<String>> {
    fn into_attribute(self) -> Attribute {
        Attribute::Following(self.into_inner())
    }
}

impl IntoAttribute for Tracked<String> {
    fn into_attribute(self) -> Attribute {
        let mut value = self.into_inner();
        Attribute::Following(Box::new(move || Some(value())))
    }
}

impl IntoAttribute for Tracked<&'static str> {
    fn into_attribute(self) -> Attribute {
        let mut value = self.into_inner();
        Attribute::Following(Box::new(move || Some(value().to_owned())))
    }
}

impl IntoAttribute for Tracked<Option<&'static str>> {
    fn into_attribute(self) -> Attribute {
        let mut value = self.into_inner();
        Attribute::Following(Box::new(move || value().map(ToOwned::to_owned)))
    }
}

impl IntoAttribute for Tracked<bool> {
    fn into_attribute(self) -> Attribute {
        let mut value = self.into_inner();
        Attribute::Following(Box::new(move || value().then(String::new)))
    }
}

impl Element {
    /// An element of HTML.
    pub fn new(name: &str) -> Self {
        Self(browser::document().and_then(|document| document.create_element(name).ok()))
    }

    /// An element of SVG.
    pub fn svg(name: &str) -> Self {
        const NAMESPACE: &str = "http://www.w3.org/2000/svg";
        Self(browser::document().and_then(|document| document.create_element_ns(Some(NAMESPACE), name).ok()))
    }

    /// Sets an attribute, now or whenever its value changes.
    pub fn attr(&self, name: &'static str, value: impl IntoAttribute) {
        self.set(name, value.into_attribute());
    }

    fn set(&self, name: &'static str, value: Attribute) {
        match value {
            Attribute::Fixed(Some(value)) => self.write(name, Some(&value)),
            Attribute::Fixed(None) => {}
            Attribute::Following(value) => {
                let element = self.clone();
                follow(value, move |now| element.write(name, now));
            }
        }
    }

    fn write(&self, name: &str, value: Option<&str>) {
        if let Some(element) = &self.0 {
            let _ = match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        }
    }

    /// Sets a property of the element's object: what an attribute of the same name only gives at first.
    pub fn prop(&self, name: &'static str, value: Tracked<impl Into<JsValue> + Clone + PartialEq + 'static>) {
        let Some(element) = self.0.clone() else { return };
        let mut value = value.into_inner();
        draw(Box::new(move || {
            let _ = Reflect::set(&element, &JsValue::from_str(name), &value().into());
        }));
    }

    /// Adds a class while a condition holds.
    pub fn class(&self, name: &'static str, holds: Tracked<bool>) {
        let Some(element) = self.0.clone() else { return };
        let mut holds = holds.into_inner();
        follow(Box::new(move || holds().then(String::new)), move |now| {
            let _ = element.class_list().toggle_with_force(name, now.is_some());
        });
    }

    /// Sets a property of the element's style, which the page's policy allows, unlike a style attribute.
    pub fn style(&self, name: &'static str, value: Tracked<String>) {
        let Some(element) = self.0.clone().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) else {
            return;
        };
        let mut value = value.into_inner();
        follow(Box::new(move || Some(value())), move |now| {
            let _ = element.style().set_property(name, now.unwrap_or_default());
        });
    }

    /// Calls a handler for every event of this name. It is collected with the element.
    pub fn on(&self, event: &str, handler: impl FnMut(web_sys::Event) + 'static) {
        self.listen(event, Box::new(handler));
    }

    fn listen(&self, event: &str, handler: Box<dyn FnMut(web_sys::Event)>) {
        if let Some(element) = &self.0 {
            let handler = Closure::wrap(handler).into_js_value();
            let _ = element.add_event_listener_with_callback(event, handler.unchecked_ref());
        }
    }

    /// Adds a child.
    pub fn child(&self, child: impl IntoNode) {
        self.put(&child.into_node());
    }

    fn put(&self, child: &Node) {
        if let Some(element) = &self.0 {
            append(element, child);
        }
    }

    /// Keeps the element itself in a slot.
    pub fn keep<T: JsCast + Clone + 'static>(&self, slot: Slot<T>) {
        slot.0.set_value(self.0.clone().and_then(|element| element.dyn_into().ok()));
    }
}

impl IntoNode for Element {
    fn into_node(self) -> Node {
        Node(self.0.map(Into::into))
    }
}

/// Writes a value now and whenever it has changed, and not when it has not.
fn follow(mut value: Box<dyn FnMut() -> Option<String>>, write: impl Fn(Option<&str>) + 'static) {
    // Not there before it is written first.
    let mut before = None;
    draw(Box::new(move || {
        let now = value();
        if before != now {
            write(now.as_deref());
            before = now;
        }
    }));
}
