//! The rows of the table: what they show, and that updates touch only what has changed.

use super::run_list::{ListFixture, cells, list, list_with, loaded, names, rows, three};
use super::support::{
    MutationLog, Screen, all_in, at, attribute, document, focused, found_in, name_of, run, settle, text_of, wait_until,
};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::config::Config;
use runboard::state::run_store::PartOf;
use runboard_core::collections::id_index::IdIndex;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::{Run, RunId, Status};
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement};

#[wasm_bindgen_test]
fn row_shows_name_state_job_and_times() {
    let (screen, _) = list(three(), loaded());
    assert_eq!(screen.texts("columnheader"), ["Name", "Status", "Job", "Start", "End", "Created"]);
    assert!(screen.has_role("table", "Runs"));
    assert_eq!(names(&screen), ["Spring", "Mailing", "Autumn"]);
    let statuses: Vec<String> = rows(&screen).iter().map(|row| cells(row)[1].clone()).collect();
    assert_eq!(statuses, ["Ended “scheduled”", "Running", "Scheduled"]);
    let mailing = cells(&rows(&screen)[1]);
    assert_eq!(mailing[2..], ["job-b", "Sat 2 May 13:05", "Sat 2 May 15:05", "Fri 2 Jan 10:20"]);
    assert_eq!(screen.text(".freshness .zone"), "UTC", "the zone of all times is named once");
    assert_eq!(screen.link("Mailing"), "./?run=b");
    assert_eq!((screen.texts("heading"), screen.text(".result-count")), (vec!["Runs".to_owned()], "3 runs".to_owned()));
}

#[wasm_bindgen_test]
fn missing_fields_are_marked_in_the_row() {
    let bare = Run::read_body(&json!({ "id": "x" }).to_string()).unwrap();
    let (screen, _) = list(vec![bare], loaded());
    let missing = "not given";
    let expected = ["(no name)", "Unknown", missing, missing, missing, missing];
    assert_eq!(cells(&rows(&screen)[0]), expected);
}

#[wasm_bindgen_test]
fn unreadable_time_is_told_apart_from_a_missing_one() {
    let odd = run(json!({ "start_at": "soon", "end_at": null, "created_at": "1970-01-01T00:00:00Z" }));
    let (screen, _) = list(vec![odd], loaded());
    assert_eq!(cells(&rows(&screen)[0])[3..], ["can’t be read", "not given", "not set"]);
    let titles: Vec<_> = found_in(&rows(&screen)[0], "cell")[3..].iter().map(|cell| attribute(cell, "title")).collect();
    assert_eq!(titles, [Some("soon".to_owned()), None, Some("1970-01-01T00:00:00Z".to_owned())]);
}

#[wasm_bindgen_test]
fn status_that_contradicts_the_window_is_quoted_beside_the_state() {
    let (screen, _) = list(three(), loaded());
    let notes: Vec<String> = screen.all(".state-note").iter().map(text_of).collect();
    assert_eq!(notes, ["“scheduled”", "", ""], "the finished run that is still scheduled");
    let titles: Vec<_> = screen.all(".badge").iter().map(|badge| attribute(badge, "title")).collect();
    let status = |word: &str| Some(format!("API status: {word}"));
    assert_eq!(titles, [status("scheduled"), status("running"), status("scheduled")]);
}

#[wasm_bindgen_test]
fn job_label_is_shown_and_its_tooltip_has_the_id() {
    let jobs = [("job-b".to_owned(), "Weekly mailing".to_owned())].into_iter().collect();
    let (screen, _) = list_with(Config { jobs, ..Config::default() }, three(), loaded());
    let cell = &found_in(&rows(&screen)[1], "cell")[2];
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
    let (screen, _) = list(vec![hostile], loaded());
    let shown = cells(&rows(&screen)[0]);
    assert_eq!(shown[0], "<img src=x onerror=alert(1)>");
    assert_eq!(shown[1], "Unknown “<b>odd</b>”");
    assert_eq!(shown[2], "<script>1</script>");
    assert!(!screen.has("img, b, script, i"));
    assert_eq!(screen.link("<img src=x onerror=alert(1)>"), "./?run=%22%3E%3Ci%3E%26run=1%23");
}

#[wasm_bindgen_test]
fn bidirectional_text_stays_within_its_own_element() {
    let turning = "\u{202e}gnilaM\u{2066}";
    let (screen, _) = list(vec![run(json!({ "name": turning, "status": turning, "job_id": turning }))], loaded());
    // The style sheet isolates the direction of these elements; the end-to-end tests check that.
    assert_eq!(screen.one(".state-note").text_content().unwrap(), format!("“\u{2068}{turning}\u{2069}\u{2069}”"));
    for place in [".cell-name a", ".cell-job a"] {
        assert_eq!(rows(&screen)[0].query_selector(place).unwrap().unwrap().text_content().unwrap(), turning);
    }
    let label = attribute(&screen.one("tbody input.select"), "aria-label");
    assert_eq!(label.as_deref(), Some("Select \u{2068}\u{202e}gnilaM\u{2066}\u{2069}\u{2069}"));
}

