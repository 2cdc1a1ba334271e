//! The later files of a split program. `public/boot.js` fetches and checks them.

use super::{property, window};
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

/// Why the last load of a later file failed, in a sentence for a person; none if it did not fail.
pub fn why_not_loaded() -> Option<String> {
    let later = property(&window()?.into(), "runboardLater");
    let why = property(&later, "why").dyn_into::<Function>().ok()?;
    why.call0(&JsValue::UNDEFINED).ok()?.as_string()
}
