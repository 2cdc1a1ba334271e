//! Windows along a line of time: what a timeline shows, computed without a browser.
//!
//! [`Timeline`] is made once from the listed runs and their windows, and answers questions about a range of time: which lanes have
//! something in it, what to draw, how many windows are open at once, and which windows of one job overlap. The cost of an answer
//! depends on what is in the range, not on what is outside; only [`Timeline::concurrency`] looks at all runs, once for each change.

pub mod bands;
pub mod bar_text;
pub mod concurrency;
pub mod drawing;
pub mod edges;
pub mod free_slots;
pub mod lanes;
pub mod marks;
mod open_part;
pub mod overlaps;
pub mod picture;
pub mod quiet_hours;
pub mod range;
pub mod room;
pub mod run_set;
pub mod shapes;
pub mod snapping;
pub mod stretch;
pub mod strip;
pub mod surroundings;
pub mod window_index;
pub mod zones;

use crate::draft::warning::is_active_status;
use crate::run::{JobId, KnownStatus, Run, Status};
use crate::run_state::{RunState, has_not_started};
use crate::time::Timestamp;
use crate::window::Window;
use concurrency::Concurrency;
use lanes::{Grouping, Lane, Lanes};
use overlaps::{Overlaps, SharedTimes};
use range::Range;
use std::cmp::Ordering;
use std::sync::Arc;
use window_index::WindowIndex;

/// A run that has a window.
#[derive(Clone, Debug)]
pub struct TimelineRun {
    /// The run
    pub run: Arc<Run>,
    /// Its window
    pub window: Window,
    /// The meaning of its status, stored because reading it from each run was most of the time that a large picture took.
    status: Option<KnownStatus>,
}

impl TimelineRun {
    /// `None` if the run has no window: it has no place on a timeline.
    pub fn new(run: &Arc<Run>) -> Option<Self> {
        let status = run.status.as_ref().and_then(Status::known);
        Some(Self { run: Arc::clone(run), window: run.window()?, status })
    }

    fn cmp_by_time(&self, other: &Self) -> Ordering {
        let key = |run: &Self| (run.window.start, run.window.end);
        key(self).cmp(&key(other)).then_with(|| self.run.id.as_str().cmp(other.run.id.as_str()))
    }

    /// Its state at a time
    pub fn state(&self, now: Timestamp) -> RunState {
        RunState::by(self.status, Some(self.window), now)
    }

    /// Whether it may still reach somebody.
    fn is_active(&self) -> bool {
        is_active_status(self.status)
    }

    /// Whether it ended before it was done: it was stopped or failed.
    const fn is_aborted(&self) -> bool {
        matches!(self.status, Some(KnownStatus::Stopped | KnownStatus::Failed))
    }

    /// Its job
    pub fn job(&self) -> Option<&JobId> {
        self.run.job_id.as_ref()
    }
}

/// Runs with windows, ordered and indexed by time. A run is meant by its place in [`Timeline::runs`].
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    runs: Vec<TimelineRun>,
    index: WindowIndex,
    lanes: Lanes,
    /// The windows of runs that may still reach somebody
    active: Concurrency,
    /// Those of the others, until when they may have been open
    ended: Concurrency,
    /// How many runs were left out because they have no window
    without_window: usize,
}

impl Timeline {
    /// The runs that have a window, by start, then end, then id; each in its lane.
    pub fn new<'a>(runs: impl IntoIterator<Item = &'a Arc<Run>>, grouping: Grouping) -> Self {
        let mut without_window = 0;
        let mut runs: Vec<TimelineRun> = runs
            .into_iter()
            .filter_map(|run| {
                let placed = TimelineRun::new(run);
                without_window += usize::from(placed.is_none());
                placed
            })
            .collect();
        runs.sort_by(TimelineRun::cmp_by_time);
        let windows: Vec<Window> = runs.iter().map(|run| run.window).collect();
        let (active, ended): (Vec<&TimelineRun>, Vec<&TimelineRun>) = runs.iter().partition(|run| run.is_active());
        let possibly_open = |runs: Vec<&TimelineRun>| -> Vec<Window> {
            runs.into_iter().filter_map(open_part::possibly_open).collect()
        };
        Self {
            index: WindowIndex::new(&windows),
            lanes: Lanes::new(&runs, grouping),
            active: Concurrency::new(&possibly_open(active)),
            ended: Concurrency::new(&possibly_open(ended)),
            runs,
            without_window,
        }
    }

    /// All runs, by start.
    pub fn runs(&self) -> &[TimelineRun] {
        &self.runs
    }

    /// The run at a place.
    pub fn run(&self, place: usize) -> Option<&TimelineRun> {
        self.runs.get(place)
    }

    /// The place of a run. Places change with every run that comes or goes: what is remembered for longer is the run's id.
    pub fn place_of(&self, run: &Arc<Run>) -> Option<usize> {
        let wanted = TimelineRun::new(run)?;
        self.runs.binary_search_by(|one| one.cmp_by_time(&wanted)).ok()
    }

    /// How many runs have no window and are in no lane.
    pub const fn without_window(&self) -> usize {
        self.without_window
    }

    /// The places of the runs whose windows meet a range, in time order.
    pub fn in_range(&self, range: Range) -> Vec<usize> {
        self.index.meeting(range.from(), range.to())
    }

    /// The places of the runs whose windows are open at a time.
    pub fn open_at(&self, at: Timestamp) -> Vec<usize> {
        self.index.meeting(at, Timestamp::from_millis(at.millis().saturating_add(1)))
    }

    /// The first run that starts after a time, of those that will: stopped ones do not.
    pub fn next_after(&self, at: Timestamp) -> Option<&TimelineRun> {
        let first = self.runs.partition_point(|run| run.window.start <= at);
        self.runs.iter().skip(first).find(|run| has_not_started(&run.run, at))
    }

    /// All lanes.
    pub const fn lanes(&self) -> &Lanes {
        &self.lanes
    }

    /// A lane.
    pub fn lane(&self, lane: usize) -> Option<&Lane> {
        self.lanes.get(lane)
    }

    /// How many windows are open at once, and when. Windows of runs that were stopped, failed or completed are not open from `now` on;
    /// before, those of completed ones were, and those of the others until the run last changed. Takes linear time.
    pub fn concurrency(&self, now: Timestamp) -> Concurrency {
        self.active.merged(self.ended.until(now))
    }

    /// The windows in a range that overlap another one of the same job.
    pub fn overlaps(&self, range: Range, now: Timestamp) -> Overlaps {
        Overlaps::new(self, range, now)
    }

    /// When windows of one job are open together, in a range.
    pub fn shared_times(&self, range: Range, now: Timestamp) -> SharedTimes {
        SharedTimes::new(self, range, now)
    }
}

#[cfg(test)]
pub(crate) mod tests;
