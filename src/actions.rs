//! What the person does: creating, stopping and rescheduling runs, and the drafts of the form. Actions belong to the application:
//! leaving a page neither aborts nor repeats them.
//!
//! Each feature is one handle. A handle holds the state of a state machine in `runboard_core::policy`, performs its effects in order,
//! and publishes each new state ([`listeners`]) instead of calling the features that depend on it.
//!
//! All of this is lazily loaded code: [`ActionsSlot`] is the part of it that the list needs, and makes the actions when a page, a
//! notice or something stored before a reload needs them.

mod activity;
mod bulk_stop;
mod create;
mod drafts;
mod left_unfinished;
mod listeners;
mod reschedule;
mod slot;
mod stop;
mod tab_store;
mod tabs;
mod toasts;

pub use bulk_stop::BulkStopHandle;
pub use create::CreateHandle;
pub use drafts::{DraftsHandle, OpenedDraft, SentRun};
pub use left_unfinished::LeftHandle;
pub use reschedule::RescheduleHandle;
pub use slot::ActionsSlot;
pub use stop::StopHandle;
pub use tabs::TabsHandle;
pub use toasts::{Done, Toast, ToastsHandle};

use crate::api::Api;
use crate::leak::leak;
use crate::state::activity::ActivitySlot;
use crate::state::clock::Clock;
use crate::state::embed_host::EmbedHost;
use crate::state::navigation::Navigation;
use crate::state::poller::Poller;
use crate::state::run_store::RunStore;
use crate::state::session::Session;
use leptos::prelude::*;
use runboard_core::run::Run;
use std::rc::Rc;
use std::sync::Arc;
use tab_store::{TabStore, TabStoreKey};

/// What actions depend on.
pub struct Services {
    pub api: &'static Api,
    pub clock: &'static Clock,
    pub session: &'static Session,
    pub store: &'static RunStore,
    pub navigation: &'static Navigation,
    pub poller: &'static Poller,
    pub host: &'static EmbedHost,
    pub activity: &'static ActivitySlot,
}

/// All actions.
pub struct Actions {
    services: &'static Services,
    tab_store: TabStore,
    /// What was restored belongs to the API and application of this key prefix.
    restored: StoredValue<String>,
    /// What other tabs left.
    pub left: LeftHandle,
    /// Creating a run.
    pub create: &'static CreateHandle,
    /// Stopping one run.
    pub stop: &'static StopHandle,
    /// Stopping several runs.
    pub bulk_stop: &'static BulkStopHandle,
    /// Replacing a run with one at another time.
    pub reschedule: &'static RescheduleHandle,
    /// What is typed into the form.
    pub drafts: &'static DraftsHandle,
    /// Confirmations of what has succeeded.
    pub toasts: &'static ToastsHandle,
    /// The other tabs of this browser.
    pub tabs: &'static TabsHandle,
}

impl Actions {
    /// Makes the actions, restores what was pending before a reload, and connects them with the rest of the application. They live as
    /// long as the current owner.
    fn start(slot: &'static ActionsSlot) -> &'static Self {
        let (services, tab_store) = (slot.services, slot.tab_store);
        let tabs = TabsHandle::new(services.clock, tab_store, slot.channel());
        let drafts = DraftsHandle::new(tab_store);
        let create = CreateHandle::new(services, tab_store, drafts, tabs);
        let stop = StopHandle::new(services, tab_store);
        let reschedule = RescheduleHandle::new(services, tab_store, create, stop);
        let bulk_stop = BulkStopHandle::new(services, tab_store, stop, tabs);
        let toasts = ToastsHandle::new(services);
        let restored = StoredValue::new(String::new());
        let left = LeftHandle::new();
        let actions = leak(Self {
            services,
            tab_store,
            restored,
            left,
            create,
            stop,
            bulk_stop,
            reschedule,
            drafts,
            toasts,
            tabs,
        });
        create.listen_to_tabs();
        bulk_stop.listen_to_stop();
        bulk_stop.listen_to_tabs();
        toasts.listen(create, stop, bulk_stop, reschedule);
        // Before the reschedule listens: once it has ended, it no longer awaits a stop.
        activity::record(services, create, stop, bulk_stop, reschedule);
        reschedule.listen_to_create_and_stop();
        actions.listen(slot);
        actions
    }

    /// Follows the session, the clock, the store, the address and the other tabs.
    fn listen(&'static self, slot: &'static ActionsSlot) {
        let Services { clock, store, navigation, .. } = *self.services;
        slot.listen_to_clear(|keeps_rest| {
            self.leave_signed_out(*keeps_rest);
            self.clear();
        });
        slot.set_unclear_check(move || untrack(|| !self.unclear().is_empty()));
        slot.listen_to_left_unfinished(|()| self.look_for_left());
        self.watch_left();
        slot.listen_to_sign_in(|()| self.restore_or_resume());
        // What was restored must be there before messages about it, and may be settled by runs that were read already.
        self.restore_or_resume();
        slot.listen_to_messages(|text| self.tabs.receive(text));
        let known = |runs: &[Arc<Run>]| {
            let runs = runs.iter().map(|run| &**run);
            if store.has_shared() { self.create.verify_runs(runs) } else { self.create.observe_runs(runs) }
        };
        store.with_all(known);
        store.on_read(Rc::new(|runs| self.create.observe_runs(runs.iter())));
        store.on_shared(Rc::new(|runs| self.create.verify_runs(runs.iter())));
        Effect::new(move |_| {
            clock.tick();
            untrack(|| self.tick());
        });
        Effect::watch(move || clock.resumed(), |_, _, _| self.resume(), false);
        // Leaving the page closes the dialog without stopping anything.
        let page = Memo::new(move |_| navigation.page());
        Effect::watch(move || page.get(), |_, _, _| self.bulk_stop.close_dialog(), false);
        let draft = Memo::new(|_| self.drafts.current().get());
        Effect::watch(move || draft.get(), |draft, _, _| self.drafts.save(draft.clone()), false);
    }

    /// Somebody signed in. What this tab requested before a reload, from the same API and for the same application, is restored: its
    /// outcome is looked up, and nothing is sent a second time.
    fn restore_or_resume(&'static self) {
        let prefix = self.tab_store.prefix();
        if self.restored.get_value() == prefix {
            // The same application with a new token: whatever waited for the token continues.
            self.resume();
            return;
        }
        self.restored.set_value(prefix);
        // In this order: a bulk stop listens to single stops, and a reschedule to the create, so each must be there before what it
        // listens to.
        self.bulk_stop.restore();
        self.stop.restore();
        self.reschedule.restore();
        self.create.restore();
        self.drafts.restore();
        self.look_for_left();
    }

    /// To be called every second.
    fn tick(&'static self) {
        self.create.tick();
        self.stop.tick();
        self.bulk_stop.tick();
        self.tick_left();
    }

    /// Continues after the page became visible, the network returned, or a new token arrived.
    fn resume(&'static self) {
        self.create.resume();
        self.stop.resume();
        // Back from the back-forward cache, this tab goes on with what it left.
        self.look_for_left();
    }

    /// Clears all outcomes and drafts on screen: the person signed out or is another one.
    fn clear(&'static self) {
        self.restored.set_value(String::new());
        self.create.clear();
        self.stop.clear();
        self.reschedule.clear();
        self.bulk_stop.clear();
        self.drafts.clear();
        self.toasts.clear();
    }
}
