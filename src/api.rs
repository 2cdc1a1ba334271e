//! The only place that speaks HTTP. `transport` sends one request and knows no token; `client` has the typed operations and gets
//! the token through a trait ([`Hooks`]); `endpoint` has every path of the API.

mod cancel_token;
mod client;
mod endpoint;
mod hedged_read;
pub(crate) mod list_requests;
pub(crate) mod request_log;
pub(crate) mod transport;

pub(crate) use cancel_token::CancelToken;
pub use client::Api;
pub(crate) use client::{AuthorizedRequest, Hooks, ListPage, RunAnswer};
