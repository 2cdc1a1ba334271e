//! Rescheduling: a form that changes nothing, and the report of what is unclear.

use super::new_run_form::complete_draft;
use super::support::create_states::{self, asked};
use super::support::{Screen, at, attribute, description_of, problem, render, run, settle};
use leptos::prelude::*;
use runboard::components::{KnownRuns, NewRunForm, Prefill, ReplacedRun, RescheduleNotice};
use runboard_core::draft::{Draft, JobOptions, NewRun};
use runboard_core::policy::create::CreateState;
use runboard_core::policy::reschedule::{CreateOutcome, Event, OldRunEnd, RescheduleState, StopOutcome};
use runboard_core::problem::ProblemKind;
use runboard_core::run::{Run, RunId};
use serde_json::json;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

const SUBMIT: &str = "Schedule new run, then stop the old one";

/// A form that is filled in with the run that it replaces.
fn form() -> (Screen, RwSignal<Vec<NewRun>>) {
    form_beside(RwSignal::new(false))
}

/// The same, with whether another reschedule is not finished.
fn form_beside(other_unfinished: RwSignal<bool>) -> (Screen, RwSignal<Vec<NewRun>>) {
    let old = run(json!({
        "id": "old", "job_id": "job-1", "name": "Spring sale",
        "start_at": "2026-05-03T09:00:00.123Z", "end_at": "2026-05-03T17:00:00.456Z",
    }));
    render(move |_| {
        let sent = RwSignal::new(Vec::new());
        let old: Option<Arc<Run>> = Some(Arc::new(old));
        let node = view! {
            <NewRunForm
                draft=RwSignal::new(Draft { replaced_start: Some(at("2026-05-03T09:00:00.123Z")), ..complete_draft() })
                prefill=RwSignal::new(Prefill::None)
                replaces=Some(ReplacedRun { id: RunId::new("old"), run: Signal::stored(old), other_unfinished: other_unfinished.into() })
                known_runs=RwSignal::new(KnownRuns::All)
                jobs=RwSignal::new(JobOptions::new(["job-1".to_owned()], &[]))
                clashes=|_: NewRun| Vec::new()
                create_state=RwSignal::new(CreateState::default())
                fingerprint=create_states::fingerprint()
                other_tab=|_: NewRun| None
                on_submit=move |run| sent.update(|sent| sent.push(run))
                on_send_again=|_: NewRun| ()
                on_start_over=|()| {}
                on_dismiss=|()| ()
            />
        };
        (sent, node.into_any())
    })
}

fn is_disabled(screen: &Screen) -> bool {
    attribute(&screen.find("button", SUBMIT), "aria-disabled").as_deref() == Some("true")
}

