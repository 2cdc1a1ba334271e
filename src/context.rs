//! What pages and components share. The application (or a test) provides it once through Leptos' context.

use crate::actions::{ActionsSlot, Services};
use crate::api::Api;
use crate::config::{Config, ConfigHandle};
use crate::leak::leak;
use crate::state::activity::{ActivitySlot, ActivitySources};
use crate::state::announcer::Announcer;
use crate::state::api_hooks::ApiHooks;
use crate::state::bells::BellsHandle;
use crate::state::clock::Clock;
use crate::state::embed_host::EmbedHost;
use crate::state::list_feed::ListFeed;
use crate::state::navigation::Navigation;
use crate::state::noticing::Noticing;
use crate::state::poller::Poller;
use crate::state::run_store::RunStore;
use crate::state::session::Session;
use crate::state::settings::Settings;
use leptos::prelude::*;
use runboard_core::list::selection::Selection;

/// What components use. Nothing in it sends a request.
#[derive(Clone, Copy)]
pub struct UiContext {
    /// The configuration.
    pub config: &'static ConfigHandle,
    /// The API's time.
    pub clock: &'static Clock,
    /// The person's choices, such as time zone and theme.
    pub settings: &'static Settings,
    /// The current address.
    pub navigation: &'static Navigation,
    /// Announces text to screen readers.
    pub announcer: Announcer,
    /// The selected runs; the selection outlives the list's page.
    pub selection: RwSignal<Selection>,
    /// What the person wants to be notified of.
    pub bells: BellsHandle,
    /// Whether what happens to the runs is noticed now.
    pub noticing: Noticing,
    /// How many notifications the person has not seen.
    pub unseen: RwSignal<usize>,
    /// Whether the dialog with the text for the next shift is open.
    pub hand_over: RwSignal<bool>,
}

/// What pages use.
#[derive(Clone, Copy)]
pub struct AppContext {
    /// What components use as well.
    pub ui: UiContext,
    /// The session.
    pub session: &'static Session,
    /// The runs API.
    pub api: &'static Api,
    /// All runs.
    pub store: &'static RunStore,
    pub(crate) poller: &'static Poller,
    /// The list, kept up to date.
    pub(crate) list: &'static ListFeed,
    pub(crate) actions: &'static ActionsSlot,
    pub(crate) host: &'static EmbedHost,
    /// The record of what happened.
    pub activity: &'static ActivitySlot,
}

impl AppContext {
    /// Makes all parts; none of them runs yet.
    pub fn new(config: Config, unknown_keys: Vec<String>) -> Self {
        let settings = Settings::load(&config);
        let config = ConfigHandle::new(config, unknown_keys);
        let (clock, navigation) = (Clock::new(), Navigation::new());
        let host = EmbedHost::new(config, clock);
        let session = Session::new(config, clock, host);
        let api = Api::new(config, ApiHooks::new(session, clock, host));
        let store = RunStore::new(api, clock);
        let poller = Poller::new(clock, settings);
        let list = ListFeed::new(api, clock, settings, store, poller);
        let bells = BellsHandle::new();
        let activity = ActivitySlot::new(ActivitySources { api, config, clock, settings, store, poller, list, bells });
        let services = Services { api, clock, session, store, navigation, poller, host, activity };
        let actions = ActionsSlot::new(leak(services));
        let ui = UiContext {
            config,
            clock,
            settings,
            navigation,
            announcer: Announcer::new(),
            selection: RwSignal::new(Selection::default()),
            bells,
            noticing: Noticing { clock, settings, poller, list },
            unseen: RwSignal::new(0),
            hand_over: RwSignal::new(false),
        };
        Self { ui, session, api, store, poller, list, actions, host, activity }
    }

    /// Provides both contexts to everything below the current owner.
    pub fn provide(self) {
        provide_context(self.ui);
        provide_context(self);
    }
}

/// For pages.
pub(crate) fn use_app() -> AppContext {
    expect_context::<AppContext>()
}

/// For components.
pub(crate) fn use_ui() -> UiContext {
    expect_context::<UiContext>()
}
