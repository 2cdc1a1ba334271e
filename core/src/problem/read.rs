//! Reading an answer that is not 2xx.

use super::{Answer, Problem, ProblemKind};
use crate::draft::Field;
use crate::time::http_date::parse_http_date;
use crate::time::{Span, Timestamp};
use crate::wire::Raw;
use crate::wire::problem::{MOST_MESSAGES, Message, ProblemDetails, to_messages};

/// The length at which a text is truncated, in characters.
const LONGEST: usize = 500;

pub(super) fn read(answer: Answer<'_>) -> Problem {
    let json = Raw::of_body(answer.body);
    let details: ProblemDetails<'_> = json.and_then(Raw::read).unwrap_or_default();
    // Only one level of nesting is read: the depth is up to whoever answers.
    let inner: ProblemDetails<'_> = details.error.and_then(Raw::read).unwrap_or_default();
    let expired = details.kind.as_deref().is_some_and(|text| text.trim().ends_with("#jwt-expired"));
    let mut kind = kind(&answer, expired);
    let mut said = match json {
        Some(json) => heading(&details)
            .or_else(|| shown(&details.error?.text()?))
            .or_else(|| heading(&inner))
            .or_else(|| shown(&json.text()?)),
        None => plain(answer.content_type, answer.body),
    };
    let trace = details.instance.as_deref().and_then(shown);
    let list = json.filter(|json| json.0.starts_with('[')).map(to_messages).unwrap_or_default();
    let messages = list.into_iter().chain(all_messages(details)).chain(all_messages(inner));
    for (field, message) in messages.filter_map(with_field).take(MOST_MESSAGES) {
        match (&mut kind, field) {
            (ProblemKind::Invalid { fields }, Some(field)) => fields.push((field, message)),
            _ => add(&mut said, &message),
        }
    }
    Problem { kind, said: said.map(|text| cut(&text)), trace, status: Some(answer.status) }
}

pub(super) fn kind(answer: &Answer<'_>, expired: bool) -> ProblemKind {
    match answer.status {
        401 => ProblemKind::Unauthorised { expired },
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

/// `Retry-After` (RFC 9110, 10.2.3). A date is compared with the server's own `Date`: this machine's clock may be wrong.
pub(super) fn wait(answer: &Answer<'_>) -> Option<Span> {
    let text = answer.retry_after?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Span::from_seconds(text.parse().unwrap_or(i64::MAX)));
    }
    let until: Timestamp = parse_http_date(text)?;
    Some(until.since(parse_http_date(answer.date?)?).max(Span::default()))
}

/// Title and detail of the problem details, or what other services send instead.
fn heading(details: &ProblemDetails<'_>) -> Option<String> {
    let text = |text: &Option<String>| text.as_deref().and_then(shown);
    match (text(&details.title), text(&details.detail.text)) {
        (Some(title), Some(detail)) if !detail.starts_with(&title) => Some([title, detail].join(": ")),
        (_, Some(detail)) => Some(detail),
        (Some(title), None) => Some(title),
        (None, None) => text(&details.message.text).or_else(|| text(&details.error_description)),
    }
}

/// The individual messages of a validation, wherever a service puts them.
fn all_messages(details: ProblemDetails<'_>) -> impl Iterator<Item = Message> {
    let lists = [
        details.errors,
        details.invalid_parameters,
        details.invalid_parameters_camel,
        details.invalid_params,
        details.invalid_params_kebab,
        details.message.messages,
        details.detail.messages,
    ];
    lists.into_iter().flatten()
}

/// A message as it may be shown, with the form field it is about if that is clear.
fn with_field(message: Message) -> Option<(Option<Field>, String)> {
    let first = |texts: &[String]| texts.iter().find_map(|text| shown(text));
    match (first(&message.names), first(&message.reasons)) {
        (Some(name), Some(reason)) => match Field::named_in(&name) {
            Some(field) => Some((Some(field), reason)),
            None => Some((None, cut(&[name, reason].join(": ")))),
        },
        (None, Some(text)) | (Some(text), None) => Some((Field::named_in(&text), text)),
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

/// A body that is not JSON, if it is readable plain text.
pub(super) fn plain(content_type: Option<&str>, body: &str) -> Option<String> {
    let body = body.trim_start_matches('\u{feff}').trim();
    let content_type = content_type.unwrap_or_default().trim().to_ascii_lowercase();
    let textual = content_type.is_empty() || content_type.starts_with("text/plain") || content_type.contains("json");
    let binary = |c: char| c == '\u{fffd}' || (c.is_control() && !c.is_whitespace());
    // Truncated JSON is of no use to a reader.
    let truncated = body.starts_with(['{', '[', '"']);
    (textual && !truncated && !body.contains(binary)).then(|| shown(body))?
}

/// A text as it may be shown: on one line, without control characters, truncated. `None` if nothing is left or it is
/// markup.
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

/// Control characters, and characters that change the direction of the text around them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether it contains the start of a tag, comment or declaration: `<` followed by a letter, `/`, `!` or `?`.
fn is_markup(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| {
        let tag = before == '<' && (c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        before = c;
        tag
    })
}

/// At most [`LONGEST`] characters; the last is an ellipsis if something was cut off.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => String::from(text),
        Some(_) => text.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}
