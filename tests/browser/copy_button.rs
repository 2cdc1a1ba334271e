//! The copy button shows and announces whether copying worked.

use super::support::{Screen, Stub, attribute, render, settle, wait_until, window};
use js_sys::{Array, Function, Object};
use leptos::prelude::*;
use runboard::components::CopyButton;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// A clipboard that accepts or refuses texts.
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

fn button() -> (Screen, RwSignal<String>) {
    render(move |_| {
        let text = RwSignal::new("r-1".to_owned());
        (text, view! { <CopyButton what="run ID" text=text /> }.into_any())
    })
}

fn icon(screen: &Screen) -> Option<String> {
    attribute(&screen.one("use"), "href")
}

#[wasm_bindgen_test]
async fn copies_the_current_text_and_announces_it() {
    let (screen, text) = button();
    let taken = Array::new();
    let _clipboard = clipboard(&taken, true);
    let before = icon(&screen);
    text.set("r-2".to_owned());
    screen.click_button("Copy run ID");
    wait_until("an announcement", || screen.announced() == "Copied").await;
    assert_eq!(taken.pop().as_string().as_deref(), Some("r-2"));
    settle().await;
    assert_ne!(icon(&screen), before);
    assert!(screen.has_role("button", "Copy run ID"), "the button keeps its name");
}

#[wasm_bindgen_test]
async fn refused_copy_announces_what_to_do_and_keeps_its_icon() {
    let (screen, _) = button();
    let _clipboard = clipboard(&Array::new(), false);
    let before = icon(&screen);
    screen.click_button("Copy run ID");
    wait_until("an announcement", || !screen.announced().is_empty()).await;
    assert_eq!(screen.announced(), "The browser did not allow copying. Select the text and copy it yourself.");
    settle().await;
    assert_eq!(icon(&screen), before);
}

#[wasm_bindgen_test]
async fn missing_clipboard_counts_as_a_refused_copy() {
    let (screen, _) = button();
    let _clipboard = Stub::value(&window().navigator(), "clipboard", &JsValue::UNDEFINED);
    screen.click_button("Copy run ID");
    wait_until("an announcement", || screen.announced().starts_with("The browser did not allow copying")).await;
}
