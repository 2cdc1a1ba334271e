//! What is true of job runs.
//!
//! Pure rules, without a browser and without a user interface: the clock, randomness and the offsets of a time zone
//! are parameters. Everything here runs and is tested natively. The source of a rule is named where it stands:
//! *documented* means printed in the public page of the runs API, *inferred* means read off its sibling resources.

pub mod address;
pub mod arrivals;
pub mod claims;
pub mod config;
pub mod draft;
pub mod export;
pub mod finding;
pub mod handover;
pub mod headers;
pub mod ids;
pub mod job;
mod json;
pub mod keys;
pub mod layout;
pub mod loading;
pub mod page;
pub mod phase;
pub mod policy;
pub mod problem;
pub mod query;
pub mod raw;
pub mod rota;
pub mod row_slots;
pub mod run;
pub mod samples;
pub mod selection;
pub mod summary;
pub mod tally;
pub mod time;
pub mod views;
