//! What to draw: bars, and density where bars would be too small to see.

use super::Timeline;
use super::range::Range;
use crate::run_state::RunState;
use crate::time::{Span, Timestamp};
use rustc_hash::FxHashMap;

/// A bar below this width is counted in a density mark.
pub const SMALLEST_BAR: f64 = 3.0;
/// The width of a density mark.
pub const DENSITY_WIDTH: f64 = 4.0;

/// A lane in view.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LaneInView {
    /// Which
    pub lane: usize,
    /// The rows that its bars need
    pub rows: usize,
    /// The rows above it
    pub top: usize,
}

/// The lanes that have something in a range, from the top. The cost depends on the runs in the range, not on the number of lanes.
pub fn lanes_in_view(timeline: &Timeline, range: Range) -> Vec<LaneInView> {
    let mut rows: FxHashMap<usize, usize> = FxHashMap::default();
    for (lane, row) in timeline.in_range(range).into_iter().filter_map(|place| timeline.lanes().of(place)) {
        let most = rows.entry(lane).or_default();
        *most = (row + 1).max(*most);
    }
    let mut lanes: Vec<(usize, usize)> = rows.into_iter().collect();
    lanes.sort_unstable();
    let mut top: usize = 0;
    let in_view = lanes.into_iter().map(|(lane, rows)| {
        let in_view = LaneInView { lane, rows, top };
        top = top.saturating_add(rows);
        in_view
    });
    in_view.collect()
}

/// A run's window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bar {
    /// The run's place
    pub place: usize,
    /// The row in its lane
    pub row: usize,
    /// Where it starts, at least 0
    pub x: f64,
    /// How wide it is, within the picture
    pub width: f64,
}

/// Runs whose bars would be too small.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Density {
    /// Where it starts
    pub x: f64,
    /// How many runs
    pub count: usize,
    /// The state that most needs to be seen of theirs
    pub state: RunState,
}

/// The marks of one lane.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LaneMarks {
    /// Bars, in time order
    pub bars: Vec<Bar>,
    /// Density, from the left
    pub densities: Vec<Density>,
}

/// The marks of a lane in a picture of a range. Every run whose window meets the range is one bar or is counted in one density mark.
pub fn lane_marks(timeline: &Timeline, lane: usize, range: Range, width: f64, now: Timestamp) -> LaneMarks {
    let mut marks = LaneMarks::default();
    let Some(lane) = timeline.lane(lane) else { return marks };
    for (place, row) in lane.meeting(range.from(), range.to()) {
        let Some(run) = timeline.run(place) else { continue };
        let (left, right) = (range.x(run.window.start, width), range.x(run.window.end, width));
        let x = left.max(0.0);
        if right - left >= SMALLEST_BAR {
            let width = (right.min(width) - x).max(1.0);
            marks.bars.push(Bar { place, row, x, width });
            continue;
        }
        let state = run.state(now);
        let x = column(x);
        match marks.densities.last_mut().filter(|density| density.x >= x) {
            Some(density) => {
                density.count = density.count.saturating_add(1);
                if prominence(state) > prominence(density.state) {
                    density.state = state;
                }
            }
            None => marks.densities.push(Density { x, count: 1, state }),
        }
    }
    marks
}

