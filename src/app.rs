//! The application: connects its parts, and lays out the shell around the page.

mod alerts;
mod hand_over;
mod host_page;
mod notices;
mod shortcuts;

use crate::browser;
use crate::components::{
    Banner, EndsSoon, IdleWarning, LazyView, LiveRegions, NewVersion, Notice, NoticeKind, SkipLinks, shortcut_sheet,
    sign_in_again, signed_out,
};
use crate::config::{self, Config};
use crate::context::{AppContext, use_app};
use crate::lazy::{lazy, run_when_loaded};
use crate::pages::{RunsPage, activity_page, diagnostics_page, fatal_page, new_page, run_page};
use crate::state::navigation::Page;
use crate::state::session::{Session, SessionState, SignedOut};
use crate::state::sign_in_handle::SignInHandle;
use crate::state::{config_file, idle, release};
use crate::text::{shell, sign_in};
use leptos::prelude::*;
use notices::{Paused, WrongClock};
use runboard_core::list::selection::Selection;
use wasm_bindgen_futures::spawn_local;

/// Mounts the console in the document.
pub fn start() {
    browser::panic::install();
    browser::composition::hold_back();
    spawn_local(async {
        let config = config_file::load().await;
        browser::page::remove_placeholder();
        let Some(root) = browser::element_by_id("app") else { return };
        // The application lives as long as the document.
        mount_to(root, move || match config {
            Ok((config, unknown)) => view! { <App config=config unknown_keys=unknown /> }.into_any(),
            Err(problem) => view! { <LazyView load=move || fatal_page(problem.clone()) /> }.into_any(),
        })
        .forget();
    });
}

/// The console: the shell, with the page of the current address in it.
#[component]
pub fn App(
    /// The configuration
    config: Config,
    /// The keys of `config.json` that mean nothing here
    unknown_keys: Vec<String>,
) -> impl IntoView {
    let app = AppContext::new(config, unknown_keys);
    app.provide();
    let AppContext { ui, session, store, poller, list, actions, host, activity, .. } = app;
    ui.navigation.run();
    ui.clock.run();
    poller.run(session);
    list.run(session);
    activity.run();
    host_page::run(app);
    session.start(Callback::new(move |keeps_rest| {
        store.clear();
        list.clear();
        actions.clear(keeps_rest);
        ui.selection.set(Selection::default());
    }));
    actions.open_channel();
    actions.watch_local_storage();
    let note_sign_in = move || {
        actions.note_sign_in();
        list.sign_in(actions.person().as_deref());
    };
    Effect::watch(move || session.token_number(), move |_, _, _| note_sign_in(), false);
    if session.token_number_untracked() > 0 {
        note_sign_in();
    }
    // Of hidden tabs, in which bells are set, only the one that reads needs its token.
    Effect::new(move |_| {
        let now = ui.clock.tick();
        if browser::page::is_visible() || list.is_reader() {
            session.renew_if_due(now);
        }
    });

    // Before anything is read: hours without activity may have passed while the page was away.
    let idle_time_left = idle::watch(session, ui.config);

    browser::focus::on_first_move(|| run_when_loaded(keep_focus()));
    let has_moved = RwSignal::new(false);
    browser::page::on_activity(move || {
        if has_moved.try_get_untracked() == Some(false) {
            has_moved.set(true);
        }
    });
    let sheet_is_open = RwSignal::new(false);
    shortcuts::run(app, sheet_is_open);
    // Once opened, the sheet stays mounted: when it is closed, it restores the focus.
    let sheet_is_mounted = latch(sheet_is_open.into());

    let hand_over_is_mounted = latch(ui.hand_over.into());
    // Where nobody does anything, such as on a screen on a wall, it is loaded after a while.
    let activity_is_due =
        Memo::new(move |before| before == Some(&true) || activity.is_due(has_moved.get(), ui.clock.tick()));
    Effect::new(move |_| {
        if activity_is_due.get() {
            browser::request_idle(move || run_when_loaded(start_recording(app)));
        }
    });
    let warns_of_unclear = RwSignal::new(false);
    let warning_is_mounted = latch(warns_of_unclear.into());
    let sign_out = Callback::new(move |()| {
        // A second click, while it was being found out whether anything is unclear.
        if !session.shows_pages_untracked() {
            return;
        }
        // So that the heading of the sign-in takes the focus.
        ui.navigation.note_move();
        actions.announce_sign_out();
        session.sign_out(SignedOut::ByPerson);
    });

    let ask_before_sign_out = move || match actions.has_unclear() {
        Some(true) => warns_of_unclear.set(true),
        Some(false) => sign_out.run(()),
        None => spawn_local(async move {
            // A file that cannot be loaded must keep nobody signed in: what is stored stays in this tab.
            if notices::ask_before_sign_out(app, warns_of_unclear, sign_out).await.is_err() {
                sign_out.run(());
            }
        }),
    };

    let shows_pages = Memo::new(move |_| session.shows_pages());
    let needs_action_notices = Memo::new(move |_| actions.needed() || session.switched());
    view! {
        <SkipLinks shows_pages=shows_pages />
        <Banner has_session=shows_pages embedded=host.is_expected() on_sign_out=move |()| ask_before_sign_out() on_shortcuts=move |()| sheet_is_open.set(true) />
        <main id="main" class="main" tabindex="-1">
            {move || (shows_pages.get() && !session.token_is_stored() && should_store_token(app)).then(|| view! { <p class="hint">{shell::TOKEN_NOT_STORED}</p> })}
            // They come and go by themselves, so they lie over the lower edge of the screen: nothing moves for them.
            <div class="shell-notes">
                <NewVersion available=release::watch_for_new_build(ui.clock) />
                {move || needs_action_notices.get().then(|| view! { <LazyView load=move || notices::action_notices(app) /> })}
                {move || (!ui.clock.online()).then(|| view! { <Notice kind=NoticeKind::Warning><p>{shell::OFFLINE}</p></Notice> })}
                <WrongClock />
                {move || (shows_pages.get() && poller.is_paused()).then(|| view! { <Paused /> })}
                <EndsSoon sign_in=SignInHandle::new(session) />
                <IdleWarning time_left=idle_time_left />
                <RefusedToken session=session />
                {move || (shows_pages.get() && activity.is_started()).then(|| view! {
                    <LazyView load=move || alerts::alerts(app) />
                    <LazyView load=move || notices::away(app) />
                })}
            </div>
            <SignInGate session=session />
            {move || shows_pages.get().then(|| view! { <CurrentPage /> })}
        </main>
        {move || sheet_is_mounted.get().then(|| view! { <LazyView load=move || shortcut_sheet(sheet_is_open) /> })}
        {move || hand_over_is_mounted.get().then(|| view! { <LazyView load=move || hand_over::hand_over_dialog(app) /> })}
        {move || warning_is_mounted.get().then(|| view! { <LazyView load=move || notices::sign_out_dialog(app, warns_of_unclear, sign_out) /> })}
        <LiveRegions announcer=ui.announcer />
    }
}

