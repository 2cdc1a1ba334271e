//! Locks between the tabs of this origin (the Web Locks API). Browsers offer them only over https.

use super::{property, window};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::future_to_promise;

/// How long a lock is kept after its use, in milliseconds. What one tab removes from local storage may reach another process of the
/// browser only later, and pages that hold a lock for ever are not put into the back-forward cache.
const KEPT_FOR: u32 = 10_000;

/// Asks for the lock of this name and calls `task` with whether this tab has it, or another one does. If `task` returns `true`, the
/// lock is kept for a while. Without locks, `task` is called at once, as if this tab had it.
pub(crate) fn with_lock(name: &str, task: impl FnOnce(bool) -> bool + 'static) {
    let navigator = window().map(|window| property(&window, "navigator")).unwrap_or_default();
    let locks = property(&navigator, "locks");
    let Ok(request) = property(&locks, "request").dyn_into::<Function>() else {
        task(true);
        return;
    };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    let task = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if !task(!lock.is_null()) {
            return JsValue::UNDEFINED;
        }
        let kept = async {
            TimeoutFuture::new(KEPT_FOR).await;
            Ok(JsValue::UNDEFINED)
        };
        future_to_promise(kept).into()
    });
    let _ = request.call3(&locks, &name.into(), &options, &task);
}
