//! Stopping several runs: the dialog and the report.

use super::support::{Screen, document, problem, render_with, run_between, server_failed, settle, text_of, type_into};
use leptos::prelude::*;
use runboard::components::BulkStop;
use runboard::config::Config;
use runboard_core::policy::bulk_stop::{BulkStopState, Event, StopProgress};
use runboard_core::problem::ProblemKind;
use runboard_core::run::{Run, RunId, Status};
use runboard_core::time::Span;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Clone, Copy)]
struct Fixture {
    bulk_stop: RwSignal<BulkStopState>,
    signed_in: RwSignal<bool>,
    events: RwSignal<Vec<Event>>,
}

fn run(id: &str, name: &str, end: i64) -> Arc<Run> {
    Arc::new(Run { id: RunId::new(id), name: Arc::from(name), ..run_between(-60, end, "running") })
}

async fn bulk_stop() -> (Screen, Fixture) {
    let config = Config { environment: Some("staging".to_owned()), ..Config::default() };
    let staged = render_with(config, move |_| {
        let fixture = Fixture {
            bulk_stop: RwSignal::new(BulkStopState::default()),
            signed_in: RwSignal::new(true),
            events: RwSignal::new(Vec::new()),
        };
        let Fixture { bulk_stop, signed_in, events } = fixture;
        let bulk_stop: Signal<BulkStopState> = bulk_stop.into();
        let on_event = move |event| events.update(|events| events.push(event));
        let node = view! { <BulkStop bulk_stop=bulk_stop signed_in=signed_in on_event=on_event /> };
        (fixture, node.into_any())
    });
    settle().await;
    staged
}

impl Fixture {
    /// Steps the state machine as the application does.
    async fn step(self, screen: &Screen, event: Event) {
        let now = screen.context.ui.clock.now();
        self.bulk_stop.update(|bulk_stop| *bulk_stop = std::mem::take(bulk_stop).step(event, now).0);
        settle().await;
    }

    fn read(id: &str) -> Event {
        Event::Read(RunId::new(id), Ok(Box::new((*run(id, id, 60)).clone())))
    }
}

fn progressed(id: &str, progress: StopProgress) -> Event {
    Event::Progressed(RunId::new(id), progress)
}

fn is_disabled(screen: &Screen, name: &str) -> bool {
    screen.find("button", name).has_attribute("disabled")
}

#[wasm_bindgen_test]
async fn dialog_lists_runs_and_environment_and_leaves_out_finished_runs() {
    let (screen, fixture) = bulk_stop().await;
    assert!(!screen.has("dialog[open]"));
    let runs = vec![
        run("a", "Autumn", 60),
        Arc::new(Run { status: Some(Status::new("completed")), ..(*run("b", "Mailing", -1)).clone() }),
        run("c", "Spring", 90),
    ];
    fixture.step(&screen, Event::Open(runs)).await;
    let dialog = screen.find("dialog", "Stop 2 runs?");
    assert_eq!(
        screen.texts("listitem"),
        [
            "Autumn Running, ends Sat 2 May 2026 15:05:10 UTC",
            "Spring Running, ends Sat 2 May 2026 15:35:10 UTC",
            "Mailing already over (“completed”), left out",
        ]
    );
    assert!(screen.shows("Environment: staging"));
    assert_eq!(screen.texts("button"), ["Keep them running", "Stop 2 runs"]);
    assert!(dialog.contains(document().active_element().map(Into::into).as_ref()));
    screen.click_button("Stop 2 runs");
    assert_eq!(fixture.events.get_untracked(), [Event::Confirm(String::new())]);
}

#[wasm_bindgen_test]
async fn more_than_five_runs_require_typing_their_number() {
    let (screen, fixture) = bulk_stop().await;
    let runs = (0..6).map(|number| run(&number.to_string(), "Mailing", 60)).collect();
    fixture.step(&screen, Event::Open(runs)).await;
    let field = screen.find("textbox", "Type 6 to stop them");
    assert!(is_disabled(&screen, "Stop 6 runs"));
    type_into(&field, "5");
    settle().await;
    assert!(is_disabled(&screen, "Stop 6 runs"));
    type_into(&field, "6");
    settle().await;
    assert!(!is_disabled(&screen, "Stop 6 runs"));
    screen.click_button("Stop 6 runs");
    assert_eq!(fixture.events.get_untracked(), [Event::Confirm("6".to_owned())]);
    // The number typed for one list is cleared for the next.
    fixture.step(&screen, Event::KeepRunning).await;
    fixture.step(&screen, Event::Open((0..6).map(|number| run(&number.to_string(), "Mailing", 60)).collect())).await;
    assert!(is_disabled(&screen, "Stop 6 runs"));
}

#[wasm_bindgen_test]
async fn keep_them_running_closes_the_dialog() {
    let (screen, fixture) = bulk_stop().await;
    fixture.step(&screen, Event::Open(vec![run("a", "Autumn", 60)])).await;
    screen.click_button("Keep them running");
    assert_eq!(fixture.events.get_untracked(), [Event::KeepRunning]);
    fixture.step(&screen, Event::KeepRunning).await;
    assert!(!screen.has("dialog[open]"));
    assert!(!screen.has("progress"));
}

async fn confirmed_for_three() -> (Screen, Fixture) {
    let (screen, fixture) = bulk_stop().await;
    fixture
        .step(&screen, Event::Open(vec![run("a", "Autumn", 60), run("b", "Mailing", 60), run("c", "Spring", 60)]))
        .await;
    screen.context.ui.selection.update(|selection| selection.add(&["a", "b"].map(RunId::new)));
    fixture.step(&screen, Event::Confirm(String::new())).await;
    (screen, fixture)
}

