//! Keys that are pressed anywhere in the document.

use super::{document, focus, listen};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

/// A key, and what stands against taking it as a command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pressed {
    /// What it types.
    pub key: String,
    /// Whether Ctrl, Alt or Meta is held.
    pub modified: bool,
    /// Whether something is being typed or chosen, or a dialog is open.
    pub busy: bool,
}

/// Calls `then` for every key that is pressed, for as long as the document lives; the key does nothing else where that says so.
pub fn on_key(then: impl Fn(&Event) -> bool + 'static) {
    let Some(document) = document() else { return };
    listen(&document, "keydown", move |event| {
        if then(&event) {
            event.prevent_default();
        }
    });
}

/// What was pressed.
pub fn pressed(event: &Event) -> Option<Pressed> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    Some(Pressed {
        key: key.key(),
        modified: key.ctrl_key() || key.alt_key() || key.meta_key(),
        busy: key.default_prevented() || key.is_composing() || typing(key) || dialog_open(),
    })
}

/// Whether the key goes to something that takes letters: a field, a choice, editable text.
fn typing(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    let takes_none = |input: &HtmlInputElement| matches!(&*input.type_(), "checkbox" | "button" | "submit");
    match &*target.tag_name() {
        "INPUT" => !target.dyn_ref::<HtmlInputElement>().is_some_and(takes_none),
        "TEXTAREA" | "SELECT" => true,
        _ => target.is_content_editable(),
    }
}

fn dialog_open() -> bool {
    document().is_some_and(|document| document.query_selector("dialog[open]").ok().flatten().is_some())
}

/// Focuses the link of the row after, or before, the one that has the focus; the first where none has.
pub fn step_row(forward: bool) {
    let next = match focused_row() {
        Some(row) => {
            let mut next = sibling(&row, forward);
            // Helper rows of a table that draws only what is seen hold no run.
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

/// Presses the box of the row that has the focus. Says whether there is one.
pub fn select_row() -> bool {
    let select = focused_row().and_then(|row| row.query_selector("input[type=checkbox]").ok().flatten());
    match select.and_then(|select| select.dyn_into::<HtmlElement>().ok()) {
        Some(select) => {
            select.click();
            true
        }
        None => false,
    }
}

/// Puts the focus into the field of that id, and marks its text.
pub fn to_field(id: &str) {
    if focus::first(&["#", id].concat())
        && let Some(field) = super::element(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
    {
        field.select();
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
