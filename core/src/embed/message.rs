//! What is said through the channel: one JSON object a message, told apart by `type`.

use super::{LONGEST, MessageError as Fault};
use crate::address::Address;
use crate::config::Theme;
use crate::json;
use serde_json::{Map, Value};

/// What the portal says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    /// `token` with a token: the answer to the question of that number.
    Token(u32, String),
    /// `token` with an `error`: the portal has none to give, and says why, in words for a person.
    NoToken(u32, String),
    /// `appearance`: how the portal wants it to look, now and until it says otherwise; what is missing is the person's choice.
    Appearance {
        /// `zone`: a name; whether the browser knows it is found out there.
        zone: Option<String>,
        /// `theme`
        theme: Option<Theme>,
    },
    /// `navigate`: an address of the console.
    Navigate(Address),
    /// `refresh`: what is shown is to be read again, now.
    Refresh,
}

/// What the console says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said<'a> {
    /// `ready`: it is there; with the address it shows.
    Ready(&'a str),
    /// `token`: it needs one; the answer repeats the number.
    Token(u32),
    /// `navigate`: it shows another address.
    Navigate(&'a str),
    /// `runcreated`: a run was scheduled here; its id.
    Created(&'a str),
    /// `runstopped`: a run was stopped here; its id.
    Stopped(&'a str),
    /// `resize`: how high what it shows is, in CSS pixels.
    Resize(u32),
    /// `error`: something failed; where (`api`, `portal`), and the words that a person reads.
    Error(&'a str, &'a str),
}

/// The words of a portal are cut here, in characters.
const MOST_WORDS: usize = 300;
/// An address of the console is no longer than this, in bytes.
const LONGEST_ADDRESS: usize = 8 * 1024;

impl Heard {
    /// Reads a message.
    ///
    /// # Errors
    /// It is too long, none of these, or lacks a part.
    pub fn read(text: &str) -> Result<Self, Fault> {
        if text.len() > LONGEST {
            return Err(Fault::Oversized);
        }
        read(text).ok_or(Fault::Malformed)
    }
}

fn read(text: &str) -> Option<Heard> {
    let value = json::parse(text)?;
    let word = |key: &str| json::text(&value, &[key]);
    Some(match word("type")? {
        "token" => {
            let id = value.get("id")?.as_u64().and_then(|id| u32::try_from(id).ok())?;
            match (word("token"), word("error")) {
                (Some(token), None) => Heard::Token(id, token.to_owned()),
                (None, Some(why)) => Heard::NoToken(id, why.chars().take(MOST_WORDS).collect()),
                _ => return None,
            }
        }
        "appearance" => Heard::Appearance {
            zone: optional(&value, "zone", |name| (name.len() <= 64).then(|| name.to_owned()))?,
            theme: optional(&value, "theme", Theme::from_word)?,
        },
        "navigate" => Heard::Navigate(address(word("address")?)?),
        "refresh" => Heard::Refresh,
        _ => return None,
    })
}

/// A key that may be missing or null, but not wrong.
fn optional<T>(value: &Value, key: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match value.get(key) {
        None | Some(Value::Null) => Some(None),
        Some(found) => Some(Some(read(found.as_str()?)?)),
    }
}

/// Only a query leads anywhere within the console: a path, a scheme or a host never gets as far as being looked at.
fn address(text: &str) -> Option<Address> {
    let query = text.strip_prefix("./").unwrap_or(text);
    let fits = (query.is_empty() || query.starts_with('?')) && text.len() <= LONGEST_ADDRESS && !text.contains('#');
    fits.then(|| Address::parse(query))
}

impl Said<'_> {
    /// As the message is written.
    pub fn to_text(self) -> String {
        let (kind, first, second): (_, (&str, Value), Option<(&str, &str)>) = match self {
            Self::Ready(address) => ("ready", ("address", address.into()), None),
            Self::Token(id) => ("token", ("id", id.into()), None),
            Self::Navigate(address) => ("navigate", ("address", address.into()), None),
            Self::Created(id) => ("runcreated", ("id", id.into()), None),
            Self::Stopped(id) => ("runstopped", ("id", id.into()), None),
            Self::Resize(height) => ("resize", ("height", height.into()), None),
            Self::Error(place, words) => ("error", ("where", place.into()), Some(("message", words))),
        };
        let mut object = Map::new();
        object.insert("type".to_owned(), kind.into());
        object.insert(first.0.to_owned(), first.1);
        if let Some((key, value)) = second {
            object.insert(key.to_owned(), value.into());
        }
        Value::from(object).to_string()
    }
}
