//! A query that was read, and the runs it looks at.

use crate::config::Config;
use runboard_core::collections::sort::sort_indices;
use runboard_core::phase::Phase;
use runboard_core::query;
use runboard_core::query::{IndexedRun, ParsedQuery, Query, QueryContext, QueryIssue, Sort, TimeField, TimeRange};
use runboard_core::run::Run;
use std::cmp::Ordering;
use std::sync::Arc;

/// A query that was read.
pub(super) struct Filter {
    /// The query.
    pub(super) query: Query,
    /// The parts that were not understood.
    pub(super) marks: Vec<QueryIssue>,
    /// What its times stand for.
    pub(super) windows: Vec<(TimeField, Vec<TimeRange>)>,
}

impl Filter {
    /// Reads a query.
    pub(super) fn read(q: &str, context: QueryContext<'_>) -> Self {
        let ParsedQuery { query, issues: marks, time_ranges: windows } = Query::parse(q, context);
        Self { query, marks, windows: windows.into_iter().map(|(_, key, windows)| (key, windows)).collect() }
    }
}

/// All runs, with what a query or an order asks of them.
#[derive(Clone, Copy)]
pub(super) struct Runs<'a> {
    pub(super) runs: &'a [Arc<Run>],
    pub(super) phases: &'a [Phase],
    pub(super) config: &'a Config,
}

impl<'a> Runs<'a> {
    /// The run at a place of the store.
    pub(super) fn at(self, place: usize) -> Option<IndexedRun<'a>> {
        let (run, phase) = (self.runs.get(place)?, *self.phases.get(place)?);
        let job_label = run.job_id.as_ref().and_then(|job| self.config.jobs.get(job.as_str()));
        Some(IndexedRun { run, phase, job_label })
    }

    /// Sorts the places of all runs; the order they are in already makes it cheaper.
    pub(super) fn sort(self, sort: Sort, places: &mut Vec<usize>) {
        if places.len() > self.runs.len() {
            places.clear();
        }
        places.extend(places.len()..self.runs.len());
        if !sort.key.is_time() {
            let mut subjects = (0..self.runs.len()).filter_map(|place| self.at(place));
            return query::sort_all(sort, &mut subjects, places);
        }
        let ranks: Vec<u64> = self.runs.iter().map(|run| sort.rank_times(run)).collect();
        sort_indices(places, &|a, b| match ranks.get(a).cmp(&ranks.get(b)) {
            Ordering::Equal => match (self.runs.get(a), self.runs.get(b)) {
                (Some(a), Some(b)) => sort.compare_times(a, b),
                _ => Ordering::Equal,
            },
            other => other,
        });
    }
}
