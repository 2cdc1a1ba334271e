//! The page's heading: it names the page, for the eye, in the title, and by the focus after a move.

use super::support::{document, focused, settle, stage, stage_with};
use leptos::prelude::*;
use runboard::components::Heading;
use runboard::config::Config;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_title_of_the_document_follows_it_and_names_the_console() {
    let config = Config { title: "Runs of <b>ours</b>".to_owned(), ..Config::default() };
    let (stage, text) = stage_with(config, move |_| {
        let text = RwSignal::new("Spring sale".to_owned());
        (text, view! { <Heading text=text /> }.into_any())
    });
    settle().await;
    assert_eq!(document().title(), "Spring sale · Runs of <b>ours</b>");
    text.set("<i>Autumn</i>".to_owned());
    settle().await;
    assert_eq!(stage.texts("heading"), ["<i>Autumn</i>"]);
    assert_eq!(document().title(), "<i>Autumn</i> · Runs of <b>ours</b>");
    assert!(!stage.has("i"));
}

#[wasm_bindgen_test]
async fn the_title_may_differ_from_the_heading() {
    let (stage, ()) =
        stage(move |_| ((), view! { <Heading text="Runs (3)".to_owned() title="Runs".to_owned() /> }.into_any()));
    settle().await;
    assert_eq!(stage.texts("heading"), ["Runs (3)"]);
    assert_eq!(document().title(), "Runs · Runboard");
}

#[wasm_bindgen_test]
async fn on_the_page_that_was_loaded_it_leaves_the_focus_alone() {
    let (stage, ()) = stage(move |_| ((), view! { <Heading text="Runs".to_owned() /> }.into_any()));
    settle().await;
    assert!(!focused(&stage.find("heading", "Runs")));
}

#[wasm_bindgen_test]
async fn after_a_move_it_takes_the_focus_without_becoming_a_stop_of_the_tab_key() {
    let (stage, ()) = stage(move |console| {
        console.ui.navigation.note_move();
        ((), view! { <Heading text="Runs".to_owned() /> }.into_any())
    });
    settle().await;
    let heading = stage.find("heading", "Runs");
    assert!(focused(&heading));
    assert_eq!(heading.tab_index(), -1);
}

#[wasm_bindgen_test]
async fn another_text_does_not_take_the_focus_again() {
    let (stage, text) = stage(move |console| {
        console.ui.navigation.note_move();
        let text = RwSignal::new("Runs (3)".to_owned());
        (text, view! { <Heading text=text /> <a href="#x">"elsewhere"</a> }.into_any())
    });
    settle().await;
    let link = stage.find("link", "elsewhere");
    link.focus().unwrap();
    text.set("Runs (4)".to_owned());
    settle().await;
    assert!(focused(&link));
}
