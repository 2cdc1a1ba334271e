//! The details of a run: phase, status, window, and whether it can be stopped.

use super::support::{
    MutationLog, Screen, attribute, focused, in_minutes, render_with, run, run_between, settle, text_of,
};
use leptos::prelude::*;
use runboard::components::RunDetail;
use runboard::config::Config;
use runboard::state::clock::Clock;
use runboard_core::policy::stop::{Effect, Event, Stage, StopState};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::{Run, Status};
use runboard_core::summary::Summary;
use runboard_core::time::Span;
use serde_json::json;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

/// The component's props, and what its callbacks received.
#[derive(Clone, Copy)]
pub(super) struct DetailFixture {
    pub(super) run: RwSignal<Arc<Run>>,
    pub(super) raw: RwSignal<String>,
    pub(super) summary: RwSignal<Option<Summary>>,
    pub(super) stop_state: RwSignal<StopState>,
    pub(super) stale: RwSignal<bool>,
    /// The status that was shown when each request was sent.
    pub(super) stops: RwSignal<Vec<Option<Status>>>,
    pub(super) dismissals: RwSignal<u32>,
    clock: &'static Clock,
}

impl DetailFixture {
    /// Steps the state machine as the application does.
    pub(super) fn handle(self, event: Event) {
        let (state, effects) = self.stop_state.get_untracked().step(event, self.clock.now());
        if let (true, Stage::Sending(request)) = (effects.contains(&Effect::Post), state.stage()) {
            self.stops.update(|stops| stops.push(request.run.status.clone()));
        }
        self.stop_state.set(state);
    }

    /// Reads the run again, as the dialog requests.
    pub(super) fn reread(self) {
        let epoch = self.stop_state.get_untracked().epoch();
        self.handle(Event::Read(Box::new(Run::clone(&self.run.get_untracked())), epoch));
    }
}

pub(super) fn detail_with(config: Config, run: Run) -> (Screen, DetailFixture) {
    render_with(config, move |context| {
        let curl = context.api.curl(&run.id);
        let fixture = DetailFixture {
            run: RwSignal::new(Arc::new(run)),
            raw: RwSignal::new(String::new()),
            summary: RwSignal::new(None),
            stop_state: RwSignal::new(StopState::default()),
            stale: RwSignal::new(false),
            stops: RwSignal::new(Vec::new()),
            dismissals: RwSignal::new(0),
            clock: context.ui.clock,
        };
        let DetailFixture { run, raw, summary, stop_state, stale, dismissals, .. } = fixture;
        let node = view! {
            <RunDetail
                run=run
                raw=raw
                curl=curl
                stop_state=stop_state
                stale=stale
                summary=summary
                on_open_dialog=move |()| {
                    let run = Run::clone(&run.get_untracked());
                    fixture.handle(Event::Open(Box::new(run), summary.get_untracked()));
                }
                on_keep_running=move |()| fixture.handle(Event::KeepRunning)
                on_confirm_stop=move |()| fixture.handle(Event::Confirm)
                on_dismiss=move |()| dismissals.update(|dismissals| *dismissals += 1)
            >
                <p class="the-summary">"summary"</p>
            </RunDetail>
        };
        (fixture, node.into_any())
    })
}

pub(super) fn detail(run: Run) -> (Screen, DetailFixture) {
    detail_with(Config::default(), run)
}

/// The state, and what stands beside it.
fn state(screen: &Screen) -> (String, Option<String>) {
    (
        screen.text(".run-title .badge"),
        screen.has(".run-title .state-note").then(|| screen.text(".run-title .state-note")),
    )
}

fn only(state: &str) -> (String, Option<String>) {
    (state.to_owned(), None)
}

fn with_note(state: &str, note: &str) -> (String, Option<String>) {
    (state.to_owned(), Some(note.to_owned()))
}

/// The text about the window.
fn window(screen: &Screen) -> String {
    text_of(&screen.find("region", "Window"))
}

