//! The list as a whole: loading, empty, failed and stale lists, and what it says about itself.

use super::support::{
    Screen, all_in, at, attribute, found_in, in_minutes, name_of, problem, render_keeping_storage, render_with, run,
    server_failed, settle, text_of,
};
use leptos::prelude::*;
use runboard::components::{JobCard, ListState, RunList};
use runboard::config::Config;
use runboard::context::AppContext;
use runboard::state::job_rates::Rates;
use runboard::state::list::{ListHandle, ListSources};
use runboard::state::run_store::RunStore;
use runboard_core::job::JobFacts;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::query::Sort;
use runboard_core::run::{Run, RunId};
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// The list's props, and what its callbacks received.
#[derive(Clone, Copy)]
pub(super) struct ListFixture {
    pub(super) store: &'static RunStore,
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
    pub(super) loading_stops: RwSignal<u32>,
}

fn component(runs: Vec<Run>, state: ListState) -> impl FnOnce(AppContext) -> (ListFixture, AnyView) {
    move |context| {
        let fixture = ListFixture {
            store: context.store,
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
            loading_stops: RwSignal::new(0),
        };
        let ListFixture { store, state, q, sort, next_in, queries, sorts, refreshes, job, rates, stops, loading_stops } =
            fixture;
        store.put_page(runs);
        let asked = Memo::new(move |_| (q.get(), sort.get()));
        let ui = context.ui;
        let sources = ListSources { config: ui.config, settings: ui.settings, navigation: ui.navigation };
        let list = ListHandle::follow(store, sources, asked, RwSignal::new(ui.clock.now()));
        let node = view! {
            <RunList
                list=list
                state=state
                q=q
                sort=sort
                on_query=move |text| queries.update(|queries| queries.push(text))
                on_typed=move |text| queries.update(|queries| queries.push(text))
                on_view=move |(text, sort)| {
                    queries.update(|queries| queries.push(text));
                    sorts.update(|sorts| sorts.push(sort));
                }
                on_cancel_refresh=|()| ()
                on_sort=move |sort| sorts.update(|sorts| sorts.push(sort))
                on_refresh=move |()| refreshes.update(|count| *count += 1)
                on_stop=move |ids| stops.update(|stops| stops.push(ids))
                on_stop_loading=move |()| loading_stops.update(|count| *count += 1)
                next_in=next_in
                job_card=move || view! { <JobCard job=job rates=rates /> }
            />
        };
        (fixture, node.into_any())
    }
}

pub(super) fn list_with(config: Config, runs: Vec<Run>, state: ListState) -> (Screen, ListFixture) {
    render_with(config, component(runs, state))
}

/// Another list in the same session.
pub(super) fn list_keeping_storage(runs: Vec<Run>, state: ListState) -> (Screen, ListFixture) {
    render_keeping_storage(Config::default(), component(runs, state))
}

pub(super) fn list(runs: Vec<Run>, state: ListState) -> (Screen, ListFixture) {
    list_with(Config::default(), runs, state)
}

pub(super) fn loaded() -> ListState {
    ListState { as_of: Some(at("2026-05-02T14:05:10Z")), ..ListState::default() }
}

/// An upcoming, an open and a finished run. The order by creation is the reverse of that by name.
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

/// The rows below the header.
pub(super) fn rows(screen: &Screen) -> Vec<HtmlElement> {
    let mut rows = found_in(&screen.host, "row");
    assert!(!found_in(&rows.remove(0), "columnheader").is_empty());
    rows
}

pub(super) fn cells(row: &HtmlElement) -> Vec<String> {
    found_in(row, "cell").iter().map(|cell| text_of(cell)).collect()
}

pub(super) fn names(screen: &Screen) -> Vec<String> {
    rows(screen).iter().map(|row| cells(row)[0].clone()).collect()
}

/// The warnings above the rows.
fn warnings(screen: &Screen) -> Vec<String> {
    screen.all(".notice.warning").iter().map(text_of).collect()
}

#[wasm_bindgen_test]
fn first_load_shows_a_status_and_no_table() {
    let (screen, _) = list(Vec::new(), ListState::default());
    assert_eq!(screen.texts("status"), ["Loading runs"]);
    assert_eq!(screen.texts("heading"), ["Runs"]);
    assert!(!screen.has_role("table", "Runs"));
    assert!(!screen.shows("No runs yet"));
}

