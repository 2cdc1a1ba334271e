//! Arrow keys in a toolbar.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Moves the focus among the buttons of a toolbar: left and right, to the first and to the last. Returns whether the key did that.
/// What is in a menu of the toolbar has its own keys.
pub(crate) fn handle_key(toolbar: &Element, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
        return false;
    }
    let buttons = buttons(toolbar);
    let active = document().and_then(|document| document.active_element());
    let Some(at) = buttons.iter().position(|button| Some(button.as_ref()) == active.as_ref()) else { return false };
    let count = buttons.len();
    let next = match &*event.key() {
        "ArrowRight" => (at + 1) % count,
        "ArrowLeft" => (at + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return false,
    };
    // The Tab key returns to the button that was reached last.
    for (index, button) in buttons.iter().enumerate() {
        button.set_tab_index(if index == next { 0 } else { -1 });
    }
    buttons.get(next).is_some_and(|button| button.focus().is_ok())
}

/// The buttons that are displayed, in order, without those in menus.
fn buttons(toolbar: &Element) -> Vec<HtmlElement> {
    let found = toolbar.get_elements_by_tag_name("button");
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|button| button.offset_width() > 0 && button.closest("[popover]").is_ok_and(|menu| menu.is_none()))
        .collect()
}
