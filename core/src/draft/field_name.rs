//! Which form field a server's message refers to.

use super::Field;

/// Unambiguous names, whatever follows. Longer names come before their own prefixes.
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

/// Ordinary words that only name a field if a verb or nothing follows.
const WORDS: [(&str, Field); 3] = [("name", Field::Name), ("start", Field::Start), ("end", Field::End)];

/// Verbs that make a statement about a field.
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

/// The field named at the start of a text, either alone or in a message about it.
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

/// Whether the name ends here.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether the name ends here and certainly is one: nothing, a punctuation mark or a verb follows.
fn ends_or_is_said(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(' ') else {
        return rest.is_empty() || rest.starts_with(['\'', '"', '`', '”', '’', ']', ')', '}', ':']);
    };
    let end = after.find(|c: char| !(c.is_alphabetic() || c == '\'')).unwrap_or(after.len());
    after.get(..end).is_some_and(|word| VERBS.contains(&word))
}
