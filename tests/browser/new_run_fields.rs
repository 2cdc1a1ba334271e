//! The form's fields: typing, choosing, picking, the zone, and what is said to happen.

use super::new_run_form::{fault, form, form_with, whole};
use super::support::creates::asked;
use super::support::{Stage, Witness, described, focused, found_in, get, name_of, settle, tell, text_of};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::config::Config;
use runboard_core::draft::{Draft, EndChoice, StartChoice};
use runboard_core::time::Span;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

async fn move_to(stage: &Stage, zone: &str) {
    // A person chooses a zone only after the form was drawn.
    settle().await;
    stage.console.ui.settings.set_zone(Zone::named(zone).unwrap());
    settle().await;
}

/// What is said to happen.
fn preview(stage: &Stage) -> String {
    text_of(&stage.find("group", "What will happen"))
}

#[wasm_bindgen_test]
async fn typing_keeps_the_field_and_says_what_was_understood() {
    let (stage, parts) = form(Draft::default());
    let field = stage.find("textbox", "Start");
    let cases = [
        ("2030-05-01 09:00", "= 2030-05-01 09:00:00 UTC"),
        ("tomorrow 09:00", "= 2026-05-03 09:00:00 UTC"),
        ("+2h", "= 2026-05-02 16:05:10 UTC"),
        ("2030-05-01T09:00:00+02:00", "= 2030-05-01 07:00:00 UTC"),
    ];
    for (text, understood) in cases {
        stage.write("Start", text);
        settle().await;
        assert_eq!(stage.find("textbox", "Start"), field, "the field is the same element");
        assert!(focused(&field));
        assert_eq!(parts.draft.with_untracked(|draft| draft.start_text.clone()), text);
        assert!(described(&field).contains(understood), "{text}: {}", described(&field));
    }
}

#[wasm_bindgen_test]
async fn every_field_is_labelled_and_says_what_to_write() {
    let (stage, _) = form(Draft::default());
    for (field, hint) in [
        ("Job ID", "The ID of the job whose list is to be run."),
        ("Run name", "1 to 255 characters"),
        ("Start", "2026-03-29 14:30, tomorrow 09:00, +2h"),
        ("End", "2026-03-29 14:30, tomorrow 09:00, +2h"),
    ] {
        assert!(described(&stage.find("textbox", field)).contains(hint), "{field}");
    }
    stage.pick("When it ends", "After");
    settle().await;
    assert!(described(&stage.find("textbox", "Duration")).contains("such as 8h 30m or 2d"));
}

#[wasm_bindgen_test]
async fn the_zone_stands_beside_each_field_that_takes_a_time() {
    let (stage, _) = form(Draft::default());
    for zone in ["UTC", "Europe/Berlin"] {
        move_to(&stage, zone).await;
        for field in ["Start", "End"] {
            let place = stage.find("textbox", field).parent_element().unwrap();
            assert!(text_of(&place).contains(zone), "{field}");
        }
    }
}

#[wasm_bindgen_test]
async fn another_zone_rewrites_the_texts_and_keeps_the_instants() {
    let (stage, parts) = form(whole());
    move_to(&stage, "Asia/Kolkata").await;
    assert_eq!(stage.field("textbox", "Start").value(), "2026-05-03 14:30");
    assert_eq!(stage.field("textbox", "End").value(), "2026-05-03 22:30");
    stage.press("Schedule run");
    move_to(&stage, "America/New_York").await;
    assert_eq!(stage.field("textbox", "Start").value(), "2026-05-03 05:00");
    stage.press("Schedule run");
    assert_eq!(parts.sent.get_untracked(), [asked(), asked()]);
}

#[wasm_bindgen_test]
async fn another_zone_leaves_alone_what_does_not_depend_on_it_or_cannot_be_read() {
    for text in ["+2h", "now", "2026-05-03T09:00:00Z", "someday", "2026-05-03 25:00", ""] {
        let (stage, _) = form(Draft { start_text: text.to_owned(), ..whole() });
        move_to(&stage, "Europe/Berlin").await;
        assert_eq!(stage.field("textbox", "Start").value(), text);
    }
}

#[wasm_bindgen_test]
async fn choosing_now_takes_the_start_away_and_its_text_comes_back() {
    let (stage, parts) = form(whole());
    stage.pick("When it starts", "Now");
    settle().await;
    assert!(!stage.offers("textbox", "Start"));
    assert_eq!(parts.draft.with_untracked(|draft| draft.start), StartChoice::Now);
    stage.pick("When it starts", "At a time");
    settle().await;
    assert_eq!(stage.field("textbox", "Start").value(), "2026-05-03 09:00");
}

#[wasm_bindgen_test]
async fn choosing_after_asks_for_a_duration_in_place_of_an_end() {
    let (stage, parts) = form(whole());
    stage.pick("When it ends", "After");
    settle().await;
    assert!(!stage.offers("textbox", "End"));
    stage.write("Duration", "90 min");
    assert_eq!(parts.draft.with_untracked(|draft| draft.end), EndChoice::After);
    stage.pick("When it ends", "At a time");
    settle().await;
    assert_eq!(stage.field("textbox", "End").value(), "2026-05-03 17:00");
    stage.pick("When it ends", "After");
    settle().await;
    assert_eq!(stage.field("textbox", "Duration").value(), "90 min");
}

#[wasm_bindgen_test]
fn the_radio_buttons_show_the_choice_of_the_draft() {
    let draft = Draft { start: StartChoice::Now, end: EndChoice::After, ..whole() };
    let (stage, _) = form(draft);
    let checked: Vec<String> = found_in(&stage.host, "radio")
        .into_iter()
        .filter(|radio| radio.unchecked_ref::<HtmlInputElement>().checked())
        .map(|radio| name_of(&radio))
        .collect();
    assert_eq!(checked, ["Now", "After"]);
}

