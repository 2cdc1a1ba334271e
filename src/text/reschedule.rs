//! Rescheduling a run.

use super::problem;
use runboard_core::isolate::isolate;
use runboard_core::policy::reschedule::{Existence, OldRunEnd, Stage};
use runboard_core::run_state::RunState;
use runboard_core::time::{Span, Timestamp};

pub const TITLE: &str = "Reschedule";

pub fn procedure(name: &str) -> String {
    let name = isolate(name);
    format!(
        "A run’s times can’t be changed. So a new run is scheduled first; once it is confirmed, “{name}” is stopped."
    )
}

/// In place of the form. `state`: the word of the run's badge.
pub fn already_over(name: &str, state: &str) -> String {
    let (name, state) = (isolate(name), state.to_lowercase());
    format!("“{name}” is {state} and can’t be rescheduled. Run it again to schedule another.")
}

/// The new start is so much before the old one.
pub fn starts_earlier(by: Span) -> String {
    format!("It will start {} earlier than the old run.", by.exact_words())
}

pub const OTHER_JOB_WARNING: &str =
    "This job differs from the job of the run that will be stopped. Is that what you want?";
pub const OLD_RUN_NOT_READ: &str = "The run to reschedule could not be loaded";
pub const SUBMIT: &str = "Schedule new run, then stop the old one";

/// Why the button is disabled.
pub const NOTHING_CHANGED: &str = "Nothing has changed.";
/// The same.
pub const OTHER_UNFINISHED: &str = "Another reschedule is not finished yet. Finish it first.";

pub fn stage(stage: &Stage, print: &dyn Fn(Timestamp) -> String) -> String {
    match stage {
        Stage::Creating => "Scheduling the new run…".to_owned(),
        Stage::NotCreated => "The new run was refused. The old run is unchanged.".to_owned(),
        Stage::Unclear => {
            "It is not known yet whether the new run was scheduled. The old run is not stopped until that is known."
                .to_owned()
        }
        Stage::Verifying => "Checking the new run…".to_owned(),
        Stage::Differs(_) => "The new run differs from your request. The old run was not stopped.".to_owned(),
        Stage::Unverified(why) => {
            format!("The new run could not be checked. {} The old run was not stopped.", problem::description(why))
        }
        Stage::NewEnded(state) => format!("The new run {}. The old run was not stopped.", ended(*state)),
        Stage::Held => {
            "Two runs exist: you left this page or signed out before the old run was stopped. Nothing is sent until you decide."
                .to_owned()
        }
        Stage::CheckingOld => "Checking the old run…".to_owned(),
        Stage::OldOpened(_) => "The old run may have started in the meantime, so it was not stopped.".to_owned(),
        Stage::OldUnread(why) => {
            format!("The old run could not be checked. {} It was not stopped.", problem::description(why))
        }
        Stage::Stopping => "Stopping the old run…".to_owned(),
        Stage::NotStopped(why) => format!("The old run was not stopped: two runs exist. {}", problem::description(why)),
        Stage::StopUnclear { not_stopped_at: None } => {
            "It is not known yet whether the old run was stopped: two runs may exist. The console keeps checking. You can stop it again: asking twice does no harm."
                .to_owned()
        }
        Stage::StopUnclear { not_stopped_at: Some(at) } => {
            format!(
                "As of {}, the old run was not stopped: two runs exist. The console keeps checking. You can stop it again: asking twice does no harm.",
                print(*at)
            )
        }
        Stage::Done(OldRunEnd::Stopped) => "Rescheduled.".to_owned(),
        Stage::Done(OldRunEnd::Ended) => {
            "The new run is scheduled. The old run ended before it was stopped, so it may have sent messages.".to_owned()
        }
        Stage::BothKept => "Both runs were kept.".to_owned(),
    }
}

const fn ended(state: RunState) -> &'static str {
    match state {
        RunState::Stopped => "is already stopped",
        RunState::Failed => "has failed",
        RunState::Completed => "has already completed",
        _ => "is already over",
    }
}

pub fn old_run(exists: Existence) -> &'static str {
    match exists {
        Existence::Yes => "Old run (not stopped):",
        Existence::No => "Old run (stopped):",
        Existence::Ended => "Old run (ended):",
        Existence::Unclear => "Old run (may be stopped):",
    }
}

/// `is_known`: whether its link follows.
pub fn new_run(exists: Existence, is_known: bool) -> &'static str {
    match exists {
        Existence::Yes => "New run:",
        Existence::No | Existence::Ended if is_known => "New run (over):",
        Existence::No | Existence::Ended => "New run: not scheduled.",
        Existence::Unclear => "New run: not known yet.",
    }
}

pub const STOP_OLD_RUN: &str = "Stop the old run";
pub const READ_AGAIN: &str = "Check again";
pub const KEEP_BOTH: &str = "Keep both runs";

/// The link to it.
pub const NEW_RUN: &str = "New run";
