//! The notice that another build is hosted than the one that is on screen.

use crate::browser::page;
use crate::components::shared::{Notice, NoticeKind};
use crate::text::shell;
use leptos::prelude::*;

/// Says so, and leaves it to the person when to reload.
#[component]
pub fn NewVersion(
    /// Whether it is so
    #[prop(into)]
    replaced: Signal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(false);
    (move || {
        (replaced.get() && !seen.get()).then(|| {
            view! {
                <Notice kind=NoticeKind::Info>
                    <p>{shell::NEW_VERSION}</p>
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| page::reload()>{shell::RELOAD}</button>
                        <button type="button" class="button quiet" on:click=move |_| seen.set(true)>{shell::DISMISS}</button>
                    </div>
                </Notice>
            }
        })
    })
    .into_any()
}
