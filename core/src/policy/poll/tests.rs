use super::interval::{MAX_REQUESTS_PER_MINUTE, within_a_minute};
use super::*;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn seconds(seconds: i64) -> Span {
    Span::from_seconds(seconds)
}

const OPEN: Watch =
    Watch { start_at: Some(Timestamp::from_millis(0)), end_at: Some(Timestamp::from_millis(i64::MAX)), stopped: false };

/// A console on virtual time, one tick a second; every answer comes after `latency` ticks.
struct Driven {
    schedule: PollSchedule,
    now: Timestamp,
    latency: i64,
    outcome: Outcome,
    pages: u32,
    under_way: Vec<(Feed, Timestamp)>,
    /// Seconds since the beginning and requests of all readings sent.
    log: Vec<(Feed, i64, u32)>,
}

impl Driven {
    fn new(interval: i64, feeds: &[(Feed, Watch)]) -> Self {
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

    /// The most requests within any minute that begins at or after a second.
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
        let mut driven = Driven::new(interval, &[(Feed::List, Watch::default())]);
        driven.wait(3 * interval);
        assert_eq!(driven.times(Feed::List), [0, interval, 2 * interval, 3 * interval]);
    }
    assert_eq!(PollSchedule::new(seconds(1), true, true).interval(), seconds(5));
    assert_eq!(PollSchedule::new(seconds(9999), true, true).interval(), seconds(300));
}

#[test]
fn run_is_polled_faster_near_its_start_and_end() {
    let window =
        |start: i64, end: i64, stopped| Watch { start_at: Some(after(start)), end_at: Some(after(end)), stopped };
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
        (Watch::default(), 15),
    ] {
        let mut driven = Driven::new(15, &[(Feed::Run, watch)]);
        driven.wait(rest);
        assert_eq!(driven.times(Feed::Run), [0, rest], "{watch:?}");
    }
}

#[test]
fn run_is_polled_right_after_a_window_boundary() {
    let watch = Watch { start_at: Some(after(4000)), end_at: Some(after(90_000)), stopped: false };
    let mut driven = Driven::new(300, &[(Feed::Run, watch)]);
    driven.wait(4100);
    assert!(driven.times(Feed::Run).contains(&4001));
}

#[test]
fn after_an_action_run_is_polled_at_once_and_faster_for_a_minute() {
    let mut driven = Driven::new(30, &[(Feed::List, Watch::default()), (Feed::Run, OPEN)]);
    driven.wait(10);
    assert_eq!(driven.on(Event::RunsChanged), [Feed::List, Feed::Run]);
    driven.answer();
    driven.wait(100);
    assert_eq!(driven.times(Feed::Run)[..10], [0, 10, 18, 26, 34, 42, 50, 58, 66, 96]);
}

#[test]
fn hidden_or_offline_page_sends_nothing_and_reads_each_feed_once_on_return() {
    for (gone, back) in [(Event::Visible(false), Event::Visible(true)), (Event::Online(false), Event::Online(true))] {
        let mut driven = Driven::new(15, &[(Feed::List, Watch::default())]);
        driven.on(gone);
        driven.on(Event::RefreshRequested(None));
        driven.on(Event::RunsChanged);
        driven.wait(3600);
        assert_eq!(driven.times(Feed::List), [0]);
        assert_eq!(driven.on(back), [Feed::List]);
        assert_eq!(driven.on(back), [], "told twice, back once");
        driven.answer();
        driven.wait(15);
        // Asked for while nothing could be sent, it was sent on return, not twice.
        assert_eq!(driven.times(Feed::List), [0, 3600, 3615]);
    }
}

#[test]
fn answer_to_a_request_sent_before_hiding_still_counts() {
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default())]);
    driven.latency = 4;
    driven.wait(16);
    driven.on(Event::Visible(false));
    driven.wait(10);
    assert!(!driven.schedule.is_in_flight(Feed::List));
}

