//! What the person does: creating, stopping and rescheduling runs, and the drafts of the form. Actions belong to the application:
//! leaving a page neither aborts nor repeats them.
//!
//! Each feature is one handle. A handle holds the state of a state machine in `runboard_core::policy`, performs its effects in order,
//! and publishes each new state ([`listeners`]) instead of calling the features that depend on it.

mod bulk_stop;
mod create;
mod drafts;
mod listeners;
mod pending;
mod reschedule;
mod stop;
mod tabs;

pub use bulk_stop::BulkStopHandle;
pub use create::CreateHandle;
pub use drafts::DraftsHandle;
pub use reschedule::RescheduleHandle;
pub use stop::StopHandle;
pub use tabs::TabsHandle;

use crate::api::Api;
use crate::config::ConfigHandle;
use crate::leak::leak;
use crate::state::clock::Clock;
use crate::state::embed_host::EmbedHost;
use crate::state::navigation::Navigation;
use crate::state::poller::Poller;
use crate::state::run_store::RunStore;
use crate::state::session::Session;
use pending::{Pending, PendingKey};
use runboard_core::policy::intent;
use runboard_core::run::Run;

/// What actions depend on.
pub struct Services {
    pub api: &'static Api,
    pub clock: &'static Clock,
    pub config: &'static ConfigHandle,
    pub session: &'static Session,
    pub store: &'static RunStore,
    pub navigation: &'static Navigation,
    pub poller: &'static Poller,
    pub host: &'static EmbedHost,
}

/// All actions.
pub struct Actions {
    services: &'static Services,
    pending: Pending,
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
    /// The other tabs of this browser.
    pub tabs: &'static TabsHandle,
}

impl Actions {
    pub fn new(services: &'static Services) -> &'static Self {
        let pending = Pending::new();
        let tabs = TabsHandle::new(services.clock, services.session, pending);
        let drafts = DraftsHandle::new(pending);
        let create = CreateHandle::new(services, pending, drafts, tabs);
        let stop = StopHandle::new(services, pending);
        let reschedule = RescheduleHandle::new(services, pending, create, stop);
        let bulk_stop = BulkStopHandle::new(services, pending, stop);
        leak(Self { services, pending, create, stop, bulk_stop, reschedule, drafts, tabs })
    }

    /// Connects the actions with each other and with the other tabs, for as long as the application lives.
    pub fn start(&'static self) {
        self.create.listen_to_tabs();
        self.reschedule.listen_to_create_and_stop();
        self.bulk_stop.listen_to_stop();
        self.tabs.open_channel();
    }

    /// Somebody signed in. What this tab requested before a reload, from the same API and for the same application, is restored: its
    /// outcome is looked up, and nothing is sent a second time.
    pub fn on_signed_in(&'static self) {
        let application = self.services.session.claims_untracked().and_then(|claims| claims.application_id);
        let prefix = intent::storage_key(&self.services.config.get().api_base, application.as_deref());
        if self.pending.prefix() == prefix {
            // The same application with a new token: whatever waited for the token continues.
            self.resume();
            return;
        }
        self.pending.set_prefix(prefix);
        // In this order: a bulk stop listens to single stops, and a reschedule to the create, so each must be there before what it
        // listens to.
        self.bulk_stop.restore();
        self.stop.restore();
        self.reschedule.restore();
        self.create.restore();
        self.drafts.restore();
    }

    /// To be called every second.
    pub fn tick(&'static self) {
        self.create.tick();
        self.stop.tick();
        self.bulk_stop.tick();
    }

    /// Continues after the page became visible, the network returned, or a new token arrived.
    pub fn resume(&'static self) {
        self.create.resume();
        self.stop.resume();
    }

    /// To be called with all runs that are read, by whatever part of the console.
    pub fn observe_runs(&'static self, runs: &[Run]) {
        self.create.observe_runs(runs);
    }

    /// Clears all outcomes and drafts: the person signed out or is another one.
    pub fn clear(&'static self) {
        self.pending.clear();
        self.create.clear();
        self.stop.clear();
        self.reschedule.clear();
        self.bulk_stop.clear();
        self.drafts.clear();
    }
}
