//! The application: its parts, and the shell around its pages.

mod shortcuts;

use crate::address::Address;
use crate::browser;
use crate::components::{
    Banner, BulkStop, EndsSoon, LazyView, LiveRegions, NewVersion, Notice, NoticeKind, Notices, RescheduleNotice,
    shortcut_sheet, sign_in_again, signed_out,
};
use crate::config::{self, Config};
use crate::context::{AppContext, use_app};
use crate::lazy::lazy;
use crate::pages::{RunsPage, diagnostics_page, fatal_page, new_page, run_page};
use crate::state::navigation::View;
use crate::state::session::{Session, SessionState, SignedOut};
use crate::state::settings::Updates;
use crate::state::sign_in_handle::SignInHandle;
use crate::state::{config_file, release};
use crate::text::{keys, shell, sign_in};
use leptos::prelude::*;
use runboard_core::embed::{Heard, Said};
use runboard_core::list::selection::Selection;
use runboard_core::time::Span;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Starts the console in the document.
pub fn start() {
    browser::panic::install();
    spawn_local(async {
        let settled = config_file::load().await;
        browser::page::remove_placeholder();
        let Some(host) = browser::element("app") else { return };
        // It lives as long as the document.
        mount_to(host, move || match settled {
            Ok((config, unknown)) => view! { <App config=config unknown_keys=unknown /> }.into_any(),
            Err(problem) => view! { <LazyView load=move || fatal_page(problem.clone()) /> }.into_any(),
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
) -> impl IntoView {
    let app = AppContext::new(config, unknown_keys);
    app.provide();
    let AppContext { ui, session, store, live, actions, host, .. } = app;
    ui.router.run();
    ui.clock.run();
    live.run(session);
    if host.expected() {
        converse(app);
    }
    session.start(Callback::new(move |()| {
        store.clear();
        actions.forget();
        ui.selection.set(Selection::default());
    }));
    actions.start();
    store.shown_to(Rc::new(move |runs| actions.observe_list(runs)));
    Effect::watch(move || session.epoch(), move |_, _, _| actions.signed_in(), false);
    if session.epoch_untracked() > 0 {
        actions.signed_in();
    }
    Effect::new(move |_| {
        session.tend(ui.clock.tick());
        untrack(|| actions.tick());
    });
    Effect::watch(move || ui.clock.returned(), move |_, _, _| actions.resume(), false);
    // Whoever goes elsewhere has not answered the question.
    let view = Memo::new(move |_| ui.router.view());
    Effect::watch(move || view.get(), move |_, _, _| actions.bulk_stop.close_dialog(), false);
    let draft = Memo::new(move |_| actions.drafts.current().get());
    Effect::watch(move || draft.get(), move |draft, _, _| actions.drafts.keep(draft.clone()), false);

    let sheet = RwSignal::new(false);
    shortcuts::run(app, sheet);
    // Once asked for it stays: it gives the focus back when it is closed.
    let sheet_wanted = RwSignal::new(false);
    Effect::watch(move || sheet.get(), move |_, _, _| want(sheet_wanted), false);

    // Said once, with the figure of that moment.
    let clock_seen = RwSignal::new(false);
    let told = RwSignal::new(None::<Span>);
    Effect::new(move |_| {
        ui.clock.tick();
        if told.get_untracked().is_none() {
            told.set(ui.clock.wrong_by());
        }
    });
    let wrong_clock = Memo::new(move |_| told.get().filter(|_| !clock_seen.get()));
    let inside = Memo::new(move |_| session.inside());
    let told = Memo::new(move |_| session.switched() || !actions.create.is_idle());
    // As the sheet of keys.
    let stopping_many = RwSignal::new(false);
    let stops_many = Memo::new(move |_| actions.bulk_stop.is_active());
    Effect::watch(move || stops_many.get(), move |_, _, _| want(stopping_many), false);
    let moving = Memo::new(move |_| actions.reschedule.is_active());
    let to_main = |event: web_sys::MouseEvent| {
        event.prevent_default();
        browser::focus::first("#main");
    };
    view! {
        <a class="skip" href="#main" on:click=to_main>{shell::SKIP}</a>
        <Banner has_session=inside embedded=host.expected() on_sign_out=move |()| {
            // The page is another one now: its heading takes the focus.
            ui.router.note_move();
            actions.tabs.announce_sign_out();
            session.sign_out(SignedOut::ByPerson);
        } />
        <main id="main" class="main" tabindex="-1">
            {move || (inside.get() && !session.kept() && kept_expected(app)).then(|| view! { <p class="hint">{shell::NOT_KEPT}</p> })}
            <NewVersion available=release::replaced(ui.clock) />
            {move || told.get().then(|| view! { <LazyView load=move || notices(app) /> })}
            {move || (!ui.clock.online()).then(|| view! { <Notice kind=NoticeKind::Warning><p>{shell::OFFLINE}</p></Notice> })}
            {move || wrong_clock.get().map(|wrong| view! { <WrongClock wrong=wrong seen=clock_seen /> })}
            {move || (inside.get() && live.paused()).then(|| view! { <Paused /> })}
            {move || moving.get().then(|| view! { <LazyView load=move || reschedule_notice(app) /> })}
            {move || stopping_many.get().then(|| view! { <LazyView load=move || bulk_stop(app) /> })}
            <EndsSoon sign_in=SignInHandle::new(session) />
            <Gate session=session />
            {move || inside.get().then(|| view! { <Page /> })}
        </main>
        <footer class="footer">
            <a href=Address::Diagnostics.href()>{shell::DIAGNOSTICS}</a>
            <button type="button" class="link" on:click=move |_| sheet.set(true)>{keys::TITLE}</button>
        </footer>
        {move || sheet_wanted.get().then(|| view! { <LazyView load=move || shortcut_sheet(sheet) /> })}
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
fn converse(app: AppContext) {
    let AppContext { ui, live, host, .. } = app;
    host.run(Callback::new(move |heard| match heard {
        Heard::Appearance { zone, theme } => {
            if !ui.settings.follow(zone.as_deref(), theme) {
                host.say(Said::Error("portal", "unknown zone"));
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
    Effect::watch(
        move || host.joined(),
        move |joined, _, _| {
            if *joined {
                host.say(Said::Ready(&ui.router.address_untracked().href()));
                browser::frame::on_resize(move |height| host.say(Said::Resize(height)));
            }
        },
        false,
    );
    let address = Memo::new(move |_| ui.router.address());
    Effect::watch(move || address.get(), move |address, _, _| host.say(Said::Navigate(&address.href())), false);
}

fn kept_expected(app: AppContext) -> bool {
    app.ui.config.get().storage == config::TokenStorage::Session
}

/// This computer's clock is not the API's.
#[component]
fn WrongClock(wrong: Span, seen: RwSignal<bool>) -> impl IntoView {
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
fn Paused() -> impl IntoView {
    let settings = use_app().ui.settings;
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
fn Gate(session: Session) -> impl IntoView {
    let sign_in = SignInHandle::new(session);
    let state = Memo::new(move |_| session.state());
    move || match state.get() {
        SessionState::SignedIn => ().into_any(),
        SessionState::Starting => view! { <p class="waiting" role="status">{sign_in::STARTING}</p> }.into_any(),
        SessionState::SignedOut(why) => view! { <LazyView load=move || signed_out(sign_in, why.clone()) /> }.into_any(),
        SessionState::Refused(why) => {
            view! { <LazyView load=move || sign_in_again(sign_in, why.clone()) /> }.into_any()
        }
    }
}

/// The page of the address.
#[component]
fn Page() -> impl IntoView {
    let router = use_app().ui.router;
    let view = Memo::new(move |_| router.view());
    move || match view.get() {
        View::Runs => view! { <RunsPage /> }.into_any(),
        View::New(address) => view! { <LazyView load=move || new_page(address.clone()) /> }.into_any(),
        View::Run(id) => view! { <LazyView load=move || run_page(id.clone()) /> }.into_any(),
        View::Diagnostics => view! { <LazyView load=diagnostics_page /> }.into_any(),
    }
}

lazy! {
    /// Outcomes that are shown on every page.
    fn notices(app: AppContext) -> AnyView {
        let AppContext { actions, session, .. } = app;
        view! {
            <Notices
                create_state=Memo::new(move |_| actions.create.state())
                on_dismiss_create=move |()| actions.create.dismiss()
                on_dismiss_late_finds=move |()| actions.create.dismiss_news()
                identity_changed=Memo::new(move |_| session.switched())
                on_dismiss_identity=move |()| session.acknowledge_switch()
            />
        }
        .into_any()
    }
}

lazy! {
    /// How a reschedule is going.
    fn reschedule_notice(app: AppContext) -> AnyView {
        let actions = app.actions;
        view! {
            <RescheduleNotice
                reschedule=Memo::new(move |_| actions.reschedule.state())
                on_decide=move |event| actions.reschedule.decide(event)
                on_dismiss=move |()| actions.reschedule.dismiss()
            />
        }
        .into_any()
    }
}

lazy! {
    /// The question whether to stop several runs, and its results.
    fn bulk_stop(app: AppContext) -> AnyView {
        let AppContext { actions, session, .. } = app;
        view! {
            <BulkStop
                bulk_stop=Memo::new(move |_| actions.bulk_stop.state())
                signed_in=Memo::new(move |_| session.state() == SessionState::SignedIn)
                on_event=move |event| actions.bulk_stop.decide(event)
            />
        }
        .into_any()
    }
}
