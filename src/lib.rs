//! Runboard, a browser console for job runs.
//!
//! The rules of runs are in `runboard_core`; here is what is seen and done in a browser. A module may use the ones listed before
//! it, never one after it:
//!
//! - [`text`]: every sentence a person reads; [`browser`]: the only wrappers over the browser's own interfaces; [`address`]:
//!   every address; [`config`]: the configuration;
//! - [`api`]: the only place that speaks HTTP;
//! - [`state`]: what is known;
//! - [`actions`]: what is done on a person's behalf;
//! - [`context`]: what the following share;
//! - [`components`]: what is drawn;
//! - [`pages`]: one for each address: load, decide, lay out;
//! - [`app`]: the application and its shell.

pub mod actions;
pub mod address;
pub mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod config;
pub mod context;
mod lazy;
pub mod pages;
pub mod state;
pub mod text;

pub use app::start;
