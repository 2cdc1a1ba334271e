//! The warning that the session is about to end.

use super::sign_in::TokenForm;
use crate::components::shared::{LazyView, Notice, NoticeKind};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::sign_in_handle::SignInHandle;
use crate::text::sign_in as words;
use leptos::prelude::*;
use runboard_core::time::Span;

/// How long before the end the warning appears.
const WARN_BEFORE: Span = Span::from_minutes(2);

/// Warns before a pasted token expires and takes a new one, so that nothing is interrupted. Tokens from an endpoint or from
/// the embedding page are renewed without the user.
#[component]
pub fn EndsSoon(
    /// Signs in
    sign_in: SignInHandle,
) -> impl IntoView {
    let ui = use_ui();
    let time_left = Memo::new(move |_| {
        let now = ui.clock.tick();
        let left = sign_in.pasted_token_expiry()?.since(now);
        (left.millis() > 0 && left <= WARN_BEFORE).then_some(left)
    });
    let ends_soon = Memo::new(move |_| time_left.get().is_some());
    move || ends_soon.get().then(|| view! { <LazyView load=move || notice(sign_in, time_left) /> })
}

lazy! {
    /// The time left, and a field for a new token.
    fn notice(sign_in: SignInHandle, time_left: Memo<Option<Span>>) -> AnyView {
        let text = move || words::ends_soon(&time_left.get().unwrap_or_default().words());
        view! {
            <Notice kind=NoticeKind::Warning>
                <p aria-live="off">{text}</p>
                <details>
                    <summary>{words::PASTE_NEW_TOKEN}</summary>
                    <TokenForm sign_in=sign_in />
                </details>
            </Notice>
        }
        .into_any()
    }
}
