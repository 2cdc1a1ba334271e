//! The warning that the person is about to be signed out for lack of activity.

use crate::components::shared::{LazyView, Notice, NoticeKind};
use crate::lazy::lazy;
use crate::text::sign_in as words;
use leptos::prelude::*;
use runboard_core::time::Span;

/// Says how much time is left. Any key or pointer takes it away; the button is for those who look for one.
#[component]
pub fn IdleWarning(
    /// The time left, once it is short
    time_left: Signal<Option<Span>>,
) -> impl IntoView {
    let is_ending = Memo::new(move |_| time_left.get().is_some());
    move || is_ending.get().then(|| view! { <LazyView load=move || notice(time_left) /> })
}

lazy! {
    /// The time left.
    fn notice(time_left: Signal<Option<Span>>) -> AnyView {
        let text = move || words::idle_ends_soon(&time_left.get().unwrap_or_default().words());
        view! {
            <Notice kind=NoticeKind::Warning>
                <p aria-live="off">{text}</p>
                <div class="actions">
                    <button type="button" class="button">{words::STAY_SIGNED_IN}</button>
                </div>
            </Notice>
        }
        .into_any()
    }
}
