//! One run.

/// Before the run is known.
pub const TITLE: &str = "Run";
/// There is no such run.
pub const NOT_FOUND: &str = "Run not found";
/// Why that may be.
pub const NOT_FOUND_HINT: &str =
    "The API has no run with this ID, or your token may not see it. Check the ID, or look it up in the list.";
/// Back to the list.
pub const TO_LIST: &str = "Go to all runs";
/// Repeat it.
pub const RUN_AGAIN: &str = "Run again";
/// Stop it.
pub const STOP: &str = "Stop run";
/// No stop button because it is over.
pub const NO_STOP_OVER: &str = "Its window has ended: there is nothing left to stop.";
/// No stop button because it was stopped.
pub const NO_STOP_STOPPED: &str = "This run was stopped.";
/// No stop button because the console is view only.
pub const NO_STOP_CONFIG: &str = "Stopping is switched off in this console.";
/// The section of the window.
pub const WINDOW: &str = "Window";
/// The bar's name.
pub const ELAPSED: &str = "Window elapsed";
/// The section of facts.
pub const FACTS: &str = "Details";
/// Terms.
pub const JOB: &str = "Job";
/// Start.
pub const START: &str = "Start";
/// End.
pub const END: &str = "End";
/// Length.
pub const LENGTH: &str = "Length";
/// Created.
pub const CREATED: &str = "Created";
/// Last changed.
pub const UPDATED: &str = "Last changed";
/// The run's id.
pub const RUN_ID: &str = "Run ID";
/// The job's id.
pub const JOB_ID: &str = "Job ID";
/// The link to the job's page in the portal.
pub const JOB_PAGE: &str = "Open job";
/// The section for integrators.
pub const INTEGRATORS: &str = "For integrators";
/// Raw JSON.
pub const RAW: &str = "Raw JSON";
/// The API's answer.
pub const RAW_COPY: &str = "raw JSON";
/// The command line.
pub const CURL: &str = "Command line";
/// What to copy.
pub const CURL_COPY: &str = "command line";
/// What the variable in it is.
pub const CURL_HINT: &str = "Your token is not in it: set RUNBOARD_TOKEN in your shell.";
/// The window cannot be shown.
pub const fn no_window(start: bool, end: bool) -> &'static str {
    match (start, end) {
        (true, true) => "The end is not after the start: there is no window to show.",
        (true, false) => "The API gave no readable end for this run.",
        (false, true) => "The API gave no readable start for this run.",
        (false, false) => "The API gave no readable start and end for this run.",
    }
}

/// Share of the window that has elapsed.
pub fn elapsed(percent: u32, length: &str) -> String {
    format!("{percent} % of {length} elapsed")
}
/// Until the window opens.
pub fn opens_in(span: &str) -> String {
    format!("Opens in {span}")
}
/// Until it ends.
pub fn ends_in(span: &str) -> String {
    format!("Ends in {span}")
}
/// Since it ended.
pub fn ended_ago(span: &str) -> String {
    format!("Ended {span} ago")
}
/// What the elapsed bar is not.
pub const ELAPSED_HINT: &str = "Time only. The API does not say how far the job’s list is.";
/// Since the window was to end, for a stopped run.
pub const STOPPED_WINDOW: &str = "Stopped before the end of its window, or at it.";