#[wasm_bindgen_test]
async fn a_time_picked_from_the_calendar_is_written_into_the_field() {
    let (stage, parts) = form(whole());
    assert!(stage.offers("button", "Pick start from a calendar"));
    let place = stage.find("textbox", "End").parent_element().unwrap();
    let picker: HtmlInputElement =
        place.query_selector("input[type=datetime-local]").unwrap().unwrap().unchecked_into();
    stage.press("Pick end from a calendar");
    assert_eq!(picker.value(), "2026-05-03T17:00", "it opens at the time that is typed");
    picker.set_value("2026-05-04T18:30");
    tell(&picker, "change");
    settle().await;
    assert_eq!(parts.draft.with_untracked(|draft| draft.end_text.clone()), "2026-05-04 18:30");
    assert_eq!(stage.field("textbox", "End").value(), "2026-05-04 18:30");
    picker.set_value("");
    tell(&picker, "change");
    settle().await;
    assert_eq!(stage.field("textbox", "End").value(), "2026-05-04 18:30", "an emptied picker empties nothing");
}

#[wasm_bindgen_test]
async fn jobs_in_use_and_configured_ones_are_suggested_once_each() {
    let jobs = [("job-1", "Weekly"), ("job-3", "Monthly")].map(|(id, label)| (id.to_owned(), label.to_owned()));
    let (stage, parts) = form_with(Config { jobs: jobs.into_iter().collect(), ..Config::default() }, Draft::default());
    parts.jobs.set(vec!["job-1".to_owned(), "<i>job-2</i>".to_owned()]);
    settle().await;
    let list = get(&stage.find("textbox", "Job ID"), "list");
    let options = super::support::all_in(list.unchecked_ref(), "option");
    let suggested: Vec<String> = options.iter().map(|option| get(option, "value").as_string().unwrap()).collect();
    assert_eq!(suggested, ["job-1", "<i>job-2</i>", "job-3"]);
    assert!(!stage.has("i"));
    stage.write("Job ID", " job-3 ");
    settle().await;
    assert!(described(&stage.find("textbox", "Job ID")).contains("Monthly"), "a known job is named");
}

#[wasm_bindgen_test]
async fn the_preview_says_length_window_and_when_it_starts() {
    let (stage, _) = form(Draft::default());
    assert_eq!(preview(&stage), "Fill in start and end to see what will happen.");
    drop(stage);
    let (stage, _) = form(whole());
    let said = preview(&stage);
    assert!(said.starts_with("Runs 8 h, Sun 3 May 2026 09:00 to 17:00 UTC, starts in 18 h 54 min."), "{said}");
    move_to(&stage, "Europe/Berlin").await;
    let said = preview(&stage);
    assert!(said.starts_with("Runs 8 h, Sun 3 May 2026 11:00 to 19:00 UTC+02:00, starts in 18 h 54 min."), "{said}");
    stage.write("End", "2026-10-26 11:00");
    settle().await;
    let said = preview(&stage);
    let expected = "Runs 176 d 1 h, Sun 3 May 2026 11:00 UTC+02:00 to Mon 26 Oct 2026 11:00 UTC+01:00, starts in";
    assert!(said.starts_with(expected), "{said}");
}

#[wasm_bindgen_test]
async fn the_preview_counts_down_and_writes_nothing_else() {
    let (stage, _) = form(whole());
    settle().await;
    let witness = Witness::of(&stage.host);
    stage.let_pass(Span::from_minutes(60));
    settle().await;
    assert!(preview(&stage).contains("starts in 17 h 54 min"), "{}", preview(&stage));
    witness.saw_changes_only_in(&stage.find("group", "What will happen"));
}

#[wasm_bindgen_test]
async fn what_to_think_about_is_said_before_sending_and_is_no_fault() {
    let cases = [
        ("2026-05-02 13:00", "2026-05-02 20:00", "The start is in the past: the run starts at once."),
        ("2026-05-03 09:00", "2026-05-05 10:00", "The window is longer than a day: 2 d 1 h."),
        ("2026-05-02 14:06", "2026-05-02 14:09", "It ends in 3 min 50 s: little or nothing may be sent."),
    ];
    for (start, end, words) in cases {
        let (stage, _) = form(Draft { start_text: start.to_owned(), end_text: end.to_owned(), ..whole() });
        assert!(preview(&stage).contains(words), "{}", preview(&stage));
        assert_eq!(fault(&stage, "Start"), None);
    }
    let (stage, _) = form(whole());
    assert!(stage.texts("status").is_empty());
}

#[wasm_bindgen_test]
async fn the_exact_request_is_the_one_that_is_sent() {
    let (stage, parts) = form(Draft { name: "<b>\"Sale\"</b>".to_owned(), ..whole() });
    let shown: serde_json::Value = serde_json::from_str(&stage.text("pre code")).unwrap();
    stage.press("Schedule run");
    let sent = parts.sent.get_untracked().pop().unwrap();
    // It carries its fingerprint already.
    let marked = super::support::creates::fingerprint().apply_to(&sent);
    assert_eq!(shown, serde_json::from_str::<serde_json::Value>(&marked.to_json()).unwrap());
    let start = shown["startAt"].as_str().unwrap();
    assert!(start.starts_with("2026-05-03T09:00:00.") && start != "2026-05-03T09:00:00.000Z", "{start}");
    assert_eq!(shown["name"], "<b>\"Sale\"</b>");
    assert!(!stage.has("b"));
    stage.write("End", "");
    settle().await;
    assert!(!stage.has("pre"), "there is no request while something is missing");
}
