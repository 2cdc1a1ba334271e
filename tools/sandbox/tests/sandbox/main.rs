//! The sandbox as its users meet it: over HTTP, in one process per test or as the real program. One binary, because
//! each would link everything again.

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
mod operations;
mod problems;
mod program;
mod resets;
mod seeding;
