use super::*;
use crate::problem::ProblemKind;
use crate::run::{JobId, Status};
use crate::time::Span;
use proptest::prelude::*;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

const UNCLEAR: StopOutcome = StopOutcome::Unclear { not_stopped_at: None };

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn asked() -> NewRun {
    NewRun { job_id: JobId::new("j"), name: String::from("n"), start_at: after(600), end_at: after(900) }
}

fn key() -> String {
    String::from("key")
}

fn run(id: &str, start: i64, end: i64, status: &str) -> Box<Run> {
    let value = json!({"id": id, "job_id": "j", "name": "n", "status": status,
        "start_at": after(start).to_iso(), "end_at": after(end).to_iso()});
    Box::new(Run::read_body(&value.to_string()).unwrap())
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

/// The final state and all effects of a sequence of events.
fn walk(events: impl IntoIterator<Item = Event>) -> (RescheduleState, Vec<Effect>) {
    let mut state = RescheduleState::new(old(), asked(), key());
    let mut effects = Vec::new();
    for event in events {
        let (next, effect) = state.step(event, NOW);
        state = next;
        effects.extend(effect);
    }
    (state, effects)
}

fn made() -> Event {
    Event::Created(CreateOutcome::Made(new()))
}

fn verified() -> Event {
    Event::NewRead(new(), Ok(run("new", 600, 900, "scheduled")))
}

fn old_waits() -> Event {
    Event::OldRead(old(), Ok(run("old", 60, 120, "scheduled")))
}

#[test]
fn new_run_is_created_and_verified_before_the_old_one_is_stopped() {
    let (state, effects) =
        walk([made(), verified(), old_waits(), Event::Stopped(StopOutcome::Ended(OldRunEnd::Stopped))]);
    assert_eq!(effects, [Effect::ReadNew(new()), Effect::ReadOld(old()), Effect::StopOld(old())]);
    assert_eq!(state.stage(), &Stage::Done(OldRunEnd::Stopped));
    assert_eq!((state.old(), state.new_run()), ((&old(), Existence::No), (Some(&new()), Existence::Yes)));
}

#[test]
fn old_run_that_ended_by_itself_is_never_called_stopped() {
    for (status, is_confirmed, end) in [
        ("stopped", true, OldRunEnd::Stopped),
        ("cancelled", false, OldRunEnd::Stopped),
        ("completed", true, OldRunEnd::Ended),
        ("failed", false, OldRunEnd::Ended),
        ("halted", true, OldRunEnd::Stopped),
        ("halted", false, OldRunEnd::Ended),
    ] {
        assert_eq!(OldRunEnd::of(&Status::new(status), is_confirmed), end, "{status} {is_confirmed}");
    }
    let over = Event::OldRead(old(), Ok(run("old", -500, -200, "completed")));
    let stopped_elsewhere = Event::OldRead(old(), Ok(run("old", 60, 120, "stopped")));
    for (event, end, exists) in
        [(over, OldRunEnd::Ended, Existence::Ended), (stopped_elsewhere, OldRunEnd::Stopped, Existence::No)]
    {
        let (state, _) = walk([made(), verified(), event]);
        assert_eq!((state.stage(), state.old().1), (&Stage::Done(end), exists));
    }
}

#[test]
fn every_failure_states_which_runs_exist() {
    let coarse = Event::NewRead(new(), Ok(run("new", 600, 899, "scheduled")));
    let doubt = || Event::Created(CreateOutcome::Unclear);
    let stop = |stopped| vec![made(), verified(), old_waits(), Event::Stopped(stopped)];
    for (events, waits, old_exists, new_exists) in [
        (vec![Event::Created(CreateOutcome::Refused)], false, Existence::Yes, Existence::No),
        (vec![doubt()], false, Existence::Yes, Existence::Unclear),
        (vec![doubt(), Event::Created(CreateOutcome::Refused)], false, Existence::Yes, Existence::No),
        (vec![doubt(), made()], false, Existence::Yes, Existence::Yes),
        (vec![made(), Event::NewRead(new(), Err(problem()))], true, Existence::Yes, Existence::Yes),
        (vec![made(), coarse], true, Existence::Yes, Existence::Yes),
        (vec![made(), Event::NewRead(new(), Ok(run("new", 600, 900, "stopped")))], true, Existence::Yes, Existence::No),
        (vec![made(), verified(), Event::OldRead(old(), Err(problem()))], true, Existence::Yes, Existence::Yes),
        (
            vec![made(), verified(), Event::OldRead(old(), Ok(run("old", -1, 120, "running")))],
            true,
            Existence::Yes,
            Existence::Yes,
        ),
        (
            vec![made(), verified(), Event::OldRead(old(), Ok(run("old", 60, 120, "stopped")))],
            false,
            Existence::No,
            Existence::Yes,
        ),
        (vec![made(), verified(), old_waits()], false, Existence::Unclear, Existence::Yes),
        (stop(UNCLEAR), false, Existence::Unclear, Existence::Yes),
        (stop(StopOutcome::Unclear { not_stopped_at: Some(NOW) }), false, Existence::Yes, Existence::Yes),
        (stop(StopOutcome::Refused(problem())), true, Existence::Yes, Existence::Yes),
    ] {
        let said = format!("{events:?}");
        let (state, _) = walk(events);
        let found = (state.needs_decision(), state.old().1, state.new_run().1);
        assert_eq!(found, (waits, old_exists, new_exists), "{said}");
    }
}

#[test]
fn new_run_that_will_send_nothing_leaves_the_old_one_alone() {
    for (start, status, ended) in [
        (600, "failed", RunState::Failed),
        (600, "completed", RunState::Completed),
        (600, "stopped", RunState::Stopped),
        (-900, "scheduled", RunState::Ended),
        (-900, "failed", RunState::Failed),
    ] {
        let (state, effects) = walk([made(), Event::NewRead(new(), Ok(run("new", start, start + 300, status)))]);
        assert_eq!((state.stage(), &*effects), (&Stage::NewEnded(ended), &[Effect::ReadNew(new())][..]), "{status}");
        assert!(!state.can_continue(), "{status}");
    }
    for status in ["scheduled", "running", "odd"] {
        let (state, _) = walk([made(), Event::NewRead(new(), Ok(run("new", 600, 900, status)))]);
        assert_eq!(state.stage(), &Stage::CheckingOld, "{status}");
    }
}

#[test]
fn old_run_is_stopped_without_a_question_only_if_it_has_not_started() {
    let no_window = Box::new(Run { status: Some(Status::new("scheduled")), ..Run::new(old()) });
    for (read, stage) in [
        (run("old", 60, 120, "scheduled"), Stage::Stopping),
        (run("old", 60, 120, "odd"), Stage::Stopping),
        (run("old", 60, 120, "running"), Stage::OldOpened(RunState::Running)),
        (run("old", -60, 120, "running"), Stage::OldOpened(RunState::Running)),
        (run("old", -60, 120, "scheduled"), Stage::OldOpened(RunState::Open)),
        (run("old", -120, -60, "running"), Stage::OldOpened(RunState::Running)),
        (no_window, Stage::OldOpened(RunState::Scheduled)),
        (Box::new(Run::new(old())), Stage::OldOpened(RunState::Unknown)),
        (run("old", 60, 120, "completed"), Stage::Done(OldRunEnd::Ended)),
        (run("old", 60, 120, "failed"), Stage::Done(OldRunEnd::Ended)),
        (run("old", -120, -60, "scheduled"), Stage::Done(OldRunEnd::Ended)),
        (run("old", 60, 120, "stopped"), Stage::Done(OldRunEnd::Stopped)),
    ] {
        let said = format!("{read:?}");
        let (state, effects) = walk([made(), verified(), Event::OldRead(old(), Ok(read))]);
        assert_eq!(effects.contains(&Effect::StopOld(old())), stage == Stage::Stopping, "{said}");
        assert_eq!(state.stage(), &stage, "{said}");
    }
}

#[test]
fn answers_about_another_run_decide_nothing() {
    let other = || RunId::new("other");
    let undecodable = || Problem::bare(ProblemKind::Undecodable);
    for (before, event, stage) in [
        (vec![made()], Event::NewRead(other(), Ok(run("new", 600, 900, "scheduled"))), Stage::Verifying),
        (vec![made()], Event::NewRead(other(), Err(problem())), Stage::Verifying),
        (
            vec![made()],
            Event::NewRead(new(), Ok(run("other", 600, 900, "scheduled"))),
            Stage::Unverified(undecodable()),
        ),
        (vec![made(), verified()], Event::OldRead(other(), Ok(run("old", 60, 120, "scheduled"))), Stage::CheckingOld),
        (vec![made(), verified()], Event::OldRead(other(), Err(problem())), Stage::CheckingOld),
        (
            vec![made(), verified()],
            Event::OldRead(old(), Ok(run("other", 60, 120, "scheduled"))),
            Stage::OldUnread(undecodable()),
        ),
    ] {
        let said = format!("{event:?}");
        let (state, effects) = walk([before, vec![event]].concat());
        assert_eq!(state.stage(), &stage, "{said}");
        assert!(!effects.contains(&Effect::StopOld(old())), "{said}");
    }
}

#[test]
fn another_reschedule_waits_until_it_is_known_which_runs_exist() {
    let unclear = |not_stopped_at| Stage::StopUnclear { not_stopped_at };
    for (stage, blocks) in [
        (Stage::Creating, true),
        (Stage::NotCreated, false),
        (Stage::Unclear, false),
        (Stage::Verifying, true),
        (Stage::Differs(Vec::new()), true),
        (Stage::Unverified(problem()), true),
        (Stage::NewEnded(RunState::Failed), true),
        (Stage::CheckingOld, true),
        (Stage::Held, true),
        (Stage::OldOpened(RunState::Open), true),
        (Stage::OldUnread(problem()), true),
        (Stage::Stopping, true),
        (Stage::NotStopped(problem()), true),
        (unclear(None), true),
        (unclear(Some(NOW)), true),
        (Stage::Done(OldRunEnd::Stopped), false),
        (Stage::BothKept, false),
    ] {
        let state = RescheduleState { stage, ..RescheduleState::new(old(), asked(), key()) };
        assert_eq!(state.blocks_another(), blocks, "{:?}", state.stage);
        let awaits = matches!(state.stage, Stage::Stopping | Stage::StopUnclear { .. });
        assert_eq!((state.awaits_stop_of(&old()), state.awaits_stop_of(&new())), (awaits, false), "{:?}", state.stage);
    }
}

#[test]
fn old_run_that_was_never_read_can_be_stopped_all_the_same() {
    use crate::policy::stop::{self, StopState};
    let (state, effects) = walk([made(), verified(), Event::OldRead(old(), Err(problem())), Event::Continue]);
    assert_eq!(effects.last(), Some(&Effect::StopOld(old())));
    let unread = state.run_to_stop(None, "Spring");
    assert_eq!((&unread.id, &*unread.name), (&old(), "Spring"));
    let (stop, effects) = StopState::default().step(stop::Event::StopNow(Box::new(unread), None), NOW);
    assert!(effects.contains(&stop::Effect::Post) && stop.is_sending());
    let known = run("old", 60, 120, "scheduled");
    assert_eq!(state.run_to_stop(Some(&known), "Spring"), *known);
}

#[test]
fn dropped_milliseconds_do_not_need_a_decision() {
    let exact = NewRun { start_at: after(600).plus(Span::from_millis(417)), ..asked() };
    let (state, _) = RescheduleState::new(old(), exact, key()).step(made(), NOW);
    assert_eq!(state.step(verified(), NOW).1, Some(Effect::ReadOld(old())));
}

#[test]
fn person_can_continue_read_again_or_keep_both() {
    let differs = || vec![made(), Event::NewRead(new(), Ok(run("new", 601, 900, "scheduled")))];
    let opened = || vec![made(), verified(), Event::OldRead(old(), Ok(run("old", -1, 120, "running")))];
    let last = |mut events: Vec<Event>, event: Event| {
        let before = walk(events.clone()).1.len();
        events.push(event);
        let (state, effects) = walk(events);
        (state.stage, effects.get(before).cloned())
    };
    assert_eq!(last(differs(), Event::Continue), (Stage::CheckingOld, Some(Effect::ReadOld(old()))));
    assert_eq!(last(opened(), Event::Continue), (Stage::Stopping, Some(Effect::StopOld(old()))));
    assert_eq!(last(differs(), Event::KeepBoth).0, Stage::BothKept);
    assert_eq!(last(differs(), Event::ReadAgain).0, Stage::Verifying);
    assert_eq!(last(opened(), Event::ReadAgain).0, Stage::CheckingOld);
    let ended = vec![made(), Event::NewRead(new(), Ok(run("new", 600, 900, "stopped"))), Event::Continue];
    assert!(!walk(ended).1.contains(&Effect::StopOld(old())), "none would be left");
}

#[test]
fn stop_of_unknown_outcome_can_be_sent_again_at_once_and_is_settled_by_reads() {
    let unclear = |not_stopped_at| {
        walk([made(), verified(), old_waits(), Event::Stopped(StopOutcome::Unclear { not_stopped_at })]).0
    };
    assert!(unclear(None).can_continue() && !unclear(None).can_dismiss());
    let read = unclear(Some(after(9)));
    assert!(read.can_continue() && read.can_dismiss() && !read.needs_decision());
    for state in [unclear(None), read] {
        let (again, effect) = state.step(Event::Continue, NOW);
        assert_eq!((again.stage(), effect), (&Stage::Stopping, Some(Effect::StopOld(old()))));
    }
}

#[test]
fn only_an_end_without_any_doubt_is_a_plain_success() {
    let stopped = || Event::Stopped(StopOutcome::Ended(OldRunEnd::Stopped));
    let is_plain = |events: Vec<Event>, last: Event| {
        let (before, _) = walk(events);
        let stage = before.stage().clone();
        before.step(last, NOW).0.is_plain_success(&stage)
    };
    let stopping = || vec![made(), verified(), old_waits()];
    assert!(is_plain(stopping(), stopped()));
    assert!(!is_plain(stopping(), Event::Stopped(StopOutcome::Ended(OldRunEnd::Ended))));
    let unclear = || [stopping(), vec![Event::Stopped(UNCLEAR)]].concat();
    assert!(!is_plain(unclear(), stopped()), "the person has read that it is unclear");
    assert!(is_plain([unclear(), vec![Event::Continue]].concat(), stopped()), "the person has asked again");
}

#[test]
fn reschedule_that_changes_nothing_is_recognised() {
    let old = run("old", 600, 900, "scheduled");
    assert!(changes_nothing(&asked(), &old));
    let fingerprint = NewRun { start_at: after(600).plus(Span::from_millis(417)), ..asked() };
    assert!(changes_nothing(&fingerprint, &old), "milliseconds are not typed");
    for changed in [
        NewRun { job_id: JobId::new("k"), ..asked() },
        NewRun { name: String::from("m"), ..asked() },
        NewRun { start_at: after(601), ..asked() },
        NewRun { end_at: after(899), ..asked() },
    ] {
        assert!(!changes_nothing(&changed, &old), "{changed:?}");
    }
}

fn events() -> impl Strategy<Value = Event> {
    let windows =
        || (-500_i64..700, prop::sample::select(vec!["scheduled", "running", "stopped", "completed", "failed", "odd"]));
    prop_oneof![
        Just(made()),
        Just(Event::Created(CreateOutcome::Refused)),
        Just(Event::Created(CreateOutcome::Unclear)),
        Just(verified()),
        windows().prop_map(|(start, status)| Event::NewRead(new(), Ok(run("new", start, start + 300, status)))),
        windows().prop_map(|(start, status)| Event::OldRead(old(), Ok(run("old", start, start + 300, status)))),
        Just(Event::OldRead(old(), Err(problem()))),
        Just(Event::Stopped(StopOutcome::Ended(OldRunEnd::Stopped))),
        Just(Event::Stopped(StopOutcome::Refused(problem()))),
        Just(Event::Stopped(UNCLEAR)),
        Just(Event::Continue),
        Just(Event::ReadAgain),
        Just(Event::KeepBoth),
    ]
}

proptest! {
    #[test]
    fn old_run_is_stopped_only_once_a_new_one_exists_and_once_per_decision(events in prop::collection::vec(events(), 0..30)) {
        let mut state = RescheduleState::new(old(), asked(), key());
        for event in events {
            let decided = matches!(event, Event::Continue | Event::OldRead(_, Ok(_)));
            let (next, effect) = state.step(event, NOW);
            state = next;
            if effect == Some(Effect::StopOld(old())) {
                prop_assert!(decided && state.new_run() == (Some(&new()), Existence::Yes));
                prop_assert_eq!(state.stage(), &Stage::Stopping);
            }
            let gone = matches!(state.old().1, Existence::No | Existence::Ended);
            prop_assert!(!gone || state.new_run().1 == Existence::Yes, "none is left");
        }
    }
}
