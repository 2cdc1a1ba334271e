//! The poll schedule: when to read what again. One policy for everything that is polled keeps the whole console within
//! one request budget, however many runs are shown.

mod interval;
mod step;

pub use interval::BACKGROUND_INTERVAL;

use crate::run::Run;
use crate::time::{Span, Timestamp};

/// The longest `Retry-After` that is respected; a person's request overrides it.
const MAX_RETRY_AFTER: Span = Span::from_hours(1);

/// A kind of polled resource. At most one request per feed is in flight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Feed {
    /// The page of a multi-page list on which new runs appear. One request.
    Newest,
    /// The whole list. As many requests as it has pages.
    List,
    /// The run that is shown.
    Run,
    /// The summary of that run.
    Summary,
    /// The summaries of the runs that a bell is set on, one at each read.
    WatchedSummaries,
}

impl Feed {
    /// All feeds, in the order they are sent.
    pub const ALL: [Self; 5] = [Self::Newest, Self::List, Self::Run, Self::Summary, Self::WatchedSummaries];

    /// Whether one tab reads it for all tabs ([`crate::election`]).
    const fn is_shared(self) -> bool {
        matches!(self, Self::Newest | Self::List | Self::WatchedSummaries)
    }
}

/// What is known about the run that is shown: it determines how soon something may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WatchedRun {
    /// When its window opens, if it has one.
    pub start_at: Option<Timestamp>,
    /// When its window ends, if it has one.
    pub end_at: Option<Timestamp>,
    /// Whether the API's status says it was stopped.
    pub stopped: bool,
}

impl WatchedRun {
    /// From a run as it was read.
    pub fn of(run: &Run) -> Self {
        let (stopped, window) = (run.status.as_ref().and_then(crate::run::Status::known), run.window());
        let (start_at, end_at) = (window.map(|window| window.start), window.map(|window| window.end));
        Self { start_at, end_at, stopped: stopped == Some(crate::run::KnownStatus::Stopped) }
    }
}

/// The outcome of a read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It succeeded.
    Read,
    /// It failed; with the server's `Retry-After`, if any. That wait applies to every feed, as the server does not
    /// distinguish them.
    Failed(Option<Span>),
    /// It cannot succeed before somebody signs in: nothing is sent until [`Event::SignedIn`] or
    /// [`Event::RefreshRequested`].
    SignInRequired,
    /// The console aborted it.
    Aborted,
}

/// An event.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Event {
    /// Time has passed: sent at least once a second while the page is visible.
    Tick,
    /// The page became visible or hidden.
    Visible(bool),
    /// Whether bells are set: then what tabs share is read on while the page is hidden, at most once a minute.
    InBackground(bool),
    /// The browser went online or offline.
    Online(bool),
    /// The person paused or resumed polling.
    Paused(bool),
    /// The person chose the idle interval (clamped to 5 to 300 s).
    IntervalChosen(Span),
    /// The person asked for a refresh of one feed, or of all that are watched.
    RefreshRequested(Option<Feed>),
    /// The person created or stopped a run, so what is shown may change at any moment.
    RunsChanged,
    /// There is a valid token again.
    SignedIn,
    /// The person gave up the read that they asked for; it was aborted.
    Cancelled(Feed),
    /// Whether another tab reads the list, or is about to. Then this one reads it only when the person asks.
    ListReadElsewhere(bool),
    /// It is this tab's turn to read the list now.
    ListDue,
    /// Another tab began to read the list, so long ago.
    OtherTabReads(Span),
    /// Another tab says that the API asks for no requests for this long.
    OtherTabHolds(Span),
    /// A feed is shown, or more is known about its run.
    Watch(Feed, WatchedRun),
    /// A feed is no longer shown; its read was aborted.
    Unwatch(Feed),
    /// The read of a feed was aborted because the page that asked is gone; another reader goes on with the feed.
    Interrupted(Feed),
    /// One page of a read in flight arrived, so its connection is alive. With the wait before its next request.
    PartReceived(Feed, Span),
    /// A read ended after this many requests (pages; at least 1).
    Answered(Feed, Outcome, u32),
}

/// When to read what again.
#[derive(Clone, PartialEq, Debug)]
pub struct PollSchedule {
    interval: Span,
    visible: bool,
    in_background: bool,
    online: bool,
    paused: bool,
    halted: bool,
    list_is_read_elsewhere: bool,
    acted_at: Option<Timestamp>,
    /// The time of the last [`Event::Tick`].
    ticked_at: Option<Timestamp>,
    /// Until when the server asked for no requests.
    hold: Option<Timestamp>,
    feeds: [State; 5],
    /// The requests of the last minute: when, how many, and whether they were for new runs.
    sent: Vec<(Timestamp, u32, bool)>,
}

