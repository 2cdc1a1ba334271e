//! The button that dismisses a notice.

use crate::browser::focus;
use crate::text::shell;
use leptos::prelude::*;

/// "Dismiss". It goes together with what it dismisses, so the focus moves to the page's heading.
#[component]
pub fn DismissButton(
    /// Called when it is pressed
    #[prop(into)]
    on_dismiss: Callback<()>,
    /// Whether it stands in a line of text
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let dismiss = move |_| {
        on_dismiss.run(());
        focus::heading();
    };
    let class = if small { "button quiet small" } else { "button quiet" };
    view! { <button type="button" class=class on:click=dismiss>{shell::DISMISS}</button> }
}
