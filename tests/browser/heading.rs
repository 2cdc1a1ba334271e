//! The page's heading, the document's title, and the focus after navigation.

use super::support::{document, focused, render, render_with, settle};
use leptos::prelude::*;
use runboard::components::Heading;
use runboard::config::Config;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn document_title_follows_the_heading_and_names_the_console() {
    let config = Config { title: "Runs of <b>ours</b>".to_owned(), ..Config::default() };
    let (screen, text) = render_with(config, move |_| {
        let text = RwSignal::new("Spring sale".to_owned());
        (text, view! { <Heading text=text /> }.into_any())
    });
    settle().await;
    assert_eq!(document().title(), "Spring sale · Runs of <b>ours</b>");
    text.set("<i>Autumn</i>".to_owned());
    settle().await;
    assert_eq!(screen.texts("heading"), ["<i>Autumn</i>"]);
    assert_eq!(document().title(), "<i>Autumn</i> · Runs of <b>ours</b>");
    assert!(!screen.has("i"));
}

#[wasm_bindgen_test]
async fn document_title_can_differ_from_the_heading() {
    let (screen, ()) =
        render(move |_| ((), view! { <Heading text="Runs (3)".to_owned() title="Runs".to_owned() /> }.into_any()));
    settle().await;
    assert_eq!(screen.texts("heading"), ["Runs (3)"]);
    assert_eq!(document().title(), "Runs · Runboard");
}

#[wasm_bindgen_test]
async fn name_in_the_title_does_not_turn_what_follows() {
    let (_screen, ()) =
        render(move |_| ((), view! { <Heading text="\u{202e}\u{2069}Spring\nsale".to_owned() /> }.into_any()));
    settle().await;
    assert_eq!(document().title(), "\u{2068}\u{202e}Spring sale\u{2069} · Runboard");
}

#[wasm_bindgen_test]
async fn heading_does_not_take_focus_on_the_first_page() {
    let (screen, ()) = render(move |_| ((), view! { <Heading text="Runs".to_owned() /> }.into_any()));
    settle().await;
    assert!(!focused(&screen.find("heading", "Runs")));
}

#[wasm_bindgen_test]
async fn heading_takes_focus_after_navigation_but_is_no_tab_stop() {
    let (screen, ()) = render(move |context| {
        context.ui.navigation.note_move();
        ((), view! { <Heading text="Runs".to_owned() /> }.into_any())
    });
    settle().await;
    let heading = screen.find("heading", "Runs");
    assert!(focused(&heading));
    assert_eq!(heading.tab_index(), -1);
}

#[wasm_bindgen_test]
async fn changing_the_heading_does_not_take_focus_again() {
    let (screen, text) = render(move |context| {
        context.ui.navigation.note_move();
        let text = RwSignal::new("Runs (3)".to_owned());
        (text, view! { <Heading text=text /> <a href="#x">"elsewhere"</a> }.into_any())
    });
    settle().await;
    let link = screen.find("link", "elsewhere");
    link.focus().unwrap();
    text.set("Runs (4)".to_owned());
    settle().await;
    assert!(focused(&link));
}
