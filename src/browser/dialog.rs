//! The native modal dialog, which traps the focus, restores it, and closes on Escape; and the native popover.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

/// Opens the dialog as a modal, unless it is open, and focuses the element in it that is marked `data-first`. Not `autofocus`:
/// browsers ignore that in a cross-origin frame, with a warning in the console.
pub(crate) fn open(dialog: &HtmlDialogElement) {
    if dialog.open() {
        return;
    }
    let _ = dialog.show_modal();
    let first = dialog.query_selector("[data-first]").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// Closes the dialog; the focus returns to where it was.
pub(crate) fn close(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    }
}

/// Closes the popover; the focus returns to its button.
pub(crate) fn hide_popover(popover: &HtmlElement) {
    let _ = popover.hide_popover();
}
