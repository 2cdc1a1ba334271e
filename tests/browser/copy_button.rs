//! Copying says whether it worked, to eyes and to ears.

use super::support::{Stage, Stub, attribute, settle, stage, until, window};
use js_sys::{Array, Function, Object};
use leptos::prelude::*;
use runboard::components::CopyButton;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// A clipboard that takes texts, or refuses them.
pub(super) fn clipboard(taken: &Array, takes: bool) -> Stub {
    let object = Object::new();
    let write = Function::new_with_args(
        "taken, takes",
        "return (text) => takes ? (taken.push(text), Promise.resolve()) : Promise.reject(new DOMException('no'));",
    );
    let write = write.call2(&JsValue::UNDEFINED, taken, &takes.into()).unwrap();
    js_sys::Reflect::set(&object, &"writeText".into(), &write).unwrap();
    Stub::value(&window().navigator(), "clipboard", &object)
}

fn button() -> (Stage, RwSignal<String>) {
    stage(move |_| {
        let text = RwSignal::new("r-1".to_owned());
        (text, view! { <CopyButton what="run ID" text=text /> }.into_any())
    })
}

fn icon(stage: &Stage) -> Option<String> {
    attribute(&stage.one("use"), "href")
}

#[wasm_bindgen_test]
async fn it_copies_the_text_as_it_is_now_and_says_so() {
    let (stage, text) = button();
    let taken = Array::new();
    let _clipboard = clipboard(&taken, true);
    let before = icon(&stage);
    text.set("r-2".to_owned());
    stage.press("Copy run ID");
    until("it is said", || stage.announced() == "Copied").await;
    assert_eq!(taken.pop().as_string().as_deref(), Some("r-2"));
    settle().await;
    assert_ne!(icon(&stage), before);
    assert!(stage.offers("button", "Copy run ID"), "it can be copied again under the same name");
}

#[wasm_bindgen_test]
async fn a_refused_copy_says_what_to_do_and_does_not_look_done() {
    let (stage, _) = button();
    let _clipboard = clipboard(&Array::new(), false);
    let before = icon(&stage);
    stage.press("Copy run ID");
    until("it is said", || !stage.announced().is_empty()).await;
    assert_eq!(stage.announced(), "The browser did not allow copying. Select the text and copy it yourself.");
    settle().await;
    assert_eq!(icon(&stage), before);
}

#[wasm_bindgen_test]
async fn a_browser_without_a_clipboard_is_a_refusal() {
    let (stage, _) = button();
    let _clipboard = Stub::value(&window().navigator(), "clipboard", &JsValue::UNDEFINED);
    stage.press("Copy run ID");
    until("it is said", || stage.announced().starts_with("The browser did not allow copying")).await;
}
