//! Moving the focus.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

/// Focuses an element without scrolling to it.
pub fn quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Whether the focus went nowhere: what had it was taken away.
pub fn lost() -> bool {
    document().is_none_or(|document| document.active_element().is_none_or(|active| active.tag_name() == "BODY"))
}

/// Whether a `blur` event hands the focus to a button: a message that appears now would move the button away from under
/// the pointer before it is clicked.
pub fn goes_to_button(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<web_sys::FocusEvent>()
        .and_then(web_sys::FocusEvent::related_target)
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|target| target.tag_name() == "BUTTON")
}

/// Focuses the first element that matches, scrolling it into view. Says whether there was one.
pub fn first(selector: &str) -> bool {
    let found = document()
        .and_then(|document| document.query_selector(selector).ok().flatten())
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|element| element.focus().is_ok())
}

/// Whether the focus is in an element that matches.
pub fn within(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Whether the focus is in an element, or a pointer is pressed on it.
pub fn or_press_in(element: &web_sys::Element) -> bool {
    element.matches(":active, :focus-within").unwrap_or(true)
}
