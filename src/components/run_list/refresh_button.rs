//! The button that refreshes the list.

use super::ListState;
use crate::browser::keys::PressedKey;
use crate::browser::number;
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::text::{list as words, problem};
use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// A refresh that takes longer can be cancelled.
const CANCELLABLE_AFTER: Duration = Duration::from_secs(1);

/// Refreshes the list, and shows while a refresh that the person asked for is under way. If that takes long, the same button or Escape
/// cancels it. The end is announced. Without a network it says so instead.
#[component]
pub(super) fn RefreshButton(
    /// How complete and how recent the list is
    state: Signal<ListState>,
    /// The number of runs
    total: Memo<usize>,
    /// Called to read the whole list now
    on_refresh: Callback<()>,
    /// Called to give up the refresh
    on_cancel: Callback<()>,
) -> impl IntoView {
    let (announcer, clock) = (use_ui().announcer, use_ui().clock);
    let at_work = Memo::new(move |_| state.with(|state| state.refreshing));
    let takes_long = RwSignal::new(false);
    // Never after its end, whenever the timer fires.
    let is_cancellable = Memo::new(move |_| at_work.get() && takes_long.get());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop_timer = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    let was_cancelled = StoredValue::new(false);
    Effect::watch(
        move || at_work.get(),
        move |at_work, _, _| {
            stop_timer();
            takes_long.set(false);
            if *at_work {
                let offer_cancel = move || {
                    takes_long.try_set(true);
                };
                timer.set_value(set_timeout_with_handle(offer_cancel, CANCELLABLE_AFTER).ok());
            } else if was_cancelled.try_update_value(std::mem::take) == Some(true) {
                announcer.say(words::REFRESH_CANCELLED);
            } else if !state.with_untracked(|state| state.refused) {
                let failure = state.with_untracked(|state| state.problem.as_ref().map(problem::description));
                announcer.say(&words::refreshed(&number::count(total.get_untracked()), failure.as_deref()));
            }
        },
        false,
    );
    on_cleanup(stop_timer);
    let cancel = move || {
        was_cancelled.set_value(true);
        on_cancel.run(());
    };
    let on_click = move |_| match (at_work.get_untracked(), is_cancellable.get_untracked()) {
        (false, _) if !untrack(|| clock.online()) => announcer.say(words::REFRESH_OFFLINE),
        (false, _) => on_refresh.run(()),
        (true, true) => cancel(),
        // The second click of a double click.
        (true, false) => {}
    };
    let escape = window_event_listener(ev::keydown, move |event| {
        let free = PressedKey::from_event(&event).is_some_and(|pressed| pressed.key == "Escape" && !pressed.busy);
        if free && is_cancellable.try_get_untracked() == Some(true) {
            event.prevent_default();
            cancel();
        }
    });
    on_cleanup(move || escape.remove());
    // Both labels take up their room, so that the button keeps its width.
    let label = move |text: &'static str, shown: Signal<bool>| {
        view! { <span class="refresh-label" aria-hidden=move || (!shown.get()).then_some("true")>{text}</span> }
    };
    view! {
        <button
            type="button"
            class="button refresh"
            tabindex="-1"
            class:busy=move || at_work.get()
            aria-disabled=move || (!clock.online() && !at_work.get()).then_some("true")
            title=move || (!clock.online()).then_some(words::REFRESH_OFFLINE)
            aria-busy=move || at_work.get().then_some("true")
            on:click=on_click
        >
            <span class="refresh-mark">
                {move || view! { <Icon name=if is_cancellable.get() { IconName::Close } else { IconName::Refresh } /> }}
            </span>
            <span class="refresh-labels">
                {label(words::REFRESH, Signal::derive(move || !is_cancellable.get()))}
                {label(words::CANCEL_REFRESH, is_cancellable.into())}
            </span>
        </button>
    }
}
