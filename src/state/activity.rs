//! The record of what happened: what was seen of the runs and what was done here, kept in this browser. This is the part that is
//! there from the start; the record itself is loaded lazily.

mod handle;
mod presence;
mod ringing;
mod rung;
mod storage;
mod telling;
mod writing;

pub use handle::ActivityHandle;
pub use presence::{AwayLine, Presence};
pub use storage::Kept;

use crate::api::Api;
use crate::browser::page::machine_clocks;
use crate::browser::storage::on_local_change;
use crate::config::ConfigHandle;
use crate::leak::leak;
use crate::state::bells::BellsHandle;
use crate::state::clock::Clock;
use crate::state::list_feed::ListFeed;
use crate::state::poller::Poller;
use crate::state::run_store::RunStore;
use crate::state::settings::Settings;
use leptos::prelude::*;
use runboard_core::activity::Moment;
use runboard_core::time::server_clock::ClockReading;
use runboard_core::time::{Span, Timestamp};

/// Holds the record once it is loaded.
pub struct ActivitySlot {
    sources: ActivitySources,
    person: RwSignal<Option<Person>>,
    /// Whether there is something that they want to be notified of.
    has_bells: RwSignal<bool>,
    /// How often somebody has signed in.
    sign_ins: StoredValue<u32>,
    handle: RwSignal<Option<&'static ActivityHandle>>,
    /// The application's, so that the record outlives the page that needs it first.
    owner: Owner,
}

/// What the record is made from.
#[derive(Clone, Copy)]
pub(crate) struct ActivitySources {
    pub(crate) api: &'static Api,
    pub(crate) config: &'static ConfigHandle,
    pub(crate) clock: &'static Clock,
    pub(crate) settings: &'static Settings,
    pub(crate) store: &'static RunStore,
    pub(crate) poller: &'static Poller,
    pub(crate) list: &'static ListFeed,
    pub(crate) bells: BellsHandle,
}

/// Who is signed in, as far as the record is concerned.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Person {
    /// Names the API, the application and the person in the browser's storage; `None` if the token names nobody, so that nothing may
    /// be kept.
    scope: Option<String>,
    /// No run was read before.
    since: Moment,
    /// Tells who signs out and in again from who stays signed in.
    sign_in: u32,
}

/// So soon after the document was loaded, `boot.js` may have asked for the list before the program arrived.
const EARLY: Span = Span::from_minutes(1);

/// After so long, what happens is recorded even if nobody has done anything.
const WITHOUT_ANYBODY: Span = Span::from_minutes(1);

impl ActivitySlot {
    pub(crate) fn new(sources: ActivitySources) -> &'static Self {
        let owner = Owner::current().unwrap_or_default();
        let (person, has_bells, handle) = (RwSignal::new(None), RwSignal::new(false), RwSignal::new(None));
        leak(Self { sources, person, has_bells, sign_ins: StoredValue::new(0), handle, owner })
    }

    /// Notices bells that another tab sets, for as long as the application lives.
    pub(crate) fn run(&'static self) {
        on_local_change(move |_| {
            let is_new = self.has_bells.try_get_untracked() == Some(false);
            if is_new
                && self.person.try_with_untracked(Option::is_some) == Some(true)
                && self.sources.bells.are_stored()
            {
                self.has_bells.set(true);
            }
        });
    }

    /// Somebody has signed in, or has a new token. `scope`: where their record is kept, if it may be.
    pub fn sign_in(&'static self, scope: Option<String>) {
        let is_same = |person: &Option<Person>| person.as_ref().is_some_and(|person| person.scope == scope);
        if self.person.try_with_untracked(is_same) != Some(false) {
            return;
        }
        let now = machine_clocks();
        let is_early = now.monotonic < EARLY;
        let loaded = ClockReading {
            wall: now.wall.plus(Span::from_millis(-now.monotonic.millis())),
            monotonic: Span::default(),
        };
        let since = self.sources.clock.moment_at(if is_early { loaded } else { now });
        self.sources.bells.set_scope(scope.as_deref());
        self.has_bells.set(self.sources.bells.are_stored());
        let sign_in = self.sign_ins.try_update_value(|count| {
            *count = count.wrapping_add(1);
            *count
        });
        self.person.set(Some(Person { scope, since, sign_in: sign_in.unwrap_or_default() }));
    }

    /// The person has signed out: their record stays in the browser and leaves this tab.
    pub fn sign_out(&'static self) {
        self.sources.bells.set_scope(None);
        self.has_bells.try_set(false);
        self.person.try_set(None);
    }

    /// Whether there is something to record, and the code for it is on its way or may be by now; tracked. `has_moved`: whether the
    /// person has done anything yet, and `boot.js` fetches the later file.
    pub(crate) fn is_due(&'static self, has_moved: bool, now: Timestamp) -> bool {
        let is_late = |person: &Person| now.since(person.since.api) >= WITHOUT_ANYBODY;
        let has_runs = self.sources.store.revision() > 0;
        let has_bells = self.has_bells.get();
        let is_due = |person: &Person| has_bells || (has_runs && (has_moved || is_late(person)));
        self.person.with(|person| person.as_ref().is_some_and(is_due))
    }

    /// Whether the record is loaded; tracked.
    pub(crate) fn is_started(&'static self) -> bool {
        self.handle.with(Option::is_some)
    }

    /// Loads and keeps the record, from now on. Only to be called from `lazy!` functions.
    pub fn get_or_start(&'static self) -> &'static ActivityHandle {
        if let Some(handle) = self.handle.get_untracked() {
            return handle;
        }
        let handle = self.owner.with(|| untrack(|| ActivityHandle::start(self)));
        *self.handle.write_untracked() = Some(handle);
        // In an effect, because this may be called while a page is being drawn.
        self.owner.with(|| Effect::new(move |_| self.handle.notify()));
        handle
    }
}
