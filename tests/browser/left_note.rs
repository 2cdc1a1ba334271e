//! The notes about requests that another tab left.

use super::support::{Screen, render, settle};
use leptos::prelude::*;
use runboard::components::LeftNote;
use runboard_core::policy::unfinished::Waiting;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Clone, Copy)]
struct Fixture {
    waiting: RwSignal<Option<Waiting>>,
    taken_elsewhere: RwSignal<bool>,
}

fn note() -> (Screen, Fixture) {
    render(move |_| {
        let fixture = Fixture { waiting: RwSignal::new(None), taken_elsewhere: RwSignal::new(false) };
        let Fixture { waiting, taken_elsewhere } = fixture;
        let on_dismiss = move |()| taken_elsewhere.set(false);
        let node = view! { <LeftNote waiting=waiting taken_elsewhere=taken_elsewhere on_dismiss=on_dismiss /> };
        (fixture, node.into_any())
    })
}

#[wasm_bindgen_test]
async fn says_quietly_why_a_request_is_not_being_checked_yet() {
    let (screen, fixture) = note();
    assert_eq!(screen.texts("status").concat(), "");
    fixture.waiting.set(Some(Waiting::MayBeReloading));
    settle().await;
    assert!(screen.texts("status").concat().contains("It will be checked in a few seconds."), "{}", screen.full_text());
    fixture.waiting.set(Some(Waiting::NotFree));
    settle().await;
    assert!(screen.texts("status").concat().contains("when you have dismissed"), "{}", screen.full_text());
    assert!(screen.texts("alert").is_empty());
    fixture.waiting.set(None);
    settle().await;
    assert_eq!(screen.texts("status").concat(), "");
}

#[wasm_bindgen_test]
async fn says_that_another_tab_checks_what_was_left_until_it_is_dismissed() {
    let (screen, fixture) = note();
    fixture.taken_elsewhere.set(true);
    settle().await;
    assert!(screen.texts("status").concat().contains("Another tab of this browser is checking it."));
    screen.click_button("Dismiss");
    settle().await;
    assert_eq!(screen.texts("status").concat(), "");
}
