//! One shared clock: the API's time as far as it is known, ticking once a second while the page is visible, and now and then while
//! bells are set and it is hidden.

use crate::browser::page::{self, machine_clocks};
use crate::leak::leak;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::Moment;
use runboard_core::time::server_clock::{ClockReading, DATE_RESOLUTION, STAMP_RESOLUTION, ServerClock};
use runboard_core::time::{Span, Timestamp};

/// The shared clock.
pub struct Clock {
    server_clock: StoredValue<ServerClock>,
    tick: RwSignal<Timestamp>,
    visible: RwSignal<bool>,
    in_background: RwSignal<bool>,
    online: RwSignal<bool>,
    resumed: RwSignal<u32>,
}

/// How often it ticks while the page is hidden, as far as the browser lets it.
const BACKGROUND_TICK: Span = Span::from_seconds(5);

/// How far the `Date` of a response and a time in its body may be apart: different machines may write them.
const STAMP_TOLERANCE: Span = Span::from_seconds(2);

impl Clock {
    /// A clock that does not tick before [`Clock::run`].
    pub(crate) fn new() -> &'static Self {
        leak(Self {
            server_clock: StoredValue::new(ServerClock::default()),
            tick: RwSignal::new(machine_clocks().wall),
            visible: RwSignal::new(page::is_visible()),
            in_background: RwSignal::new(false),
            online: RwSignal::new(page::is_online()),
            resumed: RwSignal::new(0),
        })
    }

    /// Starts ticking, for as long as the application lives.
    pub fn run(&'static self) {
        page::on_visibility_or_network_change(move || {
            let (visible, online) = (page::is_visible(), page::is_online());
            self.advance();
            self.visible.try_set(visible);
            self.online.try_set(online);
            if visible && online {
                self.signal_resumed();
            }
        });
        spawn_local(async move {
            loop {
                // On the full second, so that countdowns change together with a wall clock.
                let past = u32::try_from(self.now().millis().rem_euclid(1000)).unwrap_or(0);
                TimeoutFuture::new(1000_u32.saturating_sub(past).max(50)).await;
                if self.tick.is_disposed() {
                    return;
                }
                if page::is_visible() || self.is_due_in_background() {
                    self.advance();
                }
            }
        });
    }

    fn is_due_in_background(&'static self) -> bool {
        let ticked_at = self.tick.try_get_untracked().unwrap_or(Timestamp::EARLIEST);
        // The clock may have been set back.
        let passed = self.now().since(ticked_at).millis().saturating_abs();
        self.in_background.try_get_untracked() == Some(true) && passed >= BACKGROUND_TICK.millis()
    }

    fn advance(&'static self) {
        let became_uncertain = self.server_clock.try_update_value(|server_clock| {
            let before = server_clock.is_uncertain();
            *server_clock = server_clock.tick(machine_clocks());
            server_clock.is_uncertain() && !before
        });
        self.tick.try_set(self.now());
        // The machine slept or its clock was set: what is on screen may be old and is read again at once.
        if became_uncertain == Some(true) && page::is_visible() {
            self.signal_resumed();
        }
    }

    fn signal_resumed(&'static self) {
        self.resumed.try_update(|resumed| *resumed = resumed.wrapping_add(1));
    }

    /// The API's time now; not tracked.
    pub fn now(&'static self) -> Timestamp {
        self.server_clock.try_get_value().unwrap_or_default().now(machine_clocks())
    }

    /// What both clocks show now; not tracked.
    pub(crate) fn moment(&'static self) -> Moment {
        self.moment_at(machine_clocks())
    }

    /// What both clocks showed when this machine's clocks were read.
    pub(crate) fn moment_at(&'static self, reading: ClockReading) -> Moment {
        Moment { here: reading.wall, api: self.server_clock.try_get_value().unwrap_or_default().now(reading) }
    }

    /// What both clocks showed at that time of the API.
    pub(crate) fn moment_of(&'static self, at: Timestamp) -> Moment {
        let now = self.moment();
        Moment { here: at.plus(now.here.since(now.api)), api: at }
    }

    /// The API's time at the last tick; tracked, changes once a second.
    pub fn tick(&'static self) -> Timestamp {
        self.tick.get()
    }

    /// Whether the page is visible; tracked.
    pub(crate) fn visible(&'static self) -> bool {
        self.visible.get()
    }

    /// Whether what happens is to be noticed while the page is hidden; tracked.
    pub(crate) fn in_background(&'static self) -> bool {
        self.in_background.get()
    }

    /// Sets whether it is.
    pub(crate) fn set_in_background(&'static self, in_background: bool) {
        self.in_background.try_set(in_background);
    }

    /// Whether the browser believes it has a network; tracked.
    pub(crate) fn online(&'static self) -> bool {
        self.online.get()
    }

    /// Rises when the page becomes visible, the network returns, or the machine wakes up; tracked.
    pub(crate) fn resumed(&'static self) -> u32 {
        self.resumed.get()
    }

    /// Learns the API's time from a response that no cache gave. `stamp` was taken by the API between the two readings of this
    /// machine's clocks, and is rounded down to `resolution`.
    pub fn observe(&'static self, sent: ClockReading, received: ClockReading, stamp: Timestamp, resolution: Span) {
        self.server_clock.try_update_value(|server_clock| {
            *server_clock = server_clock.observe(sent, received, stamp, resolution);
        });
    }

    /// Learns from the `Date` header of a response.
    pub(crate) fn observe_date(&'static self, sent: ClockReading, received: ClockReading, date: Timestamp) {
        self.observe(sent, received, date, DATE_RESOLUTION);
    }

    /// Learns from another tab, which knew the API's clock but for an error: at `here`, by the clock of this machine, it was `api`.
    pub(crate) fn observe_shared(&'static self, here: Timestamp, api: Timestamp, error: Span) {
        let now = machine_clocks();
        let (ago, error) = (now.wall.since(here).millis(), error.millis());
        let monotonic = Span::from_millis(now.monotonic.millis().saturating_sub(ago));
        let at = ClockReading { wall: here, monotonic };
        let earliest = api.plus(Span::from_millis(error.saturating_neg()));
        self.observe(at, at, earliest, Span::from_millis(error.saturating_mul(2)));
    }

    /// Learns from the time at which the API says it carried out our own create or stop. A stop need not change `updated_at`, so
    /// its time may be an older one: it counts only if it fits what is known already. A create's time is always its own.
    pub(crate) fn observe_action(
        &'static self,
        sent: ClockReading,
        received: ClockReading,
        stamp: Timestamp,
        created: bool,
    ) {
        let fits = match self.server_clock.get_value().offset(received) {
            Some((offset, error)) => {
                let apart = stamp.since(received.wall.plus(offset)).millis().saturating_abs();
                let took = received.monotonic.millis().saturating_sub(sent.monotonic.millis());
                apart <= error.millis().saturating_add(took).saturating_add(STAMP_TOLERANCE.millis())
            }
            None => created,
        };
        if fits {
            self.observe(sent, received, stamp, STAMP_RESOLUTION);
        }
    }

    /// The API's time minus this machine's, and how far that may be wrong; `None` while nothing is known.
    pub(crate) fn offset(&'static self) -> Option<(Span, Span)> {
        self.server_clock.get_value().offset(machine_clocks())
    }

    /// How far this machine's clock is certainly off, if that is worth a notice.
    pub(crate) fn local_clock_error(&'static self) -> Option<Span> {
        self.server_clock.get_value().local_clock_error(machine_clocks())
    }
}
