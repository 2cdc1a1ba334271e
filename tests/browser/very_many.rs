//! Very many runs: they are looked through in slices, and what counts them waits for the last.

use super::run_list::{Parts, list, loaded, names};
use super::support::{Stage, document, run, settle, text_of, until, window};
use js_sys::Promise;
use leptos::prelude::request_animation_frame;
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// More than a browser looks through in one slice.
const MANY: usize = 40_000;

/// Every third is a mailing; `Run 0` and what it becomes are the newest.
fn very_many() -> Vec<Run> {
    let one = |number: usize| {
        let name = if number.is_multiple_of(3) { format!("Mailing {number}") } else { format!("Run {number}") };
        let created =
            format!("2026-01-01T{:02}:{:02}:{:02}Z", 23 - number / 3600, 59 - number / 60 % 60, 59 - number % 60);
        run(json!({ "id": format!("r-{number}"), "name": name, "created_at": created }))
    };
    (0..MANY).map(one).collect()
}

fn drawn_names(stage: &Stage) -> Vec<String> {
    stage.all("tbody .cell-name a").iter().map(text_of).collect()
}

async fn of_very_many() -> (Stage, Parts) {
    let (stage, parts) = list(very_many(), loaded());
    until("all are counted", || stage.says("Export 40,000 runs as CSV")).await;
    settle().await;
    (stage, parts)
}

#[wasm_bindgen_test]
async fn the_first_that_are_found_are_drawn_at_once_and_what_counts_them_waits_for_the_last() {
    let (stage, parts) = of_very_many().await;
    parts.q.set("mailing".to_owned());
    settle().await;
    assert_eq!(drawn_names(&stage)[..3], ["Mailing 0", "Mailing 3", "Mailing 6"]);
    until("all are counted", || stage.says("Export 13,334 filtered runs as CSV")).await;
    assert_eq!(drawn_names(&stage)[..3], ["Mailing 0", "Mailing 3", "Mailing 6"]);
    until("it is announced", || stage.announced().contains("13,334")).await;
    assert!(!stage.says("Show "), "what was found later is no news");
}

#[wasm_bindgen_test]
async fn another_letter_looks_through_what_the_one_before_has_found_and_a_shorter_query_through_all() {
    let (stage, parts) = of_very_many().await;
    for (q, counted) in [("m", "13,334"), ("ma", "13,334"), ("ma 39", "726"), ("mailing 39999", "1"), ("ma", "13,334")]
    {
        parts.q.set(q.to_owned());
        until(q, || stage.says(&format!("Export {counted} filtered run"))).await;
    }
}

#[wasm_bindgen_test]
async fn a_query_that_nothing_has_leaves_the_rows_until_that_is_known() {
    let (stage, parts) = of_very_many().await;
    parts.q.set("nothing has this".to_owned());
    until("it is said", || stage.says("No runs match")).await;
    settle().await;
    assert_eq!(stage.announced(), "0 of 40,000 runs");
}

#[wasm_bindgen_test]
async fn a_letter_typed_while_the_one_before_is_looked_for_is_answered_in_the_end() {
    let (stage, parts) = of_very_many().await;
    for q in ["r", "u", "m"] {
        parts.q.set(q.to_owned());
        // What is drawn follows before the next task: the first slice of each was looked through, and no other.
        for _ in 0..10 {
            let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
        }
    }
    until("all are counted", || stage.says("Export 13,334 filtered runs as CSV")).await;
}

#[wasm_bindgen_test]
async fn a_button_that_means_all_acts_only_on_as_many_as_it_says() {
    let (stage, parts) = of_very_many().await;
    parts.q.set("mailing".to_owned());
    settle().await;
    // Before the last slice the button still counts the list before; it counts this one from then on.
    let all =
        || stage.all(".selection button").into_iter().find(|button| text_of(button).starts_with("Select all")).unwrap();
    let said = text_of(&all());
    all().unchecked_ref::<HtmlElement>().click();
    settle().await;
    let selects = !said.contains("40,000");
    assert_eq!(stage.offers("button", "Clear selection"), selects, "{said}");
    until("it counts these", || text_of(&all()).contains("13,334")).await;
    stage.press("Select all listed (13,334)");
    settle().await;
    assert_eq!(stage.text(".selection-count"), "13,334 selected");
}

#[wasm_bindgen_test]
async fn a_run_that_gets_another_name_is_found_by_that_and_no_longer_by_the_one_before() {
    let (stage, parts) = list(very_many().into_iter().take(30).collect(), loaded());
    parts.q.set("mailing".to_owned());
    until("they are listed", || names(&stage).len() == 10).await;
    let mut renamed = very_many()[3].clone();
    renamed.name = "Autumn".into();
    parts.store.put_page(vec![renamed]);
    until("it is gone", || names(&stage).len() == 9).await;
    parts.q.set("autumn".to_owned());
    until("it is found", || names(&stage) == ["Autumn"]).await;
}

#[wasm_bindgen_test]
async fn runs_that_arrive_change_no_row_before_all_were_looked_through() {
    let (stage, parts) = of_very_many().await;
    let before = drawn_names(&stage);
    parts.store.put_page(vec![run(json!({ "id": "x", "name": "New", "created_at": "2026-02-01T00:00:00Z" }))]);
    until("it is told", || stage.offers("button", "Show 1 new run")).await;
    assert_eq!(drawn_names(&stage), before);
}

#[wasm_bindgen_test]
async fn another_order_under_one_who_has_scrolled_keeps_the_place() {
    let (stage, parts) = of_very_many().await;
    window().scroll_to_with_x_and_y(0.0, 40_000.0);
    until("other rows are drawn", || drawn_names(&stage)[0] != "Mailing 0").await;
    parts.sort.set(Sort { key: SortKey::Created, descending: false });
    let number = |name: &String| name.rsplit(' ').next().unwrap().parse::<usize>().unwrap();
    until("the order is another", || number(&drawn_names(&stage)[0]) > MANY / 2).await;
    assert!((window().scroll_y().unwrap() - 40_000.0).abs() < 20.0, "less than a row");
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn of_another_list_the_rows_in_view_are_drawn_first_and_the_others_right_after() {
    let (stage, parts) = list(very_many().into_iter().take(190).collect(), loaded());
    until("all are drawn", || names(&stage).len() == 190).await;
    parts.q.set("mailing".to_owned());
    until("all are drawn", || names(&stage).len() == 64).await;
    // The frame that comes next.
    let first = RwSignal::new(0);
    request_animation_frame(move || first.set(document().query_selector_all("tbody tr[role=row]").unwrap().length()));
    parts.q.set(String::new());
    until("a frame was drawn", || first.get_untracked() > 0).await;
    assert!((10..190).contains(&first.get_untracked()), "{}", first.get_untracked());
    until("all are drawn", || names(&stage).len() == 190).await;
    let expected: Vec<String> = very_many().iter().take(190).map(|run| run.name.to_string()).collect();
    assert_eq!(names(&stage), expected);
}
