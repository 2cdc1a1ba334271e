//! The rows: what they show, and that an answer changes no more on screen than what it changes.

use super::run_list::{Parts, cells, list, list_with, loaded, names, rows, three};
use super::support::{
    Stage, Witness, at, attribute, document, focused, found_in, name_of, run, settle, text_of, until,
};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::config::Config;
use runboard_core::collections::id_index::IdIndex;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::{Run, Status};
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement};

#[wasm_bindgen_test]
fn a_row_shows_name_phase_with_the_raw_word_job_and_times() {
    let (stage, _) = list(three(), loaded());
    assert_eq!(stage.texts("columnheader"), ["Name", "Status", "Job", "Start", "End", "Created"]);
    assert!(stage.offers("table", "Runs"));
    assert_eq!(names(&stage), ["Spring", "Mailing", "Autumn"]);
    let statuses: Vec<String> = rows(&stage).iter().map(|row| cells(row)[1].clone()).collect();
    assert_eq!(statuses, ["Over scheduled", "Open running", "Upcoming scheduled"]);
    let mailing = cells(&rows(&stage)[1]);
    assert_eq!(mailing[2..5], ["job-b", "2026-05-02 13:05 UTC", "2026-05-02 15:05 UTC"]);
    assert_eq!(mailing[5], "2026-01-02 10:20 UTC");
    assert_eq!(stage.link("Mailing"), "./?run=b");
    assert_eq!(stage.texts("heading"), ["Runs (3)"]);
}

#[wasm_bindgen_test]
fn what_the_api_left_out_is_said_to_be_missing() {
    let bare = Run::read(&json!({ "id": "x" })).unwrap();
    let (stage, _) = list(vec![bare], loaded());
    let missing = "not given";
    let expected = ["(no name)", "Unknown no status", missing, missing, missing, missing];
    assert_eq!(cells(&rows(&stage)[0]), expected);
}

#[wasm_bindgen_test]
fn a_status_that_contradicts_the_window_is_marked_and_explained() {
    let (stage, _) = list(three(), loaded());
    let marked = stage.one(".disagrees");
    assert!(rows(&stage)[0].contains(Some(&marked)), "the one that is over and still scheduled");
    assert!(attribute(&marked, "title").unwrap().contains("The window has ended, but the API still says"));
}

#[wasm_bindgen_test]
fn a_job_with_a_label_is_shown_by_it_and_its_id_stays_within_reach() {
    let jobs = [("job-b".to_owned(), "Weekly mailing".to_owned())].into_iter().collect();
    let (stage, _) = list_with(Config { jobs, ..Config::default() }, three(), loaded());
    let cell = &found_in(&rows(&stage)[1], "cell")[2];
    assert_eq!(text_of(cell), "Weekly mailing");
    let titled = cell.query_selector("[title]").unwrap().unwrap();
    assert!(attribute(&titled, "title").unwrap().contains("job-b"));
}

#[wasm_bindgen_test]
fn hostile_text_in_a_run_is_shown_as_text() {
    let hostile = run(json!({
        "id": "\"><i>&run=1#",
        "name": "<img src=x onerror=alert(1)>",
        "status": "<b>odd</b>",
        "job_id": "<script>1</script>",
    }));
    let (stage, _) = list(vec![hostile], loaded());
    let shown = cells(&rows(&stage)[0]);
    assert_eq!(shown[0], "<img src=x onerror=alert(1)>");
    assert_eq!(shown[1], "Unknown <b>odd</b>");
    assert_eq!(shown[2], "<script>1</script>");
    assert!(!stage.has("img, b, script, i"));
    assert_eq!(stage.link("<img src=x onerror=alert(1)>"), "./?run=%22%3E%3Ci%3E%26run=1%23");
}

#[wasm_bindgen_test]
fn text_that_would_turn_the_direction_of_its_row_has_a_place_of_its_own() {
    let turning = "\u{202e}gnilaM\u{2066}";
    let (stage, _) = list(vec![run(json!({ "name": turning, "status": turning, "job_id": turning }))], loaded());
    // The style sheet keeps the direction within these places; the journeys look at that.
    for place in [".cell-name a", ".raw-status", ".cell-job a"] {
        assert_eq!(rows(&stage)[0].query_selector(place).unwrap().unwrap().text_content().unwrap(), turning);
    }
}

