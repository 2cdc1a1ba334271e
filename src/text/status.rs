//! Phases, the API's status words, and contradictions between them.

use runboard_core::finding::Finding;
use runboard_core::isolate::isolate;
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::time::Span;

pub const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Upcoming => "Upcoming",
        Phase::Open => "Open",
        Phase::Over => "Over",
        Phase::Stopped => "Stopped",
        Phase::Unknown => "Unknown",
    }
}

/// In place of a status word.
pub const NO_STATUS: &str = "no status";

pub const fn disagreement(which: Disagreement) -> &'static str {
    match which {
        Disagreement::ScheduledWhileOpen => {
            "The window is open, but the API still says “scheduled”. The service is known to leave this word in place; watch the summary for what really happens."
        }
        Disagreement::ScheduledAfterEnd => {
            "The window has ended, but the API still says “scheduled”. Check the summary to see whether anything was sent."
        }
        Disagreement::RunningBeforeStart => "The API says “running”, but the window has not opened yet.",
        Disagreement::RunningAfterEnd => "The API says “running”, but the window has ended.",
        Disagreement::EndedBeforeEnd => {
            "The API says it has finished, but the window is still open. Responses may no longer be handled."
        }
    }
}

pub const FINDINGS: &str = "Worth a look";

pub fn finding(finding: &Finding) -> String {
    let with = |before: &str, span: &Span, after: &str| [before, &span.words(), after].concat();
    match finding {
        Finding::StopPending(ago, word) => {
            let word = isolate(word.as_ref().map_or(NO_STATUS, |word| word.as_str()));
            format!("A stop was requested {} ago; the API’s status is still “{word}”.", ago.words())
        }
        Finding::StillScheduled(ago) => with(
            "The API still says “scheduled”; the window opened ",
            ago,
            " ago. The service is known to leave this word in place: watch the summary for what really happens.",
        ),
        Finding::ScheduledAfterEnd(ago) => with(
            "The API still says “scheduled”; the window ended ",
            ago,
            " ago. Check the summary to see whether anything was sent.",
        ),
        Finding::RunningBeforeStart(wait) => with("The API says “running”; the window opens only in ", wait, "."),
        Finding::StillRunning(ago) => with("The API still says “running”; the window ended ", ago, " ago."),
        Finding::EndedEarly(left, word) => format!(
            "The API says “{}”; {} of the window are left. Responses may no longer be handled.",
            isolate(word.as_str()),
            left.words()
        ),
        Finding::CreatedAfterStart(late) => with("It was created ", late, " after its window opened."),
        Finding::CountsBeforeStart(wait) => {
            with("The summary counts something already; the window opens only in ", wait, ".")
        }
        Finding::NothingYet(ago) => with("The window opened ", ago, " ago, and the summary counts nothing yet."),
        Finding::OtherRun(id) => {
            format!("The summary names another run ({}): its numbers may not belong to this run.", isolate(id.as_str()))
        }
    }
}