/// How many of the runs that a density mark at `x` stands for are in each state, most first.
pub fn density_states(
    timeline: &Timeline,
    lane: usize,
    range: Range,
    width: f64,
    now: Timestamp,
    x: f64,
) -> Vec<(RunState, usize)> {
    let Some(lane) = timeline.lane(lane) else { return Vec::new() };
    // Times are rounded to milliseconds: one more at either end, and then by the same rule as the mark.
    let beside = |x: f64, by: i64| range.time_at(x, width).plus(Span::from_millis(by));
    let meeting = lane.meeting(beside(x, -1).max(range.from()), beside(x + DENSITY_WIDTH, 1).min(range.to()));
    let counted = meeting.filter_map(|(place, _)| timeline.run(place)).filter(|run| {
        let (left, right) = (range.x(run.window.start, width), range.x(run.window.end, width));
        right - left < SMALLEST_BAR && column(left.max(0.0)) == x
    });
    let states: Vec<RunState> = counted.map(|run| run.state(now)).collect();
    let count = |state: RunState| (state, states.iter().filter(|one| **one == state).count());
    let mut counts: Vec<_> = RunState::ALL.into_iter().map(count).filter(|(_, count)| *count > 0).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// Where the density mark of a small bar stands that starts at `x`.
fn column(x: f64) -> f64 {
    (x / DENSITY_WIDTH).floor() * DENSITY_WIDTH
}

/// Which state is shown for several: the one that somebody should see first.
const fn prominence(state: RunState) -> u8 {
    match state {
        RunState::Failed => 7,
        RunState::Running => 6,
        RunState::Open => 5,
        RunState::Scheduled => 4,
        RunState::Unknown => 3,
        RunState::Stopped => 2,
        RunState::Ended => 1,
        RunState::Completed => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::lanes::Grouping;
    use crate::timeline::tests::{at, run, runs};
    use proptest::prelude::*;
    use std::sync::Arc;

    const WIDTH: f64 = 400.0;

    proptest! {
        #[test]
        fn every_run_in_the_range_is_one_bar_or_counted_once(all in runs(60), from in 0_i64..1_500, length in 15_i64..20_000) {
            let range = Range::new(at(from), at(from + length));
            for grouping in [Grouping::ByJob, Grouping::ByRun] {
                let timeline = Timeline::new(&all, grouping);
                let lanes = lanes_in_view(&timeline, range);
                let mut seen = 0;
                for lane in &lanes {
                    let marks = lane_marks(&timeline, lane.lane, range, WIDTH, at(700));
                    seen += marks.bars.len() + marks.densities.iter().map(|density| density.count).sum::<usize>();
                    for bar in &marks.bars {
                        prop_assert!(bar.x >= 0.0 && bar.width > 0.0 && bar.x <= WIDTH && bar.row < lane.rows);
                    }
                    prop_assert!(marks.densities.windows(2).all(|pair| pair[0].x < pair[1].x), "each place has one mark");
                    for density in &marks.densities {
                        let states = density_states(&timeline, lane.lane, range, WIDTH, at(700), density.x);
                        prop_assert_eq!(states.iter().map(|(_, count)| count).sum::<usize>(), density.count);
                        prop_assert!(states.iter().any(|(state, _)| *state == density.state));
                        prop_assert!(states.windows(2).all(|pair| pair[0].1 >= pair[1].1));
                    }
                }
                prop_assert_eq!(seen, timeline.in_range(range).len());
            }
        }

        #[test]
        fn lanes_in_view_are_those_of_a_search_through_all_lanes(all in runs(60), from in 0_i64..1_500, length in 15_i64..2_000) {
            let range = Range::new(at(from), at(from + length));
            for grouping in [Grouping::ByJob, Grouping::ByRun] {
                let timeline = Timeline::new(&all, grouping);
                let naive: Vec<(usize, usize)> = timeline
                    .lanes()
                    .iter()
                    .enumerate()
                    .filter_map(|(lane, runs)| Some((lane, runs.meeting(range.from(), range.to()).map(|(_, row)| row + 1).max()?)))
                    .collect();
                let found = lanes_in_view(&timeline, range);
                prop_assert_eq!(found.iter().map(|lane| (lane.lane, lane.rows)).collect::<Vec<_>>(), naive);
                prop_assert!(found.windows(2).all(|pair| pair[1].top == pair[0].top + pair[0].rows));
            }
        }

        #[test]
        fn bars_of_a_row_do_not_overlap(all in runs(60), from in 0_i64..1_500, length in 15_i64..3_000) {
            let range = Range::new(at(from), at(from + length));
            let timeline = Timeline::new(&all, Grouping::ByJob);
            for lane in lanes_in_view(&timeline, range) {
                let bars = lane_marks(&timeline, lane.lane, range, WIDTH, at(700)).bars;
                for (i, one) in bars.iter().enumerate() {
                    for other in bars.iter().skip(i + 1).filter(|other| other.row == one.row) {
                        prop_assert!(one.x + one.width <= other.x + 1.001 || other.x + other.width <= one.x + 1.001);
                    }
                }
            }
        }
    }

    #[test]
    fn lanes_stand_below_each_other_and_grow_where_windows_overlap() {
        let all =
            [run("a", Some("one"), 0, 100), run("b", Some("two"), 10, 90), run("c", Some("two"), 20, 80)].map(Arc::new);
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let lanes = lanes_in_view(&timeline, Range::new(at(0), at(100)));
        assert_eq!(lanes, [LaneInView { lane: 0, rows: 1, top: 0 }, LaneInView { lane: 1, rows: 2, top: 1 }]);
        assert_eq!(
            lanes_in_view(&timeline, Range::new(at(81), at(99))).iter().map(|lane| lane.rows).collect::<Vec<_>>(),
            [1, 1]
        );
    }

    #[test]
    fn a_failure_is_seen_among_many_that_completed() {
        use crate::run::Status;
        let with_status = |id: &str, word: &str| {
            let mut run = run(id, Some("job"), 100, 101);
            run.status = Some(Status::new(word));
            Arc::new(run)
        };
        let all = [with_status("a", "completed"), with_status("b", "failed"), with_status("c", "completed")];
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let marks = lane_marks(&timeline, 0, Range::new(at(0), at(100_000)), WIDTH, at(50_000));
        assert_eq!(
            marks.densities.iter().map(|density| (density.count, density.state)).collect::<Vec<_>>(),
            [(3, RunState::Failed)]
        );
    }
}
