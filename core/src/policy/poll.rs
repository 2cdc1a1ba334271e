//! When to read again: at an interval while the page is seen, at once on return, later after failures, never twice at a time.

use super::backoff;
use crate::time::{Span, Timestamp};

/// Where the polling of one thing stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Poll {
    /// The idle interval, from one answer to the next request.
    pub interval: Span,
    /// Whether the page is visible.
    pub visible: bool,
    /// Whether a request is under way.
    pub in_flight: bool,
    /// Failures in a row.
    pub failures: u32,
    /// When the next request is due; `None` before the first request. While one is under way: `None`, or the instant at
    /// which somebody asked for another one after it. While halted: the end of time.
    pub due: Option<Timestamp>,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// Time went on.
    Tick,
    /// The answer was what was asked for.
    Succeeded,
    /// It was not; the wait the server asked for, if any.
    Failed(Option<Span>),
    /// It can not succeed until something else changes (no token): wait for [`Event::Asked`].
    Halted,
    /// The page was hidden.
    Hidden,
    /// The page is seen again, or the network is back.
    Returned,
    /// A person, or an action of theirs, wants it now.
    Asked,
}

impl Poll {
    /// Not yet asked; the first [`Event::Tick`] or [`Event::Asked`] while visible starts a request.
    pub const fn new(interval: Span, visible: bool) -> Self {
        Self { interval, visible, in_flight: false, failures: 0, due: None }
    }

    /// The next state, and whether to send a request now. `random` in 0..1 is for the jitter of the backoff.
    ///
    /// Hiding lets an answer under way come. Being asked while a request is under way makes the next one due at once after
    /// its answer, unless the server asked for a wait. A failed poll waits for the backoff, but not less than the interval or
    /// 5 s, whichever is shorter: a page of many consoles must not hurry an API that fails. While hidden nothing is
    /// sent; what became due then is sent on return.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp, random: f64) -> (Self, bool) {
        let now = now.printable();
        match event {
            Event::Tick => {}
            Event::Succeeded => {
                self.failures = 0;
                self.answered(now, Some(now.plus(self.interval)));
            }
            Event::Failed(asked) => {
                self.failures = self.failures.saturating_add(1);
                let wait = backoff::wait(self.failures, asked, random).max(self.interval.min(LEAST_AFTER_FAILURE));
                if asked.is_some() {
                    self.due = None;
                }
                self.answered(now, Some(now.plus(wait)));
            }
            Event::Halted => self.answered(now, Some(NEVER)),
            Event::Hidden => self.visible = false,
            Event::Returned => {
                self.visible = true;
                if !self.in_flight && !self.halted() {
                    self.due = Some(now);
                }
            }
            Event::Asked => self.due = Some(now),
        }
        let send = self.visible && !self.in_flight && self.is_due(now);
        if send {
            self.in_flight = true;
            self.due = None;
        }
        (self, send)
    }

    /// Whether it waits for [`Event::Asked`].
    pub fn halted(&self) -> bool {
        self.due == Some(NEVER)
    }

    /// Takes in an answer: the next request is due then, or now if it was asked for meanwhile.
    fn answered(&mut self, now: Timestamp, then: Option<Timestamp>) {
        let asked_meanwhile = self.in_flight && self.due.is_some();
        self.in_flight = false;
        self.due = if asked_meanwhile { Some(now) } else { then };
    }

    /// Whether it is time. A clock that was set back must not make it wait longer than any wait there is.
    fn is_due(&self, now: Timestamp) -> bool {
        match self.due {
            None => true,
            Some(NEVER) => false,
            Some(due) => now >= due || due.since(now) > self.interval.max(LONGEST_WAIT),
        }
    }
}

/// No instant: only being asked ends the wait.
const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);
/// After a failure nothing is sent sooner, unless the interval itself is shorter.
const LEAST_AFTER_FAILURE: Span = Span::from_seconds(5);
/// The most that a server may ask for ([`backoff::wait`]).
const LONGEST_WAIT: Span = Span::from_seconds(600);

#[cfg(test)]
mod tests;
