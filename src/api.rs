//! The only place that speaks HTTP. `transport` sends one request and knows no token; `client` has the typed operations and asks
//! for the token through a trait ([`Hooks`]); `endpoint` has every path of the API.

pub mod client;
pub mod concurrent;
mod endpoint;
pub mod request_log;
pub mod transport;

pub use client::{Api, AuthorizedRequest, Hooks, ListPage, RunAnswer};
