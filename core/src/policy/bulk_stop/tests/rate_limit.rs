//! A server that asks for fewer requests.

use super::*;

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
