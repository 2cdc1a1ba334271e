//! Which runs are listed, and in which order.

use super::super::Ui;
use crate::gates;
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
    pub ids: Vec<RunId>,
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
    /// What understands the query is still on its way: nothing is listed.
    pub waits: bool,
}

/// What a query asks for.
pub struct Filter {
    /// Whether a run has it.
    pub matches: Box<dyn Fn(Subject<'_>) -> bool>,
    /// Whether that depends on the time of day.
    pub follows_time: bool,
    /// What of the query was not understood.
    pub marks: Vec<Mark>,
    /// What its times stand for.
    pub windows: Vec<(TimeKey, Vec<Window>)>,
}

impl Filter {
    /// Understands a query.
    pub(crate) fn read(q: &str, context: Context<'_>) -> Self {
        let Reading { query, marks, windows } = Query::read(q, context);
        Self {
            follows_time: query.follows_time(),
            matches: Box::new(move |subject| query.matches(subject)),
            marks,
            windows: windows.into_iter().map(|(_, key, windows)| (key, windows)).collect(),
        }
    }
}

/// How often what depends on the time of day is looked at again.
const RELATIVE: Span = Span::from_seconds(20);

impl Listing {
    /// Filters and sorts all runs. Tracks the store, and where what understands queries is.
    pub fn of(store: Store, ui: Ui, q: &str, sort: Sort, now: Timestamp, offset: Offset<'_>) -> Self {
        let runs = store.all();
        let labels = ui.config.get();
        let asks = !q.trim().is_empty();
        let filter = (asks && ui.rest.here()).then(|| gates::filter(q, Context { now, offset }));
        let by_text = !sort.key.is_time();
        let waits = (asks || by_text) && !ui.rest.here();
        if waits {
            ui.rest.want();
        }
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
            .chain(filter.as_ref().filter(|filter| filter.follows_time).map(|_| now.plus(RELATIVE)))
            .min();
        let listed: Vec<Subject<'_>> = subjects
            .iter()
            .map(|(run, phase)| Subject { run, phase: *phase, job_label: label(run) })
            .filter(|subject| !waits && filter.as_ref().is_none_or(|filter| (filter.matches)(*subject)))
            .collect();
        let compare = |a: usize, b: usize| match (listed.get(a), listed.get(b)) {
            (Some(a), Some(b)) if by_text => gates::compare(sort, *a, *b),
            (Some(a), Some(b)) => sort.compare_times(a.run, b.run),
            _ => Ordering::Equal,
        };
        let ids = order(listed.len(), &compare)
            .into_iter()
            .filter_map(|at| listed.get(at))
            .map(|subject| subject.run.id.clone())
            .collect();
        let (marks, windows) = filter.map_or_else(Default::default, |filter| (filter.marks, filter.windows));
        Self { ids, total: subjects.len(), counts, holds_until, marks, windows, waits }
    }

    /// The job ids in use, most frequent first: suggestions for a form.
    pub fn jobs(store: Store) -> Vec<String> {
        Self::jobs_counted(store).into_iter().map(|(job, _)| job).collect()
    }

    /// The job ids in use with how many runs each has, most frequent first.
    pub fn jobs_counted(store: Store) -> Vec<(String, usize)> {
        let runs = store.all();
        tally(runs.iter().filter_map(|run| run.job_id.as_ref().map(JobId::as_str)))
    }
}
