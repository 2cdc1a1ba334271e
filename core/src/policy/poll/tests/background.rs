//! Bells are set, and the page is hidden.

use super::*;

const WATCH: WatchedRun = WatchedRun { start_at: None, end_at: None, stopped: false };

fn hidden(in_background: bool) -> Driven {
    let mut driven = Driven::new(15, &[(Feed::List, WATCH), (Feed::Run, OPEN), (Feed::WatchedSummaries, WATCH)]);
    driven.wait(30);
    driven.on(Event::InBackground(in_background));
    driven.on(Event::Visible(false));
    driven
}

#[test]
fn hidden_page_reads_what_tabs_share_once_a_minute_and_nothing_else() {
    let mut driven = hidden(true);
    driven.wait(180);
    assert_eq!(driven.times(Feed::List), [0, 15, 30, 85, 140, 195]);
    assert_eq!(driven.times(Feed::WatchedSummaries), [0, 15, 30, 85, 140, 195]);
    assert_eq!(driven.times(Feed::Run), [0, 15, 30]);
    assert_eq!(driven.schedule.next_in(Feed::List, driven.now), None, "nobody sees a countdown");
}

#[test]
fn hidden_page_without_bells_reads_nothing() {
    let mut driven = hidden(false);
    driven.wait(180);
    assert_eq!(driven.times(Feed::List), [0, 15, 30]);
    assert_eq!(driven.on(Event::InBackground(true)), [Feed::List, Feed::WatchedSummaries], "one was set elsewhere");
}

#[test]
fn page_that_is_shown_again_is_read_at_once_and_at_its_own_interval() {
    let mut driven = hidden(true);
    driven.wait(70);
    assert_eq!(driven.on(Event::Visible(true)), [Feed::List, Feed::Run, Feed::WatchedSummaries]);
    driven.wait(15);
    assert_eq!(driven.times(Feed::List), [0, 15, 30, 85, 100, 115]);
}

#[test]
fn hidden_page_waits_for_the_network_and_for_its_turn() {
    let mut driven = hidden(true);
    assert_eq!(driven.on(Event::Online(false)), []);
    driven.wait(120);
    assert_eq!(driven.times(Feed::List), [0, 15, 30]);
    assert_eq!(driven.on(Event::Online(true)), [Feed::List, Feed::WatchedSummaries]);
    driven.on(Event::ListReadElsewhere(true));
    driven.wait(120);
    assert_eq!(driven.times(Feed::List), [0, 15, 30, 150]);
    assert_eq!(driven.times(Feed::WatchedSummaries), [0, 15, 30, 150]);
    driven.on(Event::ListReadElsewhere(false));
    assert_eq!(driven.times(Feed::List).len(), 5);
    driven.on(Event::Paused(true));
    driven.wait(120);
    assert_eq!(driven.times(Feed::List).len(), 5);
}

#[test]
fn feed_whose_read_was_interrupted_is_read_again_at_once_but_not_out_of_turn() {
    let mut driven = Driven::new(15, &[(Feed::List, WATCH)]);
    driven.wait(14);
    driven.latency = 5;
    driven.wait(1);
    assert!(driven.schedule.is_in_flight(Feed::List));
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Interrupted(Feed::List)), [Feed::List]);
    driven.on(Event::ListReadElsewhere(true));
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Interrupted(Feed::List)), []);
    assert!(!driven.schedule.is_in_flight(Feed::List));
}
