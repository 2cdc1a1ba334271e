use super::super::{CreateOutcome, Event, Existence, OldRunEnd, StopOutcome};
use super::*;
use crate::draft::NewRun;
use crate::problem::{Problem, ProblemKind};
use crate::run::{JobId, Run};
use crate::time::{Span, Timestamp};
use proptest::prelude::*;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn asked() -> NewRun {
    NewRun { job_id: JobId::new("j"), name: String::from("n"), start_at: after(600), end_at: after(900) }
}

fn run(id: &str, start: i64, end: i64) -> Result<Box<Run>, Problem> {
    let value = json!({"id": id, "job_id": "j", "name": "n", "status": "scheduled",
        "start_at": after(start).to_iso(), "end_at": after(end).to_iso()});
    Ok(Box::new(Run::read_body(&value.to_string()).unwrap()))
}

fn refused() -> Problem {
    Problem::bare(ProblemKind::Forbidden)
}

fn events() -> impl Strategy<Value = Event> {
    prop::sample::select(vec![
        Event::Created(CreateOutcome::Made(RunId::new("new"))),
        Event::Created(CreateOutcome::Unclear),
        Event::Created(CreateOutcome::Refused),
        Event::NewRead(RunId::new("new"), run("new", 600, 900)),
        Event::NewRead(RunId::new("new"), run("new", 600, 901)),
        Event::NewRead(RunId::new("new"), Err(refused())),
        Event::OldRead(RunId::new("old"), run("old", 60, 120)),
        Event::OldRead(RunId::new("old"), run("old", -60, 120)),
        Event::OldRead(RunId::new("old"), Err(refused())),
        Event::Stopped(StopOutcome::Ended(OldRunEnd::Stopped)),
        Event::Stopped(StopOutcome::Unclear { not_stopped_at: None }),
        Event::Stopped(StopOutcome::Refused(refused())),
        Event::Continue,
        Event::ReadAgain,
        Event::KeepBoth,
    ])
}

fn walk(state: RescheduleState, events: Vec<Event>) -> (RescheduleState, Vec<Effect>) {
    events.into_iter().fold((state, Vec::new()), |(state, mut effects), event| {
        let (state, effect) = state.step(event, NOW);
        effects.extend(effect);
        (state, effects)
    })
}

fn begun() -> RescheduleState {
    RescheduleState::new(RunId::new("old"), asked(), String::from("key"))
}

fn reloaded(state: &RescheduleState, stops: bool) -> (RescheduleState, Option<Effect>) {
    let (state, name, effect) =
        RescheduleState::recall(&state.keep("N").unwrap(), &|id| stops && id.as_str() == "old").unwrap();
    assert_eq!(name, "N");
    (state, effect)
}

#[test]
fn reload_before_the_stop_reports_two_runs_and_waits_for_the_person() {
    let made = Event::Created(CreateOutcome::Made(RunId::new("new")));
    let (before, _) = walk(begun(), vec![made]);
    let (state, effect) = reloaded(&before, false);
    assert_eq!(effect, Some(Effect::ReadNew(RunId::new("new"))));
    let (state, effects) = walk(
        state,
        vec![
            Event::NewRead(RunId::new("new"), run("new", 600, 900)),
            Event::OldRead(RunId::new("old"), run("old", 60, 120)),
        ],
    );
    assert_eq!(effects, [Effect::ReadOld(RunId::new("old"))]);
    assert_eq!((state.stage(), state.needs_decision()), (&Stage::Held, true));
    assert_eq!((state.old().1, state.new_run().1), (Existence::Yes, Existence::Yes));
    // The old one is looked at once more: it may have opened.
    let (opened, effects) =
        walk(state.clone(), vec![Event::Continue, Event::OldRead(RunId::new("old"), run("old", -1, 120))]);
    assert_eq!((effects, opened.needs_decision()), (vec![Effect::ReadOld(RunId::new("old"))], true));
    let (_, effects) = walk(state, vec![Event::Continue, Event::OldRead(RunId::new("old"), run("old", 60, 120))]);
    assert_eq!(effects, [Effect::ReadOld(RunId::new("old")), Effect::StopOld(RunId::new("old"))]);
}

