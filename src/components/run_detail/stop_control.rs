//! The stop button, apart from the harmless ones.

use super::stop_dialog::StopDialog;
use crate::browser::focus;
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::text::run as words;
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::policy::stop::StopState;
use runboard_core::run::Run;
use std::sync::Arc;

/// "Stop run", or the sentence that says why there is none.
#[component]
pub fn StopControl(
    /// The run
    run: Signal<Arc<Run>>,
    /// Its phase
    phase: Memo<Phase>,
    /// Where its stop stands
    stopping: Signal<StopState>,
    /// The person wants to be asked
    on_open: Callback<()>,
    /// The person keeps it running
    on_keep: Callback<()>,
    /// The person confirmed
    on_stop: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let may_stop = ui.config.get().may_stop;
    let offered = Memo::new(move |_| phase.get().can_stop());
    let may_open = Memo::new(move |_| {
        let now = ui.clock.tick();
        stopping.with(|stopping| stopping.may_open(now))
    });
    // The button goes when there is nothing left to stop; who had the focus on it is not left nowhere.
    Effect::watch(
        move || offered.get(),
        |_, _, _| {
            if focus::is_lost() {
                focus::first("#stop-control");
            }
        },
        false,
    );
    // The window may end while the dialog is open.
    Effect::new(move |_| {
        if !offered.get() {
            on_keep.run(());
        }
    });
    let control = move || {
        if !may_stop {
            return view! { <p class="hint">{words::NO_STOP_CONFIG}</p> }.into_any();
        }
        if !offered.get() {
            let why = if phase.get() == Phase::Stopped { words::NO_STOP_STOPPED } else { words::NO_STOP_OVER };
            return view! { <p class="hint">{why}</p> }.into_any();
        }
        view! {
            <button
                type="button"
                class="button danger"
                disabled=move || !may_open.get()
                on:click=move |_| on_open.run(())
            >
                <Icon name=IconName::Stop />
                {words::STOP}
            </button>
        }
        .into_any()
    };
    view! {
        <div id="stop-control" class="stop-control" tabindex="-1">{control}</div>
        <StopDialog run=run phase=phase stopping=stopping on_keep=on_keep on_stop=on_stop />
    }
}
