mod dialog;
mod ended;
mod model;
mod pauses;
mod rate_limit;

use super::*;
use crate::problem::ProblemKind;
use crate::time::Span;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

/// A run with that id whose window is open for another hour, or ended a minute ago.
fn run(id: &str, status: &str, over: bool) -> Run {
    let end = after(if over { -60 } else { 3600 });
    let value =
        json!({"id": id, "name": id, "status": status, "start_at": after(-3600).to_iso(), "end_at": end.to_iso()});
    Run::read_body(&value.to_string()).unwrap()
}

pub(super) fn open_run(id: &str) -> Arc<Run> {
    Arc::new(run(id, "running", false))
}

fn id(text: &str) -> RunId {
    RunId::new(text)
}

pub(super) fn refused() -> Problem {
    Problem { status: Some(403), ..Problem::bare(ProblemKind::Forbidden) }
}

fn no_token() -> Problem {
    Problem::bare(ProblemKind::Unauthorised { expired: true })
}

pub(super) fn down() -> Problem {
    Problem { status: Some(502), ..Problem::bare(ProblemKind::Server { status: 502 }) }
}

pub(super) struct Driven {
    pub(super) bulk: BulkStopState,
    pub(super) now: Timestamp,
}

impl Driven {
    fn new() -> Self {
        Self { bulk: BulkStopState::default(), now: NOW }
    }

    pub(super) fn on(&mut self, event: Event) -> Vec<Effect> {
        let (bulk, effects) = std::mem::take(&mut self.bulk).step(event, self.now);
        self.bulk = bulk;
        effects
    }

    /// A bulk stop confirmed for these ids.
    pub(super) fn confirmed(ids: &str) -> (Self, Vec<Effect>) {
        let mut driven = Self::new();
        let runs: Vec<Arc<Run>> = ids.chars().map(|c| open_run(&c.to_string())).collect();
        let count = runs.len();
        driven.on(Event::Open(runs));
        let effects = driven.on(Event::Confirm(count.to_string()));
        (driven, effects)
    }

    pub(super) fn read(&mut self, of: &str) -> Vec<Effect> {
        self.on(Event::Read(id(of), Ok(Box::new(run(of, "running", false)))))
    }

    pub(super) fn went(&mut self, of: &str, went: StopProgress) -> Vec<Effect> {
        self.on(Event::Progressed(id(of), went))
    }

    pub(super) fn state(&self, of: &str) -> &EntryStage {
        &self.bulk.entries().iter().find(|entry| entry.run.id.as_str() == of).unwrap().state
    }
}

fn reads(ids: &[&str]) -> Vec<Effect> {
    ids.iter().map(|of| Effect::Read(id(of))).collect()
}

fn stops(of: &str) -> Vec<Effect> {
    vec![Effect::Stop(Box::new(run(of, "running", false)))]
}

fn word(text: &str) -> Status {
    Status::new(text)
}

#[test]
fn each_run_is_read_then_stopped_two_at_a_time() {
    let (mut driven, effects) = Driven::confirmed("abc");
    assert_eq!(effects, reads(&["a", "b"]));
    assert_eq!(driven.read("a"), stops("a"));
    assert_eq!(driven.went("a", StopProgress::Stopped(word("stopped"))), reads(&["c"]));
    assert_eq!(driven.state("a"), &EntryStage::Stopped(word("stopped")));
    assert_eq!((driven.bulk.result_count(), driven.bulk.is_busy()), (1, true));
}

#[test]
fn run_found_over_when_read_is_not_stopped() {
    let (mut driven, _) = Driven::confirmed("a");
    let read = Event::Read(id("a"), Ok(Box::new(run("a", "stopped", false))));
    assert_eq!(driven.on(read), []);
    assert_eq!(driven.state("a"), &EntryStage::AlreadyOver(Some(word("stopped"))));
    assert!(!driven.bulk.is_busy());
}

#[test]
fn unreadable_run_is_skipped_and_the_others_are_stopped() {
    let (mut driven, _) = Driven::confirmed("ab");
    assert_eq!(driven.on(Event::Read(id("a"), Err(refused()))), []);
    assert_eq!(driven.state("a"), &EntryStage::ReadFailed(refused()));
    assert_eq!(driven.read("b"), stops("b"));
}

#[test]
fn answer_about_another_run_stops_nothing() {
    let (mut driven, _) = Driven::confirmed("a");
    assert_eq!(driven.on(Event::Read(id("a"), Ok(Box::new(run("z", "running", false))))), []);
    assert!(matches!(driven.state("a"), EntryStage::ReadFailed(_)));
    assert_eq!(driven.on(Event::Read(id("z"), Ok(Box::new(run("z", "running", false))))), []);
}

#[test]
fn requested_stop_is_not_done_until_a_later_status_confirms_it() {
    let (mut driven, _) = Driven::confirmed("ab");
    driven.read("a");
    driven.read("b");
    driven.went("a", StopProgress::Requested);
    driven.went("b", StopProgress::Unknown(down()));
    assert!(!driven.bulk.is_busy());
    assert_eq!((driven.state("a"), driven.state("b")), (&EntryStage::Requested, &EntryStage::Unknown(down())));
    driven.went("a", StopProgress::Stopped(word("stopped")));
    driven.went("b", StopProgress::Requested);
    assert_eq!((driven.state("a"), driven.state("b")), (&EntryStage::Stopped(word("stopped")), &EntryStage::Requested));
    // A final result does not change.
    driven.went("a", StopProgress::Refused(refused()));
    driven.went("a", StopProgress::Requested);
    assert_eq!(driven.state("a"), &EntryStage::Stopped(word("stopped")));
}

#[test]
fn cancelling_skips_waiting_runs_and_those_being_read() {
    let (mut driven, _) = Driven::confirmed("abcd");
    driven.read("a");
    assert_eq!(driven.on(Event::CancelRemaining), []);
    assert_eq!(driven.read("b"), []);
    assert_eq!(driven.went("a", StopProgress::Requested), []);
    assert_eq!(driven.state("a"), &EntryStage::Requested);
    for kept in ["b", "c", "d"] {
        assert_eq!(driven.state(kept), &EntryStage::Skipped);
    }
    assert!(!driven.bulk.is_busy() && driven.bulk.is_cancelled());
}

#[test]
fn results_can_be_dismissed_only_when_complete() {
    let (mut driven, _) = Driven::confirmed("a");
    driven.on(Event::Dismiss);
    assert_eq!(driven.bulk.entries().len(), 1);
    driven.on(Event::Read(id("a"), Err(refused())));
    driven.on(Event::Dismiss);
    assert!(driven.bulk.entries().is_empty());
}

#[test]
fn second_list_cannot_start_before_the_first_is_finished() {
    let (mut driven, _) = Driven::confirmed("a");
    driven.on(Event::Open(vec![open_run("b")]));
    assert!(!driven.bulk.is_open());
}
