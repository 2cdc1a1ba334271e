//! The window of a run: the time between its start and its end.

pub mod shift;

use crate::run::Run;
use crate::time::{Span, Timestamp};

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
    /// The progress at an instant; `None` without a readable window, or if the end is not after the start.
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        let (start, end) = run.start_at.zip(run.end_at).filter(|(start, end)| start < end)?;
        let (until_start, until_end, length) = (start.since(now), end.since(now), end.since(start));
        let fraction = if now <= start {
            0.0
        } else if now >= end {
            1.0
        } else {
            (now.since(start).millis() as f64 / length.millis() as f64).clamp(0.0, 1.0)
        };
        Some(Self { fraction, until_start, until_end, length })
    }
}

#[cfg(test)]
mod tests;
