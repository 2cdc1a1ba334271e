//! Rows keep their places under the pointer.

use super::run_list::{list, loaded, names, three};
use super::support::{in_minutes, run, settle};
use js_sys::Function;
use leptos::prelude::*;
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

fn point(body: &Element, event: &str, pointer: &str) {
    let dispatch = Function::new_with_args(
        "body, event, pointerType",
        "body.dispatchEvent(new PointerEvent(event, { pointerType }))",
    );
    dispatch.call3(&JsValue::NULL, body, &event.into(), &pointer.into()).unwrap();
}

/// The rows after "Spring", which needs attention and comes first, no longer does.
async fn rows_after_a_change(pointer: &str, leaves: bool) -> Vec<String> {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Mailing", "Autumn"]);
    let body = screen.one(".runs tbody");
    point(&body, "pointerenter", pointer);
    if leaves {
        point(&body, "pointerleave", pointer);
    }
    let spring = three().remove(2);
    fixture.store.put(Run { start_at: Some(in_minutes(60)), end_at: Some(in_minutes(120)), ..spring });
    settle().await;
    fixture.state.update(|state| state.as_of = Some(super::support::at("2026-05-02T14:06:10Z")));
    settle().await;
    names(&screen)
}

#[wasm_bindgen_test]
async fn rows_keep_their_places_under_a_mouse() {
    assert_eq!(rows_after_a_change("mouse", false).await, ["Spring", "Mailing", "Autumn"]);
    assert_eq!(rows_after_a_change("pen", false).await, ["Spring", "Mailing", "Autumn"]);
}

#[wasm_bindgen_test]
async fn rows_are_sorted_again_without_one() {
    assert_eq!(rows_after_a_change("touch", false).await[0], "Mailing");
    assert_eq!(rows_after_a_change("mouse", true).await[0], "Mailing");
}

#[wasm_bindgen_test]
async fn row_under_the_pointer_stays_when_the_query_no_longer_lists_it() {
    let (screen, fixture) = list(three(), loaded());
    fixture.q.set("is:running OR is:scheduled".to_owned());
    settle().await;
    assert_eq!(names(&screen), ["Mailing", "Autumn"]);
    let body = screen.one(".runs tbody");
    point(&body, "pointerenter", "mouse");
    let mailing = three().remove(1);
    let completed = run(json!({ "id": mailing.id.as_str(), "name": "Mailing", "status": "completed" }));
    fixture.store.put(completed);
    settle().await;
    assert_eq!(names(&screen), ["Mailing", "Autumn"], "what is aimed at does not move");
    assert!(screen.shows("Completed"), "and says what has become of it");
    point(&body, "pointerleave", "mouse");
    settle().await;
    assert_eq!(names(&screen), ["Autumn"]);
}

#[wasm_bindgen_test]
async fn row_under_the_pointer_goes_with_its_run() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    point(&screen.one(".runs tbody"), "pointerenter", "mouse");
    let mailing = three().remove(1);
    fixture.store.remove(&mailing.id);
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Autumn"]);
}
