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
            on:close=move |_| { open.try_set(false); }
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
