//! Selecting runs, and stopping several of them.

use super::{counted, problem, status};
use runboard_core::isolate::isolate;
use runboard_core::policy::bulk_stop::{Entry, EntryStage, Pause};
use runboard_core::run::Status;
use runboard_core::time::Timestamp;

pub const SELECTION: &str = "Selection";

/// Label of a row's checkbox.
pub fn select(name: &str) -> String {
    let name = isolate(name);
    format!("Select {name}")
}

/// `hidden`: how many of the selected runs the filter hides.
pub fn selected(count: &str, hidden: Option<&str>) -> String {
    match hidden {
        Some(hidden) => format!("{count} selected, {hidden} hidden by the search"),
        None => format!("{count} selected"),
    }
}

pub fn select_all(count: &str) -> String {
    format!("Select all {} listed", counted(count, "run", "runs"))
}

/// The button that lists the selected runs, where the filter hides some.
pub const SHOW_SELECTED: &str = "Show selected";
pub const CLEAR_SELECTION: &str = "Clear selection";

/// The button that opens the dialog, and the one in it.
pub fn stop_button(count: &str) -> String {
    format!("Stop {}", counted(count, "run", "runs"))
}

/// The button of the selection bar: `stoppable` of the `selected` runs can be stopped.
pub fn stop_selected(stoppable: &str, selected: &str) -> String {
    if stoppable == selected {
        return stop_button(selected);
    }
    format!("Stop {stoppable} of {}", counted(selected, "run", "runs"))
}

/// The disabled button, where all selected runs are over.
pub const NONE_TO_STOP: &str = "All have ended";

/// The disabled button, where too many could be stopped.
pub fn too_many(most: &str) -> String {
    format!("Stop at most {most} at once")
}

pub fn dialog_title(count: &str) -> String {
    format!("Stop {}?", counted(count, "run", "runs"))
}

pub const NOTHING_TO_STOP: &str = "All of these runs are already over. There is nothing to stop.";
/// Where another tab is stopping some of them.
pub const NOTHING_LEFT_TO_STOP: &str =
    "These runs are already over, or another tab of this browser is stopping them. There is nothing to stop here.";

/// In the dialog, while a bulk stop of another tab is under way.
pub fn other_tab(count: &str) -> String {
    format!("Another tab of this browser is stopping {} right now.", counted(count, "run", "runs"))
}

pub const ELSEWHERE: &str = "being stopped in another tab, left out";
pub const PROCEDURE: &str =
    "Each run is checked once more before it is stopped. Only the runs listed here are stopped.";
pub const RUNS_TO_STOP: &str = "Runs to stop";

pub fn state_and_end(state: &str, end: Option<&str>) -> String {
    end.map_or_else(|| state.to_owned(), |end| format!("{state}, ends {end}"))
}

/// `word`: the API's status.
pub fn left_out(word: Option<&str>) -> String {
    match word {
        Some(word) => format!("already over (“{}”), left out", isolate(word)),
        None => "already over, left out".to_owned(),
    }
}

/// Label of the field that confirms stopping more than five runs.
pub fn type_number(count: &str) -> String {
    format!("Type {count} to stop them")
}

pub const KEEP_RUNNING: &str = "Keep them running";

/// What has become of the runs, in one line: `Stopping 3 runs: 1 stopped`, and at the end `2 of 3 runs stopped: 1 refused`.
pub fn report_title(entries: &[Entry], busy: bool) -> String {
    let count = entries.len().to_string();
    let runs = counted(&count, "run", "runs");
    let stopped = entries.iter().filter(|entry| matches!(entry.state, EntryStage::Stopped(_))).count().to_string();
    let (title, others) = match busy {
        true => (format!("Stopping {runs}"), counts(entries, &KINDS)),
        false if stopped == count => return format!("{runs} stopped"),
        false => (format!("{stopped} of {runs} stopped"), counts(entries, OTHER_KINDS)),
    };
    if others.is_empty() { title } else { [&title, ": ", &others].concat() }
}

pub const PROGRESS_BAR: &str = "Runs done";

pub const CANCEL_REST: &str = "Cancel remaining stops";
pub const REST_CANCELLED: &str = "The remaining stops were cancelled. Those already sent can’t be taken back.";

/// Continues after a pause.
pub const CONTINUE: &str = "Continue";

