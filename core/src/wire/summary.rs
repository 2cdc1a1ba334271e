//! The summary of a run (documented): two blocks that count different things, not parts of one whole.

use super::fields::{GivenCount, given_count, id, valid};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The envelope. Not read: `total_items`, which counts the blocks, and `_links`, which all point at page 1.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Summary {
    #[serde(rename = "_embedded", deserialize_with = "valid")]
    pub(crate) embedded: Option<Blocks>,
}

/// The blocks, in `_embedded` or at the top. A missing block means "no data yet".
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct Blocks {
    #[serde(deserialize_with = "valid")]
    pub(crate) recipient_response: Option<RecipientResponse>,
    #[serde(deserialize_with = "valid")]
    pub(crate) action_delivery_status: Option<ActionDeliveryStatus>,
}

/// Recipients who responded.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct RecipientResponse {
    #[serde(deserialize_with = "given_count")]
    pub(crate) recipients_count: Option<GivenCount>,
    #[serde(deserialize_with = "id", skip_serializing)]
    pub(crate) job_run_id: Option<Arc<str>>,
}

/// Recipients handled, and the status reports that followed. One recipient can cause several reports.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct ActionDeliveryStatus {
    #[serde(deserialize_with = "given_count")]
    pub(crate) recipients_count: Option<GivenCount>,
    #[serde(deserialize_with = "given_count")]
    pub(crate) status_succeeded_count: Option<GivenCount>,
    #[serde(deserialize_with = "given_count")]
    pub(crate) status_failed_count: Option<GivenCount>,
    #[serde(deserialize_with = "given_count")]
    pub(crate) status_info_count: Option<GivenCount>,
    #[serde(deserialize_with = "id", skip_serializing)]
    pub(crate) job_run_id: Option<Arc<str>>,
}
