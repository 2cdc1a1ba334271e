//! Warnings before a run is created. They never block: the person may well mean it, and the API may accept it.

use super::NewRun;
use crate::clean::same_id;
use crate::collections::sort::sorted_indices;
use crate::query::same_text;
use crate::run::{KnownStatus, Run, RunId, Status};
use crate::time::{Span, Timestamp};
use crate::window::Window;
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
    /// Other runs of the same job have no window, so nobody knows whether they overlap.
    NotCompared(Clashes),
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

impl Warning {
    /// The runs it is about, if it is about other runs.
    pub const fn clashes(&self) -> Option<&Clashes> {
        match self {
            Self::Overlaps(clashes) | Self::NotCompared(clashes) | Self::NameInUse(clashes) => Some(clashes),
            Self::StartsAtOnce(_) | Self::LongWindow(_) | Self::EndsSoon(_) => None,
        }
    }
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
    let (mut overlapping, mut unknown, mut namesakes) = (Vec::new(), Vec::new(), Vec::new());
    for run in runs {
        if is_active(run) && run.job_id.as_ref().is_some_and(|job| same_id(job.as_str(), new_run.job_id.as_str())) {
            match run.window() {
                Some(window) if overlaps(new_run, window) => overlapping.push(run),
                Some(_) => {}
                None => unknown.push(run),
            }
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
        clashes(&unknown).map(Warning::NotCompared),
        clashes(&namesakes).map(Warning::NameInUse),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a run may still reach somebody: not one that was stopped, failed or completed.
pub fn is_active(run: &Run) -> bool {
    is_active_status(run.status.as_ref().and_then(Status::known))
}

/// As [`is_active`], of a run whose status is known already.
pub(crate) const fn is_active_status(status: Option<KnownStatus>) -> bool {
    !matches!(status, Some(KnownStatus::Stopped | KnownStatus::Failed | KnownStatus::Completed))
}

/// Whether windows overlap, in whole seconds (milliseconds may be a fingerprint). One may start when the other ends.
fn overlaps(new_run: &NewRun, window: Window) -> bool {
    window.start.second() < new_run.end_at.second() && new_run.start_at.second() < window.end.second()
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
