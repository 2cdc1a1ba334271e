//! The times of the form: which one moves which, and what is asked.

use super::new_run_form::{FormFixture, complete_draft, field_error, form};
use super::support::{Screen, description_of, focused, found_in, settle, text_of};
use leptos::prelude::*;
use runboard_core::draft::Draft;
use wasm_bindgen_test::wasm_bindgen_test;

fn shown(screen: &Screen) -> [String; 3] {
    ["Start", "End", "Duration"].map(|field| screen.field("textbox", field).value())
}

async fn typed(field: &str, text: &str) -> (Screen, FormFixture) {
    let (screen, fixture) = form(complete_draft());
    screen.type_text(field, text);
    settle().await;
    (screen, fixture)
}

#[wasm_bindgen_test]
async fn moving_the_start_keeps_the_length_and_moving_the_end_changes_it() {
    let (screen, _) = typed("Start", "2026-05-0").await;
    assert_eq!(shown(&screen), ["2026-05-0", "2026-05-03 17:00", "8 h"]);
    screen.type_text("Start", "tomorrow 11am");
    settle().await;
    assert_eq!(shown(&screen), ["tomorrow 11am", "2026-05-03 19:00", "8 h"]);
    screen.type_text("End", "2026-05-04 21:00");
    settle().await;
    assert_eq!(shown(&screen)[2], "1 d 10 h");
    screen.type_text("Duration", "90 min");
    settle().await;
    assert_eq!(shown(&screen), ["tomorrow 11am", "2026-05-03 12:30", "90 min"]);
}

#[wasm_bindgen_test]
async fn usual_starts_and_durations_are_one_click() {
    let (screen, fixture) = form(Draft { start_text: String::new(), end_text: String::new(), ..complete_draft() });
    for (button, expected) in [
        ("8 h", ["", "", "8 h"]),
        ("Tomorrow 09:00", ["2026-05-03 09:00", "2026-05-03 17:00", "8 h"]),
        ("Monday 09:00", ["2026-05-04 09:00", "2026-05-04 17:00", "8 h"]),
        ("In 1 h", ["2026-05-02 15:06", "2026-05-02 23:06", "8 h"]),
        ("24 h", ["2026-05-02 15:06", "2026-05-03 15:06", "24 h"]),
        ("1 h", ["2026-05-02 15:06", "2026-05-02 16:06", "1 h"]),
    ] {
        screen.click_button(button);
        settle().await;
        assert_eq!(shown(&screen), expected, "{button}");
    }
    screen.choose_radio("When it starts", "Now");
    screen.click_button("Monday 09:00");
    settle().await;
    assert_eq!(screen.field("textbox", "Start").value(), "2026-05-04 09:00", "a usual start is a time");
    screen.click_button("Schedule run");
    assert_eq!(fixture.sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn end_stays_in_sight_when_the_run_starts_now() {
    let (screen, _) = form(complete_draft());
    screen.choose_radio("When it starts", "Now");
    settle().await;
    let hint = description_of(&screen.find("textbox", "Duration"));
    assert_eq!(hint, "Ends Sat 2 May 2026 22:05:10 UTC");
    screen.type_text("Duration", "");
    settle().await;
    assert_eq!(description_of(&screen.find("textbox", "Duration")), "Such as 8h 30m or 2d");
}

#[wasm_bindgen_test]
async fn a_date_that_may_be_two_days_is_asked_about() {
    let (screen, fixture) = typed("Start", "03/04/2027 9am").await;
    let question = screen.find("group", "Which start is meant?");
    let answers: Vec<String> = found_in(&question, "button").iter().map(|button| text_of(button)).collect();
    assert_eq!(answers, ["Sat 3 Apr 2027", "Thu 4 Mar 2027"]);
    screen.click_button("Schedule run");
    settle().await;
    assert!(fixture.sent.get_untracked().is_empty());
    screen.click_button("Thu 4 Mar 2027");
    settle().await;
    assert_eq!(shown(&screen), ["2027-03-04 09:00", "2027-03-04 17:00", "8 h"]);
    assert!(focused(&screen.find("textbox", "Start")));
    assert!(!screen.has_role("group", "Which start is meant?"));
    assert_eq!(field_error(&screen, "Start"), None);
}

#[wasm_bindgen_test]
async fn a_day_without_a_time_is_asked_for_one() {
    let (screen, _) = typed("Start", "tomorrow").await;
    screen.click_button("09:00");
    settle().await;
    assert_eq!(shown(&screen), ["tomorrow 09:00", "2026-05-03 17:00", "8 h"]);
}

#[wasm_bindgen_test]
async fn unreadable_duration_stops_the_form_although_the_end_is_a_time() {
    let (screen, fixture) = typed("Duration", "80").await;
    screen.click_button("Schedule run");
    settle().await;
    assert!(field_error(&screen, "Duration").is_some_and(|error| error.starts_with("We can’t read this duration.")));
    assert_eq!(field_error(&screen, "End"), None);
    assert!(focused(&screen.find("textbox", "Duration")));
    assert!(fixture.sent.get_untracked().is_empty());
}
