//! The notice that a newer version is available.

use crate::browser::page;
use crate::components::shared::{Notice, NoticeKind};
use crate::text::shell;
use leptos::prelude::*;

/// Says that a newer version is available; the user decides when to reload.
#[component]
pub fn NewVersion(
    /// Whether there is a newer version
    #[prop(into)]
    available: Signal<bool>,
) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    view! {
        <Show when=move || available.get() && !dismissed.get()>
            <Notice kind=NoticeKind::Info>
                <p>{shell::NEW_VERSION}</p>
                <div class="actions">
                    <button type="button" class="button" on:click=|_| page::reload()>{shell::RELOAD}</button>
                    <button type="button" class="button quiet" on:click=move |_| dismissed.set(true)>
                        {shell::DISMISS}
                    </button>
                </div>
            </Notice>
        </Show>
    }
}