#[test]
fn silent_request_is_resent_on_return_and_a_live_one_is_not() {
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default()), (Feed::Run, OPEN)]);
    driven.latency = 20;
    driven.wait(16);
    assert_eq!(driven.under_way.len(), 2);
    // The list is long and its pages come on; of the run nothing is heard.
    driven.on(Event::Visible(false));
    driven.now = driven.now.plus(seconds(4));
    driven.on(Event::PartReceived(Feed::List, seconds(0)));
    driven.under_way.retain(|(feed, _)| *feed == Feed::List);
    assert_eq!(driven.on(Event::Visible(true)), [Feed::Run]);
    // The one that was just sent gets its time.
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
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default()), (Feed::Run, OPEN)]);
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
    driven.on(Event::Watch(Feed::List, Watch::default()));
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
fn paused_polling_reads_only_requested_or_newly_opened_feeds() {
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default())]);
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
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default())]);
    assert_eq!(driven.on(Event::RefreshRequested(None)), [Feed::List]);
    assert_eq!(driven.on(Event::RefreshRequested(None)), []);
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Answered(Feed::List, Outcome::Read, 1)), [Feed::List]);
    driven.under_way.clear();
    assert_eq!(driven.on(Event::Answered(Feed::List, Outcome::Read, 1)), []);
}

#[test]
fn retry_after_holds_for_all_feeds_unless_a_person_asks() {
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default()), (Feed::Run, OPEN)]);
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
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default())]);
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
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default()), (Feed::Run, OPEN)]);
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
    assert_eq!(on(Event::Watch(Feed::List, Watch::default())), [Feed::List]);
    assert_eq!(on(Event::Watch(Feed::Run, OPEN)), [Feed::Run]);
    assert_eq!(on(Event::Answered(Feed::List, Outcome::SignInRequired, 1)), []);
    // The other's refusal comes after the new token: it was for the one before.
    assert_eq!(on(Event::SignedIn), [Feed::List]);
    assert_eq!(on(Event::Answered(Feed::Run, Outcome::SignInRequired, 1)), [Feed::Run]);
    assert_eq!(on(Event::Answered(Feed::Run, Outcome::SignInRequired, 1)), [], "a second time it is the new one");
    assert_eq!(on(Event::Answered(Feed::List, Outcome::Read, 1)), []);
    assert_eq!(on(Event::SignedIn), [Feed::Run]);
}

#[test]
fn answer_that_spans_a_sleep_does_not_count_as_slow() {
    let schedule =
        PollSchedule::new(seconds(15), true, true).step(Event::Watch(Feed::List, Watch::default()), NOW, 0.5).0;
    let woken = NOW.plus(seconds(600));
    assert_eq!(schedule.step(Event::Answered(Feed::List, Outcome::Read, 1), woken, 0.5).1, [Feed::List]);
}

#[test]
fn slow_server_is_polled_less_often() {
    let mut driven = Driven::new(5, &[(Feed::List, Watch::default())]);
    driven.latency = 3;
    driven.wait(100);
    let gaps: Vec<i64> = driven.times(Feed::List).windows(2).map(|pair| pair[1] - pair[0]).skip(1).collect();
    assert!(gaps.iter().all(|gap| *gap >= 30), "{gaps:?}");
}

