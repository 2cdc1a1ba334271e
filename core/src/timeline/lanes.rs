//! Lanes: one for each job, or one for each run. Where windows of a lane overlap, they stand in rows.

use super::TimelineRun;
use super::window_index::WindowIndex;
use crate::run::JobId;
use crate::time::Timestamp;
use crate::window::Window;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What shares a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Grouping {
    /// The runs of one job
    #[default]
    ByJob,
    /// Nothing: each run has its own
    ByRun,
}

/// Runs that share a lane.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The places of its runs, by start
    places: Vec<usize>,
    /// The row of each, counted from the top
    rows: Vec<usize>,
    index: WindowIndex,
}

impl Lane {
    fn new(runs: &[TimelineRun], places: Vec<usize>) -> Self {
        let windows: Vec<Window> = places.iter().filter_map(|place| runs.get(*place)).map(|run| run.window).collect();
        Self { rows: first_free_rows(&windows), index: WindowIndex::new(&windows), places }
    }

    /// The places of its runs with their rows, of those whose windows meet a time range, in time order.
    pub fn meeting(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = (usize, usize)> + '_ {
        let found = self.index.meeting(from, to).into_iter();
        found.filter_map(|at| Some((*self.places.get(at)?, *self.rows.get(at)?)))
    }

    /// Whether any of its windows meets a time range.
    pub fn any(&self, from: Timestamp, to: Timestamp) -> bool {
        self.index.any(from, to)
    }

    /// The places of all its runs, by start.
    pub fn places(&self) -> &[usize] {
        &self.places
    }
}

/// All lanes, in the order of their first runs.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    lanes: Vec<Lane>,
    /// The lane and the row of each run, by its place
    of: Vec<(usize, usize)>,
}

impl Lanes {
    /// The lanes of runs that are ordered by start.
    pub fn new(runs: &[TimelineRun], grouping: Grouping) -> Self {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut by_job: FxHashMap<Option<&JobId>, usize> = FxHashMap::default();
        for (place, run) in runs.iter().enumerate() {
            let group = match grouping {
                Grouping::ByRun => groups.len(),
                Grouping::ByJob => *by_job.entry(run.job()).or_insert(groups.len()),
            };
            match groups.get_mut(group) {
                Some(places) => places.push(place),
                None => groups.push(vec![place]),
            }
        }
        let lanes: Vec<Lane> = groups.into_iter().map(|places| Lane::new(runs, places)).collect();
        let mut of = vec![(0, 0); runs.len()];
        for (lane, of_lane) in lanes.iter().enumerate() {
            for (place, row) in of_lane.places.iter().zip(&of_lane.rows) {
                if let Some(entry) = of.get_mut(*place) {
                    *entry = (lane, *row);
                }
            }
        }
        Self { lanes, of }
    }

    /// The lane of a run and its row there.
    pub fn of(&self, place: usize) -> Option<(usize, usize)> {
        self.of.get(place).copied()
    }

    /// A lane.
    pub fn get(&self, lane: usize) -> Option<&Lane> {
        self.lanes.get(lane)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Lane> {
        self.lanes.iter()
    }
}

/// The first row for each window in which no other one is still open. They depend on all windows, not on those in view, so that
/// nothing changes its row while somebody moves along the timeline.
fn first_free_rows(windows: &[Window]) -> Vec<usize> {
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut open: BinaryHeap<Reverse<(Timestamp, usize)>> = BinaryHeap::new();
    let mut rows = 0;
    windows
        .iter()
        .map(|window| {
            while let Some(Reverse((_, row))) = open.peek().copied().filter(|Reverse((end, _))| *end <= window.start) {
                open.pop();
                free.push(Reverse(row));
            }
            let row = free.pop().map_or(rows, |Reverse(row)| row);
            rows = rows.max(row + 1);
            open.push(Reverse((window.end, row)));
            row
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::{at, runs, window, windows};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn windows_in_one_row_never_overlap_and_no_row_is_wasted(mut all in windows(50)) {
            all.sort_by_key(|window| (window.start, window.end));
            let rows = first_free_rows(&all);
            for (i, one) in all.iter().enumerate() {
                for (j, other) in all.iter().enumerate().skip(i + 1) {
                    prop_assert!(rows[i] != rows[j] || one.end <= other.start || other.end <= one.start);
                }
                let open = all.iter().take(i + 1).filter(|other| other.end > one.start).count();
                prop_assert!(rows[i] < open, "a lower row was free");
            }
        }

        #[test]
        fn every_run_is_in_one_lane(all in runs(40)) {
            let placed = super::super::Timeline::new(&all, Grouping::ByJob);
            let mut places: Vec<usize> = placed.lanes().iter().flat_map(|lane| lane.places().to_vec()).collect();
            places.sort_unstable();
            prop_assert_eq!(places, (0..placed.runs().len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_window_that_starts_as_another_ends_shares_its_row() {
        assert_eq!(first_free_rows(&[window(0, 10), window(10, 20), window(15, 30), window(20, 25)]), [0, 0, 1, 0]);
    }

    #[test]
    fn a_lane_finds_its_runs_in_a_range() {
        let windows = [window(0, 10), window(5, 20), window(30, 40)];
        let lane = Lane { places: vec![3, 5, 9], rows: first_free_rows(&windows), index: WindowIndex::new(&windows) };
        assert_eq!(lane.meeting(at(8), at(31)).collect::<Vec<_>>(), [(3, 0), (5, 1), (9, 0)]);
        assert!(!lane.any(at(20), at(30)));
    }
}
