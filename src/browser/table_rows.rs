//! Keyboard commands on the rows of the table of runs.

use super::{document, focus};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The bar of the timeline that the Tab key stops at: that of the run which was reached last, or else the first in view.
pub(crate) const TIMELINE_BAR: &str = ".tl-bar[tabindex=\"0\"]";

/// Focuses the link of the next or previous row. Where no row has the focus, it starts at the row with a link to `start`, or else at
/// the first one.
pub(crate) fn focus_adjacent_row(forward: bool, start: Option<&str>) {
    let next = match focused_row() {
        Some(row) => {
            let mut next = sibling(&row, forward);
            // The spacer rows of a virtual table have no link.
            while next.as_ref().is_some_and(|row| link_of(row).is_none()) {
                next = next.and_then(|row| sibling(&row, forward));
            }
            next
        }
        None => start.and_then(row_with_link).or_else(first_row),
    };
    if let Some(link) = next.as_ref().and_then(link_of) {
        let _ = link.focus();
    }
}

/// Focuses the link of the first row. Returns whether there is one.
pub(crate) fn focus_first_row() -> bool {
    first_row().as_ref().and_then(link_of).is_some_and(|link| link.focus().is_ok())
}

/// Clicks the checkbox of the focused row, and leaves the focus on the row's link, so that Enter opens the run. Returns whether there
/// is a checkbox.
pub(crate) fn toggle_focused_row() -> bool {
    let Some(row) = focused_row() else { return false };
    let checkbox = row.query_selector("input[type=checkbox]").ok().flatten();
    let Some(checkbox) = checkbox.and_then(|checkbox| checkbox.dyn_into::<HtmlElement>().ok()) else { return false };
    checkbox.click();
    if let Some(link) = link_of(&row) {
        focus::without_scrolling(&link);
    }
    true
}

fn first_row() -> Option<Element> {
    document()?.query_selector(".runs tbody tr:has(.cell-name a)").ok().flatten()
}

fn row_with_link(href: &str) -> Option<Element> {
    let rows = document()?.query_selector(".runs tbody").ok().flatten()?.children();
    let is_wanted =
        |row: &Element| link_of(row).is_some_and(|link| link.get_attribute("href").as_deref() == Some(href));
    (0..rows.length()).filter_map(|index| rows.item(index)).find(is_wanted)
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
