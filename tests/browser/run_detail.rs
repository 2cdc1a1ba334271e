//! One run: its phase and the API's word, its window, and whether it can be stopped.

use super::support::{
    Stage, Witness, attribute, focused, found_in, in_minutes, run, run_between, settle, stage_with, text_of,
};
use leptos::prelude::*;
use runboard::components::RunDetail;
use runboard::config::Config;
use runboard::state::clock::Clock;
use runboard_core::policy::stop::{Effect, Event, Stage as At, StopState};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::{Run, Status};
use runboard_core::summary::Summary;
use runboard_core::time::Span;
use serde_json::json;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

/// What the view is given, and what it asked for.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) run: RwSignal<Arc<Run>>,
    pub(super) raw: RwSignal<String>,
    pub(super) summary: RwSignal<Option<Summary>>,
    pub(super) stopping: RwSignal<StopState>,
    pub(super) stale: RwSignal<bool>,
    /// The status that was shown with each request that was sent.
    pub(super) stops: RwSignal<Vec<Option<Status>>>,
    pub(super) seen: RwSignal<u32>,
    clock: Clock,
}

impl Parts {
    /// As the application drives it.
    pub(super) fn tell(self, event: Event) {
        let (state, effects) = self.stopping.get_untracked().step(event, self.clock.now());
        if let (true, At::Sending(request)) = (effects.contains(&Effect::Post), state.stage()) {
            self.stops.update(|stops| stops.push(request.run.status.clone()));
        }
        self.stopping.set(state);
    }

    /// The run is read again, as the dialog asks for it.
    pub(super) fn reread(self) {
        let epoch = self.stopping.get_untracked().epoch();
        self.tell(Event::Read(Box::new(Run::clone(&self.run.get_untracked())), epoch));
    }
}

pub(super) fn detail_with(config: Config, run: Run) -> (Stage, Parts) {
    stage_with(config, move |console| {
        let curl = console.api.curl(&run.id);
        let parts = Parts {
            run: RwSignal::new(Arc::new(run)),
            raw: RwSignal::new(String::new()),
            summary: RwSignal::new(None),
            stopping: RwSignal::new(StopState::default()),
            stale: RwSignal::new(false),
            stops: RwSignal::new(Vec::new()),
            seen: RwSignal::new(0),
            clock: console.ui.clock,
        };
        let Parts { run, raw, summary, stopping, stale, seen, .. } = parts;
        let node = view! {
            <RunDetail
                run=run
                raw=raw
                curl=curl
                stopping=stopping
                stale=stale
                summary=summary
                on_open=move |()| {
                    let run = Run::clone(&run.get_untracked());
                    parts.tell(Event::Open(Box::new(run), summary.get_untracked()));
                }
                on_keep=move |()| parts.tell(Event::KeepRunning)
                on_stop=move |()| parts.tell(Event::Confirm)
                on_seen=move |()| seen.update(|seen| *seen += 1)
            >
                <p class="the-summary">"summary"</p>
            </RunDetail>
        };
        (parts, node.into_any())
    })
}

pub(super) fn detail(run: Run) -> (Stage, Parts) {
    detail_with(Config::default(), run)
}

/// The label of the phase and the API's word.
fn status(stage: &Stage) -> (String, String) {
    (stage.text(".page-title .badge"), stage.text(".page-title .raw-status"))
}

/// What is said of the window.
fn window(stage: &Stage) -> String {
    text_of(&stage.find("region", "Window"))
}

fn elapsed(stage: &Stage) -> Option<String> {
    attribute(&stage.find("progressbar", "Window elapsed"), "aria-valuenow")
}

fn can_stop(stage: &Stage) -> bool {
    stage.offers("button", "Stop run")
}

#[wasm_bindgen_test]
fn an_upcoming_run_says_when_it_opens_and_can_be_stopped() {
    let (stage, _) = detail(run_between(90, 150, "scheduled"));
    assert_eq!(status(&stage), ("Upcoming".to_owned(), "scheduled".to_owned()));
    assert!(window(&stage).contains("Opens in 1 h 30 min"), "{}", window(&stage));
    assert_eq!(elapsed(&stage).as_deref(), Some("0"));
    assert!(can_stop(&stage));
    assert!(!stage.has(".notice"));
}

#[wasm_bindgen_test]
fn an_open_run_says_how_much_of_its_window_has_elapsed_and_can_be_stopped() {
    let (stage, _) = detail(run_between(-61, 59, "running"));
    assert_eq!(status(&stage), ("Open".to_owned(), "running".to_owned()));
    assert!(window(&stage).contains("Ends in 59 min"), "{}", window(&stage));
    assert!(window(&stage).contains("2026-05-02 13:04:10 UTC") && window(&stage).contains("2026-05-02 15:04:10 UTC"));
    assert_eq!(elapsed(&stage).as_deref(), Some("50"));
    let bar = stage.find("progressbar", "Window elapsed");
    assert_eq!(attribute(&bar, "aria-valuetext").as_deref(), Some("50 % of 2 h elapsed"));
    assert!(stage.says("The API does not say how far the job’s list is."));
    assert!(can_stop(&stage));
}

