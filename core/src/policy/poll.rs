//! When to read what again: one policy for everything that is polled, so that the requests of a whole console keep within
//! one budget, however many runs are shown.

mod interval;

pub use interval::{MAX_REQUESTS_PER_MINUTE, MIN_INTERVAL, NEAR_BOUNDARY};

use super::backoff;
use crate::run::Run;
use crate::time::{Span, Timestamp};

/// A kind of request that repeats itself. Never two of a kind are under way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Feed {
    /// The page of the list on which new runs appear, where the list has several pages. One request.
    Newest,
    /// The whole list. As many requests as it has pages.
    List,
    /// The run that is shown.
    Run,
    /// Its summary.
    Summary,
}

impl Feed {
    /// All of them, in the order in which they are sent.
    pub const ALL: [Self; 4] = [Self::Newest, Self::List, Self::Run, Self::Summary];
}

/// What is known of the run that is shown: how soon something may change about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Watch {
    /// When its window opens.
    pub start_at: Option<Timestamp>,
    /// When its window ends.
    pub end_at: Option<Timestamp>,
    /// Whether the API says that it was stopped.
    pub stopped: bool,
}

impl Watch {
    /// Of a run as it was read.
    pub fn of(run: &Run) -> Self {
        let stopped = run.status.as_ref().and_then(crate::run::Status::known);
        Self { start_at: run.start_at, end_at: run.end_at, stopped: stopped == Some(crate::run::KnownStatus::Stopped) }
    }
}

/// How a reading ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// With what was asked for.
    Read,
    /// With a failure; the wait the server asked for, if any. That wait holds for every feed: the server does not
    /// distinguish them.
    Failed(Option<Span>),
    /// It can not succeed before somebody signs in: nothing is sent until [`Event::SignedIn`] or [`Event::RefreshRequested`].
    SignInRequired,
    /// The console gave it up itself.
    Aborted,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Event {
    /// Time went on: at least once a second while the page is seen.
    Tick,
    /// Whether the page is seen.
    Visible(bool),
    /// Whether the browser is online.
    Online(bool),
    /// The person paused reading, or lets it go on.
    Paused(bool),
    /// The person chose the idle interval (kept within 5 to 300 s).
    IntervalChosen(Span),
    /// The person wants it now: one feed, or all that are watched.
    RefreshRequested(Option<Feed>),
    /// The person created or stopped a run: what is shown may change any moment.
    RunsChanged,
    /// A token is there again.
    SignedIn,
    /// A feed is shown; or what is known of its run has changed.
    Watch(Feed, Watch),
    /// A feed is no longer shown; a reading under way was given up.
    Unwatch(Feed),
    /// A part of a reading under way was answered: its connection lives. How long it waits before it sends what comes next.
    PartReceived(Feed, Span),
    /// A reading ended, after so many requests (pages; at least 1).
    Answered(Feed, Outcome, u32),
}

/// When to read what again.
#[derive(Clone, PartialEq, Debug)]
pub struct PollSchedule {
    interval: Span,
    visible: bool,
    online: bool,
    paused: bool,
    halted: bool,
    acted_at: Option<Timestamp>,
    /// The last [`Event::Tick`].
    ticked_at: Option<Timestamp>,
    /// Until when the server asked not to be asked.
    hold: Option<Timestamp>,
    feeds: [State; 4],
    /// What was sent within the last minute: when, how many requests, and whether for news.
    sent: Vec<(Timestamp, u32, bool)>,
}

/// Where one feed stands.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct State {
    watch: Option<Watch>,
    in_flight: bool,
    /// Somebody asked for it; sent whatever the interval says.
    asked: bool,
    /// Its last reading was refused until somebody signs in.
    refused: bool,
    /// Somebody signed in while it was under way: if it is refused, that was for the token before.
    overtaken: bool,
    /// When the last one was sent; `None` when it is due at once.
    sent_at: Option<Timestamp>,
    /// When an answer of the one under way came last, or it was sent.
    heard_at: Option<Timestamp>,
    /// Requests of the last reading.
    cost: u32,
    /// How long the last answer took, where that is known.
    took: Option<Span>,
    failures: u32,
    /// After a failure: not sooner.
    retry_at: Option<Timestamp>,
}

