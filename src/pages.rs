//! One page per address: each loads, decides, and lays out components. What it reads is given up when it goes.

mod diagnostics;
mod fatal;
mod job_rates;
mod new;
mod run;
mod runs;

pub use diagnostics::DiagnosticsPage;
pub use fatal::FatalPage;
pub(crate) use job_rates::read as read_rates;
pub use new::NewPage;
pub use run::RunPage;
pub use runs::RunsPage;
