//! The application: its parts, and the shell around its pages.

use crate::actions::Actions;
use crate::api::Api;
use crate::browser;
use crate::clock::Clock;
use crate::components::{Announcer, Banner, EndsSoon, LiveRegions, NewVersion, Notice, NoticeKind, Ui};
use crate::config::{self, Config, Settled};
use crate::dom::{IntoNode, Node, component, mount, tracked, view};
use crate::gates;
use crate::live::Live;
use crate::pages::RunsPage;
use crate::portal::Portal;
use crate::reactive::{RwSignal, effect, memo, on_change};
use crate::release;
use crate::rest::Rest;
use crate::route::{Address, Router, View};
use crate::session::{Session, SessionState, SignedOut};
use crate::settings::{Settings, Updates};
use crate::shortcuts;
use crate::store::Store;
use crate::text::{keys, shell, sign_in};
use leptos::prelude::*;
use runboard_core::handover::{Heard, Said};
use runboard_core::selection::Selection;
use runboard_core::time::Span;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// What every page may use.
#[derive(Clone, Copy)]
pub struct Console {
    /// What components may look at.
    pub ui: Ui,
    /// The session.
    pub session: Session,
    /// The runs API.
    pub api: Api,
    /// All runs.
    pub store: Store,
    /// What is read again and again.
    pub live: Live,
    /// Creating and stopping.
    pub actions: Actions,
    /// The page that embeds the console.
    pub portal: Portal,
}

impl Console {
    /// Puts the parts together. Nothing runs yet.
    pub fn new(config: Config, unknown_keys: Vec<String>) -> Self {
        let settings = Settings::load(&config);
        let config = Settled::new(config, unknown_keys);
        let (clock, router, store) = (Clock::new(), Router::new(), Store::new());
        let portal = Portal::new(config, clock);
        let rest = Rest::new();
        let session = Session::new(config, clock, portal, rest);
        let api = Api::new(config, session, clock, portal);
        let live = Live::new(clock, settings);
        let actions = Actions::new(api, clock, config, session, store, router, live, portal, rest);
        let ui = Ui {
            config,
            clock,
            settings,
            router,
            announcer: Announcer::new(),
            rest,
            selection: RwSignal::new(Selection::default()),
        };
        Self { ui, session, api, store, live, actions, portal }
    }

    /// Provides them to the components below the current owner.
    pub fn provide(self) {
        provide_context(self.ui);
        provide_context(self);
    }
}

/// The parts, for a page.
pub fn console() -> Console {
    expect_context::<Console>()
}

/// Starts the console in the document.
pub fn start() {
    browser::panic::install();
    spawn_local(async {
        let settled = config::load().await;
        browser::page::remove_placeholder();
        let Some(host) = browser::element("app") else { return };
        // It lives as long as the document.
        mount(host.into(), move || match settled {
            Ok((config, unknown)) => view! { <App config=config unknown_keys=unknown /> }.into_node(),
            Err(problem) => Rest::new().behind(move || gates::fatal(problem.clone())),
        })
        .forget();
    });
}

/// The console: the shell with the page of the address in it.
#[component]
pub fn App(
    /// The configuration
    config: Config,
    /// Its keys that mean nothing
    unknown_keys: Vec<String>,
) -> Node {
    let console = Console::new(config, unknown_keys);
    console.provide();
    let Console { ui, session, store, live, actions, portal, .. } = console;
    let rest = ui.rest;
    ui.router.run();
    ui.clock.run();
    live.run(session);
    if portal.expected() {
        rest.then(move || gates::converse(console));
    }
    session.start(Callback::new(move |()| {
        store.clear();
        actions.forget();
        ui.selection.set(Selection::default());
    }));
    actions.listen();
    store.shown_to(Rc::new(move |runs| actions.listed(runs)));
    on_change(move || session.epoch(), move |_, _| actions.arrive());
    if session.epoch_untracked() > 0 {
        actions.arrive();
    }
    effect(move || {
        session.tend(ui.clock.tick());
        untrack(|| actions.tick());
    });
    on_change(move || ui.clock.returned(), move |_, _| actions.resume());
    // Whoever goes elsewhere has not answered the question.
    on_change(move || ui.router.view(), move |_, _| actions.keep_all_running());
    on_change(move || actions.draft().get(), move |_, draft| actions.keep_draft(draft));

    let sheet = RwSignal::new(false);
    shortcuts::run(console, sheet);
    // Once asked for it stays: it gives the focus back when it is closed.
    let sheet_wanted = RwSignal::new(false);
    on_change(move || sheet.get(), move |_, _| want(sheet_wanted));

    // Said once, with the figure of that moment.
    let clock_seen = RwSignal::new(false);
    let told = RwSignal::new(None::<Span>);
    effect(move || {
        ui.clock.tick();
        if told.get_untracked().is_none() {
            told.set(ui.clock.wrong_by());
        }
    });
    let wrong_clock = memo(move || told.get().filter(|_| !clock_seen.get()));
    let inside = memo(move || session.inside());
    let told = memo(move || session.switched() || !actions.idle());
    // As the sheet of keys.
    let stopping_many = RwSignal::new(false);
    on_change(move || actions.stops_many(), move |_, _| want(stopping_many));
    let moving = memo(move || actions.moving());
    let to_main = |event: web_sys::Event| {
        event.prevent_default();
        browser::focus::first("#main");
    };
    view! {
        <a class="skip" href="#main" on:click=to_main>{shell::SKIP}</a>
        <Banner inside=inside embedded=portal.expected() sign_out=move |()| {
            // The page is another one now: its heading takes the focus.
            ui.router.note_move();
            actions.tell_signed_out();
            session.sign_out(SignedOut::ByPerson);
        } />
        <main id="main" class="main" tabindex="-1">
            {tracked(move || (inside.get() && !session.kept() && kept_expected(console)).then(|| view! { <p class="hint">{shell::NOT_KEPT}</p> }))}
            <NewVersion replaced=release::replaced(ui.clock) />
            {tracked(move || told.get().then(|| rest.behind(move || gates::notices(console))))}
            {tracked(move || (!ui.clock.online()).then(|| view! { <Notice kind=NoticeKind::Warning><p>{shell::OFFLINE}</p></Notice> }))}
            {tracked(move || wrong_clock.get().map(|wrong| view! { <WrongClock wrong=wrong seen=clock_seen /> }))}
            {tracked(move || (inside.get() && live.paused()).then(|| view! { <Paused /> }))}
            {tracked(move || moving.get().then(|| rest.behind(move || gates::moving(console))))}
            {tracked(move || stopping_many.get().then(|| rest.behind(move || gates::stopping_many(console))))}
            <EndsSoon session=session />
            <Gate session=session />
            {tracked(move || inside.get().then(|| view! { <Page /> }))}
        </main>
        <footer class="footer">
            <a href=Address::Diagnostics.href()>{shell::DIAGNOSTICS}</a>
            <button type="button" class="link" on:click=move |_| sheet.set(true)>{keys::TITLE}</button>
        </footer>
        {tracked(move || sheet_wanted.get().then(|| rest.behind(move || gates::sheet(sheet))))}
        <LiveRegions announcer=ui.announcer />
    }
}

