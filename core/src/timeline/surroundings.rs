//! The runs around a window: those of its job, and how many of all are open when.

use super::concurrency::Concurrency;
use super::lanes::Grouping;
use super::{Timeline, TimelineRun};
use crate::clean::same_id;
use crate::draft::warning::is_active;
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};
use crate::window::Window;
use std::sync::Arc;

/// The runs of one job.
#[derive(Clone, Debug, Default)]
pub struct JobRuns {
    timeline: Timeline,
    /// The windows of those that may still reach somebody, in whole seconds, by start
    active: Vec<Window>,
    /// How many runs may still reach somebody at a time that is not known
    active_without_window: usize,
}

/// The run of a job before or after a window, and how long before or after.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// The run
    pub run: TimelineRun,
    /// The time between the two windows
    pub gap: Span,
}

impl JobRuns {
    /// The runs of a job, but for one: the run that the window belongs to, or that it replaces.
    pub fn new(runs: &[Arc<Run>], job: &str, without: Option<&RunId>) -> Self {
        let is_its = |run: &&Arc<Run>| {
            Some(&run.id) != without && run.job_id.as_ref().is_some_and(|id| same_id(id.as_str(), job))
        };
        let timeline = Timeline::new(runs.iter().filter(is_its), Grouping::ByJob);
        let active = timeline.runs().iter().filter(|run| is_active(&run.run)).map(|run| whole_seconds(run.window));
        let has_no_window = |run: &&Arc<Run>| is_active(run) && run.window().is_none();
        let active_without_window = runs.iter().filter(is_its).filter(has_no_window).count();
        Self { active: active.collect(), timeline, active_without_window }
    }

    /// All of them, along the line of time.
    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The windows that a new one must not meet, by start, in whole seconds.
    pub fn active_windows(&self) -> &[Window] {
        &self.active
    }

    /// How many more runs a new window may meet, because theirs is not known.
    pub const fn active_without_window(&self) -> usize {
        self.active_without_window
    }

    /// The runs that another window of the job would clash with, in time order. The rule is that of
    /// [`Warning::Overlaps`](crate::draft::warning::Warning::Overlaps).
    pub fn clashes(&self, window: Window) -> impl Iterator<Item = &TimelineRun> {
        self.timeline.runs().iter().filter(move |run| clashes(run, window))
    }

    /// The last run that ends before the window.
    pub fn before(&self, window: Window) -> Option<Neighbour> {
        let ended = self.not_stopped().filter(|run| run.window.end.second() <= window.start.second());
        let run = ended.max_by_key(|run| run.window.end)?.clone();
        Some(Neighbour { gap: gap(run.window.end, window.start), run })
    }

    /// The first run that starts after the window.
    pub fn after(&self, window: Window) -> Option<Neighbour> {
        let run = self.not_stopped().find(|run| run.window.start.second() >= window.end.second())?.clone();
        Some(Neighbour { gap: gap(window.end, run.window.start), run })
    }

    fn not_stopped(&self) -> impl Iterator<Item = &TimelineRun> {
        use crate::run::{KnownStatus, Status};
        let stopped = |run: &Run| run.status.as_ref().and_then(Status::known) == Some(KnownStatus::Stopped);
        self.timeline.runs().iter().filter(move |run| !stopped(&run.run))
    }
}

/// The time from one moment to another, in whole seconds (milliseconds may be a fingerprint).
const fn gap(from: Timestamp, to: Timestamp) -> Span {
    Span::from_seconds(to.second() - from.second())
}

/// Whether a run of the same job may reach the same recipients in a window.
pub fn clashes(run: &TimelineRun, window: Window) -> bool {
    let (one, other) = (run.window, window);
    is_active(&run.run) && one.start.second() < other.end.second() && other.start.second() < one.end.second()
}

/// How many windows are open when, but for one run's. A run that was stopped, failed or completed is no longer open.
pub fn open_runs(runs: &[Arc<Run>], without: Option<&RunId>) -> Concurrency {
    let counts = |run: &&Arc<Run>| Some(&run.id) != without && is_active(run);
    let windows: Vec<Window> = runs.iter().filter(counts).filter_map(|run| run.window()).map(whole_seconds).collect();
    Concurrency::new(&windows)
}

