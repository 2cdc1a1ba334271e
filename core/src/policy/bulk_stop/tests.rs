mod ended;
mod model;

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
fn dialog_freezes_its_list_and_skips_ended_runs() {
    let mut driven = Driven::new();
    driven.on(Event::Open(vec![open_run("a"), Arc::new(run("b", "scheduled", true)), open_run("a"), open_run("c")]));
    let states: Vec<_> =
        driven.bulk.dialog_entries().iter().map(|entry| (entry.run.id.as_str(), &entry.state)).collect();
    let over = EntryStage::AlreadyOver(Some(word("scheduled")));
    assert_eq!(states, [("a", &EntryStage::Waiting), ("b", &over), ("c", &EntryStage::Waiting)]);
    assert_eq!(driven.bulk.stoppable_count(), 2);
    // Another list does not replace the open one.
    driven.on(Event::Open(vec![open_run("z")]));
    assert_eq!(driven.bulk.stoppable_count(), 2);
    assert_eq!(driven.on(Event::Confirm(String::new())), reads(&["a", "c"]));
    assert_eq!(driven.state("b"), &over);
}

#[test]
fn run_that_the_api_calls_running_is_stopped_whatever_its_window() {
    let mut driven = Driven::new();
    let with = |window: serde_json::Value| {
        let mut value = json!({"id": "b", "status": "running"});
        value.as_object_mut().unwrap().extend(window.as_object().unwrap().clone());
        Arc::new(Run::read_body(&value.to_string()).unwrap())
    };
    for run in [
        Arc::new(run("b", "running", true)),
        with(json!({})),
        with(json!({"start_at": "0001-01-01T00:00:00Z", "end_at": after(-60).to_iso()})),
        with(json!({"start_at": after(-60).to_iso(), "end_at": after(-120).to_iso()})),
        with(json!({"start_at": "soon", "end_at": after(-60).to_iso()})),
    ] {
        driven.on(Event::Open(vec![Arc::clone(&run)]));
        assert_eq!(driven.bulk.stoppable_count(), 1, "{run:?}");
        assert_eq!(driven.on(Event::Confirm(String::new())), reads(&["b"]));
        let effects = driven.on(Event::Read(id("b"), Ok(Box::new((*run).clone()))));
        assert_eq!(effects, [Effect::Stop(Box::new((*run).clone()))]);
        driven.went("b", StopProgress::Stopped(word("stopped")));
    }
}

#[test]
fn keep_running_sends_no_request() {
    let mut driven = Driven::new();
    driven.on(Event::Open(vec![open_run("a")]));
    assert_eq!(driven.on(Event::KeepRunning), []);
    assert_eq!(driven.on(Event::Confirm(String::new())), []);
    assert!(driven.bulk.entries().is_empty());
}

#[test]
fn more_than_five_runs_require_typing_their_number() {
    let mut driven = Driven::new();
    driven.on(Event::Open("abcde".chars().map(|c| open_run(&c.to_string())).collect()));
    assert!(!driven.bulk.must_type_count() && driven.bulk.may_confirm(""));
    driven.on(Event::KeepRunning);
    driven.on(Event::Open("abcdef".chars().map(|c| open_run(&c.to_string())).collect()));
    assert!(driven.bulk.must_type_count());
    for wrong in ["", "5", "06", "six"] {
        assert!(!driven.bulk.may_confirm(wrong), "{wrong}");
        assert_eq!(driven.on(Event::Confirm(wrong.to_owned())), []);
    }
    assert_eq!(driven.on(Event::Confirm(" ６\u{200b} ".to_owned())), reads(&["a", "b"]));
}

#[test]
fn list_of_ended_runs_cannot_be_confirmed() {
    let mut driven = Driven::new();
    driven.on(Event::Open(vec![Arc::new(run("a", "completed", true))]));
    assert!(!driven.bulk.may_confirm("") && !driven.bulk.may_confirm("0"));
}

