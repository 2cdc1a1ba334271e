//! Requests that `public/boot.js` sent before the program had loaded: the one exception to "only `api` speaks HTTP".

use super::{property, window};
use js_sys::{Array, Function, Promise};
use runboard_core::time::server_clock::ClockReading;
use runboard_core::time::{Span, Timestamp};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Response};

/// A request that is under way or answered.
pub(crate) struct EarlyRequest(Promise);

/// Takes the early request for exactly this address and token (empty: sent without one). Each can be taken once.
pub(crate) fn take(address: &str, token: &str) -> Option<EarlyRequest> {
    let take = property(&window()?.into(), "runboardEarly").dyn_into::<Function>().ok()?;
    let response = take.call2(&JsValue::UNDEFINED, &address.into(), &token.into()).ok()?;
    response.dyn_into().ok().map(EarlyRequest)
}

impl EarlyRequest {
    /// Aborts the request.
    pub(crate) fn abort_controller(&self) -> Option<AbortController> {
        property(&self.0, "controller").dyn_into().ok()
    }

    /// Waits for the response. Also returns this machine's clocks when the request was sent and when the response arrived.
    /// `None` if the request failed.
    pub(crate) async fn response(self) -> Option<(Response, [ClockReading; 2])> {
        let parts: Array = JsFuture::from(self.0).await.ok()?.dyn_into().ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970")]
        let millis = |index| parts.get(index).as_f64().map(|millis| millis as i64);
        let clocks = |index| {
            let (wall, monotonic) = (Timestamp::from_millis(millis(index)?), Span::from_millis(millis(index + 1)?));
            Some(ClockReading { wall, monotonic })
        };
        Some((parts.get(0).dyn_into().ok()?, [clocks(1)?, clocks(3)?]))
    }
}
