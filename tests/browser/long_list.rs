//! Long lists, and lists that grow while they are being read.

use super::run_list::{list, loaded, names, three};
use super::support::{
    Screen, at, attribute, document, focused, found_in, in_minutes, run, settle, text_of, wait_until, window,
};
use leptos::prelude::*;
use runboard_core::run::{Run, Status};
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, HtmlElement};

/// Runs numbered from the oldest, `Run 0`, to the newest.
fn runs(count: usize) -> Vec<Run> {
    let one = |number: usize| {
        let created = format!("2026-01-{:02}T{:02}:{:02}:00Z", number / 1440 + 1, number / 60 % 24, number % 60);
        run(json!({ "id": format!("r-{number}"), "name": format!("Run {number}"), "created_at": created }))
    };
    (0..count).map(one).collect()
}

/// The rendered rows, found by tag, since computing the role of thousands of elements takes long.
fn rendered_rows(screen: &Screen) -> Vec<Element> {
    screen.all("tbody tr[role=row]")
}

/// Of a thousand runs: on a slow machine the first of them come first.
async fn all_are_listed(screen: &Screen) {
    let rows = || attribute(&screen.one("table.runs"), "aria-rowcount");
    wait_until("all runs", || rows().as_deref() == Some("1001")).await;
}

fn number_of(row: &Element) -> usize {
    row.get_attribute("aria-rowindex").unwrap().parse().unwrap()
}

async fn scroll_to(screen: &Screen, y: f64) {
    let before = rendered_rows(screen)[1].text_content();
    window().scroll_to_with_x_and_y(0.0, y);
    wait_until("other rows", || rendered_rows(screen)[1].text_content() != before).await;
}

#[wasm_bindgen_test]
async fn up_to_200_rows_are_all_rendered_without_row_indices() {
    let (screen, _) = list(runs(200), loaded());
    wait_until("all rows", || rendered_rows(&screen).len() == 200).await;
    assert_eq!(attribute(&screen.find("table", "Runs"), "aria-rowcount").as_deref(), Some("201"));
    assert!(!screen.has("[aria-rowindex]") && !screen.has(".spacer"));
    assert!(!screen.shows("Ctrl+F"));
}

#[wasm_bindgen_test]
async fn rows_added_below_the_view_are_rendered() {
    let mut runs = runs(190);
    for run in runs.iter_mut().skip(130) {
        run.name = format!("Early {}", run.name).into();
    }
    let (screen, fixture) = list(runs, loaded());
    wait_until("all rows", || rendered_rows(&screen).len() == 190).await;
    // The newest sixty, which are more than the rows in view of the whole list.
    fixture.q.set("early".to_owned());
    wait_until("the matching rows", || rendered_rows(&screen).len() == 60).await;
    fixture.q.set(String::new());
    wait_until("all rows again", || rendered_rows(&screen).len() == 190).await;
}

#[wasm_bindgen_test]
async fn long_list_renders_only_rows_in_view_with_row_indices() {
    let (screen, _) = list(runs(1000), loaded());
    all_are_listed(&screen).await;
    let rows = rendered_rows(&screen);
    assert!((10..100).contains(&rows.len()), "{}", rows.len());
    let numbers: Vec<usize> = rows.iter().map(number_of).collect();
    assert_eq!(numbers, (2..2 + rows.len()).collect::<Vec<_>>());
    assert_eq!(text_of(&found_in(rows[0].unchecked_ref(), "cell")[0]), "Run 999");
    assert!(screen.shows("Ctrl+F finds only the rows on screen. Use Search."));
    for spacer in screen.all(".spacer, .spacer td") {
        assert_eq!(spacer.get_attribute("role").as_deref(), Some("presentation"));
        assert!(!spacer.has_attribute("style") || spacer.tag_name() == "TD");
    }
}

