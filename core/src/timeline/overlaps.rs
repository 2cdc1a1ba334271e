//! Windows of one job that overlap: their recipients may be reached twice.

use super::Timeline;
use super::open_part::{is_aborted, open_part};
use super::range::Range;
use crate::run::JobId;
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
    /// Some of them: those in view come first, then the others, each by the start of the shared time
    pub listed: Vec<Overlap>,
    /// How many there are
    pub total: usize,
}

impl Overlaps {
    /// Those whose shared time meets the range. Runs that were stopped or failed send nothing any more and overlap with none, and one
    /// that has completed only until `now`.
    pub(super) fn new(timeline: &Timeline, range: Range, view: Range, now: Timestamp) -> Self {
        let in_view = pairs(timeline, view, now).filter(|pair| meets(pair.shared, range));
        let around = pairs(timeline, range, now).filter(|pair| !meets(pair.shared, view));
        Self { listed: in_view.chain(around).take(MAX_LISTED).collect(), total: count(timeline, range, now) }
    }

    /// What both runs of each overlap share, by the place of the run, so that it can be marked on either.
    pub fn marked(&self) -> impl Iterator<Item = (usize, Timestamp, Timestamp)> + '_ {
        self.listed.iter().flat_map(|Overlap { places: (one, other), shared }| {
            [(*one, shared.start, shared.end), (*other, shared.start, shared.end)]
        })
    }
}

/// The runs of jobs in a range that may overlap, with the open parts of their windows, by start.
fn candidates(timeline: &Timeline, range: Range, now: Timestamp) -> impl Iterator<Item = (usize, &JobId, Window)> {
    timeline.in_range(range).into_iter().filter_map(move |place| {
        let run = timeline.run(place).filter(|run| !is_aborted(&run.run))?;
        Some((place, run.job()?, open_part(run, now).filter(|window| meets(*window, range))?))
    })
}

/// The pairs, found as they are asked for: there may be millions.
fn pairs(timeline: &Timeline, range: Range, now: Timestamp) -> impl Iterator<Item = Overlap> {
    let mut open: FxHashMap<&JobId, Vec<(usize, Window)>> = FxHashMap::default();
    candidates(timeline, range, now).flat_map(move |(place, job, window)| {
        let open = open.entry(job).or_default();
        open.retain(|(_, other)| other.end > window.start);
        let shared = |(other, of_other): &(usize, Window)| {
            let shared = Window::new(window.start, window.end.min(of_other.end))?;
            Some(Overlap { places: (*other, place), shared })
        };
        // More of one run would not be listed.
        let pairs: Vec<Overlap> = open.iter().take(MAX_LISTED).filter_map(shared).collect();
        open.push((place, window));
        pairs
    })
}

/// How many pairs there are. Each window overlaps those that started before it, but for those that have ended by then, so that no pair
/// has to be looked at.
fn count(timeline: &Timeline, range: Range, now: Timestamp) -> usize {
    let mut jobs: FxHashMap<&JobId, (Vec<Timestamp>, Vec<Timestamp>)> = FxHashMap::default();
    for (_, job, window) in candidates(timeline, range, now) {
        let (starts, ends) = jobs.entry(job).or_default();
        // What two windows share before the range does not count.
        starts.push(window.start.max(range.from()));
        ends.push(window.end);
    }
    let of_job = |(starts, mut ends): (Vec<Timestamp>, Vec<Timestamp>)| {
        ends.sort_unstable();
        let open =
            |(started, start): (usize, Timestamp)| started.saturating_sub(ends.partition_point(|end| *end <= start));
        starts.into_iter().enumerate().map(open).fold(0, usize::saturating_add)
    };
    jobs.into_values().map(of_job).fold(0, usize::saturating_add)
}

