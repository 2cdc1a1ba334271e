//! A job, as far as its runs describe it.

use crate::clean::same_id;
use crate::collections::sort::sorted_indices;
use crate::phase::Phase;
use crate::run::{JobId, Run};
use crate::time::Timestamp;
use std::sync::Arc;

/// What the known runs say about their job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobFacts {
    /// The job.
    pub id: JobId,
    /// The number of its runs.
    pub runs: usize,
    /// Its last runs that are over or stopped, the most recently ended first; at most as many as were asked for.
    pub last: Vec<Arc<Run>>,
}

/// How many runs are compared side by side.
const LAST: usize = 5;

/// What the runs say about the job with that id, or else with one that looks the same; `None` if no run belongs to it.
pub fn job_facts(runs: &[Arc<Run>], wanted: &str, now: Timestamp) -> Option<JobFacts> {
    job_facts_with_last(runs, wanted, now, LAST)
}

/// The same with so many of its last runs at most.
pub fn job_facts_with_last(runs: &[Arc<Run>], wanted: &str, now: Timestamp, last: usize) -> Option<JobFacts> {
    let job = |run: &Arc<Run>, is_it: &dyn Fn(&str) -> bool| run.job_id.as_ref().is_some_and(|job| is_it(job.as_str()));
    let exists = runs.iter().any(|run| job(run, &|job| job == wanted));
    let is_its = |run: &&Arc<Run>| job(run, &|job| job == wanted || !exists && same_id(job, wanted));
    let its: Vec<&Arc<Run>> = runs.iter().filter(is_its).collect();
    let id = its.first().and_then(|run| run.job_id.clone())?;
    let over = |run: &&&Arc<Run>| matches!(Phase::of(run, now), Phase::Over | Phase::Stopped);
    let over: Vec<&&Arc<Run>> = its.iter().filter(over).collect();
    let end = |at: usize| over.get(at).and_then(|run| run.end_at);
    let newest = sorted_indices(over.len(), &|a, b| end(b).cmp(&end(a)));
    let last = newest.into_iter().filter_map(|at| over.get(at)).take(last).map(|run| Arc::clone(run)).collect();
    Some(JobFacts { id, runs: its.len(), last })
}

#[cfg(test)]
mod tests;
