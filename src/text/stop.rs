//! Stopping a run.

use super::status;
use super::summary::counts_line;
use runboard_core::isolate::isolate;
use runboard_core::policy::stop::Receipt;
use runboard_core::run::Status;
use runboard_core::time::Timestamp;

pub const DIALOG_TITLE: &str = "Stop this run?";
pub const CONFIRM: &str = "Stop run";
pub const KEEP_RUNNING: &str = "Keep running";

/// The same for a run that has not started.
pub const KEEP_UPCOMING: &str = "Keep run";

/// Also for several runs.
pub const CONSEQUENCE: &str =
    "Messages already sent can’t be recalled, and responses are no longer handled. A stopped run may not be resumable.";

/// For a run that has not started.
pub const CONSEQUENCE_UPCOMING: &str =
    "It has not started yet, so nothing should have been sent. A stopped run may not be resumable.";
pub const SENDING: &str = "Asking the API to stop the run…";

/// Also for 409. `word`: the API's status.
pub fn already_over(word: Option<&str>) -> String {
    let word = word.map(|word| format!(" Its status is “{}”.", isolate(word))).unwrap_or_default();
    format!("This run is already over. Nothing was changed.{word}")
}

pub const READING_RUN: &str = "Checking the run…";
pub const RUN_IS_CURRENT: &str = "Checked just now.";
pub const READ_IS_SLOW: &str = "The API is slow to reply, so this may be out of date. You can still stop the run.";

pub fn read_failed(why: &str) -> String {
    format!("The run could not be checked. {why} This may be out of date. You can still stop the run.")
}

pub fn counts_so_far(counts: &str) -> String {
    format!("So far: {counts}.")
}

pub fn time_left(span: &str, end: &str) -> String {
    format!("Ends in {span}, {end}.")
}

/// The API calls the run running, although its window is over.
pub fn past_end(span: &str, end: &str) -> String {
    format!("Its window ended {span} ago, {end}.")
}

pub fn opens_in(span: &str, start: &str) -> String {
    format!("Starts in {span}, {start}.")
}

/// The API accepted the request.
pub fn requested(at: &str) -> String {
    format!("Stop requested {at} and accepted. The run’s status does not say “stopped” yet.")
}

/// `times`: how often the run was read.
pub fn reads_since(times: &str, word: &str) -> String {
    let word = isolate(word);
    let times = if times == "1" { "once".to_owned() } else { format!("{times} times") };
    format!("Checked {times} since then: the status is still “{word}”. The console keeps checking.")
}

/// The status says that the run was stopped. `word` is that status where it is another word than “stopped”.
pub fn confirmed(asked: &str, confirmed: &str, word: Option<&str>) -> String {
    let word = word.map(|word| format!(" (status “{}”)", isolate(word))).unwrap_or_default();
    format!("Stopped. Requested {asked}, confirmed {confirmed}{word}.")
}

/// The status has changed, but does not say that the run was stopped.
pub fn status_changed(asked: &str, confirmed: &str, before: &str, word: &str) -> String {
    let (before, word) = (isolate(before), isolate(word));
    format!(
        "Stop requested {asked}. At {confirmed} the status was “{word}”, before that “{before}”. The run may also have ended by itself."
    )
}

/// What is known of the counts when the stop was requested and now; `None` if nothing is.
pub fn counts_before_after(before: Option<&str>, after: Option<&str>) -> Option<String> {
    match (before, after) {
        (Some(before), Some(after)) => Some(format!("When requested: {before}. Now: {after}.")),
        (Some(before), None) => Some(format!("When requested: {before}.")),
        (None, Some(after)) => Some(format!("Now: {after}.")),
        (None, None) => None,
    }
}

/// For [`super::shell::copy`].
pub const COPY_RECEIPT: &str = "receipt";

/// The receipt as text, one line for each field, with times as ISO 8601 in UTC.
pub fn receipt_text(of: &Receipt) -> String {
    let answered = of.answered_at.map_or_else(|| NO_ANSWER.to_owned(), Timestamp::to_iso);
    let before = of.before.as_ref().map_or(status::NO_STATUS, Status::as_str);
    receipt(
        &of.name,
        of.id.as_str(),
        [&of.asked_at.to_iso(), &answered, &of.confirmed_at.to_iso()],
        [before, of.status.as_str()],
        [&counts_line(of.counts_before.as_ref()), &counts_line(of.counts_after.as_ref())],
    )
}

fn receipt(name: &str, id: &str, times: [&str; 3], words: [&str; 2], counts: [&str; 2]) -> String {
    let [asked, answered, confirmed] = times;
    let ([before, after], [counted, counts]) = (words.map(isolate), counts);
    let (name, id) = (isolate(name), isolate(id));
    format!(
        "Stop of “{name}”\nRun ID: {id}\nRequested: {asked}\nAccepted: {answered}\nConfirmed: {confirmed}\nStatus before: {before}\nStatus after: {after}\nCounts when requested: {counted}\nCounts after: {counts}\n"
    )
}

pub const NO_ANSWER: &str = "no answer";
pub const REFUSED: &str = "The run was not stopped.";

/// `not_stopped`: when the run was last read as not stopped, since the request.
pub fn outcome_unknown(at: &str, not_stopped: Option<&str>) -> String {
    let outcome = match not_stopped {
        Some(read) => format!("As of {read}, the run was not stopped."),
        None => "It is not known yet whether the run was stopped. The console keeps checking.".to_owned(),
    };
    format!("Stop requested {at}, but no clear reply came. {outcome} You can stop it again: asking twice does no harm.")
}

/// The `_notice` functions report outcomes on other pages than the run's.
pub fn unknown_notice(name: &str, not_stopped: Option<&str>) -> String {
    let name = isolate(name);
    match not_stopped {
        Some(read) => format!("As of {read}, “{name}” was not stopped. The console keeps checking."),
        None => format!("It is not known yet whether “{name}” was stopped. The console keeps checking."),
    }
}

pub fn requested_notice(name: &str) -> String {
    let name = isolate(name);
    format!("The API accepted the stop of “{name}”; its status does not say “stopped” yet.")
}

pub fn stopped_notice(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was stopped.")
}

/// The status has changed, but does not say that the run was stopped.
pub fn status_changed_notice(name: &str, word: &str) -> String {
    let (name, word) = (isolate(name), isolate(word));
    format!("“{name}” was asked to stop, and its status is “{word}” now. It may also have ended by itself.")
}

pub fn over_notice(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was already over when it was asked to stop.")
}

pub fn not_stopped_notice(name: &str) -> String {
    let name = isolate(name);
    format!("“{name}” was not stopped.")
}

/// The environment's name follows.
pub const ENVIRONMENT: &str = "Environment:";
