mod background;
mod connection;
mod elsewhere;
mod properties;

use super::interval::{MAX_REQUESTS_PER_MINUTE, within_a_minute};
use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn seconds(seconds: i64) -> Span {
    Span::from_seconds(seconds)
}

const OPEN: WatchedRun = WatchedRun {
    start_at: Some(Timestamp::from_millis(0)),
    end_at: Some(Timestamp::from_millis(i64::MAX)),
    stopped: false,
};

/// A console on virtual time, with one tick a second; every answer takes `latency` ticks.
struct Driven {
    schedule: PollSchedule,
    now: Timestamp,
    latency: i64,
    outcome: Outcome,
    pages: u32,
    under_way: Vec<(Feed, Timestamp)>,
    /// For each read: the feed, the second it was sent and its number of requests.
    log: Vec<(Feed, i64, u32)>,
}

impl Driven {
    fn new(interval: i64, feeds: &[(Feed, WatchedRun)]) -> Self {
        let schedule = PollSchedule::new(seconds(interval), true, true);
        let mut driven = Self {
            schedule,
            now: NOW,
            latency: 0,
            outcome: Outcome::Read,
            pages: 1,
            under_way: Vec::new(),
            log: Vec::new(),
        };
        for (feed, watch) in feeds {
            driven.on(Event::Watch(*feed, *watch));
        }
        driven.answer();
        driven
    }

    fn on(&mut self, event: Event) -> Vec<Feed> {
        let (schedule, sent) = self.schedule.clone().step(event, self.now, 0.0);
        self.schedule = schedule;
        for feed in &sent {
            assert!(self.under_way.iter().all(|(of, _)| of != feed), "two of a kind");
            self.under_way.push((*feed, self.now));
            let requests = if *feed == Feed::List { self.pages } else { 1 };
            self.log.push((*feed, self.now.since(NOW).millis() / 1000, requests));
        }
        sent
    }

    fn answer(&mut self) {
        let (due, rest) = self.under_way.drain(..).partition(|(_, at)| self.now.since(*at) >= seconds(self.latency));
        self.under_way = rest;
        let due: Vec<(Feed, Timestamp)> = due;
        for (feed, _) in due {
            let requests = if feed == Feed::List { self.pages } else { 1 };
            self.on(Event::Answered(feed, self.outcome, requests));
        }
    }

    fn wait(&mut self, ticks: i64) {
        for _ in 0..ticks {
            self.now = self.now.plus(seconds(1));
            self.answer();
            self.on(Event::Tick);
            self.answer();
        }
    }

    /// The seconds at which a feed was read.
    fn times(&self, of: Feed) -> Vec<i64> {
        self.log.iter().filter(|(feed, ..)| *feed == of).map(|(_, at, _)| *at).collect()
    }

    /// The most requests within any minute that starts at or after a given second.
    fn most_in_a_minute(&self, from: i64) -> u32 {
        let in_minute = |start: i64| {
            let within = self.log.iter().filter(|(_, at, _)| (start..start + 60).contains(at));
            within.map(|(.., requests)| *requests).sum()
        };
        let starts = self.log.iter().map(|(_, at, _)| *at).filter(|at| *at >= from);
        starts.map(in_minute).max().unwrap_or(0)
    }
}

#[test]
fn list_alone_is_polled_at_the_chosen_interval() {
    for interval in [5, 15, 300] {
        let mut driven = Driven::new(interval, &[(Feed::List, WatchedRun::default())]);
        driven.wait(3 * interval);
        assert_eq!(driven.times(Feed::List), [0, interval, 2 * interval, 3 * interval]);
    }
    assert_eq!(PollSchedule::new(seconds(1), true, true).interval(), seconds(5));
    assert_eq!(PollSchedule::new(seconds(9999), true, true).interval(), seconds(300));
}

#[test]
fn cancelled_refresh_is_neither_repeated_nor_answered_and_polling_continues() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default())]);
    driven.wait(5);
    driven.latency = 100;
    assert_eq!(driven.on(Event::RefreshRequested(Some(Feed::List))), [Feed::List]);
    // Asked a second time, while the first read is under way.
    assert!(driven.on(Event::RefreshRequested(Some(Feed::List))).is_empty());
    driven.under_way.clear();
    assert!(driven.on(Event::Cancelled(Feed::List)).is_empty());
    assert!(!driven.schedule.is_in_flight(Feed::List));
    driven.latency = 0;
    driven.wait(20);
    assert_eq!(driven.times(Feed::List), [0, 5, 20]);
}

