//! The rest of the program: what is fetched when somebody turns to it. `public/boot.js` fetches, checks and joins it.

use super::{property, window};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How the rest is fetched; none where the program is whole already.
pub fn fetch() -> Option<Promise> {
    let fetch = property(&window()?.into(), "runboardRest").dyn_into::<Function>().ok()?;
    fetch.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()
}

/// Whether the program is in two.
pub fn is_apart() -> bool {
    window().is_some_and(|window| property(&window.into(), "runboardRest").is_function())
}

/// Waits until it is there; else the words of what is wrong.
pub async fn arrived(rest: Promise) -> Result<(), String> {
    match JsFuture::from(rest).await {
        Ok(_) => Ok(()),
        Err(error) => Err(property(&error, "message").as_string().unwrap_or_default()),
    }
}
