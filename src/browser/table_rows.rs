//! Keyboard commands on the rows of the table of runs.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Focuses the link of the next or previous row; that of the first row where none has the focus.
pub(crate) fn focus_adjacent_row(forward: bool) {
    let next = match focused_row() {
        Some(row) => {
            let mut next = sibling(&row, forward);
            // The spacer rows of a virtual table have no link.
            while next.as_ref().is_some_and(|row| link_of(row).is_none()) {
                next = next.and_then(|row| sibling(&row, forward));
            }
            next
        }
        None => {
            document().and_then(|document| document.query_selector(".runs tbody tr:has(.cell-name a)").ok().flatten())
        }
    };
    if let Some(link) = next.as_ref().and_then(link_of) {
        let _ = link.focus();
    }
}

/// Clicks the checkbox of the focused row. Returns whether there is one.
pub(crate) fn toggle_focused_row() -> bool {
    let checkbox = focused_row().and_then(|row| row.query_selector("input[type=checkbox]").ok().flatten());
    match checkbox.and_then(|checkbox| checkbox.dyn_into::<HtmlElement>().ok()) {
        Some(checkbox) => {
            checkbox.click();
            true
        }
        None => false,
    }
}

fn focused_row() -> Option<Element> {
    document()?.active_element()?.closest(".runs tbody tr").ok().flatten()
}

fn sibling(row: &Element, forward: bool) -> Option<Element> {
    if forward { row.next_element_sibling() } else { row.previous_element_sibling() }
}

fn link_of(row: &Element) -> Option<HtmlElement> {
    row.query_selector(".cell-name a").ok().flatten()?.dyn_into().ok()
}
