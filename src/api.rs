//! The only place that speaks HTTP. `transport` sends and knows no token; `session` keeps the token; `client` joins the two and gives
//! the typed operations; `endpoint` holds every path of the API.

pub mod client;
mod endpoint;
pub mod join;
pub mod journal;
pub mod transport;

pub use client::{Api, ListPage, RunAnswer};
