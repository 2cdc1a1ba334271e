//! The page "Diagnostics".

use runboard_core::isolate::isolate;
use runboard_core::security_headers::HeaderProblem;

pub const TITLE: &str = "Diagnostics";
pub const CONSOLE: &str = "Console";
pub const VERSION: &str = "Version";
pub const BUILD: &str = "Build of this page";
pub const NO_BUILD_ID: &str = "Development build";
pub const HOSTED: &str = "Build on the server";
pub const LOADING: &str = "Looking…";
pub const HOSTED_UNKNOWN: &str = "not known: version.json cannot be read";

/// `same`: whether it is the build of this page.
pub fn hosted(version: &str, build: &str, commit: Option<&str>, same: bool) -> String {
    let tail = if same { ", the same as this page" } else { ", another than this page: a reload brings it" };
    let (version, build) = (isolate(version), isolate(build));
    let commit = commit.map_or_else(String::new, |commit| [", commit ", &isolate(commit)].concat());
    ["version ", &version, ", build ", &build, &commit, tail].concat()
}

pub const HEADERS: &str = "Security headers";
pub const HEADERS_OK: &str =
    "The page is served with all the headers that it needs, and they allow nothing that it does not need.";
pub const HEADERS_UNREAD: &str = "The page’s headers could not be read just now.";

/// The problems follow as a list.
pub const HEADERS_PROBLEMS: &str =
    "The page’s headers are not as they should be. Tell your administrator; docs/security.md says what each is for.";

pub fn header_problem(lapse: &HeaderProblem) -> String {
    match lapse {
        HeaderProblem::Missing(name) => [*name, " is missing or says too little: ", risk_without(name)].concat(),
        HeaderProblem::TooWide(name, source) => {
            [*name, " is too wide: it allows ", &isolate(source), ", which the console does not need."].concat()
        }
        HeaderProblem::TooNarrow("frame-ancestors", source) => {
            ["frame-ancestors is too narrow: ", &isolate(source), " is configured to embed the console and may not."]
                .concat()
        }
        HeaderProblem::TooNarrow(name, source) => {
            [*name, " is too narrow: it does not allow ", &isolate(source), ", which the console needs."].concat()
        }
    }
}

fn risk_without(name: &str) -> &'static str {
    match name {
        "Content-Security-Policy" => "nothing limits what a script that gets into the page could do.",
        "Referrer-Policy" => "links out of the console tell other sites which run was open.",
        "X-Content-Type-Options" => "the browser may take a file for something else than it is.",
        "Permissions-Policy" => "the page may ask for camera, location and the like, which it never needs.",
        "frame-ancestors" => "any site could frame this page (clickjacking).",
        "require-trusted-types-for" => "the browser does not stop text from becoming markup.",
        "base-uri" => "the addresses of the console’s own files can be turned elsewhere.",
        "form-action" => "a form that gets into the page may send to any site.",
        _ => "what it does not name is allowed from anywhere.",
    }
}

pub const API: &str = "API";

/// In the order of `Api::addresses`.
pub const OPERATIONS: [&str; 5] = ["Run a job", "All runs", "One run", "Stop", "Summary"];
pub const SESSION: &str = "Session";
pub const APPLICATION: &str = "Application";
pub const SUBJECT: &str = "Subject";
pub const EXPIRES: &str = "Token expires";
pub const STORAGE: &str = "Token kept";
pub const STORAGE_SESSION: &str = "for this tab";
pub const STORAGE_MEMORY: &str = "in memory, until reload";
pub const SOURCE: &str = "Token from";
pub const SOURCE_PASTE: &str = "pasted by the person";
pub const SOURCE_ENDPOINT: &str = "the portal’s token endpoint";
pub const SOURCE_HOST: &str = "the embedding page";
pub const CLOCK_OFFSET: &str = "API clock against this computer";
pub const CLOCK_UNKNOWN: &str =
    "not known (no answer of the API so far whose Date header could be read); this computer’s clock is used";

/// The two clocks differ by less than a second.
pub const IN_SYNC: &str = "in sync";

/// `ahead`: whether the API's clock is ahead of this computer's.
pub fn clock_offset(span: &str, ahead: bool, error: &str) -> String {
    format!("{span} {}, within {error}", if ahead { "ahead" } else { "behind" })
}

pub const UNKNOWN_KEYS: &str = "Unknown settings";
pub const NONE: &str = "none";
pub const POLL: &str = "Refresh";

pub fn every(seconds: &str) -> String {
    format!("every {seconds} s while visible")
}

pub const COPY: &str = "Copy diagnostics";
pub const REQUESTS: &str = "Last requests";
pub const REQUESTS_HINT: &str =
    "The last 50 of this page, newest first, by this computer’s clock. Neither tokens nor contents are kept.";
pub const NO_REQUESTS: &str = "None yet.";
pub const REQUEST_COLUMNS: [&str; 4] = ["Sent", "Request", "Took", "Outcome"];

pub fn duration(millis: &str) -> String {
    format!("{millis} ms")
}

pub const SUCCEEDED: &str = "Answered";