fn elapsed(screen: &Screen) -> Option<String> {
    attribute(&screen.find("progressbar", "Window elapsed"), "aria-valuenow")
}

fn can_stop(screen: &Screen) -> bool {
    screen.has_role("button", "Stop run")
}

#[wasm_bindgen_test]
fn upcoming_run_shows_when_it_opens_and_can_be_stopped() {
    let (screen, _) = detail(run_between(90, 150, "scheduled"));
    assert_eq!(state(&screen), only("Scheduled"));
    assert!(window(&screen).contains("Starts in 1 h 30 min"), "{}", window(&screen));
    assert_eq!(elapsed(&screen).as_deref(), Some("0"));
    assert!(can_stop(&screen));
    assert!(!screen.has(".notice"));
}

#[wasm_bindgen_test]
fn open_run_shows_elapsed_time_and_can_be_stopped() {
    let (screen, _) = detail(run_between(-61, 59, "running"));
    assert_eq!(state(&screen), only("Running"));
    assert!(window(&screen).contains("Ends in 59 min"), "{}", window(&screen));
    let facts: Vec<String> = screen.all(".run-facts > span").iter().map(text_of).collect();
    assert_eq!(facts, ["Job: j-1", "Sat 2 May 13:04 – 15:04 UTC", "2 h"]);
    assert_eq!(elapsed(&screen).as_deref(), Some("50"));
    let bar = screen.find("progressbar", "Window elapsed");
    assert_eq!(attribute(&bar, "aria-valuetext").as_deref(), Some("50 % of 2 h elapsed"));
    assert!(screen.shows("This is elapsed time, not sending progress."));
    assert!(can_stop(&screen));
}

#[wasm_bindgen_test]
fn finished_run_says_when_it_ended_and_offers_no_stop() {
    let (screen, _) = detail(run_between(-120, -60, "completed"));
    assert_eq!(state(&screen), only("Completed"));
    assert!(window(&screen).contains("Ended 1 h ago"), "{}", window(&screen));
    assert!(!screen.has_role("progressbar", "Window elapsed"));
    assert!(!can_stop(&screen));
}

#[wasm_bindgen_test]
fn stopped_run_has_no_stop_button_and_no_progress_bar() {
    let (screen, _) = detail(run_between(-60, 60, "cancelled"));
    assert_eq!(state(&screen), only("Stopped"));
    assert_eq!(attribute(&screen.one(".run-title .status"), "title").as_deref(), Some("API status: cancelled"));
    assert!(!can_stop(&screen));
    assert!(!screen.has_role("progressbar", "Window elapsed"));
    assert!(!window(&screen).contains("Ends in") && !window(&screen).contains("last changed"));
}

#[wasm_bindgen_test]
fn run_without_a_window_says_so_and_can_be_stopped() {
    let (screen, _) = detail(run(json!({ "status": "paused" })));
    assert_eq!(state(&screen), with_note("Unknown", "“paused”"));
    assert!(window(&screen).contains("The API gave no readable start and end for this run."));
    assert!(!screen.has_role("progressbar", "Window elapsed"));
    assert!(can_stop(&screen));
}

#[wasm_bindgen_test]
fn invalid_window_says_what_is_wrong() {
    let (five, ten) = (in_minutes(5).to_iso(), in_minutes(10).to_iso());
    for (given, text) in [
        (json!({ "start_at": five }), "The API gave no readable end for this run."),
        (json!({ "end_at": five, "start_at": "soon" }), "The API gave no readable start for this run."),
        (json!({ "start_at": "0001-01-01T00:00:00Z", "end_at": five }), "The API gave no readable start for this run."),
        (json!({ "start_at": ten, "end_at": five }), "The end is not after the start"),
    ] {
        let (screen, _) = detail(run(given));
        assert!(window(&screen).contains(text), "{text}");
        assert_eq!(state(&screen), only("Scheduled"), "{text}");
        assert!(can_stop(&screen) && !screen.has_role("region", "Needs attention"), "{text}");
    }
}

