//! The window around the page, when it is in a frame: only messages pass between the two.

use super::{document, element, listen, window};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, MessagePort, ResizeObserver, Window};

thread_local! {
    static PORT: RefCell<Option<MessagePort>> = const { RefCell::new(None) };
}

/// A message that reached the window.
pub struct Message {
    /// Whether the window around this page sent it.
    pub from_parent: bool,
    /// Where it comes from, as the browser says.
    pub origin: String,
    /// Its text, if it is one.
    pub text: Option<String>,
    ports: js_sys::Array,
}

fn parent() -> Option<Window> {
    let own = window()?;
    let parent = own.parent().ok().flatten()?;
    (JsValue::from(&parent) != JsValue::from(&own)).then_some(parent)
}

/// Whether the page is in a frame.
pub fn framed() -> bool {
    parent().is_some()
}

/// Says a text that is no secret to the window around, whoever it is.
pub fn announce(text: &str) {
    if let Some(parent) = parent() {
        let _ = parent.post_message(&text.into(), "*");
    }
}

/// Calls `hear` with every message that reaches the window, for as long as the document lives.
pub fn hear(hear: impl Fn(Message) + 'static) {
    let Some(window) = window() else { return };
    listen(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let from_parent = match (event.source(), parent()) {
            (Some(source), Some(parent)) => JsValue::from(source) == JsValue::from(parent),
            _ => false,
        };
        hear(Message { from_parent, origin: event.origin(), text: event.data().as_string(), ports: event.ports() });
    });
}

impl Message {
    /// How many ports came with it.
    pub fn ports(&self) -> u32 {
        self.ports.length()
    }

    /// Closes them.
    pub fn close_ports(&self) {
        for port in self.ports.iter() {
            port.unchecked_into::<MessagePort>().close();
        }
    }

    /// Takes the first: from now on `hear` is called with every message through it; none stands for one that is no text.
    pub fn take_port(&self, hear: impl Fn(Option<String>) + 'static) {
        let port: MessagePort = self.ports.get(0).unchecked_into();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| hear(event.data().as_string()));
        port.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        PORT.set(Some(port));
    }
}

/// Says a text through the port, if there is one.
pub fn say(text: &str) {
    PORT.with_borrow(|port| {
        if let Some(port) = port {
            let _ = port.post_message(&JsValue::from_str(text));
        }
    });
}

/// Closes the port.
pub fn hang_up() {
    if let Some(port) = PORT.take() {
        port.close();
    }
}

/// Calls `then` with the height of what is shown, in CSS pixels, now and whenever it changes.
pub fn on_resize(then: impl Fn(u32) + 'static) {
    let Some(app) = element("app") else { return };
    let shown = app.clone();
    let changed =
        Closure::<dyn Fn()>::new(move || then(u32::try_from(shown.offset_height().max(0)).unwrap_or_default()));
    if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
        observer.observe(&app);
    }
    changed.forget();
}

/// Marks the document as one whose portal has a frame of its own around it.
pub fn mark_embedded() {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-embedded", "");
    }
}
