//! The protocol between the embedded console and its host page: who is listened to, what is accepted and what is
//! refused. docs/embedding.md gives the reasons.
//!
//! The console announces itself without a secret. The host page answers from a configured origin, repeats the console's
//! nonce and sends one end of a message channel along. From then on both talk through that channel only.

mod channel;
mod handshake;
mod message;
mod no_token;

pub use channel::HostChannel;
pub use handshake::{Handshake, Offer, Refusal, Verdict};
pub use message::{ConsoleMessage, HostMessage};
pub use no_token::NoToken;

/// The protocol version; an offer with another one is refused.
pub(crate) const VERSION: u64 = 1;

/// The longest message, in bytes. Tokens have a few thousand.
pub(crate) const LONGEST: usize = 64 * 1024;

/// Why a message from the host page was not accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageError {
    /// More messages than any host page needs; nothing more is read.
    Flood,
    /// The message is too long.
    Oversized,
    /// The message is of no known type, or a part of it is missing or invalid.
    Malformed,
}

#[cfg(test)]
mod tests;
