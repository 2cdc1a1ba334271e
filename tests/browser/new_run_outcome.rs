//! The outcome of scheduling as the form shows it, including the server's errors at their fields.

use super::new_run_form::{FormFixture, complete_draft, field_error, form};
use super::support::create_states::{
    asked, checked, created, dismissed, found, left_elsewhere, made, not_found, reading, refused, sending,
};
use super::support::{Screen, attribute, focused, problem, settle, text_of};
use leptos::prelude::*;
use runboard_core::draft::{Field, NewRun};
use runboard_core::policy::create::CreateState;
use runboard_core::problem::{Problem, ProblemKind};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

async fn outcome(state: CreateState) -> (Screen, FormFixture) {
    let (screen, fixture) = form(complete_draft());
    fixture.create_state.set(state);
    settle().await;
    (screen, fixture)
}

fn invalid(fields: &[(Field, &str)]) -> Problem {
    let fields = fields.iter().map(|(field, words)| (*field, (*words).to_owned())).collect();
    problem(ProblemKind::Invalid { fields })
}

#[wasm_bindgen_test]
async fn successful_create_shows_no_alert() {
    for state in [CreateState::default(), sending(asked()), created(made("r-1", true))] {
        let (screen, _) = outcome(state.clone()).await;
        assert!(screen.texts("alert").is_empty(), "{state:?}");
    }
}

#[wasm_bindgen_test]
async fn refused_create_shows_the_server_message_as_plain_text() {
    let said = Some("<i>no</i> \u{202e}quota".to_owned());
    let trace = Some("trace-7".to_owned());
    let (screen, _) = outcome(refused(Problem { said, trace, ..problem(ProblemKind::Forbidden) })).await;
    let alert = screen.texts("alert").concat();
    assert!(alert.starts_with("The API refused the run."), "{alert}");
    assert!(alert.contains("Your token does not allow this."), "{alert}");
    assert!(alert.contains("The API says: <i>no</i> \u{202e}quota"), "{alert}");
    assert!(alert.contains("Trace ID: trace-7"), "{alert}");
    assert!(!screen.has("i"));
}

#[wasm_bindgen_test]
async fn refused_create_promises_no_automatic_retry() {
    let (screen, _) = outcome(refused(problem(ProblemKind::Limited { wait: None }))).await;
    let alert = screen.texts("alert").concat();
    assert!(alert.contains("Nothing is tried again by itself: wait, then try again."), "{alert}");
    assert!(!alert.contains("tries again by itself"), "{alert}");
}

#[wasm_bindgen_test]
async fn refusal_says_that_nothing_was_scheduled_only_once_the_list_was_read() {
    let expired = || problem(ProblemKind::Unauthorised { expired: true });
    for (state, said) in [
        (refused(expired()), "The token was not accepted. Sign in to find out whether the run was scheduled anyway."),
        (
            checked(refused(expired())),
            "The token was not accepted, so nothing was scheduled. Press “Schedule run” again.",
        ),
        // Without a token nothing is sent, so nothing can have been scheduled.
        (refused(problem(ProblemKind::NoToken)), "You are not signed in, so nothing was scheduled. Sign in, then"),
        (refused(problem(ProblemKind::Forbidden)), "The API refused the run."),
        (checked(refused(problem(ProblemKind::Forbidden))), "The run was not scheduled."),
    ] {
        let (screen, _) = outcome(state).await;
        let alert = screen.texts("alert").concat();
        assert!(alert.starts_with(said), "{alert}");
    }
}

#[wasm_bindgen_test]
async fn server_field_error_stays_until_the_field_changes() {
    let faults = [(Field::JobId, "<b>unknown</b> job"), (Field::End, "endAt is too far away")];
    let (screen, _) = outcome(refused(invalid(&faults))).await;
    assert_eq!(field_error(&screen, "Job ID").as_deref(), Some("<b>unknown</b> job"));
    assert_eq!(field_error(&screen, "End").as_deref(), Some("endAt is too far away"));
    assert_eq!(field_error(&screen, "Run name"), None);
    assert_eq!(field_error(&screen, "Start"), None);
    assert!(!screen.has("b"));
    screen.type_text("Job ID", "job-2");
    settle().await;
    assert_eq!(field_error(&screen, "Job ID"), None);
    assert_eq!(field_error(&screen, "End").as_deref(), Some("endAt is too far away"));
}

#[wasm_bindgen_test]
async fn client_error_takes_precedence_over_server_error() {
    let (screen, _) = outcome(refused(invalid(&[(Field::Name, "name must be unique")]))).await;
    assert_eq!(field_error(&screen, "Run name").as_deref(), Some("name must be unique"));
    screen.type_text("Run name", "");
    screen.blur("Run name");
    settle().await;
    assert_eq!(field_error(&screen, "Run name").as_deref(), Some("Enter a name for the run."));
}

