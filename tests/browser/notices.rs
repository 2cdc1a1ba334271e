//! Notices shown on every page, except where the page says the same.

use super::support::create_states::{self, asked, found, late, made, not_found, reading, sending};
use super::support::{Screen, problem, render, run, settle, text_of};
use leptos::prelude::*;
use runboard::components::Notices;
use runboard::state::navigation::Address;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::CreateState;
use runboard_core::problem::ProblemKind;
use runboard_core::run::{Run, RunId};
use serde_json::json;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Clone, Copy)]
struct Fixture {
    create_state: RwSignal<CreateState>,
    identity_changed: RwSignal<bool>,
    dismissed: RwSignal<Vec<&'static str>>,
    stopped: RwSignal<Vec<Vec<RunId>>>,
    runs: RwSignal<Vec<Run>>,
}

fn notices() -> (Screen, Fixture) {
    render(move |_| {
        let fixture = Fixture {
            create_state: RwSignal::new(CreateState::default()),
            identity_changed: RwSignal::new(false),
            dismissed: RwSignal::new(Vec::new()),
            stopped: RwSignal::new(Vec::new()),
            runs: RwSignal::new(Vec::new()),
        };
        let Fixture { create_state, identity_changed, dismissed, stopped, runs } = fixture;
        let node = view! {
            <Notices
                create_state=create_state
                run=move |id| runs.with(|runs| runs.iter().find(|run| run.id == id).cloned().map(Arc::new))
                on_dismiss_create=move |()| dismissed.update(|dismissed| dismissed.push("create"))
                on_dismiss_late_finds=move |()| dismissed.update(|dismissed| dismissed.push("news"))
                on_stop_duplicates=move |ids| stopped.update(|stopped| stopped.push(ids))
                identity_changed=identity_changed
                on_dismiss_identity=move |()| dismissed.update(|dismissed| dismissed.push("switch"))
            />
        };
        (fixture, node.into_any())
    })
}

fn created() -> CreateState {
    create_states::created(made("r-7", true))
}

fn refused() -> CreateState {
    create_states::refused(problem(ProblemKind::Forbidden))
}

async fn navigate(screen: &Screen, address: Address) {
    screen.context.ui.navigation.rewrite(&address);
    settle().await;
}

#[wasm_bindgen_test]
fn renders_nothing_when_idle() {
    let (screen, _) = notices();
    assert_eq!(screen.full_text(), "");
}

#[wasm_bindgen_test]
async fn each_create_outcome_is_shown_on_other_pages_with_a_link() {
    let cases = [
        (refused(), "alert", "The API refused “Spring sale”.", "Go to the form", "./?new"),
        (create_states::checked(refused()), "alert", "“Spring sale” was not scheduled.", "Go to the form", "./?new"),
        (reading(), "alert", "It is not known yet whether “Spring sale” was scheduled.", "Go to the form", "./?new"),
        (not_found(true), "alert", "“Spring sale” was not found in the list. It may still", "Go to the form", "./?new"),
        (
            found(vec![made("r-8", true)]),
            "status",
            "“Spring sale” was scheduled. The reply was lost",
            "Open the run",
            "./?run=r-8",
        ),
        (
            found(vec![made("r-9", false)]),
            "status",
            "“Spring sale” was probably scheduled",
            "Open the run",
            "./?run=r-9",
        ),
    ];
    let (screen, fixture) = notices();
    for (state, role, words, link, href) in cases {
        fixture.create_state.set(state);
        settle().await;
        let text = screen.texts(role).concat();
        assert!(text.starts_with(words), "{text}");
        assert_eq!(screen.link(link), href);
        assert_eq!(screen.texts("alert").len() + screen.texts("status").len(), 1);
    }
    for silent in [sending(asked()), created(), CreateState::default()] {
        fixture.create_state.set(silent);
        settle().await;
        assert_eq!(screen.full_text(), "");
    }
}

#[wasm_bindgen_test]
async fn create_outcome_is_not_repeated_on_the_form() {
    let (screen, fixture) = notices();
    navigate(&screen, Address::New { job: None, name: None, from: None }).await;
    for state in [refused(), reading(), not_found(true)] {
        fixture.create_state.set(state);
        settle().await;
        assert_eq!(screen.full_text(), "");
    }
    fixture.create_state.set(not_found(true));
    navigate(&screen, Address::runs()).await;
    assert!(screen.shows("“Spring sale” was not found in the list."));
}

#[wasm_bindgen_test]
async fn run_that_was_found_is_not_announced_on_its_own_page() {
    let (screen, fixture) = notices();
    fixture.create_state.set(found(vec![made("r-7", true)]));
    navigate(&screen, Address::Run { id: RunId::new("r-7") }).await;
    assert_eq!(screen.full_text(), "");
    navigate(&screen, Address::Run { id: RunId::new("r-8") }).await;
    assert!(screen.shows("“Spring sale” was scheduled. The reply was lost"));
}

#[wasm_bindgen_test]
async fn identity_change_and_create_outcome_are_dismissed_separately() {
    let (screen, fixture) = notices();
    fixture.identity_changed.set(true);
    fixture.create_state.set(refused());
    settle().await;
    assert!(screen.texts("status").concat().starts_with("You are now signed in as another application or person."));
    assert!(screen.texts("alert").concat().starts_with("The API refused “Spring sale”."));
    for button in screen.find_all("button", "Dismiss") {
        button.click();
    }
    assert_eq!(fixture.dismissed.get_untracked(), ["switch", "create"]);
    fixture.identity_changed.set(false);
    settle().await;
    assert!(!screen.shows("You are now signed in as another"));
}

