//! A refused token, several failures in a row, and cancelling meanwhile.

use super::*;

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
