//! Clearing the record.

use crate::browser::dialog;
use crate::text::activity as words;
use leptos::prelude::*;

/// The button and the dialog that asks first.
#[component]
pub(super) fn ClearRecord(
    /// Whether there is nothing to clear
    is_empty: Signal<bool>,
    /// Called once it is confirmed
    on_clear: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    let open = move |_| {
        if let Some(node) = node.get_untracked() {
            dialog::open(&node);
        }
    };
    let close = move || {
        if let Some(node) = node.get_untracked() {
            dialog::close(&node);
        }
    };
    let confirm = move |_| {
        close();
        on_clear.run(());
    };
    view! {
        <button type="button" class="button" disabled=move || is_empty.get() on:click=open>{words::CLEAR}</button>
        <dialog class="dialog" aria-labelledby="clear-title" aria-describedby="clear-facts" node_ref=node>
            <h2 id="clear-title">{words::CLEAR_TITLE}</h2>
            <p id="clear-facts">{words::CLEAR_HINT}</p>
            <div class="dialog-actions">
                <button type="button" class="button" data-first="" on:click=move |_| close()>{words::CLEAR_KEEP}</button>
                <button type="button" class="button danger" on:click=confirm>{words::CLEAR_CONFIRM}</button>
            </div>
        </dialog>
    }
}
