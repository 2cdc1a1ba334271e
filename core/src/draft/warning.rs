//! Warnings before a run is created. They never block: the person may well mean it, and the API may accept it.

use super::NewRun;
use crate::collections::sort::sorted_indices;
use crate::query::same_text;
use crate::run::{KnownStatus, Run, RunId, Status};
use crate::time::{Span, Timestamp};
use std::sync::Arc;

/// Something to consider before sending; never an error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Warning {
    /// The start was this long ago, so the run starts at once. The service accepts that (documented sample).
    StartsAtOnce(Span),
    /// The window is longer than `LONG_WINDOW`; with its length.
    LongWindow(Span),
    /// The window ends within `ENDS_SOON`; with the time left.
    EndsSoon(Span),
    /// Other runs of the same job have overlapping windows: their recipients may be reached twice.
    Overlaps(Clashes),
    /// Other runs have the same name: they will be hard to tell apart.
    NameInUse(Clashes),
}

/// The runs that a new one clashes with: the most recently created, at most `MAX_LISTED` of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clashes {
    /// The first of them.
    pub runs: Vec<Clash>,
    /// The total number.
    pub total: usize,
}

/// A run that a new one clashes with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clash {
    /// The run.
    pub id: RunId,
    /// Its name.
    pub name: Arc<str>,
    /// When its window opens.
    pub start_at: Option<Timestamp>,
    /// When its window ends.
    pub end_at: Option<Timestamp>,
}

/// A window longer than this deserves a question: many a "tomorrow" was meant to be "today".
const LONG_WINDOW: Span = Span::from_hours(24);
/// A window that ends sooner than this leaves little time to send anything, or to stop it.
const ENDS_SOON: Span = Span::from_minutes(5);
/// A start is reported as past from here on: one that was "now" a moment ago is intended.
const PAST_START: Span = Span::from_seconds(5);
/// Further clashing runs are only counted.
const MAX_LISTED: usize = 5;

/// All warnings, in the order of the enum; `runs` are all known runs.
pub fn warnings(new_run: &NewRun, now: Timestamp, runs: &mut dyn Iterator<Item = &Run>) -> Vec<Warning> {
    let length = new_run.end_at.since(new_run.start_at);
    let (past, left) = (now.since(new_run.start_at), new_run.end_at.since(now));
    let (mut overlapping, mut namesakes) = (Vec::new(), Vec::new());
    for run in runs {
        if overlaps(new_run, run) {
            overlapping.push(run);
        }
        if same_text(&new_run.name, &run.name) {
            namesakes.push(run);
        }
    }
    [
        (past > PAST_START).then_some(Warning::StartsAtOnce(past)),
        (length > LONG_WINDOW).then_some(Warning::LongWindow(length)),
        (left <= ENDS_SOON).then_some(Warning::EndsSoon(left.max(Span::default()))),
        clashes(&overlapping).map(Warning::Overlaps),
        clashes(&namesakes).map(Warning::NameInUse),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a run of the same job has an overlapping window, in whole seconds (milliseconds may be a fingerprint). One
/// window may start when the other ends. A run that was stopped, failed or completed reaches nobody any more; one
/// without a readable window does not count.
fn overlaps(new_run: &NewRun, run: &Run) -> bool {
    let ended = matches!(
        run.status.as_ref().and_then(Status::known),
        Some(KnownStatus::Stopped | KnownStatus::Failed | KnownStatus::Completed)
    );
    let window = run.start_at.zip(run.end_at).filter(|_| !ended);
    run.job_id.as_ref() == Some(&new_run.job_id)
        && window.is_some_and(|(start, end)| {
            start.second() < new_run.end_at.second() && new_run.start_at.second() < end.second()
        })
}

fn clashes(runs: &[&Run]) -> Option<Clashes> {
    let created = |at: usize| runs.get(at).and_then(|run| run.created_at);
    let newest = sorted_indices(runs.len(), &|a, b| created(b).cmp(&created(a)));
    let named = newest.into_iter().take(MAX_LISTED).filter_map(|at| runs.get(at)).map(|run| Clash {
        id: run.id.clone(),
        name: run.name.clone(),
        start_at: run.start_at,
        end_at: run.end_at,
    });
    (!runs.is_empty()).then(|| Clashes { runs: named.collect(), total: runs.len() })
}

#[cfg(test)]
mod tests;
