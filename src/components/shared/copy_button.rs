//! Copying.

use crate::browser::clipboard;
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::text::shell;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A button that copies a text and says whether it worked.
#[component]
pub fn CopyButton(
    /// What is copied, for its name: "run ID"
    what: &'static str,
    /// The text
    #[prop(into)]
    text: Signal<String>,
    /// Whether the words stand on it: among buttons with words an icon alone says too little
    #[prop(optional)]
    in_words: bool,
) -> impl IntoView {
    let announcer = use_ui().announcer;
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let done = clipboard::copy(&text).await;
            copied.try_set(done);
            announcer.say(if done { shell::COPIED } else { shell::NOT_COPIED });
        });
    };
    view! {
        <button type="button" class="button quiet small" aria-label=shell::copy(what) title=shell::copy(what) on:click=copy>
            {move || view! { <Icon name=if copied.get() { IconName::Check } else { IconName::Copy } /> }}
            {in_words.then(|| shell::copy(what))}
        </button>
    }
}