#[wasm_bindgen_test]
async fn what_may_be_cut_is_told_where_it_is_pointed_at() {
    let mut runs = three();
    let (stage, parts) = list(runs.clone(), loaded());
    let titles = |row: &HtmlElement| -> Vec<Option<String>> {
        let places =
            [".cell-name a", ".raw-status", ".cell-job a"].map(|place| row.query_selector(place).unwrap().unwrap());
        let times = found_in(row, "cell")[3..].iter().map(|cell| attribute(cell, "title")).collect::<Vec<_>>();
        places.iter().map(|place| attribute(place, "title")).chain(times).collect()
    };
    let row = rows(&stage)[1].clone();
    let over = bubbling("mouseover");
    row.query_selector(".raw-status").unwrap().unwrap().dispatch_event(&over).unwrap();
    let times = ["2026-05-02T13:05:10.000Z", "2026-05-02T15:05:10.000Z", "2026-01-02T10:20:00.000Z"];
    let told = ["Mailing", "running", "job-b"].into_iter().chain(times).map(|text| Some(text.to_owned()));
    assert_eq!(titles(&row), told.collect::<Vec<_>>());
    // And stays true.
    runs[1].name = "Mailing, again".into();
    parts.store.put_page(runs);
    settle().await;
    assert_eq!(titles(&row)[0].as_deref(), Some("Mailing, again"));
}

#[wasm_bindgen_test]
fn a_name_of_a_hundred_thousand_characters_is_shown_whole() {
    let name = "long ".repeat(20_000).trim().to_owned();
    let (stage, _) = list(vec![run(json!({ "name": name }))], loaded());
    assert!(names(&stage) == [name], "it was cut or altered");
}

#[wasm_bindgen_test]
async fn an_unchanged_answer_changes_nothing_on_screen() {
    let runs = three();
    let (stage, parts) = list(runs.clone(), loaded());
    settle().await;
    let witness = Witness::of(&stage.find("table", "Runs"));
    parts.store.begin_full_read();
    parts.store.put_page(runs.clone());
    let mut seen = IdIndex::default();
    for (place, run) in runs.iter().enumerate() {
        seen.put(run.id.as_str().into(), place);
    }
    parts.store.finish_full_read(&seen);
    parts.state.update(|state| state.as_of = Some(at("2026-05-02T14:05:25Z")));
    settle().await;
    assert!(stage.says("as of 14:05:25 UTC"));
    witness.saw_nothing();
}

#[wasm_bindgen_test]
async fn a_tick_of_the_clock_within_all_phases_changes_nothing_on_screen() {
    let (stage, _) = list(three(), loaded());
    stage.let_pass(Span::from_seconds(1));
    settle().await;
    let witness = Witness::of(&stage.host);
    stage.let_pass(Span::from_seconds(1));
    settle().await;
    witness.saw_nothing();
}

#[wasm_bindgen_test]
async fn a_boundary_that_passes_changes_the_phase_in_its_row_only() {
    let (stage, _) = list(three(), loaded());
    settle().await;
    let witness = Witness::of(&stage.host);
    stage.let_pass(Span::from_minutes(60));
    settle().await;
    let statuses: Vec<String> = rows(&stage).iter().map(|row| cells(row)[1].clone()).collect();
    assert_eq!(statuses, ["Over scheduled", "Over running", "Open scheduled"]);
    let touched = [&rows(&stage)[1], &rows(&stage)[2]].map(|row| found_in(row, "cell")[1].clone());
    for record in witness.records() {
        assert!(touched.iter().any(|cell| cell.contains(record.target().as_ref())), "{:?}", witness.changes());
    }
}

#[wasm_bindgen_test]
async fn another_status_of_one_run_touches_its_status_cell_only() {
    let mut runs = three();
    let (stage, parts) = list(runs.clone(), loaded());
    settle().await;
    let witness = Witness::of(&stage.find("table", "Runs"));
    runs[1].status = Some(Status::new("stopped"));
    parts.store.put_page(runs);
    settle().await;
    let cell = found_in(&rows(&stage)[1], "cell")[1].clone();
    assert_eq!(text_of(&cell), "Stopped stopped");
    witness.saw_changes_only_in(&cell);
}

