use super::*;
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
        (None, None, Some(200), 199, Phase::Open),
        (None, None, Some(200), 200, Phase::Over),
        (None, Some(100), None, 99, Phase::Upcoming),
        (None, Some(100), None, 100, Phase::Unknown),
        (None, None, None, 0, Phase::Unknown),
        (None, Some(200), Some(100), 150, Phase::Upcoming),
        (None, Some(200), Some(100), 200, Phase::Over),
    ] {
        assert_eq!(Phase::of(&run(status, start, end), at(now)), phase, "{status:?} {start:?} {end:?} at {now}");
    }
}

#[test]
fn ended_or_stopped_run_cannot_be_stopped() {
    let able: Vec<_> = Phase::ALL.into_iter().filter(|phase| phase.can_stop()).collect();
    assert_eq!(able, [Phase::Upcoming, Phase::Open, Phase::Unknown]);
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
        ("scheduled", None, end, 1999, None),
        ("scheduled", None, end, 2000, Some(D::ScheduledAfterEnd)),
        ("scheduled", start, None, 5000, Some(D::ScheduledWhileOpen)),
        ("running", start, end, 999, Some(D::RunningBeforeStart)),
        ("running", start, end, 1000, None),
        ("running", start, end, 2059, None),
        ("running", start, end, 2060, Some(D::RunningAfterEnd)),
        ("running", None, None, 2060, None),
        ("completed", start, end, 500, Some(D::EndedBeforeEnd)),
        ("completed", start, end, 1999, Some(D::EndedBeforeEnd)),
        ("completed", start, end, 2000, None),
        ("failed", start, end, 1999, Some(D::EndedBeforeEnd)),
        ("failed", start, None, 1999, None),
        ("stopped", start, end, 500, None),
        ("stopped", start, end, 5000, None),
        ("paused", start, end, 5000, None),
        ("paused", Some(1000), Some(1000), 0, Some(D::EndNotAfterStart)),
        ("running", Some(2000), Some(1000), 0, Some(D::EndNotAfterStart)),
    ] {
        let found = Disagreement::of(&run(Some(status), start, end), at(now));
        assert_eq!(found, disagreement, "{status} {start:?} {end:?} at {now}");
    }
    assert_eq!(Disagreement::of(&run(None, start, end), at(5000)), None);
    assert_eq!(Disagreement::of(&run(None, end, start), at(0)), Some(D::EndNotAfterStart));
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
