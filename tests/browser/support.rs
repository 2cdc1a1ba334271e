//! What the tests share: mounting a component, finding elements, acting like a user, and a log of mutations.

pub(crate) mod create_states;
mod data;
mod fixed_clock;
mod mutation_log;
mod roles;
mod server;
mod stub;
mod user_actions;

pub(crate) use data::{at, from_now, good_token, in_minutes, problem, run, run_between, server_failed, token};
pub(crate) use mutation_log::MutationLog;
pub(crate) use roles::{description_of, found_in, name_of};
pub(crate) use server::FakeServer;
pub(crate) use stub::Stub;
pub(crate) use user_actions::{blur, dispatch, get, press_key, type_into};

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

/// A mounted component with its context. Dropping it removes all traces.
pub(crate) struct Screen {
    pub(crate) host: HtmlElement,
    pub(crate) context: AppContext,
    mounted: Option<Box<dyn Any>>,
    owner: Owner,
    title: String,
    address: String,
    ticking: Cell<bool>,
}

/// Mounts a component with the default configuration.
pub(crate) fn render<T: 'static>(component: impl FnOnce(AppContext) -> (T, AnyView) + 'static) -> (Screen, T) {
    render_with(Config::default(), component)
}

/// Mounts a component that needs no fixture.
pub(crate) fn render_plain(component: impl FnOnce() -> AnyView + 'static) -> Screen {
    render(move |_| ((), component())).0
}

/// Mounts a component with this configuration, and the live region beside it.
pub(crate) fn render_with<T: 'static>(
    config: Config,
    component: impl FnOnce(AppContext) -> (T, AnyView) + 'static,
) -> (Screen, T) {
    // A failed test leaves its component and the scroll position behind, which must not affect the next test.
    window().scroll_to_with_x_and_y(0.0, 0.0);
    for left in all_in(&document().body().unwrap(), "[data-screen]") {
        left.remove();
    }
    forget_choices();
    render_keeping_storage(config, component)
}

/// Mounts a component without clearing the browser's storage first.
pub(crate) fn render_keeping_storage<T: 'static>(
    config: Config,
    component: impl FnOnce(AppContext) -> (T, AnyView) + 'static,
) -> (Screen, T) {
    fixed_clock::start();
    let (title, address) = (document().title(), window().location().href().unwrap());
    let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    host.set_attribute("data-screen", "").unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let made = Rc::new(RefCell::new(None));
    let shown = Rc::clone(&made);
    let mounted = mount_to(host.clone(), move || {
        let context = AppContext::new(config, Vec::new());
        context.provide();
        let (fixture, node) = component(context);
        *shown.borrow_mut() = Some((context, fixture, Owner::current().unwrap()));
        view! { {node} <LiveRegions announcer=context.ui.announcer /> }.into_any()
    });
    let (context, fixture, owner) = made.take().unwrap();
    let mounted = Some(Box::new(mounted) as Box<dyn Any>);
    (Screen { host, context, mounted, owner, title, address, ticking: Cell::new(false) }, fixture)
}

fn forget_choices() {
    let _ = session_storage().clear();
    let _ = local_storage().clear();
}

impl Drop for Screen {
    fn drop(&mut self) {
        drop(self.mounted.take());
        // A task that is still waiting keeps the owner, and with it listeners of the whole window, which the next test must not meet.
        self.owner.cleanup();
        self.host.remove();
        document().set_title(&self.title);
        put_address(&self.address);
        let _ = document().document_element().unwrap().remove_attribute("data-theme");
        forget_choices();
    }
}

/// Changes the address without an event.
pub(crate) fn put_address(address: &str) {
    let history = window().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", Some(address)).unwrap();
}

impl Screen {
    /// The elements that match a selector, for those without a role or a name.
    pub(crate) fn all(&self, selector: &str) -> Vec<Element> {
        all_in(&self.host, selector)
    }

    /// The only element that matches a selector.
    pub(crate) fn one(&self, selector: &str) -> Element {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector} in {}", self.full_text());
        found[0].clone()
    }

    /// Whether any element matches a selector.
    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// The text of the only element that matches a selector.
    pub(crate) fn text(&self, selector: &str) -> String {
        text_of(&self.one(selector))
    }

    /// The elements with this role and name.
    pub(crate) fn find_all(&self, role: &str, name: &str) -> Vec<HtmlElement> {
        found_in(&self.host, role).into_iter().filter(|part| name_of(part) == name).collect()
    }

    /// The only element with this role and name.
    pub(crate) fn find(&self, role: &str, name: &str) -> HtmlElement {
        let found = self.find_all(role, name);
        let others = || found_in(&self.host, role).iter().map(|part| name_of(part)).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{role} {name} among {:?}", others());
        found[0].clone()
    }

    /// Whether there is an element with this role and name.
    pub(crate) fn has_role(&self, role: &str, name: &str) -> bool {
        !self.find_all(role, name).is_empty()
    }

    /// The texts of all elements with this role, in document order, without empty ones.
    pub(crate) fn texts(&self, role: &str) -> Vec<String> {
        found_in(&self.host, role).iter().map(|part| text_of(part)).filter(|text| !text.is_empty()).collect()
    }

    /// The field with this role and name.
    pub(crate) fn field(&self, role: &str, name: &str) -> HtmlInputElement {
        self.find(role, name).unchecked_into()
    }

    /// The `href` of the link with this name.
    pub(crate) fn link(&self, name: &str) -> String {
        self.find("link", name).get_attribute("href").unwrap()
    }

    /// The component's whole text.
    pub(crate) fn full_text(&self) -> String {
        text_of(&self.host)
    }

    /// Whether the component's text contains this.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.full_text().contains(&squeeze(text))
    }

    /// The latest announcement to screen readers.
    pub(crate) fn announced(&self) -> String {
        self.text("[data-region=announcer]")
    }

    /// Advances the time and makes the clock tick.
    pub(crate) fn advance_clock(&self, span: Span) {
        if !self.ticking.replace(true) {
            self.context.ui.clock.run();
        }
        fixed_clock::advance(span);
        // The clock ticks at once when the page is shown again.
        dispatch(&window(), "pageshow");
    }
}

pub(crate) fn all_in(root: &Element, selector: &str) -> Vec<Element> {
    let found = root.query_selector_all(selector).unwrap();
    (0..found.length()).map(|index| found.item(index).unwrap().unchecked_into()).collect()
}

/// The text of an element as it is read: with white space collapsed, and some between blocks.
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

/// An attribute's value.
pub(crate) fn attribute(element: &Element, name: &str) -> Option<String> {
    element.get_attribute(name)
}

/// Whether an element has the focus.
pub(crate) fn focused(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// Waits until every signal that was set has been rendered, since a task runs only after all microtasks.
pub(crate) async fn settle() {
    for _ in 0..2 {
        TimeoutFuture::new(0).await;
    }
}

/// Waits for something that the browser does in its own time.
pub(crate) async fn wait_until(what: &str, holds: impl Fn() -> bool) {
    // `Date` is fixed in tests, so the timeout needs another clock.
    let now = || window().performance().unwrap().now();
    let from = now();
    while !holds() {
        assert!(now() - from < 20_000.0, "timed out waiting for {what}");
        TimeoutFuture::new(1).await;
    }
}
