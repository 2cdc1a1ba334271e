use super::*;
use crate::time::Span;
use proptest::prelude::*;
use serde_json::json;

const ASKED: Timestamp = Timestamp::from_millis(1000);
const LATER: Timestamp = Timestamp::from_millis(9000);

fn run(status: Option<&str>) -> Box<Run> {
    Box::new(Run::read(&json!({"id": "a", "status": status})).unwrap())
}

fn before() -> Option<Status> {
    Some(Status::new("running"))
}

fn sending() -> Stop {
    Stop::Sending { asked_at: ASKED, before: before() }
}

fn requested() -> Stop {
    Stop::Requested { asked_at: ASKED, before: before() }
}

fn lost() -> Problem {
    Problem::bare(ProblemKind::TimedOut { after: Span::from_seconds(30) })
}

fn unknown() -> Stop {
    Stop::Unknown { asked_at: ASKED, before: before(), problem: lost() }
}

fn confirmed(status: &str) -> Stop {
    Stop::Confirmed { asked_at: ASKED, confirmed_at: LATER, status: Some(Status::new(status)) }
}

#[test]
fn asking_sends_once() {
    let (state, effect) = Stop::Idle.step(Event::Ask(before()), ASKED);
    assert_eq!((&state, effect), (&sending(), Some(Effect::Post)));
    assert!(state.sending());
    for state in [sending(), requested()] {
        assert_eq!(state.clone().step(Event::Ask(None), LATER), (state, None));
    }
    for state in [unknown(), Stop::AlreadyOver, Stop::Refused(lost()), confirmed("stopped")] {
        assert_eq!(state.step(Event::Ask(before()), ASKED), (sending(), Some(Effect::Post)));
    }
}

#[test]
fn asked_is_not_done_until_the_status_says_so() {
    for (status, state, effect) in [
        (Some("stopped"), confirmed("stopped"), None),
        (Some("Cancelled"), confirmed("Cancelled"), None),
        (Some("stopping"), confirmed("stopping"), None),
        (Some("completed"), confirmed("completed"), None),
        (Some("running"), requested(), Some(Effect::Reread)),
        (Some("RUNNING"), requested(), Some(Effect::Reread)),
        (None, requested(), Some(Effect::Reread)),
    ] {
        let answer = Event::Answered(Ok(Some(run(status))));
        assert_eq!(sending().step(answer, LATER), (state, effect), "{status:?}");
    }
    assert_eq!(sending().step(Event::Answered(Ok(None)), LATER), (requested(), Some(Effect::Reread)));
}

#[test]
fn a_failed_request_says_what_is_known() {
    let after = |kind: ProblemKind| sending().step(Event::Answered(Err(Problem::bare(kind))), LATER);
    assert_eq!(after(ProblemKind::Conflict), (Stop::AlreadyOver, Some(Effect::Reread)));
    let forbidden = Problem::bare(ProblemKind::Forbidden);
    assert_eq!(after(ProblemKind::Forbidden), (Stop::Refused(forbidden), None));
    for kind in [ProblemKind::Aborted, ProblemKind::Undecodable, ProblemKind::Server { status: 500 }, lost().kind] {
        let problem = Problem::bare(kind.clone());
        let state = Stop::Unknown { asked_at: ASKED, before: before(), problem };
        assert_eq!(after(kind), (state, Some(Effect::Reread)));
    }
}

#[test]
fn a_run_read_again_confirms_or_leaves_open() {
    for state in [requested(), unknown()] {
        let observed = |status| state.clone().step(Event::Observed(run(status)), LATER);
        assert_eq!(observed(Some("stopped")), (confirmed("stopped"), None));
        assert_eq!(observed(Some("halting")), (confirmed("halting"), None));
        assert_eq!(observed(Some("failed")), (confirmed("failed"), None));
        for unchanged in [Some("running"), Some("Running"), Some("scheduled"), None] {
            assert_eq!(observed(unchanged), (state.clone(), None), "{unchanged:?}");
        }
    }
    for state in [Stop::Idle, sending(), Stop::AlreadyOver, Stop::Refused(lost()), confirmed("stopped")] {
        assert_eq!(state.clone().step(Event::Observed(run(Some("stopped"))), LATER), (state, None));
    }
}

