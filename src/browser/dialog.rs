//! The native modal dialog: it traps the focus, returns it, and closes on Escape.

use web_sys::HtmlDialogElement;

/// Opens it as a modal, unless it is open.
pub fn open(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Closes it; the focus returns to where it was.
pub fn close(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    }
}
