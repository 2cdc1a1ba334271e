//! Disagreements worth a look: what a run, its summary and the clock say against each other. Facts with their figures;
//! whose fault it is nobody here knows.

use crate::phase::{Disagreement, Phase};
use crate::run::{Run, RunId, Status};
use crate::summary::Summary;
use crate::time::{Span, Timestamp};

/// Something about a run that does not fit together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// A stop was asked for so long ago, and the status (the word, if there is one) does not show it.
    StopPending(Span, Option<Status>),
    /// The end of its window is not after its start.
    EndNotAfterStart,
    /// The API still says `scheduled`; the window opened so long ago.
    StillScheduled(Span),
    /// The API still says `scheduled`; the window ended so long ago.
    ScheduledAfterEnd(Span),
    /// The API says `running`; the window opens in so long.
    RunningBeforeStart(Span),
    /// The API still says `running`; the window ended so long ago.
    StillRunning(Span),
    /// The API says that it has ended (its word); so much of the window is left.
    EndedEarly(Span, Status),
    /// It was created so long after its window opened. The service allows that (documented sample).
    CreatedAfterStart(Span),
    /// The summary counts something, and the window opens in so long.
    CountsBeforeStart(Span),
    /// The window opened so long ago, and the summary counts nothing.
    NothingYet(Span),
    /// The summary says that it belongs to another run.
    OtherRun(RunId),
}

/// From here on a stop that does not show is worth a word.
pub const STOP_SHOWS: Span = Span::from_seconds(30);
/// From here on a window that opened without any count is.
pub const COUNTS_SHOW: Span = Span::from_minutes(10);
/// Created later than this after its start; a run that starts "now" is created a moment after it.
pub const CREATED_LATE: Span = Span::from_seconds(60);

/// Everything that does not fit together, the most pressing first. `stop_asked`: since when a stop of this console is pending
/// ([`crate::policy::stop::StopState::pending_since`]). What needs a time or a count is not claimed without it.
pub fn findings(run: &Run, summary: Option<&Summary>, stop_asked: Option<Timestamp>, now: Timestamp) -> Vec<Finding> {
    let (start, end) = (run.start_at, run.end_at);
    let phase = Phase::of(run, now);
    let ago = |at: Option<Timestamp>| at.map(|at| now.since(at));
    let until = |at: Option<Timestamp>| at.map(|at| at.since(now));
    let pending = ago(stop_asked).filter(|ago| *ago >= STOP_SHOWS);
    let status = match Disagreement::of(run, now) {
        None => None,
        Some(Disagreement::EndNotAfterStart) => Some(Finding::EndNotAfterStart),
        Some(Disagreement::ScheduledWhileOpen) => ago(start).map(Finding::StillScheduled),
        Some(Disagreement::ScheduledAfterEnd) => ago(end).map(Finding::ScheduledAfterEnd),
        Some(Disagreement::RunningBeforeStart) => until(start).map(Finding::RunningBeforeStart),
        Some(Disagreement::RunningAfterEnd) => ago(end).map(Finding::StillRunning),
        Some(Disagreement::EndedBeforeEnd) => {
            until(end).zip(run.status.clone()).map(|(left, status)| Finding::EndedEarly(left, status))
        }
    };
    let late = run.created_at.zip(start).map(|(created, start)| created.since(start));
    let counted = summary.and_then(counts_something);
    [
        pending.map(|ago| Finding::StopPending(ago, run.status.clone())),
        status,
        late.filter(|late| *late >= CREATED_LATE).map(Finding::CreatedAfterStart),
        until(start).filter(|_| phase == Phase::Upcoming && counted == Some(true)).map(Finding::CountsBeforeStart),
        ago(start)
            .filter(|ago| phase == Phase::Open && *ago >= COUNTS_SHOW && counted == Some(false))
            .map(Finding::NothingYet),
        summary.and_then(|summary| summary.other_run.clone()).map(Finding::OtherRun),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether any count is more than zero; `None` where the API gave blocks of which no count can be read.
fn counts_something(summary: &Summary) -> Option<bool> {
    let responses = summary.responses.iter().map(|block| block.recipients);
    let deliveries = summary.deliveries.iter();
    let deliveries = deliveries.flat_map(|block| [block.recipients, block.succeeded, block.failed, block.info]);
    let counts: Vec<Option<u64>> = responses.chain(deliveries).collect();
    if counts.iter().flatten().any(|count| *count > 0) {
        return Some(true);
    }
    (counts.is_empty() || counts.iter().any(Option::is_some)).then_some(false)
}

#[cfg(test)]
mod tests;
