//! The interval of each feed, and what still fits into the request budget.

use super::{Feed, PollSchedule, WatchedRun};
use crate::time::{Span, Timestamp};

/// The most requests per minute in steady state.
pub(super) const MAX_REQUESTS_PER_MINUTE: u32 = 20;
/// The shortest interval between two reads of a feed.
pub(super) const MIN_INTERVAL: Span = Span::from_seconds(5);
/// Within this time of a start or an end, and after an action, the run is polled faster.
pub(super) const NEAR_BOUNDARY: Span = Span::from_seconds(60);

/// The longest idle interval that can be chosen.
const MAX_INTERVAL: Span = Span::from_seconds(300);
/// The shortest interval while the page is hidden. Browsers wake a hidden page at each full minute: with an interval of a minute, every
/// other one would come a moment too early.
pub const BACKGROUND_INTERVAL: Span = Span::from_seconds(55);
/// The interval for what is about to change, if the budget allows.
const FAST_INTERVAL: Span = Span::from_seconds(8);
/// For an hour after the window, late status reports still come in.
const LATE_REPORTS: Span = Span::from_hours(1);
const LATE_INTERVAL: Span = Span::from_seconds(60);
const ENDED_INTERVAL: Span = Span::from_seconds(300);
/// An upcoming run is polled rarely while its start is further away than this.
const FAR_AHEAD: Span = Span::from_hours(1);
/// The server's status changes a moment after the boundary.
const AFTER_BOUNDARY: Span = Span::from_seconds(1);
/// A slow server is polled at intervals of this many times its response time.
const SLOW_FACTOR: i64 = 10;
/// The part of the budget that the intervals are planned for; the rest absorbs a burst at the start of a minute.
const PLANNED_PER_MINUTE: i64 = 17;

pub(super) fn clamp_interval(interval: Span) -> Span {
    interval.clamp(MIN_INTERVAL, MAX_INTERVAL)
}

/// Whether a request sent at `at` still counts. After the clock was set back, times in the future do not.
pub(super) fn within_a_minute(at: Timestamp, now: Timestamp) -> bool {
    (0..60_000).contains(&now.since(at).millis())
}

impl PollSchedule {
    /// When a feed is due: now, or at a later instant.
    pub(super) fn due(&self, feed: Feed, now: Timestamp) -> Option<Timestamp> {
        let state = self.state(feed);
        let watch = state.watch?;
        let own = match (state.retry_at, state.sent_at) {
            (Some(retry_at), _) => retry_at,
            (None, None) => now,
            // A clock that was set back must not delay it.
            (None, Some(sent_at)) if sent_at > now => now,
            (None, Some(sent_at)) => {
                let due = sent_at.plus(self.feed_interval(feed, now));
                boundary_after(&watch, sent_at).map_or(due, |at| at.max(sent_at.plus(MIN_INTERVAL)).min(due))
            }
        };
        let hold = self.hold.filter(|hold| hold.since(now) <= super::MAX_RETRY_AFTER);
        Some(hold.map_or(own, |hold| own.max(hold)))
    }

    /// The time from one read of a feed to the next.
    fn feed_interval(&self, feed: Feed, now: Timestamp) -> Span {
        let ideal = self.ideal_interval(feed, now).millis();
        let stretched =
            if self.brings_new_runs(feed) { ideal } else { ideal.saturating_mul(self.stretch_factor(now)) / 1000 };
        let slow =
            self.state(feed).took.unwrap_or_default().millis().saturating_mul(SLOW_FACTOR).min(MAX_INTERVAL.millis());
        Span::from_millis(stretched.max(slow))
    }

    /// The interval without regard to the budget.
    fn ideal_interval(&self, feed: Feed, now: Timestamp) -> Span {
        let watch = self.state(feed).watch.unwrap_or_default();
        match feed {
            Feed::Newest | Feed::WatchedSummaries => self.shared_interval(),
            // If another feed brings new runs, the whole list is read less often the more pages it has.
            Feed::List if self.state(Feed::Newest).watch.is_some() => {
                let pages = i64::from(self.state(feed).cost);
                Span::from_millis(self.shared_interval().millis().saturating_mul(4).max(pages.saturating_mul(12_000)))
            }
            Feed::List => self.shared_interval(),
            Feed::Run | Feed::Summary => {
                let acted = self.acted_at.is_some_and(|at| abs(now.since(at)) <= NEAR_BOUNDARY);
                let fast = FAST_INTERVAL.min(self.interval);
                if acted { fast } else { run_interval(&watch, self.interval, fast, now) }
            }
        }
    }

