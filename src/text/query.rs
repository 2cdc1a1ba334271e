//! The query field of the list: how a query was understood, and how to write one.

use super::counted;
use runboard_core::isolate::isolate;
use runboard_core::query::{IssueKind, TimeField};

/// Why a term was not understood, and what was made of it.
pub fn issue(fault: IssueKind, taken_as_word: bool) -> String {
    let why = match fault {
        IssueKind::UnknownKey => "is no key of this search",
        IssueKind::UnknownPhase => "names no phase (upcoming, open, over, stopped, unknown)",
        IssueKind::UnknownNeed => "is not known; write needs:look",
        IssueKind::Unfinished => "is not finished",
        IssueKind::UnreadableTime => {
            "holds a time that cannot be read; write it like today, 2h, 2026-03-01 or 2026-03-01..2026-03-07"
        }
        IssueKind::UnreadableLength => "holds a length that cannot be read; write it like 8h or 1h..2h",
        IssueKind::EmptyRange => "ends before it begins, so no run can match",
        IssueKind::OpenQuote => "has a quote that is not closed",
    };
    let taken = match fault {
        IssueKind::EmptyRange | IssueKind::OpenQuote => "",
        _ if taken_as_word => "; searched for as a word",
        _ => "; not searched for",
    };
    [why, taken, "."].concat()
}

/// What a time term stands for.
pub fn time_term(key: TimeField, ranges: &str) -> String {
    let key = match key {
        TimeField::Start => "Starts",
        TimeField::End => "Ends",
        TimeField::Created => "Created",
        TimeField::Updated => "Changed",
    };
    format!("{key} {ranges}.")
}

pub fn time_range(from: Option<&str>, until: Option<&str>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!("from {from} until before {until}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(until)) => format!("before {until}"),
        (None, None) => "at any time".to_owned(),
    }
}

/// Between two time ranges.
pub const OR: &str = ", or ";
pub const HELP_TITLE: &str = "How to search";
pub const HELP_HINT: &str =
    "Terms are separated by spaces, and all of them must hold. Times are those of the chosen zone.";

/// Examples, and what they mean.
pub const HELP: [(&str, &str); 10] = [
    ("spring sale", "both words, in name, ID, job or label"),
    ("\"spring sale\"", "exactly these words, one after the other"),
    ("job:12345678", "of this job; also name:, id:"),
    ("phase:open,upcoming", "in one of these phases"),
    ("status:running", "the API’s own word"),
    ("-phase:over", "not these"),
    ("starts<2h", "the window opens within two hours; starts:tomorrow, ends>today"),
    ("created:2026-03-01..2026-03-07", "on one of these days; created<2h is the last two hours"),
    ("length>8h", "windows longer than eight hours"),
    ("needs:look", "something about it does not fit together"),
];
pub const SUGGESTIONS: &str = "Suggestions";

pub fn suggestion_count(count: &str) -> String {
    format!("{}; arrow keys choose, Enter or Tab takes one", counted(count, "suggestion", "suggestions"))
}

/// Offered when the query is the id of a run.
pub fn open_run(id: &str) -> String {
    let id = isolate(id);
    format!("Open run {id}")
}
