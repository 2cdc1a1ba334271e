//! Before there is a channel: which of the messages that reach the window is the portal's offer of one.

use super::{LONGEST, VERSION};
use crate::json;
use serde_json::Value;

/// Every message of the hand-over through the window begins like this; all others are for somebody else.
const SIGN: &str = "{\"runboard\":";

/// After so many refused offers nobody is listened to any more.
const MOST_REFUSED: u32 = 64;

/// A message that reached the window.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// Whether it was sent by the very window that embeds this one.
    pub from_parent: bool,
    /// The origin that the browser says it comes from.
    pub origin: &'a str,
    /// Its text; none if it is something else.
    pub text: Option<&'a str>,
    /// How many ports came with it.
    pub ports: u32,
}

/// What to do with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is not for the console, or nobody listens any more.
    Other,
    /// Its port is taken; no other will be.
    Taken,
    /// It is refused, and its ports are closed.
    Refused(Refusal),
}

/// Why an offer is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It was not sent by the page that embeds the console.
    Sender,
    /// It comes from an origin that is not configured: this one.
    Origin(String),
    /// It is of another version of the hand-over.
    Version,
    /// It does not repeat this frame's number: it is an old one, or meant for another frame.
    Nonce,
    /// It has no port, or several.
    Ports,
    /// There is a channel already.
    Second,
    /// It is too long.
    Oversized,
    /// It cannot be read.
    Malformed,
}

/// Lets one channel in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gate {
    allowed: Vec<String>,
    nonce: String,
    taken: bool,
    refused: u32,
    last: Option<Refusal>,
}

impl Gate {
    /// For the configured origins. `nonce`: random, new with each document.
    pub fn new(allowed: Vec<String>, nonce: String) -> Self {
        Self { allowed, nonce, taken: false, refused: 0, last: None }
    }

    /// What the frame says to the page around it. Nothing in it is secret: anybody may hear it.
    pub fn hello(&self) -> String {
        format!("{SIGN}\"hello\",\"version\":{VERSION},\"nonce\":{}}}", Value::from(self.nonce.as_str()))
    }

    /// Whether a channel was let in.
    pub fn taken(&self) -> bool {
        self.taken
    }

    /// Why the last offer of the page around was refused, for words when nothing better comes.
    pub fn last_refusal(&self) -> Option<&Refusal> {
        self.last.as_ref()
    }

    /// Judges a message.
    pub fn judge(&mut self, offer: Offer<'_>) -> Verdict {
        let Some(text) = offer.text.filter(|text| text.starts_with(SIGN)) else { return Verdict::Other };
        if self.refused >= MOST_REFUSED {
            return Verdict::Other;
        }
        match self.fault(offer, text) {
            None => {
                self.taken = true;
                self.last = None;
                Verdict::Taken
            }
            Some(why) => {
                self.refused += 1;
                // What another window tries must not become the explanation that a person reads.
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
        // "null" is every sandboxed page's and every file's.
        if offer.origin == "null" || !self.allowed.iter().any(|allowed| allowed == offer.origin) {
            return Some(Refusal::Origin(offer.origin.chars().take(200).collect()));
        }
        if self.taken {
            return Some(Refusal::Second);
        }
        if text.len() > LONGEST {
            return Some(Refusal::Oversized);
        }
        let Some(value) = json::parse(text) else { return Some(Refusal::Malformed) };
        if value.get("runboard").and_then(Value::as_str) != Some("offer") {
            return Some(Refusal::Malformed);
        }
        if value.get("version").and_then(Value::as_u64) != Some(VERSION) {
            return Some(Refusal::Version);
        }
        if value.get("nonce").and_then(Value::as_str) != Some(&self.nonce) {
            return Some(Refusal::Nonce);
        }
        (offer.ports != 1).then_some(Refusal::Ports)
    }
}
