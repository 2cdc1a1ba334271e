//! A run as the API returns it, the request to create one, and a run in an exported file.

use super::fields::{given, id, raw, text};
use super::json::Raw;
use crate::time::{Timestamp, given::Given};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A run (documented). If a documented field is missing or unreadable, its camelCase spelling is used.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct Run {
    /// Documented as a UUID; integers are accepted.
    #[serde(deserialize_with = "id")]
    pub(crate) id: Option<Arc<str>>,
    #[serde(deserialize_with = "id")]
    pub(crate) job_id: Option<Arc<str>>,
    #[serde(deserialize_with = "text")]
    pub(crate) name: Option<Arc<str>>,
    /// An open set of words; only `scheduled` is documented.
    #[serde(deserialize_with = "text")]
    pub(crate) status: Option<Arc<str>>,
    #[serde(deserialize_with = "given")]
    pub(crate) start_at: Option<Given>,
    #[serde(deserialize_with = "given")]
    pub(crate) end_at: Option<Given>,
    #[serde(deserialize_with = "given")]
    pub(crate) created_at: Option<Given>,
    #[serde(deserialize_with = "given")]
    pub(crate) updated_at: Option<Given>,

    // Not `alias`: serde refuses a document with both spellings.
    #[serde(rename = "jobId", deserialize_with = "id", skip_serializing)]
    pub(crate) job_id_camel: Option<Arc<str>>,
    #[serde(rename = "startAt", deserialize_with = "given", skip_serializing)]
    pub(crate) start_at_camel: Option<Given>,
    #[serde(rename = "endAt", deserialize_with = "given", skip_serializing)]
    pub(crate) end_at_camel: Option<Given>,
    #[serde(rename = "createdAt", deserialize_with = "given", skip_serializing)]
    pub(crate) created_at_camel: Option<Given>,
    #[serde(rename = "updatedAt", deserialize_with = "given", skip_serializing)]
    pub(crate) updated_at_camel: Option<Given>,
}

/// Possible envelopes of a single run; none is documented.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Envelope<'a> {
    #[serde(borrow, deserialize_with = "raw")]
    run: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    data: Option<Raw<'a>>,
    /// Used if it has only one object in it.
    #[serde(rename = "_embedded", deserialize_with = "raw")]
    embedded: Option<Raw<'a>>,
}

impl Run {
    /// The run in the body of a single-run answer, with or without an envelope.
    pub(crate) fn in_body(body: &str) -> Option<Self> {
        let body = Raw::of_body(body)?;
        Self::with_id(body).or_else(|| {
            let Envelope { run, data, embedded } = body.read()?;
            let places = [run, data, embedded.and_then(|embedded| embedded.only_member('{'))];
            places.into_iter().flatten().find_map(Self::with_id)
        })
    }

    fn with_id(json: Raw<'_>) -> Option<Self> {
        json.read().filter(|run: &Self| run.id.is_some())
    }
}

/// The body of the request to run a job (documented): camelCase, unlike the answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewRun {
    pub(crate) job_id: String,
    pub(crate) name: String,
    pub(crate) start_at: Timestamp,
    pub(crate) end_at: Timestamp,
}

/// A run in an exported file: the API's fields, and the label, state and phase that this console adds.
#[derive(Serialize)]
pub(crate) struct ExportedRun<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    pub(crate) job_id: Option<&'a str>,
    pub(crate) job_label: Option<&'a str>,
    pub(crate) status: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
    pub(crate) phase: Option<&'a str>,
    pub(crate) start_at: Option<Given>,
    pub(crate) end_at: Option<Given>,
    pub(crate) created_at: Option<Given>,
    pub(crate) updated_at: Option<Given>,
}