#[wasm_bindgen_test]
fn without_a_window_the_word_of_the_api_decides_what_can_be_done() {
    for (word, state_word, may_stop) in [("running", "Running", true), ("failed", "Failed", false)] {
        let (screen, _) = detail(run_between(-60, -120, word));
        assert_eq!(state(&screen), only(state_word));
        assert_eq!(can_stop(&screen), may_stop, "{word}");
    }
}

#[wasm_bindgen_test]
fn run_that_the_api_calls_running_can_be_stopped_after_its_window() {
    let (screen, _) = detail(run_between(-120, -60, "running"));
    assert!(can_stop(&screen));
}

#[wasm_bindgen_test]
fn progress_bar_is_full_only_after_the_window() {
    let (screen, _) = detail(run_between(-9999, 1, "running"));
    assert_eq!(elapsed(&screen).as_deref(), Some("99"));
}

#[wasm_bindgen_test]
fn open_run_with_unknown_status_can_be_stopped() {
    let (screen, _) = detail(run_between(-60, 60, "paused"));
    assert_eq!(state(&screen), with_note("Open", "“paused”"));
    assert!(can_stop(&screen));
}

#[wasm_bindgen_test]
fn every_contradiction_of_status_and_window_is_reported() {
    let cases = [
        (-60, 60, "scheduled", "The API still says “scheduled”; the window opened 1 h ago."),
        (-120, -60, "scheduled", "The API still says “scheduled”; the window ended 1 h ago."),
        (60, 120, "running", "The API says “running”; the window does not open for another 1 h."),
        (-120, -60, "running", "The API still says “running”; the window ended 1 h ago."),
        (-60, 60, "completed", "The API says “completed”, with 1 h of the window left."),
    ];
    for (start, end, word, sentence) in cases {
        let (screen, _) = detail(run_between(start, end, word));
        let text = text_of(&screen.find("region", "Needs attention"));
        assert!(text.contains(sentence), "{word} from {start} to {end}: {text}");
        assert!(state(&screen).1.is_some(), "{word} from {start} to {end}");
    }
}

#[wasm_bindgen_test]
fn status_that_fits_the_window_is_not_marked() {
    for (start, end, word) in [(60, 120, "scheduled"), (-60, 60, "running"), (-120, -60, "completed")] {
        let (screen, _) = detail(run_between(start, end, word));
        assert!(
            !screen.has_role("region", "Needs attention") && state(&screen).1.is_none(),
            "{word} from {start} to {end}"
        );
    }
    let (screen, _) = detail(run_between(-9, 9, "odd"));
    assert!(!screen.has_role("region", "Needs attention"), "an unknown word contradicts nothing");
}

#[wasm_bindgen_test]
fn failed_run_says_so_first() {
    let (screen, _) = detail(run_between(-120, -60, "failed"));
    assert_eq!(state(&screen), only("Failed"));
    let text = text_of(&screen.find("region", "Needs attention"));
    assert!(text.starts_with("This run failed. No reason was given."), "{text}");
    assert!(screen.has(".notice.error.findings"));
}

#[wasm_bindgen_test]
fn no_stop_button_when_stopping_is_off() {
    let config = Config { may_stop: false, ..Config::default() };
    let (screen, _) = detail_with(config, run_between(-60, 60, "running"));
    assert!(screen.shows("Stopping is switched off in this console."));
    assert!(!can_stop(&screen));
}

