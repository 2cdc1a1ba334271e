use super::*;
use crate::summary::Responses;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(minutes: i64) -> Timestamp {
    NOW.plus(Span::from_minutes(minutes))
}

fn minutes(minutes: i64) -> Span {
    Span::from_minutes(minutes)
}

fn run(status: &str, start: i64, end: i64, created: i64) -> Run {
    let value = json!({"id": "a", "status": status, "start_at": after(start).to_iso(), "end_at": after(end).to_iso(), "created_at": after(created).to_iso()});
    Run::read_body(&value.to_string()).unwrap()
}

fn summary(count: u64) -> Summary {
    let body = json!({"_embedded": {"action_delivery_status": {"recipients_count": 0, "status_info_count": count, "job_run_id": "a"}}});
    Summary::read(&body.to_string(), &RunId::new("a")).unwrap()
}

#[test]
fn every_disagreement_becomes_a_finding_with_its_duration() {
    let word = Status::new;
    for (run, expected) in [
        (run("scheduled", -4, 60, -9), vec![Finding::StillScheduled(minutes(4))]),
        (run("scheduled", -60, -3, -90), vec![Finding::ScheduledAfterEnd(minutes(3))]),
        (run("running", 5, 60, -9), vec![Finding::RunningBeforeStart(minutes(5))]),
        (run("running", -60, -2, -90), vec![Finding::StillRunning(minutes(2))]),
        (run("failed", -60, 7, -90), vec![Finding::Failed, Finding::EndedEarly(minutes(7), word("failed"))]),
        (run("running", -60, 60, 960), vec![Finding::CreatedAfterStart(minutes(1020))]),
        (run("running", 60, 60, 960), vec![]),
        (run("running", -60, 60, -90), vec![]),
        (run("halfway", -60, 60, -90), vec![]),
        (run("stopped", -60, 60, -90), vec![]),
        (
            run("scheduled", -120, 60, -60),
            vec![Finding::StillScheduled(minutes(120)), Finding::CreatedAfterStart(minutes(60))],
        ),
    ] {
        assert_eq!(findings(&run, None, None, NOW), expected, "{run:?}");
    }
}

#[test]
fn delay_of_seconds_at_a_boundary_is_no_finding() {
    for found in [run("scheduled", 0, 60, -9), run("running", -60, 0, -90), run("running", 0, 60, 0)] {
        assert_eq!(findings(&found, None, None, NOW.plus(Span::from_seconds(59))), [], "{found:?}");
    }
}

#[test]
fn pending_stop_is_reported_with_the_current_status() {
    let asked = |seconds: i64| Some(NOW.plus(Span::from_seconds(-seconds)));
    let run = run("running", -60, 60, -90);
    assert_eq!(findings(&run, None, asked(29), NOW), []);
    let pending = Finding::StopPending(Span::from_seconds(90), Some(Status::new("running")));
    assert_eq!(findings(&run, None, asked(90), NOW), [pending]);
}

#[test]
fn summary_that_contradicts_the_window_is_reported() {
    let (open, upcoming) = (run("running", -10, 60, -90), run("scheduled", 10, 60, -90));
    assert_eq!(findings(&open, Some(&summary(0)), None, NOW), [Finding::NothingYet(minutes(10))]);
    assert_eq!(findings(&open, Some(&Summary::default()), None, NOW), [Finding::NothingYet(minutes(10))]);
    assert_eq!(findings(&open, Some(&summary(1)), None, NOW), []);
    let garbled = Summary { responses: Some(Responses { recipients: None }), ..Summary::default() };
    assert_eq!(findings(&open, Some(&garbled), None, NOW), [], "what cannot be read is not nothing");
    assert_eq!(findings(&open, None, None, NOW), [], "what was not read is not claimed");
    assert_eq!(findings(&run("running", -9, 60, -90), Some(&summary(0)), None, NOW), []);
    assert_eq!(findings(&upcoming, Some(&summary(1)), None, NOW), [Finding::CountsBeforeStart(minutes(10))]);
    assert_eq!(findings(&upcoming, Some(&summary(0)), None, NOW), []);
    let other = Summary { other_run: Some(RunId::new("b")), ..summary(1) };
    assert_eq!(findings(&open, Some(&other), None, NOW), [Finding::OtherRun(RunId::new("b"))]);
}

#[test]
fn run_whose_start_was_never_set_has_no_findings() {
    for unset in ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000+00:00", "1970-01-01T00:00:00Z", "soon"] {
        let value = json!({"id": "a", "status": "scheduled", "start_at": unset, "end_at": after(-60).to_iso(), "created_at": NOW.to_iso()});
        let run = Run::read_body(&value.to_string()).unwrap();
        assert_eq!(findings(&run, Some(&summary(0)), None, NOW), [], "{unset}");
    }
}

#[test]
fn run_without_times_has_no_findings() {
    let bare = Run::read_body(&json!({"id": "a", "status": "running"}).to_string()).unwrap();
    assert_eq!(findings(&bare, Some(&summary(9)), None, NOW), []);
}