#[test]
fn long_list_polls_its_newest_page_at_the_interval_and_the_rest_less_often() {
    let all = [(Feed::Newest, Watch::default()), (Feed::List, Watch::default())];
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
    let mut driven = Driven::new(15, &[(Feed::List, Watch::default())]);
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

fn watches() -> impl Strategy<Value = Watch> {
    let at = || prop::option::of((-2000_i64..4000).prop_map(after));
    (at(), at(), any::<bool>()).prop_map(|(start_at, end_at, stopped)| Watch {
        start_at,
        end_at,
        stopped: stopped && start_at.is_some(),
    })
}

proptest! {
    #[test]
    fn steady_state_keeps_the_request_budget_and_new_runs_appear_within_the_interval(
        interval in 5_i64..60, pages in 1_u32..12, latency in 0_i64..2, newest in any::<bool>(),
        list in any::<bool>(), run in prop::option::of(watches()),
    ) {
        let mut driven = Driven::new(interval, &[]);
        (driven.pages, driven.latency) = (pages, latency);
        let feeds = [
            (Feed::Newest, (newest && pages > 1).then(Watch::default)),
            (Feed::List, list.then(Watch::default)),
            (Feed::Run, run),
            (Feed::Summary, run),
        ];
        for (feed, watch) in feeds {
            if let Some(watch) = watch {
                driven.on(Event::Watch(feed, watch));
            }
        }
        driven.answer();
        driven.wait(900);
        // The first minute holds what was opened.
        let most = driven.most_in_a_minute(60);
        let news_too = newest && pages > 1;
        let left = if news_too { MAX_REQUESTS_PER_MINUTE - (60 / interval as u32 + 1) } else { MAX_REQUESTS_PER_MINUTE };
        let beyond = if list { pages.saturating_sub(left) } else { 0 };
        prop_assert!(most <= MAX_REQUESTS_PER_MINUTE + beyond, "{most} {:?}", driven.log);
        let after_the_first: u32 = driven.log.iter().filter(|(_, at, _)| *at >= 60).map(|(.., requests)| *requests).sum();
        prop_assert!(after_the_first <= 14 * MAX_REQUESTS_PER_MINUTE + beyond, "{after_the_first}");
        let news = if newest && pages > 1 { Some(Feed::Newest) } else { Some(Feed::List).filter(|_| list && pages == 1) };
        if let Some(news) = news {
            let brings = |feed: Feed| feed == news || feed == Feed::List;
            let times: Vec<i64> = driven.log.iter().filter(|(feed, ..)| brings(*feed)).map(|(_, at, _)| *at).collect();
            let most = interval.max(latency * 10) + latency + 1;
            prop_assert!(times.windows(2).all(|pair| pair[1] - pair[0] <= most), "{times:?} {most}");
            prop_assert!(*times.last().unwrap() >= 900 - most);
        }
    }

    #[test]
    fn any_event_sequence_sends_one_request_per_feed_only_while_visible_and_never_stalls(
        steps in prop::collection::vec((0_usize..15, 0_i64..40_000, any::<f64>(), prop::option::of(0_i64..700)), 0..80),
    ) {
        let mut schedule = PollSchedule::new(seconds(15), true, true);
        let (mut now, mut under_way) = (NOW, Vec::<Feed>::new());
        let (mut visible, mut online) = (true, true);
        let (mut heard, mut ticked) = ([NOW; 4], None);
        for (what, passes, random, wait) in steps {
            now = now.plus(Span::from_millis(passes));
            let feed = Feed::ALL[what % 4];
            let event = match what {
                0..=3 if under_way.contains(&feed) => {
                    under_way.retain(|of| *of != feed);
                    let failed = Outcome::Failed(wait.map(seconds));
                    Event::Answered(feed, [Outcome::Read, failed, Outcome::SignInRequired, Outcome::Aborted][(passes % 4) as usize], 1)
                }
                4 => Event::Visible(passes % 2 == 0),
                5 => Event::Online(passes % 3 > 0),
                6 => Event::Paused(passes % 4 == 0),
                7 => Event::RefreshRequested(None),
                8 => Event::RunsChanged,
                9 => Event::SignedIn,
                10 | 11 => Event::Watch(Feed::ALL[(passes % 4) as usize], OPEN),
                12 => {
                    let feed = Feed::ALL[(passes % 4) as usize];
                    under_way.retain(|of| *of != feed);
                    Event::Unwatch(feed)
                }
                13 if under_way.contains(&Feed::ALL[(passes % 4) as usize]) => Event::PartReceived(Feed::ALL[(passes % 4) as usize], Span::default()),
                _ => Event::Tick,
            };
            let was_there = visible && online;
            match event {
                Event::Visible(to) => visible = to,
                Event::Online(to) => online = to,
                Event::PartReceived(feed, _) => heard[feed as usize] = now,
                _ => {}
            }
            // After a sleep as after anything else that kept the page away.
            let slept = event == Event::Tick && ticked.replace(now).is_some_and(|at| now.since(at) >= SLEEP_GAP);
            let returns = (!was_there || slept) && visible && online;
            let (next, sent) = schedule.step(event, now, random);
            schedule = next;
            prop_assert!(sent.is_empty() || (visible && online), "sent while nobody looks");
            // On return, and only then, a reading that has been silent is over.
            under_way.retain(|feed| !(returns && now.since(heard[*feed as usize]) >= SILENCE_LIMIT && !schedule.is_in_flight(*feed)));
            for feed in sent {
                let silent = returns && now.since(heard[feed as usize]) >= SILENCE_LIMIT;
                prop_assert!(silent || !under_way.contains(&feed), "two of a kind");
                under_way.retain(|of| *of != feed);
                under_way.push(feed);
                heard[feed as usize] = now;
            }
            if returns {
                // Nobody waits for a connection that may be no more.
                let may_send = !schedule.halted && !schedule.is_held(now);
                for feed in under_way.iter().filter(|_| may_send) {
                    prop_assert!(!schedule.state(*feed).is_silent(now), "{feed:?} hangs");
                }
            }
            for feed in Feed::ALL {
                prop_assert_eq!(schedule.is_in_flight(feed), under_way.contains(&feed));
            }
        }
        // Seen, online, signed in, going on, and an hour later: everything that is shown is read again.
        for event in [Event::Visible(true), Event::Online(true), Event::Paused(false), Event::SignedIn] {
            let (next, sent) = schedule.step(event, now, 0.5);
            schedule = next;
            under_way.retain(|feed| schedule.is_in_flight(*feed) && !sent.contains(feed));
            under_way.extend(sent);
        }
        let shown: Vec<Feed> = Feed::ALL.into_iter().filter(|feed| schedule.state(*feed).watch.is_some()).collect();
        let mut again = Vec::new();
        for _ in 0..8 {
            now = now.plus(Span::from_hours(1));
            // Those answered now may be sent anew at once.
            for feed in std::mem::take(&mut under_way) {
                let (next, sent) = schedule.step(Event::Answered(feed, Outcome::Read, 1), now, 0.5);
                schedule = next;
                under_way.extend(sent);
            }
            let (next, sent) = schedule.step(Event::Tick, now, 0.5);
            schedule = next;
            under_way.extend(sent);
            again.extend(under_way.iter().copied());
        }
        prop_assert!(shown.iter().all(|feed| again.contains(feed)), "{shown:?} {again:?}");
    }

    #[test]
    fn any_clock_and_interval_are_accepted(interval in any::<i64>(), times in prop::collection::vec((any::<i64>(), any::<f64>(), any::<i64>()), 0..20)) {
        let mut schedule = PollSchedule::new(Span::from_millis(interval), true, true);
        for (now, random, wait) in times {
            let now = Timestamp::from_millis(now);
            for event in [
                Event::Watch(Feed::Run, OPEN),
                Event::Watch(Feed::List, Watch { start_at: Some(now), end_at: Some(Timestamp::from_millis(wait)), stopped: false }),
                Event::Answered(Feed::Run, Outcome::Failed(Some(Span::from_millis(wait))), u32::MAX),
                Event::Answered(Feed::List, Outcome::Read, u32::MAX),
                Event::Tick,
            ] {
                schedule = schedule.step(event, now, random).0;
                let _ = schedule.next_in(Feed::Run, now);
            }
        }
    }
}
