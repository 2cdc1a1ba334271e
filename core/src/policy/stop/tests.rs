mod model;
mod properties;

use super::*;
use crate::problem::ProblemKind;
use crate::run::RunId;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn run(status: Option<&str>) -> Box<Run> {
    let value = json!({"id": "a", "name": "n", "status": status, "start_at": after(-3600).to_iso(), "end_at": after(3600).to_iso()});
    Box::new(Run::read_body(&value.to_string()).unwrap())
}

fn lost() -> Problem {
    Problem::bare(ProblemKind::TimedOut { after: Span::from_seconds(30) })
}

fn counts(recipients: u64) -> Summary {
    let body = json!({"_embedded": {"recipient_response": {"recipients_count": recipients}}}).to_string();
    Summary::read(&body, &RunId::new("a")).unwrap()
}

/// A stop whose events are sent by the test.
struct Driven {
    state: StopState,
    now: Timestamp,
}

impl Driven {
    fn new() -> Self {
        Self { state: StopState::default(), now: NOW }
    }

    fn on(&mut self, event: Event) -> Vec<Effect> {
        let (state, effects) = std::mem::take(&mut self.state).step(event, self.now);
        self.state = state;
        effects
    }

    fn after(&mut self, seconds: i64, event: Event) -> Vec<Effect> {
        self.now = self.now.plus(Span::from_seconds(seconds));
        self.on(event)
    }

    /// A read that is sent and answered now.
    fn read(&mut self, status: Option<&str>) -> Vec<Effect> {
        let epoch = self.state.epoch();
        self.on(Event::Read(run(status), epoch))
    }

    fn opened() -> Self {
        let mut driven = Self::new();
        assert_eq!(driven.on(Event::Open(run(Some("running")), None)), [Effect::ReadRun, Effect::ReadSummary]);
        driven
    }

    fn sent() -> Self {
        let mut driven = Self::opened();
        driven.on(Event::SummaryRead(counts(7)));
        driven.read(Some("running"));
        assert_eq!(driven.on(Event::Confirm), [Effect::Post]);
        driven
    }

    fn requested() -> Self {
        let mut driven = Self::sent();
        assert_eq!(driven.after(1, Event::Answered(Ok(None))), [Effect::ReadRun]);
        driven
    }

    fn unknown() -> Self {
        let mut driven = Self::sent();
        assert_eq!(driven.after(30, Event::Answered(Err(lost()))), [Effect::ReadRun]);
        driven
    }

    fn receipt(&self) -> &Receipt {
        match self.state.stage() {
            Stage::Confirmed(receipt) => receipt,
            stage => panic!("{stage:?}"),
        }
    }
}

#[test]
fn run_is_read_again_before_the_stop_can_be_confirmed() {
    let mut driven = Driven::opened();
    assert!(!driven.state.may_confirm());
    assert_eq!(driven.on(Event::Confirm), []);
    // A read from before the dialog opened does not count.
    driven.on(Event::Read(run(Some("running")), 0));
    assert!(!driven.state.may_confirm());
    driven.read(Some("odd"));
    let dialog = driven.state.dialog().unwrap();
    assert_eq!((&dialog.freshness, dialog.run.status.as_ref().unwrap().as_str()), (&Freshness::Fresh, "odd"));
    assert!(driven.state.may_confirm());
}

#[test]
fn failed_or_slow_read_does_not_block_stopping() {
    let mut driven = Driven::opened();
    driven.on(Event::ReadFailed(lost(), 0.5));
    assert_eq!(driven.state.dialog().unwrap().freshness, Freshness::Failed(lost()));
    assert_eq!(driven.on(Event::Confirm), [Effect::Post]);
    let mut driven = Driven::opened();
    assert_eq!(driven.state.due(), Some(after(3)));
    driven.after(2, Event::Tick);
    assert!(!driven.state.may_confirm());
    driven.after(1, Event::Tick);
    assert_eq!(driven.state.dialog().unwrap().freshness, Freshness::TimedOut);
    assert_eq!(driven.on(Event::Confirm), [Effect::Post]);
}

