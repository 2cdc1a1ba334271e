//! The stop button.

use super::stop_dialog::StopDialog;
use crate::browser::focus;
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::text::run as words;
use leptos::prelude::*;
use runboard_core::phase;
use runboard_core::policy::stop::StopState;
use runboard_core::run::Run;
use std::sync::Arc;

/// "Stop run" and its dialog; nothing once the run is over.
#[component]
pub fn StopControl(
    /// The run
    run: Signal<Arc<Run>>,
    /// The state of stopping it
    stop_state: Signal<StopState>,
    /// Called to open the dialog
    on_open_dialog: Callback<()>,
    /// Called to close the dialog and keep the run
    on_keep_running: Callback<()>,
    /// Called when the stop is confirmed
    on_confirm_stop: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let may_stop = ui.config.get().may_stop;
    let can_stop = Memo::new(move |_| {
        let now = ui.clock.tick();
        run.with(|run| phase::can_stop(run, now))
    });
    let may_open = Memo::new(move |_| {
        let now = ui.clock.tick();
        stop_state.with(|stop_state| stop_state.may_open(now))
    });
    // When the button disappears, keeps the focus nearby instead of losing it.
    Effect::watch(
        move || can_stop.get(),
        |_, _, _| {
            if focus::is_lost() {
                focus::first("#run-actions");
            }
        },
        false,
    );
    // Closes the dialog when the window ends meanwhile.
    Effect::new(move |_| {
        if !can_stop.get() {
            on_keep_running.run(());
        }
    });
    let control = move || {
        if !can_stop.get() {
            return ().into_any();
        }
        if !may_stop {
            return view! { <p class="hint">{words::NO_STOP_CONFIG}</p> }.into_any();
        }
        view! {
            <button
                type="button"
                class="button danger"
                disabled=move || !may_open.get()
                on:click=move |_| on_open_dialog.run(())
            >
                <Icon name=IconName::Stop />
                {words::STOP}
            </button>
        }
        .into_any()
    };
    view! {
        {control}
        <StopDialog
            run=run
            stop_state=stop_state
            on_keep_running=on_keep_running
            on_confirm_stop=on_confirm_stop
        />
    }
}
