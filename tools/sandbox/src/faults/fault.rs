//! All faults and their parameters. A new one needs a variant here, its name in [`Fault::kind`], and its effect in
//! `apply.rs`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::http::{header_map, status_code};

/// What happens to a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Fault {
    /// Waits, then answers normally.
    Delay {
        /// Milliseconds of real time, whatever the sandbox's clock does.
        ms: u64,
    },
    /// Answers with another status.
    Status {
        /// 200 to 599.
        status: u16,
        /// Text is sent as it is, anything else as JSON; without a body, problem details are sent.
        #[serde(default)]
        body: Option<Value>,
        /// The body's own type by default.
        #[serde(default)]
        content_type: Option<String>,
        /// Further headers, such as `Retry-After`.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// `true` carries out the request first.
        #[serde(default)]
        after: bool,
    },
    /// Aborts the connection without carrying out the request.
    ResetBefore {},
    /// Carries out and commits the request, then aborts the connection without a response.
    ResetAfter {},
    /// Carries out and commits the request, then resets the connection even for a browser: one that has kept the connection from
    /// an earlier request sends this one again by itself, and shows its page only the answer to the second.
    ResetRepeated {},
    /// Ends the connection within the body.
    TruncatedBody {
        /// How much is sent; half of the body by default.
        #[serde(default)]
        bytes: Option<usize>,
    },
    /// Cuts the JSON short in an otherwise valid response.
    CutJson {
        /// How much is sent; half of the body by default.
        #[serde(default)]
        bytes: Option<usize>,
    },
    /// Answers with an HTML page, as a gateway does. The request is not carried out.
    Html {
        /// 502 by default.
        #[serde(default)]
        status: Option<u16>,
        #[serde(default)]
        body: Option<String>,
    },
    /// Carries out the request and answers without a body.
    EmptyBody {
        /// The status of the real answer by default.
        #[serde(default)]
        status: Option<u16>,
    },
    /// Leaves blocks out of a summary.
    MissingBlocks {
        /// `recipient_response` and `action_delivery_status`; both by default.
        #[serde(default)]
        blocks: Option<Vec<String>>,
    },
    /// Answers runs, also those in lists, with this status word.
    StatusWord { word: String },
    /// Answers with the normal list, as a step between other rules.
    ListHal {},
    /// Answers with the array alone.
    ListBareArray {},
    /// Names the array in `_embedded` differently.
    ListOtherName {
        /// `items` by default.
        #[serde(default)]
        name: Option<String>,
    },
    /// Always adds a `_links.next`, which points to the page itself.
    ListNextToItself {},
    /// Limits the length of a page, whatever the request asks for.
    ListPageSize {
        /// At least 1.
        max: u64,
    },
    /// Leaves out `total_items`, `page`, `page_size`, `total_pages` and `_links`.
    ListNoPageFields {},
    /// Makes one entry unreadable.
    ListBrokenEntry {
        /// Counts from 0; the first by default.
        #[serde(default)]
        index: Option<usize>,
        /// What replaces the entry.
        #[serde(default)]
        entry: Option<Value>,
    },
    /// Merges JSON into the body (RFC 7396: `null` removes a key).
    Patch { merge: Value },
}

impl Fault {
    /// The `kind` that a rule names it by.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Delay { .. } => "delay",
            Self::Status { .. } => "status",
            Self::ResetBefore {} => "reset_before",
            Self::ResetAfter {} => "reset_after",
            Self::ResetRepeated {} => "reset_repeated",
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

    /// Checks the parameters when the rule is added, so that a mistake does not show only when the rule applies.
    pub(crate) fn check(&self) -> Result<(), String> {
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

    /// How long the request has to wait.
    pub(crate) fn delay(&self) -> Option<Duration> {
        match self {
            Self::Delay { ms } => Some(Duration::from_millis(*ms)),
            _ => None,
        }
    }

    /// The limit to the length of a page.
    pub(crate) fn max_page_size(&self) -> Option<u64> {
        match self {
            Self::ListPageSize { max } => Some(*max),
            _ => None,
        }
    }
}
