//! Requests that closed and signed-out tabs left, and that are not being checked here yet.

use runboard_core::policy::unfinished::Waiting;

pub const fn waiting(why: Waiting) -> &'static str {
    match why {
        Waiting::MayBeReloading => {
            "A tab that was closed or reloaded left a request whose result is not known. It will be checked in a few seconds."
        }
        Waiting::NotFree => {
            "Another tab left a request whose result is not known. It will be checked here when you have dismissed the results of this tab."
        }
    }
}

/// After signing in again.
pub const TAKEN_ELSEWHERE: &str =
    "When you signed out, the result of a request was not known. Another tab of this browser is checking it.";
