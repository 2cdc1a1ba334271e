//! Rescheduling a run.

use super::problem;
use runboard_core::isolate::isolate;
use runboard_core::phase::Phase;
use runboard_core::policy::reschedule::{Existence, OldRunEnd, Stage};

pub const TITLE: &str = "Reschedule";

pub fn procedure(name: &str) -> String {
    let name = isolate(name);
    format!(
        "The API cannot change a run. So a new run is scheduled first; when it exists just as you asked for it, “{name}” is stopped. You are told of each step."
    )
}

pub const OTHER_JOB_WARNING: &str =
    "This is another job than that of the run that will be stopped. Is that what you mean?";
pub const OLD_RUN_NOT_READ: &str = "The run to reschedule could not be read, so nothing can be scheduled in its place";
pub const SUBMIT: &str = "Schedule new run, then stop the old one";

pub fn stage(stage: &Stage) -> String {
    match stage {
        Stage::Creating => "The new run is being scheduled.".to_owned(),
        Stage::NotCreated => "The new run was refused. The old run stands as it was.".to_owned(),
        Stage::Unclear => {
            "It is not known yet whether the new run exists. The old run is not touched before that is known."
                .to_owned()
        }
        Stage::Verifying => "The new run is being read.".to_owned(),
        Stage::Differs(_) => "The new run is not what you asked for. The old run was not stopped.".to_owned(),
        Stage::Unverified(why) => {
            format!("The new run could not be read. {} The old run was not stopped.", problem::description(why))
        }
        Stage::NewEnded(phase) => {
            format!("The new run is {} already. The old run was not stopped.", word(*phase))
        }
        Stage::Held => {
            "Two runs exist: you left this page or signed out before the old run was stopped. Nothing is sent before you decide."
                .to_owned()
        }
        Stage::CheckingOld => "The old run is being read.".to_owned(),
        Stage::OldOpened(_) => "The old run may have opened meanwhile, so it was not stopped.".to_owned(),
        Stage::OldUnread(why) => {
            format!("The old run could not be read. {} It was not stopped.", problem::description(why))
        }
        Stage::Stopping => "The old run is being stopped.".to_owned(),
        Stage::NotStopped(why) => format!("The old run was not stopped: two runs exist. {}", problem::description(why)),
        Stage::StopUnclear => {
            "It is not known whether the old run was stopped: two runs may exist. The console keeps reading.".to_owned()
        }
        Stage::Done(OldRunEnd::Stopped) => "Done: the new run stands, the old one is stopped.".to_owned(),
        Stage::Done(OldRunEnd::Ended) => {
            "The new run is scheduled. The old one ended before it was stopped, so it may have sent messages.".to_owned()
        }
        Stage::BothKept => "Both runs were kept.".to_owned(),
    }
}

fn word(phase: Phase) -> &'static str {
    if phase == Phase::Stopped { "stopped" } else { "over" }
}

pub fn old_run(exists: Existence) -> &'static str {
    match exists {
        Existence::Yes => "Old run, exists:",
        Existence::No => "Old run, stopped:",
        Existence::Ended => "Old run, ended:",
        Existence::Unclear => "Old run, not known whether it is stopped:",
    }
}

pub fn new_run(exists: Existence) -> &'static str {
    match exists {
        Existence::Yes => "New run, exists:",
        Existence::No | Existence::Ended => "New run, does not exist.",
        Existence::Unclear => "New run, not known whether it exists.",
    }
}

pub const STOP_OLD_RUN: &str = "Stop the old run";
pub const READ_AGAIN: &str = "Look again";
pub const KEEP_BOTH: &str = "Keep both runs";
pub const NEW_RUN: &str = "New run";
