//! What `public/boot.js` asked for before the program was here: the one exception to "only `api` speaks HTTP".

use super::{property, window};
use js_sys::{Array, Function, Promise};
use runboard_core::time::server_clock::ClockReading;
use runboard_core::time::{Span, Timestamp};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// An answer that is there or on its way.
pub struct Early(Promise);

/// Takes it, once, if it was asked for at this very address with this very token (an empty one: without any).
pub fn take(address: &str, token: &str) -> Option<Early> {
    let giver = property(&window()?.into(), "runboardEarly").dyn_into::<Function>().ok()?;
    let answer = giver.call2(&JsValue::UNDEFINED, &address.into(), &token.into()).ok()?;
    answer.dyn_into().ok().map(Early)
}

impl Early {
    /// Waits for the answer; with it, when it was asked for and when it came, by this machine's clocks. None when it was lost.
    pub async fn answer(self) -> Option<(Response, [ClockReading; 2])> {
        let parts: Array = JsFuture::from(self.0).await.ok()?.dyn_into().ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970")]
        let millis = |at| parts.get(at).as_f64().map(|millis| millis as i64);
        let clocks = |at| {
            let (wall, monotonic) = (Timestamp::from_millis(millis(at)?), Span::from_millis(millis(at + 1)?));
            Some(ClockReading { wall, monotonic })
        };
        Some((parts.get(0).dyn_into().ok()?, [clocks(1)?, clocks(3)?]))
    }
}
