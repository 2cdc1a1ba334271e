//! The window of a run: the time between its start and its end.

pub mod shift;

use crate::time::{Span, Timestamp};

/// A window. Its end is after its start, and both are real times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Window {
    /// When it opens.
    pub start: Timestamp,
    /// When it ends: after `start`.
    pub end: Timestamp,
}

impl Window {
    /// The window between two times; `None` if the end is not after the start, or if one of them was never set.
    pub fn new(start: Timestamp, end: Timestamp) -> Option<Self> {
        (start.is_set() && start < end).then_some(Self { start, end })
    }
}

/// The progress of a window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WindowProgress {
    /// 0 before the start, 1 from the end on.
    pub fraction: f64,
    /// The time until the start; negative afterwards.
    pub until_start: Span,
    /// The time until the end; negative afterwards.
    pub until_end: Span,
    /// The length of the window.
    pub length: Span,
}

impl WindowProgress {
    /// The progress at an instant.
    pub fn of(window: Window, now: Timestamp) -> Self {
        let Window { start, end } = window;
        let (until_start, until_end, length) = (start.since(now), end.since(now), end.since(start));
        let fraction = if now <= start {
            0.0
        } else if now >= end {
            1.0
        } else {
            (now.since(start).millis() as f64 / length.millis() as f64).clamp(0.0, 1.0)
        };
        Self { fraction, until_start, until_end, length }
    }
}

#[cfg(test)]
mod tests;
