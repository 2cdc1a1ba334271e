//! Reading and moving the focus.

use super::{document, listen};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

/// Focuses an element without scrolling to it.
pub(crate) fn without_scrolling(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Whether nothing has the focus, as after the focused element was removed.
pub(crate) fn is_lost() -> bool {
    document().is_none_or(|document| document.active_element().is_none_or(|active| active.tag_name() == "BODY"))
}

/// Calls `on_focus` when the focus first moves in the document.
pub(crate) fn on_first_move(on_focus: impl Fn() + 'static) {
    let Some(document) = document() else { return };
    let moved = Cell::new(false);
    listen(&document, "focusin", move |_| {
        if !moved.replace(true) {
            on_focus();
        }
    });
}

/// Whether a `blur` event moves the focus to a button. An error message shown at that moment would move the button away from
/// under the pointer before the click.
pub(crate) fn moves_to_button(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<web_sys::FocusEvent>()
        .and_then(web_sys::FocusEvent::related_target)
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|target| target.tag_name() == "BUTTON")
}

/// Focuses the first element that matches, scrolling it into view. Returns whether there was one.
pub(crate) fn first(selector: &str) -> bool {
    let found = document()
        .and_then(|document| document.query_selector(selector).ok().flatten())
        // An element of SVG has `focus`, too.
        .map(JsCast::unchecked_into::<HtmlElement>);
    found.is_some_and(|element| element.focus().is_ok())
}

/// Focuses the page's heading, without scrolling: the control that was pressed has gone.
pub(crate) fn heading() {
    let found = document().and_then(|document| document.query_selector("h1").ok().flatten());
    if let Some(heading) = found.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        without_scrolling(&heading);
    }
}

/// Whether the focus is in an element that matches.
pub(crate) fn is_within(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Whether the element contains the focus or is being pressed.
pub(crate) fn is_in_use(element: &web_sys::Element) -> bool {
    element.matches(":active, :focus-within").unwrap_or(true)
}