#[wasm_bindgen_test]
async fn reschedule_that_changes_nothing_is_not_sent_and_says_why() {
    let (screen, sent) = form();
    settle().await;
    assert!(is_disabled(&screen));
    assert_eq!(description_of(&screen.find("button", SUBMIT)), "Nothing has changed.");
    screen.click_button(SUBMIT);
    settle().await;
    assert!(sent.get_untracked().is_empty());
    screen.type_text("Start", "2026-05-03 10:00");
    settle().await;
    assert!(!is_disabled(&screen));
    assert_eq!(description_of(&screen.find("button", SUBMIT)), "");
    screen.click_button(SUBMIT);
    assert_eq!(sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn reschedule_waits_for_another_one_and_says_why() {
    let other_unfinished = RwSignal::new(true);
    let (screen, sent) = form_beside(other_unfinished);
    screen.type_text("Start", "2026-05-03 10:00");
    settle().await;
    let why = "Another reschedule is not finished yet. Finish it first.";
    assert_eq!(description_of(&screen.find("button", SUBMIT)), why);
    screen.click_button(SUBMIT);
    settle().await;
    assert!(is_disabled(&screen) && sent.get_untracked().is_empty());
    other_unfinished.set(false);
    settle().await;
    screen.click_button(SUBMIT);
    assert_eq!(sent.get_untracked().len(), 1);
}

/// The texts of start and end.
fn typed_window(screen: &Screen) -> [String; 2] {
    [screen.field("textbox", "Start").value(), screen.field("textbox", "End").value()]
}

#[wasm_bindgen_test]
async fn usual_moves_count_from_the_start_of_the_old_run_and_keep_its_length() {
    let (screen, _) = form();
    for (button, expected) in [
        ("1 h later", ["2026-05-03 10:00", "2026-05-03 18:00"]),
        ("2 h later", ["2026-05-03 11:00", "2026-05-03 19:00"]),
        ("1 day later", ["2026-05-04 09:00", "2026-05-04 17:00"]),
    ] {
        screen.click_button(button);
        settle().await;
        assert_eq!(typed_window(&screen), expected, "{button}");
    }
}

#[wasm_bindgen_test]
async fn a_plus_counts_from_the_start_of_the_old_run() {
    let (screen, sent) = form();
    screen.type_text("Start", "+2h");
    settle().await;
    assert_eq!(typed_window(&screen), ["+2h", "2026-05-03 19:00"]);
    assert!(description_of(&screen.find("textbox", "Start")).starts_with("Sun 3 May 2026 11:00"));
    screen.click_button(SUBMIT);
    let starts: Vec<_> = sent.get_untracked().iter().map(|run| run.start_at.second()).collect();
    assert_eq!(starts, [at("2026-05-03T11:00:00Z").second()]);
}

#[wasm_bindgen_test]
async fn earlier_start_than_that_of_the_old_run_is_warned_of() {
    let (screen, _) = form();
    let warning = "It will start 1 h earlier than the old run.";
    assert!(!screen.shows(warning));
    screen.type_text("Start", "2026-05-03 08:00");
    settle().await;
    assert!(screen.shows(warning));
    screen.type_text("Start", "2026-05-03 09:00");
    settle().await;
    assert!(!screen.shows("earlier than the old run"), "the same second is not earlier");
}

#[wasm_bindgen_test]
async fn cancelling_a_reschedule_leads_back_to_the_run() {
    let (screen, _) = form();
    assert_eq!(screen.link("Cancel"), "./?run=old");
}

fn stopping() -> RescheduleState {
    let new = NewRun { name: "Autumn sale".to_owned(), ..asked() };
    let read = |id: &str, start: &str| {
        Ok(Box::new(run(json!({
            "id": id, "job_id": "job-1", "name": "Autumn sale",
            "start_at": start, "end_at": "2026-05-03T17:00:00Z",
        }))))
    };
    let events = [
        Event::Created(CreateOutcome::Made(RunId::new("new"))),
        Event::NewRead(RunId::new("new"), read("new", "2026-05-03T09:00:00Z")),
        Event::OldRead(RunId::new("old"), read("old", "2026-05-03T08:00:00Z")),
    ];
    let state = RescheduleState::new(RunId::new("old"), new, "key".to_owned());
    events.into_iter().fold(state, |state, event| state.step(event, at("2026-05-02T14:05:10Z")).0)
}

fn notice(state: RescheduleState) -> (Screen, RwSignal<Vec<Event>>) {
    render(move |_| {
        let decided = RwSignal::new(Vec::new());
        let node = view! {
            <RescheduleNotice
                reschedule=RwSignal::new(Some((state, "Spring sale".to_owned())))
                on_decide=move |event| decided.update(|decided| decided.push(event))
                on_dismiss=|()| ()
            />
        };
        (decided, node.into_any())
    })
}

fn after(outcome: StopOutcome) -> RescheduleState {
    stopping().step(Event::Stopped(outcome), at("2026-05-02T14:05:10Z")).0
}

#[wasm_bindgen_test]
fn stop_of_unknown_outcome_can_be_sent_again_at_once() {
    let (screen, decided) = notice(after(StopOutcome::Unclear { not_stopped_at: None }));
    assert!(screen.shows("It is not known yet whether the old run was stopped: two runs may exist."));
    assert!(screen.shows("Old run (may be stopped):") && !screen.has_role("button", "Dismiss"));
    screen.click_button("Stop the old run");
    assert_eq!(decided.get_untracked(), [Event::Continue]);
}

#[wasm_bindgen_test]
fn stop_that_reads_show_did_not_happen_is_told_as_of_the_last_of_them() {
    let read = StopOutcome::Unclear { not_stopped_at: Some(at("2026-05-02T14:05:40Z")) };
    let (screen, _) = notice(after(read));
    assert!(screen.shows("As of Sat 2 May 2026 14:05:40 UTC, the old run was not stopped: two runs exist."));
    assert!(screen.shows("Old run (not stopped):"));
    assert!(screen.has_role("button", "Stop the old run") && screen.has_role("button", "Dismiss"));
    assert!(!screen.has_role("button", "Keep both runs"), "the stop may still arrive");
}

#[wasm_bindgen_test]
fn reschedule_under_way_moves_nothing() {
    let (screen, _) = notice(stopping());
    assert_eq!(screen.full_text(), "");
}

#[wasm_bindgen_test]
fn refused_stop_and_an_old_run_that_ended_are_reported() {
    let (screen, _) = notice(after(StopOutcome::Refused(problem(ProblemKind::Forbidden))));
    assert!(screen.shows("The old run was not stopped: two runs exist. Your token does not allow this."));
    assert_eq!(screen.texts("alert").len(), 1);
    assert_eq!(screen.link("Spring sale"), "./?run=old");
    assert_eq!(screen.link("New run"), "./?run=new");
    let (screen, _) = notice(after(StopOutcome::Ended(OldRunEnd::Ended)));
    assert!(screen.shows("The old run ended before it was stopped, so it may have sent messages."));
    assert!(screen.has_role("button", "Dismiss"));
}
