use super::*;
use crate::problem::ProblemKind;
use crate::run::JobId;
use crate::time::Span;
use proptest::prelude::*;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn asked() -> NewRun {
    NewRun { job_id: JobId::new("j"), name: String::from("n"), start_at: after(600), end_at: after(900) }
}

fn run(id: &str, start: i64, end: i64, status: &str) -> Box<Run> {
    let value = json!({"id": id, "job_id": "j", "name": "n", "status": status,
        "start_at": after(start).to_iso(), "end_at": after(end).to_iso()});
    Box::new(Run::read(&value).unwrap())
}

fn problem() -> Problem {
    Problem::bare(ProblemKind::Forbidden)
}

fn new() -> RunId {
    RunId::new("new")
}

fn old() -> RunId {
    RunId::new("old")
}

/// The states and effects of a course of events.
fn walk(events: impl IntoIterator<Item = Event>) -> (Rescheduling, Vec<Effect>) {
    let mut state = Rescheduling::new(old(), asked());
    let mut effects = Vec::new();
    for event in events {
        let (next, effect) = state.step(event, NOW);
        state = next;
        effects.extend(effect);
    }
    (state, effects)
}

fn made() -> Event {
    Event::Created(Created::Made(new()))
}

fn verified() -> Event {
    Event::NewRead(Ok(run("new", 600, 900, "scheduled")))
}

fn old_waits() -> Event {
    Event::OldRead(Ok(run("old", 60, 120, "scheduled")))
}

#[test]
fn the_new_run_is_made_and_verified_before_the_old_one_is_stopped() {
    let (state, effects) = walk([made(), verified(), old_waits(), Event::Stopped(Stopped::Ended)]);
    assert_eq!(effects, [Effect::ReadNew(new()), Effect::ReadOld(old()), Effect::StopOld(old())]);
    assert_eq!(state.stage(), &Stage::Done);
    assert_eq!((state.old(), state.new_run()), ((&old(), Exists::No), (Some(&new()), Exists::Yes)));
}

#[test]
fn every_failure_says_exactly_which_runs_exist() {
    let coarse = Event::NewRead(Ok(run("new", 600, 899, "scheduled")));
    let doubt = || Event::Created(Created::Unclear);
    let stop = |stopped| vec![made(), verified(), old_waits(), Event::Stopped(stopped)];
    for (events, waits, old_exists, new_exists) in [
        (vec![Event::Created(Created::Refused)], false, Exists::Yes, Exists::No),
        (vec![doubt()], false, Exists::Yes, Exists::Unclear),
        (vec![doubt(), Event::Created(Created::Refused)], false, Exists::Yes, Exists::No),
        (vec![doubt(), made()], false, Exists::Yes, Exists::Yes),
        (vec![made(), Event::NewRead(Err(problem()))], true, Exists::Yes, Exists::Yes),
        (vec![made(), coarse], true, Exists::Yes, Exists::Yes),
        (vec![made(), Event::NewRead(Ok(run("new", 600, 900, "stopped")))], true, Exists::Yes, Exists::No),
        (vec![made(), verified(), Event::OldRead(Err(problem()))], true, Exists::Yes, Exists::Yes),
        (vec![made(), verified(), Event::OldRead(Ok(run("old", -1, 120, "running")))], true, Exists::Yes, Exists::Yes),
        (vec![made(), verified(), Event::OldRead(Ok(run("old", 60, 120, "stopped")))], false, Exists::No, Exists::Yes),
        (vec![made(), verified(), old_waits()], false, Exists::Unclear, Exists::Yes),
        (stop(Stopped::Unclear), false, Exists::Unclear, Exists::Yes),
        (stop(Stopped::Refused(problem())), true, Exists::Yes, Exists::Yes),
    ] {
        let said = format!("{events:?}");
        let (state, _) = walk(events);
        let found = (state.waits(), state.old().1, state.new_run().1);
        assert_eq!(found, (waits, old_exists, new_exists), "{said}");
    }
}

#[test]
fn milliseconds_that_the_api_does_not_keep_are_no_doubt() {
    let exact = NewRun { start_at: after(600).plus(Span::from_millis(417)), ..asked() };
    let (state, _) = Rescheduling::new(old(), exact).step(made(), NOW);
    assert_eq!(state.step(verified(), NOW).1, Some(Effect::ReadOld(old())));
}

#[test]
fn a_person_may_go_on_look_again_or_keep_both() {
    let differs = || vec![made(), Event::NewRead(Ok(run("new", 601, 900, "scheduled")))];
    let opened = || vec![made(), verified(), Event::OldRead(Ok(run("old", -1, 120, "running")))];
    let last = |mut events: Vec<Event>, event: Event| {
        let before = walk(events.clone()).1.len();
        events.push(event);
        let (state, effects) = walk(events);
        (state.stage, effects.get(before).cloned())
    };
    assert_eq!(last(differs(), Event::GoOn), (Stage::CheckingOld, Some(Effect::ReadOld(old()))));
    assert_eq!(last(opened(), Event::GoOn), (Stage::Stopping, Some(Effect::StopOld(old()))));
    assert_eq!(last(differs(), Event::KeepBoth).0, Stage::BothKept);
    assert_eq!(last(differs(), Event::LookAgain).0, Stage::Verifying);
    assert_eq!(last(opened(), Event::LookAgain).0, Stage::CheckingOld);
    let ended = vec![made(), Event::NewRead(Ok(run("new", 600, 900, "stopped"))), Event::GoOn];
    assert!(!walk(ended).1.contains(&Effect::StopOld(old())), "none would be left");
}

fn events() -> impl Strategy<Value = Event> {
    let windows = || (-500_i64..700, prop::sample::select(vec!["scheduled", "running", "stopped", "odd"]));
    prop_oneof![
        Just(made()),
        Just(Event::Created(Created::Refused)),
        Just(Event::Created(Created::Unclear)),
        Just(verified()),
        windows().prop_map(|(start, status)| Event::NewRead(Ok(run("new", start, start + 300, status)))),
        windows().prop_map(|(start, status)| Event::OldRead(Ok(run("old", start, start + 300, status)))),
        Just(Event::OldRead(Err(problem()))),
        Just(Event::Stopped(Stopped::Ended)),
        Just(Event::Stopped(Stopped::Refused(problem()))),
        Just(Event::Stopped(Stopped::Unclear)),
        Just(Event::GoOn),
        Just(Event::LookAgain),
        Just(Event::KeepBoth),
    ]
}

proptest! {
    #[test]
    fn the_old_run_is_never_stopped_without_a_new_one_and_only_once_for_each_decision(events in prop::collection::vec(events(), 0..30)) {
        let mut state = Rescheduling::new(old(), asked());
        for event in events {
            let decided = matches!(event, Event::GoOn | Event::OldRead(Ok(_)));
            let (next, effect) = state.step(event, NOW);
            state = next;
            if effect == Some(Effect::StopOld(old())) {
                prop_assert!(decided && state.new_run() == (Some(&new()), Exists::Yes));
                prop_assert_eq!(state.stage(), &Stage::Stopping);
            }
            let gone = state.old().1 == Exists::No;
            prop_assert!(!gone || state.new_run().1 == Exists::Yes, "none is left");
        }
    }
}
