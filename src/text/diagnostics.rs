//! Diagnostics.

/// Heading.
pub const TITLE: &str = "Diagnostics";
/// Sections and terms.
pub const CONSOLE: &str = "Console";
/// Version.
pub const VERSION: &str = "Version";
/// The API.
pub const API: &str = "API";
/// The base.
pub const BASE: &str = "Base";
/// Operations.
pub const OPERATIONS: [&str; 5] = ["Run a job", "All runs", "One run", "Stop", "Summary"];
/// Session.
pub const SESSION: &str = "Session";
/// Application.
pub const APPLICATION: &str = "Application";
/// Subject.
pub const SUBJECT: &str = "Subject";
/// Expiry.
pub const EXPIRES: &str = "Token expires";
/// Where it is kept.
pub const KEPT: &str = "Token kept";
/// In the tab.
pub const KEPT_TAB: &str = "for this tab";
/// In memory.
pub const KEPT_MEMORY: &str = "in memory, until reload";
/// Where it comes from.
pub const SOURCE: &str = "Token from";
/// Paste.
pub const SOURCE_PASTE: &str = "pasted by the person";
/// Endpoint.
pub const SOURCE_ENDPOINT: &str = "the portal’s token endpoint";
/// Host.
pub const SOURCE_HOST: &str = "the embedding page";
/// Clock.
pub const CLOCK: &str = "Clock";
/// Difference.
pub const CLOCK_OFFSET: &str = "API clock against this computer";
/// Unknown.
pub const CLOCK_UNKNOWN: &str = "not known (the API’s Date header cannot be read); this computer’s clock is used";
/// The difference in words.
pub fn clock_offset(span: &str, ahead: bool, error: &str) -> String {
    format!("{span} {}, give or take {error}", if ahead { "ahead" } else { "behind" })
}
/// Configuration.
pub const CONFIGURATION: &str = "Configuration";
/// Unknown keys.
pub const UNKNOWN_KEYS: &str = "Keys without a meaning";
/// None.
pub const NONE: &str = "none";
/// Refresh interval.
pub const POLL: &str = "Refresh";
/// In seconds.
pub fn every(seconds: &str) -> String {
    format!("every {seconds} s while the page is seen")
}
/// Copies the page.
pub const COPY: &str = "Copy all of this";
/// The section of requests.
pub const REQUESTS: &str = "Last requests";
/// What they are.
pub const REQUESTS_HINT: &str =
    "The last 50 of this page, newest first, by this computer’s clock. Neither tokens nor contents are kept.";
/// None yet.
pub const NO_REQUESTS: &str = "None yet.";
/// Columns.
pub const REQUEST_COLUMNS: [&str; 4] = ["Sent", "Request", "Took", "Outcome"];
/// How long it took.
pub fn took(millis: &str) -> String {
    format!("{millis} ms")
}
/// It worked.
pub const SUCCEEDED: &str = "Answered";
