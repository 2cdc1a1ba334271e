//! The token itself. It can be put on a request and kept for the tab, nothing else.

use crate::api::transport::Call;
use crate::browser::storage;
use std::sync::Arc;

/// A bearer token. It has no `Debug`, so that it cannot be printed by mistake.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Token(Arc<str>);

impl Token {
    pub(super) fn new(text: String) -> Self {
        Self(text.into())
    }

    /// Puts it on a request to the API.
    pub(super) fn attach(&self, call: Call) -> Call {
        call.bearer(&self.0)
    }

    /// Keeps it for this tab; says whether it was kept.
    pub(super) fn keep(&self, key: &str) -> bool {
        storage::session_set(key, &self.0)
    }
}
