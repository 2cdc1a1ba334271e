//! The generated `config.json`: all that a console needs to work with this sandbox.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::options::{API_BASE, CONTROL_BASE};
use crate::seeding::jobs::jobs;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Config<'a> {
    api_base: &'static str,
    auth: Auth,
    #[serde(skip_serializing_if = "Option::is_none")]
    embed: Option<Embed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
    environment: &'static str,
    /// Readable labels by job id.
    jobs: BTreeMap<String, &'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Auth {
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Embed<'a> {
    allowed_origins: &'a [String],
}

#[derive(Serialize)]
struct Links {
    portal: String,
}

/// With host pages, the first of them provides the tokens and is where somebody who opens the console alone is sent.
pub(super) fn generated(host_pages: &[String]) -> Result<Vec<u8>, String> {
    let auth = match host_pages {
        [] => Auth { source: "endpoint", token_url: Some(format!("{CONTROL_BASE}/token")) },
        _ => Auth { source: "host", token_url: None },
    };
    let config = Config {
        api_base: API_BASE,
        auth,
        embed: (!host_pages.is_empty()).then_some(Embed { allowed_origins: host_pages }),
        links: host_pages.first().map(|origin| Links { portal: format!("{origin}/") }),
        environment: "sandbox",
        jobs: jobs().into_iter().map(|job| (job.id, job.label)).collect(),
    };
    serde_json::to_vec_pretty(&config).map_err(|error| error.to_string())
}
