//! A view whose code is loaded when it is first shown.

use crate::browser::page;
use crate::components::shared::{Notice, NoticeKind};
use crate::lazy::LoadError;
use crate::text::shell;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use std::future::Future;
use web_sys::MouseEvent;

/// Shows what a lazy function returns; until then a loading message, and an error with "Try again" if its file cannot be
/// loaded.
///
/// This is not Leptos' `Suspense`: what a `Suspend` builds after its await can outlive the signals it uses, which panics.
#[component]
pub fn LazyView<F, L>(
    /// Calls the lazy function; runs once for each attempt
    load: F,
) -> impl IntoView
where
    F: Fn() -> L + Send + Sync + 'static,
    L: Future<Output = Loaded> + 'static,
{
    show(Box::new(move || load().boxed_local()))
}

/// What a lazy function returns.
type Loaded = Result<AnyView, LoadError>;

/// The part that is the same for every lazy function. Compiled for each of them, it took 1.4 kB of the first file each time.
fn show(load: Box<dyn Fn() -> LocalBoxFuture<'static, Loaded> + Send + Sync>) -> AnyView {
    let outcome = StoredValue::new_local(None::<Loaded>);
    let arrived = RwSignal::new(());
    // A retry comes from an event handler, which has no owner: the view would find no context.
    let owner = Owner::current().unwrap_or_default();
    let start = Callback::new(move |()| {
        owner.with(|| {
            let mut loading = load();
            // Code that is here already is shown at once.
            outcome.set_value((&mut loading).now_or_never());
            if outcome.with_value(Option::is_none) {
                spawn_local_scoped_with_cancellation(async move {
                    let loaded = loading.await;
                    outcome.set_value(Some(loaded));
                    arrived.set(());
                });
            }
        })
    });
    start.run(());
    let retry = move |_| {
        start.run(());
        arrived.set(());
    };
    let view = move || {
        arrived.track();
        match outcome.try_update_value(Option::take).flatten() {
            Some(Ok(view)) => view,
            Some(Err(error)) => load_failed(&error, retry),
            None => view! { <p class="waiting" role="status">{shell::LOADING}</p> }.into_any(),
        }
    };
    view.into_any()
}

fn load_failed(error: &LoadError, retry: impl Fn(MouseEvent) + Send + 'static) -> AnyView {
    let reason = error.to_string();
    view! {
        <Notice kind=NoticeKind::Error>
            <p class="notice-title">{shell::PART_NOT_LOADED}</p>
            <p>{reason}</p>
            <div class="actions">
                <button type="button" class="button" on:click=retry>{shell::TRY_AGAIN}</button>
                <button type="button" class="button" on:click=move |_| page::reload()>{shell::RELOAD}</button>
            </div>
        </Notice>
    }
    .into_any()
}
