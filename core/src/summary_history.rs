//! What this browser itself has seen of a summary since the page was opened. The API gives no history: deltas, rates and
//! the small chart are made of these samples, and are labelled so.

use crate::summary::Summary;
use crate::time::{Span, Timestamp};

/// One of the counts of a summary.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Metric {
    /// Recipients who responded.
    Responders,
    /// Recipients handled.
    Recipients,
    /// Status reports in the success class.
    Succeeded,
    /// Status reports in the failure class.
    Failed,
    /// Status reports in the info class.
    Info,
}

impl Metric {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Responders, Self::Recipients, Self::Succeeded, Self::Failed, Self::Info];

    /// This count of a summary; `None` where the API gave none.
    pub fn of(self, summary: &Summary) -> Option<u64> {
        let deliveries = summary.deliveries.unwrap_or_default();
        match self {
            Self::Responders => summary.responses.and_then(|block| block.recipients),
            Self::Recipients => deliveries.recipients,
            Self::Succeeded => deliveries.succeeded,
            Self::Failed => deliveries.failed,
            Self::Info => deliveries.info,
        }
    }
}

/// What was seen of one run's summary, oldest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SummaryHistory {
    samples: Vec<Sample>,
    changed_at: Option<Timestamp>,
}

/// One reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sample {
    /// When it was read.
    pub at: Timestamp,
    /// What it said.
    pub summary: Summary,
}

/// How fast a count rose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    /// In tenths per minute, rounded half up.
    pub tenths_per_minute: u64,
    /// From how many samples.
    pub samples: usize,
    /// From the first of them to the last.
    pub over: Span,
}

/// SummaryHistory further back than this say nothing about how fast it goes now.
const RATE_OVER: Span = Span::from_minutes(10);
/// From less than this no rate is claimed.
const RATE_FROM: Span = Span::from_seconds(30);
/// When there are more samples than this, every second of the older half goes: a chart has no more room.
const MOST: usize = 400;

impl SummaryHistory {
    /// Takes in a reading. One that does not lie after the last (a clock that was corrected) takes its place.
    pub fn record(&mut self, at: Timestamp, summary: &Summary) {
        let same = self.samples.last().is_some_and(|last| last.summary == *summary);
        if !same {
            self.changed_at = Some(at);
        }
        while self.samples.len() > 1 && self.samples.last().is_some_and(|last| last.at >= at) {
            self.samples.pop();
        }
        self.samples.push(Sample { at, summary: summary.clone() });
        if self.samples.len() > MOST {
            let mut place = 0;
            self.samples.retain(|_| {
                place += 1;
                // The first is "since the page was opened".
                place > MOST / 2 || place % 2 == 1
            });
        }
    }

    /// The samples, oldest first.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// By how much a count has changed since the reading before the last; `None` where either gave none.
    pub fn change_since_last(&self, metric: Metric) -> Option<i64> {
        let before = self.samples.len().checked_sub(2)?;
        self.change(self.samples.get(before)?, metric)
    }

    /// By how much a count has changed since the page was opened; `None` where either reading gave none.
    pub fn change_since_opened(&self, metric: Metric) -> Option<i64> {
        self.change(self.samples.first().filter(|_| self.samples.len() > 1)?, metric)
    }

    /// How long nothing has changed, as of the last reading; `None` before the second.
    pub fn unchanged_for(&self) -> Option<Span> {
        let last = self.samples.last().filter(|_| self.samples.len() > 1)?;
        Some(last.at.since(self.changed_at?).max(Span::default()))
    }

    /// How fast a count has risen over the last ten minutes; `None` from less than two samples or 30 s, and where it fell.
    pub fn rate(&self, metric: Metric) -> Option<Rate> {
        let last = self.samples.last()?;
        let recent = self.samples.iter().filter(|sample| last.at.since(sample.at) <= RATE_OVER);
        let known = recent.filter_map(|sample| Some((sample.at, metric.of(&sample.summary)?)));
        let (mut first, mut end, mut samples) = (None, None, 0);
        for sample in known {
            first = first.or(Some(sample));
            end = Some(sample);
            samples += 1;
        }
        let ((from, low), (to, high)) = first.zip(end)?;
        let over = Some(to.since(from)).filter(|over| *over >= RATE_FROM)?;
        let rise = u128::from(high.checked_sub(low)?);
        let millis = u128::from(over.millis().unsigned_abs());
        let tenths = (rise * 600_000 * 2 + millis) / (millis * 2);
        Some(Rate { tenths_per_minute: u64::try_from(tenths).unwrap_or(u64::MAX), samples, over })
    }

    fn change(&self, before: &Sample, metric: Metric) -> Option<i64> {
        let now = i128::from(metric.of(&self.samples.last()?.summary)?);
        let before = i128::from(metric.of(&before.summary)?);
        i64::try_from(now - before).ok()
    }
}

#[cfg(test)]
mod tests;
