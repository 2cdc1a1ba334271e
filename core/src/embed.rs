//! The hand-over between the console in a frame and the page that embeds it (the portal): who is listened to, what is taken,
//! and what is refused. The rules are ours; docs/embedding.md gives the reasons.
//!
//! The frame announces itself without a secret. The portal answers from a configured origin, repeats the frame's number,
//! and sends one end of a message channel along. From then on both talk through that channel only.

mod channel;
mod handshake;
mod message;
mod no_token;

pub use channel::HostChannel;
pub use handshake::{Gate, Offer, Refusal, Verdict};
pub use message::{Heard, Said};
pub use no_token::NoToken;

/// The version of the hand-over; a portal's script of another one is refused.
pub const VERSION: u64 = 1;

/// No message is longer than this, in bytes. Tokens are a few thousand.
pub const LONGEST: usize = 64 * 1024;

/// What is wrong with a message from the portal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageError {
    /// More messages came than any portal needs; nothing more is read.
    Flood,
    /// It is too long.
    Oversized,
    /// It is none of the messages there are, or a part of it is missing or wrong.
    Malformed,
}

#[cfg(test)]
mod tests;
