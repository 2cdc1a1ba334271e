//! The form's fields and the preview.

use super::new_run_form::{complete_draft, field_error, form};
use super::support::create_states::asked;
use super::support::{MutationLog, Screen, description_of, dispatch, focused, found_in, name_of, run, settle, text_of};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard_core::draft::{Draft, EndChoice, StartChoice};
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

async fn set_zone(screen: &Screen, zone: &str) {
    // A user can only change the zone once the form is rendered.
    settle().await;
    screen.context.ui.settings.set_zone(Zone::named(zone).unwrap());
    settle().await;
}

/// The text of the preview.
fn preview(screen: &Screen) -> String {
    text_of(&screen.find("group", "What will happen"))
}

#[wasm_bindgen_test]
async fn typing_keeps_the_field_and_shows_the_parsed_time() {
    let (screen, fixture) = form(Draft::default());
    let field = screen.find("textbox", "Start");
    let cases = [
        ("2026-06-01 09:00", "Mon 1 Jun 2026 09:00 UTC, in 29 d 18 h"),
        ("tomorrow 9am", "Sun 3 May 2026 09:00 UTC, in 18 h 54 min"),
        ("in 2 hours", "Sat 2 May 2026 16:05:10 UTC, in 2 h"),
        ("now", "Sat 2 May 2026 14:05:10 UTC, now"),
        ("09:00", "Sat 2 May 2026 09:00 UTC, 5 h 5 min ago"),
        ("2026-06-01T09:00:00+02:00", "Mon 1 Jun 2026 07:00 UTC, in 29 d 16 h"),
    ];
    for (text, understood) in cases {
        screen.type_text("Start", text);
        settle().await;
        assert_eq!(screen.find("textbox", "Start"), field, "the field is the same element");
        assert!(focused(&field));
        assert_eq!(fixture.draft.with_untracked(|draft| draft.start_text.clone()), text);
        assert!(description_of(&field).contains(understood), "{text}: {}", description_of(&field));
    }
}

#[wasm_bindgen_test]
async fn characters_that_nobody_means_are_left_out_and_the_field_says_so() {
    let (screen, fixture) = form(complete_draft());
    let note = |field: &str| {
        let said = description_of(&screen.find("textbox", field));
        said.contains("removed.").then_some(said)
    };
    let unseen = "Characters that can’t be seen or only look like others were removed.";
    let both = "Quotes, and characters that can’t be seen or only look like others, were removed.";
    for (field, pasted, what, sent) in [
        ("Job ID", "12345678\u{200b}", unseen, "12345678"),
        ("Job ID", "“１２３４５６７８”", both, "12345678"),
        ("Job ID", "“12345678”", "The quotes around it were removed.", "12345678"),
        ("Job ID", "\u{feff}12345678\u{a0}", unseen, "12345678"),
        ("Run name", "\u{202e}Spring\u{ad} sale", unseen, "Spring sale"),
    ] {
        screen.type_text(field, pasted);
        settle().await;
        let said = note(field).unwrap_or_default();
        assert!(said.ends_with(&format!("{what} Will be sent as: {sent}")), "{pasted:?}: {said}");
    }
    screen.click_button("Schedule run");
    settle().await;
    let sent = fixture.sent.get_untracked();
    assert_eq!((sent[0].job_id.as_str(), sent[0].name.as_str()), ("12345678", "Spring sale"));
    screen.type_text("Job ID", " 12345678 ");
    screen.type_text("Run name", "春の👩\u{200d}👧 セール");
    settle().await;
    assert_eq!((note("Job ID"), note("Run name")), (None, None));
}

#[wasm_bindgen_test]
async fn runs_without_a_window_are_named_as_not_checked_for_overlap() {
    let (screen, _) = form(complete_draft());
    settle().await;
    screen.context.store.put(run(json!({ "id": "r-9", "job_id": "job-1", "name": "Odd one", "start_at": "soon" })));
    screen.context.store.publish_changes();
    settle().await;
    let said = preview(&screen);
    assert!(
        said.contains("1 run of this job could not be checked for overlap, because the API gave no readable window:")
    );
    assert!(said.contains("Odd one"), "{said}");
}

