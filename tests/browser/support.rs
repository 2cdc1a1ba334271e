//! What the tests share: a stage for one component, a person's hands and eyes, and a witness of changes.

pub(crate) mod creates;
mod data;
mod hands;
mod roles;
mod server;
mod standing;
mod stub;
mod witness;

pub(crate) use data::{at, from_now, good_token, in_minutes, problem, run, run_between, server_failed, token};
pub(crate) use hands::{get, leave, press_key, tell, type_into};
pub(crate) use roles::{described, found_in, name_of};
pub(crate) use server::Server;
pub(crate) use stub::Stub;
pub(crate) use witness::Witness;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use runboard::components::LiveRegions;
use runboard::config::Config;
use runboard::context::AppContext;
use runboard_core::time::Span;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, Node as DomNode, Storage, Window};

pub(crate) fn window() -> Window {
    web_sys::window().unwrap()
}

pub(crate) fn document() -> Document {
    window().document().unwrap()
}

pub(crate) fn session_storage() -> Storage {
    window().session_storage().unwrap().unwrap()
}

pub(crate) fn local_storage() -> Storage {
    window().local_storage().unwrap().unwrap()
}

/// A component in an element of its own, with its surroundings. Dropping it takes away all traces.
pub(crate) struct Stage {
    pub(crate) host: HtmlElement,
    pub(crate) console: AppContext,
    mounted: Option<Box<dyn Any>>,
    title: String,
    address: String,
    ticking: Cell<bool>,
}

/// Sets up a component, with the default configuration.
pub(crate) fn stage<T: 'static>(draw: impl FnOnce(AppContext) -> (T, AnyView) + 'static) -> (Stage, T) {
    stage_with(Config::default(), draw)
}

/// Sets up a component that needs nothing and gives nothing back.
pub(crate) fn plain_stage(draw: impl FnOnce() -> AnyView + 'static) -> Stage {
    stage(move |_| ((), draw())).0
}

/// Sets up a component, with this configuration. What screen readers are told stands on the stage, too.
pub(crate) fn stage_with<T: 'static>(
    config: Config,
    draw: impl FnOnce(AppContext) -> (T, AnyView) + 'static,
) -> (Stage, T) {
    // What a test leaves that failed may not make the next one fail.
    for left in all_in(&document().body().unwrap(), "[data-stage]") {
        left.remove();
    }
    forget_choices();
    stage_as_left(config, draw)
}

/// Sets up a component in a browser that has kept something already.
pub(crate) fn stage_as_left<T: 'static>(
    config: Config,
    draw: impl FnOnce(AppContext) -> (T, AnyView) + 'static,
) -> (Stage, T) {
    standing::start();
    let (title, address) = (document().title(), window().location().href().unwrap());
    let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    host.set_attribute("data-stage", "").unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let made = Rc::new(RefCell::new(None));
    let shown = Rc::clone(&made);
    let mounted = mount_to(host.clone(), move || {
        let console = AppContext::new(config, Vec::new());
        console.provide();
        let (parts, node) = draw(console);
        *shown.borrow_mut() = Some((console, parts));
        view! { {node} <LiveRegions announcer=console.ui.announcer /> }.into_any()
    });
    let (console, parts) = made.take().unwrap();
    (Stage { host, console, mounted: Some(Box::new(mounted)), title, address, ticking: Cell::new(false) }, parts)
}

fn forget_choices() {
    let _ = session_storage().clear();
    let _ = local_storage().clear();
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.mounted.take());
        self.host.remove();
        document().set_title(&self.title);
        put_address(&self.address);
        let _ = document().document_element().unwrap().remove_attribute("data-theme");
        forget_choices();
    }
}

/// Puts an address into the current entry of the history, without anyone noticing.
pub(crate) fn put_address(address: &str) {
    let history = window().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", Some(address)).unwrap();
}

impl Stage {
    /// The elements that match: for what has neither a role nor a name.
    pub(crate) fn all(&self, selector: &str) -> Vec<Element> {
        all_in(&self.host, selector)
    }

