//! The summary card.

/// The region.
pub const TITLE: &str = "Summary";
/// The first group.
pub const RESPONSES: &str = "Responses";
/// What it counts.
pub const RESPONSES_HINT: &str = "Recipients who responded";
/// The second group.
pub const DELIVERIES: &str = "Deliveries";
/// What it counts.
pub const DELIVERIES_HINT: &str = "Recipients handled, and the status reports that came back. One recipient can cause several reports, so these do not add up.";
/// Terms.
pub const RECIPIENTS: &str = "Recipients";
/// Succeeded.
pub const SUCCEEDED: &str = "Succeeded";
/// Failed.
pub const FAILED: &str = "Failed";
/// Info.
pub const INFO: &str = "Info";
/// The rate.
pub const RATE: &str = "Success rate";
/// What it counts.
pub const RATE_HINT: &str = "Of the status reports that say success or failure";
/// A block is missing.
pub const NO_DATA: &str = "No data yet";
/// A count is missing.
pub const NO_COUNT: &str = "not given";
/// While it is read for the first time.
pub const LOADING: &str = "Loading summary";
/// It is read again and again.
pub const LIVE: &str = "Updates while the window is open";
/// The answer speaks of another run.
pub fn other_run(id: &str) -> String {
    format!("The API’s answer names another run ({id}). These numbers may not belong to this run.")
}
/// The names of the counts in one line: responders, recipients handled, and the reports.
pub const IN_LINE: [&str; 5] = ["responded", "recipients", "succeeded", "failed", "info"];
/// No count is known.
pub const NO_COUNTS: &str = "no counts";
