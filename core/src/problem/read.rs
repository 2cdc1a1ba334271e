//! Reading an answer that is not 2xx.

use super::{Answer, Problem, ProblemKind};
use crate::draft::Field;
use crate::json;
use crate::time::http_date::parse_http_date;
use crate::time::{Span, Timestamp};
use serde_json::Value;

/// What is said is cut at so many characters.
const LONGEST: usize = 500;
/// More messages than this are not read: nobody could.
const MOST_MESSAGES: usize = 50;

pub(super) fn read(answer: Answer<'_>) -> Problem {
    let body = json::strip_bom(answer.body).trim();
    let parsed = json::parse(body);
    let no_json = parsed.is_none();
    let document = parsed.unwrap_or(Value::Null);
    let mut kind = kind(&answer, &document);
    let mut said = heading(&document);
    if no_json {
        said = plain(answer.content_type, body);
    }
    for (field, message) in messages(&document) {
        match (&mut kind, field) {
            (ProblemKind::Invalid { fields }, Some(field)) => fields.push((field, message)),
            _ => add(&mut said, &message),
        }
    }
    let said = said.map(|text| cut(&text));
    let trace = json::text(&document, &["instance"]).and_then(shown);
    Problem { kind, said, trace, status: Some(answer.status) }
}

fn kind(answer: &Answer<'_>, document: &Value) -> ProblemKind {
    match answer.status {
        401 => {
            let expired = json::text(document, &["type"]).is_some_and(|text| text.trim().ends_with("#jwt-expired"));
            ProblemKind::Unauthorised { expired }
        }
        403 => ProblemKind::Forbidden,
        404 | 410 => ProblemKind::NotFound,
        409 | 412 => ProblemKind::Conflict,
        400 | 413 | 414 | 415 | 422 => ProblemKind::Invalid { fields: Vec::new() },
        429 => ProblemKind::Limited { wait: wait(answer) },
        503 => match wait(answer) {
            Some(wait) => ProblemKind::Limited { wait: Some(wait) },
            None => ProblemKind::Server { status: 503 },
        },
        status @ 500..=599 => ProblemKind::Server { status },
        status => ProblemKind::Refused { status },
    }
}

/// `Retry-After` (RFC 9110, 10.2.3). A date counts only against the server's own `Date`: this machine's clock may be off.
fn wait(answer: &Answer<'_>) -> Option<Span> {
    let text = answer.retry_after?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Span::from_seconds(text.parse().unwrap_or(i64::MAX)));
    }
    let until: Timestamp = parse_http_date(text)?;
    Some(until.since(parse_http_date(answer.date?)?).max(Span::default()))
}

/// Title and detail of problem details, or what other services use in their place.
fn heading(document: &Value) -> Option<String> {
    if let Value::String(text) = document {
        return shown(text);
    }
    let text = |key: &str| document.get(key).and_then(Value::as_str).and_then(shown);
    match (text("title"), text("detail")) {
        (Some(title), Some(detail)) if !detail.starts_with(&title) => {
            Some([title.as_str(), detail.as_str()].join(": "))
        }
        (_, Some(detail)) => Some(detail),
        (Some(title), None) => Some(title),
        (None, None) => ["message", "error_description", "error"]
            .into_iter()
            .find_map(text)
            .or_else(|| heading(document.get("error").filter(|inner| inner.is_object())?)),
    }
}

/// The single messages of a validation, with the field each is about where that is plain.
fn messages(document: &Value) -> Vec<(Option<Field>, String)> {
    let mut found = Vec::new();
    if document.is_array() {
        gather(document, &mut found);
    }
    for holder in [Some(document), document.get("error")].into_iter().flatten() {
        for value in LISTS.iter().filter_map(|key| holder.get(key)) {
            gather(value, &mut found);
        }
        for value in ["message", "detail"].iter().filter_map(|key| holder.get(key)).filter(|value| value.is_array()) {
            gather(value, &mut found);
        }
    }
    found
}

