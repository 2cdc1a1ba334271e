//! Saving text as a file.

use super::document;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` as a download with that file name and MIME type. Returns whether the browser could be asked to.
pub(crate) fn save(name: &str, mime_type: &str, text: &str) -> bool {
    try_save(name, mime_type, text).is_some()
}

fn try_save(name: &str, mime_type: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // By now the browser holds its own reference to the data.
    Url::revoke_object_url(&address).ok()
}