#[test]
fn dialog_does_not_open_for_too_many_runs() {
    let many = |count: usize| (0..count).map(|number| open_run(&number.to_string())).collect::<Vec<_>>();
    let mut driven = Driven::new();
    driven.on(Event::Open(many(MAX_RUNS + 1)));
    assert!(!driven.bulk.is_open());
    driven.on(Event::Open(many(MAX_RUNS)));
    assert!(driven.bulk.is_open());
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
fn after_a_401_only_a_click_with_a_new_token_continues() {
    let (mut driven, _) = Driven::confirmed("abc");
    driven.read("a");
    assert_eq!(driven.went("a", StopProgress::Refused(no_token())), []);
    assert_eq!(driven.bulk.pause(), Some(Pause::Token));
    assert_eq!(driven.state("a"), &EntryStage::Waiting);
    // The run being read meanwhile is not stopped.
    assert_eq!(driven.read("b"), []);
    driven.now = after(100);
    assert_eq!(driven.on(Event::Tick), []);
    assert_eq!(driven.on(Event::Continue(false)), []);
    assert_eq!(driven.on(Event::Continue(true)), reads(&["a", "b"]));
    assert_eq!(driven.read("a"), stops("a"));
}

#[test]
fn a_401_while_reading_a_run_also_pauses() {
    let (mut driven, _) = Driven::confirmed("abc");
    assert_eq!(driven.on(Event::Read(id("a"), Err(no_token()))), []);
    assert_eq!(driven.bulk.pause(), Some(Pause::Token));
    assert_eq!(driven.on(Event::Read(id("b"), Err(Problem::bare(ProblemKind::NoToken)))), []);
    assert_eq!(driven.on(Event::Continue(true)), reads(&["a", "b"]));
}

#[test]
fn cancelling_while_paused_finishes() {
    let (mut driven, _) = Driven::confirmed("ab");
    driven.on(Event::Read(id("a"), Err(no_token())));
    driven.on(Event::CancelRemaining);
    assert_eq!(driven.on(Event::Read(id("b"), Err(no_token()))), []);
    assert_eq!((driven.bulk.pause(), driven.bulk.is_busy()), (None, false));
    assert_eq!(driven.on(Event::Continue(true)), []);
}

#[test]
fn three_failures_in_a_row_pause_until_the_person_decides() {
    let (mut driven, _) = Driven::confirmed("abcde");
    for of in ["a", "b"] {
        driven.on(Event::Read(id(of), Err(down())));
    }
    driven.read("c");
    assert_eq!(driven.bulk.pause(), None);
    driven.went("c", StopProgress::Unknown(down()));
    // A successful read in between resets the count.
    assert_eq!(driven.bulk.pause(), None);
    driven.on(Event::Read(id("d"), Err(down())));
    driven.on(Event::Read(id("e"), Err(down())));
    assert_eq!((driven.bulk.pause(), driven.bulk.is_busy()), (None, false));

    let (mut driven, _) = Driven::confirmed("abcdef");
    for of in ["a", "b", "c"] {
        driven.on(Event::Read(id(of), Err(down())));
    }
    assert_eq!(driven.bulk.pause(), Some(Pause::Trouble));
    assert_eq!(driven.read("d"), []);
    assert_eq!(driven.on(Event::Continue(false)), reads(&["d", "e"]));
}

#[test]
fn stop_answered_with_429_waits_and_is_asked_again() {
    let limited = || Problem::bare(ProblemKind::Limited { wait: Some(Span::from_seconds(300)) });
    let (mut driven, _) = Driven::confirmed("ab");
    driven.read("a");
    assert_eq!(driven.went("a", StopProgress::Refused(limited())), []);
    assert_eq!(driven.state("a"), &EntryStage::Waiting);
    assert_eq!(driven.bulk.waiting_until(), Some(after(300)));
    // The API asked for fewer requests: the run that was being read meanwhile waits, too.
    assert_eq!(driven.read("b"), []);
    driven.now = after(299);
    assert_eq!(driven.on(Event::Tick), []);
    driven.now = after(300);
    assert_eq!(driven.on(Event::Tick), reads(&["a", "b"]));
    for of in ["a", "b"] {
        assert_eq!(driven.read(of), stops(of));
        driven.went(of, StopProgress::Stopped(word("stopped")));
    }
    assert_eq!((driven.bulk.result_count(), driven.bulk.is_busy()), (2, false));
}

#[test]
fn run_that_was_not_asked_has_no_result_and_is_not_done() {
    let (mut driven, _) = Driven::confirmed("abcdef");
    driven.read("a");
    driven.went("a", StopProgress::Requested);
    driven.on(Event::Read(id("b"), Err(refused())));
    driven.read("c");
    driven.went("c", StopProgress::Refused(refused()));
    driven.read("d");
    driven.went("d", StopProgress::Unknown(down()));
    driven.on(Event::CancelRemaining);
    driven.read("e");
    driven.read("f");
    assert!(!driven.bulk.is_busy());
    assert_eq!(driven.bulk.result_count(), 3, "a, c and d");
    let done: Vec<_> = ["a", "b", "c", "d", "e", "f"].into_iter().filter(|of| driven.bulk.is_done(&id(of))).collect();
    assert_eq!(done, ["a"]);
    driven.went("d", StopProgress::Stopped(word("stopped")));
    assert!(driven.bulk.is_done(&id("d")));
}

#[test]
fn rate_limit_is_respected_and_a_run_is_tried_at_most_ten_times_more() {
    let limited = || Problem::bare(ProblemKind::Limited { wait: Some(Span::from_seconds(30)) });
    let (mut driven, _) = Driven::confirmed("ab");
    driven.read("b");
    driven.went("b", StopProgress::Requested);
    for round in 1..=11 {
        assert_eq!(driven.on(Event::Read(id("a"), Err(limited()))), []);
        if round == 11 {
            break;
        }
        assert_eq!(driven.bulk.waiting_until(), Some(driven.now.plus(Span::from_seconds(30))));
        driven.now = driven.now.plus(Span::from_seconds(29));
        assert_eq!(driven.on(Event::Tick), []);
        driven.now = driven.now.plus(Span::from_seconds(1));
        assert_eq!(driven.on(Event::Tick), reads(&["a"]));
    }
    assert_eq!(driven.state("a"), &EntryStage::ReadFailed(limited()));
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
