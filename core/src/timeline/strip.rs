//! The strip: a window between the other windows of its job and of all runs, as a small picture.

use super::concurrency::{Concurrency, columns};
use super::marks::{Density, lane_marks, lanes_in_view};
use super::range::Range;
use super::stretch::{Placed, Stretch};
use super::surroundings::{JobRuns, clashes};
use super::{TimelineRun, bands};
use crate::run_state::RunState;
use crate::time::{Span, Timestamp, zone};
use crate::window::Window;
use chrono::Days;

/// The width for which the marks are computed: that of the strip on a wide screen.
const WIDTH: f64 = 640.0;
/// The columns of the picture of all runs.
const COLUMNS: usize = 160;
/// The rows that the runs of a job have room for; what is in further ones is counted.
pub const MAX_ROWS: usize = 3;

/// The times that the strip for a window shows: the window and about as much before and after it as it takes to see what is near,
/// from and to a time at which the clock shows a round time, so that it stands still while the window is moved a little.
pub fn strip_range(window: Window, offset: zone::Offset<'_>) -> Range {
    let length = window.end.since(window.start);
    let most = (Range::LONGEST.millis().saturating_sub(length.millis()) / 2).saturating_sub(DAY).max(0);
    // A window of minutes is still wide enough to be seen, and one of an hour has half a day around it.
    let least = length.millis().saturating_mul(12).clamp(HOUR, 6 * HOUR);
    let around = Span::from_millis((length.millis() / 2 * 3).max(least).min(most));
    let step = if around.millis() < 3 * HOUR {
        HOUR / 2
    } else if around.millis() <= 8 * HOUR {
        3 * HOUR
    } else if around.millis() <= 30 * HOUR {
        6 * HOUR
    } else {
        DAY
    };
    let shift = i64::from(offset(window.start)) * 1000;
    let from = window.start.millis().saturating_sub(around.millis()).saturating_add(shift);
    let to = window.end.millis().saturating_add(around.millis()).saturating_add(shift);
    let from = from.div_euclid(step).saturating_mul(step).saturating_sub(shift);
    let to = to.div_euclid(step).saturating_add(1).saturating_mul(step).saturating_sub(shift);
    let range = Range::new(Timestamp::from_millis(from), Timestamp::from_millis(to));
    if range.to() >= window.end { range } else { Range::new(window.start, window.end) }
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A run of the job.
#[derive(Clone, Debug)]
pub struct StripBar {
    /// The run
    pub run: TimelineRun,
    /// Its state
    pub state: RunState,
    /// Where it stands
    pub placed: Placed,
    /// The row, from the top
    pub row: usize,
    /// Whether the window of the strip would clash with it
    pub clashes: bool,
}

/// A label of the axis.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AxisLabel {
    /// Where it stands, in percent
    pub x: f64,
    /// Its time
    pub at: Timestamp,
    /// Whether there is room for it on a narrow screen, too
    pub on_narrow: bool,
}

/// What the strip shows.
#[derive(Clone, Debug)]
pub struct Strip {
    /// The times from its left edge to its right one
    pub range: Range,
    /// Where the window stands
    pub window: Placed,
    /// The runs of the job, in time order
    pub bars: Vec<StripBar>,
    /// Runs that are too short to be bars; their places in percent
    pub densities: Vec<Density>,
    /// The rows of the bars
    pub rows: usize,
    /// How many runs are in rows that there is no room for
    pub hidden: usize,
    /// How many runs of all are open in each of some columns, from the left
    pub open: Vec<usize>,
    /// Days, at their starts
    pub days: Vec<AxisLabel>,
    /// Times of day
    pub hours: Vec<AxisLabel>,
    /// Where the present stands, if it is in the range
    pub now: Option<f64>,
}

impl Strip {
    /// The picture for a window.
    pub fn new(window: Window, of_job: &JobRuns, all: &Concurrency, now: Timestamp, offset: zone::Offset<'_>) -> Self {
        let range = strip_range(window, offset);
        let nowhere = Placed { x: 0.0, width: 0.0 };
        let mut strip = Self {
            range,
            window: Stretch::from(window).placed(range).unwrap_or(nowhere),
            bars: Vec::new(),
            densities: Vec::new(),
            rows: 1,
            hidden: 0,
            open: columns(&all.steps(range), range, COLUMNS),
            days: day_labels(range, offset),
            hours: hour_labels(range, offset),
            now: range.contains(now).then(|| range.x(now, 100.0)),
        };
        strip.place(of_job, window, now);
        strip
    }