#[wasm_bindgen_test]
async fn truncated_texts_have_tooltips() {
    let mut runs = three();
    let (screen, fixture) = list(runs.clone(), loaded());
    let titles = |row: &HtmlElement| -> Vec<Option<String>> {
        let places = [".cell-name a", ".badge", ".cell-job a"].map(|place| row.query_selector(place).unwrap().unwrap());
        let times = found_in(row, "cell")[3..].iter().map(|cell| attribute(cell, "title")).collect::<Vec<_>>();
        places.iter().map(|place| attribute(place, "title")).chain(times).collect()
    };
    let row = rows(&screen)[1].clone();
    let over = bubbling("mouseover");
    row.query_selector(".badge").unwrap().unwrap().dispatch_event(&over).unwrap();
    let times = ["2026-05-02T13:05:10.000Z", "2026-05-02T15:05:10.000Z", "2026-01-02T10:20:00.000Z"];
    let expected =
        ["Mailing", "API status: running", "job-b"].into_iter().chain(times).map(|text| Some(text.to_owned()));
    assert_eq!(titles(&row), expected.collect::<Vec<_>>());
    // The tooltips follow the run.
    runs[1].name = "Mailing, again".into();
    fixture.store.put_page(runs);
    settle().await;
    assert_eq!(titles(&row)[0].as_deref(), Some("Mailing, again"));
}

#[wasm_bindgen_test]
fn very_long_name_is_shown_in_full() {
    let name = "long ".repeat(20_000).trim().to_owned();
    let (screen, _) = list(vec![run(json!({ "name": name }))], loaded());
    assert!(names(&screen) == [name], "the text was cut or changed");
}

#[wasm_bindgen_test]
async fn unchanged_poll_makes_no_mutations() {
    let runs = three();
    let (screen, fixture) = list(runs.clone(), loaded());
    settle().await;
    let mutations = MutationLog::of(&screen.find("table", "Runs"));
    fixture.store.begin_full_read();
    fixture.store.put_page(runs.clone());
    let mut seen = IdIndex::default();
    for (place, run) in runs.iter().enumerate() {
        seen.insert(run.id.as_str().into(), place);
    }
    fixture.store.finish_full_read(&seen);
    fixture.state.update(|state| state.as_of = Some(at("2026-05-02T14:05:25Z")));
    settle().await;
    assert!(screen.shows("Updated 14:05:25"));
    mutations.assert_none();
}

#[wasm_bindgen_test]
async fn clock_tick_without_state_change_makes_no_mutations() {
    let (screen, _) = list(three(), loaded());
    screen.advance_clock(Span::from_seconds(1));
    settle().await;
    let mutations = MutationLog::of(&screen.host);
    screen.advance_clock(Span::from_seconds(1));
    settle().await;
    mutations.assert_none();
}

#[wasm_bindgen_test]
async fn window_boundary_changes_only_the_states_of_its_rows() {
    let (screen, _) = list(three(), loaded());
    settle().await;
    let mutations = MutationLog::of(&screen.host);
    let statuses = || rows(&screen).iter().map(|row| cells(row)[1].clone()).collect::<Vec<_>>();
    screen.advance_clock(Span::from_minutes(60));
    settle().await;
    assert_eq!(statuses(), ["Ended “scheduled”", "Running", "Open"]);
    // A status may lag behind the window for a minute before that is told.
    screen.advance_clock(Span::from_minutes(1));
    settle().await;
    assert_eq!(statuses(), ["Ended “scheduled”", "Running past its end", "Open “scheduled”"]);
    let touched = [&rows(&screen)[1], &rows(&screen)[2]].map(|row| found_in(row, "cell")[1].clone());
    for record in mutations.records() {
        let is_section = record.attribute_name().as_deref() == Some("data-section");
        let in_cell = touched.iter().any(|cell| cell.contains(record.target().as_ref()));
        assert!(is_section || in_cell, "{:?}", mutations.changes());
    }
}

#[wasm_bindgen_test]
async fn status_change_updates_only_its_cell() {
    let mut runs = three();
    let (screen, fixture) = list(runs.clone(), loaded());
    // In the order of sections the row would move.
    fixture.sort.set(Sort { key: SortKey::Created, descending: true });
    settle().await;
    let mutations = MutationLog::of(&screen.find("table", "Runs"));
    runs[1].status = Some(Status::new("stopped"));
    fixture.store.put_page(runs);
    settle().await;
    let cell = found_in(&rows(&screen)[1], "cell")[1].clone();
    assert_eq!(text_of(&cell), "Stopped");
    mutations.assert_only_in(&cell);
}

