//! Copying text to the clipboard.

use super::window;
use wasm_bindgen_futures::JsFuture;

/// Copies text and returns whether that worked. Browsers refuse it without a user gesture, in some frames, and over plain HTTP.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let navigator = window.navigator();
    if super::property(&navigator, "clipboard").is_undefined() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
