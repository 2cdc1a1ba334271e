//! Which build this page is, and which one is hosted now.

use crate::api::transport::{self, Call};
use crate::browser::page;
use crate::state::clock::Clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::time::Timestamp;
use serde_json::Value;

/// How long a page that is seen goes without looking: 10 minutes.
const REST: i64 = 600_000;

/// What `version.json` beside the page says of the build that is hosted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Release {
    /// The version.
    pub version: String,
    /// The commit it was built from, if that is known.
    pub commit: Option<String>,
    /// The id of its files.
    pub build: String,
}

/// Reads it. None when it cannot be had: a host may leave it out.
pub async fn hosted() -> Option<Release> {
    let answer = transport::send(Call::get("version.json").of_the_page()).await.ok()?;
    let found: Value = serde_json::from_str(&answer.body).ok()?;
    let text = |name: &str| found.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Release { version: text("version")?, commit: text("commit"), build: text("build")? })
}

/// Says when another build than the page's own is hosted; looks now and then while the page is seen, until it is so.
pub fn replaced(clock: Clock) -> RwSignal<bool> {
    let replaced = RwSignal::new(false);
    let Some(own) = page::build() else { return replaced };
    let looked: StoredValue<Timestamp> = StoredValue::new(clock.now());
    Effect::new(move |_| {
        let now = clock.tick();
        // A clock that was set counts as well.
        if now.since(looked.get_value()).millis().abs() < REST || replaced.get_untracked() {
            return;
        }
        looked.set_value(now);
        let own = own.clone();
        spawn_local(async move {
            if hosted().await.is_some_and(|release| release.build != own) {
                replaced.try_set(true);
            }
        });
    });
    replaced
}
