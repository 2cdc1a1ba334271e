//! The record of what happened: what was seen of the runs, and what was done in this browser. The API has no such history, so
//! each entry says how it is known.
//!
//! Several tabs may see the same reading, and a tab that takes over from another one reads again. So entries are compared before
//! they are added ([`Record::add`]), and their keys follow from what was read.

mod away;
mod bells;
mod changes;
mod echoes;
mod entry;
mod export;
mod failures;
mod filter;
mod kind;
mod known_runs;
mod new_entry;
mod noticed;
mod record;
mod stored;
mod summary_turns;
#[cfg(test)]
mod tests;

pub use away::Away;
pub use bells::{Bell, Bells, FAILURE_RISES, IsListed, MOST_BELLS, Subject};
pub use entry::{
    Action, Alert, DatedRun, Done, Entry, FailureRise, HowKnown, Moment, Outcome, ReadTime, Transition, What,
};
pub use export::{csv, json};
pub use filter::Filter;
pub use kind::Kind;
pub use known_runs::KnownRuns;
pub use noticed::Noticed;
pub use record::{MAX_AGE, MAX_ENTRIES, Record, RecordChange};
pub use summary_turns::{NextSummary, SummaryTurns};
