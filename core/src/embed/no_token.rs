//! Why the host page gave no token.

use super::Refusal;

/// Why the host page gave no token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoToken {
    /// The console is in no frame, so there is no host page.
    NotFramed,
    /// The configuration names no host page.
    NoneAllowed,
    /// The host page did not answer in time. If it sent something that was refused, the last reason.
    Silent(Option<Refusal>),
    /// The host page said why, in its own words.
    Said(String),
}
