//! A parsed query, and the runs that it is applied to.

use crate::config::Config;
use runboard_core::collections::sort::sort_indices;
use runboard_core::phase::Phase;
use runboard_core::query;
use runboard_core::query::{IndexedRun, ParsedQuery, Query, QueryContext, QueryIssue, Sort, TimeField, TimeRange};
use runboard_core::run::Run;
use std::cmp::Ordering;
use std::sync::Arc;

/// A parsed query.
pub(super) struct Filter {
    pub(super) query: Query,
    /// The parts that were not understood.
    pub(super) issues: Vec<QueryIssue>,
    /// The absolute ranges that its times stand for.
    pub(super) time_ranges: Vec<(TimeField, Vec<TimeRange>)>,
}

impl Filter {
    pub(super) fn parse(q: &str, context: QueryContext<'_>) -> Self {
        let ParsedQuery { query, issues, time_ranges } = Query::parse(q, context);
        Self { query, issues, time_ranges: time_ranges.into_iter().map(|(_, field, ranges)| (field, ranges)).collect() }
    }
}

/// All runs of the store, with what filtering and sorting need to know of them. A run's place is its index in the store.
#[derive(Clone, Copy)]
pub(super) struct RunTable<'a> {
    pub(super) runs: &'a [Arc<Run>],
    pub(super) phases: &'a [Phase],
    pub(super) config: &'a Config,
}

impl<'a> RunTable<'a> {
    pub(super) fn at(self, place: usize) -> Option<IndexedRun<'a>> {
        let (run, phase) = (self.runs.get(place)?, *self.phases.get(place)?);
        let job_label = run.job_id.as_ref().and_then(|job| self.config.jobs.get(job.as_str()));
        Some(IndexedRun { run, phase, job_label })
    }

    /// Sorts the places of all runs. Passing the previous order makes it cheaper.
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
