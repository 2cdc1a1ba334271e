//! Inconsistencies that need attention: where a run, its summary and the clock disagree. Findings are facts with
//! figures; they do not say whose fault it is.

use crate::phase::{Disagreement, Phase};
use crate::run::{Run, RunId, Status};
use crate::run_state::RunState;
use crate::summary::Summary;
use crate::time::{Span, Timestamp};

/// An inconsistency in a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// The API says that the run failed. It gives no reason.
    Failed,
    /// A stop was requested this long ago, and the status (if there is one) does not show it.
    StopPending(Span, Option<Status>),
    /// The status is still `scheduled`, this long after the window opened.
    StillScheduled(Span),
    /// The status is still `scheduled`, this long after the window ended.
    ScheduledAfterEnd(Span),
    /// The status is `running`, this long before the window opens.
    RunningBeforeStart(Span),
    /// The status is still `running`, this long after the window ended.
    StillRunning(Span),
    /// The status says that the run has ended, with this much of the window left.
    EndedEarly(Span, Status),
    /// The run was created this long after its window opened. The service allows that (documented sample).
    CreatedAfterStart(Span),
    /// The summary has counts, this long before the window opens.
    CountsBeforeStart(Span),
    /// The summary has no counts, this long after the window opened.
    NothingYet(Span),
    /// The summary says that it belongs to another run.
    OtherRun(RunId),
}

/// A pending stop is worth reporting after this.
const PENDING_STOP_AFTER: Span = Span::from_seconds(30);
/// An open window without any count is worth reporting after this.
const NO_COUNTS_AFTER: Span = Span::from_minutes(10);
/// A run created this long after its start is worth reporting; one that starts "now" is always created a moment later.
const CREATED_LATE_AFTER: Span = Span::from_seconds(60);

/// All findings of a run, the most urgent first. `stop_asked`: since when a stop requested here is pending
/// ([`crate::policy::stop::StopState::pending_since`]). A finding that needs a window or a count is not reported without
/// it.
pub fn findings(run: &Run, summary: Option<&Summary>, stop_asked: Option<Timestamp>, now: Timestamp) -> Vec<Finding> {
    let window = run.window();
    let (start, end) = (window.map(|window| window.start), window.map(|window| window.end));
    let phase = Phase::of(run, now);
    let ago = |at: Option<Timestamp>| at.map(|at| now.since(at));
    let until = |at: Option<Timestamp>| at.map(|at| at.since(now));
    let pending = ago(stop_asked).filter(|ago| *ago >= PENDING_STOP_AFTER);
    let status = match Disagreement::of(run, now) {
        None => None,
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
        (RunState::of(run, now) == RunState::Failed).then_some(Finding::Failed),
        pending.map(|ago| Finding::StopPending(ago, run.status.clone())),
        status,
        late.filter(|late| *late >= CREATED_LATE_AFTER).map(Finding::CreatedAfterStart),
        until(start).filter(|_| phase == Phase::Upcoming && counted == Some(true)).map(Finding::CountsBeforeStart),
        ago(start)
            .filter(|ago| phase == Phase::Open && *ago >= NO_COUNTS_AFTER && counted == Some(false))
            .map(Finding::NothingYet),
        summary.and_then(|summary| summary.other_run.clone()).map(Finding::OtherRun),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether any count is above zero; `None` if the API sent blocks without a readable count.
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