    /// The interval of what tabs share.
    fn shared_interval(&self) -> Span {
        if self.visible { self.interval } else { self.interval.max(BACKGROUND_INTERVAL) }
    }

    /// Whether this feed brings new runs: then it keeps its interval, whatever else is shown.
    pub(super) fn brings_new_runs(&self, feed: Feed) -> bool {
        match feed {
            Feed::Newest => true,
            Feed::List => self.state(Feed::Newest).watch.is_none() && self.state(feed).cost <= 1,
            Feed::Run | Feed::Summary | Feed::WatchedSummaries => false,
        }
    }

    /// The factor that stretches the other intervals so that everything fits into the plan; in thousandths, at least
    /// 1000.
    fn stretch_factor(&self, now: Timestamp) -> i64 {
        let (mut news, mut others) = (0_i64, 0_i64);
        for feed in Feed::ALL {
            if self.state(feed).watch.is_some() {
                let ideal = self.ideal_interval(feed, now).millis().max(1000);
                // Thousandths of a request per minute.
                let rate = 60_000_000_i64.saturating_mul(i64::from(self.state(feed).cost.max(1))) / ideal;
                let sum = if self.brings_new_runs(feed) { &mut news } else { &mut others };
                *sum = sum.saturating_add(rate);
            }
        }
        let left = (PLANNED_PER_MINUTE * 1000).saturating_sub(news).max(1000);
        (others.saturating_mul(1000) / left).max(1000)
    }

    /// Whether another read fits into the minute. The feed of new runs always does: the budget reserves room for it.
    pub(super) fn fits_budget(&self, feed: Feed, now: Timestamp) -> bool {
        if self.brings_new_runs(feed) {
            return true;
        }
        let reserved =
            Feed::ALL.into_iter().filter(|of| self.brings_new_runs(*of) && self.state(*of).watch.is_some()).count();
        let news = if reserved > 0 { self.interval.millis().max(1) } else { i64::MAX };
        let reserved = u32::try_from(60_000 / news).unwrap_or(0).saturating_add(u32::from(reserved > 0));
        let most = MAX_REQUESTS_PER_MINUTE.saturating_sub(reserved);
        let used = self.sent.iter().filter(|(at, _, news)| !news && within_a_minute(*at, now));
        let used = used.fold(0_u32, |sum, (_, cost, _)| sum.saturating_add(*cost));
        // A read larger than the budget starts when the minute is empty.
        used.saturating_add(self.state(feed).cost.max(1).min(most)) <= most
    }
}

/// The interval of a run or its summary.
fn run_interval(watch: &WatchedRun, interval: Span, fast: Span, now: Timestamp) -> Span {
    let near = |at: Option<Timestamp>| at.is_some_and(|at| abs(now.since(at)) <= NEAR_BOUNDARY);
    let over = watch.stopped || watch.end_at.is_some_and(|end| now >= end);
    if !watch.stopped && (near(watch.start_at) || near(watch.end_at)) {
        fast
    } else if over {
        let late = watch.end_at.is_some_and(|end| now.since(end) < LATE_REPORTS);
        interval.max(if late { LATE_INTERVAL } else { ENDED_INTERVAL })
    } else if watch.start_at.is_some_and(|start| start.since(now) > FAR_AHEAD) {
        Span::from_millis(interval.millis().saturating_mul(4)).min(MAX_INTERVAL)
    } else {
        interval
    }
}

/// The moment just after the first boundary of the window that follows an instant.
fn boundary_after(watch: &WatchedRun, sent_at: Timestamp) -> Option<Timestamp> {
    let after = |at: Timestamp| at.plus(AFTER_BOUNDARY);
    let boundaries = [watch.start_at.map(after), watch.end_at.map(after)];
    boundaries.into_iter().flatten().filter(|at| *at > sent_at && !watch.stopped).min()
}

fn abs(span: Span) -> Span {
    Span::from_millis(span.millis().saturating_abs())
}
