//! The messages on the channel: one JSON object each, distinguished by `type`.

use super::{LONGEST, MessageError};
use crate::address::Address;
use crate::config::Theme;
use crate::mask::mask;
use crate::wire::host_page::{FromHostPage, ToHostPage};
use crate::wire::{self, Raw, to_text};

/// A message from the host page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HostMessage {
    /// `token` with a token: the answer to the request with that number.
    Token(u32, String),
    /// `token` with an `error`: the host page has no token, and says why in words for the person.
    NoToken(u32, String),
    /// `appearance`: how the console should look from now on. What is missing is the person's choice.
    Appearance {
        /// `zone`: a name, which the browser may not know
        zone: Option<String>,
        /// `theme`
        theme: Option<Theme>,
    },
    /// `navigate`: an address of the console.
    Navigate(Address),
    /// `refresh`: read again what is shown, now.
    Refresh,
}

/// A message from the console.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConsoleMessage<'a> {
    /// `ready`: it has started; the address it shows.
    Ready(&'a str),
    /// `token`: it needs a token; the answer repeats the number.
    Token(u32),
    /// `navigate`: it now shows this address.
    Navigate(&'a str),
    /// `runcreated`: the id of a run that was scheduled here.
    Created(&'a str),
    /// `runstopped`: the id of a run that was stopped here.
    Stopped(&'a str),
    /// `notifications`: how many notifications the person has not seen.
    Notifications(usize),
    /// `resize`: the height of its content, in CSS pixels.
    Resize(u32),
    /// `error`: where something failed (`api`, `portal`), and the text shown to the person.
    Error(&'a str, &'a str),
}

/// The length at which a text of the host page is truncated, in characters.
const MOST_WORDS: usize = 300;
/// The longest address of the console, in bytes.
const LONGEST_ADDRESS: usize = 8 * 1024;

impl HostMessage {
    /// Reads a message.
    ///
    /// # Errors
    /// If it is too long, unknown, or incomplete.
    pub fn read(text: &str) -> Result<Self, MessageError> {
        if text.len() > LONGEST {
            return Err(MessageError::Oversized);
        }
        read(text).ok_or(MessageError::Malformed)
    }
}

fn read(text: &str) -> Option<HostMessage> {
    let message: FromHostPage<'_> = wire::read(text)?;
    Some(match message.kind?.as_str() {
        "token" => match (message.id?, message.token, message.error) {
            (id, Some(token), None) => HostMessage::Token(id, token),
            (id, None, Some(why)) => {
                let why = mask(why, "");
                HostMessage::NoToken(id, why.chars().take(MOST_WORDS).collect())
            }
            _ => return None,
        },
        "appearance" => HostMessage::Appearance {
            zone: optional(message.zone, |name| (name.len() <= 64).then(|| name.to_owned()))?,
            theme: optional(message.theme, Theme::from_word)?,
        },
        "navigate" => HostMessage::Navigate(address(&message.address?)?),
        "refresh" => HostMessage::Refresh,
        _ => return None,
    })
}

/// A field that may be missing or null, but not wrong.
fn optional<T>(json: Option<Raw<'_>>, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match json.filter(|json| !json.is_null()) {
        None => Some(None),
        Some(json) => Some(Some(read(&json.text()?)?)),
    }
}

/// Only a query leads anywhere within the console: anything with a path, a scheme or a host is refused unparsed.
fn address(text: &str) -> Option<Address> {
    let query = text.strip_prefix("./").unwrap_or(text);
    let fits = (query.is_empty() || query.starts_with('?')) && text.len() <= LONGEST_ADDRESS && !text.contains('#');
    fits.then(|| Address::parse(query))
}

impl ConsoleMessage<'_> {
    /// As JSON.
    pub fn to_text(self) -> String {
        to_text(&ToHostPage::from(self))
    }
}

impl<'a> From<ConsoleMessage<'a>> for ToHostPage<'a> {
    fn from(said: ConsoleMessage<'a>) -> Self {
        match said {
            ConsoleMessage::Ready(address) => Self::Ready { address },
            ConsoleMessage::Token(id) => Self::Token { id },
            ConsoleMessage::Navigate(address) => Self::Navigate { address },
            ConsoleMessage::Created(id) => Self::RunCreated { id },
            ConsoleMessage::Stopped(id) => Self::RunStopped { id },
            ConsoleMessage::Notifications(unseen) => Self::Notifications { unseen },
            ConsoleMessage::Resize(height) => Self::Resize { height },
            ConsoleMessage::Error(place, message) => Self::Error { place, message },
        }
    }
}
