//! Which field of the form a server means.

use super::Field;

/// Names that mean nothing else, whatever follows; the longer before the shorter they begin with.
const NAMES: [(&str, Field); 22] = [
    ("jobid", Field::JobId),
    ("job_id", Field::JobId),
    ("job-id", Field::JobId),
    ("job id", Field::JobId),
    ("run name", Field::Name),
    ("run_name", Field::Name),
    ("runname", Field::Name),
    ("startat", Field::Start),
    ("start_at", Field::Start),
    ("start at", Field::Start),
    ("start date", Field::Start),
    ("start time", Field::Start),
    ("start_time", Field::Start),
    ("starttime", Field::Start),
    ("endat", Field::End),
    ("end_at", Field::End),
    ("end at", Field::End),
    ("end date", Field::End),
    ("end time", Field::End),
    ("end_time", Field::End),
    ("endtime", Field::End),
    ("enddate", Field::End),
];

/// Words of the language that are names of fields only where a verb follows, or nothing.
const WORDS: [(&str, Field); 3] = [("name", Field::Name), ("start", Field::Start), ("end", Field::End)];

/// What is said of a field.
const VERBS: [&str; 24] = [
    "must",
    "is",
    "isn't",
    "are",
    "should",
    "shouldn't",
    "cannot",
    "can",
    "can't",
    "has",
    "may",
    "needs",
    "was",
    "does",
    "doesn't",
    "exceeds",
    "too",
    "required",
    "missing",
    "invalid",
    "already",
    "contains",
    "mustn't",
    "lies",
];

/// The field named at the beginning of a text: by its name alone, or by a message about it.
pub(super) fn field(text: &str) -> Option<Field> {
    let text: String = text.trim().chars().take(60).collect::<String>().to_ascii_lowercase();
    let bare = |text: &str| -> String { String::from(text.trim_start_matches(MARKS)) };
    let text = bare(&text);
    let text = ["the ", "field ", "body.", "body/"].iter().fold(text, |text, lead| match text.strip_prefix(lead) {
        Some(rest) => bare(rest),
        None => text,
    });
    let named = |names: &[(&str, Field)], fits: fn(&str) -> bool| {
        names.iter().find(|(name, _)| text.strip_prefix(name).is_some_and(fits)).map(|(_, field)| *field)
    };
    named(&NAMES, ends).or_else(|| named(&WORDS, ends_or_is_said))
}

/// Quotes, brackets and pointer signs around a name.
const MARKS: &[char] = &['\'', '"', '`', '“', '‘', '[', '(', '{', '#', '/', '$', '.'];

/// Whether a name ends here.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a name ends here, and is plainly one: nothing follows, or a mark, or what is said of it.
fn ends_or_is_said(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(' ') else {
        return rest.is_empty() || rest.starts_with(['\'', '"', '`', '”', '’', ']', ')', '}', ':']);
    };
    let end = after.find(|c: char| !(c.is_alphabetic() || c == '\'')).unwrap_or(after.len());
    after.get(..end).is_some_and(|word| VERBS.contains(&word))
}
