//! Notices above the page, whichever it is.

use crate::browser;
use crate::components::{
    AwayNotice, BulkStop, LeftNote, Notice, NoticeKind, Notices, RescheduleNotice, SignOutDialog, StopNotices, Toasts,
};
use crate::context::{AppContext, use_app};
use crate::lazy::lazy;
use crate::state::navigation::Page;
use crate::state::session::SessionState;
use crate::state::settings::Updates;
use crate::text::shell;
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::time::Span;

/// Says that this computer's clock is wrong, once and with the difference found first, until it is dismissed.
#[component]
pub(super) fn WrongClock() -> impl IntoView {
    let clock = use_app().ui.clock;
    let dismissed = RwSignal::new(false);
    let error = RwSignal::new(None::<Span>);
    Effect::new(move |_| {
        clock.tick();
        if error.get_untracked().is_none() {
            error.set(clock.local_clock_error());
        }
    });
    let shown = Memo::new(move |_| error.get().filter(|_| !dismissed.get()));
    move || {
        shown.get().map(|error| {
            let size = Span::from_millis(error.millis().saturating_abs());
            view! {
                <Notice kind=NoticeKind::Info>
                    <p>{shell::wrong_clock(&size.words(), error.millis() > 0)}</p>
                    <div class="actions">
                        <button type="button" class="button quiet" on:click=move |_| dismissed.set(true)>{shell::DISMISS}</button>
                    </div>
                </Notice>
            }
        })
    }
}

/// Says that updates are paused.
#[component]
pub(super) fn Paused() -> impl IntoView {
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

lazy! {
    /// The outcomes of actions, and of signing in as another application; the progress of a reschedule; the dialog and the report of
    /// a bulk stop.
    pub(super) fn action_notices(app: AppContext) -> AnyView {
        let AppContext { ui, session, store, .. } = app;
        let actions = app.actions.get_or_start();
        Effect::new(move |_| {
            if let Some(ids) = app.actions.take_bulk_stop_request() {
                actions.bulk_stop.open_dialog(&ids);
            }
        });
        let stop_duplicates = move |ids: Vec<RunId>| {
            actions.bulk_stop.open_dialog(&ids);
            // While several runs are being stopped, no other dialog opens: the report says why.
            browser::focus::first(".bulk[data-busy] h2");
        };
        view! {
            <Notices
                create_state=Memo::new(move |_| actions.create.state())
                run=move |id| store.get(&id)
                on_dismiss_create=move |()| actions.create.dismiss()
                on_dismiss_late_finds=move |()| actions.create.dismiss_late_finds()
                on_stop_duplicates=stop_duplicates
                identity_changed=Memo::new(move |_| session.switched())
                on_dismiss_identity=move |()| session.acknowledge_switch()
            />
            <LeftNote
                waiting=Memo::new(move |_| actions.left.waiting())
                taken_elsewhere=Memo::new(move |_| actions.left.is_taken_elsewhere())
                on_dismiss=move |()| actions.left.dismiss_taken_elsewhere()
            />
            <StopNotices
                stops=Memo::new(move |_| actions.restored_stops())
                // The page of a run that could not be read says nothing of its stop.
                on_screen=Memo::new(move |_| match ui.navigation.page() {
                    Page::Run(id) => store.get(&id).map(|run| run.id.clone()),
                    _ => None,
                })
                on_dismiss=move |id| actions.stop.dismiss(id)
            />
            <RescheduleNotice
                reschedule=Memo::new(move |_| actions.reschedule.state())
                on_decide=move |event| actions.reschedule.decide(event)
                on_dismiss=move |()| actions.reschedule.dismiss()
            />
            <Toasts
                toasts=Memo::new(move |_| actions.toasts.shown())
                reschedule=Memo::new(move |_| actions.reschedule.state())
                on_screen=Memo::new(move |_| match ui.navigation.page() {
                    Page::Run(id) => Some(id),
                    _ => None,
                })
                on_tick=move |is_held| actions.toasts.tick(is_held)
                on_dismiss=move |id| actions.toasts.dismiss(id)
            />
            <BulkStop
                bulk_stop=Memo::new(move |_| actions.bulk_stop.state())
                signed_in=Memo::new(move |_| session.state() == SessionState::SignedIn)
                elsewhere=Memo::new(move |_| actions.tabs.stopping_elsewhere().len())
                on_event=move |event| actions.bulk_stop.decide(event)
            />
        }
        .into_any()
    }
}

lazy! {
    /// What happened while the person was away.
    pub(super) fn away(app: AppContext) -> AnyView {
        let record = app.activity.get_or_start();
        view! { <AwayNotice line=Memo::new(move |_| record.away()) on_dismiss=move |()| record.dismiss_away() /> }.into_any()
    }
}

lazy! {
    /// The dialog before signing out while something is unclear.
    pub(super) fn sign_out_dialog(app: AppContext, open: RwSignal<bool>, sign_out: Callback<()>) -> AnyView {
        let actions = app.actions.get_or_start();
        // Signed out in another tab or for lack of activity, meanwhile.
        Effect::new(move |_| {
            if !app.session.shows_pages() {
                open.set(false);
            }
        });
        view! {
            <SignOutDialog
                open=open
                unclear=Memo::new(move |_| actions.unclear())
                // Of what is unclear when it opens.
                remembered=Memo::new(move |_| {
                    open.track();
                    untrack(|| actions.remembers_unclear())
                })
                on_sign_out=sign_out
            />
        }
        .into_any()
    }
}

lazy! {
    /// Signs out, or opens the dialog that warns before, where the actions could not tell yet whether anything is unclear.
    pub(super) fn ask_before_sign_out(app: AppContext, warns: RwSignal<bool>, sign_out: Callback<()>) -> () {
        let actions = app.actions.get_or_start();
        if untrack(|| actions.unclear().is_empty()) { sign_out.run(()) } else { warns.set(true) }
    }
}
