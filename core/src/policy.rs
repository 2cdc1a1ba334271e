//! What to do when: state machines without a clock of their own. `step(state, event)` gives the next state and what to do.

pub mod backoff;
pub mod bulk;
#[cfg(test)]
mod dice;
pub mod echo;
pub mod intent;
pub mod pace;
pub mod rescheduling;
pub mod scheduling;
pub mod stopping;
pub mod tabs;
