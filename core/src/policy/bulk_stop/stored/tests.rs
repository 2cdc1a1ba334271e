use super::super::tests::{Driven, down, open_run, refused};
use super::super::{BulkStopState, Effect, EntryStage, Event, Pause, StopProgress};
use super::*;
use crate::run::RunId;
use proptest::prelude::*;

/// After a reload.
fn reloaded(driven: &Driven) -> Driven {
    Driven { bulk: BulkStopState::recall(&driven.bulk.keep().unwrap(), driven.now), now: driven.now }
}

#[test]
fn results_survive_a_reload_and_the_rest_waits_for_the_person() {
    let (mut driven, _) = Driven::confirmed("abcde");
    driven.read("a");
    driven.went("a", StopProgress::Stopped(Status::new("stopped")));
    driven.read("b");
    driven.went("b", StopProgress::Refused(refused()));
    driven.read("c");
    // "c" was sent, "d" is being read, "e" waits.
    let mut after = reloaded(&driven);
    assert_eq!(after.state("a"), &EntryStage::Stopped(Status::new("stopped")));
    assert_eq!(after.state("b"), &EntryStage::Refused(refused()));
    assert_eq!(after.state("c"), &EntryStage::Unknown(Problem::bare(ProblemKind::Aborted)));
    assert_eq!((after.state("d"), after.state("e")), (&EntryStage::Waiting, &EntryStage::Waiting));
    assert_eq!(after.bulk.pause(), Some(Pause::Reloaded));
    assert_eq!(after.on(Event::Tick), []);
    let read = |id: &str| Effect::Read(RunId::new(id));
    assert_eq!(after.on(Event::Continue(true)), [read("d"), read("e")]);
    after.went("c", StopProgress::Stopped(Status::new("stopped")));
    assert_eq!(after.state("c"), &EntryStage::Stopped(Status::new("stopped")));
}

#[test]
fn cancelled_rest_needs_no_decision_after_a_reload() {
    let (mut driven, _) = Driven::confirmed("abcde");
    driven.on(Event::CancelRemaining);
    let after = reloaded(&driven);
    assert_eq!(after.bulk.pause(), None);
    assert!(!after.bulk.is_busy() && after.bulk.is_cancelled());
    assert_eq!(after.state("a"), &EntryStage::Skipped);
}

#[test]
fn list_confirmed_an_hour_ago_is_not_continued() {
    let (mut driven, _) = Driven::confirmed("ab");
    driven.now = driven.now.plus(Span::from_hours(1));
    let after = reloaded(&driven);
    assert_eq!((after.state("a"), after.bulk.is_busy()), (&EntryStage::Skipped, false));
}

#[test]
fn retry_after_still_applies_after_a_reload() {
    let (mut driven, _) = Driven::confirmed("a");
    let wait = Some(Span::from_seconds(60));
    driven.on(Event::Read(RunId::new("a"), Err(Problem::bare(ProblemKind::Limited { wait }))));
    let mut after = reloaded(&driven);
    assert_eq!(after.on(Event::Continue(true)), []);
    after.now = after.now.plus(Span::from_seconds(60));
    assert_eq!(after.on(Event::Tick), [Effect::Read(RunId::new("a"))]);
}

#[test]
fn open_dialog_is_not_saved_and_broken_text_restores_nothing() {
    let mut driven = Driven { bulk: BulkStopState::default(), now: Timestamp::from_millis(0) };
    assert_eq!(driven.bulk.keep(), None);
    driven.on(Event::Open(vec![open_run("a")]));
    assert_eq!(driven.bulk.keep(), None);
    for broken in ["", "{", "[]", "{\"runs\": [{}, {\"run\": {\"id\": \"a\"}}, {\"state\": \"asked\"}]}"] {
        assert_eq!(BulkStopState::recall(broken, Timestamp::from_millis(0)), BulkStopState::default(), "{broken}");
    }
}

#[test]
fn failure_reasons_are_restored() {
    let timed_out = Problem::bare(ProblemKind::TimedOut { after: Span::from_seconds(30) });
    let said = Problem { said: Some("not yours".to_owned()), trace: Some("t-1".to_owned()), ..refused() };
    let unreachable = Problem::bare(ProblemKind::Unreachable { offline: false });
    let undecodable = Problem { status: Some(200), ..Problem::bare(ProblemKind::Undecodable) };
    let intercepted = Problem { status: Some(403), ..Problem::bare(ProblemKind::Intercepted { wait: None }) };
    for why in [timed_out, said, unreachable, undecodable, intercepted, down()] {
        let (mut driven, _) = Driven::confirmed("ab");
        driven.on(Event::Read(RunId::new("a"), Err(why.clone())));
        assert_eq!(reloaded(&driven).state("a"), &EntryStage::ReadFailed(why));
    }
}

proptest! {
    #[test]
    fn reload_at_any_moment_sends_nothing_and_loses_no_result(steps in prop::collection::vec((0_usize..8, 0_usize..6), 0..40)) {
        let (mut driven, _) = Driven::confirmed("abcdef");
        for (what, of) in steps {
            let of = &"abcdef"[of..=of];
            match what {
                0..=2 => drop(driven.read(of)),
                3 => drop(driven.went(of, StopProgress::Requested)),
                4 => drop(driven.went(of, StopProgress::Stopped(Status::new("stopped")))),
                5 => drop(driven.went(of, StopProgress::Unknown(down()))),
                6 => drop(driven.on(Event::Read(RunId::new(of), Err(refused())))),
                _ => drop(driven.went(of, StopProgress::AlreadyOver(None))),
            }
        }
        let mut after = reloaded(&driven);
        for entry in driven.bulk.entries() {
            let now = after.state(entry.run.id.as_str());
            match &entry.state {
                EntryStage::Waiting | EntryStage::Reading => prop_assert_eq!(now, &EntryStage::Waiting),
                EntryStage::Sending => prop_assert!(matches!(now, EntryStage::Unknown(_))),
                state => prop_assert_eq!(now, state),
            }
        }
        prop_assert_eq!(after.on(Event::Tick), []);
        let again = reloaded(&after);
        prop_assert_eq!(again.bulk.entries(), after.bulk.entries());
    }
}
