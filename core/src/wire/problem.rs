//! Problem details (RFC 9457), and what other services send instead.

use super::fields::{raw, text};
use super::json::Raw;
use serde::{Deserialize, Deserializer};

/// The body of an answer that is not 2xx.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct ProblemDetails<'a> {
    /// A URL whose fragment names the kind, such as `#jwt-expired`.
    #[serde(rename = "type", deserialize_with = "text")]
    pub(crate) kind: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(crate) title: Option<String>,
    /// FastAPI puts a list of messages here.
    #[serde(deserialize_with = "text_or_messages")]
    pub(crate) detail: TextOrMessages,
    /// Shown as the trace id.
    #[serde(deserialize_with = "text")]
    pub(crate) instance: Option<String>,

    /// The failed validations: a list of sentences in the sibling APIs; elsewhere a list of objects, or a map from fields to
    /// sentences.
    #[serde(deserialize_with = "messages")]
    pub(crate) errors: Vec<Message>,
    /// The failed validations in the API's general standard: a list of objects with `name` and `reason`.
    #[serde(deserialize_with = "messages")]
    pub(crate) invalid_parameters: Vec<Message>,
    #[serde(rename = "invalidParameters", deserialize_with = "messages")]
    pub(crate) invalid_parameters_camel: Vec<Message>,
    #[serde(deserialize_with = "messages")]
    pub(crate) invalid_params: Vec<Message>,
    /// The spelling of RFC 7807.
    #[serde(rename = "invalid-params", deserialize_with = "messages")]
    pub(crate) invalid_params_kebab: Vec<Message>,

    /// Instead of `detail`; NestJS puts a list of messages here.
    #[serde(deserialize_with = "text_or_messages")]
    pub(crate) message: TextOrMessages,
    /// Instead of `detail` (RFC 6749).
    #[serde(deserialize_with = "text")]
    pub(crate) error_description: Option<String>,
    /// Instead of `title`, or an object with all of these fields.
    #[serde(borrow, deserialize_with = "raw")]
    pub(crate) error: Option<Raw<'a>>,
}

/// A field with a text, or with a list of messages.
#[derive(Default)]
pub(crate) struct TextOrMessages {
    pub(crate) text: Option<String>,
    pub(crate) messages: Vec<Message>,
}

/// A message of a validation: candidates for the field it is about and for the reason, in order of preference.
#[derive(Default)]
pub(crate) struct Message {
    pub(crate) names: Vec<String>,
    pub(crate) reasons: Vec<String>,
}

/// A message as an object, with the field names in common use.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Entry<'a> {
    #[serde(borrow, deserialize_with = "raw")]
    name: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    field: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    parameter: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    property: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    path: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    pointer: Option<Raw<'a>>,
    /// A path as a list, whose last entry is the field.
    #[serde(deserialize_with = "raw")]
    loc: Option<Raw<'a>>,

    #[serde(deserialize_with = "raw")]
    reason: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    detail: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    message: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    description: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    title: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    msg: Option<Raw<'a>>,
}

/// The most messages that are read.
pub(crate) const MOST_MESSAGES: usize = 50;

fn text_or_messages<'de, D: Deserializer<'de>>(field: D) -> Result<TextOrMessages, D::Error> {
    let json = Raw::deserialize(field)?;
    let messages = if json.0.starts_with('[') { to_messages(json) } else { Vec::new() };
    Ok(TextOrMessages { text: json.text().map(String::from), messages })
}

fn messages<'de, D: Deserializer<'de>>(field: D) -> Result<Vec<Message>, D::Error> {
    Raw::deserialize(field).map(to_messages)
}

/// One message, a list of them, or a map from fields to their messages.
#[inline(never)]
pub(crate) fn to_messages(json: Raw<'_>) -> Vec<Message> {
    if let Some(entries) = json.list() {
        return entries.into_iter().take(MOST_MESSAGES).map(to_message).collect();
    }
    let message = to_message(json);
    if !message.reasons.is_empty() {
        return vec![message];
    }
    let mut found = Vec::new();
    for (name, texts) in json.members().unwrap_or_default().into_iter().take(MOST_MESSAGES) {
        let texts = texts.list().unwrap_or_else(|| vec![texts]).into_iter().filter_map(Raw::text);
        found.extend(texts.map(|text| Message {
            names: vec![name.text().unwrap_or_default().into_owned()],
            reasons: vec![String::from(text)],
        }));
    }
    found
}

fn to_message(json: Raw<'_>) -> Message {
    if let Some(text) = json.text() {
        return Message { names: Vec::new(), reasons: vec![String::from(text)] };
    }
    let Entry {
        name,
        field,
        parameter,
        property,
        path,
        pointer,
        loc,
        reason,
        detail,
        message,
        description,
        title,
        msg,
    } = json.read().unwrap_or_default();
    let loc = loc.and_then(|loc| loc.list()?.pop());
    let texts =
        |fields: &[Option<Raw<'_>>]| fields.iter().filter_map(|field| Some(String::from((*field)?.text()?))).collect();
    Message {
        names: texts(&[name, field, parameter, property, path, pointer, loc]),
        reasons: texts(&[reason, detail, message, description, title, msg]),
    }
}