    fn place(&mut self, of_job: &JobRuns, window: Window, now: Timestamp) {
        let timeline = of_job.timeline();
        for lane in lanes_in_view(timeline, self.range) {
            let marks = lane_marks(timeline, lane.lane, self.range, WIDTH, now);
            for bar in marks.bars {
                let Some(run) = timeline.run(bar.place) else { continue };
                let row = lane.top.saturating_add(bar.row);
                if row >= MAX_ROWS {
                    self.hidden = self.hidden.saturating_add(1);
                    continue;
                }
                self.rows = self.rows.max(row.saturating_add(1));
                self.bars.push(StripBar {
                    state: run.state(now),
                    clashes: clashes(run, window),
                    run: run.clone(),
                    placed: Placed { x: percent(bar.x), width: percent(bar.width) },
                    row,
                });
            }
            self.densities.extend(marks.densities.into_iter().map(|mark| Density { x: percent(mark.x), ..mark }));
        }
        self.bars.sort_by_key(|bar| (bar.run.window.start, bar.run.window.end));
    }

    /// The line above the numbers of open runs, as the points of a polygon in a picture of 100 by 100; and the largest number.
    pub fn open_area(&self) -> (String, usize) {
        let most = self.open.iter().copied().max().unwrap_or(0);
        let mut points = String::from("0,100 ");
        let step = 100.0 / self.open.len().max(1) as f64;
        for (column, open) in self.open.iter().enumerate() {
            let y = 100.0 - *open as f64 / most.max(1) as f64 * 100.0;
            let (from, to) = (column as f64 * step, (column + 1) as f64 * step);
            points.push_str(&format!("{from:.2},{y:.1} {to:.2},{y:.1} "));
        }
        points.push_str("100,100");
        (points, most)
    }
}

fn percent(x: f64) -> f64 {
    x / WIDTH * 100.0
}

/// The least space between two labels, in percent, on a wide and on a narrow screen.
const DAY_SPACE: (f64, f64) = (13.0, 36.0);
const HOUR_SPACE: (f64, f64) = (8.0, 19.0);
/// The width of a time of day on a narrow screen, in percent.
const NARROW_CLOCK: f64 = 17.0;

/// The days of a range at their starts, as many as there is room for. The first label stands for a day that has begun before.
fn day_labels(range: Range, offset: zone::Offset<'_>) -> Vec<AxisLabel> {
    let days = (range.length().millis() as f64 / DAY as f64).max(1.0);
    // So many days from one label to the next.
    let step = (days * DAY_SPACE.0 / 100.0).ceil().max(1.0) as u64;
    let mut labels = Vec::new();
    let first = zone::local(range.from(), offset).date();
    let mut next = Some(first);
    while let Some(day) = next {
        let starts = zone::midnight(day, offset);
        let at = starts.max(range.from());
        if at >= range.to() {
            break;
        }
        let x = range.x(at, 100.0);
        // A day of which little is in the range has no room for its label.
        let room =
            range.x(zone::midnight(day.checked_add_days(Days::new(step)).unwrap_or(day), offset), 100.0).min(100.0) - x;
        if room >= DAY_SPACE.0 {
            labels.push(AxisLabel { x, at, on_narrow: false });
        }
        next = day.checked_add_days(Days::new(step));
    }
    choose_narrow(&mut labels);
    labels
}

/// Chooses the days that are labelled on a narrow screen. A day that begins in the range comes before one that has begun earlier.
fn choose_narrow(labels: &mut [AxisLabel]) {
    let fits = |x: f64| x <= 100.0 - DAY_SPACE.1;
    let begins = labels.iter().map(|label| label.x).find(|x| *x > 0.0 && fits(*x));
    let mut next = if begins.is_some_and(|x| x < DAY_SPACE.1 / 2.0) { f64::MIN_POSITIVE } else { 0.0 };
    for label in labels {
        label.on_narrow = label.x >= next && fits(label.x);
        if label.on_narrow {
            next = label.x + DAY_SPACE.1;
        }
    }
}