#[test]
fn a_window_that_opens_meanwhile_is_no_stop() {
    let scheduled = Stop::Requested { asked_at: ASKED, before: Some(Status::new("scheduled")) };
    assert_eq!(scheduled.clone().step(Event::Observed(run(Some("running"))), LATER), (scheduled, None));
}

#[test]
fn without_a_word_before_only_a_known_end_counts() {
    let nameless = Stop::Requested { asked_at: ASKED, before: None };
    for word in ["running", "scheduled", "halting"] {
        assert_eq!(nameless.clone().step(Event::Observed(run(Some(word))), LATER), (nameless.clone(), None), "{word}");
    }
    for word in ["stopped", "completed", "failed"] {
        assert_eq!(nameless.clone().step(Event::Observed(run(Some(word))), LATER), (confirmed(word), None), "{word}");
    }
}

#[test]
fn a_late_answer_can_only_add_to_what_is_known() {
    assert_eq!(unknown().step(Event::Answered(Ok(None)), LATER), (requested(), Some(Effect::Reread)));
    assert_eq!(unknown().step(Event::Answered(Ok(Some(run(Some("stopped"))))), LATER), (confirmed("stopped"), None));
    assert_eq!(unknown().step(Event::Answered(Err(lost())), LATER), (unknown(), None));
    assert_eq!(requested().step(Event::Answered(Err(lost())), LATER), (requested(), None));
}

#[test]
fn an_outcome_can_be_dismissed_and_an_open_request_cannot() {
    for state in [confirmed("stopped"), Stop::AlreadyOver, Stop::Refused(lost()), unknown(), Stop::Idle] {
        assert_eq!(state.step(Event::Dismiss, LATER), (Stop::Idle, None));
    }
    for state in [sending(), requested()] {
        assert_eq!(state.clone().step(Event::Dismiss, LATER), (state, None));
    }
}

fn events() -> impl Strategy<Value = Event> {
    let status = || prop::sample::select(vec![None, Some("running"), Some("scheduled"), Some("stopped"), Some("odd")]);
    prop_oneof![
        Just(Event::Ask(before())),
        status().prop_map(|status| Event::Answered(Ok(Some(run(status))))),
        Just(Event::Answered(Ok(None))),
        Just(Event::Answered(Err(lost()))),
        Just(Event::Answered(Err(Problem::bare(ProblemKind::Conflict)))),
        Just(Event::Answered(Err(Problem::bare(ProblemKind::Forbidden)))),
        status().prop_map(|status| Event::Observed(run(status))),
        Just(Event::Dismiss),
    ]
}

proptest! {
    #[test]
    fn never_more_posts_than_asks_and_no_outcome_is_lost(events in prop::collection::vec(events(), 0..30)) {
        let mut state = Stop::Idle;
        let mut under_way = false;
        for event in events {
            // An answer comes only to a request.
            if matches!(event, Event::Answered(_)) && !under_way {
                continue;
            }
            let (asked, answered) = (matches!(event, Event::Ask(_)), matches!(event, Event::Answered(_)));
            let dismissed = event == Event::Dismiss;
            let was_open = !matches!(state, Stop::Idle);
            let (next, effect) = state.step(event, LATER);
            let posted = effect == Some(Effect::Post);
            prop_assert!(!posted || (asked && !under_way), "a post without being asked, or a second one");
            under_way = (under_way && !answered) || posted;
            prop_assert_eq!(next.sending(), under_way);
            prop_assert!(!was_open || next != Stop::Idle || dismissed, "an outcome went by itself");
            if let Stop::Confirmed { status, .. } = &next {
                let known = status.as_ref().and_then(Status::known);
                prop_assert!(status.is_some() && !matches!(known, Some(KnownStatus::Running | KnownStatus::Scheduled)));
            }
            state = next;
        }
    }
}
