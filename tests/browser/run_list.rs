//! The list as a whole: each of its faces, and what it says of itself.

use super::support::{
    Stage, at, attribute, found_in, in_minutes, problem, run, server_failed, settle, stage_with, text_of, until,
};
use leptos::prelude::*;
use runboard::components::{ListState, Rates, RunList};
use runboard::config::Config;
use runboard::state::list::{ListHandle, ListSources};
use runboard::state::run_store::RunStore;
use runboard_core::job::JobFacts;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::query::Sort;
use runboard_core::run::{Run, RunId};
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// What the list is given, and what it asked for.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) store: RunStore,
    pub(super) state: RwSignal<ListState>,
    pub(super) q: RwSignal<String>,
    pub(super) sort: RwSignal<Sort>,
    pub(super) next_in: RwSignal<Option<Span>>,
    pub(super) queries: RwSignal<Vec<String>>,
    pub(super) sorts: RwSignal<Vec<Sort>>,
    pub(super) refreshes: RwSignal<u32>,
    pub(super) job: RwSignal<Option<JobFacts>>,
    pub(super) rates: RwSignal<Rates>,
    pub(super) stops: RwSignal<Vec<Vec<RunId>>>,
    pub(super) enough: RwSignal<u32>,
}

pub(super) fn list_with(config: Config, runs: Vec<Run>, state: ListState) -> (Stage, Parts) {
    stage_with(config, move |console| {
        let parts = Parts {
            store: console.store,
            state: RwSignal::new(state),
            q: RwSignal::new(String::new()),
            sort: RwSignal::new(Sort::default()),
            next_in: RwSignal::new(None),
            queries: RwSignal::new(Vec::new()),
            sorts: RwSignal::new(Vec::new()),
            refreshes: RwSignal::new(0),
            job: RwSignal::new(None),
            rates: RwSignal::new(Vec::new()),
            stops: RwSignal::new(Vec::new()),
            enough: RwSignal::new(0),
        };
        let Parts { store, state, q, sort, next_in, queries, sorts, refreshes, job, rates, stops, enough } = parts;
        store.put_page(runs);
        let asked = Memo::new(move |_| (q.get(), sort.get()));
        let ui = console.ui;
        let sources = ListSources { config: ui.config, settings: ui.settings, navigation: ui.navigation };
        let list = ListHandle::follow(store, sources, asked, RwSignal::new(ui.clock.now()));
        let node = view! {
            <RunList
                list=list
                state=state
                q=q
                sort=sort
                on_query=move |text| queries.update(|queries| queries.push(text))
                on_sort=move |sort| sorts.update(|sorts| sorts.push(sort))
                on_refresh=move |()| refreshes.update(|count| *count += 1)
                on_stop=move |ids| stops.update(|stops| stops.push(ids))
                on_enough=move |()| enough.update(|count| *count += 1)
                next_in=next_in
                job=job
                rates=rates
            />
        };
        (parts, node.into_any())
    })
}

pub(super) fn list(runs: Vec<Run>, state: ListState) -> (Stage, Parts) {
    list_with(Config::default(), runs, state)
}

pub(super) fn loaded() -> ListState {
    ListState { as_of: Some(at("2026-05-02T14:05:10Z")), ..ListState::default() }
}

/// One upcoming, one open, one over; created in the order of their names, the last first.
pub(super) fn three() -> Vec<Run> {
    let one = |id: &str, name: &str, status: &str, from: i64, to: i64, day: u32| {
        run(json!({
            "id": id,
            "job_id": format!("job-{id}"),
            "name": name,
            "status": status,
            "start_at": in_minutes(from).to_iso(),
            "end_at": in_minutes(to).to_iso(),
            "created_at": format!("2026-01-0{day}T10:20:00.000Z"),
        }))
    };
    vec![
        one("a", "Autumn", "scheduled", 60, 120, 1),
        one("b", "Mailing", "running", -60, 60, 2),
        one("c", "Spring", "scheduled", -120, -60, 3),
    ]
}

