//! The record of what happened, and the text for the next shift.

use super::counted;
use runboard_core::activity::{Action, Away, Done, Entry, HowKnown, Kind, Outcome, Transition, What};
use runboard_core::phase::Disagreement;
use runboard_core::time::Timestamp;

pub const TITLE: &str = "Activity";
/// The list's name.
pub const LIST: &str = "What happened";
pub const LOADING: &str = "Loading what was recorded…";
pub const EMPTY: &str = "Nothing recorded yet";
pub const EMPTY_HINT: &str =
    "What happens to runs while the console is open, and what you schedule or stop here, will be listed.";
pub const NO_MATCH: &str = "Nothing matches";
pub const SHOW_ALL: &str = "Show all activity";

/// What the record is and is not.
pub const ABOUT: &str = "Recorded by this browser while the console is open, for 30 days. The API keeps no history.";
pub const NOT_NAMED: &str =
    "Your token names no person, so this record is kept only until you close or reload this tab.";
pub const NOT_STORED: &str = "This browser does not store the record: its storage is blocked or full. It is kept only until you close or reload this tab. Everything else works.";

pub const NOT_CLEARED: &str = "The record was cleared here, but the browser’s storage cannot be reached: other tabs may still list what it holds, and so may this one after a reload. To remove that, clear this site’s data in the browser’s settings, which removes everything else the console keeps there, too. What is recorded from now on is kept only until you close or reload this tab.";

pub fn lost(at: &str) -> String {
    format!(
        "The browser’s storage was cleared, which was noticed at {at}. What was recorded before is gone; recording continues."
    )
}

pub fn shown_count(shown: &str, total: &str) -> String {
    if shown == total {
        counted(total, "entry", "entries")
    } else {
        format!("{shown} of {}", counted(total, "entry", "entries"))
    }
}

pub fn show_more(count: &str) -> String {
    format!("Show {count} more")
}

pub const SEARCH: &str = "Search activity";
pub const SEARCH_HINT: &str = "Run or job";
pub const KIND: &str = "Kind";
pub const ALL_KINDS: &str = "All kinds";
pub const SEVERAL_KINDS: &str = "Several kinds";
pub const MINE: &str = "Only mine";
pub const MINE_HINT: &str = "What was done in this browser, and what happened to those runs";

/// The button that ends a filter by time.
pub fn span(from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("{from} – {to}"),
        None => format!("Since {from}"),
    }
}

pub fn end_span(span: &str) -> String {
    format!("Remove the filter by time: {span}")
}

/// The menu of what can be done with the record.
pub const MORE: &str = "More";

/// `what`: how many entries.
pub fn save(what: &str, format: &str) -> String {
    format!("Save {what} as {format}")
}

pub fn copy(what: &str, format: &str) -> String {
    format!("Copy {what} as {format}")
}

pub fn file_name(stamp: &str, extension: &str) -> String {
    format!("activity-{stamp}.{extension}")
}

pub const SAVED: &str = "File saved";
pub const CLEAR: &str = "Clear…";
pub const CLEAR_TITLE: &str = "Clear the record?";
pub const CLEAR_HINT: &str =
    "This removes everything recorded in this browser for you, in all tabs. Runs are not affected. It can’t be undone.";
pub const CLEAR_CONFIRM: &str = "Clear record";
pub const CLEAR_KEEP: &str = "Keep it";

/// Heading of a run's own part.
pub const OF_RUN: &str = "Recorded activity";

pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Appeared => "New run",
        Kind::Opened => "Opened",
        Kind::Running => "Running",
        Kind::Completed => "Completed",
        Kind::Ended => "Ended",
        Kind::Failed => "Failed",
        Kind::Stopped => "Stopped",
        Kind::Reverted => "Changed back",
        Kind::Contradiction => "Contradiction",
        Kind::FailuresRose => "Failures rose",
        Kind::ScheduledHere => "Scheduled by me",
        Kind::StoppedHere => "Stopped by me",
        Kind::RescheduledHere => "Rescheduled by me",
        Kind::BulkStopHere => "Several stopped by me",
        Kind::HandedOver => "Hand-over",
    }
}

/// What happened, after the run's name where there is one.
pub fn what(entry: &Entry) -> String {
    match &entry.what {
        What::Seen(transition) => seen(*transition),
        What::Done(done) => done_here(done).to_owned(),
    }
}

fn seen(transition: Transition) -> String {
    match transition {
        Transition::Appeared => "is new".to_owned(),
        Transition::Opened => "opened".to_owned(),
        Transition::Running => "is running".to_owned(),
        Transition::Completed => "completed".to_owned(),
        Transition::Ended => "ended; the API gave no final status".to_owned(),
        Transition::Failed => "failed".to_owned(),
        Transition::Stopped => "was stopped".to_owned(),
        Transition::Reverted(state) => format!("changed back to {}", state.word()),
        Transition::Contradiction(disagreement) => contradiction(disagreement).to_owned(),
        Transition::FailuresRose(rise) => {
            let percent = |share: u32| format!("{}.{} %", share / 10, share % 10);
            format!("has more failures: {}, before that {}", percent(rise.to), percent(rise.from))
        }
    }
}

