//! The summaries of a run that this page has read since it was opened. The API has no history: changes, rates and the
//! small chart are computed from these samples and labelled accordingly.

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
    /// All metrics, in display order.
    pub const ALL: [Self; 5] = [Self::Responders, Self::Recipients, Self::Succeeded, Self::Failed, Self::Info];

    /// This count in a summary; `None` if the API sent none.
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

    /// What a summary has in place of this count, if that is no count.
    pub fn unreadable(self, summary: &Summary) -> Option<&str> {
        let [responders, recipients, succeeded, failed, info] = &summary.unreadable;
        let given = match self {
            Self::Responders => responders,
            Self::Recipients => recipients,
            Self::Succeeded => succeeded,
            Self::Failed => failed,
            Self::Info => info,
        };
        given.as_deref()
    }
}

/// The samples of one run's summary, oldest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SummaryHistory {
    samples: Vec<Sample>,
    changed_at: Option<Timestamp>,
}

/// One reading of a summary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sample {
    /// When it was read.
    pub at: Timestamp,
    /// The summary as read.
    pub summary: Summary,
}

/// The rate at which a count rose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    /// In tenths per minute, rounded half up.
    pub tenths_per_minute: u64,
    /// The number of samples it is based on.
    pub samples: usize,
    /// The time from the first of them to the last.
    pub over: Span,
}

/// Older samples do not count toward the current rate.
const RATE_PERIOD: Span = Span::from_minutes(10);
/// A rate needs samples at least this far apart.
const MIN_RATE_PERIOD: Span = Span::from_seconds(30);
/// Beyond this many samples, every second one of the older half is dropped: a chart cannot show more.
const MAX_SAMPLES: usize = 400;

impl SummaryHistory {
    /// Adds a sample. Samples that are not older than it (the clock was corrected) are replaced.
    pub fn record(&mut self, at: Timestamp, summary: &Summary) {
        let same = self.samples.last().is_some_and(|last| last.summary == *summary);
        if !same {
            self.changed_at = Some(at);
        }
        while self.samples.len() > 1 && self.samples.last().is_some_and(|last| last.at >= at) {
            self.samples.pop();
        }
        self.samples.push(Sample { at, summary: summary.clone() });
        if self.samples.len() > MAX_SAMPLES {
            let mut place = 0;
            self.samples.retain(|_| {
                place += 1;
                // The first sample is kept, as it stands for "since the page was opened".
                place > MAX_SAMPLES / 2 || place % 2 == 1
            });
        }
    }

    /// The samples, oldest first.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// The change of a count since the previous sample; `None` if either lacks it.
    pub fn change_since_last(&self, metric: Metric) -> Option<i64> {
        let before = self.samples.len().checked_sub(2)?;
        self.change(self.samples.get(before)?, metric)
    }

    /// The change of a count since the page was opened; `None` if either sample lacks it.
    pub fn change_since_opened(&self, metric: Metric) -> Option<i64> {
        self.change(self.samples.first().filter(|_| self.samples.len() > 1)?, metric)
    }

    /// How long nothing has changed, up to the latest sample; `None` with a single sample.
    pub fn unchanged_for(&self) -> Option<Span> {
        let last = self.samples.last().filter(|_| self.samples.len() > 1)?;
        Some(last.at.since(self.changed_at?).max(Span::default()))
    }

    /// The rate of a count over the last ten minutes; `None` with fewer than two samples, over less than 30 s, or if
    /// the count fell.
    pub fn rate(&self, metric: Metric) -> Option<Rate> {
        let last = self.samples.last()?;
        let recent = self.samples.iter().filter(|sample| last.at.since(sample.at) <= RATE_PERIOD);
        let known = recent.filter_map(|sample| Some((sample.at, metric.of(&sample.summary)?)));
        let (mut first, mut end, mut samples) = (None, None, 0);
        for sample in known {
            first = first.or(Some(sample));
            end = Some(sample);
            samples += 1;
        }
        let ((from, low), (to, high)) = first.zip(end)?;
        let over = Some(to.since(from)).filter(|over| *over >= MIN_RATE_PERIOD)?;
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