#[wasm_bindgen_test]
async fn unknown_outcome_is_searched_for_and_blocks_submitting() {
    let (screen, fixture) = outcome(reading()).await;
    let alert = screen.texts("alert").concat();
    assert!(alert.starts_with("It is not known yet whether the run was scheduled."), "{alert}");
    assert!(alert.contains("The API failed (error 503)."), "{alert}");
    assert!(alert.contains("Nothing is sent again. Check 1 of 5."), "{alert}");
    assert!(!alert.contains("was not scheduled."), "{alert}");
    assert!(!screen.has_role("button", "Send again"));
    let button = screen.find("button", "Looking for it…");
    assert!(attribute(&button, "aria-disabled").as_deref() == Some("true"));
    screen.find("form", "New run").unchecked_into::<web_sys::HtmlFormElement>().request_submit().unwrap();
    assert!(fixture.sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn exact_match_is_linked_and_not_sent_again() {
    let (screen, fixture) = outcome(found(vec![made("a&b", true)])).await;
    assert!(
        screen.shows("Scheduled. The reply was lost, but the run was found.")
            && screen.shows("It has the exact window that was sent:")
    );
    assert_eq!(screen.link("Spring sale"), "./?run=a%26b");
    assert!(!screen.has_role("button", "Send again"));
    screen.click_button("Schedule run");
    settle().await;
    assert!(fixture.sent.get_untracked().is_empty());
    assert_eq!(screen.announced(), "Nothing was sent. Check the outcome of your last request.");
    assert!(focused(&screen.one("#create-outcome").unchecked_into()));
    screen.click_button("Schedule another run");
    assert_eq!(fixture.dismissals.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn probable_matches_are_listed_with_their_ids() {
    let (screen, fixture) = outcome(found(vec![made("c-1", false), made("c-2", false)])).await;
    assert!(
        screen.shows("It was probably scheduled.")
            && !screen.shows("Scheduled. The reply was lost, but the run was found.")
    );
    assert!(screen.shows("does not keep what would prove that it is yours."));
    assert_eq!(screen.find_all("link", "Spring sale").len(), 2);
    assert!(screen.shows("c-1") && screen.shows("c-2"));
    screen.click_button("Send again");
    assert_eq!(fixture.sent_again.get_untracked(), [asked()]);
}

#[wasm_bindgen_test]
async fn not_found_offers_send_again_with_its_risk() {
    let (screen, fixture) = outcome(not_found(true)).await;
    let alert = screen.texts("alert").concat();
    assert!(alert.starts_with("Not found in 5 checks over 40 s. It may still appear. Send again?"), "{alert}");
    assert!(alert.contains("recipients may be reached twice"), "{alert}");
    assert!(!alert.contains("could not read the whole list"), "{alert}");
    screen.click_button("Schedule run");
    settle().await;
    assert!(fixture.sent.get_untracked().is_empty() && fixture.sent_again.get_untracked().is_empty());
    screen.click_button("Send again");
    assert_eq!(fixture.sent_again.get_untracked(), [asked()]);
    screen.click_button("Do not send again");
    assert_eq!(fixture.dismissals.get_untracked(), 1);
    fixture.create_state.set(not_found(false));
    settle().await;
    assert!(screen.shows("Some checks could not read the whole list."));
}

#[wasm_bindgen_test]
async fn outcome_of_another_run_than_the_forms_is_named_and_never_sends_the_form() {
    for state in [not_found(true), found(vec![made("c-1", false)])] {
        let (screen, fixture) = outcome(state).await;
        assert!(screen.has_role("button", "Send again"));
        screen.type_text("Run name", "Autumn sale");
        settle().await;
        assert!(screen.shows("Spring sale"), "the run that the outcome is about");
        assert!(!screen.has_role("button", "Send again"), "it would send the run that is in the form");
        assert!(fixture.sent_again.get_untracked().is_empty());
    }
}

#[wasm_bindgen_test]
async fn unclear_run_in_the_form_is_asked_about_apart_from_the_outcome_of_another_one() {
    let autumn = NewRun { name: "Autumn sale".to_owned(), ..asked() };
    for state in [
        not_found(true),
        found(vec![made("c-1", false)]),
        found(vec![made("c-1", true)]),
        refused(problem(ProblemKind::Forbidden)),
        refused(problem(ProblemKind::NoToken)),
    ] {
        let (screen, fixture) = outcome(left_elsewhere(state, autumn.clone())).await;
        assert!(!screen.shows("You requested the same run"));
        screen.type_text("Run name", "Autumn sale");
        settle().await;
        let notices = screen.all("#create-outcome .notice");
        let [other, own] = notices.as_slice() else { panic!("{} notices: {}", notices.len(), screen.full_text()) };
        let sends = other.query_selector("button:not(.quiet)").unwrap();
        assert!(sends.is_none(), "it would send the run that is in the form: {}", screen.full_text());
        assert!(text_of(own).contains("You requested the same run"), "{}", screen.full_text());
        screen.click_button("Schedule run");
        assert!(fixture.sent.get_untracked().is_empty());
        screen.click_button("Send again");
        assert_eq!(fixture.sent_again.get_untracked(), std::slice::from_ref(&autumn));
    }
}

#[wasm_bindgen_test]
async fn repeating_an_unclear_request_counts_as_sending_again() {
    let (screen, fixture) = outcome(dismissed()).await;
    assert!(screen.shows("You requested the same run Sat 2 May 2026 14:05:10 UTC, and its outcome is not known."));
    screen.click_button("Schedule run");
    assert!(fixture.sent.get_untracked().is_empty());
    screen.type_text("Run name", "Autumn sale");
    settle().await;
    assert!(!screen.shows("You requested the same run") && !screen.has_role("button", "Send again"));
    screen.click_button("Schedule run");
    assert_eq!(fixture.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn outcome_keeps_the_draft() {
    for state in [refused(problem(ProblemKind::Forbidden)), not_found(true), refused(invalid(&[(Field::Start, "no")]))]
    {
        let (screen, fixture) = outcome(state).await;
        assert!(fixture.draft.get_untracked() == complete_draft());
        assert_eq!(screen.field("textbox", "Run name").value(), "Spring sale");
    }
}
