//! Errors in words, each with its next step. This is the one place where they become sentences.

use runboard_core::isolate::isolate;
use runboard_core::problem::{Problem, ProblemKind};

pub fn description(problem: &Problem) -> String {
    match &problem.kind {
        ProblemKind::Aborted => "You left this page, cancelled, or signed out before the answer came.".to_owned(),
        ProblemKind::Unreachable { offline: true } => "This computer is offline.".to_owned(),
        ProblemKind::Unreachable { offline: false } => {
            "Could not reach the API, or the browser blocked its answer.".to_owned()
        }
        ProblemKind::TimedOut { after } => format!("The API did not answer within {}.", after.words()),
        ProblemKind::Unauthorised { expired: true } => "Your token has expired.".to_owned(),
        ProblemKind::Unauthorised { expired: false } => "The API does not accept your token.".to_owned(),
        ProblemKind::Forbidden => "Your token does not allow this.".to_owned(),
        ProblemKind::NotFound => "The API has nothing at this address.".to_owned(),
        ProblemKind::Conflict => "The API says this does not fit the run’s state.".to_owned(),
        ProblemKind::Invalid { .. } => "The API did not accept what was sent.".to_owned(),
        ProblemKind::Limited { wait: Some(wait) } => {
            format!("Too many requests. The API asks to wait {}.", wait.words())
        }
        ProblemKind::Limited { wait: None } => "Too many requests.".to_owned(),
        ProblemKind::Server { status } => format!("The API failed (error {status})."),
        ProblemKind::Refused { status } => format!("The API refused the request (error {status})."),
        ProblemKind::Undecodable => "The API’s answer could not be read.".to_owned(),
        ProblemKind::Intercepted { .. } => match problem.status {
            Some(status @ 300..) => {
                format!(
                    "Something in front of the API answered instead of it (error {status}): a gateway, or a sign-in page."
                )
            }
            _ => "Something in front of the API answered instead of it: a gateway, or a sign-in page.".to_owned(),
        },
        ProblemKind::NoToken => "You are not signed in.".to_owned(),
    }
}

/// The next step where the console retries by itself.
pub fn next_step(problem: &Problem) -> &'static str {
    match &problem.kind {
        ProblemKind::Aborted => "",
        ProblemKind::Unreachable { offline: true } => {
            "Check the network. The console continues by itself when it is back."
        }
        ProblemKind::Unreachable { offline: false } => {
            "Check the network and VPN. If others can reach it, ask your administrator to look at Diagnostics."
        }
        ProblemKind::TimedOut { .. } | ProblemKind::Server { .. } => {
            "The console tries again by itself. If it lasts, tell your administrator."
        }
        ProblemKind::Limited { .. } => "The console waits and tries again by itself.",
        ProblemKind::Unauthorised { .. } | ProblemKind::NoToken => "Sign in to continue.",
        ProblemKind::Forbidden => "Ask for a token with permission, or sign in with another one.",
        ProblemKind::NotFound => "If this is the list, the API’s address may be configured wrongly: see Diagnostics.",
        ProblemKind::Conflict | ProblemKind::Invalid { .. } | ProblemKind::Refused { .. } => {
            "Change what the message names and try again."
        }
        ProblemKind::Undecodable => {
            "A gateway may have answered in the API’s place. If it lasts, tell your administrator."
        }
        ProblemKind::Intercepted { .. } => {
            "Your network or portal may want you to sign in: reload this page, or open it in a new tab. The console tries again by itself."
        }
    }
}

/// The next step where nothing is retried: what the person does is never repeated.
pub fn manual_next_step(problem: &Problem) -> &'static str {
    match &problem.kind {
        ProblemKind::Unreachable { offline: true } => "Check the network, then try again.",
        ProblemKind::TimedOut { .. } | ProblemKind::Server { .. } => "Try again. If it lasts, tell your administrator.",
        ProblemKind::Limited { .. } => "Nothing is tried again by itself: wait, then try again.",
        ProblemKind::Intercepted { .. } => {
            "Your network or portal may want you to sign in: open this page in a new tab, then try again here."
        }
        _ => next_step(problem),
    }
}

/// Who said the words that follow.
pub const fn speaker(problem: &Problem) -> &'static str {
    match problem.kind {
        ProblemKind::Intercepted { .. } => "It says:",
        _ => "The API says:",
    }
}

/// What the server said about it, with who that was.
pub fn message(problem: &Problem) -> Option<String> {
    let text = isolate(problem.said.as_deref()?);
    Some(format!("{} {text}", speaker(problem)))
}

/// The id follows.
pub const TRACE_ID: &str = "Trace ID:";

pub const LIST_NOT_LOADED: &str = "The runs could not be loaded";
pub const RUN_NOT_LOADED: &str = "The run could not be loaded";
pub const SUMMARY_NOT_LOADED: &str = "The summary could not be loaded";

/// `next`: the time until the next try.
pub fn stale(as_of: &str, tries: &str, next: Option<&str>) -> String {
    let tries = if tries == "1" { "the last try failed".to_owned() } else { format!("the last {tries} tries failed") };
    let next = next.map(|span| format!(", next in {span}")).unwrap_or_default();
    format!("Shown as of {as_of}; {tries}{next}.")
}