#[wasm_bindgen_test]
async fn renaming_a_run_keeps_the_focus_on_its_link() {
    let mut runs = three();
    let (screen, fixture) = list(runs.clone(), loaded());
    let link = screen.find("link", "Mailing");
    link.focus().unwrap();
    settle().await;
    let mutations = MutationLog::of(&screen.find("table", "Runs"));
    runs[1].name = "Mailing, again".into();
    fixture.store.put_page(runs);
    settle().await;
    assert_eq!(name_of(&link), "Mailing, again");
    assert!(focused(&link));
    mutations.assert_only_in(&link.parent_element().unwrap());
}

#[wasm_bindgen_test]
async fn focus_stays_on_its_row_while_other_rows_come_and_go() {
    let (screen, fixture) = list(three(), loaded());
    let link = screen.find("link", "Mailing");
    link.focus().unwrap();
    fixture.store.put(run(json!({ "id": "d", "name": "Winter", "created_at": "2026-01-04T00:00:00Z" })));
    fixture.store.remove(&three()[0].id);
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Mailing", "Winter"]);
    assert!(focused(&link), "{:?}", document().active_element());
}

#[wasm_bindgen_test]
async fn removed_run_removes_only_its_row() {
    let runs = three();
    let (screen, fixture) = list(runs.clone(), loaded());
    settle().await;
    let (before, mutations) = (rows(&screen), MutationLog::of(&screen.find("table", "Runs")));
    fixture.store.remove(&runs[1].id);
    settle().await;
    assert_eq!(rows(&screen), [before[0].clone(), before[2].clone()]);
    let removals: Vec<_> = mutations.records().into_iter().filter(|record| record.type_() == "childList").collect();
    assert_eq!(removals.len(), 1, "{:?}", mutations.changes());
    assert_eq!(removals[0].removed_nodes().item(0).as_ref(), Some(before[1].unchecked_ref()));
}

#[wasm_bindgen_test]
async fn sorting_moves_rows_without_re_creating_them() {
    let (screen, fixture) = list(three(), loaded());
    let before = rows(&screen);
    fixture.sort.set(Sort { key: SortKey::Name, descending: false });
    settle().await;
    assert_eq!(rows(&screen), [before[2].clone(), before[1].clone(), before[0].clone()]);
}

fn bubbling(name: &str) -> Event {
    let init = EventInit::new();
    init.set_bubbles(true);
    Event::new_with_event_init_dict(name, &init).unwrap()
}

/// Searches for the only run of this name with the focus in the search field, and returns its row.
async fn type_query(screen: &Screen, fixture: &ListFixture, name: &str) -> HtmlElement {
    screen.find("searchbox", "Search runs").focus().unwrap();
    search(screen, fixture, name).await
}

/// Searches for the only run of this name, wherever the focus is, and returns its row.
async fn search(screen: &Screen, fixture: &ListFixture, name: &str) -> HtmlElement {
    fixture.q.set(name.to_lowercase());
    wait_until("its row", || names(screen) == [name]).await;
    rows(screen)[0].clone()
}

#[wasm_bindgen_test]
async fn reused_row_shows_nothing_of_its_previous_run() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    let spring = type_query(&screen, &fixture, "Spring").await;
    spring.query_selector("input").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    let over = bubbling("mouseover");
    spring.query_selector("a").unwrap().unwrap().dispatch_event(&over).unwrap();
    settle().await;
    assert!(
        spring.has_attribute("data-selected")
            && !spring.query_selector(".state-note").unwrap().unwrap().text_content().unwrap().is_empty()
    );
    // The user returns to the search field.
    spring.query_selector("input").unwrap().unwrap().unchecked_into::<HtmlElement>().blur().unwrap();
    let autumn = type_query(&screen, &fixture, "Autumn").await;
    assert_eq!(autumn, spring, "it is the same element");
    assert_eq!(cells(&autumn)[..3], ["Autumn", "Scheduled", "job-a"]);
    assert_eq!(screen.link("Autumn"), "./?run=a");
    let select: HtmlInputElement = autumn.query_selector("input").unwrap().unwrap().unchecked_into();
    assert!(!select.checked() && !autumn.has_attribute("data-selected"));
    assert_eq!(name_of(&select), "Select Autumn");
    assert!(
        !autumn.outer_html().contains("Spring")
            && autumn.query_selector(".state-note").unwrap().unwrap().text_content().unwrap().is_empty()
    );
    let titles: Vec<_> = all_in(&autumn, "[title]").iter().filter_map(|part| part.get_attribute("title")).collect();
    assert_eq!(titles[..3], ["Autumn", "API status: scheduled", "job-a"], "titles are those of the run that is shown");
    // The first run is unchanged when it returns.
    let spring = type_query(&screen, &fixture, "Spring").await;
    let select: HtmlInputElement = spring.query_selector("input").unwrap().unwrap().unchecked_into();
    assert!(select.checked() && spring.has_attribute("data-selected"));
}

