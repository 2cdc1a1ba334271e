//! Lists that are long, and lists that grow while they are read.

use super::run_list::{list, loaded, names, three};
use super::support::{Stage, at, attribute, document, focused, found_in, run, settle, text_of, until, window};
use leptos::prelude::*;
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

/// Runs of which the one with the highest number is the newest; `Run 0` is the oldest.
fn many(count: usize) -> Vec<Run> {
    let one = |number: usize| {
        let created = format!("2026-01-{:02}T{:02}:{:02}:00Z", number / 1440 + 1, number / 60 % 24, number % 60);
        run(json!({ "id": format!("r-{number}"), "name": format!("Run {number}"), "created_at": created }))
    };
    (0..count).map(one).collect()
}

/// The rows that are drawn; counted by their tag, as asking for the role of thousands of elements takes its time.
fn drawn(stage: &Stage) -> Vec<Element> {
    stage.all("tbody tr[role=row]")
}

fn number_of(row: &Element) -> usize {
    row.get_attribute("aria-rowindex").unwrap().parse().unwrap()
}

async fn scroll_to(stage: &Stage, y: f64) {
    let before = drawn(stage)[1].text_content();
    window().scroll_to_with_x_and_y(0.0, y);
    until("other rows are drawn", || drawn(stage)[1].text_content() != before).await;
}

#[wasm_bindgen_test]
async fn up_to_two_hundred_rows_are_drawn_in_full_and_none_needs_a_number() {
    let (stage, _) = list(many(200), loaded());
    until("all rows are drawn", || drawn(&stage).len() == 200).await;
    assert_eq!(attribute(&stage.find("table", "Runs"), "aria-rowcount").as_deref(), Some("201"));
    assert!(!stage.has("[aria-rowindex]") && !stage.has(".spacer"));
    assert!(!stage.says("only the rows in view are drawn"));
}

#[wasm_bindgen_test]
async fn a_list_that_grows_by_what_stands_below_is_drawn_to_its_end() {
    let mut runs = many(190);
    for run in runs.iter_mut().skip(130) {
        run.name = format!("Early {}", run.name).into();
    }
    let (stage, parts) = list(runs, loaded());
    until("all rows are drawn", || drawn(&stage).len() == 190).await;
    // The newest sixty: all that is in view of the whole list, and more.
    parts.q.set("early".to_owned());
    until("those that were found are drawn", || drawn(&stage).len() == 60).await;
    parts.q.set(String::new());
    until("all rows are drawn again", || drawn(&stage).len() == 190).await;
}

#[wasm_bindgen_test]
async fn of_more_rows_those_in_view_are_drawn_each_with_its_number_and_a_way_to_find_the_others() {
    let (stage, _) = list(many(1000), loaded());
    settle().await;
    let rows = drawn(&stage);
    assert!((10..100).contains(&rows.len()), "{}", rows.len());
    assert_eq!(attribute(&stage.find("table", "Runs"), "aria-rowcount").as_deref(), Some("1001"));
    let numbers: Vec<usize> = rows.iter().map(number_of).collect();
    assert_eq!(numbers, (2..2 + rows.len()).collect::<Vec<_>>());
    assert_eq!(text_of(&found_in(rows[0].unchecked_ref(), "cell")[0]), "Run 999");
    assert!(stage.says("Use the search field"));
    for spacer in stage.all(".spacer, .spacer td") {
        assert_eq!(spacer.get_attribute("role").as_deref(), Some("presentation"));
        assert!(!spacer.has_attribute("style") || spacer.tag_name() == "TD");
    }
}