#[wasm_bindgen_test]
fn a_run_that_is_over_has_a_sentence_in_place_of_the_stop_button() {
    let (stage, _) = detail(run_between(-120, -60, "completed"));
    assert_eq!(status(&stage), ("Over".to_owned(), "completed".to_owned()));
    assert!(window(&stage).contains("Ended 1 h ago"), "{}", window(&stage));
    assert_eq!(elapsed(&stage).as_deref(), Some("100"));
    assert!(stage.says("Its window has ended: there is nothing left to stop."));
    assert!(!can_stop(&stage));
}

#[wasm_bindgen_test]
fn a_stopped_run_has_a_sentence_in_place_of_the_stop_button_and_no_bar() {
    let (stage, _) = detail(run_between(-60, 60, "cancelled"));
    assert_eq!(status(&stage), ("Stopped".to_owned(), "cancelled".to_owned()));
    assert!(stage.says("This run was stopped."));
    assert!(!can_stop(&stage));
    assert!(!stage.offers("progressbar", "Window elapsed"));
    assert!(window(&stage).contains("Stopped before the end of its window, or at it."));
}

#[wasm_bindgen_test]
fn a_run_without_a_readable_window_says_so_and_can_be_stopped() {
    let (stage, _) = detail(run(json!({ "status": "paused" })));
    assert_eq!(status(&stage), ("Unknown".to_owned(), "paused".to_owned()));
    assert!(window(&stage).contains("The API gave no readable start and end for this run."));
    assert!(!stage.offers("progressbar", "Window elapsed"));
    assert!(can_stop(&stage));
}

#[wasm_bindgen_test]
fn of_a_window_that_cannot_be_shown_it_is_said_what_is_wrong() {
    let (five, ten) = (in_minutes(5).to_iso(), in_minutes(10).to_iso());
    for (given, said) in [
        (json!({ "start_at": five }), "The API gave no readable end for this run."),
        (json!({ "end_at": five, "start_at": "soon" }), "The API gave no readable start for this run."),
        (json!({ "start_at": ten, "end_at": five }), "The end is not after the start"),
    ] {
        let (stage, _) = detail(run(given));
        assert!(window(&stage).contains(said), "{said}");
    }
}

#[wasm_bindgen_test]
fn the_bar_is_full_only_when_the_window_is_over() {
    let (stage, _) = detail(run_between(-9999, 1, "running"));
    assert_eq!(elapsed(&stage).as_deref(), Some("99"));
}

#[wasm_bindgen_test]
fn an_unknown_word_does_not_keep_an_open_run_from_being_stopped() {
    let (stage, _) = detail(run_between(-60, 60, "paused"));
    assert_eq!(status(&stage), ("Open".to_owned(), "paused".to_owned()));
    assert!(can_stop(&stage));
}

#[wasm_bindgen_test]
fn every_contradiction_between_word_and_window_is_said() {
    let cases = [
        (-60, 60, "scheduled", "The API still says “scheduled”; the window opened 1 h ago."),
        (-120, -60, "scheduled", "The API still says “scheduled”; the window ended 1 h ago."),
        (60, 120, "running", "The API says “running”; the window opens only in 1 h."),
        (-120, -60, "running", "The API still says “running”; the window ended 1 h ago."),
        (-60, 60, "completed", "The API says “completed”; 1 h of the window are left."),
        (60, -60, "running", "The end is not after the start, so this run has no window."),
    ];
    for (start, end, word, sentence) in cases {
        let (stage, _) = detail(run_between(start, end, word));
        let said = text_of(&stage.find("region", "Worth a look"));
        assert!(said.contains(sentence), "{word} from {start} to {end}: {said}");
        assert!(stage.has(".page-title .disagrees"), "{word} from {start} to {end}");
    }
}

#[wasm_bindgen_test]
fn a_word_that_fits_the_window_is_not_marked() {
    for (start, end, word) in [(60, 120, "scheduled"), (-60, 60, "running"), (-120, -60, "failed"), (-9, 9, "odd")] {
        let (stage, _) = detail(run_between(start, end, word));
        assert!(!stage.offers("region", "Worth a look") && !stage.has(".disagrees"), "{word} from {start} to {end}");
    }
}

