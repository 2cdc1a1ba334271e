//! The handshake before there is a channel: which of the messages to the window is the host page's offer of one.

use super::{LONGEST, VERSION};
use crate::wire::{self, host_page, to_text};

/// How every message of the handshake begins; all others are for somebody else.
const SIGN: &str = "{\"runboard\":";

/// After this many refused offers, further ones are ignored.
const MOST_REFUSED: u32 = 64;

/// A message to the window.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// Whether the window that embeds this one sent it.
    pub from_parent: bool,
    /// Its origin, as reported by the browser.
    pub origin: &'a str,
    /// Its text; `None` if it is something else.
    pub text: Option<&'a str>,
    /// The number of ports that came with it.
    pub ports: u32,
}

/// What to do with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is not for the console, or offers are no longer considered.
    Ignored,
    /// It is accepted, and no other will be.
    Accepted,
    /// It is refused, and its ports are closed.
    Refused(Refusal),
}

/// Why an offer is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It was not sent by the page that embeds the console.
    Sender,
    /// It comes from this origin, which is not configured.
    Origin(String),
    /// It is for another version of the protocol.
    Version,
    /// It does not repeat this frame's nonce: it is old, or meant for another frame.
    Nonce,
    /// It comes with no port or several.
    Ports,
    /// There is a channel already.
    Second,
    /// It is too long.
    Oversized,
    /// It is unreadable.
    Malformed,
}

/// Accepts one channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Handshake {
    allowed: Vec<String>,
    nonce: String,
    taken: bool,
    refused: u32,
    last: Option<Refusal>,
}

impl Handshake {
    /// For the configured origins. `nonce` is random and new for each document.
    pub fn new(allowed: Vec<String>, nonce: String) -> Self {
        Self { allowed, nonce, taken: false, refused: 0, last: None }
    }

    /// The console's greeting to the page around it. It contains no secret, since anybody can listen.
    pub fn hello(&self) -> String {
        to_text(&host_page::Greeting { runboard: "hello", version: VERSION, nonce: &self.nonce })
    }

    /// Whether a channel was accepted.
    pub fn taken(&self) -> bool {
        self.taken
    }

    /// Why the last offer of the parent page was refused: the explanation if no valid one follows.
    pub fn last_refusal(&self) -> Option<&Refusal> {
        self.last.as_ref()
    }

    /// Judges a message.
    pub fn judge(&mut self, offer: Offer<'_>) -> Verdict {
        let Some(text) = offer.text.filter(|text| text.starts_with(SIGN)) else { return Verdict::Ignored };
        if self.refused >= MOST_REFUSED {
            return Verdict::Ignored;
        }
        match self.fault(offer, text) {
            None => {
                self.taken = true;
                self.last = None;
                Verdict::Accepted
            }
            Some(why) => {
                self.refused += 1;
                // What another window tries must not become the explanation shown to the person.
                if offer.from_parent {
                    self.last = Some(why.clone());
                }
                Verdict::Refused(why)
            }
        }
    }

    fn fault(&self, offer: Offer<'_>, text: &str) -> Option<Refusal> {
        if !offer.from_parent {
            return Some(Refusal::Sender);
        }
        // "null" is the origin of every sandboxed page and every file.
        if offer.origin == "null" || !self.allowed.iter().any(|allowed| allowed == offer.origin) {
            return Some(Refusal::Origin(offer.origin.chars().take(200).collect()));
        }
        if self.taken {
            return Some(Refusal::Second);
        }
        if text.len() > LONGEST {
            return Some(Refusal::Oversized);
        }
        let offered: host_page::Offer = wire::read(text).unwrap_or_default();
        if offered.runboard.as_deref() != Some("offer") {
            return Some(Refusal::Malformed);
        }
        if offered.version != Some(VERSION) {
            return Some(Refusal::Version);
        }
        if offered.nonce.as_deref() != Some(&self.nonce) {
            return Some(Refusal::Nonce);
        }
        (offer.ports != 1).then_some(Refusal::Ports)
    }
}