#[wasm_bindgen_test]
async fn the_last_row_is_reached_and_stands_at_the_end() {
    let (stage, _) = list(many(1000), loaded());
    settle().await;
    let height = f64::from(stage.host.offset_height());
    assert!(height > 1000.0 * 15.0, "{height}");
    scroll_to(&stage, 1e9).await;
    let last = drawn(&stage).pop().unwrap();
    assert_eq!(number_of(&last), 1001);
    assert_eq!(text_of(&found_in(last.unchecked_ref(), "cell")[0]), "Run 0");
    let below = stage.one("table.runs").get_bounding_client_rect().bottom() - last.get_bounding_client_rect().bottom();
    assert!(below.abs() < 20.0, "{below}");
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn a_row_that_stays_in_view_is_not_drawn_anew_and_one_with_the_focus_keeps_it_out_of_view() {
    let (stage, _) = list(many(1000), loaded());
    until("some beyond the view are drawn, too", || drawn(&stage).len() > 12).await;
    let third: HtmlElement = drawn(&stage)[2].query_selector("a").unwrap().unwrap().unchecked_into();
    third.focus().unwrap();
    let kept = drawn(&stage)[8].clone();
    // The rows before this one leave the document, but for those drawn beyond the view.
    let at_top = drawn(&stage)[12].get_bounding_client_rect().top();
    scroll_to(&stage, at_top + window().scroll_y().unwrap()).await;
    assert!(kept.is_connected() && number_of(&kept) == 10, "it is the same element");
    scroll_to(&stage, 1e9).await;
    assert!(focused(&third), "{:?}", drawn(&stage).len());
    assert_eq!(number_of(&third.closest("tr").unwrap().unwrap()), 4);
    third.blur().unwrap();
    settle().await;
    assert!(drawn(&stage).iter().all(|row| number_of(row) != 4), "it has gone");
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn a_row_keeps_the_focus_where_the_list_becomes_too_long_to_be_drawn_in_full() {
    let (stage, parts) = list(many(150), loaded());
    until("all rows are drawn", || drawn(&stage).len() == 150).await;
    parts.state.update(|state| state.streaming = true);
    settle().await;
    let link: HtmlElement = drawn(&stage)[140].query_selector("a").unwrap().unwrap().unchecked_into();
    link.focus().unwrap();
    let name = text_of(&link);
    window().scroll_to_with_x_and_y(0.0, 0.0);
    parts.store.put_page(many(400));
    until("only a part is drawn", || stage.has(".spacer")).await;
    until("the rows in view are drawn", || drawn(&stage).len() < 100).await;
    assert!(focused(&link) && text_of(&link) == name, "{:?}", document().active_element());
    link.blur().unwrap();
}

#[wasm_bindgen_test]
async fn new_runs_of_others_wait_and_are_shown_when_asked_for() {
    let (stage, parts) = list(three(), loaded());
    settle().await;
    let new = |id: &str| run(json!({ "id": id, "name": format!("New {id}"), "created_at": "2026-02-01T00:00:00Z" }));
    parts.store.put_page(vec![new("x"), new("y"), new("z")]);
    settle().await;
    assert_eq!(names(&stage), ["Spring", "Mailing", "Autumn"]);
    assert_eq!(stage.texts("heading"), ["Runs (6)"], "the heading counts them");
    assert!(stage.text("[data-region=announcer]").contains("3 new runs came in"));
    stage.press("Show 3 new runs");
    settle().await;
    assert_eq!(names(&stage), ["New x", "New y", "New z", "Spring", "Mailing", "Autumn"]);
    assert!(!stage.offers("button", "Show 3 new runs"));
}

#[wasm_bindgen_test]
async fn another_query_or_order_shows_all_that_waits() {
    let (stage, parts) = list(three(), loaded());
    settle().await;
    parts.store.put_page(vec![run(json!({ "id": "x", "name": "Zebra", "created_at": "2026-02-01T00:00:00Z" }))]);
    settle().await;
    assert!(stage.offers("button", "Show 1 new run"));
    parts.q.set("zebra".to_owned());
    settle().await;
    assert_eq!(names(&stage), ["Zebra"]);
    parts.q.set(String::new());
    settle().await;
    assert_eq!(names(&stage).len(), 4);
}

#[wasm_bindgen_test]
async fn the_first_reading_streams_in_and_a_run_of_ones_own_stands_where_it_belongs() {
    let (stage, parts) = list(three(), runboard::components::ListState { streaming: true, ..loaded() });
    settle().await;
    parts.store.put_page(vec![run(json!({ "id": "x", "name": "Zebra", "created_at": "2026-02-01T00:00:00Z" }))]);
    settle().await;
    assert_eq!(names(&stage), ["Zebra", "Spring", "Mailing", "Autumn"]);
    // Its last part comes together with its end.
    parts.store.put_page(vec![run(json!({ "id": "w", "name": "Yak", "created_at": "2026-02-02T00:00:00Z" }))]);
    parts.state.set(loaded());
    settle().await;
    assert_eq!(names(&stage), ["Yak", "Zebra", "Spring", "Mailing", "Autumn"]);
    parts.store.put(run(json!({ "id": "y", "name": "Mine", "created_at": "2026-01-02T12:00:00Z" })));
    settle().await;
    assert_eq!(names(&stage), ["Yak", "Zebra", "Spring", "Mine", "Mailing", "Autumn"]);
}

#[wasm_bindgen_test]
async fn the_order_stands_still_while_the_focus_is_in_the_table() {
    let (stage, parts) = list(three(), loaded());
    settle().await;
    let link = stage.find("link", "Mailing");
    link.focus().unwrap();
    let mut runs = three();
    runs[0].created_at = runboard_core::time::Timestamp::parse("2026-03-01T00:00:00Z");
    parts.store.put_page(runs.clone());
    settle().await;
    assert_eq!(names(&stage), ["Spring", "Mailing", "Autumn"]);
    link.blur().unwrap();
    // Scrolled down, it is being read.
    window().scroll_to_with_x_and_y(0.0, 0.0);
    parts.store.put_page(runs);
    // The next reading brings nothing else.
    parts.state.update(|state| state.as_of = Some(at("2026-05-02T14:05:25Z")));
    settle().await;
    assert_eq!(names(&stage), ["Autumn", "Spring", "Mailing"]);
}
