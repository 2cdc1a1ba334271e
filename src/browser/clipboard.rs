//! Copying text to the clipboard.

use super::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement, HtmlTextAreaElement};

/// Copies text and returns whether that worked. Call it in a click: browsers refuse it otherwise.
pub(crate) async fn copy(text: &str) -> bool {
    write(text).await || copy_selected(text).unwrap_or(false)
}

/// The Clipboard API, which is missing over plain HTTP and refused in a frame without `clipboard-write`.
async fn write(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let navigator = window.navigator();
    if super::property(&navigator, "clipboard").is_undefined() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Copies as a person would, with a field whose text is selected. Deprecated, but it works where the Clipboard API does not.
fn copy_selected(text: &str) -> Option<bool> {
    let document = document()?;
    let focused = document.active_element();
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_class_name("unseen");
    let _ = field.set_attribute("aria-hidden", "true");
    // Outside an open modal dialog nothing can be focused.
    let dialog = focused.as_ref().and_then(|focused| focused.closest("dialog[open]").ok().flatten());
    dialog.or_else(|| document.body().map(Into::into))?.append_child(&field).ok()?;
    field.select();
    let copied = run_copy_command(&document);
    field.remove();
    if let Some(focused) = focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok()) {
        let _ = focused.focus();
    }
    Some(copied)
}

fn run_copy_command(document: &Document) -> bool {
    let Ok(command) = super::property(document, "execCommand").dyn_into::<js_sys::Function>() else { return false };
    command.call1(document, &"copy".into()).is_ok_and(|copied| copied.is_truthy())
}
