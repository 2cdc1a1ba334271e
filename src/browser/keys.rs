//! Key presses anywhere in the document.

use super::{document, focus, listen};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent};

/// A pressed key, and what may rule out a single-key shortcut.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PressedKey {
    /// `KeyboardEvent.key`.
    pub(crate) key: String,
    /// Whether Ctrl, Alt or Meta is held.
    pub(crate) modified: bool,
    /// Whether the key goes to a text field, a select or an input method, was handled already, or a dialog or menu is open.
    pub(crate) busy: bool,
}

/// Calls `on_key` for every key press, for as long as the document lives. Where it returns true, the key was handled and its
/// default action is prevented.
pub(crate) fn on_key(on_key: impl Fn(&Event) -> bool + 'static) {
    let Some(document) = document() else { return };
    listen(&document, "keydown", move |event| {
        if on_key(&event) {
            event.prevent_default();
        }
    });
}

impl PressedKey {
    pub(crate) fn from_event(event: &Event) -> Option<Self> {
        let key = event.dyn_ref::<KeyboardEvent>()?;
        Some(Self {
            key: key.key(),
            modified: key.ctrl_key() || key.alt_key() || key.meta_key(),
            busy: key.default_prevented() || key.is_composing() || targets_text_entry(key) || dialog_is_open(),
        })
    }
}

fn targets_text_entry(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    let is_button = |input: &HtmlInputElement| matches!(&*input.type_(), "checkbox" | "button" | "submit");
    match &*target.tag_name() {
        "INPUT" => !target.dyn_ref::<HtmlInputElement>().is_some_and(is_button),
        "TEXTAREA" | "SELECT" => true,
        _ => target.is_content_editable(),
    }
}

/// Whether a dialog or a menu is open.
fn dialog_is_open() -> bool {
    document().is_some_and(|document| document.query_selector("dialog[open], :popover-open").ok().flatten().is_some())
}

/// Focuses the text field with that id and selects its text.
pub(crate) fn focus_field(id: &str) {
    if focus::first(&["#", id].concat())
        && let Some(field) = super::element_by_id(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
    {
        field.select();
    }
}
