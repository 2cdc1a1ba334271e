//! What is drawn of a range, lane below lane: where each bar and density mark stands, in pixels.

use super::Timeline;
use super::marks::{Bar, DENSITY_WIDTH, Density, lane_marks, lanes_in_view};
use super::range::Range;
use crate::time::Timestamp;

/// The height of a row in which a name can be read.
pub const ROW: f64 = 28.0;
/// A lane with more rows is not taller than this many readable ones: its rows get thinner.
pub const MAX_READABLE_ROWS: usize = 6;
/// The least height of a row.
pub const THINNEST_ROW: f64 = 2.0;
/// The space above and below the rows of a lane.
pub const LANE_PADDING: f64 = 5.0;
/// The height of the density marks of a lane, below its rows.
pub const DENSITY_HEIGHT: f64 = 18.0;
/// So many bars can be links of their own; of more, the narrowest are only drawn, and of equally wide ones the later.
pub const MAX_LINKS: usize = 400;

/// How to draw.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Layout {
    /// How wide the picture is
    pub width: f64,
    /// The height that a lane's label takes up above its rows
    pub label: f64,
    /// The present, for the states
    pub now: Timestamp,
}

/// A lane of the picture.
#[derive(Clone, PartialEq, Debug)]
pub struct PictureLane {
    /// Which
    pub lane: usize,
    /// Where it starts
    pub top: f64,
    /// How tall it is
    pub height: f64,
    /// Where its first row starts
    pub rows_top: f64,
    /// How many rows it has
    pub rows: usize,
    /// The height of a row
    pub row: f64,
    /// Where the density marks start, below the rows
    pub density_top: f64,
    /// Its bars, in time order
    pub bars: Vec<Bar>,
    /// Its density, from the left
    pub densities: Vec<Density>,
    /// The most runs that one of its density marks stands for
    most: usize,
}

impl PictureLane {
    /// Where a bar stands: its top and its height.
    pub fn place(&self, bar: &Bar) -> (f64, f64) {
        let gap = (self.row / 7.0).min(4.0);
        (self.rows_top + bar.row as f64 * self.row, (self.row - gap).max(1.0))
    }

    /// Where a density mark stands: its top and its height. The more runs, the taller.
    pub fn place_density(&self, density: &Density) -> (f64, f64) {
        let height = (density.count as f64 / self.most as f64 * DENSITY_HEIGHT).max(4.0);
        (self.density_top + DENSITY_HEIGHT - height, height)
    }

    /// Whether its rows are high enough for links.
    pub fn has_links(&self) -> bool {
        self.row >= SHORTEST_LINK
    }

    /// How much of a row is free after each bar: until the next one there, or the end of a picture of this width.
    pub fn spaces_after(&self, width: f64) -> Vec<f64> {
        let mut next = vec![width; self.rows];
        let mut spaces: Vec<f64> = Vec::with_capacity(self.bars.len());
        for bar in self.bars.iter().rev() {
            let end = bar.x + bar.width;
            let limit = next.get(bar.row).copied().unwrap_or(width);
            spaces.push((limit - end).max(0.0));
            if let Some(next) = next.get_mut(bar.row) {
                *next = bar.x;
            }
        }
        spaces.reverse();
        spaces
    }

    /// The bar at a point.
    pub fn bar_at(&self, x: f64, y: f64) -> Option<&Bar> {
        let row = ((y - self.rows_top) / self.row).floor();
        self.bars.iter().find(|bar| bar.row as f64 == row && bar.x - 1.0 <= x && x <= bar.x + bar.width + 1.0)
    }

    /// The density mark at a point.
    pub fn density_at(&self, x: f64, y: f64) -> Option<&Density> {
        let is_there = self.density_top <= y && y <= self.density_top + DENSITY_HEIGHT;
        self.densities.iter().find(|density| is_there && density.x <= x && x < density.x + DENSITY_WIDTH)
    }
}

/// Everything that is drawn of a range.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    /// From the top
    pub lanes: Vec<PictureLane>,
    /// How tall all of them are
    pub height: f64,
    /// The places of the bars that are links of their own, in order
    links: Vec<usize>,
}

