//! When to read again: at an interval while the page is seen, at once on return, later after failures, never twice at a time.

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
    /// When the next request is due; `None` before the first answer.
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
    #[must_use]
    pub fn step(self, event: Event, now: Timestamp, random: f64) -> (Self, bool) {
        todo!()
    }
}
