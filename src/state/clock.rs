//! One shared clock: the API's time as far as it is known, ticking once a second while the page is seen.

use crate::browser;
use crate::browser::page::machine_clocks;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::time::server_clock::{ClockReading, DATE_RESOLUTION, STAMP_RESOLUTION, ServerClock};
use runboard_core::time::{Span, Timestamp};

/// The shared clock.
#[derive(Clone, Copy)]
pub struct Clock {
    anchor: StoredValue<ServerClock>,
    tick: RwSignal<Timestamp>,
    shown: RwSignal<bool>,
    online: RwSignal<bool>,
    returned: RwSignal<u32>,
}

/// What an answer's `Date` and its body may be apart: they are written by different machines.
const FITS: Span = Span::from_seconds(2);

impl Clock {
    /// A clock that stands still until [`Clock::run`].
    pub fn new() -> Self {
        Self {
            anchor: StoredValue::new(ServerClock::default()),
            tick: RwSignal::new(machine_clocks().wall),
            shown: RwSignal::new(browser::page::visible()),
            online: RwSignal::new(browser::page::online()),
            returned: RwSignal::new(0),
        }
    }

    /// Starts ticking, for as long as the application lives.
    pub fn run(self) {
        browser::page::on_change(move || {
            let visible = browser::page::visible();
            let online = browser::page::online();
            self.beat();
            self.shown.try_set(visible);
            self.online.try_set(online);
            if visible && online {
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
        let doubt = self.anchor.try_update_value(|anchor| {
            let before = anchor.is_uncertain();
            *anchor = anchor.tick(machine_clocks());
            anchor.is_uncertain() && !before
        });
        self.tick.try_set(self.now());
        // The machine slept or its clock was set: what is shown is read again at once.
        if doubt == Some(true) && browser::page::visible() {
            self.returned.try_update(|returned| *returned = returned.wrapping_add(1));
        }
    }

    /// The API's time now; not tracked.
    pub fn now(self) -> Timestamp {
        self.anchor.try_get_value().unwrap_or_default().now(machine_clocks())
    }

    /// The API's time at the last tick; tracked, changes once a second.
    pub fn tick(self) -> Timestamp {
        self.tick.get()
    }

    /// Whether the page is seen; tracked.
    pub fn shown(self) -> bool {
        self.shown.get()
    }

    /// Whether the browser has a network, as far as it knows; tracked.
    pub fn online(self) -> bool {
        self.online.get()
    }

    /// Rises when the page is seen again or the network is back; tracked.
    pub fn returned(self) -> u32 {
        self.returned.get()
    }

    /// Takes in what an answer that no cache gave says of the API's time: its `Date`, or when our own action was carried out.
    pub fn observe(self, asked: ClockReading, received: ClockReading, stamp: Timestamp, resolution: Span) {
        self.anchor.try_update_value(|anchor| *anchor = anchor.observe(asked, received, stamp, resolution));
    }

    /// Takes in the `Date` of an answer.
    pub fn observe_date(self, asked: ClockReading, received: ClockReading, date: Timestamp) {
        self.observe(asked, received, date, DATE_RESOLUTION);
    }

    /// Takes in when the API says that it carried out our own action. Only a create's time is one of its own; where more is
    /// known already, a time that does not fit was another one (an API need not change `updated_at`).
    pub fn observe_action(self, asked: ClockReading, received: ClockReading, stamp: Timestamp, created: bool) {
        let fits = match self.anchor.get_value().offset(received) {
            Some((offset, error)) => {
                let beside = stamp.since(received.wall.plus(offset)).millis().saturating_abs();
                let took = received.monotonic.millis().saturating_sub(asked.monotonic.millis());
                beside <= error.millis().saturating_add(took).saturating_add(FITS.millis())
            }
            None => created,
        };
        if fits {
            self.observe(asked, received, stamp, STAMP_RESOLUTION);
        }
    }

    /// The API's time minus this machine's, and how far that may be wrong; `None` while nothing is known.
    pub fn offset(self) -> Option<(Span, Span)> {
        self.anchor.get_value().offset(machine_clocks())
    }

    /// How far this machine's clock is certainly off, where that is worth telling.
    pub fn wrong_by(self) -> Option<Span> {
        self.anchor.get_value().local_clock_error(machine_clocks())
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}
