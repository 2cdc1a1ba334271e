use super::*;
use crate::problem::ProblemKind;
use crate::run::JobId;
use crate::time::{Span, Timestamp};
use proptest::prelude::*;
use serde_json::json;

fn new_run(name: &str) -> NewRun {
    let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
    NewRun { job_id: JobId::new("j"), name: String::from(name), start_at: at(100), end_at: at(200) }
}

fn run(id: &str, name: &str) -> Run {
    let value = json!({"id": id, "job_id": "j", "name": name, "start_at": "1970-01-01T00:01:40Z", "end_at": "1970-01-01T00:03:20Z"});
    Run::read(&value).unwrap()
}

fn lost() -> Problem {
    Problem::bare(ProblemKind::TimedOut { after: Span::from_seconds(30) })
}

fn refused() -> Problem {
    Problem::bare(ProblemKind::Forbidden)
}

fn sending() -> Create {
    Create::Sending(new_run("a"))
}

fn unknown(found: Vec<Run>) -> Create {
    Create::Unknown { asked: new_run("a"), problem: lost(), found }
}

#[test]
fn a_submit_is_sent_once() {
    let (state, effect) = Create::Idle.step(Event::Submit(new_run("a")));
    assert_eq!((&state, effect), (&sending(), Some(Effect::Post(new_run("a")))));
    assert!(state.sending());
    assert_eq!(state.step(Event::Submit(new_run("b"))), (sending(), None));
}

#[test]
fn every_answer_becomes_an_outcome() {
    let made = Box::new(run("1", "a"));
    let created = Create::Created { asked: new_run("a"), run: made.clone() };
    assert_eq!(sending().step(Event::Answered(Ok(run("1", "a")))), (created, Some(Effect::Show(made))));
    let no = Create::Refused { asked: new_run("a"), problem: refused() };
    assert_eq!(sending().step(Event::Answered(Err(refused()))), (no, None));
    for kind in [
        ProblemKind::Aborted,
        ProblemKind::Unreachable { offline: true },
        ProblemKind::TimedOut { after: Span::from_seconds(1) },
        ProblemKind::Server { status: 502 },
        ProblemKind::Undecodable,
    ] {
        let problem = Problem::bare(kind);
        let open = Create::Unknown { asked: new_run("a"), problem: problem.clone(), found: Vec::new() };
        assert_eq!(sending().step(Event::Answered(Err(problem))), (open, Some(Effect::ReadList)));
    }
}

#[test]
fn after_an_unknown_outcome_the_list_shows_what_looks_like_it_and_decides_nothing() {
    let listed = vec![run("1", "a"), run("2", "b"), run("3", "a")];
    let (state, effect) = unknown(Vec::new()).step(Event::Listed(listed));
    assert_eq!((&state, effect), (&unknown(vec![run("1", "a"), run("3", "a")]), None));
    let (state, _) = state.step(Event::Listed(vec![run("3", "a"), run("4", "a")]));
    assert_eq!(state, unknown(vec![run("1", "a"), run("3", "a"), run("4", "a")]));
    assert_eq!(sending().step(Event::Listed(vec![run("1", "a")])), (sending(), None));
}

#[test]
fn a_late_answer_ends_the_doubt_only_when_it_says_created() {
    let (state, effect) = unknown(Vec::new()).step(Event::Answered(Ok(run("1", "a"))));
    assert!(matches!(state, Create::Created { .. }));
    assert_eq!(effect, Some(Effect::Show(Box::new(run("1", "a")))));
    assert_eq!(unknown(Vec::new()).step(Event::Answered(Err(refused()))), (unknown(Vec::new()), None));
    assert_eq!(Create::Idle.step(Event::Answered(Ok(run("1", "a")))), (Create::Idle, None));
}

#[test]
fn an_outcome_can_be_dismissed_and_a_request_under_way_cannot() {
    let created = Create::Created { asked: new_run("a"), run: Box::new(run("1", "a")) };
    let no = Create::Refused { asked: new_run("a"), problem: refused() };
    for state in [Create::Idle, created, no, unknown(Vec::new())] {
        assert_eq!(state.step(Event::Dismiss), (Create::Idle, None));
    }
    assert_eq!(sending().step(Event::Dismiss), (sending(), None));
}

#[test]
fn a_submit_after_an_outcome_is_the_persons_own_decision() {
    for state in [unknown(vec![run("1", "a")]), Create::Refused { asked: new_run("a"), problem: refused() }] {
        assert_eq!(state.step(Event::Submit(new_run("b"))).1, Some(Effect::Post(new_run("b"))));
    }
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Submit(new_run("a"))),
        Just(Event::Answered(Ok(run("1", "a")))),
        Just(Event::Answered(Err(lost()))),
        Just(Event::Answered(Err(refused()))),
        Just(Event::Listed(vec![run("1", "a"), run("2", "b")])),
        Just(Event::Dismiss),
    ]
}

proptest! {
    #[test]
    fn never_more_posts_than_submits_and_no_outcome_is_lost(events in prop::collection::vec(events(), 0..30)) {
        let mut state = Create::Idle;
        let mut under_way = false;
        for event in events {
            // An answer comes only to a request.
            if matches!(event, Event::Answered(_)) && !under_way {
                continue;
            }
            let (submitted, answered) = (matches!(event, Event::Submit(_)), matches!(event, Event::Answered(_)));
            let dismissed = event == Event::Dismiss;
            let had_outcome = !matches!(state, Create::Idle | Create::Sending(_));
            let (next, effect) = state.step(event);
            let posted = matches!(effect, Some(Effect::Post(_)));
            prop_assert!(!posted || (submitted && !under_way), "a post without a submit, or a second one");
            under_way = (under_way && !answered) || posted;
            prop_assert_eq!(next.sending(), under_way);
            let outcome = !matches!(next, Create::Idle | Create::Sending(_));
            prop_assert!(!answered || outcome, "an answer without an outcome");
            prop_assert!(!had_outcome || outcome || submitted || dismissed, "an outcome went by itself");
            state = next;
        }
    }
}
