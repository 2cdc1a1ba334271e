//! The badge of every state, and what stands beside it.

use super::support::{Screen, attribute, render, run, run_between, settle};
use leptos::prelude::*;
use runboard::components::StateBadge;
use runboard_core::run::Run;
use runboard_core::run_state::RunState;
use runboard_core::time::Span;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

fn badge(run: Run) -> (Screen, RwSignal<Arc<Run>>) {
    render(move |_| {
        let run = RwSignal::new(Arc::new(run));
        (run, view! { <StateBadge run=run /> }.into_any())
    })
}

#[wasm_bindgen_test]
async fn every_state_has_its_word_and_says_where_the_api_disagrees() {
    let without_window = |status: &str| run(json!({ "status": status }));
    let cases = [
        (run_between(60, 120, "scheduled"), "Scheduled"),
        (run_between(60, 120, "paused"), "Scheduled “paused”"),
        (without_window("scheduled"), "Scheduled"),
        (run_between(-60, 60, "running"), "Running"),
        (run_between(60, 120, "running"), "Running before its start"),
        (run_between(-120, -60, "running"), "Running past its end"),
        (without_window("running"), "Running"),
        (run_between(-60, 60, "scheduled"), "Open “scheduled”"),
        (run_between(-60, 60, "<b>odd</b>"), "Open “<b>odd</b>”"),
        (run_between(-120, -60, "completed"), "Completed"),
        (run_between(-60, 60, "completed"), "Completed before its end"),
        (without_window("completed"), "Completed"),
        (run_between(-120, -60, "failed"), "Failed"),
        (run_between(-60, 60, "failed"), "Failed before its end"),
        (without_window("failed"), "Failed"),
        (run_between(-60, 60, "stopped"), "Stopped"),
        (run_between(60, 120, "cancelled"), "Stopped"),
        (without_window("canceled"), "Stopped"),
        (run_between(-120, -60, "scheduled"), "Ended “scheduled”"),
        (run_between(-120, -60, "paused"), "Ended “paused”"),
        (without_window("paused"), "Unknown “paused”"),
        (run(json!({ "status": null })), "Unknown"),
    ];
    let (screen, shown) = badge(run(json!({})));
    let mut states = BTreeSet::new();
    for (run, text) in cases {
        shown.set(Arc::new(run));
        settle().await;
        assert_eq!(screen.full_text(), text);
        assert!(!screen.has("b"), "{text}");
        let state = RunState::from_word(&attribute(&screen.one(".badge"), "data-state").unwrap()).unwrap();
        assert!(text.to_lowercase().starts_with(state.word()), "{text}: {}", state.word());
        states.insert(state);
    }
    assert_eq!(states, BTreeSet::from(RunState::ALL), "a state has no case");
}

#[wasm_bindgen_test]
async fn tooltip_has_the_word_of_the_api() {
    let (screen, shown) = badge(run_between(-60, 60, "cancelled"));
    let title = || attribute(&screen.one(".status"), "title");
    assert_eq!(title().as_deref(), Some("API status: cancelled"));
    shown.set(Arc::new(run(json!({ "status": null }))));
    settle().await;
    assert_eq!(title().as_deref(), Some("The API gave no status."));
}

#[wasm_bindgen_test]
async fn badge_follows_the_clock_and_allows_the_api_a_minute() {
    let (screen, _) = badge(run_between(1, 3, "scheduled"));
    assert_eq!(screen.full_text(), "Scheduled");
    for (minutes, text) in [(1, "Open"), (1, "Open “scheduled”"), (1, "Ended “scheduled”")] {
        screen.advance_clock(Span::from_minutes(minutes));
        settle().await;
        assert_eq!(screen.full_text(), text);
    }
}
