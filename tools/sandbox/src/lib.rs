//! The sandbox: a local stand-in for the runs API, to develop, demonstrate and test the console. It is not the vendor's
//! service, and it shares no types with the console: a stand-in with the console's types would share its mistakes.
//!
//! A request passes `server` (the connection), `middleware` (control access, CORS, `Date`) and `router`, and ends in
//! `api` (the operations), `control` (the sandbox's own endpoints) or `static_files` (the built console). `host_page` serves a
//! page around the console on another port. `run` and `summary` compute a run's status and counts from the stored run and the time; `store` keeps the runs.
//!
//! Only what the program and the integration tests need is public, so that the compiler reports dead code.

mod abort;
mod api;
mod app;
mod cli;
mod clock;
mod control;
mod faults;
mod host_page;
mod middleware;
mod operation;
mod options;
mod problem;
mod reply;
mod request_log;
mod router;
mod run;
mod seeded_rng;
mod seeding;
mod server;
mod static_files;
mod store;
mod summary;
mod timestamp;
mod token;

pub use cli::{Cli, announce};
pub use options::{ConsoleConfig, ConsoleOptions, HostPageOptions, Options};
pub use server::{Running, StartError, start};
pub use timestamp::Timestamp;
