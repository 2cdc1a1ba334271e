//! What is known: the clock, settings, the session, all runs, the list, and what is read when.

pub mod activity;
pub(crate) mod announcer;
pub(crate) mod api_hooks;
pub mod bells;
pub mod clashes;
pub mod clock;
pub mod config_file;
pub(crate) mod embed_host;
pub(crate) mod idle;
pub mod job_rates;
pub mod known_runs;
pub mod list;
pub(crate) mod list_feed;
pub(crate) mod list_reader;
pub mod list_state;
pub mod navigation;
pub mod planning;
pub(crate) mod poller;
pub(crate) mod release;
pub(crate) mod remote_data;
pub mod run_store;
pub mod session;
pub(crate) mod settings;
pub(crate) mod shared_runs;
pub mod sign_in_handle;
pub(crate) mod tab_election;
