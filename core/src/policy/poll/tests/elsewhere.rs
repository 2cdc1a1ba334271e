//! One tab reads the list for all.

use super::*;

const LIST: (Feed, WatchedRun) = (Feed::List, WatchedRun { start_at: None, end_at: None, stopped: false });

fn following() -> Driven {
    let mut driven = Driven::new(15, &[]);
    driven.on(Event::ListReadElsewhere(true));
    assert_eq!(driven.on(Event::Watch(LIST.0, LIST.1)), []);
    driven
}

#[test]
fn list_that_another_tab_reads_is_not_read_but_other_feeds_are() {
    let mut driven = following();
    driven.on(Event::Watch(Feed::Run, OPEN));
    driven.wait(60);
    assert!(driven.times(Feed::List).is_empty());
    assert_eq!(driven.times(Feed::Run), [0, 15, 30, 45, 60]);
    assert_eq!(driven.schedule.next_in(Feed::List, driven.now), None);
}

#[test]
fn person_is_given_the_list_whoever_reads_it() {
    let mut driven = following();
    assert_eq!(driven.on(Event::RefreshRequested(Some(Feed::List))), [Feed::List]);
}

#[test]
fn tab_whose_turn_it_is_goes_on_in_step_with_the_last_reader() {
    let mut driven = following();
    driven.wait(20);
    driven.on(Event::OtherTabReads(seconds(5)));
    assert_eq!(driven.on(Event::ListReadElsewhere(false)), []);
    driven.wait(30);
    assert_eq!(driven.times(Feed::List), [30, 45]);
}

#[test]
fn list_that_is_due_is_read_once_and_not_while_it_is_being_read() {
    let mut driven = Driven::new(15, &[LIST]);
    driven.wait(14);
    driven.latency = 5;
    assert_eq!(driven.on(Event::ListDue), [Feed::List]);
    assert_eq!(driven.on(Event::ListDue), []);
    driven.wait(14);
    assert_eq!(driven.times(Feed::List), [0, 14]);
}

#[test]
fn list_that_is_due_waits_after_a_failure_and_while_the_api_asks_for_it() {
    let mut driven = Driven::new(15, &[LIST]);
    driven.outcome = Outcome::Failed(None);
    driven.wait(15);
    assert_eq!(driven.on(Event::ListDue), []);
    let mut held = following();
    held.on(Event::OtherTabHolds(seconds(60)));
    held.on(Event::ListReadElsewhere(false));
    assert_eq!(held.on(Event::ListDue), []);
    held.wait(60);
    assert_eq!(held.times(Feed::List), [60]);
}

#[test]
fn slow_server_is_read_less_often_which_the_other_tabs_are_told() {
    let mut driven = Driven::new(15, &[LIST]);
    driven.wait(14);
    driven.latency = 3;
    driven.wait(5);
    let wait = driven.schedule.list_due_in(driven.now);
    assert!(wait.is_some_and(|wait| wait > seconds(15)), "{wait:?}");
}
