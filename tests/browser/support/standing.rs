//! A clock that stands still: no test depends on when it runs, or how slowly.

use super::data::in_minutes;
use js_sys::Function;
use runboard_core::time::Span;
use wasm_bindgen::JsValue;

/// The browser's `Date` shows the start of every test, and is moved by hand.
pub(super) fn start() {
    move_to(&format!("{}", in_minutes(0).millis()));
}

/// So much later.
pub(super) fn pass(span: Span) {
    move_to(&format!("Date.now() + {}", span.millis()));
}

fn move_to(millis: &str) {
    let body = format!(
        "if (Date.standing === undefined) {{
           globalThis.Date = class extends Date {{
             constructor(...given) {{ if (given.length) super(...given); else super(Date.standing); }}
             static now() {{ return Date.standing; }}
           }};
         }}
         Date.standing = {millis};"
    );
    Function::new_no_args(&body).call0(&JsValue::UNDEFINED).unwrap();
}