/// Where services put what is wrong with single fields: as the contract has it, and what frameworks are known for.
const LISTS: [&str; 5] = ["errors", "invalid_parameters", "invalidParameters", "invalid_params", "invalid-params"];

/// One message, a list of them, or a map from fields to theirs.
fn gather(value: &Value, found: &mut Vec<(Option<Field>, String)>) {
    let room = MOST_MESSAGES.saturating_sub(found.len());
    match value {
        Value::Array(entries) => found.extend(entries.iter().filter_map(message).take(room)),
        Value::Object(fields) if !REASONS.iter().any(|key| value.get(key).is_some_and(Value::is_string)) => {
            let of_field = |(name, texts): (&String, &Value)| {
                let texts = texts.as_array().cloned().unwrap_or_else(|| vec![texts.clone()]);
                let texts: Vec<String> = texts.iter().filter_map(|text| shown(text.as_str()?)).collect();
                texts.into_iter().filter_map(|text| Some(about(&shown(name)?, text))).collect::<Vec<_>>()
            };
            found.extend(fields.iter().flat_map(of_field).take(room));
        }
        _ => found.extend(message(value).into_iter().take(room)),
    }
}

/// What is said of something, at its field where it is one.
fn about(name: &str, reason: String) -> (Option<Field>, String) {
    match Field::named_in(name) {
        Some(field) => (Some(field), reason),
        None => (None, cut(&[name, &reason].join(": "))),
    }
}

const REASONS: [&str; 6] = ["reason", "detail", "message", "description", "title", "msg"];

fn message(entry: &Value) -> Option<(Option<Field>, String)> {
    if let Value::String(text) = entry {
        let text = shown(text)?;
        return Some((Field::named_in(&text), text));
    }
    let first = |keys: &[&str]| keys.iter().find_map(|key| shown(entry.get(key)?.as_str()?));
    let place = || shown(entry.get("loc")?.as_array()?.last()?.as_str()?);
    let name = first(&["name", "field", "parameter", "property", "path", "pointer"]).or_else(place);
    let reason = first(&REASONS);
    match (name, reason) {
        (Some(name), Some(reason)) => Some(about(&name, reason)),
        (None, Some(reason)) => Some((Field::named_in(&reason), reason)),
        (Some(name), None) => Some((Field::named_in(&name), name)),
        (None, None) => None,
    }
}

fn add(said: &mut Option<String>, message: &str) {
    match said {
        Some(text) if text.contains(message) => {}
        Some(text) => {
            text.push_str("; ");
            text.push_str(message);
        }
        None => *said = Some(String::from(message)),
    }
}

/// A body that is no JSON, if it is plain text meant to be read.
fn plain(content_type: Option<&str>, body: &str) -> Option<String> {
    let content_type = content_type.unwrap_or_default().trim().to_ascii_lowercase();
    let textual = content_type.is_empty() || content_type.starts_with("text/plain") || content_type.contains("json");
    let binary = |c: char| c == '\u{fffd}' || (c.is_control() && !c.is_whitespace());
    // What begins like JSON is JSON cut short: its punctuation would be read out to nobody's use.
    let truncated = body.starts_with(['{', '[', '"']);
    (textual && !truncated && !body.contains(binary)).then(|| shown(body))?
}

/// A text as it may be shown: on one line, without control characters, cut; `None` when nothing is left or it is markup.
fn shown(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut length = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            if out.is_empty() || out.ends_with(' ') {
                continue;
            }
            out.push(' ');
        } else if is_hidden(c) {
            continue;
        } else {
            out.push(c);
        }
        length += 1;
        if length > LONGEST {
            break;
        }
    }
    let text = out.trim_end();
    (!text.is_empty() && !is_markup(text)).then(|| cut(text))
}

/// Control characters, and those that turn the direction of the text around them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a tag, comment or declaration begins anywhere in it: a `<` with a letter, `/`, `!` or `?` behind.
fn is_markup(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| {
        let tag = before == '<' && (c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        before = c;
        tag
    })
}

/// At most [`LONGEST`] characters, the last an ellipsis where something is missing.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => String::from(text),
        Some(_) => text.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}
