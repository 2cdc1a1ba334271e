//! A part of the line of time.

use super::range::Range;
use crate::time::{Span, Timestamp};
use crate::window::Window;

/// From one time to a later one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// Its start
    pub from: Timestamp,
    /// Its end
    pub to: Timestamp,
}

/// Where a stretch stands in a picture of a range, in percent of its width.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Placed {
    /// Where it starts
    pub x: f64,
    /// How wide it is
    pub width: f64,
}

impl Stretch {
    /// How much of it two have in common.
    pub fn shared(self, from: Timestamp, to: Timestamp) -> Span {
        let millis = self.to.min(to).since(self.from.max(from)).millis();
        Span::from_millis(millis.max(0))
    }

    /// Where the part of it that is in a range stands; `None` if none is.
    pub fn placed(self, range: Range) -> Option<Placed> {
        let (from, to) = (self.from.max(range.from()), self.to.min(range.to()));
        let x = range.x(from, 100.0);
        (from < to).then(|| Placed { x, width: range.x(to, 100.0) - x })
    }
}

impl From<Window> for Stretch {
    fn from(window: Window) -> Self {
        Self { from: window.start, to: window.end }
    }
}

/// How much of a window lies in some stretches that do not overlap.
pub fn total_within(stretches: &[Stretch], window: Window) -> Span {
    let millis = stretches.iter().map(|stretch| stretch.shared(window.start, window.end).millis()).sum();
    Span::from_millis(millis)
}
