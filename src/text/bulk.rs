//! Selecting runs, and stopping several of them.

use super::{counted, problem, status};
use runboard_core::policy::bulk_stop::{Entry, EntryStage, Pause};
use runboard_core::run::Status;
use runboard_core::time::Timestamp;

/// The group of what can be done with several runs.
pub const SELECTION: &str = "Selection";
/// A row's box.
pub fn select(name: &str) -> String {
    format!("Select {name}")
}
/// How many are selected, and how many of them the filter hides.
pub fn selected(count: &str, hidden: Option<&str>) -> String {
    match hidden {
        Some(hidden) => format!("{count} selected, {hidden} hidden by the filter"),
        None => format!("{count} selected"),
    }
}
/// Selects what is listed at this moment.
pub fn select_all(count: &str) -> String {
    format!("Select all listed ({count})")
}
/// Selects nothing any more.
pub const CLEAR: &str = "Clear selection";
/// The button that asks, and the one in the dialog.
pub fn stop(count: &str) -> String {
    format!("Stop {}", counted(count, "run", "runs"))
}
/// More are not taken at once.
pub fn too_many(most: &str) -> String {
    format!("At most {most} runs can be stopped at once.")
}
/// The dialog's question.
pub fn question(count: &str) -> String {
    format!("Stop {}?", counted(count, "run", "runs"))
}
/// None of them can be stopped.
pub const NOTHING_TO_STOP: &str = "All of these are over already: there is nothing to stop.";
/// What stopping does not undo.
pub const CONSEQUENCE: &str = "What was already handed over may not be recalled, and responses are no longer handled. The API documents no way to resume a stopped run.";
/// How it is done.
pub const HOW: &str = "Each run is read once more before it is asked to stop. Only the runs of this list are stopped.";
/// The list in the dialog.
pub const LIST: &str = "Runs to stop";
/// A run's phase, and when it ends.
pub fn until(phase: &str, end: Option<&str>) -> String {
    end.map_or_else(|| phase.to_owned(), |end| format!("{phase}, ends {end}"))
}
/// One that is over already.
pub fn left_out(word: Option<&str>) -> String {
    match word {
        Some(word) => format!("already over (“{word}”), left out"),
        None => "already over, left out".to_owned(),
    }
}
/// The field above five.
pub fn type_number(count: &str) -> String {
    format!("Type {count} to stop them")
}
/// No.
pub const KEEP: &str = "Keep them running";

/// The heading while it goes on, and after.
pub fn title(count: &str, busy: bool) -> String {
    let runs = counted(count, "run", "runs");
    if busy { format!("Stopping {runs}") } else { format!("Stop of {runs}") }
}
/// The bar's name.
pub const PROGRESS: &str = "Runs with a result";
/// How far it is.
pub fn progress(settled: &str, all: &str) -> String {
    format!("{settled} of {all} have a result")
}
/// Stops what has not begun.
pub const HALT: &str = "Do not stop the rest";
/// It was pressed.
pub const HALTED: &str = "The rest is not stopped. What was sent already cannot be taken back.";
/// After a pause.
pub const GO_ON: &str = "Go on";
/// Why nothing is sent.
pub fn pause(pause: Pause, signed_in: bool) -> &'static str {
    match (pause, signed_in) {
        (Pause::Token, false) => {
            "The API does not accept your token. Nothing more is sent until you have signed in and pressed “Go on”."
        }
        (Pause::Token, true) => "You are signed in again. Nothing more is sent until you press “Go on”.",
        (Pause::Reloaded, _) => {
            "The page was loaded anew before all were asked to stop. Nothing more is sent until you press “Go on”."
        }
        (Pause::Trouble, _) => "Several in a row failed. Nothing more is sent until you press “Go on”.",
    }
}
/// The API asked for fewer requests.
pub fn resting(until: &str) -> String {
    format!("The API asks for fewer requests: going on at {until}.")
}
/// The results, unfolded.
pub const RESULTS: &str = "Results";
/// What the copy button copies.
pub const REPORT: &str = "report";

/// What came of one run.
pub fn result(state: &EntryStage) -> String {
    let quoted = |word: Option<&Status>| word.map(|word| format!(" (“{}”)", word.as_str())).unwrap_or_default();
    match state {
        EntryStage::Waiting => "waiting".to_owned(),
        EntryStage::Reading => "being read".to_owned(),
        EntryStage::Sending => "asking the API".to_owned(),
        EntryStage::Asked => "asked, not confirmed yet".to_owned(),
        EntryStage::Unknown(why) => format!("not known whether it was stopped. {}", problem::what(why)),
        EntryStage::Stopped(word) => format!("stopped{}", quoted(Some(word))),
        EntryStage::Over(word) => format!("already over{}", quoted(word.as_ref())),
        EntryStage::Refused(why) => {
            let said = why.said.as_deref().map(|said| format!(" {}", problem::said(said))).unwrap_or_default();
            format!("refused, it goes on. {}{said}", problem::what(why))
        }
        EntryStage::NotRead(why) => format!("not asked: it could not be read. {}", problem::what(why)),
        EntryStage::Kept => "not asked: the rest was not to be stopped".to_owned(),
    }
}

/// How a result is counted, in the order of the counts.
const KINDS: [&str; 7] =
    ["stopped", "asked, not confirmed yet", "not known", "refused", "not read", "already over", "not asked"];

/// Which of the counts a run belongs to.
fn kind(state: &EntryStage) -> Option<usize> {
    Some(match state {
        EntryStage::Waiting | EntryStage::Reading | EntryStage::Sending => return None,
        EntryStage::Stopped(_) => 0,
        EntryStage::Asked => 1,
        EntryStage::Unknown(_) => 2,
        EntryStage::Refused(_) => 3,
        EntryStage::NotRead(_) => 4,
        EntryStage::Over(_) => 5,
        EntryStage::Kept => 6,
    })
}

/// "2 stopped, 1 already over".
pub fn counts(entries: &[Entry]) -> String {
    let mut out = String::new();
    for (at, name) in KINDS.into_iter().enumerate() {
        let count = entries.iter().filter(|entry| kind(&entry.state) == Some(at)).count();
        if count > 0 {
            out.push_str(if out.is_empty() { "" } else { ", " });
            out.push_str(&count.to_string());
            out.push(' ');
            out.push_str(name);
        }
    }
    out
}

/// The report as text: one line for each run, with its id and the time of its result as ISO 8601 in UTC.
pub fn report(entries: &[Entry], environment: Option<&str>) -> String {
    let mut out = title(&entries.len().to_string(), false);
    if let Some(environment) = environment {
        out.push_str("\nEnvironment: ");
        out.push_str(environment);
    }
    out.push('\n');
    out.push_str(&counts(entries));
    out.push('\n');
    for entry in entries {
        let at = entry.at.map_or_else(|| "-".to_owned(), Timestamp::to_iso);
        let before = entry.run.status.as_ref().map_or(status::NO_STATUS, Status::as_str);
        let line =
            [entry.run.id.as_str(), super::list::name(&entry.run), before, &at, &result(&entry.state)].join("\t");
        out.push_str(&line);
        out.push('\n');
    }
    out
}
