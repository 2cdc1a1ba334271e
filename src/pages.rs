//! One page per address: each loads, decides, and lays out components. What it reads is given up when it goes.

mod diagnostics;
mod fatal;
mod job_rates;
mod new;
mod run;
mod runs;

pub use diagnostics::{DiagnosticsPage, diagnostics_page};
pub use fatal::{FatalPage, fatal_page};
pub use new::{NewPage, new_page};
pub use run::{RunPage, run_page};
pub use runs::RunsPage;