pub fn pause_reason(pause: Pause, signed_in: bool) -> &'static str {
    match (pause, signed_in) {
        (Pause::Token, false) => {
            "The API does not accept your token. Nothing more is sent until you have signed in and pressed “Continue”."
        }
        (Pause::Token, true) => "You are signed in again. Nothing more is sent until you press “Continue”.",
        (Pause::Reloaded, _) => {
            "Not all of these runs were asked to stop before you left this page or signed out. Nothing more is sent until you press “Continue”."
        }
        (Pause::Trouble, _) => "Several in a row failed. Nothing more is sent until you press “Continue”.",
    }
}

pub fn rate_limited(until: &str) -> String {
    format!("Too many requests: continuing at {until}.")
}

/// Label of the list of runs that were not stopped, or not as far as is known.
pub const NOT_STOPPED: &str = "Runs not stopped";

/// For [`super::shell::copy`].
pub const COPY_REPORT: &str = "report";

/// The result of one run.
pub fn result(state: &EntryStage) -> String {
    let quoted =
        |word: Option<&Status>| word.map(|word| format!(" (“{}”)", isolate(word.as_str()))).unwrap_or_default();
    match state {
        EntryStage::Waiting => "waiting".to_owned(),
        EntryStage::Reading => "checking".to_owned(),
        EntryStage::Sending => "stop sent".to_owned(),
        EntryStage::Requested => "stop accepted, not confirmed yet".to_owned(),
        EntryStage::Unknown(why) => format!("not known whether it was stopped. {}", problem::description(why)),
        EntryStage::Stopped(word) => {
            format!("stopped{}", quoted(Some(word).filter(|word| !status::says_stopped(word))))
        }
        EntryStage::AlreadyOver(word) => format!("already over{}", quoted(word.as_ref())),
        EntryStage::Refused(why) => {
            let said = problem::message(why).map(|said| format!(" {said}")).unwrap_or_default();
            format!("refused; the run continues. {}{said}", problem::description(why))
        }
        EntryStage::ReadFailed(why) => format!("not stopped: it could not be checked. {}", problem::description(why)),
        EntryStage::Skipped => "skipped: you cancelled".to_owned(),
        EntryStage::Elsewhere => "left to another tab, which was stopping it".to_owned(),
    }
}

/// The kind of a result, as it is counted.
type Kind = (&'static str, fn(&EntryStage) -> bool);

/// How results are counted, in this order.
const KINDS: [Kind; 8] = [
    ("stopped", |state| matches!(state, EntryStage::Stopped(_))),
    ("not confirmed yet", |state| matches!(state, EntryStage::Requested)),
    ("not known", |state| matches!(state, EntryStage::Unknown(_))),
    ("refused", |state| matches!(state, EntryStage::Refused(_))),
    ("not checked", |state| matches!(state, EntryStage::ReadFailed(_))),
    ("already over", |state| matches!(state, EntryStage::AlreadyOver(_))),
    ("skipped", |state| matches!(state, EntryStage::Skipped)),
    ("left to another tab", |state| matches!(state, EntryStage::Elsewhere)),
];

/// All but the first of them.
const OTHER_KINDS: &[Kind] = KINDS.split_at(1).1;

/// `2 not known, 1 already over`
fn counts(entries: &[Entry], kinds: &[Kind]) -> String {
    let count = |(name, is_kind): &Kind| {
        let count = entries.iter().filter(|entry| is_kind(&entry.state)).count();
        (count > 0).then(|| format!("{count} {name}"))
    };
    kinds.iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

/// The report as text: a line for each run, with its id and the time of its result as ISO 8601 in UTC.
pub fn report(entries: &[Entry], environment: Option<&str>) -> String {
    let mut out = report_title(entries, false);
    if let Some(environment) = environment {
        out.push_str("\nEnvironment: ");
        out.push_str(&isolate(environment));
    }
    out.push('\n');
    for entry in entries {
        let at = entry.at.map_or_else(|| "-".to_owned(), Timestamp::to_iso);
        let before = entry.run.status.as_ref().map_or(status::NO_STATUS, Status::as_str);
        let [id, name, before] = [entry.run.id.as_str(), super::list::name(&entry.run), before].map(isolate);
        out.push_str(&[&*id, &name, &before, &at, &result(&entry.state)].join("\t"));
        out.push('\n');
    }
    out
}
