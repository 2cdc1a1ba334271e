//! The token itself. Opaque: it can be attached to a request and kept for the tab, nothing else.

use crate::api::transport::Call;
use crate::browser::storage;
use std::fmt;
use std::sync::Arc;

/// A bearer token.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Token(Arc<str>);

impl Token {
    pub(super) fn new(text: String) -> Self {
        Self(text.into())
    }

    /// Keeps it for this tab; says whether it was kept.
    pub(super) fn keep(&self, key: &str) -> bool {
        storage::session_set(key, &self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}

/// The right to send one request as the session that gave it.
#[derive(Clone, Debug)]
pub struct Pass {
    token: Token,
    epoch: u32,
}

impl Pass {
    pub(super) fn new(token: Token, epoch: u32) -> Self {
        Self { token, epoch }
    }

    pub(super) fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Puts the token on a request to the API.
    pub fn attach(&self, call: Call) -> Call {
        call.bearer(&self.token.0)
    }
}