fn meets(window: Window, range: Range) -> bool {
    window.start < range.to() && window.end > range.from()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Status;
    use crate::timeline::lanes::Grouping;
    use crate::timeline::tests::{at, run, runs};
    use proptest::prelude::*;
    use std::sync::Arc;

    proptest! {
        #[test]
        fn are_those_of_a_naive_search(
            all in runs(40), from in 0_i64..1_500, length in 15_i64..800, (skip, view) in (0_i64..400, 15_i64..400), now in 0_i64..2_400
        ) {
            let range = Range::new(at(from), at(from + length));
            let view = Range::new(at(from + skip.min(length)), at(from + skip.min(length) + view));
            let timeline = Timeline::new(&all, Grouping::ByJob);
            let parts: Vec<_> = timeline.runs().iter().map(|run| open_part(run, at(now)).filter(|_| !is_aborted(&run.run))).collect();
            let mut naive = Vec::new();
            for (other, two) in timeline.runs().iter().enumerate() {
                for (one, first) in timeline.runs().iter().enumerate().take(other) {
                    let (Some(a), Some(b)) = (parts[one], parts[other]) else { continue };
                    let shared = Window::new(a.start.max(b.start), a.end.min(b.end)).filter(|shared| meets(*shared, range));
                    let Some(shared) = shared.filter(|_| first.job().is_some() && first.job() == two.job()) else { continue };
                    naive.push(Overlap { places: (one, other), shared });
                }
            }
            let found = timeline.overlaps(range, view, at(now));
            prop_assert_eq!(found.total, naive.len());
            naive.sort_by_key(|pair| !meets(pair.shared, view));
            naive.truncate(MAX_LISTED);
            let key = |pair: &Overlap| (pair.places, pair.shared.start, pair.shared.end);
            let set = |pairs: &[Overlap]| pairs.iter().map(key).collect::<std::collections::BTreeSet<_>>();
            prop_assert_eq!(set(&found.listed), set(&naive));
        }
    }

    #[test]
    fn runs_without_a_job_and_runs_that_stopped_or_failed_overlap_with_none() {
        let ended = |id: &str, status: &str| {
            let mut run = run(id, Some("j"), 5, 50);
            run.status = Some(Status::new(status));
            run
        };
        let stopped = [ended("c", "stopped"), ended("e", "failed")];
        let [c, e] = stopped;
        let all = [run("a", Some("j"), 0, 20), run("b", None, 0, 20), run("d", None, 0, 20), c, e].map(Arc::new);
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let range = Range::new(at(0), at(100));
        assert_eq!(timeline.overlaps(range, range, at(0)), Overlaps::default());
    }

    #[test]
    fn a_completed_run_overlaps_only_before_now() {
        let mut completed = run("a", Some("j"), 0, 50);
        completed.status = Some(Status::new("completed"));
        let all = [completed, run("b", Some("j"), 20, 80)].map(Arc::new);
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let range = Range::new(at(0), at(100));
        let shared = |now: i64| timeline.overlaps(range, range, at(now)).listed.first().map(|pair| pair.shared);
        assert_eq!(shared(10), None);
        assert_eq!(shared(30), Window::new(at(20), at(30)));
    }

    #[test]
    fn those_in_view_are_listed_though_many_come_before() {
        let pair = |index: i64| {
            let start = index * 20;
            [(0, 15), (5, 10)]
                .map(|(from, to)| Arc::new(run(&format!("r{index:03}-{from}"), Some("j"), start + from, start + to)))
        };
        let all: Vec<_> = (0..100).flat_map(pair).collect();
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let view = Range::new(at(1_900), at(1_940));
        let found = timeline.overlaps(Range::new(at(0), at(2_000)), view, at(0));
        let first: Vec<_> = found.listed.iter().take(3).map(|pair| pair.shared.start).collect();
        assert_eq!(first, [at(1_905), at(1_925), at(5)]);
        assert_eq!((found.listed.len(), found.total), (MAX_LISTED, 100));
    }

    /// A count of each pair would not end.
    #[test]
    fn many_that_are_open_at_once_are_counted_without_looking_at_each_pair() {
        let all: Vec<_> = (0..50_000).map(|index| Arc::new(run(&format!("r{index}"), Some("j"), 0, 100))).collect();
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let range = Range::new(at(0), at(100));
        let found = timeline.overlaps(range, range, at(0));
        assert_eq!((found.listed.len(), found.total), (MAX_LISTED, 50_000 * 49_999 / 2));
    }
}