#[wasm_bindgen_test]
async fn hostile_run_name_is_plain_text() {
    let (screen, fixture) = notices();
    let name = "<img src=x onerror=alert(1)>\u{202e}".to_owned();
    fixture.create_state.set(create_states::refused_of(NewRun { name, ..asked() }, problem(ProblemKind::Forbidden)));
    settle().await;
    assert!(screen.shows("The API refused “\u{2068}<img src=x onerror=alert(1)>\u{202e}\u{2069}”."));
    assert!(!screen.has("bdi"), "the sentence has a direction of its own");
    assert!(!screen.has("img"));
}

#[wasm_bindgen_test]
async fn run_found_late_is_reported_on_every_page() {
    let (screen, fixture) = notices();
    fixture.create_state.set(late(false));
    for address in [Address::runs(), Address::New { job: None, name: None, from: None }] {
        navigate(&screen, address).await;
        let alert = screen.texts("alert").concat();
        assert!(
            alert.starts_with("“Spring sale”, requested Sat 2 May 2026 14:05:10 UTC, was created late."),
            "{alert}"
        );
        assert_eq!(screen.link("Spring sale"), "./?run=r-1");
    }
    screen.click_button("Dismiss");
    assert_eq!(fixture.dismissed.get_untracked(), ["news"]);
}

#[wasm_bindgen_test]
async fn duplicate_run_names_both_runs() {
    let (screen, fixture) = notices();
    fixture.create_state.set(late(true));
    navigate(&screen, Address::Run { id: RunId::new("r-2") }).await;
    let alert = screen.texts("alert").concat();
    assert!(alert.starts_with("“Spring sale” was created twice: recipients may be reached more than once."), "{alert}");
    assert!(alert.contains("r-1") && alert.contains("r-2 shown on this page"), "{alert}");
    // Each was asked for: the console does not say which of them is too many.
    assert!(!screen.has_role("button", "Stop the duplicate"));
}

#[wasm_bindgen_test]
async fn duplicate_of_one_request_is_told_apart_from_the_kept_run_and_told_as_stopped() {
    let (screen, fixture) = notices();
    fixture.create_state.set(create_states::repeated());
    let created = |id: &str, at: &str, status: &str| run(json!({ "id": id, "created_at": at, "status": status }));
    fixture.runs.set(vec![
        created("r-7", "2026-05-02T14:05:10Z", "scheduled"),
        created("r-8", "2026-05-02T14:05:11Z", "scheduled"),
    ]);
    navigate(&screen, Address::Run { id: RunId::new("r-7") }).await;
    let items = || screen.all(".notices li").iter().map(text_of).collect::<Vec<_>>();
    assert_eq!(
        items(),
        [
            "Spring sale r-7 created Sat 2 May 2026 14:05:10 UTC; kept; shown on this page",
            "Spring sale r-8 created Sat 2 May 2026 14:05:11 UTC; duplicate",
        ]
    );
    assert_eq!(screen.all(".notices .actions").len(), 1, "both buttons are in one line");
    screen.click_button("Stop the duplicate");
    assert_eq!(fixture.stopped.get_untracked(), [[RunId::new("r-8")]]);

    fixture.runs.update(|runs| runs[1] = created("r-8", "2026-05-02T14:05:11Z", "stopped"));
    settle().await;
    assert_eq!(items()[1], "Spring sale r-8 created Sat 2 May 2026 14:05:11 UTC; stopped");
    let status = screen.texts("status").concat();
    assert!(status.starts_with("“Spring sale” was created twice. One run is left; the other was stopped."), "{status}");
    assert!(!screen.has_role("button", "Stop the duplicate") && screen.has_role("button", "Dismiss"));
    assert!(screen.texts("alert").is_empty());
}

#[wasm_bindgen_test]
async fn run_that_is_left_is_never_called_a_duplicate() {
    let (screen, fixture) = notices();
    fixture.create_state.set(create_states::repeated());
    fixture.runs.set(vec![
        run(json!({ "id": "r-7", "created_at": "2026-05-02T14:05:10Z", "status": "stopped" })),
        run(json!({ "id": "r-8", "created_at": "2026-05-02T14:05:11Z", "status": "scheduled" })),
    ]);
    navigate(&screen, Address::Run { id: RunId::new("r-7") }).await;
    let items: Vec<String> = screen.all(".notices li").iter().map(text_of).collect();
    assert!(items[0].ends_with("stopped; shown on this page") && items[1].ends_with("kept"), "{items:?}");
    assert!(!screen.has_role("button", "Stop the duplicate"), "none would be left");
}

#[wasm_bindgen_test]
async fn run_that_differs_from_the_request_is_an_alert_even_on_its_own_page() {
    let (screen, fixture) = notices();
    let run = runboard_core::run::Run { end_at: Some(super::support::in_minutes(60)), ..made("r-7", true) };
    fixture.create_state.set(create_states::created(run));
    navigate(&screen, Address::Run { id: RunId::new("r-7") }).await;
    let alert = screen.texts("alert").concat();
    assert!(alert.starts_with("The scheduled run differs from your request."), "{alert}");
    assert!(
        alert.contains("End: you asked for Sun 3 May 2026 17:00 UTC; the run has Sat 2 May 2026 15:05:10 UTC."),
        "{alert}"
    );
    assert!(!alert.contains("Start:"), "{alert}");
}
