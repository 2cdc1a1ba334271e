//! Runboard, a browser console for job runs.
//!
//! What is true of runs lives in `runboard_core`; here is what is seen and done in a browser. Data walks one way,
//! `api` → [`store`] → [`pages`] → [`components`] → the document; an intent walks back, component → page →
//! [`actions`] → `api`. A module may use the core, [`text`], [`route`], [`config`], [`browser`] and the modules before
//! it on that walk, never one after it. Components know no HTTP; only [`api`] speaks it; only [`browser`] touches the
//! browser's own interfaces; only [`text`] holds sentences.

pub mod actions;
pub mod api;
pub mod app;
pub mod browser;
pub mod clock;
pub mod components;
pub mod config;
pub(crate) mod lazy;
pub mod live;
pub mod pages;
pub mod portal;
pub mod release;
pub mod remote;
pub mod route;
pub mod session;
pub mod settings;
mod shortcuts;
pub mod store;
pub mod text;

pub use app::start;
