//! What became of a create, while the form is shown: never guessed, and what the server said stands at its fields.

use super::new_run_form::{Parts, fault, form, whole};
use super::support::creates::{asked, created, found, left, made, not_found, reading, refused, sending};
use super::support::{Stage, focused, problem, settle};
use leptos::prelude::*;
use runboard_core::draft::Field;
use runboard_core::policy::create::CreateState;
use runboard_core::problem::{Problem, ProblemKind};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

async fn outcome(state: CreateState) -> (Stage, Parts) {
    let (stage, parts) = form(whole());
    parts.creating.set(state);
    settle().await;
    (stage, parts)
}

fn invalid(fields: &[(Field, &str)]) -> Problem {
    let fields = fields.iter().map(|(field, words)| (*field, (*words).to_owned())).collect();
    problem(ProblemKind::Invalid { fields })
}

#[wasm_bindgen_test]
async fn before_while_and_after_it_worked_there_is_no_alert() {
    for state in [CreateState::default(), sending(asked()), created(made("r-1", true))] {
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
async fn of_a_refusal_nobody_is_told_that_the_console_would_try_again() {
    let (stage, _) = outcome(refused(problem(ProblemKind::Limited { wait: None }))).await;
    let alert = stage.texts("alert").concat();
    assert!(alert.contains("Nothing is tried again by itself: wait, then try again."), "{alert}");
    assert!(!alert.contains("tries again by itself"), "{alert}");
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
async fn an_unknown_outcome_is_looked_for_and_nothing_can_be_sent_meanwhile() {
    let (stage, parts) = outcome(reading()).await;
    let alert = stage.texts("alert").concat();
    assert!(alert.starts_with("It is not known yet whether the run was scheduled."), "{alert}");
    assert!(alert.contains("The API failed (error 503)."), "{alert}");
    assert!(alert.contains("Nothing is sent a second time. Reading 1 of 5."), "{alert}");
    assert!(!alert.contains("was not scheduled."), "{alert}");
    assert!(!stage.offers("button", "Send again"));
    let button = stage.find("button", "Looking for it…");
    assert!(button.has_attribute("disabled"));
    stage.find("form", "New run").unchecked_into::<web_sys::HtmlFormElement>().request_submit().unwrap();
    assert!(parts.sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn a_run_that_is_certainly_the_one_is_linked_and_the_same_is_not_sent_again() {
    let (stage, parts) = outcome(found(vec![made("a&b", true)])).await;
    assert!(stage.says("It was created.") && stage.says("with the exact window that was sent:"));
    assert_eq!(stage.link("Spring sale"), "./?run=a%26b");
    assert!(!stage.offers("button", "Send again"));
    stage.press("Schedule run");
    settle().await;
    assert!(parts.sent.get_untracked().is_empty());
    assert_eq!(stage.announced(), "Nothing was sent. Read what became of the last request.");
    assert!(focused(&stage.one("#create-outcome").unchecked_into()));
    stage.press("Schedule another run");
    assert_eq!(parts.seen.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn runs_that_are_only_probably_the_one_are_told_apart_by_their_ids() {
    let (stage, parts) = outcome(found(vec![made("c-1", false), made("c-2", false)])).await;
    assert!(stage.says("It was probably created.") && !stage.says("It was created."));
    assert!(stage.says("does not keep what would prove that it is yours."));
    assert_eq!(stage.found("link", "Spring sale").len(), 2);
    assert!(stage.says("c-1") && stage.says("c-2"));
    stage.press("Send again");
    assert_eq!(parts.again.get_untracked(), [asked()]);
}

#[wasm_bindgen_test]
async fn after_all_readings_sending_again_is_the_person_s_own_decision_and_says_what_it_risks() {
    let (stage, parts) = outcome(not_found(true)).await;
    let alert = stage.texts("alert").concat();
    assert!(alert.starts_with("Not found in 5 readings over 40 s. It may still appear; send again?"), "{alert}");
    assert!(alert.contains("two runs exist and recipients may be reached twice"), "{alert}");
    assert!(!alert.contains("could not see the whole list"), "{alert}");
    stage.press("Schedule run");
    settle().await;
    assert!(parts.sent.get_untracked().is_empty() && parts.again.get_untracked().is_empty());
    stage.press("Send again");
    assert_eq!(parts.again.get_untracked(), [asked()]);
    stage.press("Do not send again");
    assert_eq!(parts.seen.get_untracked(), 1);
    parts.creating.set(not_found(false));
    settle().await;
    assert!(stage.says("Some of the readings could not see the whole list."));
}

#[wasm_bindgen_test]
async fn the_same_again_after_an_unclear_request_is_sending_again_and_another_run_is_not() {
    let (stage, parts) = outcome(left()).await;
    assert!(stage.says("The same run was asked for 2026-05-02 14:05:10 UTC, and it is not known what became of it."));
    stage.press("Schedule run");
    assert!(parts.sent.get_untracked().is_empty());
    stage.write("Run name", "Autumn sale");
    settle().await;
    assert!(!stage.says("The same run was asked for") && !stage.offers("button", "Send again"));
    stage.press("Schedule run");
    assert_eq!(parts.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn an_outcome_keeps_all_that_was_typed() {
    for state in [refused(problem(ProblemKind::Forbidden)), not_found(true), refused(invalid(&[(Field::Start, "no")]))]
    {
        let (stage, parts) = outcome(state).await;
        assert!(parts.draft.get_untracked() == whole());
        assert_eq!(stage.field("textbox", "Run name").value(), "Spring sale");
    }
}
