//! Clashes that appear while the form is open.

use super::new_run_form::{complete_draft, form};
use super::support::{run, settle};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

const APPEARED: &str = "A run that clashes with this one has appeared since you filled in the form.";
const CHECK_FIRST: &str = "A run that clashes with this one has just appeared. Check it, then schedule again.";

fn clashing(id: &str) -> runboard_core::run::Run {
    run(json!({
        "id": id, "job_id": "job-1", "name": "Of a colleague",
        "start_at": "2026-05-03T10:00:00Z", "end_at": "2026-05-03T11:00:00Z",
    }))
}

#[wasm_bindgen_test]
async fn clash_that_appears_is_announced_and_the_next_click_sends_nothing() {
    let (screen, fixture) = form(complete_draft());
    settle().await;
    screen.context.store.put(clashing("r-7"));
    settle().await;
    assert_eq!(screen.announced(), APPEARED);
    assert!(screen.shows(APPEARED));
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(fixture.sent.get_untracked().len(), 0);
    assert_eq!(screen.announced(), CHECK_FIRST);
    assert!(screen.shows(CHECK_FIRST), "beside the button");
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(fixture.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn clash_that_was_there_or_comes_with_an_edit_holds_nothing_back() {
    let (screen, fixture) = form(complete_draft());
    screen.context.store.put(clashing("r-7"));
    settle().await;
    fixture.draft.update(|draft| draft.name.push('!'));
    settle().await;
    assert!(!screen.shows(APPEARED));
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(fixture.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn clash_that_is_found_while_the_runs_are_still_loading_has_not_appeared() {
    let (screen, fixture) = form(complete_draft());
    fixture.known_runs.set(runboard::components::KnownRuns::Loading);
    settle().await;
    screen.context.store.put(clashing("r-7"));
    settle().await;
    fixture.known_runs.set(runboard::components::KnownRuns::All);
    settle().await;
    assert!(!screen.shows(APPEARED));
}