#[test]
fn dialog_closes_when_the_run_has_ended() {
    let mut driven = Driven::opened();
    driven.read(Some("Cancelled"));
    assert_eq!(driven.state.dialog(), None);
    assert_eq!(driven.state.stage(), &Stage::AlreadyOver(Some(Status::new("Cancelled"))));
    let mut driven = Driven::opened();
    driven.now = after(3600);
    driven.read(Some("completed"));
    assert_eq!(driven.state.stage(), &Stage::AlreadyOver(Some(Status::new("completed"))));
    assert_eq!(driven.on(Event::Confirm), []);
}

#[test]
fn dialog_stays_open_while_the_api_says_running() {
    let mut driven = Driven::opened();
    driven.now = after(3600);
    driven.read(Some("running"));
    assert_eq!(driven.on(Event::Confirm), [Effect::Post]);
}

#[test]
fn keep_running_sends_no_stop() {
    let mut driven = Driven::opened();
    driven.read(Some("running"));
    driven.on(Event::KeepRunning);
    assert_eq!(driven.on(Event::Confirm), []);
    assert_eq!((driven.state.stage(), driven.state.dialog()), (&Stage::Idle, None));
}

#[test]
fn double_click_sends_one_stop_request() {
    let mut driven = Driven::sent();
    assert_eq!(driven.on(Event::Confirm), []);
    for mut driven in [driven, Driven::requested()] {
        assert_eq!(driven.on(Event::Open(run(None), None)), []);
        assert_eq!(driven.on(Event::Confirm), []);
        let before = driven.state.clone();
        driven.on(Event::Dismiss);
        assert_eq!(driven.state, before, "what is open cannot be put away");
    }
}

#[test]
fn stop_decided_elsewhere_is_sent_once_without_a_dialog() {
    let order = || Event::StopNow(run(Some("scheduled")), None);
    let mut driven = Driven::opened();
    assert_eq!(driven.on(order()), [Effect::Post]);
    assert_eq!((driven.on(order()), driven.state.dialog()), (Vec::new(), None));
    assert_eq!(Driven::requested().on(order()), []);
    assert_eq!(Driven::unknown().on(order()), [Effect::Post], "whoever decides it again means it");
}

#[test]
fn requested_stop_is_pending_until_the_status_shows_it() {
    for (word, evidence) in [
        ("stopped", Some(Evidence::StoppedStatus)),
        ("CANCELED", Some(Evidence::StoppedStatus)),
        ("halting", Some(Evidence::StatusChanged)),
        ("completed", Some(Evidence::StatusChanged)),
        ("running", None),
        ("Running", None),
        ("scheduled", None),
    ] {
        for mut driven in [Driven::requested(), Driven::unknown()] {
            let effects = driven.read(Some(word));
            match evidence {
                None => assert!(driven.state.pending_since().is_some(), "{word}"),
                Some(evidence) => {
                    assert_eq!(effects, [Effect::ReadSummary]);
                    let receipt = driven.receipt();
                    assert_eq!((receipt.evidence, receipt.status.as_str()), (evidence, word));
                }
            }
        }
        let mut driven = Driven::sent();
        driven.on(Event::Answered(Ok(Some(run(Some(word))))));
        assert_eq!(matches!(driven.state.stage(), Stage::Confirmed(_)), evidence.is_some(), "{word}");
    }
}

#[test]
fn read_sent_before_the_stop_is_no_evidence() {
    let mut driven = Driven::sent();
    let before = driven.state.epoch() - 1;
    driven.after(1, Event::Answered(Ok(None)));
    driven.on(Event::Read(run(Some("halted")), before));
    assert_eq!(driven.state.pending_since(), Some(NOW));
}

#[test]
fn without_an_earlier_status_only_a_known_end_status_is_evidence() {
    for (word, counts) in [("halting", false), ("running", false), ("stopped", true), ("failed", true)] {
        assert_eq!(evidence(None, &run(Some(word))).is_some(), counts, "{word}");
    }
    assert_eq!(evidence(Some(&Status::new("running")), &run(None)), None);
}

#[test]
fn receipt_has_both_times_statuses_and_counts() {
    let mut driven = Driven::requested();
    driven.now = after(9);
    driven.read(Some("stopped"));
    driven.on(Event::SummaryRead(counts(8)));
    let expected = Receipt {
        id: RunId::new("a"),
        name: "n".into(),
        asked_at: NOW,
        answered_at: Some(after(1)),
        confirmed_at: after(9),
        evidence: Evidence::StoppedStatus,
        before: Some(Status::new("running")),
        status: Status::new("stopped"),
        counts_before: Some(counts(7)),
        counts_after: Some(counts(8)),
    };
    assert_eq!(driven.receipt(), &expected);
    driven.on(Event::Dismiss);
    assert_eq!(driven.state.stage(), &Stage::Idle);
}

