//! What the rooms share, provided once by the application (or by a test) through Leptos' context.

use crate::actions::{Actions, Services};
use crate::api::Api;
use crate::config::{Config, ConfigHandle};
use crate::state::announcer::Announcer;
use crate::state::api_hooks::ApiHooks;
use crate::state::clock::Clock;
use crate::state::embed_host::EmbedHost;
use crate::state::navigation::Navigation;
use crate::state::poller::Poller;
use crate::state::run_store::RunStore;
use crate::state::session::Session;
use crate::state::settings::Settings;
use leptos::prelude::*;
use runboard_core::list::selection::Selection;

/// What components use: nothing in it sends a request.
#[derive(Clone, Copy)]
pub struct UiContext {
    /// The configuration.
    pub config: ConfigHandle,
    /// The API's time.
    pub clock: Clock,
    /// The person's choices, such as zone and theme.
    pub settings: Settings,
    /// The address.
    pub router: Navigation,
    /// The live region.
    pub announcer: Announcer,
    /// Which runs are selected, on whichever page.
    pub selection: RwSignal<Selection>,
}

/// What pages use.
#[derive(Clone, Copy)]
pub struct AppContext {
    /// What components use.
    pub ui: UiContext,
    /// The session.
    pub session: Session,
    /// The runs API.
    pub api: Api,
    /// All runs.
    pub store: RunStore,
    /// Reads again what is shown.
    pub live: Poller,
    /// Creating, stopping and rescheduling.
    pub actions: Actions,
    /// The page that embeds the console.
    pub host: EmbedHost,
}

impl AppContext {
    /// Makes the parts. Nothing runs yet.
    pub fn new(config: Config, unknown_keys: Vec<String>) -> Self {
        let settings = Settings::load(&config);
        let config = ConfigHandle::new(config, unknown_keys);
        let (clock, router, store) = (Clock::new(), Navigation::new(), RunStore::new());
        let host = EmbedHost::new(config, clock);
        let session = Session::new(config, clock, host);
        let api = Api::new(config, ApiHooks::new(session, clock, host));
        let live = Poller::new(clock, settings);
        let actions =
            Actions::new(Services { api, clock, config, session, store, navigation: router, poller: live, host });
        let ui = UiContext {
            config,
            clock,
            settings,
            router,
            announcer: Announcer::new(),
            selection: RwSignal::new(Selection::default()),
        };
        Self { ui, session, api, store, live, actions, host }
    }

    /// Provides them to everything below the current owner.
    pub fn provide(self) {
        provide_context(self.ui);
        provide_context(self);
    }
}

/// The context of a page.
pub fn use_app() -> AppContext {
    expect_context::<AppContext>()
}

/// The context of a component.
pub fn use_ui() -> UiContext {
    expect_context::<UiContext>()
}
