use super::*;
use crate::finding::{Finding, findings};
use crate::run::{RunId, Status};
use proptest::prelude::*;
use std::sync::Arc;

fn run(status: Option<&str>, start: Option<i64>, end: Option<i64>) -> Run {
    let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
    Run {
        id: RunId::new("a"),
        job_id: None,
        name: Arc::from(""),
        status: status.map(Status::new),
        start_at: start.map(at),
        end_at: end.map(at),
        created_at: None,
        updated_at: None,
        odd_times: crate::run::OddTimes::default(),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

#[test]
fn documented_run_is_open_although_its_status_is_scheduled() {
    let run = Run::read_body(include_str!("../../tests/fixtures/created.json")).unwrap();
    let created = run.created_at.unwrap();
    assert_eq!(Phase::of(&run, created), Phase::Open);
    assert_eq!(Disagreement::of(&run, created), Some(Disagreement::ScheduledWhileOpen));
}

#[test]
fn phase_follows_from_window_and_clock() {
    let (start, end) = (Some(100), Some(200));
    for (status, start, end, now, phase) in [
        (None, start, end, 99, Phase::Upcoming),
        (None, start, end, 100, Phase::Open),
        (None, start, end, 199, Phase::Open),
        (None, start, end, 200, Phase::Over),
        (Some("scheduled"), start, end, 150, Phase::Open),
        (Some("running"), start, end, 50, Phase::Upcoming),
        (Some("completed"), start, end, 150, Phase::Open),
        (Some("whatever"), start, end, 250, Phase::Over),
        (Some("Stopped"), start, end, 50, Phase::Stopped),
        (Some("canceled"), start, end, 250, Phase::Stopped),
        (Some("stopped"), None, None, 0, Phase::Stopped),
    ] {
        assert_eq!(Phase::of(&run(status, start, end), at(now)), phase, "{status:?} {start:?} {end:?} at {now}");
    }
}

/// Pairs of a start and an end that are no window.
const NO_WINDOWS: [(Option<i64>, Option<i64>); 8] = [
    (None, None),
    (None, Some(200)),
    (Some(100), None),
    (Some(200), Some(100)),
    (Some(100), Some(100)),
    // The year 1, 1969 and 1970.
    (Some(-62_135_596_800), Some(200)),
    (Some(-1), Some(200)),
    (Some(0), Some(200)),
];

#[test]
fn window_that_is_none_decides_nothing() {
    for (start, end) in NO_WINDOWS {
        for now in [50, 100, 150, 200, 250, 1_000_000] {
            for (status, phase, may_stop) in [
                (None, Phase::Unknown, true),
                (Some("scheduled"), Phase::Unknown, true),
                (Some("running"), Phase::Unknown, true),
                (Some("whatever"), Phase::Unknown, true),
                (Some("completed"), Phase::Over, false),
                (Some("failed"), Phase::Over, false),
                (Some("stopped"), Phase::Stopped, false),
            ] {
                let run = run(status, start, end);
                let context = format!("{status:?} {start:?} {end:?} at {now}");
                assert_eq!(Phase::of(&run, at(now)), phase, "{context}");
                assert_eq!(can_stop(&run, at(now)), may_stop, "{context}");
                assert_eq!(Disagreement::of(&run, at(now)), None, "{context}");
                let failed = (status == Some("failed")).then_some(Finding::Failed);
                assert_eq!(findings(&run, None, None, at(now)), Vec::from_iter(failed), "{context}");
                assert_eq!((run.window(), run.length()), (None, None), "{context}");
                assert_eq!(run.window(), None, "{context}");
            }
        }
    }
}

#[test]
fn ended_or_stopped_run_cannot_be_stopped_unless_the_api_calls_it_running() {
    for (status, now, may_stop) in [
        (None, 99, true),
        (None, 199, true),
        (None, 200, false),
        (Some("scheduled"), 200, false),
        (Some("completed"), 99, false),
        (Some("completed"), 150, false),
        (Some("completed"), 200, false),
        (Some("failed"), 99, false),
        (Some("failed"), 150, false),
        (Some("paused"), 150, true),
        (Some("paused"), 200, false),
        (Some("Running"), 150, true),
        (Some("running"), 5000, true),
        (Some("stopped"), 150, false),
    ] {
        assert_eq!(can_stop(&run(status, Some(100), Some(200)), at(now)), may_stop, "{status:?} at {now}");
    }
}

#[test]
fn phase_round_trips_through_its_word() {
    for phase in Phase::ALL {
        assert_eq!(Phase::from_word(&phase.word().to_uppercase()), Some(phase));
    }
    assert_eq!(Phase::from_word("opened"), None);
}

#[test]
fn disagreement_is_reported_after_a_grace_of_a_minute() {
    use Disagreement as D;
    let (start, end) = (Some(1000), Some(2000));
    for (status, start, end, now, disagreement) in [
        ("scheduled", start, end, 999, None),
        ("scheduled", start, end, 1000, None),
        ("scheduled", start, end, 1059, None),
        ("scheduled", start, end, 1060, Some(D::ScheduledWhileOpen)),
        ("Scheduled", start, end, 1999, Some(D::ScheduledWhileOpen)),
        ("scheduled", start, end, 2000, Some(D::ScheduledAfterEnd)),
        ("scheduled", Some(1000), Some(1030), 1040, None),
        ("scheduled", Some(1000), Some(1030), 1060, Some(D::ScheduledAfterEnd)),
        ("running", start, end, 999, Some(D::RunningBeforeStart)),
        ("running", start, end, 1000, None),
        ("running", start, end, 2059, None),
        ("running", start, end, 2060, Some(D::RunningAfterEnd)),
        ("completed", start, end, 500, Some(D::EndedBeforeEnd)),
        ("completed", start, end, 1999, Some(D::EndedBeforeEnd)),
        ("completed", start, end, 2000, None),
        ("failed", start, end, 1999, Some(D::EndedBeforeEnd)),
        ("stopped", start, end, 500, None),
        ("stopped", start, end, 5000, None),
        ("paused", start, end, 5000, None),
    ] {
        let found = Disagreement::of(&run(Some(status), start, end), at(now));
        assert_eq!(found, disagreement, "{status} {start:?} {end:?} at {now}");
    }
    assert_eq!(Disagreement::of(&run(None, start, end), at(5000)), None);
}

proptest! {
    #[test]
    fn any_window_at_any_time_has_a_phase(start in any::<i64>(), end in any::<i64>(), now in any::<i64>()) {
        let time = Timestamp::from_millis;
        for status in [None, Some("scheduled"), Some("running"), Some("failed")] {
            let run = Run { start_at: Some(time(start)), end_at: Some(time(end)), ..run(status, None, None) };
            let _ = (Phase::of(&run, time(now)), Disagreement::of(&run, time(now)));
        }
    }
}
