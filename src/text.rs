//! Every sentence a person reads, by page. English first; a second language is a second set of these functions.
//! Times arrive here already printed, counts already grouped.

pub mod activity;
pub mod bulk;
pub mod config;
pub mod create;
pub mod diagnostics;
pub mod form;
pub mod keys;
pub mod left;
pub mod list;
pub mod notify;
pub mod planning;
pub mod problem;
pub mod query;
pub mod reschedule;
pub mod run;
pub mod shell;
pub mod sign_in;
pub mod sign_out;
pub mod status;
pub mod stop;
pub mod summary;
pub mod timeline;
pub mod toast;

/// `1 run`, `2 runs`.
pub fn counted(count: &str, one: &str, many: &str) -> String {
    if count == "1" { format!("1 {one}") } else { format!("{count} {many}") }
}
