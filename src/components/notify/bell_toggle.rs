//! Sets and removes a bell.

use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::bells::BellsHandle;
use crate::state::settings::SaveOutcome;
use crate::text::list::built_in_view;
use crate::text::notify as words;
use leptos::prelude::*;
use runboard_core::activity::{Bell, Subject};
use runboard_core::list::saved_views::BuiltInView;
use std::sync::Arc;

/// The bell of a view, beside its name.
#[component]
pub(crate) fn ViewBell(
    /// The view's name
    name: Arc<str>,
    /// Its query
    q: Arc<str>,
    /// Called with what the person should know of it, if anything
    on_note: Callback<Option<&'static str>>,
) -> impl IntoView {
    let bells = use_ui().bells;
    let label = words::of_view(&name);
    let bell = Bell { subject: Subject::View { name, q }, name: Arc::default() };
    let subject = bell.subject.clone();
    let is_on = Memo::new(move |_| bells.with(|bells| bells.has(&subject)));
    let toggle = move |_| on_note.run(toggle(bells, &bell, !is_on.get_untracked()));
    view! {
        <button
            type="button"
            class="button quiet small bell"
            aria-label=label.clone()
            title=label
            aria-pressed=move || if is_on.get() { "true" } else { "false" }
            on:click=toggle
        >
            {move || view! { <Icon name=if is_on.get() { IconName::BellOn } else { IconName::Bell } /> }}
        </button>
    }
}

/// A checkbox for a bell.
#[component]
pub(super) fn BellTick(
    /// The bell that it sets
    bell: Bell,
    /// What it is set on, in words
    #[prop(into)]
    label: Signal<String>,
    /// Whether another bell covers it
    #[prop(optional, into)]
    is_included: Signal<bool>,
    /// Called with what the person should know of it, if anything
    #[prop(into)]
    on_note: Callback<Option<&'static str>>,
) -> impl IntoView {
    let bells = use_ui().bells;
    let subject = bell.subject.clone();
    let is_on = Memo::new(move |_| bells.with(|bells| bells.has(&subject)));
    let node = NodeRef::<leptos::html::Input>::new();
    let change = move |event| {
        on_note.run(toggle(bells, &bell, event_target_checked(&event)));
        // It was refused.
        if let Some(node) = node.get_untracked() {
            node.set_checked(is_on.get_untracked());
        }
    };
    view! {
        <label class="tick">
            <input
                type="checkbox"
                prop:checked=move || is_on.get() || is_included.get()
                disabled=move || is_included.get()
                on:change=change
                node_ref=node
            />
            <span>{move || label.get()}</span>
        </label>
    }
}

/// The bell of the built-in view "Needs attention".
pub(super) fn attention_bell() -> Bell {
    let view = BuiltInView::NeedsAttention;
    let subject = Subject::View { name: built_in_view(view).into(), q: view.query().into() };
    Bell { subject, name: Arc::default() }
}

/// Returns what the person should know, if anything.
fn toggle(bells: BellsHandle, bell: &Bell, on: bool) -> Option<&'static str> {
    match if on { bells.set(bell.clone()) } else { bells.remove(&bell.subject) } {
        SaveOutcome::Stored => None,
        SaveOutcome::NotStored => Some(words::NOT_STORED),
        SaveOutcome::Refused => Some(words::FULL),
    }
}
