//! The console's run-time configuration for this sandbox.

use serde_json::{Map, Value, json};

use crate::app::{API_BASE, CONTROL_BASE};
use crate::seeding::jobs::jobs;

/// `config.json` with everything a console needs to work against this sandbox at once.
///
/// # Errors
/// Never for the text it builds; the signature spares a panic.
pub(super) fn generated() -> Result<Vec<u8>, String> {
    let labels: Map<String, Value> = jobs().into_iter().map(|job| (job.id, Value::from(job.label))).collect();
    let config = json!({
        "apiBase": API_BASE,
        "auth": { "source": "endpoint", "tokenUrl": format!("{CONTROL_BASE}/token") },
        "environment": "sandbox",
        "jobs": labels,
    });
    serde_json::to_vec_pretty(&config).map_err(|error| error.to_string())
}
