//! How the terms of a query are shown: as chips, or with the reason why they are not understood.

use super::run_list::{list, loaded, three};
use super::support::{Screen, attribute, focused, settle, text_of, type_into, wait_until};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn chips(screen: &Screen) -> Vec<String> {
    screen.all(".chips li").iter().map(text_of).collect()
}

#[wasm_bindgen_test]
async fn understood_terms_are_chips_that_can_be_removed() {
    let (screen, fixture) = list(three(), loaded());
    fixture.q.set("mail starts < 2h OR -autumn job:\"job-b\"".to_owned());
    settle().await;
    assert_eq!(chips(&screen), ["mail", "starts Sat 2 May 14:05 – Sat 2 May 16:05", "or", "not autumn", "job job-b"]);
    screen.click_button("Remove not autumn");
    assert_eq!(fixture.queries.get_untracked(), ["mail starts < 2h OR job:\"job-b\""]);
    assert!(focused(&screen.find("searchbox", "Search runs")));
    fixture.q.set(String::new());
    settle().await;
    assert!(!screen.has(".chips"));
}

#[wasm_bindgen_test]
async fn days_of_a_range_are_named_as_days() {
    let (screen, fixture) = list(three(), loaded());
    for (q, chip) in [
        ("ends:today", "ends on Sat 2 May"),
        ("created:2026-03-01..2026-03-07", "created Sun 1 Mar – Sat 7 Mar"),
        ("starts:2026-03-01..", "starts after Sun 1 Mar 00:00"),
    ] {
        fixture.q.set(q.to_owned());
        settle().await;
        assert_eq!(chips(&screen), [chip], "{q}");
    }
}

#[wasm_bindgen_test]
async fn filter_by_state_has_its_pressed_button_and_no_chip() {
    let (screen, fixture) = list(three(), loaded());
    fixture.q.set("is:running".to_owned());
    settle().await;
    assert!(!screen.has(".chips"));
    fixture.q.set("-is:running".to_owned());
    settle().await;
    assert_eq!(chips(&screen), ["not is running"]);
}

#[wasm_bindgen_test]
async fn term_that_is_not_understood_is_marked_with_its_reason() {
    let (screen, fixture) = list(three(), loaded());
    let field = screen.find("searchbox", "Search runs");
    assert_eq!(attribute(&field, "aria-invalid"), None);
    fixture.q.set("mail starts:tomorow".to_owned());
    settle().await;
    assert_eq!(attribute(&field, "aria-invalid").as_deref(), Some("true"));
    assert_eq!(screen.text(".understood mark"), "starts:tomorow");
    assert!(screen.shows("isn’t a valid time"));
    assert_eq!(chips(&screen), ["mail"], "what is understood stays beside it");
    screen.click_button("Remove starts:tomorow");
    assert_eq!(fixture.queries.get_untracked(), ["mail"]);
}

#[wasm_bindgen_test]
async fn states_and_jobs_are_suggested_for_a_word() {
    let (screen, _) = list(three(), loaded());
    settle().await;
    let field = screen.find("searchbox", "Search runs");
    type_into(&field, "fail");
    wait_until("the state", || screen.has_role("option", "is:failed")).await;
    type_into(&field, "job-b");
    wait_until("the job", || screen.has_role("option", "job:job-b 1")).await;
}
