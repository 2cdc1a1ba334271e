//! One page per address. Each loads, decides, and lays out components; its reads are aborted when it is left.

mod activity;
mod diagnostics;
mod fatal;
mod new;
mod run;
mod runs;

pub use activity::ActivityPage;
pub(crate) use activity::activity_page;
pub use diagnostics::DiagnosticsPage;
pub(crate) use diagnostics::diagnostics_page;
pub use fatal::FatalPage;
pub(crate) use fatal::fatal_page;
pub(crate) use new::new_page;
pub use run::RunPage;
pub(crate) use run::run_page;
pub(crate) use runs::RunsPage;