#[wasm_bindgen_test]
async fn report_shows_each_result_and_the_progress() {
    let (screen, fixture) = confirmed_for_three().await;
    assert!(screen.has_role("heading", "Stopping 3 runs"));
    let selected = || screen.context.ui.selection.get_untracked().ids().to_vec();
    assert_eq!(selected(), ["a", "b"].map(RunId::new));
    assert!(!screen.has(".bulk li"), "only runs that need the person are named");
    fixture.step(&screen, Fixture::read("a")).await;
    fixture.step(&screen, progressed("a", StopProgress::Stopped(Status::new("stopped")))).await;
    fixture.step(&screen, Event::Read(RunId::new("b"), Err(server_failed()))).await;
    assert!(screen.has_role("heading", "Stopping 3 runs: 1 stopped, 1 not checked"));
    let value = screen.one("progress").get_attribute("value");
    assert_eq!(value.as_deref(), Some("1"), "the one that could not be read was not asked");
    assert_eq!(selected(), [RunId::new("b")], "what was not stopped stays selected");
    fixture.step(&screen, Fixture::read("c")).await;
    fixture.step(&screen, progressed("c", StopProgress::Requested)).await;
    assert_eq!(
        screen.texts("listitem"),
        [
            "Mailing not stopped: it could not be checked. The API failed (error 503).",
            "Spring stop accepted, not confirmed yet",
        ]
    );
    let outcome = "1 of 3 runs stopped: 1 not confirmed yet, 1 not checked";
    assert_eq!(screen.texts("heading"), [outcome]);
    assert_eq!(screen.announced(), outcome);
    assert!(screen.one("progress").has_attribute("hidden"), "the heading says it all");
    assert_eq!(text_of(&screen.one(".bulk")).matches("stopped").count(), 2, "in the heading, and why one was not");
    // The entry is updated when the stop is confirmed later.
    fixture.step(&screen, progressed("c", StopProgress::Stopped(Status::new("stopped")))).await;
    assert!(screen.has_role("heading", "2 of 3 runs stopped: 1 not checked"));
    assert_eq!(screen.all(".bulk li").len(), 1, "what was stopped needs nothing more");
    screen.click_button("Dismiss");
    assert_eq!(fixture.events.get_untracked(), [Event::Dismiss]);
}

#[wasm_bindgen_test]
async fn run_answered_with_429_waits_and_stays_selected() {
    let (screen, fixture) = confirmed_for_three().await;
    fixture.step(&screen, Fixture::read("a")).await;
    let limited = problem(ProblemKind::Limited { wait: Some(Span::from_seconds(60)) });
    fixture.step(&screen, progressed("a", StopProgress::Refused(limited))).await;
    assert!(screen.shows("continuing at 14:06:10 UTC"));
    assert!(screen.has_role("heading", "Stopping 3 runs"), "none has a result");
    assert_eq!(screen.context.ui.selection.get_untracked().ids(), ["a", "b"].map(RunId::new));
}

#[wasm_bindgen_test]
async fn remaining_stops_can_be_cancelled() {
    let (screen, fixture) = confirmed_for_three().await;
    screen.click_button("Cancel remaining stops");
    assert_eq!(fixture.events.get_untracked(), [Event::CancelRemaining]);
    fixture.step(&screen, Event::CancelRemaining).await;
    assert!(screen.shows("Those already sent can’t be taken back."));
    assert!(!screen.has_role("button", "Cancel remaining stops"));
    assert!(screen.shows("Spring skipped: you cancelled"));
}

#[wasm_bindgen_test]
async fn after_401_continues_only_with_a_new_token_and_a_click() {
    let (screen, fixture) = confirmed_for_three().await;
    fixture.signed_in.set(false);
    let refused = problem(ProblemKind::Unauthorised { expired: true });
    fixture.step(&screen, Event::Read(RunId::new("a"), Err(refused))).await;
    assert!(screen.texts("alert")[0].contains("Nothing more is sent until you have signed in and pressed “Continue”."));
    assert!(is_disabled(&screen, "Continue"));
    fixture.signed_in.set(true);
    settle().await;
    assert!(screen.texts("alert")[0].contains("You are signed in again."));
    screen.click_button("Continue");
    assert_eq!(fixture.events.get_untracked(), [Event::Continue(true)]);
    fixture.step(&screen, Event::Continue(true)).await;
    assert_eq!(screen.texts("alert"), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn runs_that_another_tab_is_stopping_are_named_and_left_to_it() {
    let (screen, fixture) = bulk_stop().await;
    fixture.step(&screen, Event::Open(vec![run("a", "Autumn", 60), run("b", "Spring", 60)])).await;
    fixture.step(&screen, Event::Elsewhere(vec![RunId::new("a")])).await;
    let dialog = screen.find("dialog", "Stop 1 run?");
    assert!(screen.shows("Spring Running, ends") && screen.shows("Autumn being stopped in another tab, left out"));
    assert!(!is_disabled(&screen, "Stop 1 run"));
    fixture.step(&screen, Event::Elsewhere(vec![RunId::new("a"), RunId::new("b")])).await;
    assert!(text_of(&dialog).contains("There is nothing to stop here."));
    assert!(is_disabled(&screen, "Stop 0 runs"));
    fixture.step(&screen, Event::Elsewhere(vec![RunId::new("a")])).await;
    fixture.step(&screen, Event::Confirm(String::new())).await;
    fixture.step(&screen, Fixture::read("b")).await;
    fixture.step(&screen, progressed("b", StopProgress::Stopped(Status::new("stopped")))).await;
    assert!(screen.shows("1 of 2 runs stopped: 1 left to another tab"));
    assert!(screen.shows("left to another tab, which was stopping it"));
}
