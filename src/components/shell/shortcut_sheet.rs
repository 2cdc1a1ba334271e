//! The list of keyboard shortcuts.

use crate::browser::dialog;
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::text::keys as words;
use leptos::prelude::*;
use runboard_core::shortcut::Shortcut;

/// What each key does, and the switch that turns the single-key shortcuts off.
#[component]
pub fn ShortcutSheet(
    /// Whether the dialog is open; it sets this to `false` when it closes
    open: RwSignal<bool>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        if open.get() { dialog::open(&node) } else { dialog::close(&node) }
    });
    let row = |key: &'static str, does: &'static str| {
        view! {
            <div class="shortcut">
                <dt><kbd>{key}</kbd></dt>
                <dd>{does}</dd>
            </div>
        }
    };
    let mut rows: Vec<_> =
        Shortcut::ALL.into_iter().map(|shortcut| row(shortcut.key(), words::description(shortcut))).collect();
    // Enter is the browser's own key for links, listed among those that move between rows.
    rows.insert(3, row(words::ENTER.0, words::ENTER.1));
    // The browser sends the event a moment after the dialog was closed, when it may be open again.
    let on_close = move |_: web_sys::Event| {
        if node.get_untracked().is_none_or(|node| !node.open()) {
            open.try_set(false);
        }
    };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="shortcuts-title"
            node_ref=node
            on:close=on_close
        >
            <h2 id="shortcuts-title">{words::TITLE}</h2>
            <div class="shortcuts">
                <dl>{rows}</dl>
                <h3>{words::ON_TIMELINE}</h3>
                <dl>{words::TIMELINE.map(|(key, does)| row(key, does))}</dl>
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=move || settings.shortcuts()
                        on:change=move |_| settings.set_shortcuts(!settings.shortcuts_untracked())
                    />
                    {words::ENABLE}
                </label>
                <p class="hint">{words::HINT}</p>
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" data-first="" on:click=move |_| open.set(false)>
                    {words::CLOSE}
                </button>
            </div>
        </dialog>
    }
}

lazy! {
    /// Loads [`ShortcutSheet`].
    pub fn shortcut_sheet(open: RwSignal<bool>) -> AnyView {
        view! { <ShortcutSheet open=open /> }.into_any()
    }
}
