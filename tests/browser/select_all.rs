//! The checkbox in the header of the table.

use super::run_list::{ListFixture, list, loaded, three};
use super::support::{Screen, name_of, run, settle};
use leptos::prelude::*;
use runboard_core::run::RunId;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

async fn list_of_three() -> (Screen, ListFixture, HtmlInputElement) {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    let select_all = screen.one("thead input.select").unchecked_into();
    (screen, fixture, select_all)
}

fn selected(screen: &Screen) -> Vec<RunId> {
    let mut ids = screen.context.ui.selection.get_untracked().ids().to_vec();
    ids.sort();
    ids
}

fn ids<const COUNT: usize>(ids: [&str; COUNT]) -> Vec<RunId> {
    ids.map(RunId::new).to_vec()
}

#[wasm_bindgen_test]
async fn selects_all_listed_runs_and_then_none() {
    let (screen, _, select_all) = list_of_three().await;
    assert_eq!(name_of(&select_all), "Select all 3 runs listed");
    assert!(!select_all.checked() && !select_all.indeterminate());
    select_all.click();
    settle().await;
    assert_eq!(selected(&screen), ids(["a", "b", "c"]));
    assert!(select_all.checked() && !select_all.indeterminate());
    assert_eq!(screen.text(".selection-count"), "3 selected");
    select_all.click();
    settle().await;
    assert_eq!(selected(&screen), ids([]));
    assert!(!select_all.checked() && !screen.has(".selection-count"));
}

#[wasm_bindgen_test]
async fn is_mixed_while_some_listed_runs_are_selected() {
    let (screen, _, select_all) = list_of_three().await;
    screen.find("checkbox", "Select Mailing").click();
    settle().await;
    assert!(!select_all.checked() && select_all.indeterminate());
    select_all.click();
    settle().await;
    assert_eq!(selected(&screen), ids(["a", "b", "c"]));
    assert!(select_all.checked() && !select_all.indeterminate());
    screen.find("checkbox", "Select Spring").click();
    settle().await;
    assert!(!select_all.checked() && select_all.indeterminate());
}

#[wasm_bindgen_test]
async fn selects_only_what_the_query_lists() {
    let (screen, fixture, select_all) = list_of_three().await;
    screen.find("checkbox", "Select Autumn").click();
    fixture.q.set("mailing".to_owned());
    settle().await;
    assert_eq!(name_of(&select_all), "Select all 1 run listed");
    assert!(!select_all.checked() && !select_all.indeterminate(), "what is selected is hidden");
    select_all.click();
    settle().await;
    assert_eq!(selected(&screen), ids(["a", "b"]));
    assert!(select_all.checked());
    assert_eq!(screen.text(".selection-count"), "2 selected, 1 hidden by the filter");
}

#[wasm_bindgen_test]
async fn leaves_out_runs_that_are_not_shown_yet() {
    let (screen, fixture, select_all) = list_of_three().await;
    fixture.store.put_page(vec![run(json!({ "id": "d", "name": "Winter" }))]);
    settle().await;
    assert!(screen.has_role("button", "Show 1 new run"));
    assert_eq!(name_of(&select_all), "Select all 3 runs listed");
    select_all.click();
    settle().await;
    assert_eq!(selected(&screen), ids(["a", "b", "c"]));
    screen.click_button("Show 1 new run");
    settle().await;
    assert!(!select_all.checked() && select_all.indeterminate());
    assert_eq!(selected(&screen), ids(["a", "b", "c"]));
}
