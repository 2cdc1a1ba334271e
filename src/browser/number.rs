//! Numbers as people read them.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

/// A count with its digits grouped as in English: `12,345`. It is passed as a BigInt, since a number would be rounded beyond 2^53.
pub(crate) fn group(count: u64) -> String {
    thread_local! {
        static FORMAT: Option<Function> = {
            let format = js_sys::Intl::NumberFormat::new(&js_sys::Array::of1(&JsValue::from_str("en")), &js_sys::Object::new());
            super::property(&format, "format").dyn_into::<Function>().ok()
        };
    }
    FORMAT
        .with(|format| format.as_ref()?.call1(&JsValue::UNDEFINED, &JsValue::from(count)).ok()?.as_string())
        .unwrap_or_else(|| count.to_string())
}

/// [`group`] for the length of a collection.
pub(crate) fn count(count: usize) -> String {
    group(count as u64)
}
