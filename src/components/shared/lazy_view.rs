//! A view whose code is loaded when it is first shown.

use crate::browser::page;
use crate::components::shared::{Notice, NoticeKind};
use crate::lazy::LoadError;
use crate::text::shell;
use leptos::prelude::*;
use std::future::Future;

/// Shows what a lazy function returns: a status while its file is on the way, an error with "Try again" when it cannot be loaded.
#[component]
pub fn LazyView<F, L>(
    /// Calls the lazy function; called again for each try
    load: F,
) -> impl IntoView
where
    F: Fn() -> L + Send + 'static,
    L: Future<Output = Result<AnyView, LoadError>> + Send + 'static,
{
    let attempt = RwSignal::new(0_u32);
    view! {
        <Suspense fallback=|| view! { <p class="waiting" role="status">{shell::LOADING}</p> }>
            {move || {
                attempt.track();
                let loading = load();
                Suspend::new(async move { loading.await.unwrap_or_else(|error| failed(error, attempt)) })
            }}
        </Suspense>
    }
}

fn failed(error: LoadError, attempt: RwSignal<u32>) -> AnyView {
    let retry = move |_| attempt.update(|attempt| *attempt = attempt.wrapping_add(1));
    view! {
        <Notice kind=NoticeKind::Error>
            <p class="notice-title">{shell::PART_NOT_LOADED}</p>
            <p>{error.to_string()}</p>
            <div class="actions">
                <button type="button" class="button" on:click=retry>{shell::TRY_AGAIN}</button>
                <button type="button" class="button" on:click=move |_| page::reload()>{shell::RELOAD}</button>
            </div>
        </Notice>
    }
    .into_any()
}
