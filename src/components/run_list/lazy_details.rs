//! A section that loads when it is first opened.

use crate::components::shared::LazyView;
use crate::lazy::LoadError;
use leptos::prelude::*;
use std::future::Future;

/// A `details` element whose content is loaded when it is first opened.
#[component]
pub fn LazyDetails<F, L>(
    /// The element's class
    class: &'static str,
    /// The summary to click on
    title: &'static str,
    /// Loads the content
    load: F,
) -> impl IntoView
where
    F: Fn() -> L + Copy + Send + Sync + 'static,
    L: Future<Output = Result<AnyView, LoadError>> + Send + 'static,
{
    let opened = RwSignal::new(false);
    let content = move || opened.get().then(|| view! { <LazyView load=load /> });
    view! {
        <details class=class on:toggle=move |_| { opened.try_set(true); }>
            <summary>{title}</summary>
            {content}
        </details>
    }
}