const fn contradiction(disagreement: Disagreement) -> &'static str {
    match disagreement {
        Disagreement::ScheduledWhileOpen => "is open, but the API still says “scheduled”",
        Disagreement::ScheduledAfterEnd => "has ended, but the API still says “scheduled”",
        Disagreement::RunningBeforeStart => "has not opened, but the API says “running”",
        Disagreement::RunningAfterEnd => "has ended, but the API still says “running”",
        Disagreement::EndedBeforeEnd => "is still open, but the API says it is over",
    }
}

const fn done_here(done: &Done) -> &'static str {
    match (done.action, done.outcome) {
        (Action::Schedule, Outcome::Requested) => "requested; no reply yet",
        (Action::Schedule, Outcome::Unknown) => "requested; not known whether it was scheduled",
        (Action::Schedule, Outcome::Refused) => "refused; not scheduled",
        (Action::Schedule, _) => "scheduled",
        (Action::Stop, Outcome::Requested) => "stop requested; not confirmed yet",
        (Action::Stop, Outcome::Unknown) => "stop requested; not known whether it was stopped",
        (Action::Stop, Outcome::Refused) => "stop refused; the run continues",
        (Action::Stop, Outcome::NotNeeded) => "was over by then; nothing was stopped",
        (Action::Stop, Outcome::Confirmed) => "stopped",
        (Action::Reschedule, Outcome::Requested) => "is being rescheduled",
        (Action::Reschedule, Outcome::Unknown) => "reschedule not finished",
        (Action::Reschedule, Outcome::Refused) => "not rescheduled: the new run was refused",
        (Action::Reschedule, Outcome::NotNeeded) => "rescheduled; both runs were kept",
        (Action::Reschedule, Outcome::Confirmed) => "rescheduled",
        (Action::BulkStop, Outcome::Requested) => "requested; not all confirmed yet",
        (Action::BulkStop, Outcome::Unknown) => "requested; not known whether all were stopped",
        (Action::BulkStop, Outcome::Refused) => "refused; the runs continue",
        (Action::BulkStop, Outcome::NotNeeded) => "all were over by then",
        (Action::BulkStop, Outcome::Confirmed) => "done",
        (Action::HandOver, _) => "written",
    }
}

/// In place of a run's name.
pub fn subject(done: &Done) -> Option<String> {
    match done.action {
        Action::BulkStop => Some(format!("Stop of {}:", counted(&done.runs.to_string(), "run", "runs"))),
        Action::HandOver => Some("Text for the next shift".to_owned()),
        _ => None,
    }
}

/// The link to the run that replaces another.
pub const NEW_RUN: &str = "New run";

/// How the time is known. `print` gives a time in words.
pub fn how_known(entry: &Entry, print: &dyn Fn(Timestamp) -> String) -> String {
    let noticed = print(entry.noticed.api);
    match (entry.known, &entry.what) {
        (HowKnown::At(at), What::Seen(transition)) => {
            let what = if *transition == Transition::Appeared { "created" } else { "by its window" };
            format!("{what} at {}, seen at {noticed}", print(at))
        }
        (HowKnown::Between { after: Some(after) }, _) => {
            let after = print(after.api);
            if after == noticed {
                return format!("seen at {noticed}");
            }
            format!("seen at {noticed}, between {after} and {noticed}")
        }
        (HowKnown::Between { after: None }, _) => format!("seen at {noticed}, not read before"),
        (_, What::Done(Done { settled: Some(settled), .. })) if print(settled.api) != noticed => {
            format!("by me at {noticed}, result at {}", print(settled.api))
        }
        _ => format!("by me at {noticed}"),
    }
}

pub fn other_clock(at: &str) -> String {
    format!("{at} by this computer’s clock")
}

pub const RECEIPT: &str = "Receipt";
pub const TEXT: &str = "Text";
/// For [`super::shell::copy`].
pub const COPIED_TEXT: &str = "text";

/// `While you were away: 3 opened, 1 failed`
pub fn away(counts: &Away) -> String {
    let parts = [
        (counts.failed, "failed"),
        (counts.contradictions, "with a contradiction"),
        (counts.failures_rose, "with more failures"),
        (counts.opened, "opened"),
        (counts.ended, "ended"),
        (counts.stopped, "stopped"),
        (counts.appeared, "new"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    format!("While you were away: {}", parts.join(", "))
}

pub const AWAY_SHOW: &str = "Show";

/// The button of the dialog, and its title.
pub const HAND_OVER: &str = "Hand over…";
pub const HAND_OVER_TITLE: &str = "Text for the next shift";
pub const HAND_OVER_ZONES: &str = "Times in";
pub const HAND_OVER_FIRST_ZONE: &str = "First time zone";
pub const HAND_OVER_SECOND_ZONE: &str = "Second time zone";
pub const HAND_OVER_TEXT: &str = "Text";
pub const HAND_OVER_LOADING: &str = "Loading all runs…";
/// While the API fails.
pub const NOT_RECORDED: &str = "The runs could not be loaded, so what happens to them is not recorded";
pub const HAND_OVER_PARTIAL: &str = "Some runs could not be loaded, so the text may lack some.";
pub const COPY_PLAIN: &str = "Copy as text";
pub const COPY_MARKDOWN: &str = "Copy as Markdown";
pub const MAIL: &str = "Open in mail";
pub const TOO_LONG_FOR_MAIL: &str = "It is too long for a mail link.";
pub const HAND_OVER_KEPT: &str = "A text that you copy or mail is recorded in Activity; the last five are kept.";
pub const CLOSE: &str = "Close";
