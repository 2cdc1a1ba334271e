//! Stopping several runs: what is asked, and what is told of it.

use super::support::{Stage, document, problem, run_between, server_failed, settle, stage_with, type_into};
use leptos::prelude::*;
use runboard::components::BulkStop;
use runboard::config::Config;
use runboard_core::policy::bulk_stop::{BulkStopState, Event, StopProgress};
use runboard_core::problem::ProblemKind;
use runboard_core::run::{Run, RunId, Status};
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Clone, Copy)]
struct Parts {
    bulk: RwSignal<BulkStopState>,
    signed_in: RwSignal<bool>,
    events: RwSignal<Vec<Event>>,
}

fn one(id: &str, name: &str, end: i64) -> Arc<Run> {
    Arc::new(Run { id: RunId::new(id), name: Arc::from(name), ..run_between(-60, end, "running") })
}

async fn staged() -> (Stage, Parts) {
    let config = Config { environment: Some("staging".to_owned()), ..Config::default() };
    let staged = stage_with(config, move |_| {
        let parts = Parts {
            bulk: RwSignal::new(BulkStopState::default()),
            signed_in: RwSignal::new(true),
            events: RwSignal::new(Vec::new()),
        };
        let Parts { bulk, signed_in, events } = parts;
        let bulk: Signal<BulkStopState> = bulk.into();
        let node = view! { <BulkStop bulk=bulk signed_in=signed_in on_event=move |event| events.update(|events| events.push(event)) /> };
        (parts, node.into_any())
    });
    settle().await;
    staged
}

impl Parts {
    /// What happened, as the application would take it in.
    async fn on(self, stage: &Stage, event: Event) {
        let now = stage.console.ui.clock.now();
        self.bulk.update(|bulk| *bulk = std::mem::take(bulk).step(event, now).0);
        settle().await;
    }

    fn read(id: &str) -> Event {
        Event::Read(RunId::new(id), Ok(Box::new((*one(id, id, 60)).clone())))
    }
}

fn went(id: &str, went: StopProgress) -> Event {
    Event::Progressed(RunId::new(id), went)
}

fn disabled(stage: &Stage, name: &str) -> bool {
    stage.find("button", name).has_attribute("disabled")
}

#[wasm_bindgen_test]
async fn the_dialog_names_every_run_and_the_environment_and_leaves_out_what_is_over() {
    let (stage, parts) = staged().await;
    assert!(!stage.has("dialog[open]"));
    let runs = vec![one("a", "Autumn", 60), one("b", "Mailing", -1), one("c", "Spring", 90)];
    parts.on(&stage, Event::Open(runs)).await;
    let dialog = stage.find("dialog", "Stop 2 runs?");
    assert_eq!(
        stage.texts("listitem"),
        [
            "Autumn Open, ends 2026-05-02 15:05:10 UTC",
            "Spring Open, ends 2026-05-02 15:35:10 UTC",
            "Mailing already over (“running”), left out",
        ]
    );
    assert!(stage.says("Environment: staging"));
    assert_eq!(stage.texts("button"), ["Keep them running", "Stop 2 runs"]);
    assert!(dialog.contains(document().active_element().map(Into::into).as_ref()));
    stage.press("Stop 2 runs");
    assert_eq!(parts.events.get_untracked(), [Event::Confirm(String::new())]);
}

#[wasm_bindgen_test]
async fn above_five_the_number_has_to_be_typed() {
    let (stage, parts) = staged().await;
    let runs = (0..6).map(|number| one(&number.to_string(), "Mailing", 60)).collect();
    parts.on(&stage, Event::Open(runs)).await;
    let field = stage.find("textbox", "Type 6 to stop them");
    assert!(disabled(&stage, "Stop 6 runs"));
    type_into(&field, "5");
    settle().await;
    assert!(disabled(&stage, "Stop 6 runs"));
    type_into(&field, "6");
    settle().await;
    assert!(!disabled(&stage, "Stop 6 runs"));
    stage.press("Stop 6 runs");
    assert_eq!(parts.events.get_untracked(), [Event::Confirm("6".to_owned())]);
    // What was typed for one list is not there for the next.
    parts.on(&stage, Event::KeepRunning).await;
    parts.on(&stage, Event::Open((0..6).map(|number| one(&number.to_string(), "Mailing", 60)).collect())).await;
    assert!(disabled(&stage, "Stop 6 runs"));
}

