//! Outcomes that concern the whole console, told wherever the person is, but not where they are told already.

use super::new_run_form::asked;
use super::support::{Stage, problem, run, server_failed, settle, stage};
use runboard::components::Notices;
use runboard::dom::{IntoNode, view};
use runboard::reactive::RwSignal;
use runboard::route::Address;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::Create;
use runboard_core::problem::ProblemKind;
use runboard_core::run::RunId;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Clone, Copy)]
struct Parts {
    creating: RwSignal<Create>,
    switched: RwSignal<bool>,
    seen: RwSignal<Vec<&'static str>>,
}

fn notices() -> (Stage, Parts) {
    stage(|_| {
        let parts = Parts {
            creating: RwSignal::new(Create::Idle),
            switched: RwSignal::new(false),
            seen: RwSignal::new(Vec::new()),
        };
        let Parts { creating, switched, seen } = parts;
        let node = view! {
            <Notices
                creating=creating
                dismiss_create=move |()| seen.update(|seen| seen.push("create"))
                switched=switched
                dismiss_switch=move |()| seen.update(|seen| seen.push("switch"))
            />
        };
        (parts, node.into_node())
    })
}

fn created() -> Create {
    Create::Created { asked: asked(), run: Box::new(run(json!({ "id": "r-7", "name": "Spring sale" }))) }
}

fn refused() -> Create {
    Create::Refused { asked: asked(), problem: problem(ProblemKind::Forbidden) }
}

fn unknown() -> Create {
    Create::Unknown { asked: asked(), problem: server_failed(), found: Vec::new() }
}

async fn go(stage: &Stage, address: Address) {
    stage.console.ui.router.rewrite(&address);
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
        (unknown(), "alert", "It is not known whether “Spring sale” was scheduled.", "Go to the form", "./?new"),
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
    for silent in [Create::Sending(asked()), Create::Idle] {
        parts.creating.set(silent);
        settle().await;
        assert_eq!(stage.said(), "");
    }
}

#[wasm_bindgen_test]
async fn on_the_form_the_form_itself_tells() {
    let (stage, parts) = notices();
    go(&stage, Address::New { job: None, name: None, from: None }).await;
    for state in [created(), refused(), unknown()] {
        parts.creating.set(state);
        settle().await;
        assert_eq!(stage.said(), "");
    }
    go(&stage, Address::runs()).await;
    assert!(stage.says("It is not known whether “Spring sale” was scheduled."));
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
    parts.creating.set(Create::Refused { asked: NewRun { name, ..asked() }, problem: server_failed() });
    settle().await;
    assert_eq!(stage.text("bdi"), "“<img src=x onerror=alert(1)>\u{202e}” was not scheduled.");
    assert!(!stage.has("img"));
}