#[wasm_bindgen_test]
async fn another_name_rewrites_the_link_and_keeps_its_focus() {
    let mut runs = three();
    let (stage, parts) = list(runs.clone(), loaded());
    let link = stage.find("link", "Mailing");
    link.focus().unwrap();
    settle().await;
    let witness = Witness::of(&stage.find("table", "Runs"));
    runs[1].name = "Mailing, again".into();
    parts.store.put_page(runs);
    settle().await;
    assert_eq!(name_of(&link), "Mailing, again");
    assert!(focused(&link));
    witness.saw_changes_only_in(&link.parent_element().unwrap());
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_its_row_while_rows_come_and_go_around_it() {
    let (stage, parts) = list(three(), loaded());
    let link = stage.find("link", "Mailing");
    link.focus().unwrap();
    parts.store.put(run(json!({ "id": "d", "name": "Winter", "created_at": "2026-01-04T00:00:00Z" })));
    parts.store.remove(&three()[0].id);
    settle().await;
    assert_eq!(names(&stage), ["Winter", "Spring", "Mailing"]);
    assert!(focused(&link), "{:?}", document().active_element());
}

#[wasm_bindgen_test]
async fn a_run_that_is_gone_takes_only_its_row_along() {
    let runs = three();
    let (stage, parts) = list(runs.clone(), loaded());
    settle().await;
    let (before, witness) = (rows(&stage), Witness::of(&stage.find("table", "Runs")));
    parts.store.remove(&runs[1].id);
    settle().await;
    assert_eq!(rows(&stage), [before[0].clone(), before[2].clone()]);
    let taken: Vec<_> = witness.records().into_iter().filter(|record| record.type_() == "childList").collect();
    assert_eq!(taken.len(), 1, "{:?}", witness.changes());
    assert_eq!(taken[0].removed_nodes().item(0).as_ref(), Some(before[1].unchecked_ref()));
}

#[wasm_bindgen_test]
async fn another_order_moves_the_rows_and_draws_none_anew() {
    let (stage, parts) = list(three(), loaded());
    let before = rows(&stage);
    parts.sort.set(Sort { key: SortKey::Name, descending: false });
    settle().await;
    assert_eq!(rows(&stage), [before[2].clone(), before[1].clone(), before[0].clone()]);
}

fn bubbling(name: &str) -> Event {
    let init = EventInit::new();
    init.set_bubbles(true);
    Event::new_with_event_init_dict(name, &init).unwrap()
}

/// Asks for the one run of that name, as somebody who types it; gives its row.
async fn only(stage: &Stage, parts: &Parts, name: &str) -> HtmlElement {
    stage.find("searchbox", "Search runs").focus().unwrap();
    asked(stage, parts, name).await
}

/// Asks for the one run of that name, wherever the focus is; gives its row.
async fn asked(stage: &Stage, parts: &Parts, name: &str) -> HtmlElement {
    parts.q.set(name.to_lowercase());
    until("it is listed", || names(stage) == [name]).await;
    rows(stage)[0].clone()
}

#[wasm_bindgen_test]
async fn a_row_that_answers_another_question_says_nothing_of_the_run_it_stood_for() {
    let (stage, parts) = list(three(), loaded());
    settle().await;
    let spring = only(&stage, &parts, "Spring").await;
    spring.query_selector("input").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    let over = bubbling("mouseover");
    spring.query_selector("a").unwrap().unwrap().dispatch_event(&over).unwrap();
    settle().await;
    assert!(spring.has_attribute("data-selected") && spring.query_selector(".disagrees").unwrap().is_some());
    // The person goes on to the query.
    spring.query_selector("input").unwrap().unwrap().unchecked_into::<HtmlElement>().blur().unwrap();
    let autumn = only(&stage, &parts, "Autumn").await;
    assert_eq!(autumn, spring, "it is the same element");
    assert_eq!(cells(&autumn)[..3], ["Autumn", "Upcoming scheduled", "job-a"]);
    assert_eq!(stage.link("Autumn"), "./?run=a");
    let select: HtmlInputElement = autumn.query_selector("input").unwrap().unwrap().unchecked_into();
    assert!(!select.checked() && !autumn.has_attribute("data-selected"));
    assert_eq!(name_of(&select), "Select Autumn");
    assert!(!autumn.outer_html().contains("Spring") && autumn.query_selector(".disagrees").unwrap().is_none());
    let titled = autumn.query_selector_all("[title]").unwrap();
    assert_eq!(titled.length(), 1, "that of the job, until it is pointed at");
    // And as it was, when it is asked for again.
    let spring = only(&stage, &parts, "Spring").await;
    let select: HtmlInputElement = spring.query_selector("input").unwrap().unwrap().unchecked_into();
    assert!(select.checked() && spring.has_attribute("data-selected"));
}

#[wasm_bindgen_test]
async fn a_row_with_the_focus_never_comes_to_stand_for_another_run() {
    let (stage, parts) = list(three(), loaded());
    let spring = only(&stage, &parts, "Spring").await;
    stage.find("link", "Spring").focus().unwrap();
    let autumn = asked(&stage, &parts, "Autumn").await;
    assert_ne!(autumn, spring);
    let spring_again = only(&stage, &parts, "Spring").await;
    assert_ne!(spring_again, spring, "what had the focus is not used again");
}

#[wasm_bindgen_test]
async fn a_row_comes_to_stand_for_another_run_only_while_somebody_types() {
    let (stage, parts) = list(three(), loaded());
    let spring = only(&stage, &parts, "Spring").await;
    // A filter, or a view, was chosen: a finger, or where a screen reader reads, may be on the row.
    stage.find("button", "Open now").focus().unwrap();
    let autumn = asked(&stage, &parts, "Autumn").await;
    assert!(autumn != spring && !spring.is_connected());
}

#[wasm_bindgen_test]
async fn what_does_not_fit_together_is_still_explained_where_it_is_the_same_of_another_run() {
    let late = |id: &str, name: &str| {
        let times = ("2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z");
        run(json!({ "id": id, "name": name, "status": "scheduled", "start_at": times.0, "end_at": times.1 }))
    };
    let (stage, parts) = list(vec![late("1", "Spring"), late("2", "Autumn")], loaded());
    let spring = only(&stage, &parts, "Spring").await;
    let title = attribute(&stage.one(".disagrees"), "title").unwrap();
    spring.query_selector("a").unwrap().unwrap().dispatch_event(&bubbling("mouseover")).unwrap();
    assert_eq!(only(&stage, &parts, "Autumn").await, spring, "it is the same element");
    assert_eq!(attribute(&stage.one(".disagrees"), "title"), Some(title));
}

#[wasm_bindgen_test]
async fn runs_that_nobody_was_told_of_yet_are_not_listed_and_do_not_disturb_the_order() {
    let (stage, parts) = list(three(), loaded());
    settle().await;
    let more = (0..40).map(|at| run(json!({ "id": format!("n{at}"), "name": format!("Winter {at}") }))).collect();
    parts.store.merge_page(more, true);
    for (key, order) in
        [(SortKey::Start, ["Autumn", "Mailing", "Spring"]), (SortKey::Name, ["Autumn", "Mailing", "Spring"])]
    {
        parts.sort.set(Sort { key, descending: key == SortKey::Start });
        settle().await;
        assert_eq!(names(&stage), order, "{key:?}");
    }
    parts.store.publish_changes();
    until("they are announced", || stage.offers("button", "Show 40 new runs")).await;
    stage.find("button", "Show 40 new runs").click();
    until("they are listed", || names(&stage).len() == 43).await;
    assert_eq!(names(&stage)[..3], ["Autumn", "Mailing", "Spring"]);
}

#[wasm_bindgen_test]
async fn what_a_poll_brings_takes_no_row_over() {
    let (stage, parts) = list(three(), loaded());
    settle().await;
    let before = rows(&stage);
    // Where the one stood that goes, at the same time.
    parts.store.remove(&three()[1].id);
    parts.store.put(run(json!({ "id": "d", "name": "Winter", "created_at": "2026-01-02T00:00:00Z" })));
    until("they are listed", || names(&stage) == ["Spring", "Winter", "Autumn"]).await;
    assert!(!before.contains(&rows(&stage)[1]) && !before[1].is_connected());
}

#[wasm_bindgen_test]
async fn a_row_that_goes_with_the_zone_comes_back_in_that_zone() {
    let late = run(json!({ "id": "l", "name": "Late", "start_at": "2026-05-01T23:30:00Z" }));
    let (stage, parts) =
        list(vec![late, run(json!({ "name": "Other", "start_at": "2026-05-01T12:00:00Z" }))], loaded());
    parts.q.set("starts:2026-05-01".to_owned());
    until("both are found", || names(&stage).len() == 2).await;
    // There the late one starts on the second of May: its row goes as the zone changes.
    stage.console.ui.settings.set_zone(Zone::named("Europe/Berlin").unwrap());
    until("one is left", || names(&stage) == ["Other"]).await;
    parts.q.set(String::new());
    until("both are listed", || names(&stage).len() == 2).await;
    let late = rows(&stage).into_iter().find(|row| cells(row)[0] == "Late").unwrap();
    assert_eq!(cells(&late)[3], "2026-05-02 01:30 UTC+02:00");
}
