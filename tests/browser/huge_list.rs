//! Lists so large that they are searched in slices, while everything that counts runs waits for the last slice.

use super::run_list::{ListFixture, list, loaded, names};
use super::support::{Screen, document, name_of, run, settle, text_of, wait_until, window};
use js_sys::Promise;
use leptos::prelude::request_animation_frame;
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

/// More runs than are searched in one slice.
const MANY: usize = 40_000;

/// Runs numbered from the newest to the oldest; every third is a mailing.
fn many_runs() -> Vec<Run> {
    let one = |number: usize| {
        let name = if number.is_multiple_of(3) { format!("Mailing {number}") } else { format!("Run {number}") };
        let created =
            format!("2026-01-01T{:02}:{:02}:{:02}Z", 23 - number / 3600, 59 - number / 60 % 60, 59 - number % 60);
        run(json!({ "id": format!("r-{number}"), "name": name, "created_at": created }))
    };
    (0..MANY).map(one).collect()
}

fn rendered_names(screen: &Screen) -> Vec<String> {
    screen.all("tbody .cell-name a").iter().map(text_of).collect()
}

fn result_count(screen: &Screen) -> String {
    screen.text(".result-count")
}

async fn huge_list() -> (Screen, ListFixture) {
    let (screen, fixture) = list(many_runs(), loaded());
    wait_until("the final count", || result_count(&screen) == "40,000 runs").await;
    settle().await;
    (screen, fixture)
}

#[wasm_bindgen_test]
async fn first_matches_render_at_once_and_counts_wait_for_the_last() {
    let (screen, fixture) = huge_list().await;
    fixture.q.set("mailing".to_owned());
    settle().await;
    assert_eq!(rendered_names(&screen)[..3], ["Mailing 0", "Mailing 3", "Mailing 6"]);
    wait_until("the final count", || result_count(&screen) == "13,334 of 40,000 runs").await;
    assert_eq!(rendered_names(&screen)[..3], ["Mailing 0", "Mailing 3", "Mailing 6"]);
    wait_until("the announcement", || screen.announced().contains("13,334")).await;
    assert!(!screen.shows("Show "), "later matches are not new runs");
}

#[wasm_bindgen_test]
async fn narrowed_and_widened_queries_find_the_same_runs() {
    let (screen, fixture) = huge_list().await;
    for (q, counted) in [("m", "13,334"), ("ma", "13,334"), ("ma 39", "726"), ("mailing 39999", "1"), ("ma", "13,334")]
    {
        fixture.q.set(q.to_owned());
        wait_until(q, || result_count(&screen) == format!("{counted} of 40,000 runs")).await;
    }
}

#[wasm_bindgen_test]
async fn rows_stay_until_a_query_is_known_to_match_nothing() {
    let (screen, fixture) = huge_list().await;
    fixture.q.set("nothing has this".to_owned());
    wait_until("an announcement", || screen.shows("No runs match")).await;
    settle().await;
    assert_eq!(screen.announced(), "0 of 40,000 runs");
}

#[wasm_bindgen_test]
async fn typing_during_a_search_gets_the_last_result() {
    let (screen, fixture) = huge_list().await;
    for q in ["r", "u", "m"] {
        fixture.q.set(q.to_owned());
        // Rendering comes before the next task, so only the first slice of each query has been searched.
        for _ in 0..10 {
            let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
        }
    }
    wait_until("the final count", || result_count(&screen) == "13,334 of 40,000 runs").await;
}

#[wasm_bindgen_test]
async fn select_all_never_selects_more_than_its_label_says() {
    let (screen, fixture) = huge_list().await;
    fixture.q.set("mailing".to_owned());
    settle().await;
    // Until the last slice the box is named after the previous list.
    let all: HtmlInputElement = screen.one("thead input.select").unchecked_into();
    let said = name_of(&all);
    all.click();
    settle().await;
    let selects = !said.contains("40,000");
    assert_eq!((screen.has_role("button", "Clear selection"), all.checked()), (selects, selects), "{said}");
    wait_until("the new count", || name_of(&all) == "Select all 13,334 runs listed").await;
    if !selects {
        all.click();
    }
    settle().await;
    assert_eq!(screen.text(".selection-count"), "13,334 selected");
}

#[wasm_bindgen_test]
async fn renamed_run_is_found_by_its_new_name_only() {
    let (screen, fixture) = list(many_runs().into_iter().take(30).collect(), loaded());
    fixture.q.set("mailing".to_owned());
    wait_until("the rows", || names(&screen).len() == 10).await;
    let mut renamed = many_runs()[3].clone();
    renamed.name = "Autumn".into();
    fixture.store.put_page(vec![renamed]);
    wait_until("the run to disappear", || names(&screen).len() == 9).await;
    fixture.q.set("autumn".to_owned());
    wait_until("the renamed run", || names(&screen) == ["Autumn"]).await;
}

#[wasm_bindgen_test]
async fn arriving_runs_change_no_row_during_the_search() {
    let (screen, fixture) = huge_list().await;
    let before = rendered_names(&screen);
    fixture.store.put_page(vec![run(json!({ "id": "x", "name": "New", "created_at": "2026-02-01T00:00:00Z" }))]);
    wait_until("the button for the new run", || screen.has_role("button", "Show 1 new run")).await;
    // Rows below the view may have been rendered meanwhile.
    let after = rendered_names(&screen);
    assert_eq!(after[..before.len()], before);
}

#[wasm_bindgen_test]
async fn sorting_keeps_the_scroll_position() {
    let (screen, fixture) = huge_list().await;
    // The style sheet keeps the browser from scrolling along with a row that gets another place.
    let table: HtmlElement = screen.one("table.runs").unchecked_into();
    table.style().set_property("overflow-anchor", "none").unwrap();
    window().scroll_to_with_x_and_y(0.0, 40_000.0);
    wait_until("other rows", || rendered_names(&screen)[0] != "Mailing 0").await;
    fixture.sort.set(Sort { key: SortKey::Created, descending: false });
    let number = |name: &String| name.rsplit(' ').next().unwrap().parse::<usize>().unwrap();
    wait_until("the new order", || number(&rendered_names(&screen)[0]) > MANY / 2).await;
    let moved = window().scroll_y().unwrap() - 40_000.0;
    assert!(moved.abs() < 20.0, "{moved} is more than a row");
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn rows_in_view_render_before_the_others() {
    let (screen, fixture) = list(many_runs().into_iter().take(190).collect(), loaded());
    wait_until("all rows", || rendered_names(&screen).len() == 190).await;
    fixture.q.set("mailing".to_owned());
    wait_until("all rows", || rendered_names(&screen).len() == 64).await;
    // The next frame.
    let first = RwSignal::new(0);
    request_animation_frame(move || first.set(document().query_selector_all("tbody tr[role=row]").unwrap().length()));
    fixture.q.set(String::new());
    wait_until("the next frame", || first.get_untracked() > 0).await;
    assert!((10..190).contains(&first.get_untracked()), "{}", first.get_untracked());
    wait_until("all rows", || rendered_names(&screen).len() == 190).await;
    let expected: Vec<String> = many_runs().iter().take(190).map(|run| run.name.to_string()).collect();
    assert_eq!(names(&screen), expected);
}
