//! Text in the normal form by which people recognise it.

use js_sys::JsString;

/// The form NFKC, in which composed and decomposed, full-width and half-width letters are the same.
pub(crate) fn normalize(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}
