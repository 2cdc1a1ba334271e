//! The token itself. It can be attached to a request and stored for the tab, nothing else.

use crate::api::transport::HttpRequest;
use crate::browser::storage;
use std::sync::Arc;

/// A bearer token. It has no `Debug`, so that it cannot be printed by mistake.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Token(Arc<str>);

impl Token {
    pub(super) fn new(text: String) -> Self {
        Self(text.into())
    }

    pub(super) fn attach(&self, request: HttpRequest) -> HttpRequest {
        request.bearer(&self.0)
    }

    /// Stores the token in session storage. Returns whether that worked.
    pub(super) fn store(&self, key: &str) -> bool {
        storage::session_set(key, &self.0)
    }
}
