//! The default order of the list, and the headings of its sections.

use super::run_list::{list, loaded, names, three};
use super::support::{Screen, at, run, run_between, settle};
use leptos::prelude::*;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::{Run, RunId, Status};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

fn named(name: &str, start: i64, end: i64, status: &str) -> Run {
    Run { id: RunId::new(name), name: name.into(), ..run_between(start, end, status) }
}

/// The headings, each with the name of the run below it.
fn sections(screen: &Screen) -> Vec<(String, String)> {
    let headed = screen.all("tbody tr[data-section]").into_iter();
    let name = |row: &web_sys::Element| row.query_selector(".cell-name a").unwrap().unwrap().text_content().unwrap();
    headed.map(|row| (row.get_attribute("data-section").unwrap(), name(&row))).collect()
}

fn pairs<const COUNT: usize>(expected: [(&str, &str); COUNT]) -> Vec<(String, String)> {
    expected.map(|(section, name)| (section.to_owned(), name.to_owned())).to_vec()
}

#[wasm_bindgen_test]
fn first_order_is_by_section_each_with_its_heading() {
    let runs = vec![
        named("ended first", -300, -200, "completed"),
        named("starts later", 90, 100, "scheduled"),
        named("ends later", -60, 60, "running"),
        named("failed", -120, -110, "failed"),
        run(json!({ "id": "none", "name": "no window", "status": "paused" })),
        named("ends next", -60, 30, "running"),
        named("starts next", 10, 100, "scheduled"),
        named("stuck", -120, -100, "running"),
        named("ended last", -300, -100, "stopped"),
    ];
    let (screen, _) = list(runs, loaded());
    let order = [
        "stuck",
        "failed",
        "ends next",
        "ends later",
        "starts next",
        "starts later",
        "ended last",
        "ended first",
        "no window",
    ];
    assert_eq!(names(&screen), order);
    let expected = pairs([
        ("Needs attention", "stuck"),
        ("Running", "ends next"),
        ("Next to start", "starts next"),
        ("Ended", "ended last"),
        ("Unknown", "no window"),
    ]);
    assert_eq!(sections(&screen), expected);
}

#[wasm_bindgen_test]
async fn another_order_has_no_sections() {
    let (screen, fixture) = list(three(), loaded());
    let expected = pairs([("Needs attention", "Spring"), ("Running", "Mailing"), ("Next to start", "Autumn")]);
    assert_eq!(sections(&screen), expected);
    fixture.sort.set(Sort { key: SortKey::Name, descending: false });
    settle().await;
    assert_eq!(
        (names(&screen), sections(&screen)),
        (["Autumn", "Mailing", "Spring"].map(str::to_owned).into(), vec![])
    );
    fixture.sort.set(Sort::default());
    settle().await;
    assert_eq!(sections(&screen), expected);
}

#[wasm_bindgen_test]
async fn display_menu_returns_to_the_sections() {
    let (screen, fixture) = list(three(), loaded());
    fixture.sort.set(Sort { key: SortKey::Name, descending: true });
    settle().await;
    screen.open_menu("Display").await;
    assert_eq!(screen.selected_option("Sort by"), "Name, Z to A");
    screen.select_option("Sort by", "Needs attention first");
    assert_eq!(fixture.sorts.get_untracked(), [Sort::default()]);
    screen.select_option("Sort by", "Start, newest first");
    assert_eq!(fixture.sorts.get_untracked().pop(), Some(Sort { key: SortKey::Start, descending: true }));
}

#[wasm_bindgen_test]
async fn query_keeps_the_sections_of_what_it_lists() {
    let (screen, fixture) = list(three(), loaded());
    fixture.q.set("autumn OR mailing".to_owned());
    settle().await;
    assert_eq!(sections(&screen), pairs([("Running", "Mailing"), ("Next to start", "Autumn")]));
}

#[wasm_bindgen_test]
async fn run_that_fails_moves_to_the_top_with_the_next_read() {
    let mut runs = three();
    let (screen, fixture) = list(runs.clone(), loaded());
    settle().await;
    runs[0].status = Some(Status::new("failed"));
    fixture.store.put_page(runs);
    fixture.state.update(|state| state.as_of = Some(at("2026-05-02T14:05:25Z")));
    settle().await;
    assert_eq!(names(&screen), ["Autumn", "Spring", "Mailing"]);
    assert_eq!(sections(&screen), pairs([("Needs attention", "Autumn"), ("Running", "Mailing")]));
}

#[wasm_bindgen_test]
async fn heading_passes_to_the_next_run_of_its_section() {
    let runs = vec![
        named("first", -60, 30, "running"),
        named("second", -60, 60, "running"),
        named("later", 60, 90, "scheduled"),
    ];
    let (screen, fixture) = list(runs, loaded());
    settle().await;
    assert_eq!(sections(&screen), pairs([("Running", "first"), ("Next to start", "later")]));
    fixture.store.remove(&RunId::new("first"));
    settle().await;
    assert_eq!(sections(&screen), pairs([("Running", "second"), ("Next to start", "later")]));
}
