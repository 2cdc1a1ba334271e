//! The lazily loaded files of a split build. `public/boot.js` fetches and verifies them.

use super::{property, window};
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

/// Why the last load failed, as a sentence for the person; `None` if it succeeded or nothing was loaded.
pub(crate) fn load_failure() -> Option<String> {
    let later = property(&window()?.into(), "runboardLater");
    let why = property(&later, "why").dyn_into::<Function>().ok()?;
    why.call0(&JsValue::UNDEFINED).ok()?.as_string()
}
