//! The query field of the list: how a query was understood, and how to write one.

use super::counted;
use runboard_core::isolate::isolate;
use runboard_core::query::{Field, IssueKind, Reading, TimeField, TimeRange};
use runboard_core::time::{Span, Timestamp};

/// Why a term is not understood, and what to write instead.
pub fn issue(kind: IssueKind) -> String {
    let why = match kind {
        IssueKind::UnknownField => {
            "isn’t a search field. The fields are job, status, is, phase, name, id, starts, ends, created, updated and length."
        }
        IssueKind::UnknownValue(Field::Phase) => "isn’t a phase. Write upcoming, open, over, stopped or unknown.",
        IssueKind::UnknownValue(Field::Needs) => "isn’t a search. Write is:attention.",
        IssueKind::UnknownValue(_) => {
            "isn’t a state. Write attention, running, open, scheduled, completed, failed, stopped, ended or unknown."
        }
        IssueKind::Unfinished => "isn’t finished.",
        IssueKind::NoOrder => "can’t be compared with < or >. Use a colon.",
        IssueKind::UnreadableTime => {
            "isn’t a valid time. Write today, tomorrow, 2h, 2026-03-01 or 2026-03-01..2026-03-07."
        }
        IssueKind::UnreadableLength => "isn’t a valid length. Write 8h or 1h..2h.",
        IssueKind::EmptyRange => "ends before it starts.",
        IssueKind::OpenQuote => "has a quote that isn’t closed.",
        IssueKind::Star => "has a * in the wrong place. Write it after the start of a word: piz*.",
        IssueKind::MissingTerm => "needs a search term beside it.",
        IssueKind::Parenthesis => "has a parenthesis. They don’t group terms here.",
    };
    why.to_owned()
}

/// Whether a term that is not understood may be meant as text.
pub const fn is_text(kind: IssueKind) -> bool {
    !matches!(kind, IssueKind::Unfinished | IssueKind::OpenQuote | IssueKind::EmptyRange)
}

pub const REMOVE: &str = "Remove";
pub const SEARCH_AS_TEXT: &str = "Search as text";

pub fn remove(term: &str) -> String {
    format!("{REMOVE} {}", isolate(term))
}

pub fn search_as_text(term: &str) -> String {
    format!("{SEARCH_AS_TEXT}: {}", isolate(term))
}

/// The list of terms that are understood.
pub const TERMS: &str = "Search terms";
pub const OR: &str = "or";

/// What a term stands for, in a few words: `not status running`, `starts before Sat 28 Nov 18:00`. `print` gives a time in the
/// chosen zone, its clock last.
pub fn term(reading: &Reading, print: &dyn Fn(Timestamp) -> String) -> String {
    let Reading::Asks { exclude, field, values, ranges } = reading else { return OR.to_owned() };
    let word = match field {
        Field::Word => "",
        Field::Name => "name ",
        Field::Id => "ID ",
        Field::Job => "job ",
        Field::Status => "status ",
        Field::Phase | Field::Is => "is ",
        Field::Needs => "needs ",
        Field::Time(TimeField::Start) => "starts ",
        Field::Time(TimeField::End) => "ends ",
        Field::Time(TimeField::Created) => "created ",
        Field::Time(TimeField::Updated) => "updated ",
        Field::Length => "length ",
        Field::Run => "run ",
    };
    let ranges = ranges.iter().map(|range| time_range(*range, print));
    let values = match field {
        Field::Time(_) => ranges.collect::<Vec<_>>(),
        _ => values.iter().map(|value| isolate(value).into_owned()).collect(),
    };
    [if *exclude { "not " } else { "" }, word, &values.join(" or ")].concat()
}

fn time_range(range: TimeRange, print: &dyn Fn(Timestamp) -> String) -> String {
    // Where a range begins and ends with a day, the days say it.
    let day = |at: Timestamp, clock: &str| print(at).strip_suffix(clock).map(str::to_owned);
    let last_day = |until: Timestamp| day(until.plus(Span::from_millis(-1)), " 23:59");
    match (range.from, range.until) {
        (Some(from), Some(until)) => {
            match (day(from, " 00:00"), last_day(until).filter(|_| day(until, " 00:00").is_some())) {
                (Some(first), Some(last)) if first == last => format!("on {first}"),
                (Some(first), Some(last)) => format!("{first} – {last}"),
                _ => format!("{} – {}", print(from), print(until)),
            }
        }
        (Some(from), None) => format!("after {}", print(from)),
        (None, Some(until)) => format!("before {}", print(until)),
        (None, None) => "at any time".to_owned(),
    }
}

pub const HELP_TITLE: &str = "How to search";
pub const HELP_HINT: &str =
    "Terms are separated by spaces, and all must match. Letter case doesn’t matter. Times are in the chosen zone.";

/// The tooltip of an example.
pub const TRY_EXAMPLE: &str = "Search for this";

/// Whether an example can be searched for as it is.
pub fn is_query(example: &str) -> bool {
    !example.starts_with('?')
}

/// Examples, and what they mean.
pub const HELP: [(&str, &str); 15] = [
    ("spring sale", "both words, in name, ID or job; also inside longer words"),
    ("\"spring sale\"", "exactly these words, one after the other"),
    ("piz*", "words that start with piz"),
    ("spring OR autumn sale", "either spring, or both autumn and sale"),
    ("-autumn", "without this; also NOT autumn, -status:running"),
    ("job:12345678", "this job, by its ID or part of its label; job:\"12345678\" is exactly this ID"),
    ("name:sale", "in the name only; also id:"),
    ("is:failed,stopped", "in one of these states; also running, open, scheduled, completed, ended, unknown"),
    ("is:attention", "something needs attention"),
    ("status:running", "the API’s own word"),
    ("starts < 2h", "starts within two hours; starts > 2h is later than that"),
    ("ends:today", "also yesterday, tomorrow, this-week, next-7-days, 2026-03-01"),
    ("created:2026-03-01..2026-03-07", "on one of these days; created < 2h is the last two hours"),
    ("length > 8h", "windows longer than eight hours; also length:1h..2h"),
    ("?run=…", "paste the address of a run to find exactly that run"),
];
pub const SUGGESTIONS: &str = "Suggestions";

pub fn suggestion_count(count: &str) -> String {
    format!("{}; arrow keys choose, Enter or Tab takes one", counted(count, "suggestion", "suggestions"))
}

/// Offered when the query is the id or the address of a run.
pub fn open_run(id: &str) -> String {
    let id = isolate(id);
    format!("Open run {id}")
}