#[wasm_bindgen_test]
async fn focused_row_is_never_reused_for_another_run() {
    let (screen, fixture) = list(three(), loaded());
    let spring = type_query(&screen, &fixture, "Spring").await;
    screen.find("link", "Spring").focus().unwrap();
    let autumn = search(&screen, &fixture, "Autumn").await;
    assert_ne!(autumn, spring);
    let spring_again = type_query(&screen, &fixture, "Spring").await;
    assert_ne!(spring_again, spring, "a row that had the focus is not reused");
}

#[wasm_bindgen_test]
async fn rows_are_reused_only_while_typing() {
    let (screen, fixture) = list(three(), loaded());
    let spring = type_query(&screen, &fixture, "Spring").await;
    // After a click on a filter or a view, a finger or a screen reader's cursor may be on the row.
    screen.find("button", "Views").focus().unwrap();
    let autumn = search(&screen, &fixture, "Autumn").await;
    assert!(autumn != spring && !spring.is_connected());
}

#[wasm_bindgen_test]
async fn reused_row_keeps_the_explanation_of_the_same_disagreement() {
    let late = |id: &str, name: &str| {
        let times = ("2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z");
        run(json!({ "id": id, "name": name, "status": "scheduled", "start_at": times.0, "end_at": times.1 }))
    };
    let (screen, fixture) = list(vec![late("1", "Spring"), late("2", "Autumn")], loaded());
    let spring = type_query(&screen, &fixture, "Spring").await;
    let title = screen.one(".state-note").text_content().unwrap();
    spring.query_selector("a").unwrap().unwrap().dispatch_event(&bubbling("mouseover")).unwrap();
    assert_eq!(type_query(&screen, &fixture, "Autumn").await, spring, "it is the same element");
    assert_eq!(screen.one(".state-note").text_content(), Some(title));
}

#[wasm_bindgen_test]
async fn unpublished_runs_are_not_listed_and_do_not_affect_sorting() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    let more = (0..40).map(|at| run(json!({ "id": format!("n{at}"), "name": format!("Winter {at}") }))).collect();
    fixture.store.merge_page(more, PartOf::Nothing);
    for (key, order) in
        [(SortKey::Start, ["Autumn", "Mailing", "Spring"]), (SortKey::Name, ["Autumn", "Mailing", "Spring"])]
    {
        fixture.sort.set(Sort { key, descending: key == SortKey::Start });
        settle().await;
        assert_eq!(names(&screen), order, "{key:?}");
    }
    fixture.store.publish_changes();
    wait_until("they are announced", || screen.has_role("button", "Show 40 new runs")).await;
    screen.find("button", "Show 40 new runs").click();
    wait_until("the rows", || names(&screen).len() == 43).await;
    assert_eq!(names(&screen)[..3], ["Autumn", "Mailing", "Spring"]);
}

#[wasm_bindgen_test]
async fn poll_does_not_reuse_rows_for_new_runs() {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    let before = rows(&screen);
    // In the place of a run that is removed at the same time.
    fixture.store.remove(&three()[1].id);
    fixture.store.put(Run { id: RunId::new("d"), name: "Winter".into(), ..three().remove(1) });
    wait_until("the rows", || names(&screen) == ["Spring", "Winter", "Autumn"]).await;
    assert!(!before.contains(&rows(&screen)[1]) && !before[1].is_connected());
}

#[wasm_bindgen_test]
async fn row_removed_by_a_zone_change_returns_in_the_new_zone() {
    let late = run(json!({ "id": "l", "name": "Late", "start_at": "2026-05-01T23:30:00Z" }));
    let (screen, fixture) =
        list(vec![late, run(json!({ "name": "Other", "start_at": "2026-05-01T12:00:00Z" }))], loaded());
    fixture.q.set("starts:2026-05-01".to_owned());
    wait_until("both rows", || names(&screen).len() == 2).await;
    // In that zone the late run starts on 2 May, so the zone change removes its row.
    screen.context.ui.settings.set_zone(Zone::named("Europe/Berlin").unwrap());
    wait_until("one row", || names(&screen) == ["Other"]).await;
    fixture.q.set(String::new());
    wait_until("both rows", || names(&screen).len() == 2).await;
    let late = rows(&screen).into_iter().find(|row| cells(row)[0] == "Late").unwrap();
    assert_eq!(cells(&late)[3], "Sat 2 May 01:30");
}
