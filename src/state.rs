//! What is known: the clock, settings, the session, all runs, the list, and when to read what again.

pub mod announcer;
pub mod api_hooks;
pub mod clashes;
pub mod clock;
pub mod config_file;
pub mod embed_host;
pub mod list;
pub mod navigation;
pub mod poller;
pub mod release;
pub mod remote_data;
pub mod run_store;
pub mod session;
pub mod settings;
pub mod sign_in_handle;
