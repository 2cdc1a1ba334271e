//! What became of a create, and what to think about before.

use runboard_core::draft::Field;
use runboard_core::draft::warning::Warning;
use runboard_core::policy::tabs::Doing;
use runboard_core::problem::Problem;

/// It was not created.
pub const REFUSED: &str = "The run was not scheduled.";
/// Unauthorised.
pub const REFUSED_TOKEN: &str =
    "The token was not accepted, so nothing was scheduled. Sign in above, then press “Schedule run” again.";
/// Unknown outcome.
pub const UNKNOWN: &str = "It is not known yet whether the run was scheduled.";
/// Why it is not known, after a reload.
pub const RELOADED: &str = "The page was reloaded or closed before the answer came.";
/// What is done about it.
pub const READING: &str = "The console looks for the run in the list. Nothing is sent a second time.";
/// How far that is.
pub fn reading(number: &str, of: &str) -> String {
    format!("Reading {number} of {of}.")
}
/// Nothing could be kept in this tab.
pub const UNKEPT: &str = "Do not reload this page: the browser does not let the console remember the request.";
/// While it is looked for: on the button.
pub const LOOKING: &str = "Looking for it…";
/// The list has it.
pub const FOUND: &str = "It was created.";
/// How that is known.
pub const FOUND_HINT: &str = "The answer was lost, but the list has the run, with the exact window that was sent:";
/// The list has something like it.
pub const PROBABLE: &str = "It was probably created.";
/// How sure that is.
pub const PROBABLE_HINT: &str = "The list has a run with this job, name and window, but this API does not keep what would prove that it is yours. Look at it before you send again, or recipients may be reached twice.";
/// The list does not have it.
pub fn not_found(readings: &str, over: &str) -> String {
    format!("Not found in {readings} readings over {over}. It may still appear; send again?")
}
/// What sending again risks.
pub const RISK: &str = "If the first request still gets through, two runs exist and recipients may be reached twice. The console would notice and tell you.";
/// Some readings had gaps.
pub const PARTIAL: &str = "Some of the readings could not see the whole list.";
/// Sends it once more.
pub const AGAIN: &str = "Send again";
/// Does not.
pub const LEAVE_IT: &str = "Do not send again";
/// Starts a new form.
pub const ANOTHER: &str = "Schedule another run";
/// The same was asked for before.
pub fn asked_before(at: &str) -> String {
    format!("The same run was asked for {at}, and it is not known what became of it. Send again?")
}
/// "Schedule run" did nothing.
pub const SEE_OUTCOME: &str = "Nothing was sent. Read what became of the last request.";

/// A created run, told on another page.
pub fn created_elsewhere(name: &str) -> String {
    format!("“{name}” was scheduled.")
}
/// The list has it, told on another page.
pub fn found_elsewhere(name: &str) -> String {
    format!("“{name}” was created: its answer was lost, but the list has it.")
}
/// The list has something like it, told on another page.
pub fn probable_elsewhere(name: &str) -> String {
    format!("“{name}” was probably created: the list has a run like it.")
}
/// A create that failed while another page was shown.
pub fn not_created_elsewhere(name: &str) -> String {
    format!("“{name}” was not scheduled.")
}
/// A create of unknown outcome, told on another page.
pub fn unknown_elsewhere(name: &str) -> String {
    format!("It is not known yet whether “{name}” was scheduled. The console looks for it in the list.")
}
/// The readings are done, told on another page.
pub fn not_found_elsewhere(name: &str) -> String {
    format!("“{name}” was not found in the list. It may still appear.")
}
/// A late commit.
pub fn late(name: &str, at: &str) -> String {
    format!("“{name}”, asked for {at}, was created after all.")
}
/// Several runs came of what a person meant once.
pub fn doubled(name: &str, count: &str) -> String {
    format!("“{name}” exists {count} times: recipients may be reached more than once. Stop what is too many.")
}
/// The link to a run.
pub const OPEN_IT: &str = "Open the run";
/// Back to the form.
pub const BACK_TO_FORM: &str = "Go to the form";

/// The API made something else.
pub const DIFFERS: &str = "The API scheduled something else than was asked for.";
/// One difference.
pub fn difference(field: Field, sent: &str, got: &str) -> String {
    let field = match field {
        Field::JobId => "Job ID",
        Field::Name => "Run name",
        Field::Start => "Start",
        Field::End => "End",
    };
    format!("{field}: asked for {sent}, the run has {got}.")
}

/// What to think about before sending; the runs it names follow.
pub fn warning(warning: &Warning, count: &str) -> String {
    match warning {
        Warning::StartsAtOnce(_) => "The start is in the past: the run starts at once.".to_owned(),
        Warning::LongWindow(length) => format!("The window is longer than a day: {}.", length.exact_words()),
        Warning::EndsSoon(left) => format!("It ends in {}: little or nothing may be sent.", left.words()),
        Warning::Overlaps(_) => {
            format!("This job already has {count} in this window. Recipients may be reached twice:")
        }
        Warning::NameInUse(_) => format!("The name is in use by {count}, which will be hard to tell apart:"),
    }
}
/// Not all of them are named.
pub fn and_more(count: &str) -> String {
    format!("and {count} more")
}

/// The other runs are on their way.
pub const SEEING: &str = "Other runs of this job and name are still being looked for.";
/// They could not be seen.
pub fn unseen(why: Option<&Problem>) -> String {
    let why = why.map(|why| [super::problem::what(why).as_str(), " "].concat()).unwrap_or_default();
    ["Not all runs could be read. ", &why, "Whether this job has another run in this window is not known."].concat()
}

/// Another tab of this browser is at the same run.
pub const fn twin(doing: Doing) -> &'static str {
    match doing {
        Doing::Typing => "Another tab of this browser has the same run in its form. Schedule it in one of them only.",
        Doing::Made => "Another tab of this browser has just scheduled the same run.",
        Doing::Sent => "Another tab of this browser is scheduling the same run right now.",
        Doing::Unclear => {
            "Another tab of this browser has sent the same run, and it is not known what became of it. Look there first."
        }
    }
}