/// The rows below the head.
pub(super) fn rows(stage: &Stage) -> Vec<HtmlElement> {
    let mut rows = found_in(&stage.host, "row");
    assert!(!found_in(&rows.remove(0), "columnheader").is_empty());
    rows
}

pub(super) fn cells(row: &HtmlElement) -> Vec<String> {
    found_in(row, "cell").iter().map(|cell| text_of(cell)).collect()
}

pub(super) fn names(stage: &Stage) -> Vec<String> {
    rows(stage).iter().map(|row| cells(row)[0].clone()).collect()
}

/// The warnings above the rows.
fn warnings(stage: &Stage) -> Vec<String> {
    stage.all(".notice.warning").iter().map(text_of).collect()
}

#[wasm_bindgen_test]
fn while_it_is_read_for_the_first_time_the_list_says_so_and_has_no_table() {
    let (stage, _) = list(Vec::new(), ListState::default());
    assert_eq!(stage.texts("status"), ["Loading runs"]);
    assert_eq!(stage.texts("heading"), ["Runs"]);
    assert!(!stage.offers("table", "Runs"));
    assert!(!stage.says("No runs yet"));
}

#[wasm_bindgen_test]
fn an_empty_list_offers_a_new_run_and_has_no_table_and_no_filters() {
    let (stage, _) = list(Vec::new(), loaded());
    assert!(stage.says("No runs yet"));
    assert_eq!(stage.link("New run"), "./?new");
    assert!(!stage.offers("table", "Runs"));
    assert!(!stage.offers("group", "Phase") && !stage.offers("combobox", "API status"));
    assert_eq!(stage.texts("heading"), ["Runs (0)"]);
}

#[wasm_bindgen_test]
fn where_scheduling_is_switched_off_an_empty_list_offers_none() {
    let config = Config { may_create: false, ..Config::default() };
    let (stage, _) = list_with(config, Vec::new(), loaded());
    assert!(stage.says("No runs yet"));
    assert!(!stage.offers("link", "New run"));
}

#[wasm_bindgen_test]
async fn a_list_emptied_by_its_filter_says_how_many_are_hidden_and_offers_the_way_out() {
    let (stage, parts) = list(three(), loaded());
    parts.q.set("nothing is called so".to_owned());
    settle().await;
    assert!(stage.says("No runs match"));
    assert!(stage.says("3 runs are hidden by the search and filters."));
    assert!(!stage.offers("table", "Runs"));
    assert!(!stage.says("No runs yet"));
    stage.press("Clear search and filters");
    assert_eq!(parts.queries.get_untracked(), [String::new()]);
    parts.q.set(String::new());
    settle().await;
    assert_eq!(rows(&stage).len(), 3);
}

#[wasm_bindgen_test]
async fn a_failed_first_reading_says_why_and_tries_again_when_asked() {
    let state = ListState { problem: Some(server_failed()), failures: 1, ..ListState::default() };
    let (stage, parts) = list(Vec::new(), state);
    let alert = stage.texts("alert").concat();
    assert!(alert.starts_with("The runs could not be loaded"), "{alert}");
    assert!(alert.contains("The API failed (error 503)."), "{alert}");
    assert!(stage.texts("status").is_empty(), "it does not say that it is loading");
    assert!(!stage.offers("table", "Runs") && !stage.says("No runs yet"));
    stage.press("Try again");
    assert_eq!(parts.refreshes.get_untracked(), 1);
    parts.state.set(loaded());
    settle().await;
    assert!(stage.texts("alert").is_empty());
    assert!(stage.says("No runs yet"));
}