#[test]
fn run_is_polled_faster_near_its_start_and_end() {
    let window =
        |start: i64, end: i64, stopped| WatchedRun { start_at: Some(after(start)), end_at: Some(after(end)), stopped };
    for (watch, rest) in [
        (window(50, 90_000, false), 8),
        (window(-50, 90_000, false), 8),
        (window(-90_000, 50, false), 8),
        (window(-90_000, -50, false), 8),
        (window(-90_000, 90_000, false), 15),
        (window(1000, 90_000, false), 15),
        (window(4000, 90_000, false), 60),
        (window(-90_000, -100, false), 60),
        (window(-90_000, -4000, false), 300),
        (window(-50, 90_000, true), 60),
        (window(-90_000, -4000, true), 300),
        (WatchedRun::default(), 15),
    ] {
        let mut driven = Driven::new(15, &[(Feed::Run, watch)]);
        driven.wait(rest);
        assert_eq!(driven.times(Feed::Run), [0, rest], "{watch:?}");
    }
}

#[test]
fn run_is_polled_right_after_a_window_boundary() {
    let watch = WatchedRun { start_at: Some(after(4000)), end_at: Some(after(90_000)), stopped: false };
    let mut driven = Driven::new(300, &[(Feed::Run, watch)]);
    driven.wait(4100);
    assert!(driven.times(Feed::Run).contains(&4001));
}

#[test]
fn after_an_action_run_is_polled_at_once_and_faster_for_a_minute() {
    let mut driven = Driven::new(30, &[(Feed::List, WatchedRun::default()), (Feed::Run, OPEN)]);
    driven.wait(10);
    assert_eq!(driven.on(Event::RunsChanged), [Feed::List, Feed::Run]);
    driven.answer();
    driven.wait(100);
    assert_eq!(driven.times(Feed::Run)[..10], [0, 10, 18, 26, 34, 42, 50, 58, 66, 96]);
}

#[test]
fn hidden_or_offline_page_sends_nothing_and_reads_each_feed_once_on_return() {
    for (gone, back) in [(Event::Visible(false), Event::Visible(true)), (Event::Online(false), Event::Online(true))] {
        let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default())]);
        driven.on(gone);
        driven.on(Event::RefreshRequested(None));
        driven.on(Event::RunsChanged);
        driven.wait(3600);
        assert_eq!(driven.times(Feed::List), [0]);
        assert_eq!(driven.on(back), [Feed::List]);
        assert_eq!(driven.on(back), [], "told twice, back once");
        driven.answer();
        driven.wait(15);
        // Requested while nothing could be sent, it is sent once on return.
        assert_eq!(driven.times(Feed::List), [0, 3600, 3615]);
    }
}

#[test]
fn paused_polling_reads_only_requested_or_newly_opened_feeds() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default())]);
    driven.on(Event::Paused(true));
    driven.wait(500);
    assert_eq!(driven.schedule.next_in(Feed::List, driven.now), None);
    driven.on(Event::Visible(false));
    assert_eq!(driven.on(Event::Visible(true)), []);
    assert_eq!(driven.on(Event::RefreshRequested(Some(Feed::List))), [Feed::List]);
    assert_eq!(driven.on(Event::Watch(Feed::Run, OPEN)), [Feed::Run]);
    driven.answer();
    driven.wait(500);
    assert_eq!(driven.log.len(), 3);
    assert_eq!(driven.on(Event::Paused(false)), [Feed::List, Feed::Run]);
}

#[test]
fn refresh_requested_during_a_read_is_sent_right_after_its_answer() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default())]);
    assert_eq!(driven.on(Event::RefreshRequested(None)), [Feed::List]);
    assert_eq!(driven.on(Event::RefreshRequested(None)), []);
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Answered(Feed::List, Outcome::Read, 1)), [Feed::List]);
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Answered(Feed::List, Outcome::Read, 1)), []);
}

#[test]
fn retry_after_holds_for_all_feeds_unless_a_person_asks() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default()), (Feed::Run, OPEN)]);
    driven.wait(14);
    driven.outcome = Outcome::Failed(Some(seconds(120)));
    driven.wait(1);
    driven.outcome = Outcome::Read;
    driven.wait(119);
    assert_eq!(driven.log.iter().filter(|(_, at, _)| *at > 15).count(), 0);
    assert_eq!(driven.schedule.next_in(Feed::Run, driven.now), Some(seconds(1)));
    driven.on(Event::Visible(false));
    assert_eq!(driven.on(Event::Visible(true)), [], "nor on return");
    assert_eq!(driven.on(Event::RefreshRequested(Some(Feed::Run))), [Feed::Run]);
    driven.answer();
    driven.wait(1);
    assert_eq!(driven.times(Feed::List), [0, 15, 135]);
}

