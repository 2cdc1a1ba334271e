//! The words of the text for the next shift.

use crate::activity::Outcome;
use crate::phase::Disagreement;
use crate::run_state::RunState;

pub(super) const TITLE: &str = "Hand-over";
pub(super) const RUNNING: &str = "Running now";
pub(super) const NEXT: &str = "Next 24 hours";
pub(super) const ENDED: &str = "Ended since the last hand-over";
pub(super) const ENDED_TODAY: &str = "Ended in the last 24 hours";
pub(super) const ATTENTION: &str = "Needs attention";
pub(super) const STOPPED: &str = "Stopped by me";
pub(super) const UNNAMED: &str = "(no name)";
pub(super) const NONE: &str = "None";

pub(super) fn more(count: usize) -> String {
    ["and ", &count.to_string(), " more"].concat()
}

pub(super) const fn attention(state: RunState, disagreement: Option<Disagreement>) -> &'static str {
    match (state, disagreement) {
        (RunState::Failed, Some(_)) => "failed before its end",
        (_, Some(Disagreement::ScheduledWhileOpen)) => "still “scheduled”, though its window is open",
        (_, Some(Disagreement::ScheduledAfterEnd)) => "still “scheduled”, though its window has ended",
        (_, Some(Disagreement::RunningBeforeStart)) => "running before its start",
        (_, Some(Disagreement::RunningAfterEnd)) => "running past its end",
        (_, Some(Disagreement::EndedBeforeEnd)) => "completed before its end",
        (_, None) => state.word(),
    }
}

/// `at`: when it was requested.
pub(super) fn stop(outcome: Outcome, at: &str) -> String {
    let said = match outcome {
        Outcome::Requested => "stop requested, not confirmed yet, ",
        Outcome::Unknown => "stop requested, outcome unknown, ",
        Outcome::Refused => "stop refused, the run continues, ",
        Outcome::NotNeeded => "was already over, ",
        Outcome::Confirmed => "stopped, requested ",
    };
    [said, at].concat()
}
