//! Requests that hang on a dead connection after a sleep or a change of network, and servers that are only slow.

use super::*;

#[test]
fn answer_to_a_request_sent_before_hiding_still_counts() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default())]);
    driven.latency = 4;
    driven.wait(16);
    driven.on(Event::Visible(false));
    driven.wait(10);
    assert!(!driven.schedule.is_in_flight(Feed::List));
}

#[test]
fn silent_request_is_resent_on_return_and_a_live_one_is_not() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default()), (Feed::Run, OPEN)]);
    driven.latency = 20;
    driven.wait(16);
    assert_eq!(driven.under_way.len(), 2);
    // Pages of the long list keep arriving; the run's request is silent.
    driven.on(Event::Visible(false));
    driven.now = driven.now.plus(seconds(4));
    driven.on(Event::PartReceived(Feed::List, seconds(0)));
    driven.under_way.retain(|(feed, _)| *feed == Feed::List);
    assert_eq!(driven.on(Event::Visible(true)), [Feed::Run]);
    // A request that was just sent is given time.
    driven.on(Event::Online(false));
    driven.now = driven.now.plus(seconds(1));
    assert_eq!(driven.on(Event::Online(true)), []);
    assert!(driven.schedule.is_in_flight(Feed::Run));
}

#[test]
fn slow_server_is_not_mistaken_for_a_dead_connection() {
    let mut driven = Driven::new(15, &[]);
    driven.latency = 4;
    driven.on(Event::Watch(Feed::Run, OPEN));
    driven.wait(4);
    assert_eq!(driven.on(Event::RefreshRequested(None)), [Feed::Run]);
    driven.on(Event::Visible(false));
    driven.now = driven.now.plus(seconds(7));
    assert_eq!(driven.on(Event::Visible(true)), []);
    driven.on(Event::Visible(false));
    driven.now = driven.now.plus(seconds(1));
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Visible(true)), [Feed::Run]);
}

#[test]
fn silent_request_is_kept_while_no_replacement_may_be_sent() {
    let mut driven = Driven::new(15, &[]);
    driven.latency = 1000;
    driven.on(Event::Watch(Feed::Run, OPEN));
    driven.on(Event::Watch(Feed::Summary, OPEN));
    driven.on(Event::Answered(Feed::Summary, Outcome::Failed(Some(seconds(60))), 1));
    driven.on(Event::Visible(false));
    driven.now = driven.now.plus(seconds(20));
    assert_eq!(driven.on(Event::Visible(true)), []);
    assert!(driven.schedule.is_in_flight(Feed::Run));
    driven.on(Event::Visible(false));
    driven.now = driven.now.plus(seconds(40));
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Visible(true)), [Feed::Run, Feed::Summary]);
}

#[test]
fn undetected_sleep_resends_silent_requests_and_refreshes_the_rest() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default()), (Feed::Run, OPEN)]);
    driven.wait(14);
    driven.latency = 1000;
    driven.wait(2);
    assert_eq!(driven.under_way.len(), 2);
    driven.now = driven.now.plus(seconds(3600));
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Tick), [Feed::List, Feed::Run]);
}

#[test]
fn request_waiting_for_retry_after_or_sent_first_is_not_a_dead_connection() {
    let mut driven = Driven::new(15, &[]);
    driven.latency = 1000;
    driven.on(Event::Watch(Feed::List, WatchedRun::default()));
    let away = |driven: &mut Driven, for_seconds| {
        driven.on(Event::Visible(false));
        driven.now = driven.now.plus(seconds(for_seconds));
        driven.on(Event::Visible(true))
    };
    assert_eq!(away(&mut driven, 9), []);
    driven.on(Event::PartReceived(Feed::List, seconds(30)));
    assert_eq!(away(&mut driven, 35), []);
    driven.under_way.clear();
    assert_eq!(away(&mut driven, 10), [Feed::List]);
}

#[test]
fn answer_that_spans_a_sleep_does_not_count_as_slow() {
    let schedule =
        PollSchedule::new(seconds(15), true, true).step(Event::Watch(Feed::List, WatchedRun::default()), NOW, 0.5).0;
    let woken = NOW.plus(seconds(600));
    assert_eq!(schedule.step(Event::Answered(Feed::List, Outcome::Read, 1), woken, 0.5).1, [Feed::List]);
}

#[test]
fn slow_server_is_polled_less_often() {
    let mut driven = Driven::new(5, &[(Feed::List, WatchedRun::default())]);
    driven.latency = 3;
    driven.wait(100);
    let gaps: Vec<i64> = driven.times(Feed::List).windows(2).map(|pair| pair[1] - pair[0]).skip(1).collect();
    assert!(gaps.iter().all(|gap| *gap >= 30), "{gaps:?}");
}
