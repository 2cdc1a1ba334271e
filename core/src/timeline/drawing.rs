//! What is drawn, and how it is shown: moved and stretched while somebody moves and zooms, and drawn anew when that rests.

use super::range::Range;
use crate::time::{Span, Timestamp};

/// How far a drawing is stretched, or squeezed, before it is drawn anew in the middle of a zoom.
const MOST_STRETCHED: f64 = 4.0;

/// A drawing of a range that is longer than the view.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Drawing {
    /// What is drawn
    range: Range,
    /// The length of the range that was in view
    in_view: Span,
    /// The width of the view, in pixels
    view: f64,
}

impl Drawing {
    /// For a range in view of this width.
    pub fn new(in_view: Range, view: f64) -> Self {
        Self { range: in_view.padded(), in_view: in_view.length(), view }
    }

    /// Whether it can go on showing a range in a view of this width. `is_settled`: nobody is zooming, so that it is to be sharp.
    pub fn shows(self, range: Range, view: f64, is_settled: bool) -> bool {
        let stretch = self.stretch(range);
        let is_sharp = self.in_view == range.length();
        let is_near = (1.0 / MOST_STRETCHED..=MOST_STRETCHED).contains(&stretch);
        // Exactly the width that it was drawn for.
        self.view.to_bits() == view.to_bits() && self.range.covers(range) && (is_sharp || (is_near && !is_settled))
    }

    /// What is drawn.
    pub const fn range(self) -> Range {
        self.range
    }

    /// The length of the range that was in view when it was drawn.
    pub const fn length_in_view(self) -> Span {
        self.in_view
    }

    /// How wide it is.
    pub fn width(self) -> f64 {
        self.range.length().millis() as f64 * self.scale()
    }

    /// Where a time stands in it.
    pub fn x(self, at: Timestamp) -> f64 {
        at.since(self.range.from()).millis() as f64 * self.scale()
    }

    /// How many times wider than drawn it is shown, for a range to fill the view.
    pub fn stretch(self, range: Range) -> f64 {
        self.in_view.millis() as f64 / range.length().millis() as f64
    }

    /// Where its left edge is shown, for a range to be in view: left of the view.
    pub fn shift(self, range: Range) -> f64 {
        -self.x(range.from()) * self.stretch(range)
    }

    /// The x of the view that an x of the drawing is shown at.
    pub fn to_view(self, x: f64, range: Range) -> f64 {
        x.mul_add(self.stretch(range), self.shift(range))
    }

    /// The x of the drawing that is shown at an x of the view.
    pub fn from_view(self, x: f64, range: Range) -> f64 {
        (x - self.shift(range)) / self.stretch(range)
    }

    /// How many pixels a millisecond takes up.
    fn scale(self) -> f64 {
        self.view / self.in_view.millis() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::at;
    use proptest::prelude::*;

    fn range(from: i64, length: i64) -> Range {
        Range::new(at(from), at(from + length))
    }

    proptest! {
        #[test]
        fn a_moved_and_stretched_drawing_shows_each_time_where_a_sharp_one_would(from in 0_i64..1_000, length in 60_i64..5_000, moved in -0.9..0.9_f64, factor in 0.4..1.5_f64, share in 0.0..1.0_f64) {
            let drawn = range(from, length);
            let drawing = Drawing::new(drawn, 900.0);
            let shown = drawn.moved(Span::from_millis((drawn.length().millis() as f64 * moved) as i64)).zoomed(factor, drawn.from());
            let time = shown.time_at(900.0 * share, 900.0);
            let sharp = shown.x(time, 900.0);
            prop_assert!((drawing.to_view(drawing.x(time), shown) - sharp).abs() < 0.01);
            prop_assert!((drawing.from_view(sharp, shown) - drawing.x(time)).abs() < 0.01);
        }

        #[test]
        fn what_goes_on_being_shown_fills_the_view(from in 0_i64..1_000, length in 60_i64..5_000, moved in -3.0..3.0_f64, factor in 0.1..9.0_f64) {
            let drawn = range(from, length);
            let drawing = Drawing::new(drawn, 900.0);
            let shown = drawn.moved(Span::from_millis((drawn.length().millis() as f64 * moved) as i64)).zoomed(factor, drawn.from());
            if drawing.shows(shown, 900.0, false) {
                prop_assert!(drawing.to_view(0.0, shown) < 0.01 && drawing.to_view(drawing.width(), shown) > 899.99);
                prop_assert!((0.24..=4.01).contains(&drawing.stretch(shown)));
            }
            if drawing.shows(shown, 900.0, true) {
                prop_assert!((drawing.stretch(shown) - 1.0).abs() < 1e-9, "at rest it is sharp");
            }
        }
    }

    #[test]
    fn a_zoom_stretches_until_it_rests_goes_too_far_or_leaves_what_is_drawn() {
        let drawn = range(0, 600);
        let drawing = Drawing::new(drawn, 900.0);
        let closer = |factor: f64| drawn.zoomed(factor, at(300));
        assert!(drawing.shows(drawn, 900.0, true));
        assert!(drawing.shows(closer(0.5), 900.0, false) && !drawing.shows(closer(0.5), 900.0, true));
        assert!(drawing.shows(closer(2.9), 900.0, false) && !drawing.shows(closer(3.1), 900.0, false));
        assert!(!drawing.shows(closer(0.24), 900.0, false));
        assert!(!drawing.shows(drawn, 901.0, false), "the window was resized");
        assert!(drawing.shows(drawn.moved(Span::from_minutes(590)), 900.0, true), "a move stays sharp");
    }
}
