//! What holds for any sequence of events.

use super::*;
use crate::policy::poll::step::{SILENCE_LIMIT, SLEEP_GAP};
use proptest::prelude::*;

fn watches() -> impl Strategy<Value = WatchedRun> {
    let at = || prop::option::of((-2000_i64..4000).prop_map(after));
    (at(), at(), any::<bool>()).prop_map(|(start_at, end_at, stopped)| WatchedRun {
        start_at,
        end_at,
        stopped: stopped && start_at.is_some(),
    })
}

proptest! {
    #[test]
    fn steady_state_keeps_the_request_budget_and_new_runs_appear_within_the_interval(
        interval in 5_i64..60, pages in 1_u32..12, latency in 0_i64..2, newest in any::<bool>(),
        list in any::<bool>(), run in prop::option::of(watches()), bells: bool,
    ) {
        let mut driven = Driven::new(interval, &[]);
        (driven.pages, driven.latency) = (pages, latency);
        let feeds = [
            (Feed::Newest, (newest && pages > 1).then(WatchedRun::default)),
            (Feed::List, list.then(WatchedRun::default)),
            (Feed::Run, run),
            (Feed::Summary, run),
            (Feed::WatchedSummaries, bells.then(WatchedRun::default)),
        ];
        for (feed, watch) in feeds {
            if let Some(watch) = watch {
                driven.on(Event::Watch(feed, watch));
            }
        }
        driven.answer();
        driven.wait(900);
        // The first minute includes the initial loads.
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
        steps in prop::collection::vec((0_usize..18, 0_i64..40_000, any::<f64>(), prop::option::of(0_i64..700)), 0..80),
    ) {
        let mut schedule = PollSchedule::new(seconds(15), true, true);
        let (mut now, mut under_way) = (NOW, Vec::<Feed>::new());
        let (mut visible, mut in_background, mut online) = (true, false, true);
        let (mut heard, mut ticked) = ([NOW; 5], None);
        for (what, passes, random, wait) in steps {
            now = now.plus(Span::from_millis(passes));
            let feed = Feed::ALL[what % 5];
            let event = match what {
                0..=4 if under_way.contains(&feed) => {
                    under_way.retain(|of| *of != feed);
                    let failed = Outcome::Failed(wait.map(seconds));
                    Event::Answered(feed, [Outcome::Read, failed, Outcome::SignInRequired, Outcome::Aborted][(passes % 4) as usize], 1)
                }
                15 => Event::Visible(passes % 2 == 0),
                5 => Event::Online(passes % 3 > 0),
                6 => Event::Paused(passes % 4 == 0),
                7 => Event::RefreshRequested(None),
                8 => Event::RunsChanged,
                9 => Event::SignedIn,
                10 | 11 => Event::Watch(Feed::ALL[(passes % 5) as usize], OPEN),
                12 => {
                    let feed = Feed::ALL[(passes % 5) as usize];
                    under_way.retain(|of| *of != feed);
                    Event::Unwatch(feed)
                }
                13 if under_way.contains(&Feed::ALL[(passes % 5) as usize]) => Event::PartReceived(Feed::ALL[(passes % 5) as usize], Span::default()),
                16 => Event::InBackground(passes % 2 == 0),
                17 => {
                    under_way.retain(|of| *of != feed);
                    Event::Interrupted(feed)
                }
                _ => Event::Tick,
            };
            let was_there = visible && online;
            let was_listening = online && (visible || in_background);
            match event {
                Event::Visible(to) => visible = to,
                Event::Online(to) => online = to,
                Event::InBackground(to) => in_background = to,
                Event::PartReceived(feed, _) => heard[feed as usize] = now,
                _ => {}
            }
            // A sleep counts like any other absence.
            let slept = event == Event::Tick && ticked.replace(now).is_some_and(|at| now.since(at) >= SLEEP_GAP);
            let is_listening = online && (visible || in_background);
            let returns = ((!was_there || slept) && visible && online) || ((!was_listening || slept) && is_listening);
            let (next, sent) = schedule.step(event, now, random);
            schedule = next;
            let shared = [Feed::Newest, Feed::List, Feed::WatchedSummaries];
            let may_send = |feed: &Feed| online && (visible || (in_background && shared.contains(feed)));
            prop_assert!(sent.iter().all(may_send), "sent while nobody looks: {sent:?}");
            // Silent requests are abandoned on return, and only then.
            under_way.retain(|feed| !(returns && now.since(heard[*feed as usize]) >= SILENCE_LIMIT && !schedule.is_in_flight(*feed)));
            for feed in sent {
                let silent = returns && now.since(heard[feed as usize]) >= SILENCE_LIMIT;
                prop_assert!(silent || !under_way.contains(&feed), "two of a kind");
                under_way.retain(|of| *of != feed);
                under_way.push(feed);
                heard[feed as usize] = now;
            }
            if returns {
                // Nothing waits for a connection that may be dead.
                let may_send = !schedule.halted && !schedule.is_held(now);
                for feed in under_way.iter().filter(|_| may_send) {
                    prop_assert!(!schedule.state(*feed).is_silent(now), "{feed:?} hangs");
                }
            }
            for feed in Feed::ALL {
                prop_assert_eq!(schedule.is_in_flight(feed), under_way.contains(&feed));
            }
        }
        // Once visible, online, signed in and resumed for an hour, everything watched is read again.
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
            // Answered feeds may be sent again at once.
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
                Event::Watch(Feed::List, WatchedRun { start_at: Some(now), end_at: Some(Timestamp::from_millis(wait)), stopped: false }),
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