/// The state of one feed.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct State {
    watch: Option<WatchedRun>,
    in_flight: bool,
    /// A person asked for it, so it is sent whatever the interval.
    asked: bool,
    /// Its last read was refused until somebody signs in.
    refused: bool,
    /// Somebody signed in while the read was in flight: a refusal concerns the earlier token.
    overtaken: bool,
    /// When the last read was sent; `None` if it is due at once.
    sent_at: Option<Timestamp>,
    /// When the read in flight last received something, or was sent.
    received_at: Option<Timestamp>,
    /// The number of requests of the last read.
    cost: u32,
    /// How long the last answer took, if known.
    took: Option<Span>,
    failures: u32,
    /// The earliest retry after a failure.
    retry_at: Option<Timestamp>,
}

impl PollSchedule {
    /// Nothing is watched yet. `interval` is clamped to 5 to 300 s.
    pub fn new(interval: Span, visible: bool, online: bool) -> Self {
        Self {
            interval: interval::clamp_interval(interval),
            visible,
            in_background: false,
            online,
            paused: false,
            halted: false,
            list_is_read_elsewhere: false,
            acted_at: None,
            ticked_at: None,
            hold: None,
            feeds: [State { cost: 1, ..State::default() }; 5],
            sent: Vec::new(),
        }
    }

    /// Whether a read is in flight.
    pub fn is_in_flight(&self, feed: Feed) -> bool {
        self.state(feed).in_flight
    }

    /// Whether something shows or needs a feed.
    pub fn is_watched(&self, feed: Feed) -> bool {
        self.state(feed).watch.is_some()
    }

    /// The number of failures in a row.
    pub fn failures(&self, feed: Feed) -> u32 {
        self.state(feed).failures
    }

    /// The time until the next read, for a countdown; `None` while one is in flight or none is planned (paused, hidden,
    /// offline, signed out, not shown).
    pub fn next_in(&self, feed: Feed, now: Timestamp) -> Option<Span> {
        let state = self.state(feed);
        let planned = self.visible && self.online && !self.paused && !self.halted && !self.is_read_elsewhere(feed);
        if state.watch.is_none() || state.in_flight || !planned {
            return None;
        }
        let due = self.due(feed, now)?;
        Some(due.since(now).max(Span::default()))
    }

    /// Whether the person paused polling.
    pub const fn paused(&self) -> bool {
        self.paused
    }

    /// The idle interval.
    pub const fn interval(&self) -> Span {
        self.interval
    }

    /// How long until the list is due; `None` if it is due already or not read. A server that is slow, fails or asks for a pause is
    /// read less often than the interval.
    pub fn list_due_in(&self, now: Timestamp) -> Option<Span> {
        let due = self.due(self.list_feed(), now)?;
        Some(due.since(now)).filter(|wait| wait.millis() > 0)
    }

    /// Whether a feed may be read as the page and the network are.
    fn is_wanted(&self, feed: Feed) -> bool {
        self.online && (self.visible || (self.in_background && feed.is_shared()))
    }

    /// The feed that brings new runs.
    fn list_feed(&self) -> Feed {
        if self.state(Feed::Newest).watch.is_some() { Feed::Newest } else { Feed::List }
    }

    fn is_read_elsewhere(&self, feed: Feed) -> bool {
        self.list_is_read_elsewhere && feed.is_shared()
    }

    fn state(&self, feed: Feed) -> &State {
        let [newest, list, run, summary, watched_summaries] = &self.feeds;
        match feed {
            Feed::Newest => newest,
            Feed::List => list,
            Feed::Run => run,
            Feed::Summary => summary,
            Feed::WatchedSummaries => watched_summaries,
        }
    }

    fn state_mut(&mut self, feed: Feed) -> &mut State {
        let [newest, list, run, summary, watched_summaries] = &mut self.feeds;
        match feed {
            Feed::Newest => newest,
            Feed::List => list,
            Feed::Run => run,
            Feed::Summary => summary,
            Feed::WatchedSummaries => watched_summaries,
        }
    }

    fn watched(&mut self) -> impl Iterator<Item = (Feed, &mut State)> {
        Feed::ALL.into_iter().zip(&mut self.feeds).filter(|(_, state)| state.watch.is_some())
    }
}

#[cfg(test)]
mod tests;
