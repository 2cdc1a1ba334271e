//! What a person asks for: creating, stopping and rescheduling runs, and the drafts of the form. These belong to the
//! application: leaving a page neither aborts nor repeats them.
//!
//! Each feature is one handle. A handle keeps the state of a state machine of `runboard_core::policy`, carries out its effects
//! in order, and publishes each new state ([`Listeners`]) instead of calling the features that follow it.

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
pub use tabs::{TabsHandle, Typing};

use crate::api::Api;
use crate::config::ConfigHandle;
use crate::state::clock::Clock;
use crate::state::embed_host::EmbedHost;
use crate::state::navigation::Navigation;
use crate::state::poller::Poller;
use crate::state::run_store::RunStore;
use crate::state::session::Session;
use pending::{Part, Pending};
use runboard_core::policy::intent;
use runboard_core::run::Run;

/// What actions use.
#[derive(Clone, Copy)]
pub struct Services {
    /// The runs API.
    pub api: Api,
    /// The API's time.
    pub clock: Clock,
    /// The configuration.
    pub config: ConfigHandle,
    /// Whose requests they are.
    pub session: Session,
    /// Where answers go.
    pub store: RunStore,
    /// The address.
    pub navigation: Navigation,
    /// Reads more often after an action.
    pub poller: Poller,
    /// Is told what was done.
    pub host: EmbedHost,
}

/// The features.
#[derive(Clone, Copy)]
pub struct Actions {
    services: Services,
    pending: Pending,
    /// Scheduling a run.
    pub create: CreateHandle,
    /// Stopping one run.
    pub stop: StopHandle,
    /// Stopping several runs.
    pub bulk_stop: BulkStopHandle,
    /// Replacing a run by one at another time.
    pub reschedule: RescheduleHandle,
    /// What is typed into the form.
    pub drafts: DraftsHandle,
    /// The other tabs of this browser.
    pub tabs: TabsHandle,
}

impl Actions {
    /// Nothing has been asked for yet.
    pub fn new(services: Services) -> Self {
        let pending = Pending::new();
        let tabs = TabsHandle::new(services.clock, services.session, pending);
        let drafts = DraftsHandle::new(pending);
        let create = CreateHandle::new(services, pending, drafts, tabs);
        let stop = StopHandle::new(services, pending);
        let reschedule = RescheduleHandle::new(services, pending, create, stop);
        let bulk_stop = BulkStopHandle::new(services, pending, stop);
        Self { services, pending, create, stop, bulk_stop, reschedule, drafts, tabs }
    }

    /// Connects the features with each other and with the other tabs, for as long as the application lives.
    pub fn start(self) {
        self.create.follow_tabs();
        self.reschedule.follow();
        self.bulk_stop.follow();
        self.tabs.listen();
    }

    /// Somebody signed in. What this tab asked for before a reload, with the same API and application, is read again, never
    /// sent again.
    pub fn signed_in(self) {
        let application = self.services.session.claims_untracked().and_then(|claims| claims.application_id);
        let key = intent::storage_key(&self.services.config.get().api_base, application.as_deref());
        if self.pending.key() == key {
            // The same person with a new token: what waited for it continues.
            self.resume();
            return;
        }
        self.pending.set_key(key);
        // Bulk stops follow the single stops, and a reschedule follows a create and a stop: they come first, so that they hear
        // of what the others find.
        self.bulk_stop.recall();
        self.stop.recall();
        self.reschedule.recall();
        self.create.recall();
        self.drafts.recall();
    }

    /// A second has passed.
    pub fn tick(self) {
        self.create.tick();
        self.stop.tick();
        self.bulk_stop.tick();
    }

    /// The page is visible again, or the network is back.
    pub fn resume(self) {
        self.create.resume();
        self.stop.resume();
    }

    /// Runs were read, for whatever reason.
    pub fn observe_list(self, runs: &[Run]) {
        self.create.observe_list(runs);
    }

    /// Forgets all outcomes and drafts: the person signed out or is another one.
    pub fn forget(self) {
        self.pending.clear();
        self.create.forget();
        self.stop.forget();
        self.reschedule.forget();
        self.bulk_stop.forget();
        self.drafts.forget();
    }
}