lazy! {
    /// Keeps the focus in the page when what has it goes away.
    fn keep_focus() -> () {
        browser::focus_keeper::watch();
    }
}

lazy! {
    /// Records what happens, from now on.
    fn start_recording(app: AppContext) -> () {
        // A test may have ended meanwhile.
        if !app.ui.hand_over.is_disposed() {
            app.activity.get_or_start();
        }
    }
}

/// True from the first time that the source is.
fn latch(source: Signal<bool>) -> Memo<bool> {
    Memo::new(move |before| before == Some(&true) || source.get())
}

fn should_store_token(app: AppContext) -> bool {
    app.ui.config.get().storage == config::TokenStorage::Session
}

/// Asks for another token when the API has refused this one; the page stays.
#[component]
fn RefusedToken(session: &'static Session) -> impl IntoView {
    let sign_in = SignInHandle::new(session);
    let refused = Memo::new(move |_| match session.state() {
        SessionState::Refused(why) => Some(why),
        _ => None,
    });
    move || refused.get().map(|why| view! { <LazyView load=move || sign_in_again(sign_in, why.clone()) /> })
}

/// Shown in place of the page while signed out.
#[component]
fn SignInGate(session: &'static Session) -> impl IntoView {
    let sign_in = SignInHandle::new(session);
    let state = Memo::new(move |_| session.state());
    move || match state.get() {
        SessionState::SignedIn | SessionState::Refused(_) => ().into_any(),
        SessionState::Starting => view! { <p class="waiting" role="status">{sign_in::STARTING}</p> }.into_any(),
        SessionState::SignedOut(why) => view! { <LazyView load=move || signed_out(sign_in, why.clone()) /> }.into_any(),
    }
}

/// The page of the current address.
#[component]
fn CurrentPage() -> impl IntoView {
    let navigation = use_app().ui.navigation;
    let page = Memo::new(move |_| navigation.page());
    move || match page.get() {
        Page::Runs => view! { <RunsPage /> }.into_any(),
        Page::New(address) => view! { <LazyView load=move || new_page(address.clone()) /> }.into_any(),
        Page::Run(id) => view! { <LazyView load=move || run_page(id.clone()) /> }.into_any(),
        Page::Activity => view! { <LazyView load=activity_page /> }.into_any(),
        Page::Diagnostics => view! { <LazyView load=diagnostics_page /> }.into_any(),
    }
}
