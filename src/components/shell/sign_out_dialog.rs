//! The dialog before signing out while the outcome of something is not known yet.

use crate::browser::{dialog, number};
use crate::text::sign_out as words;
use leptos::prelude::*;
use runboard_core::policy::unclear::{Remembered, Unclear};

/// A modal dialog that says what is unclear, and what becomes of it. Escape and the first button stay signed in.
#[component]
pub fn SignOutDialog(
    /// Whether the dialog is open; it sets this to `false` when it closes
    open: RwSignal<bool>,
    /// What is unclear now
    #[prop(into)]
    unclear: Signal<Unclear>,
    /// Where it is kept until the person signs in again; read when the dialog opens
    #[prop(into)]
    remembered: Signal<Remembered>,
    /// Called when the person signs out all the same
    #[prop(into)]
    on_sign_out: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        if open.get() { dialog::open(&node) } else { dialog::close(&node) }
    });
    let facts = Memo::new(move |_| unclear.with(|unclear| words::unclear(unclear, &|n| number::group(n as u64))));
    let lines = move || facts.get().into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view();
    let outlook = move || match facts.with(Vec::is_empty) {
        true => words::ALL_KNOWN,
        false => match remembered.get() {
            Remembered::InBrowser => words::CHECKED_LATER,
            Remembered::InTab => words::CHECKED_IN_TAB,
            Remembered::Nowhere => words::NOT_CHECKED_LATER,
        },
    };
    // The second click of a double click finds the dialog closed.
    let sign_out = move |_| {
        if open.get_untracked() {
            open.set(false);
            on_sign_out.run(());
        }
    };
    // `close` fires late: the dialog may be open again by then.
    let on_close = move |_: web_sys::Event| {
        if node.get_untracked().is_none_or(|node| !node.open()) {
            open.try_set(false);
        }
    };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="sign-out-question"
            aria-describedby="sign-out-facts"
            node_ref=node
            on:close=on_close
        >
            <h2 id="sign-out-question">{words::TITLE}</h2>
            <div id="sign-out-facts">
                <ul>{lines}</ul>
                <p>{outlook}</p>
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" data-first="" on:click=move |_| { open.try_set(false); }>
                    {words::STAY}
                </button>
                <button type="button" class="button danger" on:click=sign_out>
                    {words::SIGN_OUT}
                </button>
            </div>
        </dialog>
    }
}
