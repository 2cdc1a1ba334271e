use super::*;
use crate::draft::NewRun;
use crate::policy::intent::Fingerprint;
use crate::policy::{bulk_stop, create, reschedule, stop};
use crate::problem::{Problem, ProblemKind};
use crate::run::{JobId, Run};
use crate::time::{Span, Timestamp};
use serde_json::json;
use std::sync::Arc;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn lost() -> Problem {
    Problem::bare(ProblemKind::TimedOut { after: Span::from_seconds(30) })
}

fn form(name: &str) -> NewRun {
    let end_at = NOW.plus(Span::from_hours(1));
    NewRun { job_id: JobId::new("j"), name: String::from(name), start_at: NOW, end_at }
}

fn run(id: &str) -> Run {
    let [start, end] = [-1, 1].map(|hours| NOW.plus(Span::from_hours(hours)).to_iso());
    let value = json!({"id": id, "name": id, "status": "running", "start_at": start, "end_at": end});
    Run::read_body(&value.to_string()).unwrap()
}

fn creating(name: &str) -> CreateState {
    let request = create::CreateRequest {
        run: form(name),
        key: String::from("k"),
        fingerprint: Fingerprint::new([0.5, 0.5]),
        known: Vec::new(),
        tolerance: Span::from_seconds(5),
    };
    let (state, _) = CreateState::default().step(create::Event::Submit(Box::new(request)), NOW);
    state.step(create::Event::Saved(true), NOW).0
}

fn stopping(id: &str, events: impl IntoIterator<Item = stop::Event>) -> (RunId, StopState) {
    let sent = stop::Event::StopNow(Box::new(run(id)), None);
    let step = |state: StopState, event| state.step(event, NOW).0;
    (RunId::new(id), std::iter::once(sent).chain(events).fold(StopState::default(), step))
}

#[test]
fn nothing_is_unclear_at_rest() {
    let unclear = Unclear::of(&CreateState::default(), &[], &BulkStopState::default(), None);
    assert_eq!(unclear, Unclear::default());
    assert!(unclear.is_empty());
}

#[test]
fn create_is_unclear_until_its_outcome_is_known() {
    let names = |state: &CreateState| Unclear::of(state, &[], &BulkStopState::default(), None).creates;
    let sent = creating("spring");
    assert_eq!(names(&sent), ["spring"], "in flight");
    let (unknown, _) = sent.clone().step(create::Event::Answered(String::from("k"), Err(lost())), NOW);
    assert_eq!(names(&unknown), ["spring"], "no answer");
    let refusal = Problem::bare(ProblemKind::Invalid { fields: Vec::new() });
    let (refused, _) = sent.step(create::Event::Answered(String::from("k"), Err(refusal)), NOW);
    assert_eq!(names(&refused), [""; 0]);
}

#[test]
fn stop_is_unclear_until_the_api_shows_it() {
    let answered = |answer| [stop::Event::Answered(answer)];
    let stops = [
        stopping("sent", []),
        stopping("accepted", answered(Ok(None))),
        stopping("lost", answered(Err(lost()))),
        stopping("refused", answered(Err(Problem::bare(ProblemKind::Forbidden)))),
        (RunId::new("open dialog"), StopState::default()),
    ];
    let unclear = Unclear::of(&CreateState::default(), &stops, &BulkStopState::default(), None);
    assert_eq!(unclear.stops, ["sent", "accepted", "lost"]);
}

