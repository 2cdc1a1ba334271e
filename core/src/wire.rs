//! The JSON that the console reads and writes: one type for each document, meant to be read like the API's documentation.
//!
//! Each type is converted to a domain type once, in the file of that domain type. No other part of the console sees JSON, and
//! of the domain this module knows only [`Timestamp`](crate::time::Timestamp). *Documented* means printed on the public page
//! of the runs API. What servers get wrong is handled by the field readers in [`fields`].

pub(crate) mod activity;
pub(crate) mod claims;
pub(crate) mod config;
pub(crate) mod fields;
pub(crate) mod host_page;
mod json;
pub(crate) mod list;
pub(crate) mod problem;
mod release;
pub(crate) mod run;
pub(crate) mod shared_reading;
pub(crate) mod stored;
pub(crate) mod summary;
pub(crate) mod tabs;

pub(crate) use json::{Raw, Unreadable, read};
pub use release::Release;

/// Reads a list, skipping unreadable entries.
pub(crate) fn read_each<'de, T: serde::Deserialize<'de>>(body: &'de str) -> Vec<T> {
    Raw::of_body(body).map(fields::to_each).unwrap_or_default()
}

/// As compact JSON. None of the types here can fail to serialize.
pub(crate) fn to_text<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
