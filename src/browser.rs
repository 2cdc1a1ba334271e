//! The only wrappers over the browser's own interfaces. A refused or missing interface is an ordinary result here, never a
//! panic: storage may be blocked, the clipboard denied, a time zone unknown.

pub(crate) mod clipboard;
pub mod composition;
pub(crate) mod database;
pub(crate) mod dialog;
pub(crate) mod download;
pub(crate) mod early_request;
pub(crate) mod field;
pub(crate) mod focus;
pub(crate) mod focus_keeper;
pub(crate) mod history;
pub(crate) mod host_page;
pub(crate) mod keys;
#[cfg(feature = "split")]
pub(crate) mod lazy_files;
pub(crate) mod locks;
pub(crate) mod log;
pub(crate) mod number;
pub mod page;
pub(crate) mod panic;
pub(crate) mod random;
pub(crate) mod storage;
pub(crate) mod system_notification;
pub(crate) mod tab_channel;
pub(crate) mod table_rows;
pub(crate) mod text;
pub(crate) mod toolbar;
pub(crate) mod viewport;
pub mod zones;

use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// Calls `on_event` for every event of this name at `target`, for as long as the document lives.
pub(crate) fn listen(target: &web_sys::EventTarget, name: &str, on_event: impl Fn(web_sys::Event) + 'static) {
    let closure = Closure::<dyn Fn(web_sys::Event)>::new(on_event);
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Runs `task` at background priority, after more urgent work such as rendering; at once where the browser has no
/// `scheduler.postTask`.
pub(crate) fn request_idle(task: impl FnOnce() + 'static) {
    let scheduler = window().map(|window| property(&window, "scheduler")).unwrap_or_default();
    let Ok(post) = property(&scheduler, "postTask").dyn_into::<js_sys::Function>() else { return task() };
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"priority".into(), &"background".into());
    let task = Closure::once_into_js(task);
    if post.call2(&scheduler, &task, &options).is_err() {
        let _ = task.unchecked_into::<js_sys::Function>().call0(&JsValue::NULL);
    }
}

/// Lets the browser do what is waiting, and goes on in a task of its own. Not by a timer: those of a hidden tab fire once a second, and
/// after some minutes once a minute.
pub async fn next_task() {
    let Ok(channel) = web_sys::MessageChannel::new() else { return TimeoutFuture::new(0).await };
    let port = channel.port1();
    let message = js_sys::Promise::new(&mut |resolve, _| port.set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        // A message may get lost while the page is in the back-forward cache.
        select(wasm_bindgen_futures::JsFuture::from(message), TimeoutFuture::new(1_000)).await;
    }
    port.close();
}

pub(crate) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<web_sys::Document> {
    window().and_then(|window| window.document())
}

pub(crate) fn element_by_id(id: &str) -> Option<web_sys::HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A property of a JavaScript object, `undefined` if it cannot be read.
fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
