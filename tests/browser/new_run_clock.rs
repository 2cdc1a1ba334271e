//! The form while time passes: a duration from now stays one, and runs are not searched with every tick.

use super::new_run_form::{complete_draft, form};
use super::support::settle;
use leptos::prelude::*;
use runboard_core::draft::{Draft, StartChoice};
use runboard_core::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;

fn now() -> Draft {
    Draft { start: StartChoice::Now, start_text: String::new(), end_text: String::new(), ..complete_draft() }
}

#[wasm_bindgen_test]
async fn a_usual_duration_from_now_is_what_is_sent_twenty_minutes_later() {
    let (screen, fixture) = form(now());
    screen.click_button("8 h");
    settle().await;
    screen.advance_clock(Span::from_minutes(20));
    settle().await;
    assert_eq!(screen.field("textbox", "Duration").value(), "8 h");
    assert!(screen.text(".preview-sentence").starts_with("Runs 8 h, "), "{}", screen.text(".preview-sentence"));
    screen.click_button("Schedule run");
    let sent = fixture.sent.get_untracked().pop().unwrap();
    assert_eq!(sent.end_at.since(sent.start_at), Span::from_hours(8));
}

#[wasm_bindgen_test]
async fn no_duration_is_shown_between_now_and_a_picked_time() {
    let (screen, _) = form(now());
    screen.type_text("End", "2026-05-02 22:00");
    settle().await;
    assert_eq!(screen.field("textbox", "Duration").value(), "");
    screen.type_text("Duration", "90 min");
    settle().await;
    assert!(!screen.has_role("textbox", "End"), "it ends after the duration");
    assert_eq!(screen.field("textbox", "Duration").value(), "90 min");
}

#[wasm_bindgen_test]
async fn clashes_are_searched_once_a_minute_while_the_start_is_now() {
    let (screen, fixture) = form(now());
    screen.click_button("8 h");
    settle().await;
    let searches = || fixture.searches.get_value();
    // The tests start at 10 s past the minute.
    assert_eq!(searches(), 1);
    for _ in 0..3 {
        screen.advance_clock(Span::from_seconds(10));
        settle().await;
    }
    assert_eq!(searches(), 1);
    screen.advance_clock(Span::from_minutes(1));
    settle().await;
    assert_eq!(searches(), 2);
    screen.type_text("Run name", "Autumn sale");
    settle().await;
    assert_eq!(searches(), 3);
}
