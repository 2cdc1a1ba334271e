//! Which part of its window a run counts as open.
//!
//! A run that may still reach somebody ([`is_active`](crate::draft::warning::is_active), as in the form) is open throughout its window. Any other run is not open from
//! now on. Before now, a completed run was open throughout its window. One that was stopped or failed was open until it last changed;
//! if the API does not say when that was, until its window ended.

use super::TimelineRun;
use crate::time::Timestamp;
use crate::window::Window;

/// The part whatever the time is; that of a run that is no longer active ends at the present at the latest.
pub(super) fn possibly_open(run: &TimelineRun) -> Option<Window> {
    let Window { start, end } = run.window;
    let changed = if run.is_aborted() { run.run.updated_at } else { None };
    Window::new(start, changed.map_or(end, |changed| changed.min(end)))
}

/// The part at a time.
pub(super) fn open_part(run: &TimelineRun, now: Timestamp) -> Option<Window> {
    let part = possibly_open(run)?;
    if run.is_active() { Some(part) } else { Window::new(part.start, part.end.min(now)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Status;
    use crate::timeline::Timeline;
    use crate::timeline::lanes::Grouping;
    use crate::timeline::range::Range;
    use crate::timeline::tests::{at, run, runs, window};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn with_status(status: Option<&str>, updated: Option<i64>) -> TimelineRun {
        let mut run = run("r", Some("job"), 10, 50);
        run.status = status.map(Status::new);
        run.updated_at = updated.map(at);
        TimelineRun::new(&Arc::new(run)).unwrap()
    }

    #[test]
    fn ended_runs_are_not_open_from_now_on() {
        let cases = [
            (None, None, Some(window(10, 50))),
            (Some("running"), Some(20), Some(window(10, 50))),
            (Some("completed"), Some(20), Some(window(10, 30))),
            (Some("stopped"), Some(20), Some(window(10, 20))),
            (Some("failed"), Some(20), Some(window(10, 20))),
            (Some("failed"), None, Some(window(10, 30))),
            (Some("stopped"), Some(5), None),
        ];
        for (status, updated, expected) in cases {
            assert_eq!(open_part(&with_status(status, updated), at(30)), expected, "{status:?} {updated:?}");
        }
        assert_eq!(open_part(&with_status(Some("completed"), None), at(10)), None, "before its window");
        assert_eq!(open_part(&with_status(Some("completed"), None), at(90)), Some(window(10, 50)));
    }

    proptest! {
        #[test]
        fn concurrency_counts_the_open_parts(all in runs(40), now in 0_i64..2_400, time in 0_i64..2_400) {
            let timeline = Timeline::new(&all, Grouping::ByJob);
            let parts = timeline.runs().iter().filter_map(|run| open_part(run, at(now)));
            let open = parts.filter(|part| part.start <= at(time) && at(time) < part.end).count();
            let concurrency = timeline.concurrency(at(now));
            prop_assert_eq!(concurrency.at(at(time)), open);
            let range = Range::new(at(time), at(time + 15));
            prop_assert_eq!(concurrency.steps(range).first().copied(), Some((at(time), open)));
        }
    }

    #[test]
    fn as_many_are_open_now_as_are_said_to_run() {
        let statuses = ["running", "stopped", "failed", "completed", "completed", "stopped"];
        let all = statuses.iter().enumerate().map(|(index, status)| {
            let mut run = run(&format!("r{index}"), Some("job"), 0, 100);
            run.status = Some(Status::new(status));
            Arc::new(run)
        });
        let all: Vec<_> = all.collect();
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let ahead = Range::new(at(50), at(100));
        assert_eq!(timeline.concurrency(at(50)).peak(ahead).map(|peak| peak.count), Some(1));
    }
}
