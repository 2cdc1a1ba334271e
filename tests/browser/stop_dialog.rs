//! The dialog that confirms a stop, once.

use super::run_detail::{DetailFixture, detail, detail_with};
use super::support::{Screen, description_of, dispatch, focused, get, name_of, run_between, settle, wait_until};
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

fn dialog(screen: &Screen) -> HtmlDialogElement {
    screen.one("dialog").unchecked_into()
}

async fn request_stop(screen: &Screen) {
    screen.click_button("Stop run");
    settle().await;
    assert!(screen.has_role("dialog", QUESTION));
}

/// Opens the dialog and reads the run again.
async fn open(screen: &Screen, fixture: DetailFixture) {
    request_stop(screen).await;
    fixture.reread();
    settle().await;
}

/// The text of the dialog, without its buttons.
fn dialog_text(screen: &Screen) -> String {
    description_of(&screen.find("dialog", QUESTION))
}

#[wasm_bindgen_test]
async fn dialog_is_modal_and_focuses_keep_running() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    assert!(!screen.has_role("dialog", QUESTION));
    open(&screen, fixture).await;
    assert!(dialog(&screen).matches(":modal").unwrap());
    assert!(focused(&screen.find("button", "Keep running")));
    assert!(!screen.has_role("link", "Run again"), "the page behind the dialog is inert");
    assert!(fixture.stops.get_untracked().is_empty(), "opening the dialog does not stop the run");
}

#[wasm_bindgen_test]
async fn dialog_names_run_environment_and_time_left() {
    let config = Config { environment: Some("production".to_owned()), ..Config::default() };
    let (screen, fixture) = detail_with(config, run_between(-60, 61, "running"));
    open(&screen, fixture).await;
    let text = dialog_text(&screen);
    assert!(text.starts_with("Spring sale"), "{text}");
    assert!(text.contains("Environment: production"), "{text}");
    assert!(text.contains("Ends in 1 h 1 min, Sat 2 May 2026 15:06:10 UTC."), "{text}");
    assert!(text.contains("Messages already sent can’t be recalled"), "{text}");
}

#[wasm_bindgen_test]
async fn dialog_for_an_upcoming_run_says_when_it_would_open() {
    let (screen, fixture) = detail(run_between(61, 120, "scheduled"));
    open(&screen, fixture).await;
    let text = dialog_text(&screen);
    assert!(text.contains("Starts in 1 h 1 min, Sat 2 May 2026 15:06:10 UTC."), "{text}");
    assert!(text.contains("It has not started yet"), "{text}");
    assert!(!text.contains("Environment"), "{text}");
    assert!(screen.has_role("button", "Keep run") && !screen.has_role("button", "Keep running"));
}

#[wasm_bindgen_test]
async fn dialog_for_a_run_that_runs_before_its_start_does_not_say_that_nothing_was_sent() {
    let (screen, fixture) = detail(run_between(61, 120, "scheduled"));
    request_stop(&screen).await;
    // The page may still know an older status than the dialog.
    let epoch = fixture.stop_state.get_untracked().epoch();
    let running = Run { status: Some(Status::new("running")), ..Run::clone(&fixture.run.get_untracked()) };
    fixture.handle(Event::Read(Box::new(running), epoch));
    settle().await;
    let text = dialog_text(&screen);
    assert!(!text.contains("It has not started yet") && text.contains("Messages already sent"), "{text}");
    assert!(screen.has_role("button", "Keep running") && !screen.has_role("button", "Keep run"));
}

#[wasm_bindgen_test]
async fn hostile_names_are_isolated_plain_text() {
    let hostile = "\u{202e}<img src=x onerror=alert(1)>";
    let config = Config { environment: Some(hostile.to_owned()), ..Config::default() };
    let (screen, fixture) = detail_with(config, Run { name: hostile.into(), ..run_between(-60, 60, "running") });
    open(&screen, fixture).await;
    assert_eq!(screen.text(".dialog-name bdi"), hostile);
    assert_eq!(screen.text(".dialog-environment bdi"), hostile);
    assert!(!screen.has("img"));
}

#[wasm_bindgen_test]
async fn keep_running_closes_the_dialog_without_a_stop() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    open(&screen, fixture).await;
    screen.click_button("Keep running");
    settle().await;
    assert!(!dialog(&screen).open());
    assert!(fixture.stops.get_untracked().is_empty());
    assert!(!screen.find("button", "Stop run").has_attribute("disabled"));
    open(&screen, fixture).await;
}

#[wasm_bindgen_test]
async fn closing_the_dialog_returns_focus_to_its_button() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    let opener = screen.find("button", "Stop run");
    opener.focus().unwrap();
    open(&screen, fixture).await;
    screen.click_button("Keep running");
    settle().await;
    assert!(focused(&opener), "{:?}", super::support::document().active_element().map(|active| name_of(&active)));
}

#[wasm_bindgen_test]
async fn escape_keeps_the_run_and_the_dialog_can_be_reopened() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    open(&screen, fixture).await;
    // A page cannot press Escape itself. The browser calls this for it.
    let node = dialog(&screen);
    get(&node, "requestClose").unchecked_into::<Function>().call0(&node).unwrap();
    wait_until("the dialog to close", || !dialog(&screen).open()).await;
    settle().await;
    assert!(fixture.stops.get_untracked().is_empty());
    open(&screen, fixture).await;
}

