//! The runs around a window, and the quiet hours that the person chose.

use crate::browser::storage::{local_get, local_remove, local_set};
use crate::browser::zones::Zone;
use crate::state::run_store::RunStore;
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::timeline::concurrency::Concurrency;
use runboard_core::timeline::quiet_hours::QuietHours;
use runboard_core::timeline::surroundings::{JobRuns, open_runs};
use runboard_core::timeline::zones::MAX_PINNED;
use std::sync::Arc;

/// The runs around a window. Comparing two of them is cheap: they are equal only if they are the same.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The runs of the window's job
    pub of_job: Arc<JobRuns>,
    /// How many of all runs are open when
    pub all: Arc<Concurrency>,
}

impl PartialEq for Surroundings {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.of_job, &other.of_job) && Arc::ptr_eq(&self.all, &other.all)
    }
}

/// The runs around a window of a job, but for one: the run that the window belongs to, or that it replaces. They are looked for
/// again only when the job or a run changes.
pub fn surroundings(
    store: &'static RunStore,
    job: Signal<Option<String>>,
    without: Option<RunId>,
) -> Signal<Surroundings> {
    let run = without.clone();
    let all =
        Memo::new_with_compare(move |_| store.with_all(|runs| Arc::new(open_runs(runs, run.as_ref()))), |_, _| true);
    let job = Memo::new(move |_| job.get());
    Memo::new(move |_| {
        let of_job = job.get().map(|job| store.with_all(|runs| JobRuns::new(runs, &job, without.as_ref())));
        Surroundings { of_job: Arc::new(of_job.unwrap_or_default()), all: all.get() }
    })
    .into()
}

const QUIET_KEY: &str = "runboard.quiet-hours";

/// Quiet hours and the zone whose clock they mean.
pub(crate) type Quiet = Option<(QuietHours, Zone)>;

/// The stored quiet hours: `22:00-07:00 Europe/Berlin`.
pub(crate) fn stored_quiet() -> Quiet {
    let stored = local_get(QUIET_KEY)?;
    let (hours, zone) = stored.split_once(' ')?;
    Some((QuietHours::parse(hours)?, Zone::named(zone)?))
}

/// Stores quiet hours, or that there are none.
pub(crate) fn store_quiet(quiet: &Quiet) {
    match quiet {
        Some((hours, zone)) => {
            local_set(QUIET_KEY, &[&hours.text(), " ", zone.name()].concat());
        }
        None => local_remove(QUIET_KEY),
    }
}

const ZONES_KEY: &str = "runboard.pinned-zones";

/// The zones whose clocks are shown beside a window: `Europe/Berlin Asia/Tokyo`. Those that this browser does not know are left out.
pub(crate) fn stored_zones() -> Vec<Zone> {
    let stored = local_get(ZONES_KEY).unwrap_or_default();
    stored.split_whitespace().filter_map(Zone::named).take(MAX_PINNED).collect()
}

/// Stores the pinned zones.
pub(crate) fn store_zones(zones: &[Zone]) {
    if zones.is_empty() {
        return local_remove(ZONES_KEY);
    }
    local_set(ZONES_KEY, &zones.iter().map(Zone::name).collect::<Vec<_>>().join(" "));
}
