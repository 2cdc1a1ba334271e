//! The rules of job runs, free of any browser.
//!
//! Nothing here knows a browser or a user interface: the clock, randomness and time zone offsets are parameters, so
//! everything runs and is tested natively. The source of a rule is named beside it: *documented* means printed on the
//! public page of the runs API, *inferred* means deduced from its sibling resources.

pub mod activity;
pub mod address;
pub mod claims;
pub mod clean;
pub mod collections;
pub mod config;
pub mod countdown;
pub mod draft;
pub mod election;
pub mod embed;
pub mod export;
pub mod finding;
pub mod hand_over;
pub mod isolate;
pub mod job;
pub mod list;
pub mod mask;
pub mod page;
pub mod phase;
pub mod policy;
pub mod problem;
pub mod query;
pub mod raw;
pub mod run;
pub mod run_state;
pub mod security_headers;
pub mod shortcut;
pub mod summary;
pub mod summary_history;
pub mod time;
pub mod timeline;
pub mod window;
pub mod wire;
