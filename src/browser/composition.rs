//! Input methods. While somebody composes text (Japanese, Chinese, Korean, dead keys), its keys and its half-typed states are
//! the input method's own.

use super::{listen, property, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

/// The `keyCode` of every key that an input method has taken. Safari ends a composition before the key that ends it.
const TAKEN_BY_INPUT_METHOD: f64 = 229.0;

/// Keeps keys and text of a composition from every listener of the page, for as long as the document lives. When the text is
/// committed, its field sends one `input`. Done once and for all, so that no field and no shortcut can forget it.
pub fn hold_back() {
    let Some(window) = window() else { return };
    for name in ["keydown", "keyup", "input"] {
        let hold_back = Closure::<dyn Fn(Event)>::new(|event: Event| {
            if is_composing(&event) {
                event.stop_immediate_propagation();
            }
        });
        let listener = hold_back.as_ref().unchecked_ref();
        // Capturing, so that it comes before every listener of an element.
        let _ = window.add_event_listener_with_callback_and_bool(name, listener, true);
        hold_back.forget();
    }
    // Some browsers send an `input` of their own after this; a second one changes nothing.
    listen(&window, "compositionend", |event| {
        if let (Some(target), Ok(input)) = (event.target(), Event::new("input")) {
            let _ = target.dispatch_event(&input);
        }
    });
}

fn is_composing(event: &JsValue) -> bool {
    property(event, "isComposing").is_truthy() || property(event, "keyCode").as_f64() == Some(TAKEN_BY_INPUT_METHOD)
}