#[wasm_bindgen_test]
async fn keeping_them_closes_the_dialog() {
    let (stage, parts) = staged().await;
    parts.on(&stage, Event::Open(vec![one("a", "Autumn", 60)])).await;
    stage.press("Keep them running");
    assert_eq!(parts.events.get_untracked(), [Event::KeepRunning]);
    parts.on(&stage, Event::KeepRunning).await;
    assert!(!stage.has("dialog[open]"));
    assert!(!stage.has("progress"));
}

async fn of_three() -> (Stage, Parts) {
    let (stage, parts) = staged().await;
    parts.on(&stage, Event::Open(vec![one("a", "Autumn", 60), one("b", "Mailing", 60), one("c", "Spring", 60)])).await;
    stage.console.ui.selection.update(|selection| selection.add(&[RunId::new("a")]));
    parts.on(&stage, Event::Confirm(String::new())).await;
    (stage, parts)
}

#[wasm_bindgen_test]
async fn each_result_is_told_and_how_far_it_is() {
    let (stage, parts) = of_three().await;
    assert!(stage.offers("heading", "Stopping 3 runs"));
    assert_eq!(stage.console.ui.selection.get_untracked().ids(), []);
    assert_eq!(stage.texts("listitem"), ["Autumn being read", "Mailing being read", "Spring waiting"]);
    parts.on(&stage, Parts::read("a")).await;
    parts.on(&stage, went("a", StopProgress::Stopped(Status::new("stopped")))).await;
    parts.on(&stage, Event::Read(RunId::new("b"), Err(server_failed()))).await;
    assert!(stage.says("2 of 3 have a result"));
    assert_eq!(stage.one("progress").get_attribute("value").as_deref(), Some("2"));
    parts.on(&stage, Parts::read("c")).await;
    parts.on(&stage, went("c", StopProgress::Asked)).await;
    assert_eq!(
        stage.texts("listitem"),
        [
            "Autumn stopped (“stopped”)",
            "Mailing not asked: it could not be read. The API failed (error 503).",
            "Spring asked, not confirmed yet",
        ]
    );
    assert!(stage.offers("heading", "Stop of 3 runs"));
    assert_eq!(stage.announced(), "1 stopped, 1 asked, not confirmed yet, 1 not read");
    // Asked is not done; what shows later is told in its place.
    parts.on(&stage, went("c", StopProgress::Stopped(Status::new("stopped")))).await;
    assert!(stage.says("2 stopped, 1 not read"));
    stage.press("Dismiss");
    assert_eq!(parts.events.get_untracked(), [Event::Dismiss]);
}

#[wasm_bindgen_test]
async fn the_rest_can_be_left_alone() {
    let (stage, parts) = of_three().await;
    stage.press("Do not stop the rest");
    assert_eq!(parts.events.get_untracked(), [Event::CancelRemaining]);
    parts.on(&stage, Event::CancelRemaining).await;
    assert!(stage.says("What was sent already cannot be taken back."));
    assert!(!stage.offers("button", "Do not stop the rest"));
    assert!(stage.says("Spring not asked: the rest was not to be stopped"));
}

#[wasm_bindgen_test]
async fn after_a_401_it_goes_on_only_with_a_new_token_and_a_click() {
    let (stage, parts) = of_three().await;
    parts.signed_in.set(false);
    let refused = problem(ProblemKind::Unauthorised { expired: true });
    parts.on(&stage, Event::Read(RunId::new("a"), Err(refused))).await;
    assert!(stage.texts("alert")[0].contains("Nothing more is sent until you have signed in and pressed “Go on”."));
    assert!(disabled(&stage, "Go on"));
    parts.signed_in.set(true);
    settle().await;
    assert!(stage.texts("alert")[0].contains("You are signed in again."));
    stage.press("Go on");
    assert_eq!(parts.events.get_untracked(), [Event::Continue(true)]);
    parts.on(&stage, Event::Continue(true)).await;
    assert_eq!(stage.texts("alert"), Vec::<String>::new());
}
