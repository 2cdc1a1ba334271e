//! A copy button.

use crate::browser::clipboard;
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::text::shell;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A button that copies a text and announces whether that worked.
#[component]
pub fn CopyButton(
    /// What the text is, for the button's name: "run ID"
    what: &'static str,
    /// The text
    #[prop(into)]
    text: Signal<String>,
    /// Shows the name beside the icon, for use in a row of labelled buttons
    #[prop(optional)]
    with_label: bool,
) -> impl IntoView {
    let announcer = use_ui().announcer;
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let succeeded = clipboard::copy(&text).await;
            copied.try_set(succeeded);
            announcer.say(if succeeded { shell::COPIED } else { shell::NOT_COPIED });
        });
    };
    view! {
        <button
            type="button"
            class="button quiet small"
            aria-label=shell::copy(what)
            title=shell::copy(what)
            on:click=copy
        >
            {move || view! { <Icon name=if copied.get() { IconName::Check } else { IconName::Copy } /> }}
            {with_label.then(|| shell::copy(what))}
        </button>
    }
}
