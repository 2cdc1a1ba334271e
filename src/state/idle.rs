//! Signs out after a while without a key or a pointer, where the configuration says so. Each tab counts for itself.

use crate::browser::page::{self, machine_clocks};
use crate::browser::storage;
use crate::config::ConfigHandle;
use crate::state::session::{Session, SignedOut};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::policy::idle::{Idle, idle};
use runboard_core::time::{Span, Timestamp};

/// When a key or pointer was last used, in session storage: milliseconds since 1970.
const ACTIVE_KEY: &str = "runboard.active";
/// How often it is checked, in milliseconds. Not with the tick of the clock, which stops while the page is hidden.
const CHECK_INTERVAL: u32 = 1000;

/// Signs out at once if the time is over already, and watches for as long as the application lives. Returns the time that is left,
/// once that is short.
pub(crate) fn watch(session: &'static Session, config: &'static ConfigHandle) -> Signal<Option<Span>> {
    let time_left = RwSignal::new(None);
    let Some(minutes) = config.get().idle_minutes else { return time_left.into() };
    // By the wall clock: the other one may stand still while the machine sleeps.
    let now = || machine_clocks().wall;
    let allowed = Span::from_minutes(i64::from(minutes));
    // A reload, or a tab that the browser had put away, does not start anew.
    let stored = storage::session_get(ACTIVE_KEY).and_then(|millis| millis.parse().ok()).map(Timestamp::from_millis);
    let active_at = StoredValue::new(stored.unwrap_or_else(now));
    page::on_activity(move || {
        // After sleep, a movement may come before the check below: it must not undo hours without activity.
        let is_over =
            active_at.try_get_value().is_none_or(|since| idle(allowed, span_since(since, now())) == Idle::Over);
        if !is_over {
            active_at.try_set_value(now());
        }
    });
    let check = move || {
        if !session.has_token() {
            active_at.try_set_value(now());
        }
        let since = active_at.try_get_value()?;
        storage::session_set(ACTIVE_KEY, &since.millis().to_string());
        let left = match idle(allowed, span_since(since, now())) {
            Idle::Ending(left) if session.has_token() => Some(left),
            Idle::Over if session.has_token() => {
                session.sign_out(SignedOut::Idle { minutes });
                None
            }
            _ => None,
        };
        if time_left.try_get_untracked() != Some(left) {
            time_left.try_set(left);
        }
        Some(())
    };
    check();
    spawn_local(async move {
        loop {
            TimeoutFuture::new(CHECK_INTERVAL).await;
            if check().is_none() {
                return;
            }
        }
    });
    time_left.into()
}

/// Nothing, if the clock was set back meanwhile.
fn span_since(since: Timestamp, now: Timestamp) -> Span {
    now.since(since).max(Span::default())
}