#[wasm_bindgen_test]
fn what_the_server_said_and_its_trace_are_shown_as_text() {
    let problem = Problem {
        said: Some("<img src=x> is not yours".to_owned()),
        trace: Some("<i>trace-1</i>".to_owned()),
        ..problem(ProblemKind::Forbidden)
    };
    let (stage, _) = list(Vec::new(), ListState { problem: Some(problem), ..ListState::default() });
    assert!(stage.says("Your token does not allow this."));
    assert!(stage.says("The API says: <img src=x> is not yours"));
    assert!(stage.says("Trace ID: <i>trace-1</i>"));
    assert!(!stage.has("img, i"));
}

#[wasm_bindgen_test]
async fn old_rows_stay_marked_with_their_age_the_tries_and_the_next_one() {
    let (stage, parts) = list(three(), loaded());
    parts.next_in.set(Some(Span::from_millis(19_001)));
    parts.state.update(|state| {
        state.problem = Some(server_failed());
        state.failures = 3;
    });
    settle().await;
    let note = warnings(&stage).concat();
    assert!(note.contains("The API failed (error 503)."), "{note}");
    assert!(note.contains("Shown as of 2026-05-02 14:05:10 UTC; the last 3 tries failed, next in 20 s."), "{note}");
    assert!(stage.has("table.stale"));
    assert_eq!(rows(&stage).len(), 3);
    stage.press("Try again");
    assert_eq!(parts.refreshes.get_untracked(), 1);
    parts.state.set(loaded());
    settle().await;
    assert!(warnings(&stage).is_empty() && !stage.has("table.stale"));
}

#[wasm_bindgen_test]
async fn an_empty_list_that_cannot_be_read_again_is_marked_as_old_and_stays_empty() {
    let (stage, parts) = list(Vec::new(), loaded());
    parts.state.update(|state| state.problem = Some(server_failed()));
    settle().await;
    assert!(warnings(&stage).concat().contains("The API failed (error 503)."));
    assert!(stage.says("No runs yet"));
}

#[wasm_bindgen_test]
async fn a_failure_is_said_while_only_a_run_s_own_page_has_told_of_the_rows() {
    let state = ListState { problem: Some(server_failed()), failures: 1, ..ListState::default() };
    let (stage, parts) = list(vec![run(json!({}))], state);
    assert!(stage.says("The API failed (error 503)."), "{}", stage.said());
    assert_eq!(names(&stage), ["Spring sale"]);
    stage.press("Try again");
    assert_eq!(parts.refreshes.get_untracked(), 1);
    parts.state.set(loaded());
    settle().await;
    assert!(!stage.says("The API failed"));
}

#[wasm_bindgen_test]
fn pages_that_did_not_come_and_entries_that_could_not_be_read_are_said() {
    let state = ListState { incomplete: Some((3, Some(1200))), unreadable: 2, ..loaded() };
    let (stage, _) = list(three(), state);
    let notes = warnings(&stage);
    assert_eq!(notes.len(), 2);
    assert!(notes[0].contains("3 of 1,200 runs were read. Some runs may be missing here."), "{notes:?}");
    assert_eq!(notes[1], "2 entries could not be read and are missing here.");
    assert_eq!(rows(&stage).len(), 3, "the others are not lost");
}

