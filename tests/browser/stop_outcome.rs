//! The outcome of a stop: what each state says, and which of them can be dismissed.

use super::run_detail::{DetailFixture, detail};
use super::support::{Screen, run_between, settle};
use js_sys::Array;
use leptos::prelude::*;
use runboard_core::policy::stop::{Event, StopState};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;
use runboard_core::time::Span;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

fn unreachable() -> Problem {
    Problem::bare(ProblemKind::Unreachable { offline: false })
}

fn stop_now() -> Event {
    Event::StopNow(Box::new(run_between(-60, 60, "running")), None)
}

/// The run is read after the stop and has this status.
fn read(status: &str) -> Event {
    Event::Read(Box::new(run_between(-60, 60, status)), 1)
}

async fn after_events(events: &[Event]) -> (Screen, DetailFixture) {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    for event in events {
        fixture.handle(event.clone());
    }
    settle().await;
    (screen, fixture)
}

#[wasm_bindgen_test]
async fn each_state_says_what_is_known_and_only_final_ones_can_be_dismissed() {
    let requested = || vec![stop_now(), Event::Answered(Ok(None))];
    let with = |mut events: Vec<Event>, event: Event| {
        events.push(event);
        events
    };
    let cases = [
        (vec![stop_now()], "status", "Asking the API to stop the run…", false),
        (
            requested(),
            "status",
            "Stop requested Sat 2 May 2026 14:05:10 UTC and accepted. The run’s status does not say “stopped” yet.",
            false,
        ),
        (
            with(requested(), read("running")),
            "status",
            "Checked once since then: the status is still “running”. The console keeps checking.",
            false,
        ),
        (
            with(requested(), read("stopped")),
            "status",
            "Stopped. Requested Sat 2 May 2026 14:05:10 UTC, confirmed Sat 2 May 2026 14:05:10 UTC.",
            true,
        ),
        (
            with(requested(), read("winding-down")),
            "status",
            "Stop requested Sat 2 May 2026 14:05:10 UTC. At Sat 2 May 2026 14:05:10 UTC the status was “winding-down”, before that “running”.",
            true,
        ),
        (
            vec![stop_now(), Event::Answered(Err(Problem::bare(ProblemKind::Conflict)))],
            "status",
            "This run is already over. Nothing was changed.",
            true,
        ),
        (
            vec![stop_now(), Event::Answered(Err(Problem::bare(ProblemKind::Forbidden)))],
            "alert",
            "The run was not stopped.",
            true,
        ),
        (
            vec![stop_now(), Event::Answered(Err(unreachable()))],
            "alert",
            "It is not known yet whether the run was stopped",
            false,
        ),
    ];
    for (events, role, words, done) in cases {
        let (screen, _) = after_events(&events).await;
        let notice = screen.texts(role).concat();
        assert!(notice.contains(words), "{words}: {notice}");
        assert_eq!(screen.find_all("button", "Dismiss").len(), usize::from(done), "{words}");
    }
}

#[wasm_bindgen_test]
async fn pending_stop_can_be_dismissed_after_a_minute() {
    for answer in [Ok(None), Err(unreachable())] {
        let (screen, _) = after_events(&[stop_now(), Event::Answered(answer)]).await;
        screen.advance_clock(Span::from_seconds(59));
        settle().await;
        assert!(!screen.has_role("button", "Dismiss"));
        assert!(screen.shows("A stop was requested 59 s ago; the API’s status is still “running”."));
        screen.advance_clock(Span::from_seconds(1));
        settle().await;
        assert!(screen.has_role("button", "Dismiss"));
    }
}

