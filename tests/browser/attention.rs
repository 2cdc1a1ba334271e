//! Runs that need attention, as somebody learns of them on arrival.

use super::run_list::{list, loaded, three};
use super::support::{MutationLog, document, run_between, server_failed, settle};
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

/// Somebody types before there is anything to count.
#[wasm_bindgen_test]
async fn result_of_a_query_is_announced_once_the_list_has_arrived() {
    let (screen, fixture) = list(Vec::new(), ListState { streaming: true, ..ListState::default() });
    settle().await;
    fixture.q.set("mailing".to_owned());
    settle().await;
    assert_eq!(screen.announced(), "", "nothing is there to be counted");
    // The first page, without a match.
    fixture.store.put_page(three().into_iter().filter(|run| run.id != RunId::new("b")).collect());
    fixture.state.set(ListState { streaming: true, reading: Some((2, Some(3))), ..loaded() });
    settle().await;
    assert_eq!(screen.announced(), "", "more is on its way");
    let said = MutationLog::of(&screen.one("[data-region=announcer]"));
    fixture.store.put_page(three());
    fixture.state.set(loaded());
    settle().await;
    assert_eq!(screen.announced(), "1 run needs attention. 1 of 3 runs");
    // The result of a poll is not.
    fixture.store.put_page(vec![Run { id: RunId::new("d"), name: "Zebra".into(), ..run_between(-60, 60, "running") }]);
    settle().await;
    assert_eq!(said.changes().len(), 1, "{:?}", said.changes());
}

#[wasm_bindgen_test]
async fn result_of_a_query_is_announced_once_a_failed_first_load_succeeds() {
    let failed = ListState { problem: Some(server_failed()), failures: 1, ..ListState::default() };
    let (screen, fixture) = list(Vec::new(), failed);
    fixture.q.set("mail".to_owned());
    settle().await;
    assert_eq!(screen.announced(), "");
    fixture.store.put_page(vec![run_between(-30, 30, "running")]);
    fixture.state.set(loaded());
    settle().await;
    assert_eq!(screen.announced(), "0 of 1 run");
}

/// Of a list that is known, the result is there at once, although it is being read again.
#[wasm_bindgen_test]
async fn result_of_a_query_is_announced_while_a_known_list_is_read_again() {
    let (screen, fixture) = list(three(), ListState { streaming: true, ..loaded() });
    fixture.store.set_complete_as_of(screen.context.ui.clock.now());
    fixture.state.update(|state| state.reading = Some((1, Some(3))));
    settle().await;
    fixture.q.set("autumn".to_owned());
    settle().await;
    assert_eq!(screen.announced(), "1 of 3 runs");
}