impl Picture {
    /// Lays out a range. `order` sorts the lanes.
    pub fn new(timeline: &Timeline, range: Range, layout: Layout, order: &dyn Fn(&mut Vec<usize>)) -> Self {
        let mut lanes: Vec<usize> = lanes_in_view(timeline, range).iter().map(|lane| lane.lane).collect();
        order(&mut lanes);
        let mut picture = Self::default();
        for lane in lanes {
            let mut marks = lane_marks(timeline, lane, range, layout.width, layout.now);
            close_rows(&mut marks.bars);
            let rows = marks.bars.iter().map(|bar| bar.row.saturating_add(1)).max().unwrap_or(0);
            let row = if rows <= MAX_READABLE_ROWS {
                ROW
            } else {
                (ROW * MAX_READABLE_ROWS as f64 / rows as f64).max(THINNEST_ROW)
            };
            let density = if marks.densities.is_empty() { 0.0 } else { DENSITY_HEIGHT };
            let below_label = (rows as f64 * row + density).max(ROW);
            let rows_top = picture.height + layout.label + LANE_PADDING;
            let height = layout.label + 2.0 * LANE_PADDING + below_label;
            picture.lanes.push(PictureLane {
                lane,
                top: picture.height,
                height,
                rows_top,
                rows,
                row,
                density_top: rows_top + below_label - density,
                most: marks.densities.iter().map(|density| density.count).max().unwrap_or(1),
                bars: marks.bars,
                densities: marks.densities,
            });
            picture.height += height;
        }
        picture.links = links(&picture.lanes);
        picture
    }

    /// Whether a bar is a link of its own.
    pub fn is_link(&self, bar: &Bar) -> bool {
        self.links.binary_search(&bar.place).is_ok()
    }

    /// The lane at a height.
    pub fn lane_at(&self, y: f64) -> Option<&PictureLane> {
        let below = self.lanes.partition_point(|lane| lane.top <= y);
        self.lanes.get(below.checked_sub(1)?).filter(|lane| y < lane.top + lane.height)
    }

    /// A run's bar, with its lane.
    pub fn bar_of(&self, place: usize) -> Option<(&PictureLane, &Bar)> {
        self.lanes.iter().find_map(|lane| Some((lane, lane.bars.iter().find(|bar| bar.place == place)?)))
    }
}

/// Closes rows that only runs in the density marks would stand in, where there are so many that rows get thin. Otherwise each bar keeps
/// its row while somebody moves along the timeline.
fn close_rows(bars: &mut [Bar]) {
    let mut used: Vec<usize> = bars.iter().map(|bar| bar.row).collect();
    used.sort_unstable();
    used.dedup();
    if used.last().is_some_and(|last| *last >= MAX_READABLE_ROWS) {
        for bar in bars {
            bar.row = used.binary_search(&bar.row).unwrap_or(bar.row);
        }
    }
}

/// Bars in lower rows are only drawn.
const SHORTEST_LINK: f64 = 14.0;

