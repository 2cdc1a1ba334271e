//! Windows of one job that overlap: their recipients may be reached twice.

use super::Timeline;
use super::range::Range;
use crate::run::{JobId, KnownStatus, Status};
use crate::time::Timestamp;
use crate::window::Window;
use rustc_hash::FxHashMap;

/// How many pairs are listed.
const MAX_LISTED: usize = 50;

/// Two runs of one job, and the time that their windows share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Overlap {
    /// The places of the two runs, the one that starts first first
    pub places: (usize, usize),
    /// What they share
    pub shared: Window,
}

/// The overlaps in a range.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overlaps {
    /// The first of them, by the start of the shared time
    pub listed: Vec<Overlap>,
    /// How many there are
    pub total: usize,
}

impl Overlaps {
    /// Those whose shared time meets the range. A run that was stopped sends nothing any more and overlaps with none.
    pub(super) fn new(timeline: &Timeline, range: Range) -> Self {
        let mut open: FxHashMap<&JobId, Vec<(usize, Window)>> = FxHashMap::default();
        let mut found = Self::default();
        for place in timeline.in_range(range) {
            let Some(run) = timeline.run(place) else { continue };
            let Some(job) = run.job().filter(|_| !is_stopped(run.run.status.as_ref())) else { continue };
            let open = open.entry(job).or_default();
            open.retain(|(_, window)| window.end > run.window.start);
            for (other, window) in open.iter() {
                let shared = Window::new(run.window.start, run.window.end.min(window.end));
                let Some(shared) = shared.filter(|shared| shared.start < range.to() && shared.end > range.from())
                else {
                    continue;
                };
                found.total = found.total.saturating_add(1);
                if found.listed.len() < MAX_LISTED {
                    found.listed.push(Overlap { places: (*other, place), shared });
                }
            }
            open.push((place, run.window));
        }
        found
    }

    /// What both runs of each overlap share, by the place of the run, so that it can be marked on either.
    pub fn marked(&self) -> impl Iterator<Item = (usize, Timestamp, Timestamp)> + '_ {
        self.listed.iter().flat_map(|Overlap { places: (one, other), shared }| {
            [(*one, shared.start, shared.end), (*other, shared.start, shared.end)]
        })
    }
}

fn is_stopped(status: Option<&Status>) -> bool {
    status.and_then(Status::known) == Some(KnownStatus::Stopped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::lanes::Grouping;
    use crate::timeline::tests::{at, run, runs};
    use proptest::prelude::*;
    use std::sync::Arc;

    proptest! {
        #[test]
        fn are_those_of_a_naive_search(all in runs(30), from in 0_i64..1_500, length in 15_i64..800) {
            let range = Range::new(at(from), at(from + length));
            let timeline = Timeline::new(&all, Grouping::ByJob);
            let placed = timeline.runs();
            let mut naive = 0;
            for (i, one) in placed.iter().enumerate() {
                for other in placed.iter().skip(i + 1) {
                    let from = one.window.start.max(other.window.start);
                    let to = one.window.end.min(other.window.end);
                    let stopped = [one, other].iter().any(|run| is_stopped(run.run.status.as_ref()));
                    naive += usize::from(one.job().is_some() && one.job() == other.job() && !stopped && from < to && from < range.to() && to > range.from());
                }
            }
            prop_assert_eq!(timeline.overlaps(range).total, naive);
        }
    }

    #[test]
    fn runs_without_a_job_and_stopped_runs_overlap_with_none() {
        let mut stopped = run("c", Some("j"), 5, 50);
        stopped.status = Some(Status::new("stopped"));
        let all = [run("a", Some("j"), 0, 20), run("b", None, 0, 20), run("d", None, 0, 20), stopped].map(Arc::new);
        let timeline = Timeline::new(&all, Grouping::ByJob);
        assert_eq!(timeline.overlaps(Range::new(at(0), at(100))), Overlaps::default());
    }
}
