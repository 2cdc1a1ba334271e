//! What is too small to be a link of its own, as one SVG path for each state.

use super::Timeline;
use super::marks::{Bar, DENSITY_WIDTH};
use super::picture::{Picture, PictureLane};
use crate::run_state::RunState;
use crate::time::Timestamp;

/// Paths are in whole tenths of a pixel, which are shorter to write and to read than decimals: scale them down by this.
pub const PER_PIXEL: f64 = 10.0;
/// Bars of one row and state that are not further apart than this are one shape, if they are narrow: nobody could tell them apart.
const GAP: f64 = 1.0;
/// See [`GAP`].
const NARROW: f64 = 8.0;

/// A rectangle that may still grow to the right.
#[derive(Clone, Copy, Debug)]
struct Growing {
    state: RunState,
    left: f64,
    right: f64,
}

/// The paths, with the bars of each lane that are no links and its density marks. Only states that something is drawn of.
pub fn shapes(picture: &Picture, timeline: &Timeline, now: Timestamp) -> Vec<(RunState, String)> {
    let mut paths = Paths::default();
    for lane in &picture.lanes {
        let mut rows: Vec<Option<Growing>> = vec![None; lane.rows];
        for bar in lane.bars.iter().filter(|bar| !picture.is_link(bar)) {
            let (Some(run), Some(row)) = (timeline.run(bar.place), rows.get_mut(bar.row)) else { continue };
            let (state, right) = (run.state(now), bar.x + bar.width);
            match row {
                Some(before) if before.state == state && bar.width < NARROW && bar.x - before.right <= GAP => {
                    before.right = before.right.max(right);
                }
                _ => {
                    if let Some(done) = row.replace(Growing { state, left: bar.x, right }) {
                        paths.add_bar(lane, bar.row, done);
                    }
                }
            }
        }
        for (row, last) in rows.into_iter().enumerate() {
            if let Some(last) = last {
                paths.add_bar(lane, row, last);
            }
        }
        for density in &lane.densities {
            let (top, height) = lane.place_density(density);
            paths.add(density.state, density.x, top, DENSITY_WIDTH - 1.0, height);
        }
    }
    paths.0
}

#[derive(Default)]
struct Paths(Vec<(RunState, String)>);

impl Paths {
    fn add_bar(&mut self, lane: &PictureLane, row: usize, Growing { state, left, right }: Growing) {
        let (top, height) = lane.place(&Bar { place: 0, row, x: left, width: right - left });
        self.add(state, left, top, right - left, height);
    }

    fn add(&mut self, state: RunState, x: f64, y: f64, width: f64, height: f64) {
        let path = match self.0.iter_mut().position(|(of, _)| *of == state) {
            Some(at) => self.0.get_mut(at).map(|(_, path)| path),
            None => {
                self.0.push((state, String::new()));
                self.0.last_mut().map(|(_, path)| path)
            }
        };
        if let Some(path) = path {
            let tenths = |pixels: f64| (pixels * PER_PIXEL).round() as i64;
            let (width, height) = (tenths(width).max(1), tenths(height).max(1));
            let parts = [('M', tenths(x)), (' ', tenths(y)), ('h', width), ('v', height), ('h', -width)];
            // Formatting is most of the time that a hundred thousand bars take.
            let mut digits = itoa::Buffer::new();
            for (command, number) in parts {
                path.push(command);
                path.push_str(digits.format(number));
            }
            path.push('z');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::lanes::Grouping;
    use crate::timeline::picture::Layout;
    use crate::timeline::range::Range;
    use crate::timeline::tests::{at, runs};
    use proptest::prelude::*;

    /// The rectangles of a path, in pixels: left, top, right and bottom.
    fn rectangles(path: &str) -> Vec<(f64, f64, f64, f64)> {
        let number = |text: &str| text.parse::<f64>().unwrap() / PER_PIXEL;
        let of = |part: &str| {
            let (start, rest) = part.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let (width, rest) = rest.split_once('v').unwrap();
            let (height, _) = rest.split_once('h').unwrap();
            (number(x), number(y), number(x) + number(width), number(y) + number(height))
        };
        path.split('M').skip(1).map(of).collect()
    }

    proptest! {
        #[test]
        fn each_bar_and_density_mark_is_covered_in_its_state_and_nothing_else_is(all in runs(80), from in 0_i64..1_500, length in 15_i64..20_000) {
            let range = Range::new(at(from), at(from + length));
            let timeline = Timeline::new(&all, Grouping::ByJob);
            let layout = Layout { width: 300.0, label: 0.0, now: at(700) };
            let picture = Picture::new(&timeline, range, layout, &|_| {});
            let paths = shapes(&picture, &timeline, at(700));
            let mut wanted: Vec<(RunState, f64, f64, f64, f64)> = Vec::new();
            for lane in &picture.lanes {
                for bar in lane.bars.iter().filter(|bar| !picture.is_link(bar)) {
                    let (top, height) = lane.place(bar);
                    wanted.push((RunState::of(&timeline.runs()[bar.place].run, at(700)), bar.x, top, bar.x + bar.width, top + height));
                }
                for density in &lane.densities {
                    let (top, height) = lane.place_density(density);
                    wanted.push((density.state, density.x, top, density.x + DENSITY_WIDTH - 1.0, top + height));
                }
            }
            let drawn: Vec<_> = paths.iter().flat_map(|(state, path)| rectangles(path).into_iter().map(|one| (*state, one))).collect();
            let near = |one: f64, other: f64| (one - other).abs() < 0.11;
            for (state, left, top, right, bottom) in &wanted {
                let covers = |(of, (x, y, to, down)): &&(RunState, (f64, f64, f64, f64))| {
                    of == state && near(*y, *top) && near(*down, *bottom) && *x < left + 0.11 && *to > right - 0.11
                };
                prop_assert_eq!(drawn.iter().filter(covers).count(), 1);
            }
            for (state, (x, y, to, _)) in &drawn {
                let within: Vec<_> = wanted.iter().filter(|(of, left, top, right, _)| of == state && near(*top, *y) && *left > x - 0.11 && *right < to + 0.11).collect();
                let width: f64 = within.iter().map(|(_, left, _, right, _)| right - left).sum();
                prop_assert!(!within.is_empty() && to - x <= width + GAP * within.len() as f64 + 0.3, "only gaps that nobody sees are closed");
            }
        }
    }
}
