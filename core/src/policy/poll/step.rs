//! The transitions of the poll schedule.

use super::MAX_RETRY_AFTER;
use super::interval::{self, MIN_INTERVAL};
use super::{Event, Feed, Outcome, PollSchedule, State};
use crate::policy::backoff;
use crate::time::{Span, Timestamp};

/// A gap between ticks that means the machine slept.
pub(super) const SLEEP_GAP: Span = Span::from_seconds(20);
/// The least time without an answer after which, on return, a connection counts as dead; or twice the time of the
/// previous answer.
pub(super) const SILENCE_LIMIT: Span = Span::from_seconds(2);
/// The same while the server's usual response time is unknown.
const FIRST_SILENCE_LIMIT: Span = Span::from_seconds(10);
/// Longer than any request takes.
const LONGEST_REQUEST: Span = Span::from_seconds(60);

impl State {
    /// Whether the read in flight has been silent for longer than usual. A clock that was set back does not count as
    /// silence, unless by more than the longest wait.
    pub(super) fn is_silent(&self, now: Timestamp) -> bool {
        let twice = |took: Span| SILENCE_LIMIT.max(Span::from_millis(took.millis().saturating_mul(2)));
        let patience = self.took.map_or(FIRST_SILENCE_LIMIT, twice);
        self.received_at.is_none_or(|at| now.since(at) >= patience || at.since(now) > MAX_RETRY_AFTER)
    }
}