#[wasm_bindgen_test]
fn empty_list_offers_a_new_run_and_no_table_or_filters() {
    let (screen, _) = list(Vec::new(), loaded());
    assert!(screen.shows("No runs yet"));
    assert_eq!(screen.link("New run"), "./?new");
    assert!(!screen.has_role("table", "Runs"));
    assert_eq!(screen.texts("heading"), ["Runs"]);
    assert_eq!(screen.text(".result-count"), "0 runs");
    assert!(found_in(&screen.find("group", "State"), "button").is_empty());
    assert!(screen.find("button", "Export").has_attribute("disabled"));
}

#[wasm_bindgen_test]
fn empty_list_offers_no_new_run_when_scheduling_is_off() {
    let config = Config { may_create: false, ..Config::default() };
    let (screen, _) = list_with(config, Vec::new(), loaded());
    assert!(screen.shows("No runs yet"));
    assert!(!screen.has_role("link", "New run"));
}

#[wasm_bindgen_test]
async fn query_without_matches_counts_hidden_runs_and_can_be_cleared() {
    let (screen, fixture) = list(three(), loaded());
    fixture.q.set("nothing is called so".to_owned());
    settle().await;
    assert!(screen.shows("No runs match"));
    assert!(screen.shows("3 runs are hidden by the search and filters."));
    assert!(!screen.has_role("table", "Runs"));
    assert!(!screen.shows("No runs yet"));
    screen.click_button("Clear search and filters");
    assert_eq!(fixture.queries.get_untracked(), [String::new()]);
    fixture.q.set(String::new());
    settle().await;
    assert_eq!(rows(&screen).len(), 3);
}

#[wasm_bindgen_test]
async fn failed_first_load_explains_why_and_can_be_retried() {
    let state = ListState { problem: Some(server_failed()), failures: 1, ..ListState::default() };
    let (screen, fixture) = list(Vec::new(), state);
    let alert = screen.texts("alert").concat();
    assert!(alert.starts_with("The runs could not be loaded"), "{alert}");
    assert!(alert.contains("The API failed (error 503)."), "{alert}");
    assert!(screen.texts("status").is_empty(), "no loading status");
    assert!(!screen.has_role("table", "Runs") && !screen.shows("No runs yet"));
    screen.click_button("Try again");
    assert_eq!(fixture.refreshes.get_untracked(), 1);
    fixture.state.set(loaded());
    settle().await;
    assert!(screen.texts("alert").is_empty());
    assert!(screen.shows("No runs yet"));
}

#[wasm_bindgen_test]
fn server_message_and_trace_id_are_plain_text() {
    let problem = Problem {
        said: Some("<img src=x> is not yours".to_owned()),
        trace: Some("<i>trace-1</i>".to_owned()),
        ..problem(ProblemKind::Forbidden)
    };
    let (screen, _) = list(Vec::new(), ListState { problem: Some(problem), ..ListState::default() });
    assert!(screen.shows("Your token does not allow this."));
    assert!(screen.shows("The API says: <img src=x> is not yours"));
    assert!(screen.shows("Trace ID: <i>trace-1</i>"));
    assert!(!screen.has("img, i"));
}

#[wasm_bindgen_test]
async fn stale_rows_stay_with_their_age_and_the_next_attempt() {
    let (screen, fixture) = list(three(), loaded());
    fixture.next_in.set(Some(Span::from_millis(19_001)));
    fixture.state.update(|state| {
        state.problem = Some(server_failed());
        state.failures = 3;
    });
    settle().await;
    let note = warnings(&screen).concat();
    assert!(note.contains("The API failed (error 503)."), "{note}");
    assert!(note.contains("Shown as of Sat 2 May 2026 14:05:10 UTC; the last 3 tries failed, next in 20 s."), "{note}");
    assert!(screen.has("table.stale"));
    assert_eq!(rows(&screen).len(), 3);
    screen.click_button("Try again");
    assert_eq!(fixture.refreshes.get_untracked(), 1);
    fixture.state.set(loaded());
    settle().await;
    assert!(warnings(&screen).is_empty() && !screen.has("table.stale"));
}