/// The places of the widest bars, of equally wide ones the first, so that there are links however many bars are of one width.
fn links(lanes: &[PictureLane]) -> Vec<usize> {
    let high_enough = lanes.iter().filter(|lane| lane.has_links()).flat_map(|lane| &lane.bars);
    let mut bars: Vec<&Bar> = high_enough.collect();
    bars.sort_unstable_by(|one, other| other.width.total_cmp(&one.width).then(one.place.cmp(&other.place)));
    let mut places: Vec<usize> = bars.into_iter().take(MAX_LINKS).map(|bar| bar.place).collect();
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::lanes::Grouping;
    use crate::timeline::tests::{at, runs};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn lanes_never_overlap_and_every_run_is_drawn_or_counted_once(all in runs(80), from in 0_i64..1_500, length in 15_i64..20_000, label in 0_u8..20) {
            let range = Range::new(at(from), at(from + length));
            let timeline = Timeline::new(&all, Grouping::ByJob);
            let layout = Layout { width: 900.0, label: f64::from(label), now: at(700) };
            let picture = Picture::new(&timeline, range, layout, &|lanes| lanes.reverse());
            let mut seen = 0;
            for (index, lane) in picture.lanes.iter().enumerate() {
                seen += lane.bars.len() + lane.densities.iter().map(|density| density.count).sum::<usize>();
                prop_assert!(lane.density_top + 1e-6 >= lane.rows_top + lane.rows as f64 * lane.row, "below the rows");
                for density in &lane.densities {
                    let (top, height) = lane.place_density(density);
                    prop_assert!(top >= lane.density_top && (top + height - lane.density_top - DENSITY_HEIGHT).abs() < 1e-6);
                    prop_assert_eq!(lane.density_at(density.x + 1.0, top + height / 2.0), Some(density));
                    prop_assert!(top + height <= lane.top + lane.height);
                }
                let next = picture.lanes.get(index + 1).map_or(picture.height, |next| next.top);
                prop_assert!((lane.top + lane.height - next).abs() < 1e-6);
                for (bar, space) in lane.bars.iter().zip(lane.spaces_after(900.0)) {
                    let end = bar.x + bar.width;
                    prop_assert!(space >= 0.0 && (space == 0.0 || end + space <= 900.001));
                    let others = lane.bars.iter().filter(|other| other.row == bar.row && other.x > bar.x).map(|other| other.x);
                    prop_assert!(others.into_iter().all(|x| x + 1e-6 >= end + space || x < end), "nothing stands in the free space");
                }
                if lane.rows > MAX_READABLE_ROWS {
                    prop_assert!((0..lane.rows).all(|row| lane.bars.iter().any(|bar| bar.row == row)), "no thin row is empty");
                }
                for bar in &lane.bars {
                    let (top, height) = lane.place(bar);
                    prop_assert!(top >= lane.top && top + height <= lane.top + lane.height);
                    prop_assert_eq!(lane.bar_at(bar.x + bar.width / 2.0, top + height / 2.0).map(|found| found.row), Some(bar.row));
                    prop_assert_eq!(picture.lane_at(top).map(|found| found.lane), Some(lane.lane));
                }
            }
            prop_assert_eq!(seen, timeline.in_range(range).len());
        }

        /// Lengths of few values, so that many bars are equally wide.
        #[test]
        fn links_are_the_widest_bars_and_of_equal_ones_the_first(lengths in prop::collection::vec(1_i64..4, 0..900)) {
            let picture = one_row(&lengths);
            let mut bars: Vec<&Bar> = picture.lanes.iter().flat_map(|lane| &lane.bars).collect();
            bars.sort_by(|one, other| other.width.total_cmp(&one.width).then(one.place.cmp(&other.place)));
            for (rank, bar) in bars.iter().enumerate() {
                prop_assert_eq!(picture.is_link(bar), rank < MAX_LINKS, "rank {} of {}", rank, bars.len());
            }
        }
    }

    /// Windows of these lengths in minutes, one after the other in one row; each minute is 128 px wide, so that equal lengths have equal
    /// widths.
    fn one_row(lengths: &[i64]) -> Picture {
        let run = |(index, length): (usize, &i64)| {
            let start = index as i64 * 4;
            std::sync::Arc::new(crate::timeline::tests::run(
                &format!("r{index:04}"),
                Some("job"),
                start,
                start + length,
            ))
        };
        let all: Vec<_> = lengths.iter().enumerate().map(run).collect();
        let layout = Layout { width: 524_288.0, label: 0.0, now: at(0) };
        Picture::new(&Timeline::new(&all, Grouping::ByJob), Range::new(at(0), at(4_096)), layout, &|_| {})
    }

    #[test]
    fn of_very_many_equal_bars_the_first_are_links() {
        let picture = one_row(&[2; 1_000]);
        let lane = &picture.lanes[0];
        let links: Vec<usize> = lane.bars.iter().filter(|bar| picture.is_link(bar)).map(|bar| bar.place).collect();
        assert_eq!(links, (0..MAX_LINKS).collect::<Vec<_>>());
    }

    #[test]
    fn bars_in_low_rows_are_not_links() {
        let run = |index: i64| {
            std::sync::Arc::new(crate::timeline::tests::run(&format!("r{index}"), Some("job"), index, 100))
        };
        let all: Vec<_> = (0..20).map(run).collect();
        let layout = Layout { width: 900.0, label: 0.0, now: at(0) };
        let picture = Picture::new(&Timeline::new(&all, Grouping::ByJob), Range::new(at(0), at(100)), layout, &|_| {});
        assert!(picture.lanes[0].bars.iter().all(|bar| !picture.is_link(bar)));
    }
}
