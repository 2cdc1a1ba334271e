//! Runs that need attention, as somebody learns of them on arrival.

use super::run_list::{list, loaded, three};
use super::support::{document, run_between, settle};
use leptos::prelude::*;
use runboard::components::ListState;
use runboard_core::run::{Run, RunId};
use wasm_bindgen_test::wasm_bindgen_test;

/// One run of three contradicts its window.
#[wasm_bindgen_test]
async fn number_is_announced_on_arrival_and_stands_in_the_title() {
    let (screen, fixture) = list(three(), ListState { streaming: true, ..loaded() });
    settle().await;
    assert_eq!((screen.announced().as_str(), document().title().as_str()), ("", "Runs · Runboard"), "still arriving");
    fixture.state.set(loaded());
    settle().await;
    assert_eq!(screen.announced(), "1 run needs attention");
    assert_eq!(document().title(), "Runs: 1 run needs attention · Runboard");
    // A query changes neither.
    fixture.q.set("mailing".to_owned());
    settle().await;
    assert_eq!(document().title(), "Runs: 1 run needs attention · Runboard");
    assert_eq!(screen.announced(), "1 of 3 runs");
}

#[wasm_bindgen_test]
async fn later_ones_change_the_title_and_are_not_announced() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    fixture.store.put_page(vec![Run { id: RunId::new("b"), name: "Mailing".into(), ..run_between(-60, 60, "failed") }]);
    settle().await;
    assert_eq!(document().title(), "Runs: 2 runs need attention · Runboard");
    assert!(!screen.announced().contains('2'), "{}", screen.announced());
}

#[wasm_bindgen_test]
async fn number_stays_in_the_title_while_the_list_is_read_again() {
    let (_screen, fixture) = list(three(), loaded());
    settle().await;
    assert_eq!(document().title(), "Runs: 1 run needs attention · Runboard");
    fixture.state.update(|state| (state.streaming, state.refreshing) = (true, true));
    settle().await;
    assert_eq!(document().title(), "Runs: 1 run needs attention · Runboard");
    // A refresh that never ends would take Escape from the tests that follow.
    fixture.state.set(loaded());
    settle().await;
}

#[wasm_bindgen_test]
async fn nothing_is_said_where_no_run_needs_attention() {
    let (screen, _) = list(vec![run_between(-30, 30, "running")], loaded());
    settle().await;
    assert_eq!((screen.announced().as_str(), document().title().as_str()), ("", "Runs · Runboard"));
}
