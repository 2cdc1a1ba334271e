//! The open channel: limits how many messages are read from it.

use super::{HostMessage, MessageError};
use crate::time::{Span, Timestamp};

/// A host page sends a handful of messages now and then; more than this is broken or hostile.
const MAX_MESSAGES: u32 = 100;
const PERIOD: Span = Span::from_seconds(10);

/// Reads messages until they flood in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HostChannel {
    since: Option<Timestamp>,
    received: u32,
    flooded: bool,
}

impl HostChannel {
    /// Parses a message that has just arrived.
    ///
    /// # Errors
    /// Why it was not accepted. After a [`MessageError::Flood`] every message is refused, and the channel must be
    /// closed.
    pub fn receive(&mut self, text: &str, now: Timestamp) -> Result<HostMessage, MessageError> {
        // After the clock was set back, counting starts over, too.
        let within = self.since.is_some_and(|since| (0..PERIOD.millis()).contains(&now.since(since).millis()));
        if !within {
            (self.since, self.received) = (Some(now), 0);
        }
        self.received += 1;
        self.flooded |= self.received > MAX_MESSAGES;
        if self.flooded {
            return Err(MessageError::Flood);
        }
        HostMessage::read(text)
    }
}
