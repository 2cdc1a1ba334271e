//! A fixed clock, so that no test depends on when it runs or how slowly.

use super::data::in_minutes;
use js_sys::Function;
use runboard_core::time::Span;
use wasm_bindgen::JsValue;

/// Sets the browser's `Date` to the start of every test.
pub(super) fn start() {
    move_to(&format!("{}", in_minutes(0).millis()));
}

/// Advances the time.
pub(super) fn advance(span: Span) {
    move_to(&format!("Date.now() + {}", span.millis()));
}

fn move_to(millis: &str) {
    let body = format!(
        "if (Date.fixedNow === undefined) {{
           globalThis.Date = class extends Date {{
             constructor(...given) {{ if (given.length) super(...given); else super(Date.fixedNow); }}
             static now() {{ return Date.fixedNow; }}
           }};
         }}
         Date.fixedNow = {millis};"
    );
    Function::new_no_args(&body).call0(&JsValue::UNDEFINED).unwrap();
}
