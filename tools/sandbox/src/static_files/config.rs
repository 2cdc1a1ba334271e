//! The generated `config.json`: all that a console needs to work with this sandbox.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::options::{API_BASE, CONTROL_BASE};
use crate::seeding::jobs::jobs;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    api_base: &'static str,
    auth: Auth,
    environment: &'static str,
    /// Readable labels by job id.
    jobs: BTreeMap<String, &'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Auth {
    source: &'static str,
    token_url: String,
}

pub(super) fn generated() -> Result<Vec<u8>, String> {
    let config = Config {
        api_base: API_BASE,
        auth: Auth { source: "endpoint", token_url: format!("{CONTROL_BASE}/token") },
        environment: "sandbox",
        jobs: jobs().into_iter().map(|job| (job.id, job.label)).collect(),
    };
    serde_json::to_vec_pretty(&config).map_err(|error| error.to_string())
}
