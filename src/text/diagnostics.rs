//! Diagnostics.

use runboard_core::security_headers::HeaderProblem;

/// Heading.
pub const TITLE: &str = "Diagnostics";
/// Sections and terms.
pub const CONSOLE: &str = "Console";
/// Version.
pub const VERSION: &str = "Version";
/// The page's own build.
pub const BUILD: &str = "Build of this page";
/// It was built to try something out.
pub const NOT_SEALED: &str = "a build for trying out, without an id";
/// The build that is hosted now.
pub const HOSTED: &str = "Build on the server";
/// While it is asked for.
pub const LOOKING: &str = "Looking…";
/// version.json cannot be had.
pub const NOT_SAID: &str = "not known: version.json cannot be read";
/// The build that is hosted now, and whether it is this page's.
pub fn hosted(version: &str, build: &str, commit: Option<&str>, same: bool) -> String {
    let tail = if same { ", the same as this page" } else { ", another than this page: a reload brings it" };
    let commit = commit.map_or_else(String::new, |commit| [", commit ", commit].concat());
    ["version ", version, ", build ", build, &commit, tail].concat()
}
/// The headers of the page.
pub const PROTECTION: &str = "Protection by the server";
/// Nothing to say.
pub const HEADERS_FINE: &str =
    "The page is served with all the headers that it needs, and they allow nothing that it does not need.";
/// They could not be read.
pub const HEADERS_UNREAD: &str = "The page’s headers could not be read just now.";
/// What follows is a list.
pub const HEADERS_LAPSE: &str = "The page’s headers are not as they should be. Tell those who host this console; docs/security.md says what each is for.";
/// One thing that is not as it should be.
pub fn lapse(lapse: &HeaderProblem) -> String {
    match lapse {
        HeaderProblem::Missing(name) => [*name, " is missing or says too little: ", without(name)].concat(),
        HeaderProblem::TooWide(name, source) => {
            [*name, " is too wide: it allows ", source, ", which the console does not need."].concat()
        }
        HeaderProblem::TooNarrow("frame-ancestors", source) => {
            ["frame-ancestors is too narrow: ", source, " is configured to embed the console and may not."].concat()
        }
        HeaderProblem::TooNarrow(name, source) => {
            [*name, " is too narrow: it does not allow ", source, ", which the console needs."].concat()
        }
    }
}
fn without(name: &str) -> &'static str {
    match name {
        "Content-Security-Policy" => "nothing limits what a script that gets into the page could do.",
        "Referrer-Policy" => "links out of the console tell other sites which run was open.",
        "X-Content-Type-Options" => "the browser may take a file for something else than it is.",
        "Permissions-Policy" => "the page may ask for camera, location and the like, which it never needs.",
        "frame-ancestors" => "any page may embed the console and lead clicks astray.",
        "require-trusted-types-for" => "the browser does not stop text from becoming markup.",
        "base-uri" => "the addresses of the console’s own files can be turned elsewhere.",
        "form-action" => "a form that gets into the page may send to any site.",
        _ => "what it does not name is allowed from anywhere.",
    }
}
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
pub const CLOCK_UNKNOWN: &str =
    "not known (no answer of the API so far whose Date header could be read); this computer’s clock is used";
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
