//! The copy button shows and announces whether copying worked.

use super::support::{Screen, Stub, attribute, document, focused, render, settle, wait_until, window};
use js_sys::{Array, Function, Object};
use leptos::prelude::*;
use runboard::components::CopyButton;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlTextAreaElement;

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

/// What `document.execCommand` does: notes the selected text and says whether it was copied.
fn command(taken: &Array, copies: bool) -> Stub {
    let run = Function::new_with_args(
        "taken, copies",
        "return (name) => { if (name === 'copy') taken.push(document.activeElement.value); return copies; };",
    );
    let run = run.call2(&JsValue::UNDEFINED, taken, &copies.into()).unwrap();
    Stub::value(&document(), "execCommand", &run)
}

const BY_HAND: &str = "Copying is blocked here. Press Ctrl+C (⌘C) to copy this:";

#[wasm_bindgen_test]
async fn text_is_copied_without_the_clipboard_api() {
    for missing in [true, false] {
        let (screen, _) = button();
        let taken = Array::new();
        let _clipboard = match missing {
            true => Stub::value(&window().navigator(), "clipboard", &JsValue::UNDEFINED),
            false => clipboard(&Array::new(), false),
        };
        let _command = command(&taken, true);
        screen.click_button("Copy run ID");
        wait_until("an announcement", || screen.announced() == "Copied").await;
        assert_eq!(taken.pop().as_string().as_deref(), Some("r-1"));
        assert!(!screen.has("textarea"), "the field is gone");
    }
}

#[wasm_bindgen_test]
async fn refused_copy_shows_the_text_selected_until_it_is_left() {
    let (screen, _) = button();
    let _clipboard = clipboard(&Array::new(), false);
    let _command = command(&Array::new(), false);
    let before = icon(&screen);
    screen.click_button("Copy run ID");
    wait_until("an announcement", || !screen.announced().is_empty()).await;
    assert_eq!(screen.announced(), "The browser did not allow copying. The text is selected: copy it yourself.");
    settle().await;
    assert_eq!(icon(&screen), before);
    let field: HtmlTextAreaElement = screen.find("textbox", BY_HAND).unchecked_into();
    assert_eq!(field.value(), "r-1");
    let selection = || (field.selection_start().unwrap(), field.selection_end().unwrap());
    wait_until("the selection", || focused(&field) && selection() == (Some(0), Some(3))).await;
    field.blur().unwrap();
    settle().await;
    assert!(!screen.has("textarea"));
}