#[test]
fn failures_back_off_and_a_success_resets_the_backoff() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default())]);
    driven.outcome = Outcome::Failed(None);
    driven.schedule = driven.schedule.clone().step(Event::IntervalChosen(seconds(15)), NOW, 1.0).0;
    let gap = |driven: &mut Driven, random: f64| {
        let (schedule, _) = driven.schedule.clone().step(Event::RefreshRequested(None), driven.now, random);
        let (schedule, _) = schedule.step(Event::Answered(Feed::List, Outcome::Failed(None), 1), driven.now, random);
        driven.schedule = schedule;
        driven.schedule.next_in(Feed::List, driven.now).unwrap().millis() / 1000
    };
    let gaps: Vec<i64> = (0..8).map(|_| gap(&mut driven, 1.0)).collect();
    assert_eq!(gaps, [5, 5, 8, 16, 32, 64, 120, 120]);
    assert_eq!(gap(&mut driven, 0.0), 5);
    assert_eq!(driven.schedule.failures(Feed::List), 9);
    driven.outcome = Outcome::Read;
    driven.wait(5);
    assert_eq!(
        (driven.schedule.failures(Feed::List), driven.schedule.next_in(Feed::List, driven.now)),
        (0, Some(seconds(15)))
    );
}

#[test]
fn nothing_is_polled_without_a_token() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default()), (Feed::Run, OPEN)]);
    driven.outcome = Outcome::SignInRequired;
    driven.wait(1000);
    assert_eq!(driven.log.len(), 4, "those that were sent together, and none after");
    driven.on(Event::Visible(false));
    assert_eq!(driven.on(Event::Visible(true)), []);
    assert_eq!(driven.on(Event::SignedIn), [Feed::List, Feed::Run]);
}

#[test]
fn refused_feed_is_read_on_sign_in_even_within_a_second_or_while_paused() {
    let mut schedule = PollSchedule::new(seconds(15), true, true);
    let mut on = |event: Event| {
        let (next, send) = schedule.clone().step(event, NOW, 0.5);
        schedule = next;
        send
    };
    on(Event::Paused(true));
    assert_eq!(on(Event::Watch(Feed::List, WatchedRun::default())), [Feed::List]);
    assert_eq!(on(Event::Watch(Feed::Run, OPEN)), [Feed::Run]);
    assert_eq!(on(Event::Answered(Feed::List, Outcome::SignInRequired, 1)), []);
    // The late refusal concerns the earlier token.
    assert_eq!(on(Event::SignedIn), [Feed::List]);
    assert_eq!(on(Event::Answered(Feed::Run, Outcome::SignInRequired, 1)), [Feed::Run]);
    assert_eq!(on(Event::Answered(Feed::Run, Outcome::SignInRequired, 1)), [], "a second time it is the new one");
    assert_eq!(on(Event::Answered(Feed::List, Outcome::Read, 1)), []);
    assert_eq!(on(Event::SignedIn), [Feed::Run]);
}

#[test]
fn long_list_polls_its_newest_page_at_the_interval_and_the_rest_less_often() {
    let all = [(Feed::Newest, WatchedRun::default()), (Feed::List, WatchedRun::default())];
    let mut driven = Driven::new(15, &[]);
    driven.pages = 10;
    for (feed, watch) in all {
        driven.on(Event::Watch(feed, watch));
    }
    driven.answer();
    driven.wait(600);
    let lists = driven.times(Feed::List);
    assert!(lists.windows(2).all(|pair| pair[1] - pair[0] >= 60), "{lists:?}");
    assert!(lists.len() > 3);
    let news: Vec<i64> = driven.log.iter().map(|(_, at, _)| *at).collect();
    assert!(news.windows(2).all(|pair| pair[1] - pair[0] <= 15), "{news:?}");
}

#[test]
fn clock_change_neither_stops_polling_nor_floods_the_server() {
    let mut driven = Driven::new(15, &[(Feed::List, WatchedRun::default())]);
    driven.now = after(-86_400);
    driven.wait(60);
    assert!((4..=5).contains(&(driven.log.len() - 1)), "{:?}", driven.log);
    assert!(!within_a_minute(after(1), NOW) && within_a_minute(NOW, NOW));
}

#[test]
fn unwatched_feed_is_not_polled() {
    let mut driven = Driven::new(15, &[(Feed::Run, OPEN)]);
    driven.on(Event::RefreshRequested(None));
    driven.on(Event::Unwatch(Feed::Run));
    driven.under_way.clear();
    driven.wait(100);
    assert_eq!(driven.log.len(), 2);
    assert_eq!(driven.on(Event::Watch(Feed::Run, OPEN)), [Feed::Run], "another run: at once");
}
