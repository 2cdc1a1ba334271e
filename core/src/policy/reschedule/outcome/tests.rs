use super::super::{Event as RescheduleEvent, RescheduleState, Stage};
use super::*;
use crate::draft::NewRun;
use crate::policy::create::{CreateRequest, Effect, Event};
use crate::policy::intent::Fingerprint;
use crate::problem::ProblemKind;
use crate::run::{JobId, Run};
use crate::time::Span;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn lost() -> Problem {
    Problem::bare(ProblemKind::Server { status: 500 })
}

fn refusal() -> Problem {
    Problem::bare(ProblemKind::Invalid { fields: Vec::new() })
}

/// The creates of a tab; every request is for a run of another name.
#[derive(Default)]
struct Tab {
    state: CreateState,
    fingerprints: f64,
}

impl Tab {
    fn on(&mut self, event: Event) {
        let (state, effects) = std::mem::take(&mut self.state).step(event, NOW);
        self.state = state;
        if effects.iter().any(|effect| matches!(effect, Effect::Save(_))) {
            self.state = std::mem::take(&mut self.state).step(Event::Saved(true), NOW).0;
        }
    }

    fn submit(&mut self, key: &str) {
        self.fingerprints += 0.1;
        let (start_at, end_at) = (after(3600), after(7200));
        self.on(Event::Submit(Box::new(CreateRequest {
            run: NewRun { job_id: JobId::new("j"), name: key.to_owned(), start_at, end_at },
            key: key.to_owned(),
            fingerprint: Fingerprint::new([self.fingerprints, 0.5]),
            known: Vec::new(),
            tolerance: Span::from_seconds(5),
        })));
    }

    /// The run that the API creates from the request with this key.
    fn made(&self, key: &str, id: &str) -> Run {
        let sent = &self.state.request(key).unwrap().run;
        let value = json!({"id": id, "job_id": sent.job_id.as_str(), "name": sent.name,
            "start_at": sent.start_at.to_iso(), "end_at": sent.end_at.to_iso(), "created_at": NOW.to_iso()});
        Run::read_body(&value.to_string()).unwrap()
    }

    fn answer(&mut self, key: &str, outcome: Result<&str, Problem>) {
        let outcome = outcome.map(|id| Box::new(self.made(key, id)));
        self.on(Event::Answered(key.to_owned(), outcome));
    }

    fn find(&mut self, key: &str, id: &str) {
        self.on(Event::RunsSeen(vec![self.made(key, id)]));
    }

    fn outcome(&self, key: &str) -> Option<CreateOutcome> {
        CreateOutcome::of(&self.state, key)
    }
}

fn created(id: &str) -> Option<CreateOutcome> {
    Some(CreateOutcome::Made(RunId::new(id)))
}

#[test]
fn outcome_of_a_create_is_that_of_its_own_request() {
    let mut tab = Tab::default();
    tab.submit("moved");
    assert_eq!((tab.outcome("moved"), tab.outcome("other")), (None, None));
    tab.answer("moved", Err(lost()));
    assert_eq!(tab.outcome("moved"), Some(CreateOutcome::Unclear));
    // The search ends, and the person schedules another run.
    for _ in 0..crate::policy::create::SEARCH_READS {
        tab.on(Event::Read(Vec::new(), true));
    }
    tab.submit("other");
    tab.answer("other", Ok("b"));
    assert_eq!((tab.outcome("moved"), tab.outcome("other")), (Some(CreateOutcome::Unclear), created("b")));
    // Its own run may appear long after.
    tab.find("moved", "a");
    assert_eq!((tab.outcome("moved"), tab.outcome("other")), (created("a"), created("b")));
}

#[test]
fn reschedule_of_unknown_outcome_does_not_adopt_the_next_run_that_is_created() {
    let mut tab = Tab::default();
    tab.submit("moved");
    let asked = tab.state.request("moved").unwrap().run.clone();
    let mut reschedule = RescheduleState::new(RunId::new("old"), asked, String::from("moved"));
    let mut follow = |tab: &Tab| {
        if let Some(outcome) = CreateOutcome::of(&tab.state, reschedule.key()) {
            reschedule = reschedule.clone().step(RescheduleEvent::Created(outcome), NOW).0;
        }
        reschedule.stage().clone()
    };
    tab.answer("moved", Err(lost()));
    assert_eq!(follow(&tab), Stage::Unclear);
    for _ in 0..crate::policy::create::SEARCH_READS {
        tab.on(Event::Read(Vec::new(), true));
    }
    tab.submit("other");
    assert_eq!(follow(&tab), Stage::Unclear);
    tab.answer("other", Ok("b"));
    assert_eq!(follow(&tab), Stage::Unclear, "the old run would be stopped for a run that does not replace it");
}

#[test]
fn refused_create_that_is_found_all_the_same_is_made() {
    let mut tab = Tab::default();
    tab.submit("moved");
    tab.answer("moved", Err(refusal()));
    assert_eq!(tab.outcome("moved"), Some(CreateOutcome::Refused));
    tab.on(Event::Dismiss);
    assert_eq!(tab.outcome("moved"), Some(CreateOutcome::Refused));
    tab.find("moved", "a");
    assert_eq!(tab.outcome("moved"), created("a"));
}

fn old_run(status: &str) -> Box<Run> {
    let value = json!({"id": "old", "name": "n", "status": status, "start_at": after(600).to_iso(),
        "end_at": after(900).to_iso()});
    Box::new(Run::read_body(&value.to_string()).unwrap())
}

/// A stop that was answered at second 1 and read at second 3.
fn stop(answer: Result<Option<Box<Run>>, Problem>, status: &str) -> StopState {
    let (state, _) = StopState::default().step(stop::Event::StopNow(old_run("scheduled"), None), NOW);
    let (state, _) = state.step(stop::Event::Answered(answer), after(1));
    let epoch = state.epoch();
    state.step(stop::Event::Read(old_run(status), epoch), after(3)).0
}

#[test]
fn reads_settle_a_stop_of_unknown_outcome() {
    let (state, _) = StopState::default().step(stop::Event::StopNow(old_run("scheduled"), None), NOW);
    assert_eq!(StopOutcome::of(&state, NOW), None);
    let (state, _) = state.step(stop::Event::Answered(Err(lost())), after(1));
    assert_eq!(StopOutcome::of(&state, after(1)), Some(StopOutcome::Unclear { not_stopped_at: None }));
    let read = stop(Err(lost()), "scheduled");
    assert_eq!(StopOutcome::of(&read, after(3)), Some(StopOutcome::Unclear { not_stopped_at: Some(after(3)) }));
    let stopped = stop(Err(lost()), "stopped");
    assert_eq!(StopOutcome::of(&stopped, after(3)), Some(StopOutcome::Ended(OldRunEnd::Stopped)));
}

#[test]
fn accepted_stop_without_an_effect_is_unclear_after_a_minute() {
    let accepted = stop(Ok(None), "scheduled");
    assert_eq!(StopOutcome::of(&accepted, after(59)), None);
    assert_eq!(StopOutcome::of(&accepted, after(60)), Some(StopOutcome::Unclear { not_stopped_at: Some(after(3)) }));
}

#[test]
fn conflict_is_settled_by_the_status_of_the_run() {
    let conflict = Problem::bare(ProblemKind::Conflict);
    assert_eq!(
        StopOutcome::of(&stop(Err(conflict), "completed"), after(3)),
        Some(StopOutcome::Ended(OldRunEnd::Ended))
    );
}