    /// The only element that matches.
    pub(crate) fn one(&self, selector: &str) -> Element {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector} in {}", self.said());
        found[0].clone()
    }

    /// Whether anything matches.
    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// The text of the only element that matches.
    pub(crate) fn text(&self, selector: &str) -> String {
        text_of(&self.one(selector))
    }

    /// The parts of that role and name.
    pub(crate) fn found(&self, role: &str, name: &str) -> Vec<HtmlElement> {
        found_in(&self.host, role).into_iter().filter(|part| name_of(part) == name).collect()
    }

    /// The only part of that role and name.
    pub(crate) fn find(&self, role: &str, name: &str) -> HtmlElement {
        let found = self.found(role, name);
        let others = || found_in(&self.host, role).iter().map(|part| name_of(part)).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{role} {name} among {:?}", others());
        found[0].clone()
    }

    /// Whether there is a part of that role and name.
    pub(crate) fn offers(&self, role: &str, name: &str) -> bool {
        !self.found(role, name).is_empty()
    }

    /// The texts of all parts of that role, in their order; empty ones left out.
    pub(crate) fn texts(&self, role: &str) -> Vec<String> {
        found_in(&self.host, role).iter().map(|part| text_of(part)).filter(|text| !text.is_empty()).collect()
    }

    /// The field of that role and name.
    pub(crate) fn field(&self, role: &str, name: &str) -> HtmlInputElement {
        self.find(role, name).unchecked_into()
    }

    /// Where the link of that name leads.
    pub(crate) fn link(&self, name: &str) -> String {
        self.find("link", name).get_attribute("href").unwrap()
    }

    /// All that is read on the stage.
    pub(crate) fn said(&self) -> String {
        text_of(&self.host)
    }

    /// Whether these words stand on the stage.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.said().contains(&squeeze(words))
    }

    /// What screen readers were told last.
    pub(crate) fn announced(&self) -> String {
        self.text("[data-region=announcer]")
    }

    /// Lets time go by, and the clock tick.
    pub(crate) fn let_pass(&self, span: Span) {
        if !self.ticking.replace(true) {
            self.console.ui.clock.run();
        }
        standing::pass(span);
        // What a page hears when it is seen again makes the clock tick at once.
        tell(&window(), "pageshow");
    }
}

pub(crate) fn all_in(root: &Element, selector: &str) -> Vec<Element> {
    let found = root.query_selector_all(selector).unwrap();
    (0..found.length()).map(|index| found.item(index).unwrap().unchecked_into()).collect()
}

/// The text of an element as it is read: white space squeezed, and some of it between blocks.
pub(crate) fn text_of(element: &Element) -> String {
    squeeze(&read(element))
}

fn read(node: &DomNode) -> String {
    if node.node_type() == DomNode::TEXT_NODE {
        return node.text_content().unwrap_or_default();
    }
    let children = node.child_nodes();
    let text: String = (0..children.length()).map(|index| read(&children.item(index).unwrap())).collect();
    let inline = matches!(node.node_name().as_str(), "A" | "B" | "BDI" | "CODE" | "I" | "SPAN" | "TIME");
    if inline || node.node_type() != DomNode::ELEMENT_NODE { text } else { format!(" {text} ") }
}

pub(crate) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An attribute's value, to compare with.
pub(crate) fn attribute(element: &Element, name: &str) -> Option<String> {
    element.get_attribute(name)
}

/// Whether an element has the focus.
pub(crate) fn focused(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// Until all that was set has been drawn: a task comes only after all microtasks.
pub(crate) async fn settle() {
    for _ in 0..2 {
        TimeoutFuture::new(0).await;
    }
}

/// Until something holds that the browser does in its own time.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    // The standing clock would never tell that it is in vain.
    let now = || window().performance().unwrap().now();
    let from = now();
    while !holds() {
        assert!(now() - from < 5_000.0, "in vain: {what}");
        TimeoutFuture::new(1).await;
    }
}