#[wasm_bindgen_test]
async fn stale_empty_list_stays_empty_with_a_warning() {
    let (screen, fixture) = list(Vec::new(), loaded());
    fixture.state.update(|state| state.problem = Some(server_failed()));
    settle().await;
    assert!(warnings(&screen).concat().contains("The API failed (error 503)."));
    assert!(screen.shows("No runs yet"));
}

#[wasm_bindgen_test]
async fn failed_load_is_shown_above_runs_known_from_other_answers() {
    let state = ListState { problem: Some(server_failed()), failures: 1, ..ListState::default() };
    let (screen, fixture) = list(vec![run(json!({}))], state);
    assert!(screen.shows("The API failed (error 503)."), "{}", screen.full_text());
    assert_eq!(names(&screen), ["Spring sale"]);
    screen.click_button("Try again");
    assert_eq!(fixture.refreshes.get_untracked(), 1);
    fixture.state.set(loaded());
    settle().await;
    assert!(!screen.shows("The API failed"));
}

#[wasm_bindgen_test]
async fn missing_pages_and_unreadable_entries_are_reported() {
    let state = ListState { incomplete: Some((3, Some(1200))), unreadable: 2, ..loaded() };
    let (screen, _) = list(three(), state);
    settle().await;
    let notes = warnings(&screen);
    assert_eq!(notes, ["Some pages are missing. 3 of 1,200 runs were loaded.", "2 runs couldn’t be shown."]);
    assert_eq!(rows(&screen).len(), 3, "the other runs are shown");
}

