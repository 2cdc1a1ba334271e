//! Clearing the record.

use crate::browser::dialog;
use crate::text::activity as words;
use leptos::prelude::*;

/// The dialog that asks first.
#[component]
pub(super) fn ClearRecord(
    /// Whether it is open
    open: RwSignal<bool>,
    /// Called once it is confirmed
    on_clear: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        if open.get() { dialog::open(&node) } else { dialog::close(&node) }
    });
    // The browser sends the event a moment after the dialog was closed, when it may be open again.
    let on_close = move |_: web_sys::Event| {
        if node.get_untracked().is_none_or(|node| !node.open()) {
            open.try_set(false);
        }
    };
    let confirm = move |_| {
        open.set(false);
        on_clear.run(());
    };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="clear-title"
            aria-describedby="clear-facts"
            node_ref=node
            on:close=on_close
        >
            <h2 id="clear-title">{words::CLEAR_TITLE}</h2>
            <p id="clear-facts">{words::CLEAR_HINT}</p>
            <div class="dialog-actions">
                <button type="button" class="button" data-first="" on:click=move |_| open.set(false)>{words::CLEAR_KEEP}</button>
                <button type="button" class="button danger" on:click=confirm>{words::CLEAR_CONFIRM}</button>
            </div>
        </dialog>
    }
}
