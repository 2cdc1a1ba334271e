//! Signing out while the outcome of something is not known yet.

use runboard_core::isolate::isolate;
use runboard_core::policy::unclear::Unclear;

pub const TITLE: &str = "Sign out now?";
pub const SIGN_OUT: &str = "Sign out";
pub const STAY: &str = "Stay signed in";

/// What is unclear, one sentence for each kind. `count` writes a number.
pub fn unclear(unclear: &Unclear, count: &dyn Fn(usize) -> String) -> Vec<String> {
    let results = |doing: &str, names: &[String]| match names {
        [] => None,
        [name] => Some(format!("The result of {doing} “{}” is not known yet.", isolate(name))),
        names => Some(format!("The results of {doing} {} runs are not known yet.", count(names.len()))),
    };
    let unasked = match unclear.unasked {
        0 => None,
        1 => Some("1 run that you chose to stop has not been asked to stop yet.".to_owned()),
        n => Some(format!("{} runs that you chose to stop have not been asked to stop yet.", count(n))),
    };
    let reschedule =
        unclear.reschedule.as_ref().map(|name| format!("Rescheduling “{}” is not finished.", isolate(name)));
    [results("scheduling", &unclear.creates), results("stopping", &unclear.stops), unasked, reschedule]
        .into_iter()
        .flatten()
        .collect()
}

/// While something is unclear.
pub const CHECKED_LATER: &str = "When you sign in again as the same person in this browser, the console checks the results and tells you. It sends nothing again by itself.";

/// The same, where only this tab can remember it.
pub const CHECKED_IN_TAB: &str = "When you sign in again as the same person in this tab, the console checks the results and tells you. It sends nothing again by itself. If you close the tab, nobody will tell you.";

/// The same, where the browser refuses storage.
pub const NOT_CHECKED_LATER: &str = "This browser doesn’t let the console remember this, so nobody will tell you the results. Stay signed in to see them.";

/// Everything became known while the dialog was open.
pub const ALL_KNOWN: &str = "All results are known now.";
