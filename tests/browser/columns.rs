//! The columns of the list: which are shown, in which order, and the countdown that ticks in one of them.

use super::run_list::{ListFixture, cells, list, loaded, rows, three};
use super::support::{
    MutationLog, Screen, all_in, attribute, found_in, in_minutes, local_storage, run, settle, text_of, wait_until,
};
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};

async fn list_with_menu() -> (Screen, ListFixture) {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    screen.click_button("Display");
    wait_until("the menu", || screen.has(".column")).await;
    (screen, fixture)
}

fn heads(screen: &Screen) -> Vec<String> {
    screen.texts("columnheader")
}

/// The columns in the menu, in their order.
fn choices(screen: &Screen) -> Vec<String> {
    screen.all(".column").iter().map(text_of).collect()
}

fn stored() -> String {
    local_storage().get_item("runboard.columns").unwrap().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn length_and_countdown_are_offered_and_hidden_at_first() {
    let (screen, _) = list_with_menu().await;
    assert_eq!(heads(&screen), ["Name", "Status", "Job", "Start", "End", "Created"]);
    assert_eq!(choices(&screen), ["Status", "Job", "Start", "End", "Created", "Length", "Starts / ends in"]);
    assert!(!screen.find("checkbox", "Starts / ends in").unchecked_into::<web_sys::HtmlInputElement>().checked());
    screen.find("checkbox", "Length").click();
    screen.find("checkbox", "Starts / ends in").click();
    screen.find("checkbox", "Created").click();
    settle().await;
    assert_eq!(heads(&screen), ["Name", "Status", "Job", "Start", "End", "Length", "Starts / ends in"]);
    let last_two: Vec<Vec<String>> = rows(&screen).iter().map(|row| cells(row)[5..].to_vec()).collect();
    assert_eq!(last_two, [["1 h", "ended 1 h ago"], ["2 h", "ends in 1 h"], ["1 h", "starts in 1 h"]]);
    assert_eq!(stored(), "status,job,start,end,-created,length,countdown");
}

#[wasm_bindgen_test]
async fn status_cannot_be_hidden() {
    let (screen, _) = list_with_menu().await;
    assert!(screen.find("checkbox", "Status").has_attribute("disabled"));
}

#[wasm_bindgen_test]
async fn buttons_move_a_column_and_say_where_it_is() {
    let (screen, _) = list_with_menu().await;
    screen.click_button("Move Start up");
    settle().await;
    assert_eq!(heads(&screen), ["Name", "Status", "Start", "Job", "End", "Created"]);
    assert_eq!(screen.announced(), "Start, 2 of 7");
    screen.click_button("Move Created up");
    settle().await;
    screen.click_button("Move Created down");
    settle().await;
    assert_eq!(heads(&screen), ["Name", "Status", "Start", "Job", "End", "Created"]);
    assert_eq!(screen.announced(), "Created, 5 of 7");
    let first = cells(&rows(&screen)[1]);
    assert_eq!(first[3], "job-b", "the cells follow the headings");
}

#[wasm_bindgen_test]
async fn alt_and_an_arrow_move_a_column() {
    let (screen, _) = list_with_menu().await;
    let press = |key: &str| {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_alt_key(true);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let field = screen.find("checkbox", "Job");
        field.focus().unwrap();
        field.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
    };
    press("ArrowDown");
    settle().await;
    assert_eq!(heads(&screen), ["Name", "Status", "Start", "Job", "End", "Created"]);
    press("ArrowUp");
    press("ArrowUp");
    settle().await;
    assert_eq!(heads(&screen), ["Name", "Job", "Status", "Start", "End", "Created"]);
    wait_until("the focus", || super::support::focused(&screen.find("checkbox", "Job"))).await;
}

#[wasm_bindgen_test]
async fn dragged_column_takes_the_place_of_the_one_below_the_pointer() {
    let (screen, _) = list_with_menu().await;
    let column =
        |name: &str| -> Element { screen.all(".column").into_iter().find(|part| text_of(part) == name).unwrap() };
    let drag = |name: &str, kind: &str| {
        let init = web_sys::DragEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = web_sys::DragEvent::new_with_event_init_dict(kind, &init).unwrap();
        column(name).dispatch_event(&event).unwrap()
    };
    assert!(drag("Job", "dragover"), "nothing is dragged");
    drag("End", "dragstart");
    assert!(!drag("Job", "dragover"), "it may be dropped here");
    settle().await;
    drag("End", "dragend");
    assert_eq!(heads(&screen), ["Name", "Status", "End", "Job", "Start", "Created"]);
    assert_eq!(stored(), "status,end,job,start,created,-length,-countdown");
}

#[wasm_bindgen_test]
async fn countdown_ticks_without_touching_anything_else() {
    let soon = run(json!({
        "id": "s", "start_at": in_minutes(1).to_iso(), "end_at": in_minutes(600).to_iso(), "created_at": null,
    }));
    let (screen, _) = list(three().into_iter().chain([soon]).collect(), loaded());
    screen.context.ui.settings.change_columns(|columns| columns.toggle(SortKey::Countdown));
    screen.advance_clock(Span::from_seconds(1));
    settle().await;
    let counted = screen.all(".cell-countdown").into_iter().find(|cell| text_of(cell) == "starts in 59 s").unwrap();
    let mutations = MutationLog::of(&screen.find("table", "Runs"));
    screen.advance_clock(Span::from_seconds(1));
    settle().await;
    assert_eq!(text_of(&counted), "starts in 58 s");
    let far: Vec<Element> =
        screen.all(".cell-countdown").into_iter().filter(|cell| text_of(cell) == "ends in 59 min 58 s").collect();
    assert_eq!(far.len(), 1, "within the hour before its end");
    mutations.assert_only_in_any(&[counted, far[0].clone()]);
}

#[wasm_bindgen_test]
async fn heading_of_the_countdown_sorts_by_what_comes_next() {
    let (screen, fixture) = list(three(), loaded());
    screen.context.ui.settings.change_columns(|columns| columns.toggle(SortKey::Countdown));
    settle().await;
    let head: HtmlElement = found_in(&screen.host, "columnheader").pop().unwrap();
    all_in(&head, "button")[0].clone().unchecked_into::<HtmlElement>().click();
    assert_eq!(fixture.sorts.get_untracked(), [Sort { key: SortKey::Countdown, descending: false }]);
}

#[wasm_bindgen_test]
async fn second_line_of_a_narrow_row_has_the_first_two_times() {
    let (screen, _) = list(three(), loaded());
    let times = || {
        let row = rows(&screen)[0].clone();
        let found = |place: &str| {
            all_in(&row, place).iter().map(|cell| attribute(cell, "data-label").unwrap()).collect::<Vec<_>>()
        };
        (found(".first"), found(".second"))
    };
    let named = |name: &str| vec![name.to_owned()];
    assert_eq!(times(), (named("Start"), named("End")));
    screen.context.ui.settings.change_columns(|columns| {
        columns.toggle(SortKey::End);
        columns.toggle(SortKey::Countdown);
        columns.move_to(SortKey::Countdown, 0)
    });
    settle().await;
    assert_eq!(times(), (named("Starts / ends in"), named("Start")));
}

#[wasm_bindgen_test]
async fn time_of_another_year_leaves_out_the_weekday() {
    let old = run(json!({ "created_at": "2024-03-01T09:30:00Z" }));
    let (screen, _) = list(vec![old], loaded());
    settle().await;
    assert_eq!(cells(&rows(&screen)[0])[5], "1 Mar 2024 09:30");
}
