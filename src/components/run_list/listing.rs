//! Which runs are listed, and in which order.

use crate::config::Settled;
use crate::store::Store;
use runboard_core::phase::Phase;
use runboard_core::query::{Context, Counts, Mark, Query, Reading, Sort, Subject, TimeKey, Window};
use runboard_core::run::{JobId, Run, RunId};
use runboard_core::tally::{order, tally};
use runboard_core::time::zone::Offset;
use runboard_core::time::{Span, Timestamp};
use std::cmp::Ordering;
use std::sync::Arc;

/// What is listed of all runs, at an instant.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Listing {
    /// The runs listed, in order.
    pub ids: Arc<Vec<RunId>>,
    /// How many runs there are.
    pub total: usize,
    /// How many of all runs are in each phase and have each status.
    pub counts: Counts,
    /// When the first run changes its phase, or what a relative time stands for has moved on: until then the listing holds.
    pub holds_until: Option<Timestamp>,
    /// What of the query was not understood.
    pub marks: Vec<Mark>,
    /// What its times stand for.
    pub windows: Vec<(TimeKey, Vec<Window>)>,
}

/// How often what depends on the time of day is looked at again.
const RELATIVE: Span = Span::from_seconds(20);

impl Listing {
    /// Filters and sorts all runs. Tracks the store.
    pub fn of(store: Store, config: Settled, q: &str, sort: Sort, now: Timestamp, offset: Offset<'_>) -> Self {
        let runs = store.all();
        let labels = config.get();
        let Reading { query, marks, windows } = Query::read(q, Context { now, offset });
        let subjects: Vec<(Arc<Run>, Phase)> = runs
            .into_iter()
            .map(|run| {
                let phase = Phase::of(&run, now);
                (run, phase)
            })
            .collect();
        let label = |run: &Run| run.job_id.as_ref().and_then(|job| labels.jobs.get(job.as_str()));
        let counts = Counts::of(subjects.iter().map(|(run, phase)| (&**run, *phase)));
        let holds_until = subjects
            .iter()
            .flat_map(|(run, _)| [run.start_at, run.end_at])
            .flatten()
            .filter(|change| *change > now)
            .chain(query.follows_time().then(|| now.plus(RELATIVE)))
            .min();
        let listed: Vec<Subject<'_>> = subjects
            .iter()
            .map(|(run, phase)| Subject { run, phase: *phase, job_label: label(run) })
            .filter(|subject| query.matches(*subject))
            .collect();
        let compare = |a: usize, b: usize| match (listed.get(a), listed.get(b)) {
            (Some(a), Some(b)) => sort.compare(*a, *b),
            _ => Ordering::Equal,
        };
        let ids: Vec<RunId> = order(listed.len(), &compare)
            .into_iter()
            .filter_map(|at| listed.get(at))
            .map(|subject| subject.run.id.clone())
            .collect();
        let windows = windows.into_iter().map(|(_, key, windows)| (key, windows)).collect();
        Self { ids: Arc::new(ids), total: subjects.len(), counts, holds_until, marks, windows }
    }

    /// The job ids in use, most frequent first: suggestions for a form.
    pub fn jobs(store: Store) -> Vec<String> {
        let runs = store.all();
        let jobs = runs.iter().filter_map(|run| run.job_id.as_ref().map(JobId::as_str));
        tally(jobs).into_iter().map(|(job, _)| job).collect()
    }
}