impl PollSchedule {
    /// The next state and the feeds to read now. `random` in 0..1 adds jitter to the backoff. If a returned feed is
    /// still in flight, that request must be aborted.
    ///
    /// After the machine slept or changed networks, a request may hang on a dead connection without any error. On
    /// return, a request that has been silent for longer than usual is sent again instead of waiting for its timeout.
    ///
    /// While the page is hidden or the browser offline, nothing is sent, not even on request; on return everything
    /// watched is read at once. Only where bells are set, what tabs share is read while it is hidden. Unless a person asks, returns or acts, at most 20 (`MAX_REQUESTS_PER_MINUTE`) requests
    /// are sent in any minute. Only reading a whole list of more pages than the feed of new runs leaves room for (15 at
    /// an interval of 15 s) exceeds that, and then pauses long enough to meet the budget on average.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp, random: f64) -> (Self, Vec<Feed>) {
        let was_there = self.visible && self.online;
        let was_listening = self.is_wanted(Feed::List);
        let mut slept = false;
        match event {
            // No tick for this long means that the machine slept; no other event reports that.
            Event::Tick => slept = self.ticked_at.replace(now).is_some_and(|at| now.since(at) >= SLEEP_GAP),
            Event::Visible(visible) => self.visible = visible,
            Event::InBackground(in_background) => self.in_background = in_background,
            Event::Online(online) => self.online = online,
            Event::Paused(paused) => self.paused = paused,
            Event::IntervalChosen(interval) => self.interval = interval::clamp_interval(interval),
            Event::RefreshRequested(feed) => {
                self.halted = false;
                for (of, state) in self.watched() {
                    state.asked |= feed.is_none_or(|feed| feed == of);
                }
            }
            Event::Cancelled(feed) => {
                // The next read follows after the usual interval.
                let state = self.state_mut(feed);
                (state.in_flight, state.asked, state.overtaken, state.sent_at) = (false, false, false, Some(now));
            }
            Event::RunsChanged => {
                self.acted_at = Some(now);
                self.refresh(now);
            }
            Event::SignedIn => {
                self.halted = false;
                self.refresh(now);
                let is_read_elsewhere = self.list_is_read_elsewhere;
                // What the API refused a moment ago is still wanted.
                for (feed, state) in self.watched() {
                    state.asked |= std::mem::take(&mut state.refused) && !(is_read_elsewhere && feed.is_shared());
                    state.overtaken = state.in_flight;
                }
            }
            Event::ListReadElsewhere(elsewhere) => self.list_is_read_elsewhere = elsewhere,
            Event::ListDue => {
                let state = self.state_mut(self.list_feed());
                // After a failure, the wait before the next try holds.
                let must_wait = state.in_flight || state.retry_at.is_some();
                state.sent_at = state.sent_at.filter(|_| must_wait);
            }
            Event::OtherTabReads(ago) => {
                // Less than nothing, where that tab was a moment ahead.
                let ago = ago.max(Span::from_millis(self.interval.millis().saturating_neg()));
                let began_at = now.plus(Span::from_millis(ago.millis().saturating_neg()));
                for (feed, state) in self.watched() {
                    if feed.is_shared() {
                        (state.sent_at, state.retry_at) = (state.sent_at.max(Some(began_at)), None);
                    }
                }
            }
            Event::OtherTabHolds(wait) => {
                self.hold = self.hold.max(Some(now.plus(wait.clamp(Span::default(), MAX_RETRY_AFTER))));
            }
            Event::Watch(feed, watch) => {
                let is_read_elsewhere = self.is_read_elsewhere(feed);
                let state = self.state_mut(feed);
                if state.watch.is_none() {
                    // A newly opened view is loaded even while paused.
                    *state = State { cost: state.cost, asked: !is_read_elsewhere, ..State::default() };
                }
                state.watch = Some(watch);
            }
            Event::Unwatch(feed) => {
                let state = self.state_mut(feed);
                *state = State { cost: state.cost, ..State::default() };
            }
            Event::Interrupted(feed) => {
                let state = self.state_mut(feed);
                (state.in_flight, state.overtaken, state.sent_at) = (false, false, None);
            }
            Event::PartReceived(feed, wait) => {
                self.state_mut(feed).received_at = Some(now.plus(wait.clamp(Span::default(), MAX_RETRY_AFTER)))
            }
            Event::Answered(feed, outcome, requests) => self.answered(feed, outcome, requests, now, random),
        }
        let is_there = self.visible && self.online;
        let is_listening = self.is_wanted(Feed::List);
        let has_returned = (is_there && !was_there) || (is_listening && !was_listening);
        if has_returned || (slept && is_listening) {
            self.abandon_silent(now);
        }
        if has_returned {
            self.refresh(now);
        }
        let send = self.send(now);
        (self, send)
    }

    /// Makes everything watched due at once; the whole list only if it is the feed that brings new runs.
    fn refresh(&mut self, now: Timestamp) {
        let newest = self.state(Feed::Newest).watch.is_some();
        for (feed, state) in self.watched() {
            // A page that is hidden and shown again and again must not flood the server.
            let just_now = state.sent_at.is_some_and(|at| (0..1000).contains(&now.since(at).millis()));
            if (feed != Feed::List || !newest) && !just_now {
                state.sent_at = None;
                state.retry_at = None;
            }
        }
    }

    /// Gives up reads that have been silent for too long, and makes their feeds due again.
    fn abandon_silent(&mut self, now: Timestamp) {
        if self.halted || self.is_held(now) {
            // Nothing may be sent in their place.
            return;
        }
        for (_, state) in self.watched() {
            if state.in_flight && state.is_silent(now) {
                (state.in_flight, state.asked, state.overtaken, state.sent_at) = (false, true, false, None);
            }
        }
    }

    /// Whether the server's `Retry-After` is still in force.
    pub(super) fn is_held(&self, now: Timestamp) -> bool {
        self.hold.is_some_and(|hold| hold > now && hold.since(now) <= MAX_RETRY_AFTER)
    }

    fn answered(&mut self, feed: Feed, outcome: Outcome, requests: u32, now: Timestamp, random: f64) {
        let least = self.interval.min(MIN_INTERVAL);
        let news = self.brings_new_runs(feed);
        let state = self.state_mut(feed);
        if !state.in_flight {
            return;
        }
        state.in_flight = false;
        if let Some(sent_at) = state.sent_at {
            // Longer than any request may take: the machine slept, or its clock was set.
            state.took = Some(now.since(sent_at)).filter(|took| took.millis() >= 0 && *took < LONGEST_REQUEST);
        }
        let more = requests.saturating_sub(state.cost);
        let overtaken = std::mem::take(&mut state.overtaken);
        match outcome {
            Outcome::Read => {
                state.refused = false;
                state.failures = 0;
                state.retry_at = None;
                state.cost = requests.max(1);
            }
            Outcome::Failed(asked) => {
                state.failures = state.failures.saturating_add(1);
                state.retry_at = Some(now.plus(backoff::wait(state.failures, None, random).max(least)));
                if let Some(asked) = asked {
                    state.asked = false;
                    self.hold = Some(now.plus(asked.clamp(Span::default(), MAX_RETRY_AFTER)));
                }
            }
            Outcome::SignInRequired if overtaken => state.asked = true,
            Outcome::SignInRequired => {
                state.refused = true;
                self.halted = true;
            }
            Outcome::Aborted => {}
        }
        if more > 0 {
            self.sent.push((now, more, news));
        }
        if feed == Feed::List && outcome == Outcome::Read {
            // The whole list includes the newest page, as of when it was requested.
            let read_at = self.state(feed).sent_at;
            let newest = self.state_mut(Feed::Newest);
            if newest.watch.is_some() && !newest.in_flight {
                newest.sent_at = newest.sent_at.max(read_at);
            }
        }
    }

    /// Sends what is due and within the budget.
    fn send(&mut self, now: Timestamp) -> Vec<Feed> {
        let mut send = Vec::new();
        self.sent.retain(|(at, ..)| interval::within_a_minute(*at, now));
        for feed in Feed::ALL {
            let state = self.state(feed);
            if state.watch.is_none() || state.in_flight || !self.is_wanted(feed) {
                continue;
            }
            let by_itself = !self.paused
                && !self.halted
                && !self.is_read_elsewhere(feed)
                && self.due(feed, now).is_some_and(|due| now >= due || due.since(now) > MAX_RETRY_AFTER)
                && self.fits_budget(feed, now);
            if !state.asked && !by_itself {
                continue;
            }
            let (cost, news) = (state.cost.max(1), self.brings_new_runs(feed));
            self.sent.push((now, cost, news));
            let state = self.state_mut(feed);
            (state.in_flight, state.asked, state.sent_at, state.received_at) = (true, false, Some(now), Some(now));
            send.push(feed);
        }
        send
    }
}
