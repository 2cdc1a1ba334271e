//! The button that refreshes the list.

use super::run_list::{ListFixture, list, loaded, three};
use super::support::{Screen, attribute, press_key, problem, settle, wait_until};
use leptos::prelude::*;
use runboard::components::ListState;
use runboard_core::problem::ProblemKind;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

fn button(screen: &Screen) -> Element {
    screen.one("button.refresh")
}

fn at_work(screen: &Screen) -> bool {
    attribute(&button(screen), "aria-busy").as_deref() == Some("true")
}

async fn refreshing() -> (Screen, ListFixture) {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    assert!(!at_work(&screen));
    fixture.state.update(|state| state.refreshing = true);
    settle().await;
    (screen, fixture)
}

#[wasm_bindgen_test]
async fn it_is_busy_until_the_refresh_ends_which_is_announced() {
    let (screen, fixture) = refreshing().await;
    assert!(at_work(&screen));
    // The second click of a double click asks for nothing.
    button(&screen).unchecked_into::<HtmlElement>().click();
    assert_eq!(fixture.refreshes.get_untracked(), 0);
    fixture.state.set(loaded());
    settle().await;
    assert!(!at_work(&screen));
    assert_eq!(screen.announced(), "Updated. 3 runs.");
}

#[wasm_bindgen_test]
async fn failed_refresh_is_announced_with_its_reason() {
    let (screen, fixture) = refreshing().await;
    let problem = Some(problem(ProblemKind::Server { status: 503 }));
    fixture.state.set(ListState { problem, failures: 1, ..loaded() });
    settle().await;
    assert_eq!(screen.announced(), "Not updated. The API failed (error 503).");
}

#[wasm_bindgen_test]
async fn refresh_that_waits_for_a_sign_in_is_not_called_an_update() {
    let (screen, fixture) = refreshing().await;
    let before = screen.announced();
    fixture.state.set(ListState { refused: true, ..loaded() });
    settle().await;
    assert!(!at_work(&screen));
    assert_eq!(screen.announced(), before);
}

#[wasm_bindgen_test]
async fn refresh_that_takes_long_offers_to_cancel_it() {
    let (screen, fixture) = refreshing().await;
    wait_until("the offer to cancel", || screen.has_role("button", "Cancel")).await;
    assert!(at_work(&screen) && !screen.has_role("button", "Refresh"));
    screen.click_button("Cancel");
    fixture.state.set(loaded());
    settle().await;
    assert_eq!(fixture.refreshes.get_untracked(), 0);
    assert_eq!(screen.announced(), "Refresh cancelled.");
    assert!(screen.has_role("button", "Refresh"));
}

#[wasm_bindgen_test]
async fn escape_cancels_too_but_not_while_something_is_typed() {
    let (screen, fixture) = refreshing().await;
    wait_until("the offer to cancel", || screen.has_role("button", "Cancel")).await;
    press_key(&screen.one("#search"), "Escape", false);
    fixture.state.update(|state| state.refreshing = false);
    wait_until("the end to be announced", || screen.announced() == "Updated. 3 runs.").await;
    fixture.state.update(|state| state.refreshing = true);
    wait_until("the offer to cancel", || screen.has_role("button", "Cancel")).await;
    press_key(&screen.one("h1"), "Escape", false);
    fixture.state.update(|state| state.refreshing = false);
    wait_until("the cancelling to be announced", || screen.announced() == "Refresh cancelled.").await;
}
