//! The page of one run.

/// Until the run's name is known.
pub const TITLE: &str = "Run";
pub const NOT_FOUND: &str = "Run not found";
pub const NOT_FOUND_HINT: &str =
    "The API has no run with this ID, or your token may not see it. Check the ID, or look it up in the list.";
pub const GO_TO_LIST: &str = "Go to all runs";
pub const RUN_AGAIN: &str = "Run again";
pub const STOP: &str = "Stop run";

/// Why there is no stop button.
pub const NO_STOP_OVER: &str = "Its window has ended: there is nothing left to stop.";
pub const NO_STOP_ENDED: &str = "The API says that this run has ended.";
pub const NO_STOP_STOPPED: &str = "This run was stopped.";
pub const NO_STOP_CONFIG: &str = "Stopping is switched off in this console.";
pub const WINDOW: &str = "Window";
pub const ELAPSED: &str = "Window elapsed";
pub const FACTS: &str = "Details";
pub const JOB: &str = "Job";
pub const START: &str = "Start";
pub const END: &str = "End";
pub const LENGTH: &str = "Length";
pub const CREATED: &str = "Created";
pub const UPDATED: &str = "Last changed";
pub const RUN_ID: &str = "Run ID";
pub const JOB_ID: &str = "Job ID";
pub const JOB_PAGE: &str = "Open job";
pub const INTEGRATORS: &str = "For integrators";
pub const RAW: &str = "Raw JSON";

/// For [`super::shell::copy`].
pub const COPY_RAW: &str = "raw JSON";
pub const CURL: &str = "Command line";

/// For [`super::shell::copy`].
pub const COPY_CURL: &str = "command line";
pub const CURL_HINT: &str = "Your token is not in it: set RUNBOARD_TOKEN in your shell.";

/// `start`, `end`: whether the API gave one.
pub const fn no_window(start: bool, end: bool) -> &'static str {
    match (start, end) {
        (true, true) => "The end is not after the start: there is no window to show.",
        (true, false) => "The API gave no readable end for this run.",
        (false, true) => "The API gave no readable start for this run.",
        (false, false) => "The API gave no readable start and end for this run.",
    }
}

/// `length`: of the window.
pub fn elapsed(percent: u32, length: &str) -> String {
    format!("{percent} % of {length} elapsed")
}

pub fn opens_in(span: &str) -> String {
    format!("Opens in {span}")
}

pub fn ends_in(span: &str) -> String {
    format!("Ends in {span}")
}

pub fn ended_ago(span: &str) -> String {
    format!("Ended {span} ago")
}

pub const ELAPSED_HINT: &str = "Time only. The API does not say how far the job’s list is.";
pub const STOPPED_WINDOW: &str = "Stopped before the end of its window, or at it.";
