//! The tab's address, history entries and scroll position.

use super::{listen, property, request_idle, window};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;

thread_local! {
    /// The scroll position as of the last scroll event, once [`track_scrolling`] was called.
    static SCROLL_POSITION: Cell<Option<f64>> = const { Cell::new(None) };
    /// The address that [`replace`] has yet to write.
    static PENDING_HREF: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The query of the address, with its `?`.
pub(crate) fn query_string() -> String {
    flush();
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The path of the address.
pub(crate) fn path() -> String {
    window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// The origin of the address.
pub(crate) fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The address that the document's relative references are resolved against.
pub(crate) fn base() -> String {
    super::document().and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default()
}

/// Turns the browser's own scroll restoration off: it would scroll before the page has loaded its content.
pub(crate) fn disable_scroll_restoration() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    }
}

/// Adds a history entry.
pub(crate) fn push(href: &str) {
    flush();
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        // Browsers that limit how often this may be called throw; the page changes all the same.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(href));
    }
}

/// Rewrites the current entry's address when the browser is idle, and keeps its scroll position. Done at once, it would take a
/// tenth of the time in which the list answers a keystroke. Every function of this module that depends on the address writes
/// it first.
pub(crate) fn replace(href: &str) {
    if PENDING_HREF.replace(Some(href.to_owned())).is_none() {
        request_idle(flush);
    }
}

/// Drops a pending [`replace`]: the browser has moved to another entry, which must keep its own address.
pub(crate) fn discard_pending() {
    PENDING_HREF.take();
}

/// Writes the address of a pending [`replace`] now.
pub(crate) fn flush() {
    let Some(href) = PENDING_HREF.take() else { return };
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&href));
    }
}

/// Saves the scroll position in the current entry.
pub(crate) fn save_scroll() {
    flush();
    let Some(window) = window() else { return };
    let Ok(history) = window.history() else { return };
    let state = js_sys::Object::new();
    let y = JsValue::from_f64(window.scroll_y().unwrap_or(0.0));
    let _ = js_sys::Reflect::set(&state, &JsValue::from_str("y"), &y);
    let _ = history.replace_state(&state, "");
}

/// The scroll position saved in the current entry.
pub(crate) fn saved_scroll() -> Option<f64> {
    let state = window()?.history().ok()?.state().ok()?;
    property(&state, "y").as_f64()
}

/// Scrolls the page to a vertical position.
pub(crate) fn scroll_to(y: f64) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, y);
        if SCROLL_POSITION.get().is_some() {
            SCROLL_POSITION.set(Some(read_scroll_position()));
        }
    }
}

/// The largest vertical scroll position.
pub(crate) fn max_scroll() -> f64 {
    let height =
        super::document().and_then(|document| document.document_element()).map_or(0, |root| root.scroll_height());
    f64::from(height) - f64::from(super::viewport::height())
}

/// The vertical scroll position, as of the last frame.
pub(crate) fn scroll_position() -> f64 {
    SCROLL_POSITION.get().unwrap_or_else(read_scroll_position)
}

/// Makes [`scroll_position`] answer from scroll events: reading it from the browser in the middle of a change forces a layout.
pub(crate) fn track_scrolling() {
    SCROLL_POSITION.set(Some(read_scroll_position()));
    if let Some(window) = window() {
        listen(&window, "scroll", |_| SCROLL_POSITION.set(Some(read_scroll_position())));
    }
}

fn read_scroll_position() -> f64 {
    window().and_then(|window| window.scroll_y().ok()).unwrap_or(0.0)
}
