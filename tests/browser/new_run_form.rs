//! The form as a whole: validation, and that it submits once.

use super::support::create_states::{self, asked};
use super::support::{
    Screen, all_in, attribute, blur, description_of, dispatch, focused, in_minutes, render_with, settle, squeeze,
    text_of,
};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::{KnownRuns, NewRunForm, Prefill};
use runboard::config::Config;
use runboard::state::clashes::clashes;
use runboard::state::navigation::Address;
use runboard_core::draft::{Draft, EndChoice, JobOptions, NewRun, StartChoice};
use runboard_core::policy::create::CreateState;
use runboard_core::policy::tabs::TabActivity;
use runboard_core::query::Sort;
use runboard_core::time::Span;
use runboard_core::time::print::field_text;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// The form's props, and what its callbacks received.
#[derive(Clone, Copy)]
pub(super) struct FormFixture {
    pub(super) draft: RwSignal<Draft>,
    pub(super) prefill: RwSignal<Prefill>,
    pub(super) jobs: RwSignal<JobOptions>,
    pub(super) create_state: RwSignal<CreateState>,
    pub(super) sent: RwSignal<Vec<NewRun>>,
    pub(super) sent_again: RwSignal<Vec<NewRun>>,
    pub(super) dismissals: RwSignal<u32>,
    pub(super) other_tab: RwSignal<Option<TabActivity>>,
    pub(super) known_runs: RwSignal<KnownRuns>,
    /// How often all runs were searched for clashes.
    pub(super) searches: StoredValue<u32>,
}

pub(super) fn form_with(config: Config, draft: Draft) -> (Screen, FormFixture) {
    render_with(config, move |context| {
        let fixture = FormFixture {
            draft: RwSignal::new(draft),
            prefill: RwSignal::new(Prefill::None),
            jobs: RwSignal::new(JobOptions::new(["job-1".to_owned()], &[])),
            create_state: RwSignal::new(CreateState::default()),
            sent: RwSignal::new(Vec::new()),
            sent_again: RwSignal::new(Vec::new()),
            dismissals: RwSignal::new(0),
            other_tab: RwSignal::new(None),
            known_runs: RwSignal::new(KnownRuns::All),
            searches: StoredValue::new(0),
        };
        let FormFixture {
            draft,
            prefill,
            jobs,
            create_state,
            sent,
            sent_again,
            dismissals,
            other_tab,
            known_runs,
            searches,
        } = fixture;
        let node = view! {
            <NewRunForm
                draft=draft
                prefill=prefill
                replaces=None
                known_runs=known_runs
                jobs=jobs
                clashes=move |new_run: NewRun| {
                    searches.update_value(|searches| *searches += 1);
                    clashes(context.store, &new_run, None)
                }
                create_state=create_state
                fingerprint=create_states::fingerprint()
                other_tab=move |_: NewRun| other_tab.get()
                on_submit=move |run| sent.update(|sent| sent.push(run))
                on_send_again=move |run| sent_again.update(|sent_again| sent_again.push(run))
                on_start_over=|()| {}
                on_dismiss=move |()| dismissals.update(|dismissals| *dismissals += 1)
            />
        };
        (fixture, node.into_any())
    })
}

pub(super) fn form(draft: Draft) -> (Screen, FormFixture) {
    form_with(Config::default(), draft)
}

/// A draft that can be submitted.
pub(super) fn complete_draft() -> Draft {
    Draft {
        job_id: "job-1".to_owned(),
        name: "Spring sale".to_owned(),
        start_text: "2026-05-03 09:00".to_owned(),
        end_text: "2026-05-03 17:00".to_owned(),
        ..Draft::default()
    }
}

/// The error of a field, as screen readers read it with the field.
pub(super) fn field_error(screen: &Screen, field: &str) -> Option<String> {
    let field = screen.find("textbox", field);
    let description = description_of(&field);
    let notes = super::support::document().get_element_by_id(&attribute(&field, "aria-describedby").unwrap()).unwrap();
    let errors: Vec<String> = all_in(&notes, ".field-fault").iter().map(text_of).collect();
    let invalid = attribute(&field, "aria-invalid").as_deref() == Some("true");
    assert_eq!(invalid, !errors.is_empty(), "aria-invalid and the message appear together");
    assert!(errors.len() <= 1 && errors.iter().all(|error| description.contains(error)));
    errors.first().cloned()
}

#[wasm_bindgen_test]
fn untouched_form_shows_no_errors() {
    let (screen, _) = form(Draft::default());
    for field in ["Job ID", "Run name", "Start", "End"] {
        assert_eq!(field_error(&screen, field), None, "{field}");
    }
    assert_eq!(screen.texts("heading"), ["New run", "What will happen"]);
    assert!(screen.has_role("form", "New run"));
}

