//! Search, filters and sorting: every control edits the one query.

use super::run_list::{ListFixture, list, loaded, names, three};
use super::support::{
    Screen, attribute, dispatch, found_in, name_of, press_key, run, settle, text_of, type_into, wait_until,
};
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

async fn set_query(fixture: &ListFixture, q: &str) {
    fixture.q.set(q.to_owned());
    settle().await;
}

/// The filters by state, and whether each is pressed.
fn filters(screen: &Screen) -> Vec<(String, bool)> {
    let is_pressed = |button: &HtmlElement| attribute(button, "aria-pressed").as_deref() == Some("true");
    let group = screen.find("group", "State");
    found_in(&group, "button").iter().map(|button| (text_of(button), is_pressed(button))).collect()
}

fn offered(screen: &Screen) -> Vec<String> {
    filters(screen).into_iter().map(|(button, _)| button).collect()
}

fn pressed(screen: &Screen) -> Vec<String> {
    filters(screen).into_iter().filter(|(_, on)| *on).map(|(button, _)| button).collect()
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
    assert!(!screen.announced().contains("of 3 runs"));
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
async fn state_filters_count_what_they_would_list_and_edit_the_query() {
    let (screen, fixture) = list(three(), loaded());
    let counts = || offered(&screen).into_iter().filter(|button| !button.ends_with(" 0")).collect::<Vec<_>>();
    assert_eq!(counts(), ["All 3", "Needs attention 1", "Running 1", "Scheduled 1", "Ended 1"]);
    assert_eq!(pressed(&screen), ["All 3"]);
    set_query(&fixture, "mail").await;
    assert_eq!(counts(), ["All 1", "Running 1"], "they count the runs that match the rest of the query");
    screen.click_button("Running 1");
    assert_eq!(fixture.queries.get_untracked(), ["mail is:running"]);
    set_query(&fixture, "is:running").await;
    assert_eq!(pressed(&screen), ["Running 1"]);
    assert_eq!(counts(), ["All 3", "Needs attention 1", "Running 1", "Scheduled 1", "Ended 1"]);
    assert_eq!(names(&screen), ["Mailing"]);
    for (filter, listed) in [("Needs attention 1", "Spring"), ("Scheduled 1", "Autumn"), ("Ended 1", "Spring")] {
        screen.click_button(filter);
        set_query(&fixture, &fixture.queries.get_untracked().pop().unwrap()).await;
        assert_eq!((names(&screen), pressed(&screen)), (vec![listed.to_owned()], vec![filter.to_owned()]));
    }
    screen.click_button("Ended 1");
    screen.click_button("All 3");
    assert_eq!(fixture.queries.get_untracked()[1..], ["is:attention", "is:scheduled", "is:ended", "", ""]);
}

#[wasm_bindgen_test]
async fn usual_state_filters_are_always_offered_and_muted_without_runs() {
    let (screen, fixture) = list(three(), loaded());
    let group = screen.find("group", "State");
    let buttons = || found_in(&group, "button");
    let muted = || {
        buttons()
            .iter()
            .filter(|button| button.has_attribute("data-none"))
            .map(|button| text_of(button))
            .collect::<Vec<_>>()
    };
    let before = buttons();
    let usual = ["All 3", "Needs attention 1", "Running 1", "Scheduled 1", "Completed 0", "Failed 0", "Stopped 0"];
    assert_eq!(offered(&screen), [&usual[..], &["Ended 1"]].concat());
    assert_eq!(muted(), ["Completed 0", "Failed 0", "Stopped 0"]);
    // A state that disappears, one that appears, and a query that leaves only one.
    fixture.store.remove(&three()[1].id);
    fixture.store.put_page(vec![with_status("d", "failed")]);
    settle().await;
    assert_eq!((name_of(&before[2]).as_str(), name_of(&before[5]).as_str()), ("Running 0", "Failed 1"));
    assert!(muted().contains(&"Running 0".to_owned()) && !muted().contains(&"Failed 1".to_owned()));
    set_query(&fixture, "autumn").await;
    assert_eq!(buttons(), before[..7], "none is made anew or moves, and the rare one is gone");
    screen.click_button("Running 0");
    assert_eq!(fixture.queries.get_untracked(), ["autumn is:running"], "one without runs can be chosen");
}

#[wasm_bindgen_test]
async fn rare_state_filter_is_offered_while_it_lists_a_run_or_is_chosen() {
    let (screen, fixture) = list(three(), loaded());
    let rare = || offered(&screen).split_off(7);
    assert_eq!(rare(), ["Ended 1"]);
    set_query(&fixture, "autumn is:ended").await;
    assert_eq!((rare(), pressed(&screen)), (vec!["Ended 0".to_owned()], vec!["Ended 0".to_owned()]));
    set_query(&fixture, "autumn is:unknown").await;
    assert_eq!(rare(), ["Unknown 0"]);
    set_query(&fixture, "autumn").await;
    assert!(rare().is_empty());
}

#[wasm_bindgen_test]
async fn filter_is_pressed_only_where_the_query_asks_for_its_state() {
    let (screen, fixture) = list(three(), loaded());
    for (q, chosen) in [
        ("is:running,scheduled", &["Running 1", "Scheduled 1"][..]),
        ("needs:look", &["Needs attention 1"]),
        ("-is:running", &["All 2"]),
        ("status:running", &["All 1"]),
        // A run whose window is open may be in any of several states.
        ("phase:open", &[]),
        ("is:open", &["Open 0"]),
    ] {
        set_query(&fixture, q).await;
        assert_eq!(pressed(&screen), chosen, "{q}");
    }
}

#[wasm_bindgen_test]
async fn any_status_text_can_be_searched() {
    for (word, q) in [
        ("PAUSED", "status:paused"),
        ("In Review", "status:\"in review\""),
        ("a,b", "status:\"a,b\""),
        ("say \"no\"", "status:\"say \"\"no\"\"\""),
        ("<b>odd</b>", "status:\"<b>odd</b>\""),
    ] {
        let (screen, fixture) = list(vec![with_status("a", word), with_status("b", "zzz")], loaded());
        settle().await;
        type_into(&screen.find("searchbox", "Search runs"), "status:");
        let suggested = || screen.all(".suggested").iter().map(text_of).collect::<Vec<_>>();
        wait_until(word, || suggested().len() == 2).await;
        assert_eq!(suggested(), [word.to_lowercase().as_str(), "zzz"]);
        screen.all(".suggested")[0].unchecked_ref::<HtmlElement>().click();
        let query = fixture.queries.get_untracked().pop().unwrap();
        assert_eq!(query.trim(), q);
        set_query(&fixture, &query).await;
        assert_eq!(names(&screen), ["a"], "{word}");
    }
}

#[wasm_bindgen_test]
async fn status_that_no_run_has_lists_nothing() {
    let (screen, fixture) = list(three(), loaded());
    set_query(&fixture, "status:gone").await;
    assert!(screen.shows("No runs match"));
    assert!(offered(&screen).iter().all(|button| button.ends_with(" 0")));
    assert_eq!(pressed(&screen), ["All 0"]);
    set_query(&fixture, "status:running,scheduled").await;
    assert_eq!(names(&screen).len(), 3);
}

#[wasm_bindgen_test]
async fn sort_buttons_set_the_order_shown_by_aria_sort() {
    let (screen, fixture) = list(three(), loaded());
    let order = || {
        let heads = found_in(&screen.host, "columnheader").into_iter();
        heads.filter_map(|head| Some((text_of(&head), attribute(&head, "aria-sort")?))).collect::<Vec<_>>()
    };
    assert_eq!(order(), [], "at first the order is that of the sections");
    for name in ["Created", "Name", "Start"] {
        screen.click_button(name);
    }
    let expected = [(SortKey::Created, true), (SortKey::Name, false), (SortKey::Start, true)];
    assert_eq!(fixture.sorts.get_untracked(), expected.map(|(key, descending)| Sort { key, descending }));
    fixture.sort.set(Sort { key: SortKey::Name, descending: false });
    settle().await;
    assert_eq!(order(), [("Name".to_owned(), "ascending".to_owned())]);
    assert_eq!(names(&screen), ["Autumn", "Mailing", "Spring"]);
    screen.click_button("Name");
    assert_eq!(fixture.sorts.get_untracked().pop(), Some(Sort { key: SortKey::Name, descending: true }));
}
