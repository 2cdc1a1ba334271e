//! Whether the server has a newer build than the one this page runs.

use crate::api::transport::{self, HttpRequest};
use crate::browser::page;
use crate::state::clock::Clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::time::Timestamp;
use serde_json::Value;

/// Milliseconds between two checks of a visible page: 10 minutes.
const CHECK_INTERVAL: i64 = 600_000;

/// What `version.json` beside the page says of the hosted build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Release {
    pub(crate) version: String,
    /// The commit it was built from, if known.
    pub(crate) commit: Option<String>,
    /// The id of its files.
    pub(crate) build: String,
}

/// Reads `version.json`. `None` if that is not possible: a host may leave the file out.
pub(crate) async fn read_hosted() -> Option<Release> {
    let response = transport::send(HttpRequest::get("version.json").asset()).await.ok()?;
    let found: Value = serde_json::from_str(&response.body).ok()?;
    let text = |name: &str| found.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Release { version: text("version")?, commit: text("commit"), build: text("build")? })
}

/// Becomes true when another build than this page's is hosted. Checks every [`CHECK_INTERVAL`] while the page is visible.
pub(crate) fn watch_for_new_build(clock: &'static Clock) -> RwSignal<bool> {
    let replaced = RwSignal::new(false);
    let Some(own) = page::build_id() else { return replaced };
    let checked_at: StoredValue<Timestamp> = StoredValue::new(clock.now());
    Effect::new(move |_| {
        let now = clock.tick();
        // `abs`, because the clock may have been set back.
        if now.since(checked_at.get_value()).millis().abs() < CHECK_INTERVAL || replaced.get_untracked() {
            return;
        }
        checked_at.set_value(now);
        let own = own.clone();
        spawn_local(async move {
            if read_hosted().await.is_some_and(|release| release.build != own) {
                replaced.try_set(true);
            }
        });
    });
    replaced
}
