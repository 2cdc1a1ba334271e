//! Elements, their attributes and their events.

use super::{IntoNode, Node, Tracked, append};
use crate::browser;
use crate::reactive::{Call, StoredValue, draw};
use js_sys::Reflect;
use std::borrow::Cow;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

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
    Following(Box<dyn Call<(), Option<String>>>),
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
        Attribute::Following(Box::new(move |()| Some(value.call(()))))
    }
}

impl IntoAttribute for Tracked<&'static str> {
    fn into_attribute(self) -> Attribute {
        let mut value = self.into_inner();
        Attribute::Following(Box::new(move |()| Some(value.call(()).to_owned())))
    }
}

impl IntoAttribute for Tracked<Option<&'static str>> {
    fn into_attribute(self) -> Attribute {
        let mut value = self.into_inner();
        Attribute::Following(Box::new(move |()| value.call(()).map(ToOwned::to_owned)))
    }
}

impl IntoAttribute for Tracked<bool> {
    fn into_attribute(self) -> Attribute {
        let mut value = self.into_inner();
        Attribute::Following(Box::new(move |()| value.call(()).then(String::new)))
    }
}

/// Markup that is being made, as `view!` writes it: what the markup says of itself comes as a shape, everything else by a
/// call that means the element opened last. A handle for every element would cost three times the bytes.
#[derive(Default)]
pub struct Builder {
    open: Vec<web_sys::Element>,
    made: Vec<Node>,
}

impl Builder {
    /// Nothing yet.
    #[inline(never)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Does what a shape says. Its parts begin with U+0001 and a sign: `<name` opens an element, `~name` one of SVG,
    /// ` name=value` sets an attribute, `"text` adds a text, `>` closes the element.
    #[inline(never)]
    pub fn shape(&mut self, shape: &'static str) {
        for part in shape.split('\u{1}') {
            let mut rest = part.chars();
            match (rest.next(), rest.as_str()) {
                (Some('<'), name) => self.enter(browser::document().and_then(|made| made.create_element(name).ok())),
                (Some('~'), name) => {
                    self.enter(browser::document().and_then(|made| made.create_element_ns(Some(SVG), name).ok()));
                }
                (Some(' '), attribute) => {
                    let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
                    self.top(|element| write(element, name, Some(value)));
                }
                (Some('"'), text) => self.put(text.into_node()),
                (Some(_), _) => self.leave(),
                (None, _) => {}
            }
        }
    }

    fn enter(&mut self, element: Option<web_sys::Element>) {
        // The document of a page makes every element that markup can name.
        self.open.extend(element);
    }

    fn leave(&mut self) {
        if let Some(element) = self.open.pop() {
            self.put(Node(Some(element.into())));
        }
    }

    fn put(&mut self, node: Node) {
        match self.open.last() {
            Some(element) => append(element, &node),
            None => self.made.push(node),
        }
    }

    fn top(&self, then: impl FnOnce(&web_sys::Element)) {
        if let Some(element) = self.open.last() {
            then(element);
        }
    }

    /// All that was made.
    #[inline(never)]
    pub fn done(self) -> Node {
        let mut made = self.made;
        match made.pop() {
            Some(only) if made.is_empty() => only,
            Some(last) => {
                made.push(last);
                super::nodes(made)
            }
            None => Node(None),
        }
    }

    /// Sets an attribute, now or whenever its value changes.
    pub fn attr(&mut self, name: &'static str, value: impl IntoAttribute) {
        self.set(name, value.into_attribute());
    }

    #[inline(never)]
    fn set(&mut self, name: &'static str, value: Attribute) {
        self.top(|element| match value {
            Attribute::Fixed(Some(value)) => write(element, name, Some(&value)),
            Attribute::Fixed(None) => {}
            Attribute::Following(value) => {
                let element = element.clone();
                follow(value, Box::new(move |now| write(&element, name, now)));
            }
        });
    }

    /// Sets a property of the element's object: what an attribute of the same name only gives at first.
    pub fn prop(&mut self, name: &'static str, value: Tracked<impl Into<JsValue> + Clone + PartialEq + 'static>) {
        let mut value = value.into_inner();
        self.follow_property(name, Box::new(move |()| value.call(()).into()));
    }

    #[inline(never)]
    fn follow_property(&mut self, name: &'static str, mut value: Box<dyn Call<(), JsValue>>) {
        self.top(|element| {
            let element = element.clone();
            draw(Box::new(move |()| {
                let _ = Reflect::set(&element, &JsValue::from_str(name), &value.call(()));
            }));
        });
    }

    /// Adds a class while a condition holds.
    #[inline(never)]
    pub fn class(&mut self, name: &'static str, holds: Tracked<bool>) {
        self.top(|element| {
            let element = element.clone();
            let mut holds = holds.into_inner();
            follow(
                Box::new(move |()| holds.call(()).then(String::new)),
                Box::new(move |now| {
                    let _ = element.class_list().toggle_with_force(name, now.is_some());
                }),
            );
        });
    }

    /// Sets a property of the element's style, which the page's policy allows, unlike a style attribute.
    #[inline(never)]
    pub fn style(&mut self, name: &'static str, value: Tracked<String>) {
        self.top(|element| {
            let Ok(element) = element.clone().dyn_into::<web_sys::HtmlElement>() else { return };
            let mut value = value.into_inner();
            follow(
                Box::new(move |()| Some(value.call(()))),
                Box::new(move |now| {
                    let _ = element.style().set_property(name, now.unwrap_or_default());
                }),
            );
        });
    }

    /// Calls a handler for every event of this name. It is collected with the element.
    pub fn on(&mut self, event: &str, handler: impl FnMut(web_sys::Event) + 'static) {
        self.listen(event, Box::new(handler));
    }

    #[inline(never)]
    fn listen(&mut self, event: &str, mut handler: Box<dyn Call<web_sys::Event, ()>>) {
        self.top(|element| {
            let handler = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| handler.call(event)).into_js_value();
            let _ = element.add_event_listener_with_callback(event, handler.unchecked_ref());
        });
    }

    /// Adds a child.
    pub fn child(&mut self, child: impl IntoNode) {
        self.put(child.into_node());
    }

    /// Keeps the element itself in a slot.
    pub fn keep<T: JsCast + Clone + 'static>(&mut self, slot: Slot<T>) {
        self.top(|element| slot.0.set_value(element.clone().dyn_into().ok()));
    }
}

const SVG: &str = "http://www.w3.org/2000/svg";

fn write(element: &web_sys::Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Puts a value, or the lack of one, into the document.
type Write = Box<dyn Fn(Option<&str>)>;

/// Writes a value now and whenever it has changed, and not when it has not.
#[inline(never)]
fn follow(mut value: Box<dyn Call<(), Option<String>>>, write: Write) {
    // Not there before it is written first.
    let mut before = None;
    draw(Box::new(move |()| {
        let now = value.call(());
        if before != now {
            write(now.as_deref());
            before = now;
        }
    }));
}