#[wasm_bindgen_test]
async fn late_close_event_does_not_close_a_reopened_dialog() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    for answer in ["Keep running", "Stop run"] {
        open(&screen, fixture).await;
        dispatch(&dialog(&screen), "close");
        settle().await;
        screen.click_button(answer);
        settle().await;
    }
    assert_eq!(fixture.stops.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn close_event_after_unmount_is_ignored() {
    let broken = Rc::new(Cell::new(false));
    let breaks = Rc::clone(&broken);
    let hear = Closure::<dyn FnMut()>::new(move || breaks.set(true));
    let window = web_sys::window().unwrap();
    window.add_event_listener_with_callback("error", hear.as_ref().unchecked_ref()).unwrap();
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    open(&screen, fixture).await;
    let dialog = dialog(&screen);
    drop(screen);
    dispatch(&dialog, "close");
    settle().await;
    window.remove_event_listener_with_callback("error", hear.as_ref().unchecked_ref()).unwrap();
    assert!(!broken.get());
}

#[wasm_bindgen_test]
async fn double_click_confirms_once_with_the_shown_status() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    open(&screen, fixture).await;
    let stop = screen.find("button", "Stop run");
    stop.click();
    stop.click();
    settle().await;
    stop.click();
    settle().await;
    assert_eq!(fixture.stops.get_untracked(), [Some(Status::new("running"))]);
    assert!(!dialog(&screen).open());
}

#[wasm_bindgen_test]
async fn clicking_in_a_closed_dialog_stops_nothing() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    for button in super::support::all_in(&dialog(&screen), "button") {
        button.unchecked_into::<web_sys::HtmlElement>().click();
    }
    settle().await;
    assert!(fixture.stops.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn dialog_closes_when_the_window_ends() {
    let (screen, fixture) = detail(run_between(-60, 60, "scheduled"));
    open(&screen, fixture).await;
    screen.advance_clock(Span::from_minutes(60));
    settle().await;
    assert!(!dialog(&screen).open());
    assert!(fixture.stops.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn dialog_counts_down() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    open(&screen, fixture).await;
    screen.advance_clock(Span::from_minutes(45));
    settle().await;
    assert!(dialog_text(&screen).contains("Ends in 15 min,"), "{}", dialog_text(&screen));
    assert!(focused(&screen.find("button", "Keep running")));
}

#[wasm_bindgen_test]
async fn dialog_stays_open_on_updates_and_confirms_the_latest_status() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    open(&screen, fixture).await;
    fixture.run.set(Arc::new(run_between(-60, 90, "paused")));
    fixture.reread();
    settle().await;
    assert!(dialog(&screen).open());
    assert!(focused(&screen.find("button", "Keep running")));
    screen.click_button("Stop run");
    assert_eq!(fixture.stops.get_untracked(), [Some(Status::new("paused"))]);
}

#[wasm_bindgen_test]
async fn confirming_waits_until_the_run_was_reread_or_timed_out() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    request_stop(&screen).await;
    let is_disabled = || screen.find("button", "Stop run").has_attribute("disabled");
    assert!(is_disabled() && dialog_text(&screen).contains("Checking the run…"));
    fixture.reread();
    settle().await;
    assert!(!is_disabled() && dialog_text(&screen).contains("Checked just now."));
    screen.click_button("Keep running");
    settle().await;
    request_stop(&screen).await;
    fixture.handle(Event::ReadFailed(Problem::bare(ProblemKind::Unreachable { offline: true }), 0.5));
    settle().await;
    assert!(!is_disabled() && dialog_text(&screen).contains("could not be checked. This computer is offline."));
    screen.click_button("Keep running");
    settle().await;
    request_stop(&screen).await;
    screen.advance_clock(Span::from_seconds(3));
    fixture.handle(Event::Tick);
    settle().await;
    assert!(!is_disabled() && dialog_text(&screen).contains("The API is slow to reply"));
    screen.click_button("Stop run");
    assert_eq!(fixture.stops.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn dialog_closes_when_the_run_turns_out_to_be_over() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    request_stop(&screen).await;
    fixture.run.set(Arc::new(run_between(-60, 60, "stopped")));
    fixture.reread();
    settle().await;
    assert!(!dialog(&screen).open());
    assert!(screen.shows("This run is already over. Nothing was changed. Its status is “stopped”."));
    assert!(fixture.stops.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn dialog_shows_counts_once_they_are_known() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    open(&screen, fixture).await;
    assert!(!dialog_text(&screen).contains("So far"));
    let counts =
        r#"{"action_delivery_status":{"recipients_count":1200,"status_succeeded_count":900,"status_failed_count":3}}"#;
    fixture.handle(Event::SummaryRead(Summary::read(counts, &RunId::new("r-1")).unwrap()));
    settle().await;
    let text = dialog_text(&screen);
    assert!(text.contains("So far: 1,200 recipients, 900 succeeded, 3 failed."), "{text}");
}