impl State {
    /// Whether nothing was heard of the one under way for longer than is usual. A clock that was set back is no silence as long
    /// as no wait is.
    fn is_silent(&self, now: Timestamp) -> bool {
        let twice = |took: Span| SILENT.max(Span::from_millis(took.millis().saturating_mul(2)));
        let patience = self.took.map_or(SILENT_AT_FIRST, twice);
        self.heard_at.is_none_or(|at| now.since(at) >= patience || at.since(now) > LONGEST_HOLD)
    }
}

impl PollSchedule {
    /// Nothing watched yet. `interval` is kept within 5 to 300 s.
    pub fn new(interval: Span, visible: bool, online: bool) -> Self {
        Self {
            interval: interval::kept_within(interval),
            visible,
            online,
            paused: false,
            halted: false,
            acted_at: None,
            ticked_at: None,
            hold: None,
            feeds: [State { cost: 1, ..State::default() }; 4],
            sent: Vec::new(),
        }
    }

    /// The next state and which feeds to read now. `random` in 0..1 is for the jitter of the backoff. One of these may be under
    /// way still: that reading is given up.
    ///
    /// After a sleep or on another network a request may hang on a connection that is no more, and nobody says so: what has
    /// not been heard of for longer than usual is asked for again on return, rather than when its time is out.
    ///
    /// While the page is hidden or the browser offline nothing is sent, whoever asks; on return everything watched is read at
    /// once. Without a person's asking, returning or acting, at most [`MAX_REQUESTS_PER_MINUTE`] requests are sent within any minute. Only a
    /// whole list of more pages than the news leave (15 at an interval of 15 s) goes beyond it in the minute in which it is read,
    /// and then rests the longer: over time it keeps to the budget, too.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp, random: f64) -> (Self, Vec<Feed>) {
        let was_there = self.visible && self.online;
        let mut slept = false;
        match event {
            // No tick for so long: the machine slept, and no other event tells of it.
            Event::Tick => slept = self.ticked_at.replace(now).is_some_and(|at| now.since(at) >= NO_TICK),
            Event::Visible(visible) => self.visible = visible,
            Event::Online(online) => self.online = online,
            Event::Paused(paused) => self.paused = paused,
            Event::IntervalChosen(interval) => self.interval = interval::kept_within(interval),
            Event::RefreshRequested(feed) => {
                self.halted = false;
                for (of, state) in self.watched() {
                    state.asked |= feed.is_none_or(|feed| feed == of);
                }
            }
            Event::RunsChanged => {
                self.acted_at = Some(now);
                self.refresh(now);
            }
            Event::SignedIn => {
                self.halted = false;
                self.refresh(now);
                // What the API refused a moment ago is still waited for.
                for (_, state) in self.watched() {
                    state.asked |= std::mem::take(&mut state.refused);
                    state.overtaken = state.in_flight;
                }
            }
            Event::Watch(feed, watch) => {
                let state = self.state_mut(feed);
                if state.watch.is_none() {
                    // Nobody waits in front of an empty page, paused or not.
                    *state = State { cost: state.cost, asked: true, ..State::default() };
                }
                state.watch = Some(watch);
            }
            Event::Unwatch(feed) => {
                let state = self.state_mut(feed);
                *state = State { cost: state.cost, ..State::default() };
            }
            Event::PartReceived(feed, wait) => {
                self.state_mut(feed).heard_at = Some(now.plus(wait.clamp(Span::default(), LONGEST_HOLD)))
            }
            Event::Answered(feed, outcome, requests) => self.answered(feed, outcome, requests, now, random),
        }
        if (slept || !was_there) && self.visible && self.online {
            self.give_up_silent(now);
        }
        if !was_there && self.visible && self.online {
            self.refresh(now);
        }
        let send = self.send(now);
        (self, send)
    }

    /// Whether a reading is under way.
    pub fn is_in_flight(&self, feed: Feed) -> bool {
        self.state(feed).in_flight
    }

    /// Failures in a row.
    pub fn failures(&self, feed: Feed) -> u32 {
        self.state(feed).failures
    }

    /// How long until the next reading, for a countdown; `None` while one is under way or none is planned (paused, hidden,
    /// offline, signed out, not shown).
    pub fn next_in(&self, feed: Feed, now: Timestamp) -> Option<Span> {
        let state = self.state(feed);
        let planned = self.visible && self.online && !self.paused && !self.halted;
        if state.watch.is_none() || state.in_flight || !planned {
            return None;
        }
        let due = self.due(feed, now)?;
        Some(due.since(now).max(Span::default()))
    }

    /// Whether the person paused it.
    pub const fn paused(&self) -> bool {
        self.paused
    }

    /// The idle interval.
    pub const fn interval(&self) -> Span {
        self.interval
    }

    /// Everything that is watched is due at once, the whole list only where it is the one that brings news.
    fn refresh(&mut self, now: Timestamp) {
        let newest = self.state(Feed::Newest).watch.is_some();
        for (feed, state) in self.watched() {
            // A page that is hidden and shown again and again must not make a storm of it.
            let just_now = state.sent_at.is_some_and(|at| (0..1000).contains(&now.since(at).millis()));
            if (feed != Feed::List || !newest) && !just_now {
                state.sent_at = None;
                state.retry_at = None;
            }
        }
    }

    /// Readings under way of which nothing was heard for too long are over; what they were for is still wanted.
    fn give_up_silent(&mut self, now: Timestamp) {
        if self.halted || self.held(now) {
            // Nothing may be sent in their place.
            return;
        }
        for (_, state) in self.watched() {
            if state.in_flight && state.is_silent(now) {
                (state.in_flight, state.asked, state.overtaken, state.sent_at) = (false, true, false, None);
            }
        }
    }

    /// Whether the server asked to be left alone.
    fn held(&self, now: Timestamp) -> bool {
        self.hold.is_some_and(|hold| hold > now && hold.since(now) <= LONGEST_HOLD)
    }

    fn answered(&mut self, feed: Feed, outcome: Outcome, requests: u32, now: Timestamp, random: f64) {
        let least = self.interval.min(MIN_INTERVAL);
        let news = self.is_news(feed);
        let state = self.state_mut(feed);
        if !state.in_flight {
            return;
        }
        state.in_flight = false;
        if let Some(sent_at) = state.sent_at {
            // Longer than any request may take: the machine slept, or its clock was set.
            state.took = Some(now.since(sent_at)).filter(|took| took.millis() >= 0 && *took < ASLEEP);
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
                    self.hold = Some(now.plus(asked.clamp(Span::default(), LONGEST_HOLD)));
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
            // The whole list has the newest page in it, as it was when it was asked for.
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
        if !self.visible || !self.online {
            return send;
        }
        for feed in Feed::ALL {
            let state = self.state(feed);
            if state.watch.is_none() || state.in_flight {
                continue;
            }
            let by_itself = !self.paused
                && !self.halted
                && self.due(feed, now).is_some_and(|due| now >= due || due.since(now) > LONGEST_HOLD)
                && self.fits(feed, now);
            if !state.asked && !by_itself {
                continue;
            }
            let (cost, news) = (state.cost.max(1), self.is_news(feed));
            self.sent.push((now, cost, news));
            let state = self.state_mut(feed);
            (state.in_flight, state.asked, state.sent_at, state.heard_at) = (true, false, Some(now), Some(now));
            send.push(feed);
        }
        send
    }

    fn state(&self, feed: Feed) -> &State {
        let [newest, list, run, summary] = &self.feeds;
        match feed {
            Feed::Newest => newest,
            Feed::List => list,
            Feed::Run => run,
            Feed::Summary => summary,
        }
    }

    fn state_mut(&mut self, feed: Feed) -> &mut State {
        let [newest, list, run, summary] = &mut self.feeds;
        match feed {
            Feed::Newest => newest,
            Feed::List => list,
            Feed::Run => run,
            Feed::Summary => summary,
        }
    }

    fn watched(&mut self) -> impl Iterator<Item = (Feed, &mut State)> {
        Feed::ALL.into_iter().zip(&mut self.feeds).filter(|(_, state)| state.watch.is_some())
    }
}

/// Ticks that come later than this come after a sleep.
const NO_TICK: Span = Span::from_seconds(20);
/// So long an answer may take before its connection is taken for dead when the page is seen again, at least; or twice as long
/// as the one before.
const SILENT: Span = Span::from_seconds(2);
/// The same where nothing is known of how long this server takes.
const SILENT_AT_FIRST: Span = Span::from_seconds(10);
/// No request takes so long.
const ASLEEP: Span = Span::from_seconds(60);
/// The most that a server may ask for; a person's asking goes before it.
const LONGEST_HOLD: Span = Span::from_hours(1);

#[cfg(test)]
mod tests;
