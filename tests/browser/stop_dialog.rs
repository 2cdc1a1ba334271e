//! The question before a stop: a real modal that cannot be answered twice.

use super::run_detail::{Parts, detail, detail_with};
use super::support::{Stage, described, focused, get, name_of, run_between, settle, tell, until};
use js_sys::Function;
use leptos::prelude::*;
use runboard::config::Config;
use runboard_core::policy::stop::Event;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::{Run, RunId, Status};
use runboard_core::summary::Summary;
use runboard_core::time::Span;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

const QUESTION: &str = "Stop this run?";

fn dialog(stage: &Stage) -> HtmlDialogElement {
    stage.one("dialog").unchecked_into()
}

async fn ask(stage: &Stage) {
    stage.press("Stop run");
    settle().await;
    assert!(stage.offers("dialog", QUESTION));
}

/// Opens it, and lets the run be read again.
async fn open(stage: &Stage, parts: Parts) {
    ask(stage).await;
    parts.reread();
    settle().await;
}

/// What is said before the answers.
fn said(stage: &Stage) -> String {
    described(&stage.find("dialog", QUESTION))
}

#[wasm_bindgen_test]
async fn it_opens_as_a_modal_with_the_harmless_answer_focused() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    assert!(!stage.offers("dialog", QUESTION));
    open(&stage, parts).await;
    assert!(dialog(&stage).matches(":modal").unwrap());
    assert!(focused(&stage.find("button", "Keep running")));
    assert!(!stage.offers("link", "Run again"), "what lies behind is out of reach");
    assert!(parts.stops.get_untracked().is_empty(), "asking is not stopping");
}

#[wasm_bindgen_test]
async fn it_names_the_run_and_the_environment_and_what_is_left_of_the_window() {
    let config = Config { environment: Some("production".to_owned()), ..Config::default() };
    let (stage, parts) = detail_with(config, run_between(-60, 61, "running"));
    open(&stage, parts).await;
    let said = said(&stage);
    assert!(said.starts_with("Spring sale"), "{said}");
    assert!(said.contains("Environment: production"), "{said}");
    assert!(said.contains("1 h 1 min of its window are left; it ends 2026-05-02 15:06:10 UTC."), "{said}");
    assert!(said.contains("What was already handed over may not be recalled"), "{said}");
}

#[wasm_bindgen_test]
async fn of_an_upcoming_run_it_says_when_it_would_open() {
    let (stage, parts) = detail(run_between(61, 120, "scheduled"));
    open(&stage, parts).await;
    let said = said(&stage);
    assert!(said.contains("It would open in 1 h 1 min, 2026-05-02 15:06:10 UTC."), "{said}");
    assert!(said.contains("Its window has not opened yet"), "{said}");
    assert!(!said.contains("Environment"), "{said}");
}

#[wasm_bindgen_test]
async fn hostile_names_are_text_in_their_own_places() {
    let hostile = "\u{202e}<img src=x onerror=alert(1)>";
    let config = Config { environment: Some(hostile.to_owned()), ..Config::default() };
    let (stage, parts) = detail_with(config, Run { name: hostile.into(), ..run_between(-60, 60, "running") });
    open(&stage, parts).await;
    assert_eq!(stage.text(".dialog-name bdi"), hostile);
    assert_eq!(stage.text(".dialog-environment bdi"), format!("Environment: {hostile}"));
    assert!(!stage.has("img"));
}

#[wasm_bindgen_test]
async fn keep_running_closes_it_and_stops_nothing() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    open(&stage, parts).await;
    stage.press("Keep running");
    settle().await;
    assert!(!dialog(&stage).open());
    assert!(parts.stops.get_untracked().is_empty());
    assert!(!stage.find("button", "Stop run").has_attribute("disabled"));
    open(&stage, parts).await;
}

#[wasm_bindgen_test]
async fn closing_it_returns_the_focus_to_the_button_that_opened_it() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    let opener = stage.find("button", "Stop run");
    opener.focus().unwrap();
    open(&stage, parts).await;
    stage.press("Keep running");
    settle().await;
    assert!(focused(&opener), "{:?}", super::support::document().active_element().map(|active| name_of(&active)));
}

#[wasm_bindgen_test]
async fn what_escape_does_keeps_the_run_and_the_question_can_be_asked_again() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    open(&stage, parts).await;
    // A page cannot press Escape itself; this is what the browser then asks of the dialog.
    let node = dialog(&stage);
    get(&node, "requestClose").unchecked_into::<Function>().call0(&node).unwrap();
    until("the dialog closes", || !dialog(&stage).open()).await;
    settle().await;
    assert!(parts.stops.get_untracked().is_empty());
    open(&stage, parts).await;
}

