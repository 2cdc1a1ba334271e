//! The only wrappers over the browser's own interfaces. A refused or missing interface is an ordinary outcome here,
//! never a panic: storage may be blocked, the clipboard may be denied, a zone may be unknown.

pub mod clipboard;
pub mod dialog;
pub mod download;
pub mod early;
pub mod field;
pub mod focus;
pub mod frame;
pub mod history;
pub mod keys;
pub mod later;
pub mod log;
pub mod number;
pub mod page;
pub mod panic;
pub mod random;
pub mod storage;
pub mod tab_channel;
pub mod viewport;
pub mod zones;

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// Calls `then` for every event of this name at `target`, for as long as the document lives.
pub fn listen(target: &web_sys::EventTarget, name: &str, then: impl Fn(web_sys::Event) + 'static) {
    let closure = Closure::<dyn Fn(web_sys::Event)>::new(then);
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Calls `then` when the browser has nothing more urgent to do, as drawing what a person waits for; where it cannot tell, at once.
pub fn soon(then: impl FnOnce() + 'static) {
    let scheduler = window().map(|window| property(&window, "scheduler")).unwrap_or_default();
    let Ok(post) = property(&scheduler, "postTask").dyn_into::<js_sys::Function>() else { return then() };
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"priority".into(), &"background".into());
    let then = Closure::once_into_js(then);
    if post.call2(&scheduler, &then, &options).is_err() {
        let _ = then.unchecked_into::<js_sys::Function>().call0(&JsValue::NULL);
    }
}

/// The window, if there is one (there always is on a page).
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<web_sys::Document> {
    window().and_then(|window| window.document())
}

/// The element of that id.
pub fn element(id: &str) -> Option<web_sys::HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A property of a JavaScript object, `undefined` when it cannot be read.
fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
