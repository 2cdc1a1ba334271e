//! Outcomes that concern the whole console, told wherever the person is, but not where they are told already.

use super::support::creates::{self, asked, found, late, made, not_found, reading, sending};
use super::support::{Stage, problem, settle, stage};
use leptos::prelude::*;
use runboard::components::Notices;
use runboard::state::navigation::Address;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::CreateState;
use runboard_core::problem::ProblemKind;
use runboard_core::run::RunId;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Clone, Copy)]
struct Parts {
    creating: RwSignal<CreateState>,
    switched: RwSignal<bool>,
    seen: RwSignal<Vec<&'static str>>,
}

fn notices() -> (Stage, Parts) {
    stage(move |_| {
        let parts = Parts {
            creating: RwSignal::new(CreateState::default()),
            switched: RwSignal::new(false),
            seen: RwSignal::new(Vec::new()),
        };
        let Parts { creating, switched, seen } = parts;
        let node = view! {
            <Notices
                creating=creating
                dismiss_create=move |()| seen.update(|seen| seen.push("create"))
                seen_news=move |()| seen.update(|seen| seen.push("news"))
                switched=switched
                dismiss_switch=move |()| seen.update(|seen| seen.push("switch"))
            />
        };
        (parts, node.into_any())
    })
}

fn created() -> CreateState {
    creates::created(made("r-7", true))
}

fn refused() -> CreateState {
    creates::refused(problem(ProblemKind::Forbidden))
}

async fn go(stage: &Stage, address: Address) {
    stage.console.ui.navigation.rewrite(&address);
    settle().await;
}

#[wasm_bindgen_test]
fn at_rest_nothing_is_said() {
    let (stage, _) = notices();
    assert_eq!(stage.said(), "");
}

#[wasm_bindgen_test]
async fn each_outcome_is_told_elsewhere_with_the_way_to_it() {
    let cases = [
        (created(), "status", "“Spring sale” was scheduled.", "Open the run", "./?run=r-7"),
        (refused(), "alert", "“Spring sale” was not scheduled.", "Go to the form", "./?new"),
        (reading(), "alert", "It is not known yet whether “Spring sale” was scheduled.", "Go to the form", "./?new"),
        (not_found(true), "alert", "“Spring sale” was not found in the list. It may still", "Go to the form", "./?new"),
        (
            found(vec![made("r-8", true)]),
            "status",
            "“Spring sale” was created: its answer",
            "Open the run",
            "./?run=r-8",
        ),
        (found(vec![made("r-9", false)]), "status", "“Spring sale” was probably created", "Open the run", "./?run=r-9"),
    ];
    let (stage, parts) = notices();
    for (state, role, words, link, href) in cases {
        parts.creating.set(state);
        settle().await;
        let said = stage.texts(role).concat();
        assert!(said.starts_with(words), "{said}");
        assert_eq!(stage.link(link), href);
        assert_eq!(stage.texts("alert").len() + stage.texts("status").len(), 1);
    }
    for silent in [sending(asked()), CreateState::default()] {
        parts.creating.set(silent);
        settle().await;
        assert_eq!(stage.said(), "");
    }
}

#[wasm_bindgen_test]
async fn on_the_form_the_form_itself_tells() {
    let (stage, parts) = notices();
    go(&stage, Address::New { job: None, name: None, from: None }).await;
    for state in [created(), refused(), reading(), not_found(true)] {
        parts.creating.set(state);
        settle().await;
        assert_eq!(stage.said(), "");
    }
    go(&stage, Address::runs()).await;
    assert!(stage.says("“Spring sale” was not found in the list."));
}

#[wasm_bindgen_test]
async fn a_created_run_is_not_told_of_on_its_own_page_but_on_another_run_s() {
    let (stage, parts) = notices();
    parts.creating.set(created());
    go(&stage, Address::Run { id: RunId::new("r-7") }).await;
    assert_eq!(stage.said(), "");
    go(&stage, Address::Run { id: RunId::new("r-8") }).await;
    assert!(stage.says("“Spring sale” was scheduled."));
}

#[wasm_bindgen_test]
async fn another_identity_is_said_and_both_can_be_told_and_dismissed_at_once() {
    let (stage, parts) = notices();
    parts.switched.set(true);
    parts.creating.set(refused());
    settle().await;
    assert!(stage.texts("status").concat().starts_with("You are now signed in as another application or person."));
    assert!(stage.texts("alert").concat().starts_with("“Spring sale” was not scheduled."));
    for button in stage.found("button", "Dismiss") {
        button.click();
    }
    assert_eq!(parts.seen.get_untracked(), ["switch", "create"]);
    parts.switched.set(false);
    settle().await;
    assert!(!stage.says("You are now signed in as another"));
}

#[wasm_bindgen_test]
async fn a_hostile_name_is_text() {
    let (stage, parts) = notices();
    let name = "<img src=x onerror=alert(1)>\u{202e}".to_owned();
    parts.creating.set(creates::refused_of(NewRun { name, ..asked() }, problem(ProblemKind::Forbidden)));
    settle().await;
    assert_eq!(stage.text("bdi"), "“<img src=x onerror=alert(1)>\u{202e}” was not scheduled.");
    assert!(!stage.has("img"));
}

#[wasm_bindgen_test]
async fn what_came_of_an_earlier_request_after_all_is_told_everywhere() {
    let (stage, parts) = notices();
    parts.creating.set(late(false));
    for address in [Address::runs(), Address::New { job: None, name: None, from: None }] {
        go(&stage, address).await;
        let alert = stage.texts("alert").concat();
        assert!(
            alert.starts_with("“Spring sale”, asked for 2026-05-02 14:05:10 UTC, was created after all."),
            "{alert}"
        );
        assert_eq!(stage.link("Spring sale"), "./?run=r-1");
    }
    stage.press("Dismiss");
    assert_eq!(parts.seen.get_untracked(), ["news"]);
}

#[wasm_bindgen_test]
async fn a_double_names_both_runs() {
    let (stage, parts) = notices();
    parts.creating.set(late(true));
    go(&stage, Address::Run { id: RunId::new("r-2") }).await;
    let alert = stage.texts("alert").concat();
    assert!(alert.starts_with("“Spring sale” exists 2 times: recipients may be reached more than once."), "{alert}");
    assert!(alert.contains("r-1") && alert.contains("r-2"), "{alert}");
}

#[wasm_bindgen_test]
async fn a_run_that_is_not_what_was_asked_for_is_shouted_on_its_own_page_too() {
    let (stage, parts) = notices();
    let run = runboard_core::run::Run { end_at: Some(super::support::in_minutes(60)), ..made("r-7", true) };
    parts.creating.set(creates::created(run));
    go(&stage, Address::Run { id: RunId::new("r-7") }).await;
    let alert = stage.texts("alert").concat();
    assert!(alert.starts_with("The API scheduled something else than was asked for."), "{alert}");
    assert!(alert.contains("End: asked for 2026-05-03 17:00:00 UTC, the run has 2026-05-02 15:05:10 UTC."), "{alert}");
    assert!(!alert.contains("Start:"), "{alert}");
}