#[wasm_bindgen_test]
async fn pages_that_failed_are_named_and_a_reading_that_was_stopped_can_be_gone_on_with() {
    let state = ListState { incomplete: Some((3, Some(1200))), missing: vec![17], ..loaded() };
    let (stage, parts) = list(three(), state);
    assert_eq!(warnings(&stage), ["3 of 1,200 runs; page 17 failed."]);
    parts.state.update(|state| (state.missing, state.stopped) = (Vec::new(), true));
    settle().await;
    assert!(warnings(&stage).concat().starts_with("3 of 1,200 runs: you stopped the rest."), "{:?}", warnings(&stage));
    stage.press("Load all runs");
    assert_eq!(parts.refreshes.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_reading_can_be_stopped_and_the_age_of_all_and_of_the_newest_is_told_apart() {
    let (stage, parts) = list(three(), ListState { reading: Some((3, Some(1200))), ..loaded() });
    stage.press("Stop loading");
    assert_eq!(parts.enough.get_untracked(), 1);
    parts.state.set(ListState { newest: Some(at("2026-05-02T14:09:55Z")), ..loaded() });
    settle().await;
    let said = stage.text(".as-of");
    assert!(said.starts_with("all runs as of 14:05:10 UTC") && said.ends_with("newest as of 14:09:55 UTC"), "{said}");
    assert!(!stage.offers("button", "Stop loading"));
}

#[wasm_bindgen_test]
async fn how_far_the_reading_is_gives_way_to_when_it_was_read() {
    let (stage, parts) = list(three(), ListState { reading: Some((3, Some(1200))), ..loaded() });
    assert_eq!(stage.texts("status"), ["Reading… 3 of 1,200"]);
    parts.state.set(loaded());
    settle().await;
    assert!(stage.texts("status").is_empty());
    assert!(stage.says("as of 14:05:10 UTC"));
    stage.press("Refresh");
    assert_eq!(parts.refreshes.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn what_of_the_query_was_not_understood_is_marked_and_what_a_time_stands_for_is_said() {
    let (stage, parts) = list(vec![run(json!({}))], loaded());
    assert!(!stage.has("mark"));
    parts.q.set("starts<2h colour:red phase:nowhere".to_owned());
    settle().await;
    let marked: Vec<String> = stage.all(".understood [role=status] li").iter().map(text_of).collect();
    assert_eq!(marked.len(), 2);
    assert!(marked[0].starts_with("colour:red is no key of this search; searched for as a word."), "{}", marked[0]);
    assert!(marked[1].starts_with("phase:nowhere names no phase"), "{}", marked[1]);
    let meant = stage.text(".meant");
    assert_eq!(meant, "Starts from 2026-05-02 14:05:10 UTC until before 2026-05-02 16:05:10 UTC.");
    parts.q.set("spring".to_owned());
    settle().await;
    assert!(!stage.has("mark") && stage.text(".meant").is_empty());
}

#[wasm_bindgen_test]
async fn how_to_search_is_one_press_away() {
    let (stage, _) = list(vec![run(json!({}))], loaded());
    assert!(stage.text(".query-help").starts_with("How to search"));
    stage.one(".query-help summary").unchecked_into::<web_sys::HtmlElement>().click();
    until("the examples", || stage.all(".query-help tr").len() >= 10).await;
}

#[wasm_bindgen_test]
async fn a_view_is_a_query_that_stands_in_the_field_and_is_taken_away_again() {
    let (stage, parts) = list(three(), loaded());
    stage.press("Open now");
    assert_eq!(parts.queries.get_untracked(), ["phase:open"]);
    parts.q.set("phase:open".to_owned());
    settle().await;
    assert_eq!(attribute(&stage.find("button", "Open now"), "aria-pressed").as_deref(), Some("true"));
    assert_eq!(attribute(&stage.find("button", "Needs a look"), "aria-pressed").as_deref(), Some("false"));
    stage.press("Open now");
    assert_eq!(parts.queries.get_untracked(), ["phase:open", ""]);
}

#[wasm_bindgen_test]
async fn the_button_of_an_export_says_what_the_file_takes() {
    let (stage, parts) = list(three(), loaded());
    assert!(stage.offers("button", "Export 3 runs as CSV") && stage.offers("button", "Export 3 runs as JSON"));
    let first = names(&stage).remove(0);
    parts.q.set(format!("name:\"{first}\""));
    settle().await;
    assert!(stage.offers("button", "Export 1 filtered run as CSV"));
    parts.state.update(|state| state.reading = Some((3, Some(9))));
    settle().await;
    assert!(stage.offers("button", "Export 1 filtered run read so far as JSON"));
    parts.store.clear();
    settle().await;
    assert!(stage.all(".export").is_empty());
}