#[test]
fn unclear_answer_polls_the_run_until_the_outcome_is_known() {
    let mut driven = Driven::unknown();
    let mut starts = vec![Span::default()];
    let began = driven.now;
    for _ in 0..7 {
        driven.read(Some("running"));
        driven.now = driven.state.due().unwrap();
        assert_eq!(driven.on(Event::Tick), [Effect::ReadRun]);
        assert_eq!(driven.on(Event::Tick), [], "one at a time");
        starts.push(driven.now.since(began));
    }
    // The reads due at 2, 5, 10 and 20 s were overdue when the request timed out.
    assert_eq!(starts, [0, 2, 4, 6, 8, 10, 40, 70].map(Span::from_seconds));
    driven.on(Event::ReadFailed(lost(), 0.0));
    let wait = driven.state.due().unwrap().since(driven.now);
    assert!(wait >= Span::from_seconds(2) && wait < Span::from_seconds(5));
    assert_eq!(driven.on(Event::Resumed), [Effect::ReadRun]);
    driven.read(Some("stopped"));
    assert_eq!(driven.receipt().answered_at, None);
    assert_eq!(driven.state.due(), None);
}

#[test]
fn stop_can_be_repeated_at_once_without_an_answer_and_after_a_minute_with_one() {
    let (unknown, mut requested) = (Driven::unknown(), Driven::requested());
    assert!(unknown.state.may_open(unknown.now));
    requested.now = after(59);
    assert!(!requested.state.may_open(requested.now));
    requested.now = after(60);
    assert!(requested.state.may_open(requested.now));
}

#[test]
fn conflict_on_a_repeated_stop_is_settled_by_the_status() {
    let mut driven = Driven::unknown();
    driven.on(Event::Open(run(Some("running")), None));
    driven.read(Some("running"));
    assert_eq!(driven.on(Event::Confirm), [Effect::Post]);
    assert_eq!(driven.on(Event::Answered(Err(Problem::bare(ProblemKind::Conflict)))), [Effect::ReadRun]);
    driven.read(Some("stopped"));
    assert_eq!(driven.receipt().evidence, Evidence::StoppedStatus);
}

#[test]
fn pending_stop_can_be_dismissed_after_a_minute() {
    for mut driven in [Driven::requested(), Driven::unknown()] {
        driven.now = after(59);
        driven.on(Event::Dismiss);
        assert!(driven.state.pending_since().is_some() && !driven.state.may_dismiss(driven.now));
        driven.now = after(60);
        let mut again = Driven { state: driven.state.clone(), now: driven.now };
        again.on(Event::Open(run(Some("running")), None));
        again.read(Some("running"));
        assert_eq!(again.on(Event::Confirm), [Effect::Post]);
        driven.on(Event::Dismiss);
        assert_eq!(driven.state.stage(), &Stage::Idle);
    }
}

#[test]
fn conflict_means_already_over_and_quotes_the_status() {
    let mut driven = Driven::sent();
    assert_eq!(driven.on(Event::Answered(Err(Problem::bare(ProblemKind::Conflict)))), [Effect::ReadRun]);
    driven.read(Some("completed"));
    assert_eq!(driven.state.stage(), &Stage::AlreadyOver(Some(Status::new("completed"))));
}

#[test]
fn refusal_keeps_its_reason_and_allows_another_try() {
    let mut driven = Driven::sent();
    let problem = Problem::bare(ProblemKind::Forbidden);
    assert_eq!(driven.on(Event::Answered(Err(problem.clone()))), []);
    assert_eq!(driven.state.stage(), &Stage::Refused(problem));
    assert!(driven.state.may_open(driven.now));
}

#[test]
fn late_answer_never_takes_back_what_is_known() {
    let mut driven = Driven::unknown();
    driven.on(Event::Answered(Err(Problem::bare(ProblemKind::Forbidden))));
    assert!(matches!(driven.state.stage(), Stage::Unknown(..)));
    driven.on(Event::Answered(Ok(None)));
    assert!(matches!(driven.state.stage(), Stage::Requested(request) if request.answered_at == Some(driven.now)));
}
