//! Phases and the API's status words.

use runboard_core::phase::{Disagreement, Phase};

/// A phase as a label.
pub const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Upcoming => "Upcoming",
        Phase::Open => "Open",
        Phase::Over => "Over",
        Phase::Stopped => "Stopped",
        Phase::Unknown => "Unknown",
    }
}

/// The API's word, quoted where a sentence needs it.
pub fn api_says(word: &str) -> String {
    format!("API status: {word}")
}
/// The API gave none.
pub const NO_STATUS: &str = "no status";

/// What does not fit together.
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
        Disagreement::EndNotAfterStart => "The end is not after the start, so this run has no window.",
    }
}
