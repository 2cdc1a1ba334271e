use super::*;
use crate::run::RunId;
use proptest::prelude::*;

const NOON: i64 = 1_800_000_000_000;
const DAY: i64 = 24 * 3_600_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(NOON + millis)
}

/// A run with a window in milliseconds from now.
fn run(status: Option<&str>, window: Option<(i64, i64)>) -> Run {
    Run {
        status: status.map(Status::new),
        start_at: window.map(|(start, _)| at(start)),
        end_at: window.map(|(_, end)| at(end)),
        ..Run::new(RunId::new("a"))
    }
}

const UPCOMING: Option<(i64, i64)> = Some((DAY, 2 * DAY));
const OPEN: Option<(i64, i64)> = Some((-DAY, DAY));
const OVER: Option<(i64, i64)> = Some((-2 * DAY, -DAY));

#[test]
fn every_status_and_window_has_one_state_and_its_note() {
    let quoted = |word: &str| Some(StateNote::Status(Status::new(word)));
    for (status, window, state, note) in [
        (Some("scheduled"), UPCOMING, RunState::Scheduled, None),
        (Some("scheduled"), OPEN, RunState::Open, quoted("scheduled")),
        (Some("scheduled"), OVER, RunState::Ended, quoted("scheduled")),
        (Some("scheduled"), None, RunState::Scheduled, None),
        (Some("running"), UPCOMING, RunState::Running, Some(StateNote::BeforeStart)),
        (Some("Running"), OPEN, RunState::Running, None),
        (Some("running"), OVER, RunState::Running, Some(StateNote::AfterEnd)),
        (Some("running"), None, RunState::Running, None),
        (Some("completed"), UPCOMING, RunState::Completed, Some(StateNote::BeforeEnd)),
        (Some("completed"), OPEN, RunState::Completed, Some(StateNote::BeforeEnd)),
        (Some("completed"), OVER, RunState::Completed, None),
        (Some("completed"), None, RunState::Completed, None),
        (Some("failed"), OPEN, RunState::Failed, Some(StateNote::BeforeEnd)),
        (Some("FAILED"), OVER, RunState::Failed, None),
        (Some("failed"), None, RunState::Failed, None),
        (Some("stopped"), UPCOMING, RunState::Stopped, None),
        (Some("cancelled"), OPEN, RunState::Stopped, None),
        (Some("stopped"), None, RunState::Stopped, None),
        (Some("paused"), UPCOMING, RunState::Scheduled, quoted("paused")),
        (Some("paused"), OPEN, RunState::Open, quoted("paused")),
        (Some("paused"), OVER, RunState::Ended, quoted("paused")),
        (Some("paused"), None, RunState::Unknown, quoted("paused")),
        (None, UPCOMING, RunState::Scheduled, None),
        (None, OPEN, RunState::Open, None),
        (None, OVER, RunState::Ended, None),
        (None, None, RunState::Unknown, None),
        // A reversed window says nothing.
        (Some("scheduled"), Some((DAY, -DAY)), RunState::Scheduled, None),
        (None, Some((-DAY, -2 * DAY)), RunState::Unknown, None),
    ] {
        let run = run(status, window);
        assert_eq!(RunState::of(&run, at(0)), state, "{status:?} {window:?}");
        assert_eq!(StateNote::of(&run, at(0)), note, "{status:?} {window:?}");
    }
}

#[test]
fn failed_and_contradictory_runs_need_attention_for_a_week() {
    let week = 7 * DAY;
    for (status, window, needs) in [
        ("failed", Some((-2 * DAY, -DAY)), true),
        ("failed", Some((-2 * week, 1 - week)), true),
        ("failed", Some((-2 * week, -week)), false),
        ("failed", None, true),
        ("completed", OVER, false),
        ("completed", OPEN, true),
        ("stopped", OPEN, false),
        ("running", OPEN, false),
        ("running", OVER, true),
        ("running", Some((-2 * week, -week)), false),
        ("scheduled", UPCOMING, false),
        // Statuses may lag by seconds.
        ("scheduled", Some((-59_000, DAY)), false),
        ("scheduled", Some((-60_000, DAY)), true),
        ("paused", OPEN, false),
    ] {
        assert_eq!(needs_attention(&run(Some(status), window), at(0)), needs, "{status} {window:?}");
    }
}

#[test]
fn without_a_window_the_last_change_says_how_old_a_failure_is() {
    let failed = Run { updated_at: Some(at(-8 * DAY)), ..run(Some("failed"), None) };
    assert!(!needs_attention(&failed, at(0)));
}

#[test]
fn each_word_names_its_state() {
    for state in RunState::ALL {
        assert_eq!(RunState::from_word(&state.word().to_uppercase()), Some(state));
    }
    assert_eq!(RunState::from_word("over"), None);
}

#[test]
fn only_a_scheduled_run_whose_window_is_ahead_has_not_started() {
    for (status, window, not_started) in [
        (Some("scheduled"), UPCOMING, true),
        (Some("paused"), UPCOMING, true),
        (None, UPCOMING, true),
        (Some("running"), UPCOMING, false),
        (Some("completed"), UPCOMING, false),
        (Some("failed"), UPCOMING, false),
        (Some("stopped"), UPCOMING, false),
        (Some("scheduled"), OPEN, false),
        (Some("scheduled"), OVER, false),
        (Some("scheduled"), None, false),
        (None, None, false),
    ] {
        assert_eq!(has_not_started(&run(status, window), at(0)), not_started, "{status:?} {window:?}");
    }
}

proptest! {
    #[test]
    fn a_state_never_contradicts_what_can_be_stopped(
        status in prop::option::of(prop::sample::select(vec!["scheduled", "running", "stopped", "completed", "failed", "paused"])),
        start in -3 * DAY..3 * DAY,
        length in 1..3 * DAY,
    ) {
        let run = run(status, Some((start, start + length)));
        let state = RunState::of(&run, at(0));
        if matches!(state, RunState::Scheduled | RunState::Running | RunState::Open) {
            prop_assert!(crate::phase::can_stop(&run, at(0)));
        }
        if matches!(state, RunState::Completed | RunState::Failed | RunState::Stopped | RunState::Ended) {
            prop_assert!(!crate::phase::can_stop(&run, at(0)));
        }
    }
}