#[test]
fn reload_during_the_stop_reads_the_old_run() {
    let course = vec![
        Event::Created(CreateOutcome::Made(RunId::new("new"))),
        Event::NewRead(RunId::new("new"), run("new", 600, 900)),
        Event::OldRead(RunId::new("old"), run("old", 60, 120)),
    ];
    let (before, _) = walk(begun(), course);
    assert_eq!(before.stage(), &Stage::Stopping);
    let (state, effect) = reloaded(&before, true);
    assert_eq!((state.stage(), effect), (&Stage::StopUnclear { not_stopped_at: None }, None));
    assert_eq!(
        walk(state, vec![Event::Stopped(StopOutcome::Ended(OldRunEnd::Stopped))]).0.stage(),
        &Stage::Done(OldRunEnd::Stopped)
    );
    // Nobody looks for the stop: the old run itself tells.
    let (state, effect) = reloaded(&before, false);
    assert_eq!((state.stage(), effect), (&Stage::CheckingOld, Some(Effect::ReadOld(RunId::new("old")))));
}

#[test]
fn broken_text_restores_nothing() {
    let good = begun().keep("N").unwrap();
    for text in ["", "null", "[]", "{}", &good.replace("creating", "odd"), &good.replace("startAt", "start")] {
        assert!(RescheduleState::recall(text, &|_| true).is_none(), "{text}");
    }
}

proptest! {
    #[test]
    fn saved_reschedule_is_restored(
        course in proptest::collection::vec(events(), 0..8),
        old in "\\PC{1,8}", key in "[0-9a-f]{0,16}", job in "\\PC{1,8}", name in ".{1,8}", old_name in ".{0,8}",
        start in 0_i64..4_000_000_000_000, length in 1_i64..1_000_000_000,
    ) {
        let start_at = Timestamp::from_millis(start);
        let end_at = start_at.plus(Span::from_millis(length));
        let asked = NewRun { job_id: JobId::new(&job), name, start_at, end_at };
        let (state, _) = walk(RescheduleState::new(RunId::new(&old), asked, key), course);
        let ended = matches!(state.stage(), Stage::NotCreated | Stage::Done(_) | Stage::BothKept);
        let kept = state.keep(&old_name);
        prop_assert_eq!(kept.is_none(), ended);
        if let Some(text) = kept {
            let (recalled, name, _) = RescheduleState::recall(&text, &|_| true).unwrap();
            prop_assert_eq!(
                (&recalled.old, &recalled.asked, &recalled.key, &recalled.new, name),
                (&state.old, &state.asked, &state.key, &state.new, old_name.clone())
            );
            prop_assert_eq!(recalled.keep(&old_name), Some(text));
        }
    }

    #[test]
    fn after_a_reload_nothing_is_stopped_before_the_person_decides(
        before in proptest::collection::vec(events(), 0..8),
        later in proptest::collection::vec(events(), 0..12),
        stops in any::<bool>(),
    ) {
        let (state, _) = walk(begun(), before);
        prop_assume!(state.keep("N").is_some());
        let (state, first) = reloaded(&state, stops);
        prop_assert!(!matches!(first, Some(Effect::StopOld(_))));
        let undecided: Vec<Event> = later.into_iter().filter(|event| *event != Event::Continue).collect();
        let (_, effects) = walk(state, undecided);
        prop_assert!(!effects.iter().any(|effect| matches!(effect, Effect::StopOld(_))), "{:?}", effects);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}|[\\[\\]{}\",:a-zA-Z0-9]{0,80}") {
        let _ = RescheduleState::recall(&text, &|_| false);
    }
}
