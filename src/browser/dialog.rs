//! The native modal dialog: it traps the focus, returns it, and closes on Escape.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

/// Opens it as a modal, unless it is open, and focuses what is marked `data-first` in it. Not `autofocus`: in a frame of
/// another site browsers refuse that, and complain.
pub fn open(dialog: &HtmlDialogElement) {
    if dialog.open() {
        return;
    }
    let _ = dialog.show_modal();
    let first = dialog.query_selector("[data-first]").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// Closes it; the focus returns to where it was.
pub fn close(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    }
}