#[wasm_bindgen_test]
async fn a_closing_that_is_told_late_does_not_close_what_was_opened_again() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    for answer in ["Keep running", "Stop run"] {
        open(&stage, parts).await;
        tell(&dialog(&stage), "close");
        settle().await;
        stage.press(answer);
        settle().await;
    }
    assert_eq!(parts.stops.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn a_closing_that_is_told_when_the_page_has_gone_breaks_nothing() {
    let broken = Rc::new(Cell::new(false));
    let breaks = Rc::clone(&broken);
    let hear = Closure::<dyn FnMut()>::new(move || breaks.set(true));
    let window = web_sys::window().unwrap();
    window.add_event_listener_with_callback("error", hear.as_ref().unchecked_ref()).unwrap();
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    open(&stage, parts).await;
    let dialog = dialog(&stage);
    drop(stage);
    tell(&dialog, "close");
    settle().await;
    window.remove_event_listener_with_callback("error", hear.as_ref().unchecked_ref()).unwrap();
    assert!(!broken.get());
}

#[wasm_bindgen_test]
async fn stop_run_asks_once_with_the_status_that_was_shown_even_when_activated_twice() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    open(&stage, parts).await;
    let stop = stage.find("button", "Stop run");
    stop.click();
    stop.click();
    settle().await;
    stop.click();
    settle().await;
    assert_eq!(parts.stops.get_untracked(), [Some(Status::new("running"))]);
    assert!(!dialog(&stage).open());
}

#[wasm_bindgen_test]
async fn a_click_on_a_dialog_that_is_not_open_stops_nothing() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    for button in super::support::all_in(&dialog(&stage), "button") {
        button.unchecked_into::<web_sys::HtmlElement>().click();
    }
    settle().await;
    assert!(parts.stops.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn it_closes_when_the_window_ends_meanwhile() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    open(&stage, parts).await;
    stage.let_pass(Span::from_minutes(60));
    settle().await;
    assert!(!dialog(&stage).open());
    assert!(parts.stops.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn it_counts_down_while_it_is_open() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    open(&stage, parts).await;
    stage.let_pass(Span::from_minutes(45));
    settle().await;
    assert!(said(&stage).contains("15 min of its window are left"), "{}", said(&stage));
    assert!(focused(&stage.find("button", "Keep running")));
}

#[wasm_bindgen_test]
async fn it_stays_open_while_answers_come_in_and_tells_the_word_shown_last() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    open(&stage, parts).await;
    parts.run.set(Arc::new(run_between(-60, 90, "paused")));
    parts.reread();
    settle().await;
    assert!(dialog(&stage).open());
    assert!(focused(&stage.find("button", "Keep running")));
    stage.press("Stop run");
    assert_eq!(parts.stops.get_untracked(), [Some(Status::new("paused"))]);
}

#[wasm_bindgen_test]
async fn nothing_can_be_confirmed_before_the_run_was_read_again_or_that_took_too_long() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    ask(&stage).await;
    let rests = || stage.find("button", "Stop run").has_attribute("disabled");
    assert!(rests() && said(&stage).contains("Reading the run once more…"));
    parts.reread();
    settle().await;
    assert!(!rests() && said(&stage).contains("This is the run as it is now."));
    stage.press("Keep running");
    settle().await;
    ask(&stage).await;
    parts.tell(Event::ReadFailed(Problem::bare(ProblemKind::Unreachable { offline: true }), 0.5));
    settle().await;
    assert!(!rests() && said(&stage).contains("could not be read once more. This computer is offline."));
    stage.press("Keep running");
    settle().await;
    ask(&stage).await;
    stage.let_pass(Span::from_seconds(3));
    parts.tell(Event::Tick);
    settle().await;
    assert!(!rests() && said(&stage).contains("The API takes long to answer"));
    stage.press("Stop run");
    assert_eq!(parts.stops.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn a_run_that_proves_to_be_over_is_not_asked_about() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    ask(&stage).await;
    parts.run.set(Arc::new(run_between(-60, 60, "stopped")));
    parts.reread();
    settle().await;
    assert!(!dialog(&stage).open());
    assert!(stage.says("This run is already over. Nothing was changed. Its status is “stopped”."));
    assert!(parts.stops.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn it_says_the_counts_so_far_as_soon_as_they_are_known() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    open(&stage, parts).await;
    assert!(!said(&stage).contains("So far"));
    let counts =
        r#"{"action_delivery_status":{"recipients_count":1200,"status_succeeded_count":900,"status_failed_count":3}}"#;
    parts.tell(Event::SummaryRead(Summary::read(counts, &RunId::new("r-1")).unwrap()));
    settle().await;
    let said = said(&stage);
    assert!(said.contains("So far: 1,200 recipients, 900 succeeded, 3 failed."), "{said}");
}
