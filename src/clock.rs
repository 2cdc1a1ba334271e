//! One shared clock: the API's time as far as it is known, ticking once a second while the page is seen.

use crate::browser;
use crate::lasting::lasting;
use crate::reactive::{RwSignal, StoredValue};
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use runboard_core::time::{Timestamp, clock::ClockEstimate};

/// The shared clock.
pub struct Clock(&'static Parts);

/// What it is made of.
pub struct Parts {
    estimate: StoredValue<ClockEstimate>,
    tick: RwSignal<Timestamp>,
    shown: RwSignal<bool>,
    returned: RwSignal<u32>,
}

lasting!(Clock, Parts);

/// What this machine's clock shows.
pub fn machine_now() -> Timestamp {
    Timestamp::from_millis(chrono::Utc::now().timestamp_millis())
}

impl Clock {
    /// A clock that stands still until [`Clock::run`].
    pub fn new() -> Self {
        Self::keep(Parts {
            estimate: StoredValue::new(ClockEstimate::unknown()),
            tick: RwSignal::new(machine_now()),
            shown: RwSignal::new(browser::page::visible()),
            returned: RwSignal::new(0),
        })
    }

    /// Starts ticking, for as long as the application lives.
    pub fn run(self) {
        browser::page::on_change(move || {
            let visible = browser::page::visible();
            self.shown.try_set(visible);
            self.beat();
            if visible && browser::page::online() {
                self.returned.try_update(|returned| *returned = returned.wrapping_add(1));
            }
        });
        spawn_local(async move {
            loop {
                // On the second, so that countdowns change together with a wall clock.
                let past = u32::try_from(self.now().millis().rem_euclid(1000)).unwrap_or(0);
                TimeoutFuture::new(1000_u32.saturating_sub(past).max(50)).await;
                if self.tick.is_disposed() {
                    return;
                }
                if browser::page::visible() {
                    self.beat();
                }
            }
        });
    }

    fn beat(self) {
        self.tick.try_set(self.now());
    }

    /// The API's time now; not tracked.
    pub fn now(self) -> Timestamp {
        let estimate = self.estimate.try_get_value().unwrap_or_default();
        estimate.now(machine_now())
    }

    /// The API's time at the last tick; tracked, changes once a second.
    pub fn tick(self) -> Timestamp {
        self.tick.get()
    }

    /// Whether the page is seen; tracked.
    pub fn shown(self) -> bool {
        self.shown.get()
    }

    /// Rises when the page is seen again or the network is back; tracked.
    pub fn returned(self) -> u32 {
        self.returned.get()
    }

    /// Takes in an answer's `Date`.
    pub fn observe(self, asked: Timestamp, received: Timestamp, date: Timestamp) {
        self.estimate.try_update_value(|estimate| *estimate = estimate.observe(asked, received, date));
    }

    /// What is known about the difference between the API's clock and this machine's.
    pub fn estimate(self) -> ClockEstimate {
        self.estimate.get_value()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}
