//! Search, filters and sorting: every control edits the one query.

use super::run_list::{ListFixture, list, loaded, names, three};
use super::support::{Screen, attribute, dispatch, found_in, name_of, press_key, run, settle, text_of, type_into};
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

async fn set_query(fixture: &ListFixture, q: &str) {
    fixture.q.set(q.to_owned());
    settle().await;
}

/// The buttons of the phase filter, and whether each is pressed.
fn phases(screen: &Screen) -> Vec<(String, bool)> {
    let pressed = |button: &web_sys::HtmlElement| attribute(button, "aria-pressed").as_deref() == Some("true");
    let group = screen.find("group", "Phase");
    found_in(&group, "button").iter().map(|button| (text_of(button), pressed(button))).collect()
}

fn with_status(id: &str, status: &str) -> Run {
    run(json!({ "id": id, "name": id, "status": status }))
}

#[wasm_bindgen_test]
fn typing_in_the_search_updates_the_query() {
    let (screen, fixture) = list(three(), loaded());
    type_into(&screen.find("searchbox", "Search runs"), "spring");
    assert_eq!(fixture.queries.get_untracked(), ["spring"]);
}

#[wasm_bindgen_test]
fn enter_in_the_search_does_not_submit_the_form() {
    let (screen, fixture) = list(three(), loaded());
    let search = screen.find("searchbox", "Search runs");
    assert!(press_key(&search, "Enter", false));
    assert!(!dispatch(&search.closest("form").unwrap().unwrap(), "submit"), "the browser would reload the page");
    assert!(fixture.queries.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn search_results_are_listed_and_announced() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    assert_eq!(screen.announced(), "");
    set_query(&fixture, "spring").await;
    assert_eq!(names(&screen), ["Spring"]);
    assert_eq!(screen.announced(), "1 of 3 runs");
    assert_eq!(screen.field("searchbox", "Search runs").value(), "spring");
}

#[wasm_bindgen_test]
async fn search_field_keeps_focus_when_results_come_and_go() {
    let (screen, fixture) = list(three(), loaded());
    let search = screen.find("searchbox", "Search runs");
    for q in ["spring", "springs", "spring"] {
        type_into(&search, q);
        set_query(&fixture, q).await;
        assert_eq!(screen.find("searchbox", "Search runs"), search);
        assert!(super::support::focused(&search), "{q}");
    }
}

#[wasm_bindgen_test]
async fn phase_buttons_count_all_runs_and_edit_the_query() {
    let (screen, fixture) = list(three(), loaded());
    let counts: Vec<String> = phases(&screen).into_iter().map(|(button, _)| button).collect();
    assert_eq!(counts, ["All 3", "Upcoming 1", "Open 1", "Over 1"]);
    set_query(&fixture, "mail").await;
    screen.click_button("Open 1");
    assert_eq!(fixture.queries.get_untracked(), ["mail phase:open"]);
    set_query(&fixture, "mail phase:open").await;
    let pressed: Vec<String> = phases(&screen).into_iter().filter(|(_, on)| *on).map(|(button, _)| button).collect();
    assert_eq!(pressed, ["Open 1"]);
    assert_eq!(names(&screen), ["Mailing"]);
    screen.click_button("Over 1");
    screen.click_button("Open 1");
    screen.click_button("All 3");
    assert_eq!(fixture.queries.get_untracked()[1..], ["mail phase:over", "mail", "mail"]);
}

#[wasm_bindgen_test]
async fn pressed_phase_button_stays_without_runs() {
    let (screen, fixture) = list(three(), loaded());
    set_query(&fixture, "phase:open").await;
    let button = screen.find("button", "Open 1");
    fixture.store.remove(&three()[1].id);
    settle().await;
    assert_eq!(name_of(&button), "Open 0");
    assert_eq!(screen.find("button", "Open 0"), button);
}

#[wasm_bindgen_test]
async fn status_filter_edits_and_follows_the_query() {
    let (screen, fixture) = list(three(), loaded());
    assert_eq!(screen.texts("option"), ["Any", "scheduled (2)", "running (1)"]);
    screen.select_option("API status", "running (1)");
    assert_eq!(fixture.queries.get_untracked(), ["status:running"]);
    set_query(&fixture, "status:running").await;
    assert_eq!(names(&screen), ["Mailing"]);
    assert_eq!(screen.selected_option("API status"), "running (1)");
    screen.select_option("API status", "Any");
    assert_eq!(fixture.queries.get_untracked()[1], "");
    set_query(&fixture, "").await;
    assert_eq!(screen.selected_option("API status"), "Any");
}

#[wasm_bindgen_test]
async fn any_status_text_can_be_selected() {
    for (word, option) in [
        ("PAUSED", "paused (1)"),
        ("In Review", "in review (1)"),
        ("a,b", "a,b (1)"),
        ("say \"no\"", "say \"no\" (1)"),
        ("<b>odd</b>", "<b>odd</b> (1)"),
    ] {
        let (screen, fixture) = list(vec![with_status("a", word), with_status("b", "other")], loaded());
        screen.select_option("API status", option);
        set_query(&fixture, &fixture.queries.get_untracked()[0]).await;
        assert_eq!(names(&screen), ["a"], "{word}");
        assert_eq!(screen.selected_option("API status"), option);
    }
}

#[wasm_bindgen_test]
async fn status_filter_never_shows_any_while_statuses_are_filtered() {
    let (screen, fixture) = list(three(), loaded());
    for (q, shown) in [("status:gone", "gone"), ("status:running,scheduled", "running, scheduled")] {
        set_query(&fixture, q).await;
        assert_eq!(screen.selected_option("API status"), shown);
    }
    set_query(&fixture, "status:running").await;
    assert_eq!(screen.selected_option("API status"), "running (1)");
    set_query(&fixture, "").await;
    assert_eq!(screen.selected_option("API status"), "Any");
    assert_eq!(screen.texts("option").len(), 3);
}

#[wasm_bindgen_test]
async fn sort_buttons_set_the_order_shown_by_aria_sort() {
    let (screen, fixture) = list(three(), loaded());
    let order = || {
        let heads = found_in(&screen.host, "columnheader").into_iter();
        heads.filter_map(|head| Some((text_of(&head), attribute(&head, "aria-sort")?))).collect::<Vec<_>>()
    };
    assert_eq!(order(), [("Created".to_owned(), "descending".to_owned())]);
    for name in ["Created", "Name", "Start"] {
        screen.click_button(name);
    }
    let expected = [(SortKey::Created, false), (SortKey::Name, false), (SortKey::Start, true)];
    assert_eq!(fixture.sorts.get_untracked(), expected.map(|(key, descending)| Sort { key, descending }));
    fixture.sort.set(Sort { key: SortKey::Name, descending: false });
    settle().await;
    assert_eq!(order(), [("Name".to_owned(), "ascending".to_owned())]);
    assert_eq!(names(&screen), ["Autumn", "Mailing", "Spring"]);
    screen.click_button("Name");
    assert_eq!(fixture.sorts.get_untracked().pop(), Some(Sort { key: SortKey::Name, descending: true }));
}
