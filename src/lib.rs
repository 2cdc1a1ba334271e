//! Runboard, a browser console for job runs.
//!
//! `runboard_core` has the rules, this crate everything that needs a browser. A module may use those listed before it, never one after
//! it:
//!
//! - `text`: every sentence on screen; [`browser`]: the only wrappers over the browser's own interfaces; `address`: every address;
//!   [`config`]: the configuration;
//! - `api`: the only place that speaks HTTP;
//! - [`state`]: what is known;
//! - `actions`: what the person does;
//! - [`context`]: what the following share;
//! - [`components`]: what is rendered;
//! - [`pages`]: one for each address, which loads, decides and lays out;
//! - [`app`]: the application and its shell.

mod actions;
mod address;
mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod config;
pub mod context;
mod lazy;
mod leak;
pub mod pages;
pub mod state;
mod text;

pub use app::start;
