//! What the faults do to a response. They distort it on purpose, so they work on plain JSON values and not on types.

use axum::http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::fault::Fault;
use super::http::{header_map, status_code};
use super::list_shapes;
use crate::abort::Abort;
use crate::problem::Problem;
use crate::reply::Reply;

impl Fault {
    /// The response when the request is not carried out; `None` when it is.
    pub(crate) fn replacement(&self) -> Option<Reply> {
        match self {
            Self::ResetBefore {} => Some(Reply::Aborted(None)),
            Self::Status { after: false, .. } | Self::Html { .. } => Some(self.own_reply()),
            _ => None,
        }
    }

    /// The response to a request that was carried out, instead of `reply`.
    pub(crate) fn apply(&self, reply: Reply) -> Reply {
        let Reply::Complete(mut parts) = reply else {
            return reply;
        };
        let half = parts.body.len() / 2;
        match self {
            Self::ResetAfter {} => return Reply::Aborted(None),
            Self::ResetRepeated {} => return Reply::Aborted(Some(Abort::Reset)),
            Self::Status { .. } => return self.own_reply(),
            Self::TruncatedBody { bytes } => return Reply::Truncated { parts, sent: bytes.unwrap_or(half) },
            Self::CutJson { bytes } => parts.body.truncate(bytes.unwrap_or(half)),
            Self::EmptyBody { status } => {
                parts.status = status.and_then(|code| status_code(code).ok()).unwrap_or(parts.status);
                parts.headers.remove(header::CONTENT_TYPE);
                parts.body.clear();
            }
            _ if parts.status.is_success() => {
                if let Ok(body) = serde_json::from_slice(&parts.body) {
                    // A `Value` can always be written as JSON.
                    parts.body = serde_json::to_vec(&self.rewrite(body)).unwrap_or_default();
                }
            }
            _ => {}
        }
        Reply::Complete(parts)
    }

    /// Rewrites the body of a success. Most faults leave it as it is.
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
                for run in list_shapes::runs_mut(&mut body).into_iter().flatten() {
                    if let Some(status) = run.get_mut("status") {
                        *status = Value::from(word.as_str());
                    }
                }
                body
            }
            Self::ListBareArray {} => list_shapes::bare_array(body),
            Self::ListOtherName { name } => list_shapes::other_name(body, name.as_deref().unwrap_or("items")),
            Self::ListNextToItself {} => list_shapes::next_to_itself(body),
            Self::ListNoPageFields {} => list_shapes::no_page_fields(body),
            Self::ListBrokenEntry { index, entry } => {
                let broken = || json!({"id": 42, "name": null, "start_at": "not a time"});
                list_shapes::replace_entry(body, index.unwrap_or(0), entry.clone().unwrap_or_else(broken))
            }
            Self::Patch { merge } => {
                merge_patch(&mut body, merge);
                body
            }
            _ => body,
        }
    }

    /// The response that the fault itself describes.
    fn own_reply(&self) -> Reply {
        match self {
            Self::Status { status, body, content_type, headers, .. } => {
                let status = status_code(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let reply = match body {
                    None => Reply::from(Problem::new(status, "This answer was asked for by a fault rule")),
                    Some(Value::String(text)) => {
                        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
                        Reply::with_type(status, plain, text.clone().into_bytes())
                    }
                    Some(value) => Reply::json(status, value).unwrap_or_else(Reply::from),
                };
                reply.with_headers(header_map(content_type.as_deref(), headers).unwrap_or_default())
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
            _ => Reply::from(Problem::internal("this fault has no response of its own")),
        }
    }
}

/// JSON merge patch (RFC 7396).
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
