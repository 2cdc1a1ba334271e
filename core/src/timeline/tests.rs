//! Windows and runs for the tests of the timeline, in minutes from one time.

use super::*;
use crate::run::RunId;
use crate::time::Span;
use proptest::prelude::*;

/// The start of the time that the tests are about.
pub(crate) fn base() -> Timestamp {
    Timestamp::parse("2026-11-25T00:00:00Z").unwrap()
}

/// So many minutes later.
pub(crate) fn at(minutes: i64) -> Timestamp {
    base().plus(Span::from_minutes(minutes))
}

pub(crate) fn window(from: i64, to: i64) -> Window {
    Window::new(at(from), at(to)).unwrap()
}

/// Up to `most` windows, in any order.
pub(crate) fn windows(most: usize) -> impl Strategy<Value = Vec<Window>> {
    prop::collection::vec((0_i64..2_000, 1_i64..400).prop_map(|(from, length)| window(from, from + length)), 0..=most)
}

pub(crate) fn run(id: &str, job: Option<&str>, from: i64, to: i64) -> Run {
    let mut run = Run::new(RunId::new(id));
    run.job_id = job.map(JobId::new);
    run.start_at = Some(at(from));
    run.end_at = Some(at(to));
    run
}

/// Up to `most` runs of a few jobs; of some the window is not known, some have no job.
pub(crate) fn runs(most: usize) -> impl Strategy<Value = Vec<Arc<Run>>> {
    let one = (0_i64..2_000, 0_i64..400, prop::option::weighted(0.9, 0..4_u8), 0..8_usize);
    prop::collection::vec(one, 0..=most).prop_map(|all| {
        let each = all.into_iter().enumerate().map(|(index, (from, length, job, status))| {
            let job = job.map(|job| format!("job-{job}"));
            let mut run = run(&format!("run-{index}"), job.as_deref(), from, from + length);
            let statuses = ["stopped", "failed", "completed", "running"];
            run.status = statuses.get(status).map(|status| crate::run::Status::new(status));
            run.updated_at = (from % 2 == 0).then(|| at(from + length / 2));
            Arc::new(run)
        });
        each.collect()
    })
}

proptest! {
    #[test]
    fn a_run_is_found_at_its_place(all in runs(60)) {
        let timeline = Timeline::new(&all, Grouping::ByJob);
        for run in &all {
            let naive = timeline.runs().iter().position(|placed| placed.run.id == run.id);
            prop_assert_eq!(timeline.place_of(run), naive);
        }
    }
}

proptest! {
    #[test]
    fn open_and_next_runs_are_those_of_a_naive_search(all in runs(60), minute in 0_i64..2_400) {
        let timeline = Timeline::new(&all, Grouping::ByRun);
        let now = at(minute);
        let open: Vec<usize> = (0..timeline.runs().len())
            .filter(|place| timeline.run(*place).is_some_and(|run| run.window.start <= now && now < run.window.end))
            .collect();
        prop_assert_eq!(timeline.open_at(now), open);
        let upcoming = timeline.runs().iter().filter(|run| run.window.start > now && has_not_started(&run.run, now));
        let first = upcoming.map(|run| run.window.start).min();
        prop_assert_eq!(timeline.next_after(now).map(|run| run.window.start), first);
    }
}

#[test]
fn runs_without_a_window_are_counted_and_not_placed() {
    let all = [run("a", None, 0, 10), run("b", None, 10, 10), run("c", None, 5, 2)].map(Arc::new);
    let timeline = Timeline::new(&all, Grouping::ByJob);
    assert_eq!((timeline.runs().len(), timeline.without_window()), (1, 2));
}
