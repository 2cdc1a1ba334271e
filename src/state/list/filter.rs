//! The runs that a query is applied to.

use crate::browser::text::normalize;
use crate::config::Config;
use runboard_core::collections::sort::sort_indices;
use runboard_core::phase::Phase;
use runboard_core::query;
use runboard_core::query::{FoldedTexts, IndexedRun, Sort};
use runboard_core::run::Run;
use runboard_core::time::Timestamp;
use std::cmp::Ordering;
use std::sync::Arc;

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
    pub(super) fn sort(self, sort: Sort, now: Timestamp, texts: &mut FoldedTexts, places: &mut Vec<usize>) {
        if places.len() > self.runs.len() {
            places.clear();
        }
        places.extend(places.len()..self.runs.len());
        if !sort.key.is_ranked() {
            let subjects: Vec<_> = (0..self.runs.len()).filter_map(|place| self.at(place)).collect();
            return query::sort_all(sort, &subjects, now, texts, &normalize, places);
        }
        let ranks: Vec<u64> = self.runs.iter().map(|run| sort.rank(run, now)).collect();
        sort_indices(places, &|a, b| match ranks.get(a).cmp(&ranks.get(b)) {
            Ordering::Equal => match (self.runs.get(a), self.runs.get(b)) {
                (Some(a), Some(b)) => sort.compare_times(a, b),
                _ => Ordering::Equal,
            },
            other => other,
        });
    }
}
