//! Every fault there is. A new one is a variant here, its line in [`Fault::name`], and its arm in [`Fault::instead`] or
//! [`Fault::afterwards`].

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::list;
use crate::problem::Problem;
use crate::reply::Reply;

/// What happens to a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// Waits, then answers normally.
    Delay {
        /// Milliseconds of real time; the sandbox's clock does not matter.
        ms: u64,
    },
    /// Another status.
    Status {
        /// 200 to 599.
        status: u16,
        /// A text is sent as it is, anything else as JSON; without one, problem details.
        #[serde(default)]
        body: Option<Value>,
        /// Default: that of the body.
        #[serde(default)]
        content_type: Option<String>,
        /// Further headers, `Retry-After` for example.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// `true`: the request is carried out first.
        #[serde(default)]
        after: bool,
    },
    /// The connection is reset, nothing is carried out.
    ResetBefore {},
    /// The request is carried out and committed, then the connection is reset without an answer.
    ResetAfter {},
    /// The connection ends within the body.
    TruncatedBody {
        /// How much is sent; half of the body by default.
        #[serde(default)]
        bytes: Option<usize>,
    },
    /// A well-formed HTTP answer whose JSON stops half way.
    CutJson {
        /// How much is sent; half of the body by default.
        #[serde(default)]
        bytes: Option<usize>,
    },
    /// An HTML page, as a gateway sends one. Nothing is carried out.
    Html {
        /// 502 by default.
        #[serde(default)]
        status: Option<u16>,
        /// The page.
        #[serde(default)]
        body: Option<String>,
    },
    /// Carried out, answered without a body.
    EmptyBody {
        /// Default: the status of the real answer.
        #[serde(default)]
        status: Option<u16>,
    },
    /// A summary without these blocks.
    MissingBlocks {
        /// `recipient_response`, `action_delivery_status`; both by default.
        #[serde(default)]
        blocks: Option<Vec<String>>,
    },
    /// Runs, in lists too, with this status word.
    StatusWord {
        /// Any word.
        word: String,
    },
    /// The normal list, as a step in a sequence of rules.
    ListHal {},
    /// Only the array.
    ListBareArray {},
    /// The array in `_embedded` under another name.
    ListOtherName {
        /// `items` by default.
        #[serde(default)]
        name: Option<String>,
    },
    /// `_links.next` is always there and points to the page itself.
    ListNextToItself {},
    /// No page is longer than this, whatever was asked for.
    ListPageSize {
        /// At least 1.
        max: u64,
    },
    /// Without `total_items`, `page`, `page_size`, `total_pages` and `_links`.
    ListNoPageFields {},
    /// One entry cannot be read.
    ListBrokenEntry {
        /// Counts from 0; the first by default.
        #[serde(default)]
        index: Option<usize>,
        /// What stands in its place.
        #[serde(default)]
        entry: Option<Value>,
    },
    /// JSON merged into the body (RFC 7396: `null` takes a key away).
    Patch {
        /// The patch.
        merge: Value,
    },
}

impl Fault {
    /// The name under which it is asked for.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Delay { .. } => "delay",
            Self::Status { .. } => "status",
            Self::ResetBefore {} => "reset_before",
            Self::ResetAfter {} => "reset_after",
            Self::TruncatedBody { .. } => "truncated_body",
            Self::CutJson { .. } => "cut_json",
            Self::Html { .. } => "html",
            Self::EmptyBody { .. } => "empty_body",
            Self::MissingBlocks { .. } => "missing_blocks",
            Self::StatusWord { .. } => "status_word",
            Self::ListHal {} => "list_hal",
            Self::ListBareArray {} => "list_bare_array",
            Self::ListOtherName { .. } => "list_other_name",
            Self::ListNextToItself {} => "list_next_to_itself",
            Self::ListPageSize { .. } => "list_page_size",
            Self::ListNoPageFields {} => "list_no_page_fields",
            Self::ListBrokenEntry { .. } => "list_broken_entry",
            Self::Patch { .. } => "patch",
        }
    }

    /// What is wrong with its parameters, so that a mistake shows when the rule is made and not when it applies.
    ///
    /// # Errors
    /// A sentence.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::Status { status, content_type, headers, .. } => {
                status_code(*status)?;
                header_map(content_type.as_deref(), headers).map(drop)
            }
            Self::Html { status: Some(status), .. } | Self::EmptyBody { status: Some(status) } => {
                status_code(*status).map(drop)
            }
            Self::ListPageSize { max: 0 } => Err("max must not be less than 1".into()),
            _ => Ok(()),
        }
    }

    /// How long the request waits first.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        match self {
            Self::Delay { ms } => Some(Duration::from_millis(*ms)),
            _ => None,
        }
    }

    /// Whether it ends the connection without an answer.
    #[must_use]
    pub fn breaks_off(&self) -> bool {
        matches!(self, Self::ResetBefore {} | Self::ResetAfter {})
    }

    /// The longest page a list may have under it.
    #[must_use]
    pub fn longest_page(&self) -> Option<u64> {
        match self {
            Self::ListPageSize { max } => Some(*max),
            _ => None,
        }
    }

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

fn status_code(code: u16) -> Result<StatusCode, String> {
    match StatusCode::from_u16(code) {
        // Informational answers are no answers, and the server refuses to send them.
        Ok(status) if (200..=599).contains(&code) => Ok(status),
        _ => Err("status must be from 200 to 599".into()),
    }
}

fn header_map(content_type: Option<&str>, headers: &BTreeMap<String, String>) -> Result<HeaderMap, String> {
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
