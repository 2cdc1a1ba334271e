//! What runs and lanes are called, and the order of lanes.

use crate::context::UiContext;
use crate::text::{list as list_words, timeline as words};
use runboard_core::timeline::lanes::Grouping;
use runboard_core::timeline::{Timeline, TimelineRun};

/// The name of a run.
pub(super) fn name_of(run: &TimelineRun) -> String {
    run.run.visible_name().unwrap_or(list_words::UNNAMED).to_owned()
}

/// The label of a run's job, or else its id.
pub(super) fn job_of(ui: UiContext, run: &TimelineRun) -> String {
    let label = run.job().map(|job| ui.config.job_label(job).unwrap_or_else(|| job.as_str().to_owned()));
    label.unwrap_or_else(|| words::NO_JOB.to_owned())
}

fn lane_name(ui: UiContext, timeline: &Timeline, grouping: Grouping, lane: usize) -> String {
    let first = timeline.lane(lane).and_then(|lane| lane.places().first()).and_then(|place| timeline.run(*place));
    first.map_or_else(String::new, |run| if grouping == Grouping::ByRun { name_of(run) } else { job_of(ui, run) })
}

/// Lanes of jobs by name, so that one finds them; those of runs as they start.
pub(super) fn sort_lanes(ui: UiContext, timeline: &Timeline, grouping: Grouping, lanes: &mut [usize]) {
    if grouping == Grouping::ByJob {
        lanes.sort_by_cached_key(|lane| lane_name(ui, timeline, grouping, *lane).to_lowercase());
    }
}
