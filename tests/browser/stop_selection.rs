//! The selection bar says what its button will do.

use super::run_list::{list, loaded, three};
use super::support::{Screen, in_minutes, run, settle};
use leptos::prelude::*;
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

fn select(screen: &Screen, name: &str) {
    screen.find("checkbox", &format!("Select {name}")).click();
}

#[wasm_bindgen_test]
async fn button_counts_the_runs_that_can_be_stopped() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    for name in ["Mailing", "Spring"] {
        select(&screen, name);
    }
    settle().await;
    assert_eq!(screen.text(".selection-count"), "2 selected");
    screen.click_button("Stop 1 of 2 runs");
    assert_eq!(fixture.stops.get_untracked()[0].len(), 2, "the dialog names those that are over, too");
    select(&screen, "Autumn");
    settle().await;
    assert!(screen.has_role("button", "Stop 2 of 3 runs"));
}

#[wasm_bindgen_test]
async fn button_is_disabled_with_its_reason_where_all_are_over() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    select(&screen, "Spring");
    settle().await;
    let button = screen.find("button", "All have ended");
    assert!(button.has_attribute("disabled"));
    button.click();
    assert!(fixture.stops.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn only_those_that_can_be_stopped_count_towards_the_limit() {
    let one = |number: i64, until: i64| {
        run(json!({
            "id": format!("r-{number}"), "name": format!("Run {number}"), "status": "completed",
            "start_at": in_minutes(-60).to_iso(), "end_at": in_minutes(until).to_iso(),
        }))
    };
    let mut runs: Vec<Run> = (0..500).map(|number| one(number, -1)).collect();
    runs.push(run(json!({ "id": "on", "name": "On", "status": "running" })));
    let (screen, fixture) = list(runs, loaded());
    settle().await;
    screen.find("checkbox", "Select all 501 runs listed").click();
    settle().await;
    screen.click_button("Stop 1 of 501 runs");
    let asked = fixture.stops.get_untracked();
    assert_eq!(asked[0].iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["on"]);
}
