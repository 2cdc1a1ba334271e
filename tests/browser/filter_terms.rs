//! What the filters by state show of a query that they do not stand for, and selections that are not listed.

use super::run_list::{list, loaded, three};
use super::support::{attribute, found_in, settle, text_of};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn query_that_is_not_understood_has_no_counts_and_presses_nothing() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    fixture.q.set("is:filed".to_owned());
    settle().await;
    let buttons = found_in(&screen.find("group", "State"), "button");
    let texts: Vec<_> = buttons.iter().map(|button| text_of(button).trim().to_owned()).collect();
    let states = ["Running", "Scheduled", "Completed", "Failed", "Stopped", "Ended"];
    assert_eq!(texts, [&["All", "Needs attention"][..], &states].concat());
    assert!(buttons.iter().all(|button| attribute(button, "aria-pressed").as_deref() == Some("false")));
}

#[wasm_bindgen_test]
async fn state_on_one_side_of_or_has_a_chip() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    fixture.q.set("is:running OR spring".to_owned());
    super::support::wait_until("chips", || screen.all(".chip").len() == 2).await;
    assert!(!screen.has(".filters [aria-pressed=true]"));
    fixture.q.set("is:running spring".to_owned());
    super::support::wait_until("one chip", || screen.all(".chip").len() == 1).await;
    assert_eq!(screen.all(".filters [aria-pressed=true]").len(), 1);
}

#[wasm_bindgen_test]
async fn selection_that_is_not_listed_stays_and_is_shown_by_whole_ids() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    screen.find("checkbox", "Select Autumn").click();
    fixture.q.set("name:mailing".to_owned());
    settle().await;
    let all = screen.find("checkbox", "Select all 1 run listed");
    all.click();
    settle().await;
    assert_eq!(screen.text(".selection-count"), "2 selected, 1 hidden by the search");
    screen.click_button("Show selected");
    assert_eq!(fixture.queries.get_untracked(), ["id:\"a\",\"b\""]);
    all.click();
    settle().await;
    assert_eq!(screen.text(".selection-count"), "1 selected, 1 hidden by the search");
}