#[wasm_bindgen_test]
async fn failed_pages_are_named_and_a_stopped_load_can_be_resumed() {
    let state = ListState { incomplete: Some((3, Some(1200))), missing: vec![17], ..loaded() };
    let (screen, fixture) = list(three(), state);
    assert_eq!(warnings(&screen), ["3 of 1,200 runs; page 17 failed."]);
    fixture.state.update(|state| (state.missing, state.stopped) = (Vec::new(), true));
    settle().await;
    assert!(
        warnings(&screen).concat().starts_with("3 of 1,200 runs: you stopped the rest."),
        "{:?}",
        warnings(&screen)
    );
    screen.click_button("Load all runs");
    assert_eq!(fixture.refreshes.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn loading_can_be_stopped_and_two_ages_are_shown_apart() {
    let (screen, fixture) = list(three(), ListState { reading: Some((3, Some(1200))), ..loaded() });
    screen.click_button("Stop loading");
    assert_eq!(fixture.loading_stops.get_untracked(), 1);
    fixture.state.set(ListState { newest: Some(at("2026-05-02T14:09:55Z")), ..loaded() });
    settle().await;
    assert_eq!(screen.text(".as-of"), "UTC Updated 14:09:55");
    let ages = attribute(&screen.one(".as-of"), "title");
    assert_eq!(ages.as_deref(), Some("All runs as of 14:05:10, the newest as of 14:09:55"));
    assert!(!screen.has_role("button", "Stop loading"));
}

#[wasm_bindgen_test]
async fn progress_is_replaced_by_the_time_of_the_read() {
    let (screen, fixture) = list(three(), ListState { reading: Some((3, Some(1200))), ..loaded() });
    assert_eq!(screen.texts("status"), ["Loading 3 of 1,200"]);
    fixture.state.set(loaded());
    settle().await;
    assert!(!screen.texts("status").concat().contains("Loading"));
    assert_eq!(screen.text(".as-of"), "UTC Updated 14:05:10");
    assert!(!screen.one(".as-of").has_attribute("title"), "there is one age only");
    screen.click_button("Refresh");
    assert_eq!(fixture.refreshes.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn term_that_is_not_understood_lists_nothing_and_says_why() {
    let (screen, fixture) = list(three(), loaded());
    assert!(!screen.has("mark"));
    fixture.q.set("starts:tomorow colour:red -phase:nowhere".to_owned());
    settle().await;
    let marked: Vec<String> = screen.all(".understood li").iter().map(text_of).collect();
    assert_eq!(marked.len(), 3);
    assert!(marked[0].starts_with("starts:tomorow isn’t a valid time."), "{}", marked[0]);
    assert!(marked[1].starts_with("colour:red isn’t a search field."), "{}", marked[1]);
    assert!(marked[2].starts_with("-phase:nowhere isn’t a phase."), "{}", marked[2]);
    assert!(!screen.has_role("table", "Runs"));
    assert!(screen.shows("Part of the search isn’t understood, so no runs are listed."));
    screen.click_button("Remove starts:tomorow");
    screen.click_button("Search as text: -phase:nowhere");
    assert_eq!(
        fixture.queries.get_untracked(),
        ["colour:red -phase:nowhere", "starts:tomorow colour:red -\"phase:nowhere\""]
    );
    fixture.q.set("spring".to_owned());
    settle().await;
    assert_eq!((names(&screen), screen.has("mark")), (vec!["Spring".to_owned()], false));
}

#[wasm_bindgen_test]
async fn times_of_the_query_are_explained() {
    let (screen, fixture) = list(three(), loaded());
    fixture.q.set("starts < 2 h OR spring".to_owned());
    settle().await;
    assert_eq!(names(&screen), ["Spring", "Autumn"]);
    let meant: Vec<String> = screen.all(".chip-text").iter().map(text_of).collect();
    assert_eq!(meant, ["starts Sat 2 May 14:05 – Sat 2 May 16:05", "spring"]);
    fixture.q.set("spring".to_owned());
    settle().await;
    assert_eq!(screen.all(".chip-text").iter().map(text_of).collect::<Vec<_>>(), ["spring"]);
}

#[wasm_bindgen_test]
async fn names_are_found_however_they_are_written() {
    let (screen, fixture) = list(vec![run(json!({ "id": "k", "name": "Ko\u{308}ln\u{a0}–\u{200b} Ｓale" }))], loaded());
    fixture.q.set("\"köln - sale\"".to_owned());
    settle().await;
    assert_eq!(names(&screen).len(), 1);
    fixture.q.set("kölner".to_owned());
    settle().await;
    assert!(screen.shows("No runs match"));
}

#[wasm_bindgen_test]
async fn search_help_opens_with_one_click() {
    let (screen, fixture) = list(vec![run(json!({}))], loaded());
    let menu = screen.open_menu("How to search").await;
    assert!(screen.shows("Terms are separated by spaces, and all must match."));
    assert!(all_in(&menu, ".query-help tr").len() >= 15);
    screen.click_button("is:attention");
    assert_eq!(fixture.queries.get_untracked(), ["is:attention"]);
    assert!(!screen.has_role("button", "?run=…"), "no query");
}

#[wasm_bindgen_test]
async fn built_in_view_toggles_its_query() {
    let (screen, fixture) = list(three(), loaded());
    let is_pressed = |view: &str| {
        let pressed = found_in(&screen.find("group", "Views"), "button");
        let of = pressed.iter().find(|button| name_of(button) == view).unwrap();
        attribute(of, "aria-pressed").as_deref() == Some("true")
    };
    screen.open_menu("Views").await;
    screen.click_button("Open now");
    assert_eq!(fixture.queries.get_untracked(), ["is:running,open"]);
    fixture.q.set("is:running,open".to_owned());
    settle().await;
    screen.open_menu("Views").await;
    assert!(is_pressed("Open now") && !is_pressed("Needs attention"));
    screen.click_button("Open now");
    assert_eq!(fixture.queries.get_untracked(), ["is:running,open", ""]);
}

#[wasm_bindgen_test]
async fn export_button_says_which_runs_it_exports() {
    let (screen, fixture) = list(three(), loaded());
    assert!(!screen.find("button", "Export").has_attribute("disabled"));
    screen.open_menu("Export").await;
    assert!(screen.has_role("button", "Export 3 runs as CSV") && screen.has_role("button", "Export 3 runs as JSON"));
    let first = names(&screen).remove(0);
    fixture.q.set(format!("name:\"{first}\""));
    settle().await;
    assert!(screen.has_role("button", "Export 1 filtered run as CSV"));
    fixture.state.update(|state| state.reading = Some((3, Some(9))));
    settle().await;
    assert!(screen.has_role("button", "Export 1 filtered run read so far as JSON"));
    fixture.store.clear();
    settle().await;
    assert!(screen.find("button", "Export").has_attribute("disabled"));
}