#[wasm_bindgen_test]
async fn every_field_has_a_label_and_a_hint() {
    let (screen, _) = form(Draft::default());
    for (field, hint) in [
        ("Job ID", "Choose the job to run."),
        ("Run name", "Up to 255 characters"),
        ("Start", "Such as tomorrow 9am"),
        ("End", "Such as tomorrow 9am"),
    ] {
        assert!(description_of(&screen.find("textbox", field)).contains(hint), "{field}");
    }
    screen.choose_radio("When it ends", "After a duration");
    settle().await;
    assert!(description_of(&screen.find("textbox", "Duration")).contains("Such as 8h 30m or 2d"));
}

#[wasm_bindgen_test]
async fn time_fields_show_the_zone() {
    let (screen, _) = form(Draft::default());
    for zone in ["UTC", "Europe/Berlin"] {
        set_zone(&screen, zone).await;
        for field in ["Start", "End"] {
            let place = screen.find("textbox", field).parent_element().unwrap();
            assert!(text_of(&place).contains(zone), "{field}");
        }
    }
}

#[wasm_bindgen_test]
async fn zone_change_rewrites_times_and_keeps_instants() {
    let (screen, fixture) = form(complete_draft());
    set_zone(&screen, "Asia/Kolkata").await;
    assert_eq!(screen.field("textbox", "Start").value(), "2026-05-03 14:30");
    assert_eq!(screen.field("textbox", "End").value(), "2026-05-03 22:30");
    screen.click_button("Schedule run");
    set_zone(&screen, "America/New_York").await;
    assert_eq!(screen.field("textbox", "Start").value(), "2026-05-03 05:00");
    screen.click_button("Schedule run");
    assert_eq!(fixture.sent.get_untracked(), [asked(), asked()]);
}

#[wasm_bindgen_test]
async fn zone_change_keeps_relative_absolute_and_unreadable_times() {
    for text in ["+2h", "now", "2026-05-03T09:00:00Z", "someday", "2026-05-03 25:00", ""] {
        let (screen, _) = form(Draft { start_text: text.to_owned(), ..complete_draft() });
        set_zone(&screen, "Europe/Berlin").await;
        assert_eq!(screen.field("textbox", "Start").value(), text);
    }
}

#[wasm_bindgen_test]
async fn choosing_now_hides_the_start_and_keeps_its_text() {
    let (screen, fixture) = form(complete_draft());
    screen.choose_radio("When it starts", "Now");
    settle().await;
    assert!(!screen.has_role("textbox", "Start"));
    assert_eq!(fixture.draft.with_untracked(|draft| draft.start), StartChoice::Now);
    screen.choose_radio("When it starts", "Pick a time");
    settle().await;
    assert_eq!(screen.field("textbox", "Start").value(), "2026-05-03 09:00");
}

#[wasm_bindgen_test]
async fn choosing_after_replaces_the_end_with_a_duration() {
    let (screen, fixture) = form(complete_draft());
    screen.choose_radio("When it ends", "After a duration");
    settle().await;
    assert!(!screen.has_role("textbox", "End"));
    assert_eq!(screen.field("textbox", "Duration").value(), "8 h", "the present length");
    screen.type_text("Duration", "90 min");
    assert_eq!(fixture.draft.with_untracked(|draft| draft.end), EndChoice::After);
    screen.choose_radio("When it ends", "Pick a time");
    settle().await;
    assert_eq!(screen.field("textbox", "End").value(), "2026-05-03 10:30");
    screen.choose_radio("When it ends", "After a duration");
    settle().await;
    assert_eq!(screen.field("textbox", "Duration").value(), "90 min");
}

#[wasm_bindgen_test]
fn radio_buttons_reflect_the_draft() {
    let draft = Draft { start: StartChoice::Now, end: EndChoice::After, ..complete_draft() };
    let (screen, _) = form(draft);
    let checked: Vec<String> = found_in(&screen.host, "radio")
        .into_iter()
        .filter(|radio| radio.unchecked_ref::<HtmlInputElement>().checked())
        .map(|radio| name_of(&radio))
        .collect();
    assert_eq!(checked, ["Now", "After a duration"]);
}

