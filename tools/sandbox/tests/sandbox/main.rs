//! The sandbox as its users see it: over HTTP, and as a program. One test binary, because each one links everything again.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy.toml allows these in test functions; here they are in the functions those share, too"
)]

mod auth;
mod clock;
mod control;
mod cors;
mod faults;
mod files;
mod harness;
mod host_page;
mod hosting;
mod operations;
mod problems;
mod program;
mod resets;
mod seeding;
