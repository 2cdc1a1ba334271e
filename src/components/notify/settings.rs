//! How the person is notified.

use crate::browser::system_notification::{self, Permission};
use crate::context::use_ui;
use crate::text::notify as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::FAILURE_RISES;

/// Which rise of failures is told, and whether the operating system shows notifications. Its permission is asked for only when the
/// person turns them on.
#[component]
pub(super) fn NotifySettings() -> impl IntoView {
    let bells = use_ui().bells;
    let permission = RwSignal::new(system_notification::permission());
    let is_on = Memo::new(move |_| permission.get() == Permission::Granted && bells.with(|bells| bells.system));
    let node = NodeRef::<leptos::html::Input>::new();
    let turn = move |event| {
        if !event_target_checked(&event) {
            return bells.set_system(false);
        }
        let person = bells.key();
        spawn_local(async move {
            let mut answer = system_notification::request().await;
            if answer == Permission::Granted && !system_notification::show(words::SYSTEM_ON, "", words::SYSTEM, || {}) {
                answer = Permission::Unavailable;
            }
            permission.try_set(answer);
            // Somebody else may have signed in while the question was open.
            if bells.key() != person {
                return;
            }
            bells.set_system(answer == Permission::Granted);
            if let Some(node) = node.try_get_untracked().flatten() {
                node.set_checked(answer == Permission::Granted);
            }
        });
    };
    let hint = move || match permission.get() {
        Permission::Unavailable => words::SYSTEM_UNAVAILABLE,
        Permission::Denied => words::SYSTEM_DENIED,
        Permission::NotAsked | Permission::Granted => words::SYSTEM_HINT,
    };
    let rise = move |tenths: u32| {
        let is_chosen = move || bells.with(|bells| bells.failures_rose_by == tenths);
        view! { <option value=tenths.to_string() prop:selected=is_chosen>{words::rise(tenths)}</option> }
    };
    let choose_rise =
        move |event| event_target_value(&event).parse().into_iter().for_each(|rise| bells.set_failures_rose_by(rise));
    view! {
        <div class="menu-settings">
            <label class="choice notify-rise">
                <span class="choice-label">{words::RISE}</span>
                <select on:change=choose_rise>{FAILURE_RISES.map(rise)}</select>
            </label>
            <p class="hint">{words::RISE_HINT}</p>
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=move || is_on.get()
                    disabled=move || permission.get() == Permission::Unavailable
                    on:change=turn
                    node_ref=node
                />
                <span>{words::SYSTEM}</span>
            </label>
            <p class="hint" role="status">{hint}</p>
        </div>
    }
}