#[wasm_bindgen_test]
async fn submitting_an_empty_form_marks_every_field_and_focuses_the_first() {
    let (screen, fixture) = form(Draft::default());
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(field_error(&screen, "Job ID").as_deref(), Some("Choose a job, or enter its ID."));
    assert_eq!(field_error(&screen, "Run name").as_deref(), Some("Enter a name for the run."));
    assert_eq!(field_error(&screen, "Start").as_deref(), Some("Enter when it starts, or choose “Now”."));
    assert_eq!(field_error(&screen, "End").as_deref(), Some("Enter when it ends."));
    assert!(focused(&screen.find("textbox", "Job ID")));
    assert_eq!(screen.announced(), "Check the marked fields.");
    assert!(fixture.sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn leaving_a_field_shows_only_its_error() {
    let (screen, _) = form(Draft::default());
    screen.blur("Run name");
    settle().await;
    assert_eq!(field_error(&screen, "Run name").as_deref(), Some("Enter a name for the run."));
    for field in ["Job ID", "Start", "End"] {
        assert_eq!(field_error(&screen, field), None, "{field}");
    }
    screen.type_text("Run name", "Sale");
    settle().await;
    assert_eq!(field_error(&screen, "Run name"), None);
}

#[wasm_bindgen_test]
async fn leaving_a_field_for_a_button_does_not_move_the_button() {
    let (screen, _) = form(Draft::default());
    let button: HtmlElement = screen.find("button", "Schedule run");
    for field in ["Job ID", "Run name", "Start", "End"] {
        blur(&screen.find("textbox", field), Some(&button));
        settle().await;
        assert_eq!(field_error(&screen, field), None, "{field}");
    }
}

#[wasm_bindgen_test]
async fn each_error_is_shown_at_its_field_and_blocks_submitting() {
    let long = "x".repeat(256);
    let zoned = "Europe/Berlin";
    let cases: [(&str, &str, &str, &str); 12] = [
        ("UTC", "Job ID", "\u{a0} ", "Choose a job, or enter its ID."),
        ("UTC", "Run name", " ", "Enter a name for the run."),
        ("UTC", "Run name", &long, "Use at most 255 characters; this has 256."),
        ("UTC", "Start", "someday", "We can’t read this time. Write it like tomorrow 9am or 2026-03-29 14:30."),
        ("UTC", "Start", "03/04/2027 09:00", "This may be one of two days. Choose one above."),
        ("UTC", "Start", "tomorrow", "Add a time of day, such as 09:00."),
        ("UTC", "End", "Sun 4 May 2026 09:00", "This date is another day of the week. Check it."),
        ("UTC", "End", "2026-05-03 24:30", "We can’t read this time. Write it like tomorrow 9am or 2026-03-29 14:30."),
        ("UTC", "End", "2026-05-03 09:00", "The end must be after the start."),
        ("UTC", "End", "2026-05-03 08:00", "The end must be after the start."),
        (zoned, "Start", "2026-03-29 02:30", "This time does not exist: the clocks go forward over it."),
        (
            zoned,
            "End",
            "2026-10-25 02:30",
            "This time happens twice: the clocks go back. Write Sun 25 Oct 2026 02:30 UTC+02:00 or Sun 25 Oct 2026 02:30 UTC+01:00.",
        ),
    ];
    for (zone, field, text, expected) in cases {
        let (screen, fixture) = form(complete_draft());
        screen.context.ui.settings.set_zone(Zone::named(zone).unwrap());
        settle().await;
        screen.type_text(field, text);
        screen.click_button("Schedule run");
        settle().await;
        let message = field_error(&screen, field).unwrap_or_default();
        assert!(message.starts_with(expected), "{field} {text}: {message}");
        assert!(focused(&screen.find("textbox", field)), "{field} {text}");
        assert!(fixture.sent.get_untracked().is_empty(), "{field} {text}");
        let others = ["Job ID", "Run name", "Start", "End"].into_iter().filter(|other| *other != field);
        assert!(others.into_iter().all(|other| field_error(&screen, other).is_none()), "{field} {text}");
    }
}

#[wasm_bindgen_test]
async fn skipped_local_time_suggests_the_times_around_it() {
    let (screen, _) = form(complete_draft());
    screen.context.ui.settings.set_zone(Zone::named("Europe/Berlin").unwrap());
    settle().await;
    screen.type_text("End", "2027-03-28 02:30");
    screen.blur("End");
    settle().await;
    let message = field_error(&screen, "End").unwrap();
    assert!(message.contains("UTC+01:00") && message.contains("UTC+02:00"), "{message}");
}

#[wasm_bindgen_test]
async fn past_end_is_an_error_and_past_start_only_a_warning() {
    let (screen, fixture) = form(Draft { start_text: "2026-05-01 09:00".to_owned(), ..complete_draft() });
    screen.type_text("End", "2026-05-02 09:00");
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(field_error(&screen, "End").as_deref(), Some("The end is in the past; the API refuses that."));
    screen.type_text("End", "2026-05-02 15:00");
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(field_error(&screen, "Start"), None);
    assert!(screen.shows("The start is in the past: the run starts at once."));
    assert_eq!(fixture.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn unreadable_duration_is_an_error_at_its_field() {
    for (text, expected) in
        [("8", "We can’t read this duration."), ("", "Enter when it ends."), ("0h", "We can’t read")]
    {
        let (screen, fixture) = form(Draft { end: EndChoice::After, after_text: text.to_owned(), ..complete_draft() });
        screen.click_button("Schedule run");
        settle().await;
        let message = field_error(&screen, "Duration").unwrap();
        assert!(message.starts_with(expected), "{text}: {message}");
        assert!(focused(&screen.find("textbox", "Duration")));
        assert!(fixture.sent.get_untracked().is_empty());
    }
}

#[wasm_bindgen_test]
async fn too_long_name_is_marked_while_typing() {
    let (screen, _) = form(Draft::default());
    screen.type_text("Run name", &"é".repeat(256));
    settle().await;
    assert_eq!(field_error(&screen, "Run name").as_deref(), Some("Use at most 255 characters; this has 256."));
    screen.type_text("Run name", &"é".repeat(255));
    settle().await;
    assert_eq!(field_error(&screen, "Run name"), None);
}

#[wasm_bindgen_test]
async fn complete_draft_is_submitted_with_its_instants() {
    let (screen, fixture) = form(complete_draft());
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(fixture.sent.get_untracked(), [asked()]);
    assert_eq!(screen.announced(), "");
}

#[wasm_bindgen_test]
async fn now_and_after_count_from_the_moment_of_submitting() {
    let draft =
        Draft { start: StartChoice::Now, end: EndChoice::After, after_text: "1h 30m".to_owned(), ..complete_draft() };
    let (screen, fixture) = form(draft);
    screen.advance_clock(Span::from_minutes(10));
    settle().await;
    screen.click_button("Schedule run");
    let sent = fixture.sent.get_untracked().pop().unwrap();
    assert_eq!((sent.start_at, sent.end_at), (in_minutes(10), in_minutes(100)));
}

#[wasm_bindgen_test]
async fn end_that_passes_while_the_form_is_open_is_an_error() {
    let end_text = field_text(in_minutes(1), 0);
    let (screen, fixture) =
        form(Draft { start: StartChoice::At, start_text: "2026-05-01 09:00".to_owned(), end_text, ..complete_draft() });
    screen.advance_clock(Span::from_minutes(1));
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(field_error(&screen, "End").as_deref(), Some("The end is in the past; the API refuses that."));
    assert!(fixture.sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn nothing_can_be_submitted_while_a_request_is_in_flight() {
    let (screen, fixture) = form(complete_draft());
    fixture.create_state.set(create_states::sending(asked()));
    settle().await;
    let button = screen.find("button", "Scheduling…");
    assert_eq!(attribute(&button, "aria-disabled").as_deref(), Some("true"));
    button.click();
    // As Enter in a field does.
    assert!(!dispatch(&screen.find("form", "New run"), "submit"), "the browser would reload the page");
    assert!(fixture.sent.get_untracked().is_empty());
    fixture.create_state.set(CreateState::default());
    settle().await;
    assert_eq!(attribute(&screen.find("button", "Schedule run"), "aria-disabled"), None);
}

#[wasm_bindgen_test]
async fn links_out_of_the_form_lead_to_the_list_as_it_was_left() {
    let (screen, _) = form(complete_draft());
    let targets = || ["All runs", "Cancel"].map(|name| screen.link(name));
    assert_eq!(targets(), ["./", "./"]);
    screen.context.ui.navigation.rewrite(&Address::Runs { q: "pizza".to_owned(), sort: Sort::default() });
    settle().await;
    assert_eq!(targets(), ["./?q=pizza", "./?q=pizza"]);
}

#[wasm_bindgen_test]
async fn prefilled_form_names_its_source_as_plain_text() {
    let (screen, fixture) = form(complete_draft());
    assert!(screen.texts("status").is_empty());
    let name = "<b>Sale</b>".to_owned();
    fixture.prefill.set(Prefill::FromRun { name, length: Some(Span::from_minutes(90)), shifted: false });
    settle().await;
    let note = squeeze(&screen.texts("status").concat());
    assert!(note.starts_with("Filled in from “<b>Sale</b>”."), "{note}");
    assert!(!screen.has("b"));
    fixture.prefill.set(Prefill::Missing);
    settle().await;
    assert!(screen.texts("status").concat().starts_with("The run to repeat could not be read."));
}
