//! The list on paper, and what is said about lists that are longer than the screen.

use super::run_list::{list, list_keeping_storage, loaded};
use super::support::{Screen, dispatch, run, session_storage, settle, wait_until, window};
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

fn runs(count: usize) -> Vec<Run> {
    (0..count).map(|number| run(json!({ "id": format!("r-{number}"), "name": format!("Run {number}") }))).collect()
}

fn rendered(screen: &Screen) -> usize {
    screen.all("tbody tr[role=row]").len()
}

#[wasm_bindgen_test]
async fn all_rows_are_rendered_for_paper() {
    let (screen, _) = list(runs(300), loaded());
    wait_until("the rows in view", || rendered(&screen) > 0).await;
    assert!(rendered(&screen) < 300);
    dispatch(&window(), "beforeprint");
    settle().await;
    assert_eq!((rendered(&screen), screen.has(".spacer")), (300, false));
    assert_eq!(screen.text(".printed-instead"), "");
    dispatch(&window(), "afterprint");
    settle().await;
    assert!(rendered(&screen) < 300);
}

#[wasm_bindgen_test]
async fn list_that_is_too_long_for_paper_is_replaced_by_a_sentence() {
    let (screen, _) = list(runs(2001), loaded());
    wait_until("all runs", || !screen.text(".printed-instead").is_empty()).await;
    assert_eq!(
        screen.text(".printed-instead"),
        "2,001 runs are too many to print. Search for those you need, or export them."
    );
    dispatch(&window(), "beforeprint");
    settle().await;
    assert!(rendered(&screen) < 200, "they would only be thrown away");
}

const HINT: &str = "Ctrl+F finds only the rows on screen. Use Search.";

#[wasm_bindgen_test]
async fn long_list_says_once_a_session_what_the_browser_finds() {
    let (screen, _) = list(runs(201), loaded());
    settle().await;
    assert_eq!(screen.text(".long-list-hint"), HINT);
    assert!(session_storage().get_item("runboard.long-list").unwrap().is_some());
    let (again, _) = list_keeping_storage(runs(201), loaded());
    settle().await;
    assert!(rendered(&again) > 0);
    assert_eq!(again.text(".long-list-hint"), "");
    drop((screen, again));
    let (screen, _) = list(runs(200), loaded());
    settle().await;
    assert_eq!(screen.text(".long-list-hint"), "", "all of these are on the page");
}
