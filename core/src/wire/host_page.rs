//! The messages between the console and the page that embeds it: one JSON object each, documented in docs/embedding.md.

use super::fields::{raw, text, valid};
use super::json::Raw;
use serde::{Deserialize, Serialize};

/// The console's first message, through the window.
#[derive(Serialize)]
pub(crate) struct Greeting<'a> {
    /// `hello`. The first field, because both sides recognise messages by how they begin.
    pub(crate) runboard: &'a str,
    pub(crate) version: u64,
    pub(crate) nonce: &'a str,
}

/// The host page's answer, through the window, with one end of a message channel.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Offer {
    /// `offer`
    #[serde(deserialize_with = "text")]
    pub(crate) runboard: Option<String>,
    #[serde(deserialize_with = "valid")]
    pub(crate) version: Option<u64>,
    /// The nonce of the greeting.
    #[serde(deserialize_with = "text")]
    pub(crate) nonce: Option<String>,
}

/// A message of the host page, through the channel. Its fields depend on `type`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct FromHostPage<'a> {
    /// `token`, `appearance`, `navigate` or `refresh`
    #[serde(rename = "type", deserialize_with = "text")]
    pub(crate) kind: Option<String>,

    /// `token`: the number of the request.
    #[serde(deserialize_with = "valid")]
    pub(crate) id: Option<u32>,
    #[serde(deserialize_with = "text")]
    pub(crate) token: Option<String>,
    /// `token`, instead of a token: why there is none.
    #[serde(deserialize_with = "text")]
    pub(crate) error: Option<String>,

    /// `appearance`: the name of a time zone, or `null`.
    #[serde(borrow, deserialize_with = "raw")]
    pub(crate) zone: Option<Raw<'a>>,
    /// `appearance`: `system`, `light`, `dark`, or `null`.
    #[serde(deserialize_with = "raw")]
    pub(crate) theme: Option<Raw<'a>>,

    /// `navigate`: an address of the console.
    #[serde(deserialize_with = "text")]
    pub(crate) address: Option<String>,
}

/// A message of the console, through the channel.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum ToHostPage<'a> {
    Ready {
        address: &'a str,
    },
    Token {
        id: u32,
    },
    Navigate {
        address: &'a str,
    },
    RunCreated {
        id: &'a str,
    },
    RunStopped {
        id: &'a str,
    },
    Notifications {
        unseen: usize,
    },
    /// In CSS pixels.
    Resize {
        height: u32,
    },
    Error {
        #[serde(rename = "where")]
        place: &'a str,
        message: &'a str,
    },
}