/// Times of day, where a day is wide enough for them.
fn hour_labels(range: Range, offset: zone::Offset<'_>) -> Vec<AxisLabel> {
    if range.length().millis() > 8 * DAY {
        return Vec::new();
    }
    let ticks = |space: f64| bands::ticks(range, 100.0, space, offset);
    let narrow = ticks(HOUR_SPACE.1);
    let label = |tick: bands::Tick| {
        let x = range.x(tick.at, 100.0);
        let on_narrow = x <= 100.0 - NARROW_CLOCK && narrow.iter().any(|other| other.at == tick.at);
        AxisLabel { x, at: tick.at, on_narrow }
    };
    ticks(HOUR_SPACE.0).into_iter().map(label).filter(|label| label.x > 3.0 && label.x < 95.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::surroundings::open_runs;
    use crate::timeline::tests::{at, run, runs, window};
    use proptest::prelude::*;
    use std::sync::Arc;

    proptest! {
        #[test]
        fn shows_the_window_neither_too_small_nor_alone(
            start in 0_i64..400_000, length in 1_i64..300_000, offset in -12..14_i32
        ) {
            let window = window(start, start + length);
            let range = strip_range(window, &|_| offset * 3600);
            prop_assert!(range.from() <= window.start && range.to() > window.end);
            let share = length as f64 * 60_000.0 / range.length().millis() as f64;
            prop_assert!(share <= 0.95 && (length < 5 || share > 0.02) && (length < 60 || share > 0.05), "{share}");
        }

        #[test]
        fn every_run_of_the_job_in_the_range_is_drawn_or_counted_once(all in runs(60), from in 0_i64..1_500, length in 15_i64..900) {
            let planned = window(from, from + length);
            let of_job = JobRuns::new(&all, "job-1", None);
            let strip = Strip::new(planned, &of_job, &open_runs(&all, None), at(700), &|_| 0);
            let dense: usize = strip.densities.iter().map(|density| density.count).sum();
            prop_assert_eq!(strip.bars.len() + strip.hidden + dense, of_job.timeline().in_range(strip.range).len());
            for bar in &strip.bars {
                prop_assert!(bar.row < strip.rows && bar.placed.x >= 0.0 && bar.placed.x + bar.placed.width < 100.5);
            }
        }

        #[test]
        fn labels_have_the_space_they_need(start in 0_i64..400_000, length in 1_i64..300_000, hours in -12..14_i32) {
            let offset = |_: Timestamp| hours * 3600;
            let range = strip_range(window(start, start + length), &offset);
            for (labels, (wide, narrow)) in [(day_labels(range, &offset), DAY_SPACE), (hour_labels(range, &offset), HOUR_SPACE)] {
                prop_assert!(labels.windows(2).all(|pair| pair[1].x - pair[0].x >= wide - 0.01));
                let on_narrow: Vec<_> = labels.iter().filter(|label| label.on_narrow).collect();
                prop_assert!(on_narrow.windows(2).all(|pair| pair[1].x - pair[0].x >= narrow - 0.01));
            }
        }
    }

    #[test]
    fn stands_still_while_the_window_moves_a_little() {
        let range = |start: i64| strip_range(window(start, start + 480), &|_| 0);
        assert_eq!(range(9 * 60), range(9 * 60 + 45));
        assert_ne!(range(9 * 60), range(21 * 60));
    }

    #[test]
    fn a_day_is_named_on_a_narrow_screen_too() {
        for (start, length) in [(945, 1458), (0, 1440), (9 * 60, 480), (21 * 60, 120), (0, 14 * 1440)] {
            let range = strip_range(window(start, start + length), &|_| 0);
            let labels = day_labels(range, &|_| 0);
            assert!(labels.iter().any(|label| label.on_narrow), "{start} {length}: {labels:?}");
        }
    }

    #[test]
    fn a_window_of_minutes_is_wide_enough_to_be_seen() {
        let range = strip_range(window(600, 603), &|_| 0);
        assert!(range.length() <= Span::from_hours(4), "{:?}", range.length());
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let all: Vec<_> = (0..5).map(|at| Arc::new(run(&format!("run-{at}"), Some("job"), at, 300 + at))).collect();
        let of_job = JobRuns::new(&all, "job", None);
        let strip = Strip::new(window(0, 480), &of_job, &open_runs(&all, None), at(0), &|_| 0);
        assert_eq!((strip.bars.len(), strip.rows, strip.hidden), (3, 3, 2));
        assert!(strip.bars.iter().all(|bar| bar.clashes));
        assert_eq!(strip.open_area().1, 5);
    }

    #[test]
    fn the_range_has_round_hours_of_the_zone() {
        let kathmandu = |_: Timestamp| 20_700;
        let range = strip_range(window(540, 1020), &kathmandu);
        let local = zone::local(range.from(), &kathmandu);
        assert_eq!(local.format("%M").to_string(), "00");
    }
}
