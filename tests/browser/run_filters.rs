//! Search, filters and order: one text holds every filter, and each control writes into it.

use super::run_list::{Parts, list, loaded, names, three};
use super::support::{Stage, attribute, found_in, name_of, press_key, run, settle, tell, text_of, type_into};
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

async fn ask(parts: &Parts, q: &str) {
    parts.q.set(q.to_owned());
    settle().await;
}

/// The buttons of the phase filter, with whether each is pressed.
fn phases(stage: &Stage) -> Vec<(String, bool)> {
    let pressed = |button: &web_sys::HtmlElement| attribute(button, "aria-pressed").as_deref() == Some("true");
    let group = stage.find("group", "Phase");
    found_in(&group, "button").iter().map(|button| (text_of(button), pressed(button))).collect()
}

fn with_status(id: &str, status: &str) -> Run {
    run(json!({ "id": id, "name": id, "status": status }))
}

#[wasm_bindgen_test]
fn typing_into_the_search_asks_for_what_is_typed() {
    let (stage, parts) = list(three(), loaded());
    type_into(&stage.find("searchbox", "Search runs"), "spring");
    assert_eq!(parts.queries.get_untracked(), ["spring"]);
}

#[wasm_bindgen_test]
fn enter_in_the_search_does_not_send_a_form() {
    let (stage, parts) = list(three(), loaded());
    let search = stage.find("searchbox", "Search runs");
    assert!(press_key(&search, "Enter", false));
    assert!(!tell(&search.closest("form").unwrap().unwrap(), "submit"), "the browser would load the page anew");
    assert!(parts.queries.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn what_a_search_leaves_is_listed_and_told_to_screen_readers() {
    let (stage, parts) = list(three(), loaded());
    settle().await;
    assert_eq!(stage.announced(), "");
    ask(&parts, "spring").await;
    assert_eq!(names(&stage), ["Spring"]);
    assert_eq!(stage.announced(), "1 of 3 runs");
    assert_eq!(stage.field("searchbox", "Search runs").value(), "spring");
}

#[wasm_bindgen_test]
async fn the_search_stays_in_use_while_it_empties_and_refills_the_list() {
    let (stage, parts) = list(three(), loaded());
    let search = stage.find("searchbox", "Search runs");
    for q in ["spring", "springs", "spring"] {
        type_into(&search, q);
        ask(&parts, q).await;
        assert_eq!(stage.find("searchbox", "Search runs"), search);
        assert!(super::support::focused(&search), "{q}");
    }
}

#[wasm_bindgen_test]
async fn phase_buttons_count_all_runs_and_write_into_the_query() {
    let (stage, parts) = list(three(), loaded());
    let counts: Vec<String> = phases(&stage).into_iter().map(|(button, _)| button).collect();
    assert_eq!(counts, ["All 3", "Upcoming 1", "Open 1", "Over 1"]);
    ask(&parts, "mail").await;
    stage.press("Open 1");
    assert_eq!(parts.queries.get_untracked(), ["mail phase:open"]);
    ask(&parts, "mail phase:open").await;
    let pressed: Vec<String> = phases(&stage).into_iter().filter(|(_, on)| *on).map(|(button, _)| button).collect();
    assert_eq!(pressed, ["Open 1"]);
    assert_eq!(names(&stage), ["Mailing"]);
    stage.press("Over 1");
    stage.press("Open 1");
    stage.press("All 3");
    assert_eq!(parts.queries.get_untracked()[1..], ["mail phase:over", "mail", "mail"]);
}

#[wasm_bindgen_test]
async fn a_phase_button_that_is_pressed_stays_when_its_last_run_goes() {
    let (stage, parts) = list(three(), loaded());
    ask(&parts, "phase:open").await;
    let button = stage.find("button", "Open 1");
    parts.store.remove(&three()[1].id);
    settle().await;
    assert_eq!(name_of(&button), "Open 0");
    assert_eq!(stage.find("button", "Open 0"), button);
}

#[wasm_bindgen_test]
async fn the_status_choice_writes_into_the_query_and_follows_it() {
    let (stage, parts) = list(three(), loaded());
    assert_eq!(stage.texts("option"), ["Any", "scheduled (2)", "running (1)"]);
    stage.choose("API status", "running (1)");
    assert_eq!(parts.queries.get_untracked(), ["status:running"]);
    ask(&parts, "status:running").await;
    assert_eq!(names(&stage), ["Mailing"]);
    assert_eq!(stage.chosen("API status"), "running (1)");
    stage.choose("API status", "Any");
    assert_eq!(parts.queries.get_untracked()[1], "");
    ask(&parts, "").await;
    assert_eq!(stage.chosen("API status"), "Any");
}

#[wasm_bindgen_test]
async fn a_status_word_is_chosen_and_shown_as_chosen_however_it_is_written() {
    for (word, option) in [
        ("PAUSED", "paused (1)"),
        ("In Review", "in review (1)"),
        ("a,b", "a,b (1)"),
        ("say \"no\"", "say \"no\" (1)"),
        ("<b>odd</b>", "<b>odd</b> (1)"),
    ] {
        let (stage, parts) = list(vec![with_status("a", word), with_status("b", "other")], loaded());
        stage.choose("API status", option);
        ask(&parts, &parts.queries.get_untracked()[0]).await;
        assert_eq!(names(&stage), ["a"], "{word}");
        assert_eq!(stage.chosen("API status"), option);
    }
}

#[wasm_bindgen_test]
async fn the_status_choice_never_says_any_while_words_are_asked_for() {
    let (stage, parts) = list(three(), loaded());
    for (q, shown) in [("status:gone", "gone"), ("status:running,scheduled", "running, scheduled")] {
        ask(&parts, q).await;
        assert_eq!(stage.chosen("API status"), shown);
    }
    ask(&parts, "status:running").await;
    assert_eq!(stage.chosen("API status"), "running (1)");
    ask(&parts, "").await;
    assert_eq!(stage.chosen("API status"), "Any");
    assert_eq!(stage.texts("option").len(), 3);
}

#[wasm_bindgen_test]
async fn sort_buttons_ask_for_their_column_and_the_order_is_told_at_its_head() {
    let (stage, parts) = list(three(), loaded());
    let order = || {
        let heads = found_in(&stage.host, "columnheader").into_iter();
        heads.filter_map(|head| Some((text_of(&head), attribute(&head, "aria-sort")?))).collect::<Vec<_>>()
    };
    assert_eq!(order(), [("Created".to_owned(), "descending".to_owned())]);
    for name in ["Created", "Name", "Start"] {
        stage.press(name);
    }
    let expected = [(SortKey::Created, false), (SortKey::Name, false), (SortKey::Start, true)];
    assert_eq!(parts.sorts.get_untracked(), expected.map(|(key, descending)| Sort { key, descending }));
    parts.sort.set(Sort { key: SortKey::Name, descending: false });
    settle().await;
    assert_eq!(order(), [("Name".to_owned(), "ascending".to_owned())]);
    assert_eq!(names(&stage), ["Autumn", "Mailing", "Spring"]);
    stage.press("Name");
    assert_eq!(parts.sorts.get_untracked().pop(), Some(Sort { key: SortKey::Name, descending: true }));
}