/// From now on; what is drawn for it is not drawn again.
fn want(wanted: RwSignal<bool>) {
    if !wanted.get_untracked() {
        wanted.set(true);
    }
}

/// Follows the portal, and tells it what happens here.
pub(crate) fn converse(console: Console) {
    let Console { ui, live, portal, .. } = console;
    portal.run(Callback::new(move |heard| match heard {
        Heard::Appearance { zone, theme } => {
            if !ui.settings.follow(zone.as_deref(), theme) {
                portal.say(Said::Error("portal", "unknown zone"));
            }
        }
        Heard::Navigate(address) => {
            if address != ui.router.address_untracked() {
                ui.router.go(&address);
            }
        }
        Heard::Refresh => live.ask_all(),
        Heard::Token(..) | Heard::NoToken(..) => {}
    }));
    on_change(
        move || portal.joined(),
        move |_, joined| {
            if joined {
                portal.say(Said::Ready(&ui.router.address_untracked().href()));
                browser::frame::on_resize(move |height| portal.say(Said::Resize(height)));
            }
        },
    );
    on_change(move || ui.router.address(), move |_, address| portal.say(Said::Navigate(&address.href())));
}

fn kept_expected(console: Console) -> bool {
    console.ui.config.get().storage == config::TokenStorage::Session
}

/// This computer's clock is not the API's.
#[component]
fn WrongClock(wrong: Span, seen: RwSignal<bool>) -> Node {
    let size = Span::from_millis(wrong.millis().saturating_abs());
    view! {
        <Notice kind=NoticeKind::Info>
            <p>{shell::wrong_clock(&size.words(), wrong.millis() > 0)}</p>
            <div class="actions">
                <button type="button" class="button quiet" on:click=move |_| seen.set(true)>{shell::DISMISS}</button>
            </div>
        </Notice>
    }
}

/// Said for as long as nothing is read by itself.
#[component]
fn Paused() -> Node {
    let settings = console().ui.settings;
    let resume = move |_| settings.set_updates(Updates::Every(settings.configured_seconds()));
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{shell::UPDATES_PAUSED}</p>
            <div class="actions">
                <button type="button" class="button" on:click=resume>{shell::RESUME}</button>
            </div>
        </Notice>
    }
}

/// What stands in place of the page while signed out, or above it when a new token is needed.
#[component]
fn Gate(session: Session) -> Node {
    let rest = console().ui.rest;
    let state = memo(move || session.state());
    tracked(move || match state.get() {
        SessionState::SignedIn => ().into_node(),
        SessionState::Starting => view! { <p class="waiting" role="status">{sign_in::STARTING}</p> }.into_node(),
        SessionState::SignedOut(why) => rest.behind(move || gates::sign_in(session, why.clone())),
        SessionState::Refused(why) => rest.behind(move || gates::sign_in_again(session, why.clone())),
    })
    .into_node()
}

/// The page of the address.
#[component]
fn Page() -> Node {
    let Ui { router, rest, .. } = console().ui;
    let view = memo(move || router.view());
    tracked(move || match view.get() {
        View::Runs => view! { <RunsPage /> }.into_node(),
        other => rest.behind(move || gates::page(other.clone())),
    })
    .into_node()
}