#[wasm_bindgen_test]
async fn scrolling_to_the_end_shows_the_last_row() {
    let (screen, _) = list(runs(1000), loaded());
    all_are_listed(&screen).await;
    let height = f64::from(screen.host.offset_height());
    assert!(height > 1000.0 * 15.0, "{height}");
    scroll_to(&screen, 1e9).await;
    let last = rendered_rows(&screen).pop().unwrap();
    assert_eq!(number_of(&last), 1001);
    assert_eq!(text_of(&found_in(last.unchecked_ref(), "cell")[0]), "Run 0");
    let below = screen.one("table.runs").get_bounding_client_rect().bottom() - last.get_bounding_client_rect().bottom();
    assert!(below.abs() < 20.0, "{below}");
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn rows_in_view_and_the_focused_row_survive_scrolling() {
    let (screen, _) = list(runs(1000), loaded());
    wait_until("rows beyond the view", || rendered_rows(&screen).len() > 12).await;
    let third: HtmlElement = rendered_rows(&screen)[2].query_selector("a").unwrap().unwrap().unchecked_into();
    third.focus().unwrap();
    let kept = rendered_rows(&screen)[8].clone();
    // The rows before this one are removed, except for those rendered beyond the view.
    let at_top = rendered_rows(&screen)[12].get_bounding_client_rect().top();
    scroll_to(&screen, at_top + window().scroll_y().unwrap()).await;
    assert!(kept.is_connected() && number_of(&kept) == 10, "it is the same element");
    scroll_to(&screen, 1e9).await;
    assert!(focused(&third), "{:?}", rendered_rows(&screen).len());
    assert_eq!(number_of(&third.closest("tr").unwrap().unwrap()), 4);
    third.blur().unwrap();
    settle().await;
    assert!(rendered_rows(&screen).iter().all(|row| number_of(row) != 4), "it has gone");
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn focus_survives_the_switch_to_a_virtualized_list() {
    let (screen, fixture) = list(runs(150), loaded());
    wait_until("all rows", || rendered_rows(&screen).len() == 150).await;
    fixture.state.update(|state| state.streaming = true);
    settle().await;
    let link: HtmlElement = rendered_rows(&screen)[140].query_selector("a").unwrap().unwrap().unchecked_into();
    link.focus().unwrap();
    let name = text_of(&link);
    window().scroll_to_with_x_and_y(0.0, 0.0);
    fixture.store.put_page(runs(400));
    wait_until("a virtualized list", || screen.has(".spacer")).await;
    wait_until("the rows in view", || rendered_rows(&screen).len() < 100).await;
    assert!(focused(&link) && text_of(&link) == name, "{:?}", document().active_element());
    link.blur().unwrap();
}

#[wasm_bindgen_test]
async fn new_runs_wait_for_the_show_button() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    let new = |id: &str| run(json!({ "id": id, "name": format!("New {id}"), "created_at": "2026-02-01T00:00:00Z" }));
    fixture.store.put_page(vec![new("x"), new("y"), new("z")]);
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Mailing", "Autumn"]);
    assert_eq!(screen.text(".result-count"), "6 runs", "the count includes them");
    assert!(screen.text("[data-region=announcer]").contains("3 new runs available"));
    screen.click_button("Show 3 new runs");
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Mailing", "Autumn", "New x", "New y", "New z"]);
    assert!(!screen.has_role("button", "Show 3 new runs"));
}

#[wasm_bindgen_test]
async fn new_query_or_sort_order_shows_waiting_runs() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    fixture.store.put_page(vec![run(json!({ "id": "x", "name": "Zebra", "created_at": "2026-02-01T00:00:00Z" }))]);
    settle().await;
    assert!(screen.has_role("button", "Show 1 new run"));
    fixture.q.set("zebra".to_owned());
    settle().await;
    assert_eq!(names(&screen), ["Zebra"]);
    fixture.q.set(String::new());
    settle().await;
    assert_eq!(names(&screen).len(), 4);
}

#[wasm_bindgen_test]
async fn first_load_streams_rows_and_own_runs_appear_in_order() {
    let (screen, fixture) = list(three(), runboard::components::ListState { streaming: true, ..loaded() });
    settle().await;
    let upcoming = |id: &str, name: &str, start: i64| {
        run(json!({
            "id": id,
            "name": name,
            "start_at": in_minutes(start).to_iso(),
            "end_at": in_minutes(start + 60).to_iso(),
        }))
    };
    fixture.store.put_page(vec![upcoming("x", "Zebra", 90)]);
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Mailing", "Autumn", "Zebra"]);
    // The last page arrives together with the end of the read.
    fixture.store.put_page(vec![upcoming("w", "Yak", 30)]);
    fixture.state.set(loaded());
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Mailing", "Yak", "Autumn", "Zebra"]);
    fixture.store.put(upcoming("y", "Mine", 75));
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Mailing", "Yak", "Autumn", "Mine", "Zebra"]);
}

#[wasm_bindgen_test]
async fn rows_keep_their_order_while_the_table_has_focus() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    let link = screen.find("link", "Mailing");
    link.focus().unwrap();
    let mut runs = three();
    // Autumn now needs attention, which belongs at the top.
    runs[0].status = Some(Status::new("failed"));
    fixture.store.put_page(runs.clone());
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Mailing", "Autumn"]);
    link.blur().unwrap();
    // Scrolled down, the list would count as being read.
    window().scroll_to_with_x_and_y(0.0, 0.0);
    // The browser sends this with the next frame.
    window().dispatch_event(&Event::new("scroll").unwrap()).unwrap();
    fixture.store.put_page(runs);
    // The next read brings no other change.
    fixture.state.update(|state| state.as_of = Some(at("2026-05-02T14:05:25Z")));
    settle().await;
    assert_eq!(names(&screen), ["Autumn", "Spring", "Mailing"]);
}
