//! The summary card.

use super::list;
use crate::browser::number;
use runboard_core::isolate::isolate;
use runboard_core::summary::Summary;
use runboard_core::summary_history::Metric;

pub const TITLE: &str = "Summary";
pub const RESPONSES: &str = "Responses";
pub const RESPONSES_HINT: &str = "Recipients who responded";
pub const DELIVERIES: &str = "Deliveries";
pub const DELIVERIES_HINT: &str =
    "Recipients contacted. Totals can differ because one recipient may produce several reports.";
pub const RECIPIENTS: &str = "Recipients";
pub const SUCCEEDED: &str = "Succeeded";
pub const FAILED: &str = "Failed";
pub const INFO: &str = "Info";
pub const RATE: &str = "Success rate";

/// `of`: the reports that say success or failure.
pub fn rate_parts(succeeded: &str, of: &str) -> String {
    format!("{succeeded} of {of} final reports")
}

pub fn rate_bar(succeeded: &str, failed: &str) -> String {
    format!("{succeeded} succeeded, {failed} failed")
}

pub const NO_DATA: &str = "No data yet";

/// In place of a count; `given`: what the API gave that is none, for the tooltip.
pub const fn no_count(given: Option<&str>) -> &'static str {
    if given.is_some() { list::CANNOT_BE_READ } else { list::NOT_GIVEN }
}

pub const LOADING: &str = "Loading summary";
pub const LIVE: &str = "Updates while the window is open";
pub const AS_OF: &str = "as of";

pub fn other_run(id: &str) -> String {
    let id = isolate(id);
    format!("The API’s answer names another run ({id}). These numbers may not belong to this run.")
}

/// The names of the counts in [`counts_line`].
pub const COUNT_NAMES: [&str; 5] = ["responded", "recipients", "succeeded", "failed", "info"];
pub const NO_COUNTS: &str = "no counts";

/// `opened`, `last`: the change since the page was opened, and since the previous read.
pub fn change_since(opened: &str, last: &str) -> String {
    format!("{opened} since you opened this page, {last} since last update")
}

pub fn recipients_per_minute(per_minute: &str, samples: &str, over: &str) -> String {
    format!("{per_minute} recipients per minute, measured here from {samples} updates over {over}.")
}

pub fn unchanged(span: &str) -> String {
    format!("No change for {span}, as seen in this browser.")
}

/// The table that says what the chart shows.
pub const TABLE_TITLE: &str = "Updates seen in this browser";
pub const TABLE_COLUMNS: [&str; 6] = ["Read", "Responded", "Recipients", "Succeeded", "Failed", "Info"];

/// The counts that are known, in one line, for a receipt; in words if none are.
pub fn counts_line(summary: Option<&Summary>) -> String {
    known_counts(summary).unwrap_or_else(|| NO_COUNTS.to_owned())
}

/// The counts that are known, in one line, for a dialog or a notice; `None` if none are.
pub fn known_counts(summary: Option<&Summary>) -> Option<String> {
    let mut line = String::new();
    for (measure, name) in Metric::ALL.into_iter().zip(COUNT_NAMES) {
        if let Some(count) = summary.and_then(|summary| measure.of(summary)) {
            line.push_str(if line.is_empty() { "" } else { ", " });
            line.push_str(&number::group(count));
            line.push(' ');
            line.push_str(name);
        }
    }
    (!line.is_empty()).then_some(line)
}
