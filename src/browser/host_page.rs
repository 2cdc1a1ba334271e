//! The host page, when the console runs in a frame of one. The two exchange nothing but messages.

use super::{document, element_by_id, listen, window};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, MessagePort, ResizeObserver, Window};

thread_local! {
    static PORT: RefCell<Option<MessagePort>> = const { RefCell::new(None) };
}

/// A message that was posted to the window.
pub(crate) struct Message {
    /// Whether the parent window sent it.
    pub(crate) from_parent: bool,
    /// The sender's origin, as the browser reports it.
    pub(crate) origin: String,
    /// The data, if it is a string.
    pub(crate) text: Option<String>,
    ports: js_sys::Array,
}

fn parent() -> Option<Window> {
    let own = window()?;
    let parent = own.parent().ok().flatten()?;
    (JsValue::from(&parent) != JsValue::from(&own)).then_some(parent)
}

/// Whether the console runs in a frame.
pub(crate) fn is_framed() -> bool {
    parent().is_some()
}

/// Posts a text to the parent window, whatever its origin: it must not contain a secret.
pub(crate) fn post_to_parent(text: &str) {
    if let Some(parent) = parent() {
        let _ = parent.post_message(&text.into(), "*");
    }
}

/// Calls `on_message` with every message that is posted to the window, for as long as the document lives.
pub(crate) fn on_message(on_message: impl Fn(Message) + 'static) {
    let Some(window) = window() else { return };
    listen(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let from_parent = match (event.source(), parent()) {
            (Some(source), Some(parent)) => JsValue::from(source) == JsValue::from(parent),
            _ => false,
        };
        on_message(Message {
            from_parent,
            origin: event.origin(),
            text: event.data().as_string(),
            ports: event.ports(),
        });
    });
}

impl Message {
    pub(crate) fn port_count(&self) -> u32 {
        self.ports.length()
    }

    pub(crate) fn close_ports(&self) {
        for port in self.ports.iter() {
            port.unchecked_into::<MessagePort>().close();
        }
    }

    /// Connects to the first port: from now on [`send`] writes to it, and `on_text` is called with every message it receives,
    /// `None` for one that is not a string.
    pub(crate) fn connect(&self, on_text: impl Fn(Option<String>) + 'static) {
        let port: MessagePort = self.ports.get(0).unchecked_into();
        let handler =
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| on_text(event.data().as_string()));
        port.set_onmessage(Some(handler.as_ref().unchecked_ref()));
        handler.forget();
        PORT.set(Some(port));
    }
}

/// Sends a text to the host page, if it is connected.
pub(crate) fn send(text: &str) {
    PORT.with_borrow(|port| {
        if let Some(port) = port {
            let _ = port.post_message(&JsValue::from_str(text));
        }
    });
}

/// Closes the connection to the host page.
pub(crate) fn disconnect() {
    if let Some(port) = PORT.take() {
        port.close();
    }
}

/// Calls `on_height` with the height of the console's content, in CSS pixels, now and whenever it changes.
pub(crate) fn on_content_resize(on_height: impl Fn(u32) + 'static) {
    let Some(app) = element_by_id("app") else { return };
    let observed = app.clone();
    let handler =
        Closure::<dyn Fn()>::new(move || on_height(u32::try_from(observed.offset_height().max(0)).unwrap_or_default()));
    if let Ok(observer) = ResizeObserver::new(handler.as_ref().unchecked_ref()) {
        observer.observe(&app);
    }
    handler.forget();
}

/// Marks the document as embedded, for the style sheet.
pub(crate) fn mark_embedded() {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-embedded", "");
    }
}