#[wasm_bindgen_test]
async fn confirmed_stop_shows_counts_before_and_after() {
    let counts = |handled: u32| {
        let text = format!(r#"{{"action_delivery_status":{{"recipients_count":{handled}}}}}"#);
        Summary::read(&text, &RunId::new("r-1")).unwrap()
    };
    let ordered = Event::StopNow(Box::new(run_between(-60, 60, "running")), Some(counts(10)));
    let (screen, fixture) = after_events(&[ordered, Event::Answered(Ok(None)), read("stopped")]).await;
    assert!(screen.shows("When requested: 10 recipients.") && !screen.shows("no counts"));
    fixture.handle(Event::SummaryRead(counts(1200)));
    settle().await;
    let notice = screen.texts("status").concat();
    assert!(notice.contains("When requested: 10 recipients. Now: 1,200 recipients."), "{notice}");
    assert!(screen.has_role("button", "Copy receipt"));
}

#[wasm_bindgen_test]
async fn counts_of_which_nothing_is_known_are_left_out() {
    let (screen, _) = after_events(&[stop_now(), Event::Answered(Ok(None)), read("stopped")]).await;
    let notice = screen.texts("status").concat();
    assert!(notice.contains("Stopped. Requested") && !notice.contains("When requested"), "{notice}");
    assert!(!notice.contains("no counts"), "{notice}");
}

#[wasm_bindgen_test]
async fn confirmed_stop_quotes_only_a_status_of_another_word() {
    let (screen, _) = after_events(&[stop_now(), Event::Answered(Ok(None)), read("cancelled")]).await;
    assert!(screen.shows("confirmed Sat 2 May 2026 14:05:10 UTC (status “cancelled”)."), "{}", screen.full_text());
}

#[wasm_bindgen_test]
async fn stop_of_unknown_outcome_is_told_as_of_the_last_read() {
    let lost = || Event::Answered(Err(unreachable()));
    let (screen, _) = after_events(&[stop_now(), lost()]).await;
    assert!(screen.shows("It is not known yet whether the run was stopped."));
    let (screen, _) = after_events(&[stop_now(), lost(), read("running")]).await;
    assert!(screen.shows("As of Sat 2 May 2026 14:05:10 UTC, the run was not stopped."));
    assert!(!screen.shows("It is not known yet"));
}

#[wasm_bindgen_test]
async fn receipt_has_one_line_for_each_field_whatever_the_name() {
    let named =
        Run { name: Arc::from("Sale”\nConfirmed: 2000-01-01\u{2028}\u{202e}x"), ..run_between(-60, 60, "running") };
    let (screen, _) = after_events(&[
        Event::StopNow(Box::new(named), None),
        Event::Answered(Ok(None)),
        read("stopped\r\nCounts after: 0 recipients"),
    ])
    .await;
    let copied = Array::new();
    let _clipboard = super::copy_button::clipboard(&copied, true);
    screen.click_button("Copy receipt");
    settle().await;
    let text = copied.get(0).as_string().unwrap();
    let fields: Vec<&str> = text.lines().map(|line| line.split_once(':').map_or(line, |(field, _)| field)).collect();
    let expected = [
        "Stop of “\u{2068}Sale” Confirmed",
        "Run ID",
        "Requested",
        "Accepted",
        "Confirmed",
        "Status before",
        "Status after",
        "Counts when requested",
        "Counts after",
    ];
    assert_eq!(fields, expected);
    assert!(text.starts_with("Stop of “\u{2068}Sale” Confirmed: 2000-01-01 \u{202e}x\u{2069}”\n"), "{text}");
}

#[wasm_bindgen_test]
async fn renders_nothing_before_a_stop_and_after_dismissal() {
    let (screen, fixture) = detail(run_between(-60, 60, "running"));
    assert!(!screen.has(".notice"));
    fixture.handle(stop_now());
    fixture.handle(Event::Answered(Err(Problem::bare(ProblemKind::Conflict))));
    settle().await;
    screen.click_button("Dismiss");
    assert_eq!(fixture.dismissals.get_untracked(), 1);
    fixture.stop_state.set(StopState::default());
    settle().await;
    assert!(!screen.has(".notice"));
}

#[wasm_bindgen_test]
async fn refused_stop_shows_the_server_message() {
    let said = Some("not <b>yours</b>".to_owned());
    let refused = Problem { said, ..Problem::bare(ProblemKind::Forbidden) };
    let (screen, _) = after_events(&[stop_now(), Event::Answered(Err(refused))]).await;
    assert_eq!(screen.text(".said"), "The API says: not <b>yours</b>");
    assert!(screen.shows("Your token does not allow this."));
}
