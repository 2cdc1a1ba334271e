//! What the faults do to an answer.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::Fault;
use super::list;
use crate::problem::Problem;
use crate::reply::Reply;

impl Fault {
    /// The answer that is given without carrying out the request.
    #[must_use]
    pub fn instead(&self) -> Option<Reply> {
        match self {
            Self::ResetBefore {} => Some(Reply::Reset),
            Self::Status { after: false, .. } | Self::Html { .. } => Some(self.fixed()),
            _ => None,
        }
    }

    /// The answer that is given after the request was carried out and `reply` would have been the answer.
    #[must_use]
    pub fn afterwards(&self, reply: Reply) -> Reply {
        let Reply::Whole { status, headers, body } = reply else {
            return reply;
        };
        let half = body.len() / 2;
        match self {
            Self::ResetAfter {} => Reply::Reset,
            Self::Status { .. } => self.fixed(),
            Self::TruncatedBody { bytes } => Reply::Cut { status, headers, sent: bytes.unwrap_or(half), body },
            Self::CutJson { bytes } => {
                let mut body = body;
                body.truncate(bytes.unwrap_or(half));
                Reply::Whole { status, headers, body }
            }
            Self::EmptyBody { status: other } => {
                let status = other.and_then(|code| status_code(code).ok()).unwrap_or(status);
                let mut headers = headers;
                headers.remove(header::CONTENT_TYPE);
                Reply::Whole { status, headers, body: Vec::new() }
            }
            _ if status.is_success() => {
                let body = match serde_json::from_slice(&body) {
                    // A `Value` always serialises.
                    Ok(value) => serde_json::to_vec(&self.rewrite(value)).unwrap_or_default(),
                    Err(_) => body,
                };
                Reply::Whole { status, headers, body }
            }
            _ => Reply::Whole { status, headers, body },
        }
    }

    /// The body of a success, rewritten. Faults that have nothing to say about it leave it as it is.
    fn rewrite(&self, mut body: Value) -> Value {
        match self {
            Self::MissingBlocks { blocks } => {
                let both = ["recipient_response".to_owned(), "action_delivery_status".to_owned()];
                if let Some(embedded) = body.get_mut("_embedded").and_then(Value::as_object_mut) {
                    for block in blocks.as_deref().unwrap_or(&both) {
                        embedded.remove(block);
                    }
                }
                body
            }
            Self::StatusWord { word } => {
                if let Some(status) = body.get_mut("status") {
                    *status = Value::from(word.as_str());
                }
                for run in list::runs_mut(&mut body).into_iter().flatten() {
                    if let Some(status) = run.get_mut("status") {
                        *status = Value::from(word.as_str());
                    }
                }
                body
            }
            Self::ListBareArray {} => list::bare_array(body),
            Self::ListOtherName { name } => list::other_name(body, name.as_deref().unwrap_or("items")),
            Self::ListNextToItself {} => list::next_to_itself(body),
            Self::ListNoPageFields {} => list::no_page_fields(body),
            Self::ListBrokenEntry { index, entry } => {
                let broken = || json!({"id": 42, "name": null, "start_at": "not a time"});
                list::replace_entry(body, index.unwrap_or(0), entry.clone().unwrap_or_else(broken))
            }
            Self::Patch { merge } => {
                merge_patch(&mut body, merge);
                body
            }
            _ => body,
        }
    }

    /// The answer of the faults that carry one themselves.
    fn fixed(&self) -> Reply {
        match self {
            Self::Status { status, body, content_type, headers, .. } => {
                let status = status_code(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let reply = match body {
                    None => Reply::from(Problem::of(status, "This answer was asked for by a fault rule")),
                    Some(Value::String(text)) => {
                        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
                        Reply::with_type(status, plain, text.clone().into_bytes())
                    }
                    Some(value) => Reply::json(status, value).unwrap_or_else(Reply::from),
                };
                with_headers(reply, header_map(content_type.as_deref(), headers).unwrap_or_default())
            }
            Self::Html { status, body } => {
                let status = status.and_then(|code| status_code(code).ok()).unwrap_or(StatusCode::BAD_GATEWAY);
                let page = body.clone().unwrap_or_else(|| {
                    format!(
                        "<!doctype html><html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
                    )
                });
                Reply::with_type(status, HeaderValue::from_static("text/html; charset=utf-8"), page.into_bytes())
            }
            _ => Reply::from(Problem::internal("this fault has no answer of its own")),
        }
    }
}

fn with_headers(mut reply: Reply, more: HeaderMap) -> Reply {
    if let Reply::Whole { headers, .. } = &mut reply {
        headers.extend(more);
    }
    reply
}

pub(super) fn status_code(code: u16) -> Result<StatusCode, String> {
    match StatusCode::from_u16(code) {
        // Informational answers are no answers, and the server refuses to send them.
        Ok(status) if (200..=599).contains(&code) => Ok(status),
        _ => Err("status must be from 200 to 599".into()),
    }
}

pub(super) fn header_map(content_type: Option<&str>, headers: &BTreeMap<String, String>) -> Result<HeaderMap, String> {
    let named = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut map = HeaderMap::new();
    for (name, value) in named.chain(content_type.map(|value| ("content-type", value))) {
        let wrong = || format!("{name} is not a header that can be sent");
        let key = HeaderName::try_from(name).map_err(|_| wrong())?;
        map.insert(key, HeaderValue::try_from(value).map_err(|_| wrong())?);
    }
    Ok(map)
}

/// RFC 7396.
fn merge_patch(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    if let Value::Object(target) = target {
        for (key, value) in patch {
            if value.is_null() {
                target.remove(key);
            } else {
                merge_patch(target.entry(key).or_insert(Value::Null), value);
            }
        }
    }
}
