//! The summary card.

use crate::browser::number;
use runboard_core::summary::Summary;
use runboard_core::summary_history::Metric;

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
/// How a count has changed.
pub fn change(opened: &str, last: &str) -> String {
    format!("{opened} since you opened this page, {last} at the last reading")
}
/// How fast it goes.
pub fn rate(per_minute: &str, samples: &str, over: &str) -> String {
    format!("{per_minute} recipients per minute, from {samples} readings by this browser over {over}.")
}
/// It stands still.
pub fn unchanged(span: &str) -> String {
    format!("No change for {span}, as far as this browser has seen.")
}
/// The table behind the chart.
pub const TABLE_OF: &str = "What this browser has seen";
/// Its columns.
pub const TABLE: [&str; 6] = ["Read", "Responded", "Recipients", "Succeeded", "Failed", "Info"];

/// The counts in one line, for a dialog or a receipt: those that were given.
pub fn counts_line(summary: Option<&Summary>) -> String {
    let mut line = String::new();
    for (measure, name) in Metric::ALL.into_iter().zip(IN_LINE) {
        if let Some(count) = summary.and_then(|summary| measure.of(summary)) {
            line.push_str(if line.is_empty() { "" } else { ", " });
            line.push_str(&number::group(count));
            line.push(' ');
            line.push_str(name);
        }
    }
    if line.is_empty() { NO_COUNTS.to_owned() } else { line }
}