#[wasm_bindgen_test]
async fn picked_time_is_written_into_the_field() {
    let (screen, fixture) = form(complete_draft());
    assert!(screen.has_role("button", "Pick start from a calendar"));
    let place = screen.find("textbox", "End").parent_element().unwrap();
    let picker: HtmlInputElement =
        place.query_selector("input[type=datetime-local]").unwrap().unwrap().unchecked_into();
    screen.click_button("Pick end from a calendar");
    assert_eq!(picker.value(), "2026-05-03T17:00", "the picker opens at the entered time");
    picker.set_value("2026-05-04T18:30");
    dispatch(&picker, "change");
    settle().await;
    assert_eq!(fixture.draft.with_untracked(|draft| draft.end_text.clone()), "2026-05-04 18:30");
    assert_eq!(screen.field("textbox", "End").value(), "2026-05-04 18:30");
    picker.set_value("");
    dispatch(&picker, "change");
    settle().await;
    assert_eq!(
        screen.field("textbox", "End").value(),
        "2026-05-04 18:30",
        "clearing the picker does not clear the field"
    );
}

#[wasm_bindgen_test]
async fn preview_shows_length_window_and_countdown() {
    let (screen, _) = form(Draft::default());
    assert_eq!(preview(&screen), "What will happen Complete start and end to see what will happen.");
    drop(screen);
    let (screen, _) = form(complete_draft());
    let message = preview(&screen);
    assert!(
        message.starts_with("What will happen Runs 8 h, Sun 3 May 2026 09:00 to 17:00 UTC, starts in 18 h 54 min."),
        "{message}"
    );
    set_zone(&screen, "Europe/Berlin").await;
    let message = preview(&screen);
    assert!(
        message
            .starts_with("What will happen Runs 8 h, Sun 3 May 2026 11:00 to 19:00 UTC+02:00, starts in 18 h 54 min."),
        "{message}"
    );
    screen.type_text("End", "2026-10-26 11:00");
    settle().await;
    let message = preview(&screen);
    let expected =
        "What will happen Runs 176 d 1 h, Sun 3 May 2026 11:00 UTC+02:00 to Mon 26 Oct 2026 11:00 UTC+01:00, starts in";
    assert!(message.starts_with(expected), "{message}");
}

#[wasm_bindgen_test]
async fn countdown_changes_only_the_preview_and_the_hints() {
    let (screen, _) = form(complete_draft());
    settle().await;
    let mutations = MutationLog::of(&screen.host);
    screen.advance_clock(Span::from_minutes(60));
    settle().await;
    assert!(preview(&screen).contains("starts in 17 h 54 min"), "{}", preview(&screen));
    let start = screen.find("textbox", "Start");
    assert!(description_of(&start).contains("in 17 h 54 min"), "{}", description_of(&start));
    mutations.assert_only_in_any(&[
        screen.find("group", "What will happen").into(),
        screen.one("#start-notes"),
        screen.one("#end-notes"),
    ]);
}

#[wasm_bindgen_test]
async fn warnings_are_shown_before_submitting_and_are_no_errors() {
    let cases = [
        ("2026-05-02 13:00", "2026-05-02 20:00", "The start is in the past: the run starts at once."),
        ("2026-05-03 09:00", "2026-05-05 10:00", "The window is longer than a day: 2 d 1 h."),
        ("2026-05-02 14:06", "2026-05-02 14:09", "It ends in 3 min 50 s: little or nothing may be sent."),
    ];
    for (start, end, expected) in cases {
        let (screen, _) = form(Draft { start_text: start.to_owned(), end_text: end.to_owned(), ..complete_draft() });
        assert!(preview(&screen).contains(expected), "{}", preview(&screen));
        assert_eq!(field_error(&screen, "Start"), None);
    }
    let (screen, _) = form(complete_draft());
    assert!(screen.texts("status").is_empty());
}

#[wasm_bindgen_test]
async fn exact_request_matches_what_is_sent() {
    let (screen, fixture) = form(Draft { name: "<b>\"Sale\"</b>".to_owned(), ..complete_draft() });
    let shown: serde_json::Value = serde_json::from_str(&screen.text("pre code")).unwrap();
    screen.click_button("Schedule run");
    let sent = fixture.sent.get_untracked().pop().unwrap();
    // The preview already includes the fingerprint.
    let marked = super::support::create_states::fingerprint().apply_to(&sent);
    assert_eq!(shown, serde_json::from_str::<serde_json::Value>(&marked.to_json()).unwrap());
    let start = shown["startAt"].as_str().unwrap();
    assert!(start.starts_with("2026-05-03T09:00:00.") && start != "2026-05-03T09:00:00.000Z", "{start}");
    assert_eq!(shown["name"], "<b>\"Sale\"</b>");
    assert!(!screen.has("b"));
    screen.type_text("End", "");
    settle().await;
    assert!(!screen.has("pre"), "no request without a complete draft");
}
