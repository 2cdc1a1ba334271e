//! A copy button.

use crate::browser::{clipboard, field};
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::announcer::Announcer;
use crate::text::shell;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A button that copies a text and announces whether that worked. Where the browser does not allow it, the text is shown beside
/// the button, selected.
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
    let copier = Copier::new(use_ui().announcer);
    view! {
        <button
            type="button"
            class="button quiet small"
            aria-label=shell::copy(what)
            title=shell::copy(what)
            on:click=move |_| copier.copy(text.get_untracked())
        >
            {move || view! { <Icon name=if copier.copied.get() { IconName::Check } else { IconName::Copy } /> }}
            {with_label.then(|| shell::copy(what))}
        </button>
        <CopyByHand copier=copier />
    }
}

/// Copies texts, and holds what came of it.
#[derive(Clone, Copy)]
pub(crate) struct Copier {
    announcer: Announcer,
    copied: RwSignal<bool>,
    /// The text that the browser did not allow to be copied.
    refused: RwSignal<Option<String>>,
}

impl Copier {
    pub(crate) fn new(announcer: Announcer) -> Self {
        Self { announcer, copied: RwSignal::new(false), refused: RwSignal::new(None) }
    }

    /// Copies a text and announces whether that worked.
    pub(crate) fn copy(self, text: String) {
        spawn_local(async move {
            let succeeded = clipboard::copy(&text).await;
            self.copied.try_set(succeeded);
            self.refused.try_set((!succeeded).then_some(text));
            self.announcer.say(if succeeded { shell::COPIED } else { shell::NOT_COPIED });
        });
    }
}

/// The text that could not be copied, selected, until the person has left it.
#[component]
pub(crate) fn CopyByHand(
    /// Copies the text
    copier: Copier,
) -> impl IntoView {
    let field = NodeRef::<leptos::html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // It has no text before it is drawn.
            request_animation_frame(move || field::select(&field));
        }
    });
    move || {
        copier.refused.get().map(|text| {
            view! {
                <span class="copy-by-hand">
                    <span>{shell::COPY_BY_HAND}</span>
                    <textarea
                        readonly
                        rows="2"
                        aria-label=shell::COPY_BY_HAND
                        node_ref=field
                        prop:value=text
                        on:blur=move |_| { copier.refused.try_set(None); }
                    ></textarea>
                </span>
            }
        })
    }
}
