//! Something that is looked at now and then.

use crate::components::shared::LazyView;
use crate::lazy::LoadError;
use leptos::prelude::*;
use std::future::Future;

/// Closed at first. Its content is loaded and drawn when it is first opened.
#[component]
pub fn Drawer<F, L>(
    /// Its class
    class: &'static str,
    /// What it is called
    title: &'static str,
    /// Loads what is in it
    load: F,
) -> impl IntoView
where
    F: Fn() -> L + Copy + Send + Sync + 'static,
    L: Future<Output = Result<AnyView, LoadError>> + Send + 'static,
{
    let opened = RwSignal::new(false);
    let inside = move || opened.get().then(|| view! { <LazyView load=load /> });
    view! {
        <details class=class on:toggle=move |_| opened.set(true)>
            <summary>{title}</summary>
            {inside}
        </details>
    }
}