#[wasm_bindgen_test]
async fn stop_button_is_disabled_while_a_stop_is_pending() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    let is_disabled = || screen.find("button", "Stop run").has_attribute("disabled");
    assert!(!is_disabled());
    let run = Box::new(run_between(-60, 60, "running"));
    let forbidden = Problem::bare(ProblemKind::Forbidden);
    for (event, resting) in [
        (Event::StopNow(run.clone(), None), true),
        (Event::Answered(Err(forbidden)), false),
        (Event::StopNow(run, None), true),
        (Event::Answered(Ok(None)), true),
    ] {
        fixture.handle(event.clone());
        settle().await;
        assert_eq!(is_disabled(), resting, "{event:?}");
    }
    // Without an answer, the stop can be repeated.
    screen.advance_clock(Span::from_seconds(60));
    settle().await;
    assert!(!is_disabled());
}

#[wasm_bindgen_test]
async fn state_follows_the_clock_without_a_request() {
    let (screen, _) = detail(run_between(30, 90, "scheduled"));
    assert_eq!(state(&screen).0, "Scheduled");
    screen.advance_clock(Span::from_minutes(60));
    settle().await;
    assert_eq!(state(&screen).0, "Open");
    assert_eq!(elapsed(&screen).as_deref(), Some("50"));
    assert!(window(&screen).contains("Ends in 30 min"), "{}", window(&screen));
    assert!(screen.shows("The API still says “scheduled”; the window opened 30 min ago."));
    screen.advance_clock(Span::from_minutes(30));
    settle().await;
    assert_eq!(state(&screen).0, "Ended");
    assert!(!can_stop(&screen));
}

#[wasm_bindgen_test]
async fn countdown_changes_only_its_own_text() {
    let (screen, _) = detail(run_between(-60, 60, "running"));
    settle().await;
    let mutations = MutationLog::of(&screen.host);
    screen.advance_clock(Span::from_seconds(61));
    settle().await;
    assert!(window(&screen).contains("Ends in 58 min 59 s"), "{}", window(&screen));
    // The closed dialog counts down as well.
    let own = [screen.find("region", "Window").into(), screen.one("dialog")];
    for record in mutations.records() {
        assert!(own.iter().any(|part| part.contains(record.target().as_ref())), "{:?}", mutations.changes());
    }
}

#[wasm_bindgen_test]
async fn focus_stays_nearby_when_the_stop_button_disappears() {
    let (screen, _) = detail(run_between(-60, 60, "scheduled"));
    settle().await;
    screen.find("button", "Stop run").focus().unwrap();
    screen.advance_clock(Span::from_minutes(60));
    settle().await;
    assert!(!can_stop(&screen));
    assert!(focused(&screen.find("group", "Actions")));
}

#[wasm_bindgen_test]
async fn focus_elsewhere_stays_when_the_stop_button_disappears() {
    let (screen, _) = detail(run_between(-60, 60, "running"));
    settle().await;
    let link = screen.find("link", "Run again");
    link.focus().unwrap();
    screen.advance_clock(Span::from_minutes(60));
    settle().await;
    assert!(focused(&link));
}

#[wasm_bindgen_test]
async fn new_status_updates_the_state() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    fixture.run.set(Arc::new(run_between(-60, 60, "stopped")));
    settle().await;
    assert_eq!(state(&screen), only("Stopped"));
}

#[wasm_bindgen_test]
async fn unchanged_run_makes_no_mutations() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    settle().await;
    let mutations = MutationLog::of(&screen.host);
    fixture.run.set(Arc::new(run_between(-60, 60, "running")));
    fixture.stop_state.set(StopState::default());
    settle().await;
    mutations.assert_none();
}

#[wasm_bindgen_test]
fn unnamed_run_has_a_heading() {
    let (screen, _) = detail(run(json!({ "name": "  " })));
    assert_eq!(screen.texts("heading")[0], "(no name)");
}

#[wasm_bindgen_test]
async fn stale_details_are_marked_including_the_summary() {
    let (screen, fixture) = detail(run(json!({})));
    let old = || screen.one(".the-summary").closest(".stale").unwrap();
    assert!(old().is_none());
    fixture.stale.set(true);
    settle().await;
    assert!(old().is_some());
    assert!(text_of(&old().unwrap()).contains("Details"));
}
