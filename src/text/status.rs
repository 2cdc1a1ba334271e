//! The states of a run, the API's status words, and contradictions between them.

use runboard_core::finding::Finding;
use runboard_core::isolate::isolate;
use runboard_core::query::{Section, StateFilter};
use runboard_core::run::Status;
use runboard_core::run_state::{RunState, StateNote};
use runboard_core::time::Span;

pub const fn state(state: RunState) -> &'static str {
    match state {
        RunState::Scheduled => "Scheduled",
        RunState::Running => "Running",
        RunState::Open => "Open",
        RunState::Completed => "Completed",
        RunState::Failed => "Failed",
        RunState::Stopped => "Stopped",
        RunState::Ended => "Ended",
        RunState::Unknown => "Unknown",
    }
}

/// A filter of the list.
pub const fn filter(filter: StateFilter) -> &'static str {
    match filter {
        StateFilter::Attention => FINDINGS,
        StateFilter::State(of) => state(of),
    }
}

/// The heading of a section of the list.
pub const fn section(section: Section) -> &'static str {
    match section {
        Section::Attention => FINDINGS,
        Section::Running => "Running",
        Section::Next => "Next to start",
        Section::Ended => "Ended",
        Section::Unknown => "Unknown",
    }
}

/// What stands beside the state.
pub fn note(note: &StateNote) -> String {
    match note {
        StateNote::Status(word) => format!("“{}”", isolate(word.as_str())),
        StateNote::BeforeStart => "before its start".to_owned(),
        StateNote::BeforeEnd => "before its end".to_owned(),
        StateNote::AfterEnd => "past its end".to_owned(),
    }
}

/// The tooltip of a state.
pub fn api_status(status: Option<&Status>) -> String {
    status
        .map_or_else(|| "The API gave no status.".to_owned(), |word| format!("API status: {}", isolate(word.as_str())))
}

/// Whether a status is the very word “stopped”, so that quoting it would repeat the sentence.
pub fn says_stopped(status: &Status) -> bool {
    status.as_str().eq_ignore_ascii_case("stopped")
}

/// In place of a status word.
pub const NO_STATUS: &str = "no status";

pub const FINDINGS: &str = "Needs attention";

pub fn finding(finding: &Finding) -> String {
    let with = |before: &str, span: &Span, after: &str| [before, &span.words(), after].concat();
    match finding {
        Finding::Failed => "This run failed. No reason was given. The summary shows what was sent.".to_owned(),
        Finding::StopPending(ago, word) => {
            let word = isolate(word.as_ref().map_or(NO_STATUS, |word| word.as_str()));
            format!("A stop was requested {} ago; the API’s status is still “{word}”.", ago.words())
        }
        Finding::StillScheduled(ago) => with(
            "The API still says “scheduled”; the window opened ",
            ago,
            " ago. Some services never update it: the summary shows what is really happening.",
        ),
        Finding::ScheduledAfterEnd(ago) => with(
            "The API still says “scheduled”; the window ended ",
            ago,
            " ago. Check the summary to see whether anything was sent.",
        ),
        Finding::RunningBeforeStart(wait) => {
            with("The API says “running”; the window does not open for another ", wait, ".")
        }
        Finding::StillRunning(ago) => with("The API still says “running”; the window ended ", ago, " ago."),
        Finding::EndedEarly(left, word) => format!(
            "The API says “{}”, with {} of the window left. Responses may no longer be handled.",
            isolate(word.as_str()),
            left.words()
        ),
        Finding::CreatedAfterStart(late) => with("It was created ", late, " after its window opened."),
        Finding::CountsBeforeStart(wait) => {
            with("The summary already has counts; the window does not open for another ", wait, ".")
        }
        Finding::NothingYet(ago) => with("The window opened ", ago, " ago, and nothing has been counted yet."),
        Finding::OtherRun(id) => {
            format!(
                "The summary is for another run ({}): its numbers may not belong to this run.",
                isolate(id.as_str())
            )
        }
    }
}
