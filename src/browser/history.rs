//! The address bar and the history of the tab.

use super::{listen, property, soon, window};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;

thread_local! {
    /// Where the page is scrolled to, once that is followed.
    static SCROLLED: Cell<Option<f64>> = const { Cell::new(None) };
    /// What the current entry's address is to be, [`soon`].
    static NEXT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The query of the address, with its `?`.
pub fn search() -> String {
    settle();
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The path of the address.
pub fn path() -> String {
    window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// The origin of the address.
pub fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The address the document's relative references are relative to.
pub fn base() -> String {
    super::document().and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default()
}

/// Leaves scrolling to us: the page's content arrives after the browser would have scrolled.
pub fn own_scrolling() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    }
}

/// Adds an entry.
pub fn push(href: &str) {
    settle();
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        // A browser that limits how often this may be called throws; the view changes all the same.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(href));
    }
}

/// Rewrites the current entry's address, [`soon`], and keeps its scroll position: of the answer to a letter that is typed it would
/// be a tenth. What this module is asked for meanwhile finds it done.
pub fn replace(href: &str) {
    if NEXT.replace(Some(href.to_owned())).is_none() {
        soon(settle);
    }
}

/// The browser has gone to another entry: nothing is to be written into that.
pub fn arrived() {
    NEXT.take();
}

/// What is to be rewritten is, now.
pub fn settle() {
    let Some(href) = NEXT.take() else { return };
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&href));
    }
}

/// Writes the scroll position into the current entry.
pub fn keep_scroll() {
    settle();
    let Some(window) = window() else { return };
    let Ok(history) = window.history() else { return };
    let state = js_sys::Object::new();
    let y = JsValue::from_f64(window.scroll_y().unwrap_or(0.0));
    let _ = js_sys::Reflect::set(&state, &JsValue::from_str("y"), &y);
    let _ = history.replace_state(&state, "");
}

/// The scroll position that was written into the current entry.
pub fn kept_scroll() -> Option<f64> {
    let state = window()?.history().ok()?.state().ok()?;
    property(&state, "y").as_f64()
}

/// Scrolls to a height.
pub fn scroll_to(y: f64) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, y);
        if SCROLLED.get().is_some() {
            SCROLLED.set(Some(scrolled()));
        }
    }
}

/// How far the page can be scrolled.
pub fn farthest() -> f64 {
    let tall =
        super::document().and_then(|document| document.document_element()).map_or(0, |root| root.scroll_height());
    f64::from(tall) - f64::from(super::viewport::height())
}

/// Where the page is scrolled to, as of the last frame.
pub fn scroll() -> f64 {
    SCROLLED.get().unwrap_or_else(scrolled)
}

/// From now on [`scroll`] is known without the browser: asked in the middle of a change, it would lay out the page for that.
pub fn follow_scrolling() {
    SCROLLED.set(Some(scrolled()));
    if let Some(window) = window() {
        listen(&window, "scroll", |_| SCROLLED.set(Some(scrolled())));
    }
}

fn scrolled() -> f64 {
    window().and_then(|window| window.scroll_y().ok()).unwrap_or(0.0)
}
