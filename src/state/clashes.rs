//! Which runs a new run would clash with.

use crate::state::run_store::RunStore;
use runboard_core::draft::NewRun;
use runboard_core::draft::warning::{Warning, warnings};
use runboard_core::run::RunId;

/// Warnings about runs of the same job at the same time and about runs of the same name; tracked. A run that the new one
/// replaces does not count.
pub fn clashes(store: &'static RunStore, new_run: &NewRun, replaced: Option<&RunId>) -> Vec<Warning> {
    store.with_all(|runs| {
        let mut others = runs.iter().map(|run| &**run).filter(|run| Some(&run.id) != replaced);
        let mut found = warnings(new_run, new_run.start_at, &mut others);
        found.retain(|warning| warning.clashes().is_some());
        found
    })
}