#[test]
fn runs_of_a_bulk_stop_that_were_not_asked_are_counted() {
    let runs = ["a", "b", "c"].map(|id| Arc::new(run(id)));
    let (open, _) = BulkStopState::default().step(bulk_stop::Event::Open(runs.to_vec()), NOW);
    let count = |bulk: &BulkStopState| Unclear::of(&CreateState::default(), &[], bulk, None).unasked;
    assert_eq!(count(&open), 0, "not confirmed");
    let (bulk, _) = open.step(bulk_stop::Event::Confirm(String::from("3")), NOW);
    assert_eq!(count(&bulk), 3);
    assert!(bulk.unfinished_text().is_some());
    let (bulk, _) = bulk.step(bulk_stop::Event::Read(RunId::new("a"), Ok(Box::new(run("a")))), NOW);
    assert_eq!(count(&bulk), 2, "the stop of the first was sent, so its single stop is what is unclear");
    let (bulk, _) = bulk.step(bulk_stop::Event::CancelRemaining, NOW);
    assert_eq!(count(&bulk), 1, "one is being read");
}

#[test]
fn finished_bulk_stop_leaves_nothing_to_another_tab() {
    let (bulk, _) = BulkStopState::default().step(bulk_stop::Event::Open(vec![Arc::new(run("a"))]), NOW);
    let (bulk, _) = bulk.step(bulk_stop::Event::Confirm(String::from("1")), NOW);
    let (bulk, _) = bulk.step(bulk_stop::Event::Read(RunId::new("a"), Ok(Box::new(run("a")))), NOW);
    for (progress, is_unfinished) in [
        (bulk_stop::StopProgress::Requested, true),
        (bulk_stop::StopProgress::Unknown(lost()), true),
        (bulk_stop::StopProgress::AlreadyOver(None), false),
        (bulk_stop::StopProgress::Refused(Problem::bare(ProblemKind::Forbidden)), false),
    ] {
        let (bulk, _) = bulk.clone().step(bulk_stop::Event::Progressed(RunId::new("a"), progress.clone()), NOW);
        assert_eq!(bulk.unfinished_text().is_some(), is_unfinished, "{progress:?}");
        assert!(bulk.keep().is_some(), "the report is still there after a reload");
    }
}

#[test]
fn reschedule_is_unfinished_until_it_has_ended() {
    let name = |state: &RescheduleState| {
        let reschedule = (state.clone(), String::from("old run"));
        Unclear::of(&CreateState::default(), &[], &BulkStopState::default(), Some(&reschedule)).reschedule
    };
    let started = RescheduleState::new(RunId::new("old"), form("new"), String::from("key"));
    assert_eq!(name(&started).as_deref(), Some("old run"));
    let outcome = |outcome| started.clone().step(reschedule::Event::Created(outcome), NOW).0;
    assert_eq!(name(&outcome(reschedule::CreateOutcome::Unclear)).as_deref(), Some("old run"));
    assert_eq!(name(&outcome(reschedule::CreateOutcome::Refused)), None);
}

#[test]
fn what_another_tab_left_is_added_below_a_finished_report() {
    let bulk = |id: &str| {
        let (bulk, _) = BulkStopState::default().step(bulk_stop::Event::Open(vec![Arc::new(run(id))]), NOW);
        bulk.step(bulk_stop::Event::Confirm(String::from("1")), NOW).0
    };
    let waiting = bulk("b").unfinished_text().unwrap();
    let (read, _) = bulk("a").step(bulk_stop::Event::Read(RunId::new("a"), Ok(Box::new(run("a")))), NOW);
    assert!(!read.is_finished());
    let refused = bulk_stop::StopProgress::Refused(Problem::bare(ProblemKind::Forbidden));
    let (finished, _) = read.step(bulk_stop::Event::Progressed(RunId::new("a"), refused), NOW);
    assert!(finished.is_finished());
    let both = finished.clone().take_up(&waiting, NOW);
    let ids = |bulk: &BulkStopState| bulk.entries().iter().map(|entry| entry.run.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&both), ["a", "b"].map(RunId::new));
    assert_eq!((both.pause(), both.is_finished()), (Some(bulk_stop::Pause::Reloaded), false));
    let again = finished.take_up(&bulk("a").unfinished_text().unwrap(), NOW);
    assert_eq!((ids(&again), again.is_finished()), (vec![RunId::new("a")], false), "once, with what is not known yet");
}
