//! Whether the server has a newer build than the one this page runs.

use crate::api::transport::{self, HttpRequest};
use crate::browser::page;
use crate::state::clock::Clock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::time::Timestamp;
use runboard_core::wire::Release;

/// Milliseconds between two checks of a visible page: 10 minutes.
const CHECK_INTERVAL: i64 = 600_000;

/// Reads `version.json`. `None` if that is not possible: a host may leave the file out.
pub(crate) async fn read_hosted() -> Option<Release> {
    let response = transport::send(HttpRequest::get("version.json").asset()).await.ok()?;
    Release::read(&response.body)
}

/// Becomes true when another build than this page's is hosted. Checks every [`CHECK_INTERVAL`] while the page is visible.
pub(crate) fn watch_for_new_build(clock: &'static Clock) -> RwSignal<bool> {
    let replaced = RwSignal::new(false);
    let Some(own) = page::build_id() else { return replaced };
    let checked_at: StoredValue<Timestamp> = StoredValue::new(clock.now());
    Effect::new(move |_| {
        let now = clock.tick();
        // `abs`, because the clock may have been set back.
        if now.since(checked_at.get_value()).millis().abs() < CHECK_INTERVAL
            || replaced.get_untracked()
            || !page::is_visible()
        {
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
