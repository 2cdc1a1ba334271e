//! Signs out after a while without a key or a pointer, where the configuration says so. Each tab counts for itself.

use crate::browser::page::{self, machine_clocks};
use crate::config::ConfigHandle;
use crate::state::session::{Session, SignedOut};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::policy::idle::{Idle, idle};
use runboard_core::time::{Span, Timestamp};

/// How often it is checked, in milliseconds. Not with the tick of the clock, which stops while the page is hidden.
const CHECK_INTERVAL: u32 = 1000;

/// Watches for as long as the application lives. Returns the time that is left, once that is short.
pub(crate) fn watch(session: &'static Session, config: &'static ConfigHandle) -> Signal<Option<Span>> {
    let time_left = RwSignal::new(None);
    let Some(minutes) = config.get().idle_minutes else { return time_left.into() };
    // By the wall clock: the other one may stand still while the machine sleeps.
    let now = || machine_clocks().wall;
    let active_at = StoredValue::new(now());
    page::on_activity(move || {
        active_at.try_set_value(now());
    });
    spawn_local(async move {
        loop {
            TimeoutFuture::new(CHECK_INTERVAL).await;
            let Some(since) = active_at.try_get_value() else { return };
            if !session.has_token() {
                active_at.set_value(now());
            }
            let left = match idle(Span::from_minutes(i64::from(minutes)), span_since(since, now())) {
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
        }
    });
    time_left.into()
}

/// Nothing, if the clock was set back meanwhile.
fn span_since(since: Timestamp, now: Timestamp) -> Span {
    now.since(since).max(Span::default())
}
