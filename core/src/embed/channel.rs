//! The channel once it stands: how much is read from it.

use super::{Heard, MessageError};
use crate::time::{Span, Timestamp};

/// A portal says a handful of things in a while; what says more than this is broken or hostile.
const MOST: u32 = 100;
const WITHIN: Span = Span::from_seconds(10);

/// Reads what comes, up to a flood.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HostChannel {
    since: Option<Timestamp>,
    heard: u32,
    flooded: bool,
}

impl HostChannel {
    /// Reads a message that came now.
    ///
    /// # Errors
    /// What is wrong with it. After a [`MessageError::Flood`] everything is one: the channel is to be closed.
    pub fn receive(&mut self, text: &str, now: Timestamp) -> Result<Heard, MessageError> {
        // A clock that was set back begins anew, too.
        let within = self.since.is_some_and(|since| (0..WITHIN.millis()).contains(&now.since(since).millis()));
        if !within {
            (self.since, self.heard) = (Some(now), 0);
        }
        self.heard += 1;
        self.flooded |= self.heard > MOST;
        if self.flooded {
            return Err(MessageError::Flood);
        }
        Heard::read(text)
    }
}
