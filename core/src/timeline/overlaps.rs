//! Windows of one job that overlap: their recipients may be reached twice.

use super::open_part::open_part;
use super::range::Range;
use super::{Timeline, TimelineRun};
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
    /// Some of them, by the start of the shared time
    pub listed: Vec<Overlap>,
    /// How many there are
    pub total: usize,
}

impl Overlaps {
    /// Those whose shared time meets the range. Runs that were stopped or failed send nothing any more and overlap with none, and one
    /// that has completed only until `now`.
    pub(super) fn new(timeline: &Timeline, range: Range, now: Timestamp) -> Self {
        let pairs = pairs(timeline, range, now).filter(|pair| meets(pair.shared, range));
        Self { listed: pairs.take(MAX_LISTED).collect(), total: count(timeline, range, now) }
    }
}

/// When at least two windows of one job are open, by job: what any of its runs shares with another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SharedTimes {
    of: FxHashMap<JobId, Vec<Window>>,
    now: Timestamp,
}

impl SharedTimes {
    /// In a range. Takes time that grows with the number of runs in it, not with that of the pairs.
    pub(super) fn new(timeline: &Timeline, range: Range, now: Timestamp) -> Self {
        let mut of: FxHashMap<JobId, Vec<Window>> = FxHashMap::default();
        // The latest end of the windows of each job so far.
        let mut ends: FxHashMap<&JobId, Timestamp> = FxHashMap::default();
        for (_, job, window) in candidates(timeline, range, now) {
            let end = ends.entry(job).or_insert(window.start);
            if let Some(shared) =
                Window::new(window.start, window.end.min(*end)).filter(|shared| shared.start < shared.end)
            {
                let times = of.entry(job.clone()).or_default();
                match times.last_mut().filter(|last| last.end >= shared.start) {
                    Some(last) => last.end = last.end.max(shared.end),
                    None => times.push(shared),
                }
            }
            *end = window.end.max(*end);
        }
        Self { of, now }
    }

    /// The parts of a run's window that it shares with others of its job, in order.
    pub fn of<'a>(&'a self, run: &TimelineRun) -> impl Iterator<Item = Window> + 'a {
        let part = open_part(run, self.now).filter(|_| !run.is_aborted());
        let times = run.job().and_then(|job| self.of.get(job)).map_or(&[][..], Vec::as_slice);
        let first = part.map_or(times.len(), |part| times.partition_point(|time| time.end <= part.start));
        times.iter().skip(first).map_while(move |time| {
            let part = part?;
            Window::new(time.start.max(part.start), time.end.min(part.end)).filter(|shared| shared.start < shared.end)
        })
    }
}

/// The runs of jobs in a range that may overlap, with the open parts of their windows, by start.
fn candidates(timeline: &Timeline, range: Range, now: Timestamp) -> impl Iterator<Item = (usize, &JobId, Window)> {
    timeline.in_range(range).into_iter().filter_map(move |place| {
        let run = timeline.run(place).filter(|run| !run.is_aborted())?;
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
            all in runs(40), from in 0_i64..1_500, length in 15_i64..800, now in 0_i64..2_400
        ) {
            let range = Range::new(at(from), at(from + length));
            let timeline = Timeline::new(&all, Grouping::ByJob);
            let parts: Vec<_> = timeline.runs().iter().map(|run| open_part(run, at(now)).filter(|_| !run.is_aborted())).collect();
            let mut naive = Vec::new();
            for (other, two) in timeline.runs().iter().enumerate() {
                for (one, first) in timeline.runs().iter().enumerate().take(other) {
                    let (Some(a), Some(b)) = (parts[one], parts[other]) else { continue };
                    let shared = Window::new(a.start.max(b.start), a.end.min(b.end)).filter(|shared| meets(*shared, range));
                    let Some(shared) = shared.filter(|_| first.job().is_some() && first.job() == two.job()) else { continue };
                    naive.push(Overlap { places: (one, other), shared });
                }
            }
            let found = timeline.overlaps(range, at(now));
            prop_assert_eq!(found.total, naive.len());
            naive.truncate(MAX_LISTED);
            let key = |pair: &Overlap| (pair.places, pair.shared.start, pair.shared.end);
            let set = |pairs: &[Overlap]| pairs.iter().map(key).collect::<std::collections::BTreeSet<_>>();
            prop_assert_eq!(set(&found.listed), set(&naive));
        }

        /// All times of the test are whole minutes.
        #[test]
        fn shared_times_of_a_run_are_the_minutes_in_which_another_of_its_job_is_open(
            all in runs(40), from in 0_i64..1_500, length in 15_i64..800, now in 0_i64..2_400
        ) {
            let range = Range::new(at(from), at(from + length));
            let timeline = Timeline::new(&all, Grouping::ByJob);
            let shared = timeline.shared_times(range, at(now));
            let open = |run: &TimelineRun, minute: i64| {
                let part = open_part(run, at(now)).filter(|_| !run.is_aborted());
                run.job().is_some() && part.is_some_and(|part| part.start <= at(minute) && at(minute) < part.end)
            };
            for (place, run) in timeline.runs().iter().enumerate() {
                let parts: Vec<Window> = shared.of(run).collect();
                prop_assert!(parts.windows(2).all(|pair| pair[0].end < pair[1].start), "in order, and apart");
                for minute in from..from + length {
                    let naive = open(run, minute)
                        && timeline.runs().iter().enumerate().any(|(other, two)| other != place && two.job() == run.job() && open(two, minute));
                    let found = parts.iter().any(|part| part.start <= at(minute) && at(minute) < part.end);
                    prop_assert_eq!(found, naive, "minute {} of {:?}", minute, run.window);
                }
            }
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
        assert_eq!(timeline.overlaps(range, at(0)), Overlaps::default());
    }

    #[test]
    fn a_completed_run_overlaps_only_before_now() {
        let mut completed = run("a", Some("j"), 0, 50);
        completed.status = Some(Status::new("completed"));
        let all = [completed, run("b", Some("j"), 20, 80)].map(Arc::new);
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let range = Range::new(at(0), at(100));
        let shared = |now: i64| timeline.overlaps(range, at(now)).listed.first().map(|pair| pair.shared);
        assert_eq!(shared(10), None);
        assert_eq!(shared(30), Window::new(at(20), at(30)));
    }

    /// A count of each pair would not end.
    #[test]
    fn many_that_are_open_at_once_are_counted_without_looking_at_each_pair() {
        let all: Vec<_> = (0..50_000).map(|index| Arc::new(run(&format!("r{index}"), Some("j"), 0, 100))).collect();
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let range = Range::new(at(0), at(100));
        let found = timeline.overlaps(range, at(0));
        assert_eq!((found.listed.len(), found.total), (MAX_LISTED, 50_000 * 49_999 / 2));
        let shared = timeline.shared_times(range, at(0));
        assert!(
            timeline.runs().iter().all(|run| shared.of(run).eq([run.window])),
            "each of them is marked, not only those listed"
        );
    }
}
