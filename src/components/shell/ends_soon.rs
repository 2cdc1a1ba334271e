//! The sign-in ends soon.

use super::sign_in::TokenForm;
use crate::components::shared::{LazyView, Notice, NoticeKind};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::session::{Session, SessionState};
use crate::text::sign_in as words;
use leptos::prelude::*;
use runboard_core::time::Span;

/// How long ahead it is said.
const AHEAD: Span = Span::from_minutes(2);

/// Said ahead of the end where no new token comes by itself; takes one, so that nothing is interrupted.
#[component]
pub fn EndsSoon(
    /// The session
    session: Session,
) -> impl IntoView {
    let ui = use_ui();
    let left = Memo::new(move |_| {
        let now = ui.clock.tick();
        let ends = session.claims().and_then(|claims| claims.expires_at)?;
        let waits = session.state() == SessionState::SignedIn && !session.can_renew();
        Some(ends.since(now)).filter(|left| waits && left.millis() > 0 && *left <= AHEAD)
    });
    let soon = Memo::new(move |_| left.get().is_some());
    move || soon.get().then(|| view! { <LazyView load=move || notice(session, left) /> })
}

lazy! {
/// How long is left, and the field for a new token.
fn notice(session: Session, left: Memo<Option<Span>>) -> AnyView {
    let said = move || words::ends_soon(&left.get().unwrap_or_default().words());
    view! {
        <Notice kind=NoticeKind::Warning>
            <p aria-live="off">{said}</p>
            <details>
                <summary>{words::PASTE_NEW_TOKEN}</summary>
                <TokenForm session=session />
            </details>
        </Notice>
    }
        .into_any()
}
}
