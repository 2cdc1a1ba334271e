//! What to do when: state machines without a clock of their own. `step(state, event)` gives the next state and what to do.

pub mod backoff;
pub mod bulk_stop;
pub mod create;
pub mod intent;
pub mod poll;
pub mod reschedule;
pub mod run_match;
#[cfg(test)]
mod simulation;
pub mod stop;
pub mod tabs;
