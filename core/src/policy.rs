//! State machines that decide what to do and when. They have no clock of their own: `step(state, event)` returns the
//! next state and the effects to carry out.

pub mod backoff;
pub mod bulk_stop;
pub mod create;
pub mod hedge;
pub mod idle;
pub mod intent;
pub mod poll;
pub mod reschedule;
pub mod run_match;
#[cfg(test)]
mod simulation;
pub mod stop;
pub mod tabs;
pub mod toasts;
pub mod unclear;
pub mod unfinished;
