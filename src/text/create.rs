//! The outcome of a create, and warnings before it.

use runboard_core::draft::Field;
use runboard_core::draft::warning::Warning;
use runboard_core::isolate::isolate;
use runboard_core::policy::tabs::TabActivity;
use runboard_core::problem::Problem;

/// No run was found in the list after the refusal.
pub const REFUSED: &str = "The run was not scheduled.";

/// The list was not read since: a request that was repeated on its way may be refused and carried out.
pub const REFUSED_UNCHECKED: &str = "The API refused the run.";

/// Nothing was sent.
pub const REFUSED_NO_TOKEN: &str =
    "You are not signed in, so nothing was scheduled. Sign in, then press “Schedule run” again.";

/// The API answered 401.
pub const REFUSED_TOKEN: &str = "The token was not accepted, so nothing was scheduled. Press “Schedule run” again.";
pub const REFUSED_TOKEN_UNCHECKED: &str =
    "The token was not accepted. Sign in to find out whether the run was scheduled anyway.";
pub const UNKNOWN: &str = "It is not known yet whether the run was scheduled.";

/// Which request an outcome in the form is about.
pub fn about(name: &str, at: &str) -> String {
    let name = isolate(name);
    format!("“{name}”, requested {at}.")
}

/// Why the outcome is unknown after a reload.
pub const RELOADED: &str = "The page was reloaded or closed, or you signed out, before the answer came.";
pub const SEARCHING: &str = "Looking for the run in the list. Nothing is sent again.";

pub fn search_progress(number: &str, of: &str) -> String {
    format!("Check {number} of {of}.")
}

/// The browser refuses session storage.
pub const NOT_SAVED: &str = "Do not reload this page: the browser does not let the console remember the request.";
pub const SEARCHING_BUTTON: &str = "Looking for it…";
pub const FOUND: &str = "Scheduled. The reply was lost, but the run was found.";
pub const FOUND_HINT: &str = "It has the exact window that was sent:";

/// The API refused the request, and the run exists.
pub const FOUND_AFTER_REFUSAL: &str = "Scheduled. The reply was a refusal, but the run was found.";
pub const FOUND_AFTER_REFUSAL_HINT: &str = "Something on the way to the API, perhaps the browser, sent the request twice. The run has the exact window that was sent:";
pub const PROBABLY_CREATED: &str = "It was probably scheduled.";
pub const PROBABLY_CREATED_HINT: &str = "The list has a run with this job, name and window, but this API does not keep what would prove that it is yours. Check it before you send again, or recipients may be reached twice:";

pub fn not_found(readings: &str, over: &str) -> String {
    format!("Not found in {readings} checks over {over}. It may still appear. Send again?")
}

pub const SEND_AGAIN_RISK: &str = "If the first request still goes through, there will be two runs, and recipients may be reached twice. The console would tell you.";
pub const SEARCH_INCOMPLETE: &str = "Some checks could not read the whole list.";
pub const SEND_AGAIN: &str = "Send again";
pub const DO_NOT_SEND_AGAIN: &str = "Do not send again";
pub const SCHEDULE_ANOTHER: &str = "Schedule another run";

pub fn sent_before(at: &str) -> String {
    format!("You requested the same run {at}, and its outcome is not known. Send again?")
}

pub const READ_OUTCOME_FIRST: &str = "Nothing was sent. Check the outcome of your last request.";

/// The `_notice` functions report outcomes on other pages than the form.
pub fn found_notice(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was scheduled. The reply was lost, but the run was found.")
}

pub fn found_after_refusal_notice(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was scheduled. The reply was a refusal, but the run was found.")
}

pub fn probably_created_notice(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was probably scheduled: the list has a run like it.")
}

pub fn not_created_notice(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was not scheduled.")
}

pub fn refused_notice(name: &str) -> String {
    let name = isolate(name);
    format!("The API refused “{name}”.")
}

pub fn unknown_notice(name: &str) -> String {
    let name = isolate(name);
    format!("It is not known yet whether “{name}” was scheduled. The console is looking for it in the list.")
}

