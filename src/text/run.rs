//! The page of one run.

/// Until the run's name is known.
pub const TITLE: &str = "Run";
pub const NOT_FOUND: &str = "Run not found";
pub const NOT_FOUND_HINT: &str =
    "The API has no run with this ID, or your token may not see it. Check the ID, or look it up in the list.";
pub const GO_TO_LIST: &str = "All runs";
pub const RUN_AGAIN: &str = "Run again";
pub const STOP: &str = "Stop run";

/// In place of the stop button.
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
pub const DEVELOPERS: &str = "Developer details";
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
    format!("Starts in {span}")
}

pub fn ends_in(span: &str) -> String {
    format!("Ends in {span}")
}

/// The API says that the run has ended before its window has.
pub fn window_ended_ago(span: &str) -> String {
    format!("Its window ended {span} ago")
}

pub fn window_ends_in(span: &str) -> String {
    format!("Its window ends in {span}")
}

pub fn ended_ago(span: &str) -> String {
    format!("Ended {span} ago")
}

pub const ELAPSED_HINT: &str = "This is elapsed time, not sending progress.";
pub const STOPPED: &str = "Stopped";
pub const STOPPED_BEFORE_START: &str = "Stopped before it started";

/// `at`: when the API last changed the run, which is as near as it gets.
pub fn stopped(at: &str) -> String {
    format!("Stopped {at}")
}

/// `at`: when the API last changed the run.
pub fn last_changed(at: &str) -> String {
    format!("last changed {at}")
}

/// Label of the group of buttons.
pub const ACTIONS: &str = "Actions";
