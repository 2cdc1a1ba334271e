//! The form as a whole: what it refuses and where it says so, and that it sends once.

use super::support::creates::{self, asked};
use super::support::{
    Stage, all_in, attribute, described, focused, in_minutes, leave, settle, squeeze, stage_with, tell, text_of,
};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::{NewRunForm, Others, Prefill};
use runboard::config::Config;
use runboard_core::draft::{Draft, EndChoice, NewRun, StartChoice};
use runboard_core::policy::create::CreateState;
use runboard_core::policy::tabs::Doing;
use runboard_core::time::Span;
use runboard_core::time::print::field_text;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// What the form is given, and what it asked for.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) draft: RwSignal<Draft>,
    pub(super) prefill: RwSignal<Prefill>,
    pub(super) jobs: RwSignal<Vec<String>>,
    pub(super) creating: RwSignal<CreateState>,
    pub(super) sent: RwSignal<Vec<NewRun>>,
    pub(super) again: RwSignal<Vec<NewRun>>,
    pub(super) seen: RwSignal<u32>,
    pub(super) twin: RwSignal<Option<Doing>>,
    pub(super) others: RwSignal<Others>,
}

pub(super) fn form_with(config: Config, draft: Draft) -> (Stage, Parts) {
    stage_with(config, move |console| {
        let parts = Parts {
            draft: RwSignal::new(draft),
            prefill: RwSignal::new(Prefill::None),
            jobs: RwSignal::new(Vec::new()),
            creating: RwSignal::new(CreateState::default()),
            sent: RwSignal::new(Vec::new()),
            again: RwSignal::new(Vec::new()),
            seen: RwSignal::new(0),
            twin: RwSignal::new(None),
            others: RwSignal::new(Others::Known),
        };
        let Parts { draft, prefill, jobs, creating, sent, again, seen, twin, others } = parts;
        let node = view! {
            <NewRunForm
                draft=draft
                prefill=prefill
                replaces=None
                others=others
                jobs=jobs
                store=console.store
                creating=creating
                fingerprint=creates::fingerprint()
                twin=move |_: NewRun| twin.get()
                on_submit=move |run| sent.update(|sent| sent.push(run))
                on_again=move |run| again.update(|again| again.push(run))
                on_seen=move |()| seen.update(|seen| *seen += 1)
            />
        };
        (parts, node.into_any())
    })
}

pub(super) fn form(draft: Draft) -> (Stage, Parts) {
    form_with(Config::default(), draft)
}

/// A draft that can be sent.
pub(super) fn whole() -> Draft {
    Draft {
        job_id: "job-1".to_owned(),
        name: "Spring sale".to_owned(),
        start_text: "2026-05-03 09:00".to_owned(),
        end_text: "2026-05-03 17:00".to_owned(),
        ..Draft::default()
    }
}

/// What is wrong with a field, as a screen reader tells it with the field.
pub(super) fn fault(stage: &Stage, field: &str) -> Option<String> {
    let field = stage.find("textbox", field);
    let whole = described(&field);
    let notes = super::support::document().get_element_by_id(&attribute(&field, "aria-describedby").unwrap()).unwrap();
    let faults: Vec<String> = all_in(&notes, ".field-fault").iter().map(text_of).collect();
    let invalid = attribute(&field, "aria-invalid").as_deref() == Some("true");
    assert_eq!(invalid, !faults.is_empty(), "the mark and the message come together");
    assert!(faults.len() <= 1 && faults.iter().all(|fault| whole.contains(fault)));
    faults.first().cloned()
}

#[wasm_bindgen_test]
fn an_untouched_form_is_not_full_of_faults() {
    let (stage, _) = form(Draft::default());
    for field in ["Job ID", "Run name", "Start", "End"] {
        assert_eq!(fault(&stage, field), None, "{field}");
    }
    assert_eq!(stage.texts("heading"), ["New run"]);
    assert!(stage.offers("form", "New run"));
}

