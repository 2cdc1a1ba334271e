//! Every fault there is. A new one is a variant here, its line in [`Fault::name`], and its arm in [`Fault::instead`] or
//! [`Fault::afterwards`], which are in `answer.rs`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::{header_map, status_code};

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

    /// The longest page a list may have under it.
    #[must_use]
    pub fn longest_page(&self) -> Option<u64> {
        match self {
            Self::ListPageSize { max } => Some(*max),
            _ => None,
        }
    }
}
