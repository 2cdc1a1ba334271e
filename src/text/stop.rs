//! Stopping a run.

use runboard_core::isolate::isolate;

pub const DIALOG_TITLE: &str = "Stop this run?";
pub const CONFIRM: &str = "Stop run";
pub const KEEP_RUNNING: &str = "Keep running";
pub const CONSEQUENCE: &str = "What was already handed over may not be recalled, and responses are no longer handled. The API documents no way to resume a stopped run.";

/// For a run whose window has not opened.
pub const CONSEQUENCE_UPCOMING: &str = "Its window has not opened yet, so nothing should have been sent. The API documents no way to resume a stopped run.";
pub const SENDING: &str = "Asking the API to stop the run…";

/// Also for 409. `word`: the API's status.
pub fn already_over(word: Option<&str>) -> String {
    let word = word.map(|word| format!(" Its status is “{}”.", isolate(word))).unwrap_or_default();
    format!("This run is already over. Nothing was changed.{word}")
}

pub const READING_RUN: &str = "Reading the run once more…";
pub const RUN_IS_CURRENT: &str = "This is the run as it is now.";
pub const READ_IS_SLOW: &str =
    "The API takes long to answer: what is shown may be a little old. You can stop the run all the same.";

pub fn read_failed(why: &str) -> String {
    format!("The run could not be read once more. {why} What is shown may be old; you can stop the run all the same.")
}

pub fn counts_so_far(counts: &str) -> String {
    format!("So far: {counts}.")
}

pub fn time_left(span: &str, end: &str) -> String {
    format!("{span} of its window are left; it ends {end}.")
}

pub fn opens_in(span: &str, start: &str) -> String {
    format!("It would open in {span}, {start}.")
}

/// The API accepted the request.
pub fn requested(at: &str) -> String {
    format!("Stop requested {at}. The API took the request; its status does not say “stopped” yet.")
}

/// `times`: how often the run was read.
pub fn reads_since(times: &str, word: &str) -> String {
    let word = isolate(word);
    let times = if times == "1" { "once".to_owned() } else { format!("{times} times") };
    format!("Read {times} since: the status is “{word}”. The console goes on reading.")
}

/// The status says that the run was stopped.
pub fn confirmed(asked: &str, confirmed: &str, word: &str) -> String {
    let word = isolate(word);
    format!("Stopped. Asked {asked}; the API’s status was “{word}” at {confirmed}.")
}

/// The status has changed, but does not say that the run was stopped.
pub fn status_changed(asked: &str, confirmed: &str, before: &str, word: &str) -> String {
    let (before, word) = (isolate(before), isolate(word));
    format!(
        "Asked to stop {asked}; the API’s status was “{word}” at {confirmed}, and “{before}” before. It may also have ended by itself."
    )
}

pub fn counts_before_after(before: &str, after: &str) -> String {
    format!("When asked: {before}. Now: {after}.")
}

/// For [`super::shell::copy`].
pub const COPY_RECEIPT: &str = "receipt";

/// The receipt as text, one line for each field, with times as ISO 8601 in UTC.
pub fn receipt(name: &str, id: &str, times: [&str; 3], words: [&str; 2], counts: [&str; 2]) -> String {
    let [asked, answered, confirmed] = times;
    let ([before, after], [counted, counts]) = (words.map(isolate), counts);
    let (name, id) = (isolate(name), isolate(id));
    format!(
        "Stop of “{name}”\nRun ID: {id}\nAsked: {asked}\nTaken by the API: {answered}\nConfirmed: {confirmed}\nStatus before: {before}\nStatus after: {after}\nCounts when asked: {counted}\nCounts after: {counts}\n"
    )
}

pub const NO_ANSWER: &str = "no answer";
pub const REFUSED: &str = "The run was not stopped.";

pub fn outcome_unknown(at: &str) -> String {
    format!(
        "A stop was sent {at}, but no clear answer came back. It is not known whether the run was stopped; the console keeps reading its status. You can stop it again: asking twice does no harm."
    )
}

/// The `_notice` functions report outcomes on other pages than the run's.
pub fn unknown_notice(name: &str) -> String {
    let name = isolate(name);
    format!("It is not known yet whether “{name}” was stopped. The console keeps reading its status.")
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
