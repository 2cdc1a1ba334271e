//! What became of a create, while the form is shown: never guessed, and what the server said stands at its fields.

use super::new_run_form::{Parts, asked, fault, form, whole};
use super::support::{Stage, problem, run, server_failed, settle};
use runboard_core::draft::Field;
use runboard_core::policy::create::Create;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::Run;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

async fn outcome(state: Create) -> (Stage, Parts) {
    let (stage, parts) = form(whole());
    parts.creating.set(state);
    settle().await;
    (stage, parts)
}

fn refused(problem: Problem) -> Create {
    Create::Refused { asked: asked(), problem }
}

fn unknown(found: Vec<Run>) -> Create {
    Create::Unknown { asked: asked(), problem: server_failed(), found }
}

fn invalid(fields: &[(Field, &str)]) -> Problem {
    let fields = fields.iter().map(|(field, words)| (*field, (*words).to_owned())).collect();
    problem(ProblemKind::Invalid { fields })
}

#[wasm_bindgen_test]
async fn before_while_and_after_it_worked_there_is_no_alert() {
    let created = Create::Created { asked: asked(), run: Box::new(run(json!({}))) };
    for state in [Create::Idle, Create::Sending(asked()), created] {
        let (stage, _) = outcome(state.clone()).await;
        assert!(stage.texts("alert").is_empty(), "{state:?}");
    }
}

#[wasm_bindgen_test]
async fn a_refusal_says_that_nothing_was_scheduled_and_gives_the_server_s_words_as_text() {
    let said = Some("<i>no</i> \u{202e}quota".to_owned());
    let trace = Some("trace-7".to_owned());
    let (stage, _) = outcome(refused(Problem { said, trace, ..problem(ProblemKind::Forbidden) })).await;
    let alert = stage.texts("alert").concat();
    assert!(alert.starts_with("The run was not scheduled."), "{alert}");
    assert!(alert.contains("Your token does not allow this."), "{alert}");
    assert!(alert.contains("The API says: <i>no</i> \u{202e}quota"), "{alert}");
    assert!(alert.contains("Trace ID: trace-7"), "{alert}");
    assert!(!stage.has("i"));
}

#[wasm_bindgen_test]
async fn a_refused_token_asks_to_sign_in_and_to_press_again() {
    for kind in [ProblemKind::Unauthorised { expired: true }, ProblemKind::NoToken] {
        let (stage, _) = outcome(refused(problem(kind))).await;
        let alert = stage.texts("alert").concat();
        assert!(alert.contains("nothing was scheduled. Sign in above, then press “Schedule run” again."), "{alert}");
    }
}

#[wasm_bindgen_test]
async fn what_the_server_says_of_a_field_stands_at_that_field_until_it_is_changed() {
    let faults = [(Field::JobId, "<b>unknown</b> job"), (Field::End, "endAt is too far away")];
    let (stage, _) = outcome(refused(invalid(&faults))).await;
    assert_eq!(fault(&stage, "Job ID").as_deref(), Some("<b>unknown</b> job"));
    assert_eq!(fault(&stage, "End").as_deref(), Some("endAt is too far away"));
    assert_eq!(fault(&stage, "Run name"), None);
    assert_eq!(fault(&stage, "Start"), None);
    assert!(!stage.has("b"));
    stage.write("Job ID", "job-2");
    settle().await;
    assert_eq!(fault(&stage, "Job ID"), None);
    assert_eq!(fault(&stage, "End").as_deref(), Some("endAt is too far away"));
}

#[wasm_bindgen_test]
async fn the_form_s_own_fault_comes_before_what_the_server_said() {
    let (stage, _) = outcome(refused(invalid(&[(Field::Name, "name must be unique")]))).await;
    assert_eq!(fault(&stage, "Run name").as_deref(), Some("name must be unique"));
    stage.write("Run name", "");
    stage.leave("Run name");
    settle().await;
    assert_eq!(fault(&stage, "Run name").as_deref(), Some("Enter a name for the run."));
}

#[wasm_bindgen_test]
async fn an_unknown_outcome_is_said_to_be_unknown_and_can_be_looked_into() {
    let (stage, parts) = outcome(unknown(Vec::new())).await;
    let alert = stage.texts("alert").concat();
    assert!(alert.starts_with("It is not known whether the run was scheduled."), "{alert}");
    assert!(alert.contains("The API failed (error 503)."), "{alert}");
    assert!(alert.contains("Look in the list before you send it again, or it may run twice."), "{alert}");
    assert!(!alert.contains("was not scheduled."), "{alert}");
    stage.press("Look in the list again");
    assert_eq!(parts.looks.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn runs_found_after_an_unknown_outcome_are_linked_by_name() {
    let found = vec![run(json!({ "id": "a&b", "name": "<i>Spring</i>" })), run(json!({ "id": "c" }))];
    let (stage, _) = outcome(unknown(found)).await;
    assert!(stage.says("A run with this job, name and window is in the list now:"));
    assert_eq!(stage.link("<i>Spring</i>"), "./?run=a%26b");
    assert_eq!(stage.link("Spring sale"), "./?run=c");
    assert!(!stage.has("i"));
}

#[wasm_bindgen_test]
async fn after_an_unknown_outcome_sending_again_is_the_person_s_own_decision() {
    let (stage, parts) = outcome(unknown(Vec::new())).await;
    assert!(parts.sent.get_untracked().is_empty(), "nothing is sent again by itself");
    stage.press("Schedule run");
    assert_eq!(parts.sent.get_untracked(), [asked()]);
}

#[wasm_bindgen_test]
async fn an_outcome_keeps_all_that_was_typed() {
    for state in [refused(server_failed()), unknown(Vec::new()), refused(invalid(&[(Field::Start, "no")]))] {
        let (stage, parts) = outcome(state).await;
        assert!(parts.draft.get_untracked() == whole());
        assert_eq!(stage.field("textbox", "Run name").value(), "Spring sale");
    }
}