#[wasm_bindgen_test]
fn where_stopping_is_switched_off_a_sentence_says_so_and_there_is_no_button() {
    let config = Config { may_stop: false, ..Config::default() };
    let (stage, _) = detail_with(config, run_between(-60, 60, "running"));
    assert!(stage.says("StopState is switched off in this console."));
    assert!(!can_stop(&stage));
}

#[wasm_bindgen_test]
async fn the_stop_button_rests_while_a_stop_is_under_way() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    let rests = || stage.find("button", "Stop run").has_attribute("disabled");
    assert!(!rests());
    let run = Box::new(run_between(-60, 60, "running"));
    let forbidden = Problem::bare(ProblemKind::Forbidden);
    for (event, resting) in [
        (Event::StopNow(run.clone(), None), true),
        (Event::Answered(Err(forbidden)), false),
        (Event::StopNow(run, None), true),
        (Event::Answered(Ok(None)), true),
    ] {
        parts.tell(event.clone());
        settle().await;
        assert_eq!(rests(), resting, "{event:?}");
    }
    // What nobody answers can be asked for again.
    stage.let_pass(Span::from_seconds(60));
    settle().await;
    assert!(!rests());
}

#[wasm_bindgen_test]
async fn the_phase_follows_the_clock_without_an_answer() {
    let (stage, _) = detail(run_between(30, 90, "scheduled"));
    assert_eq!(status(&stage).0, "Upcoming");
    stage.let_pass(Span::from_minutes(60));
    settle().await;
    assert_eq!(status(&stage).0, "Open");
    assert_eq!(elapsed(&stage).as_deref(), Some("50"));
    assert!(window(&stage).contains("Ends in 30 min"), "{}", window(&stage));
    assert!(stage.says("The API still says “scheduled”; the window opened 30 min ago."));
    stage.let_pass(Span::from_minutes(30));
    settle().await;
    assert_eq!(status(&stage).0, "Over");
    assert!(!can_stop(&stage));
}

#[wasm_bindgen_test]
async fn a_countdown_rewrites_its_own_words_and_nothing_else() {
    let (stage, _) = detail(run_between(-60, 60, "running"));
    settle().await;
    let witness = Witness::of(&stage.host);
    stage.let_pass(Span::from_seconds(61));
    settle().await;
    assert!(window(&stage).contains("Ends in 58 min 59 s"), "{}", window(&stage));
    // The closed dialog counts down, too.
    let own = [stage.find("region", "Window").into(), stage.one("dialog")];
    for record in witness.records() {
        assert!(own.iter().any(|part| part.contains(record.target().as_ref())), "{:?}", witness.changes());
    }
}

#[wasm_bindgen_test]
async fn the_focus_is_not_lost_when_the_stop_button_goes() {
    let (stage, _) = detail(run_between(-60, 60, "running"));
    settle().await;
    stage.find("button", "Stop run").focus().unwrap();
    stage.let_pass(Span::from_minutes(60));
    settle().await;
    assert!(!can_stop(&stage));
    let place = stage.one("#stop-control");
    assert!(focused(&place) && text_of(&place).contains("Its window has ended"));
}

#[wasm_bindgen_test]
async fn the_focus_elsewhere_stays_there_when_the_stop_button_goes() {
    let (stage, _) = detail(run_between(-60, 60, "running"));
    settle().await;
    let link = stage.find("link", "Run again");
    link.focus().unwrap();
    stage.let_pass(Span::from_minutes(60));
    settle().await;
    assert!(focused(&link));
}

#[wasm_bindgen_test]
async fn an_answer_with_another_word_changes_phase_and_word_together() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    parts.run.set(Arc::new(run_between(-60, 60, "stopped")));
    settle().await;
    assert_eq!(status(&stage), ("Stopped".to_owned(), "stopped".to_owned()));
}

#[wasm_bindgen_test]
async fn the_same_answer_again_changes_nothing() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    settle().await;
    let witness = Witness::of(&stage.host);
    parts.run.set(Arc::new(run_between(-60, 60, "running")));
    parts.stopping.set(StopState::default());
    settle().await;
    witness.saw_nothing();
}

#[wasm_bindgen_test]
fn a_run_without_a_name_has_a_heading_all_the_same() {
    let (stage, _) = detail(run(json!({ "name": "  " })));
    assert_eq!(stage.texts("heading")[0], "(no name)");
}

#[wasm_bindgen_test]
async fn old_facts_are_marked_and_the_summary_stands_among_them() {
    let (stage, parts) = detail(run(json!({})));
    let old = || stage.one(".the-summary").closest(".stale").unwrap();
    assert!(old().is_none());
    parts.stale.set(true);
    settle().await;
    assert!(old().is_some());
    assert!(found_in(&old().unwrap(), "region").iter().any(|part| text_of(part).starts_with("Details")));
}