#[wasm_bindgen_test]
async fn sending_an_empty_form_marks_every_field_and_leads_to_the_first() {
    let (stage, parts) = form(Draft::default());
    stage.press("Schedule run");
    settle().await;
    assert_eq!(fault(&stage, "Job ID").as_deref(), Some("Enter the job’s ID."));
    assert_eq!(fault(&stage, "Run name").as_deref(), Some("Enter a name for the run."));
    assert_eq!(fault(&stage, "Start").as_deref(), Some("Enter when it starts, or choose “Now”."));
    assert_eq!(fault(&stage, "End").as_deref(), Some("Enter when it ends."));
    assert!(focused(&stage.find("textbox", "Job ID")));
    assert_eq!(stage.announced(), "Please check what is marked below.");
    assert!(parts.sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn a_field_that_was_left_is_marked_and_no_other() {
    let (stage, _) = form(Draft::default());
    stage.leave("Run name");
    settle().await;
    assert_eq!(fault(&stage, "Run name").as_deref(), Some("Enter a name for the run."));
    for field in ["Job ID", "Start", "End"] {
        assert_eq!(fault(&stage, field), None, "{field}");
    }
    stage.write("Run name", "Sale");
    settle().await;
    assert_eq!(fault(&stage, "Run name"), None);
}

#[wasm_bindgen_test]
async fn leaving_a_field_for_a_button_marks_nothing_that_would_move_the_button_away() {
    let (stage, _) = form(Draft::default());
    let button: HtmlElement = stage.find("button", "Schedule run");
    for field in ["Job ID", "Run name", "Start", "End"] {
        leave(&stage.find("textbox", field), Some(&button));
        settle().await;
        assert_eq!(fault(&stage, field), None, "{field}");
    }
}

#[wasm_bindgen_test]
async fn each_fault_is_said_at_its_field_and_keeps_the_form_from_being_sent() {
    let long = "x".repeat(256);
    let zoned = "Europe/Berlin";
    let cases: [(&str, &str, &str, &str); 9] = [
        ("UTC", "Job ID", "\u{a0} ", "Enter the job’s ID."),
        ("UTC", "Run name", " ", "Enter a name for the run."),
        ("UTC", "Run name", &long, "Use at most 255 characters; this has 256."),
        ("UTC", "Start", "someday", "This time cannot be read. Write it like 2026-03-29 14:30."),
        ("UTC", "End", "2026-05-03 24:30", "This time cannot be read. Write it like 2026-03-29 14:30."),
        ("UTC", "End", "2026-05-03 09:00", "The end must be after the start."),
        ("UTC", "End", "2026-05-03 08:00", "The end must be after the start."),
        (zoned, "Start", "2026-03-29 02:30", "This time does not exist: the clocks go forward over it."),
        (
            zoned,
            "End",
            "2026-10-25 02:30",
            "This time happens twice: the clocks go back. Write 2026-10-25 02:30:00 UTC+02:00 or 2026-10-25 02:30:00 UTC+01:00.",
        ),
    ];
    for (zone, field, text, words) in cases {
        let (stage, parts) = form(whole());
        stage.console.ui.settings.set_zone(Zone::named(zone).unwrap());
        settle().await;
        stage.write(field, text);
        stage.press("Schedule run");
        settle().await;
        let said = fault(&stage, field).unwrap_or_default();
        assert!(said.starts_with(words), "{field} {text}: {said}");
        assert!(focused(&stage.find("textbox", field)), "{field} {text}");
        assert!(parts.sent.get_untracked().is_empty(), "{field} {text}");
        let others = ["Job ID", "Run name", "Start", "End"].into_iter().filter(|other| *other != field);
        assert!(others.into_iter().all(|other| fault(&stage, other).is_none()), "{field} {text}");
    }
}

#[wasm_bindgen_test]
async fn a_time_that_the_clocks_jump_over_is_answered_with_its_neighbours() {
    let (stage, _) = form(whole());
    stage.console.ui.settings.set_zone(Zone::named("Europe/Berlin").unwrap());
    settle().await;
    stage.write("End", "2027-03-28 02:30");
    stage.leave("End");
    settle().await;
    let said = fault(&stage, "End").unwrap();
    assert!(said.contains("UTC+01:00") && said.contains("UTC+02:00"), "{said}");
}

#[wasm_bindgen_test]
async fn a_past_end_is_refused_and_a_past_start_is_only_a_caution() {
    let (stage, parts) = form(Draft { start_text: "2026-05-01 09:00".to_owned(), ..whole() });
    stage.write("End", "2026-05-02 09:00");
    stage.press("Schedule run");
    settle().await;
    assert_eq!(fault(&stage, "End").as_deref(), Some("The end is in the past; the API refuses that."));
    stage.write("End", "2026-05-02 15:00");
    stage.press("Schedule run");
    settle().await;
    assert_eq!(fault(&stage, "Start"), None);
    assert!(stage.says("The start is in the past: the run starts at once."));
    assert_eq!(parts.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn a_duration_that_cannot_be_read_is_said_at_its_field() {
    for (text, words) in [("8", "This duration cannot be read."), ("", "Enter when it ends."), ("0h", "This duration")]
    {
        let (stage, parts) = form(Draft { end: EndChoice::After, after_text: text.to_owned(), ..whole() });
        stage.press("Schedule run");
        settle().await;
        let said = fault(&stage, "Duration").unwrap();
        assert!(said.starts_with(words), "{text}: {said}");
        assert!(focused(&stage.find("textbox", "Duration")));
        assert!(parts.sent.get_untracked().is_empty());
    }
}

#[wasm_bindgen_test]
async fn a_name_that_is_too_long_is_marked_while_it_is_typed() {
    let (stage, _) = form(Draft::default());
    stage.write("Run name", &"é".repeat(256));
    settle().await;
    assert_eq!(fault(&stage, "Run name").as_deref(), Some("Use at most 255 characters; this has 256."));
    stage.write("Run name", &"é".repeat(255));
    settle().await;
    assert_eq!(fault(&stage, "Run name"), None);
}

#[wasm_bindgen_test]
async fn a_whole_draft_is_sent_as_the_instants_it_names() {
    let (stage, parts) = form(whole());
    stage.press("Schedule run");
    settle().await;
    assert_eq!(parts.sent.get_untracked(), [asked()]);
    assert_eq!(stage.announced(), "");
}

#[wasm_bindgen_test]
async fn now_and_after_are_counted_from_the_moment_of_sending() {
    let draft = Draft { start: StartChoice::Now, end: EndChoice::After, after_text: "1h 30m".to_owned(), ..whole() };
    let (stage, parts) = form(draft);
    stage.let_pass(Span::from_minutes(10));
    settle().await;
    stage.press("Schedule run");
    let sent = parts.sent.get_untracked().pop().unwrap();
    assert_eq!((sent.start_at, sent.end_at), (in_minutes(10), in_minutes(100)));
}

#[wasm_bindgen_test]
async fn an_end_that_passes_while_the_form_is_open_is_refused() {
    let end_text = field_text(in_minutes(1), 0);
    let (stage, parts) =
        form(Draft { start: StartChoice::At, start_text: "2026-05-01 09:00".to_owned(), end_text, ..whole() });
    stage.let_pass(Span::from_minutes(1));
    stage.press("Schedule run");
    settle().await;
    assert_eq!(fault(&stage, "End").as_deref(), Some("The end is in the past; the API refuses that."));
    assert!(parts.sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn while_one_is_under_way_no_second_one_is_sent_by_any_way() {
    let (stage, parts) = form(whole());
    parts.creating.set(creates::sending(asked()));
    settle().await;
    let button = stage.find("button", "CreateState…");
    assert!(button.has_attribute("disabled"));
    button.click();
    // What Enter in a field does.
    assert!(!tell(&stage.find("form", "New run"), "submit"), "the browser would load the page anew");
    assert!(parts.sent.get_untracked().is_empty());
    parts.creating.set(CreateState::default());
    settle().await;
    assert!(!stage.find("button", "Schedule run").has_attribute("disabled"));
}

#[wasm_bindgen_test]
fn leaving_the_form_leads_to_the_list() {
    let (stage, _) = form(whole());
    assert_eq!(stage.link("Back to all runs"), "./");
    assert_eq!(stage.link("Go to all runs"), "./");
}

#[wasm_bindgen_test]
async fn where_a_prefilled_form_comes_from_is_said_as_text() {
    let (stage, parts) = form(whole());
    assert!(stage.texts("status").is_empty());
    let name = "<b>Sale</b>".to_owned();
    parts.prefill.set(Prefill::From { name, length: Some(Span::from_minutes(90)), shifted: false });
    settle().await;
    let note = squeeze(&stage.texts("status").concat());
    assert!(note.starts_with("Filled in from “<b>Sale</b>”."), "{note}");
    assert!(!stage.has("b"));
    parts.prefill.set(Prefill::Missing);
    settle().await;
    assert!(stage.texts("status").concat().starts_with("The run to repeat could not be read."));
}