/// Without milliseconds, which may be a fingerprint.
pub fn whole_seconds(window: Window) -> Window {
    whole(window, 1000)
}

/// The minutes in which a window starts and ends.
pub fn whole_minutes(window: Window) -> Window {
    whole(window, 60_000)
}

fn whole(window: Window, step: i64) -> Window {
    let floor = |at: Timestamp| Timestamp::from_millis(at.millis().saturating_sub(at.millis().rem_euclid(step)));
    Window::new(floor(window.start), floor(window.end)).unwrap_or(window)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::NewRun;
    use crate::draft::warning::{Warning, warnings};
    use crate::run::{JobId, Status};
    use crate::timeline::tests::{at, run, runs, window};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn clashes_are_those_that_the_form_warns_of(all in runs(30), from in 0_i64..1_500, length in 1_i64..400) {
            let planned = window(from, from + length);
            let new_run = NewRun {
                job_id: JobId::new("job-1"), name: "New".to_owned(), start_at: planned.start, end_at: planned.end,
            };
            let warned = warnings(&new_run, at(0), &mut all.iter().map(|run| &**run));
            let warned = warned.iter().find_map(|warning| match warning {
                Warning::Overlaps(clashes) => Some(clashes.total),
                _ => None,
            });
            let of_job = JobRuns::new(&all, "job-1", None);
            prop_assert_eq!(of_job.clashes(planned).count(), warned.unwrap_or(0));
        }
    }

    #[test]
    fn neighbours_are_the_nearest_that_do_not_overlap() {
        let mut stopped = run("stopped", Some("job"), 105, 110);
        stopped.status = Some(Status::new("stopped"));
        let all = [
            run("long-before", Some("job"), 0, 20),
            run("before", Some("job"), 10, 40),
            run("during", Some("job"), 70, 90),
            stopped,
            run("after", Some("job"), 130, 140),
            run("other", Some("other"), 55, 59),
        ]
        .map(Arc::new);
        let of_job = JobRuns::new(&all, "job", None);
        let planned = window(60, 100);
        let told = |neighbour: Option<Neighbour>| neighbour.map(|it| (it.run.run.id.as_str().to_owned(), it.gap));
        assert_eq!(told(of_job.before(planned)), Some(("before".to_owned(), Span::from_minutes(20))));
        assert_eq!(told(of_job.after(planned)), Some(("after".to_owned(), Span::from_minutes(30))));
        assert_eq!(of_job.clashes(planned).map(|run| run.run.id.as_str()).collect::<Vec<_>>(), ["during"]);
        let without = JobRuns::new(&all, "job", Some(&RunId::new("before")));
        assert_eq!(told(without.before(planned)).map(|(id, _)| id), Some("long-before".to_owned()));
    }

    #[test]
    fn gaps_are_whole_seconds_whatever_the_fingerprints_are() {
        let marked = |id: &str, from: i64, to: i64| {
            let mut run = run(id, Some("job"), from, to);
            run.start_at = run.start_at.map(|at| at.plus(Span::from_millis(417)));
            run.end_at = run.end_at.map(|at| at.plus(Span::from_millis(417)));
            Arc::new(run)
        };
        let of_job = JobRuns::new(&[marked("before", 0, 60), marked("after", 120, 130)], "job", None);
        let gaps = |planned: Window| [of_job.before(planned).unwrap().gap, of_job.after(planned).unwrap().gap];
        assert_eq!(gaps(window(60, 120)), [Span::from_minutes(0), Span::from_minutes(0)]);
        assert_eq!(gaps(window(80, 100)), [Span::from_minutes(20), Span::from_minutes(20)]);
    }

    #[test]
    fn active_runs_whose_window_is_not_known_are_counted() {
        let unknown = |id: &str, job: &str, status: &str| {
            let mut run = run(id, Some(job), 0, 10);
            run.end_at = None;
            run.status = Some(Status::new(status));
            Arc::new(run)
        };
        let all = [
            unknown("open", "job", "scheduled"),
            unknown("stopped", "job", "stopped"),
            unknown("other", "other", "scheduled"),
            Arc::new(run("known", Some("job"), 0, 10)),
        ];
        assert_eq!(JobRuns::new(&all, "job", None).active_without_window(), 1);
        assert_eq!(JobRuns::new(&all, "job", Some(&RunId::new("open"))).active_without_window(), 0);
    }
}