pub fn not_found_notice(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was not found in the list. It may still appear.")
}

pub fn late_find(name: &str, at: &str) -> String {
    let name = isolate(name);
    format!("“{name}”, requested {at}, was created late.")
}

/// `created` of them exist, in words `count`; `left` are not stopped.
pub fn duplicates(name: &str, created: usize, count: &str, left: usize) -> String {
    let name = isolate(name);
    let times = if created == 2 { "twice".to_owned() } else { format!("{count} times") };
    let now = match (left, created) {
        (0, _) => ". All of them were stopped.",
        (1, 2) => ". One run is left; the other was stopped.",
        (1, _) => ". One run is left; the others were stopped.",
        _ => ": recipients may be reached more than once.",
    };
    format!("“{name}” was created {times}{now}")
}

/// What is said of each run in that list.
pub fn created_at(at: &str) -> String {
    format!("created {at}")
}

pub const IS_KEPT: &str = "kept";
pub const IS_DUPLICATE: &str = "duplicate";
pub const WAS_STOPPED: &str = "stopped";
pub const IS_SHOWN: &str = "shown on this page";

/// Opens the dialog that stops the duplicate runs.
pub fn stop_duplicates(count: usize) -> &'static str {
    if count == 1 { "Stop the duplicate" } else { "Stop the duplicates" }
}

pub const OPEN_RUN: &str = "Open the run";
pub const GO_TO_FORM: &str = "Go to the form";

pub const DIFFERS: &str = "The scheduled run differs from your request.";

pub fn difference(field: Field, sent: &str, got: &str) -> String {
    let (sent, got) = (isolate(sent), isolate(got));
    let field = match field {
        Field::JobId => "Job ID",
        Field::Name => "Run name",
        Field::Start => "Start",
        Field::End => "End",
    };
    format!("{field}: you asked for {sent}; the run has {got}.")
}

pub const CLASH_APPEARED: &str = "A run that clashes with this one has appeared since you filled in the form.";
pub const CHECK_CLASH_FIRST: &str =
    "A run that clashes with this one has just appeared. Check it, then schedule again.";

/// A list of the runs it mentions follows.
pub fn warning(warning: &Warning, total: usize, count: &str) -> String {
    match warning {
        Warning::StartsAtOnce(_) => "The start is in the past: the run starts at once.".to_owned(),
        Warning::LongWindow(length) => format!("The window is longer than a day: {}.", length.exact_words()),
        Warning::EndsSoon(left) => format!("It ends in {}: little or nothing may be sent.", left.words()),
        Warning::Overlaps(_) => {
            format!("This job already has {count} in this window. Recipients may be reached twice:")
        }
        Warning::NotCompared(_) => {
            format!("{count} of this job could not be checked for overlap, because the API gave no readable window:")
        }
        Warning::NameInUse(_) if total == 1 => "Another run has this name:".to_owned(),
        Warning::NameInUse(_) => format!("{count} have this name:"),
    }
}

pub fn and_more(count: &str) -> String {
    format!("and {count} more")
}

pub const CHECKING_OTHER_RUNS: &str = "Checking for other runs of this job or name…";

pub fn other_runs_unknown(why: Option<&Problem>) -> String {
    let why = why.map(|why| [super::problem::description(why).as_str(), " "].concat()).unwrap_or_default();
    ["Some runs could not be loaded. ", &why, "This job may have another run in this window."].concat()
}

/// What another tab of this browser is doing with the same run.
pub const fn other_tab(doing: TabActivity) -> &'static str {
    match doing {
        TabActivity::Typing => {
            "Another tab of this browser has the same run in its form. Schedule it in one of them only."
        }
        TabActivity::Created => "Another tab of this browser has just scheduled the same run.",
        TabActivity::Sent => "Another tab of this browser is scheduling the same run right now.",
        TabActivity::Unclear => {
            "Another tab of this browser has sent the same run, and its outcome is not known. Check there first."
        }
    }
}
