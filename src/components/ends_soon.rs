//! The sign-in ends soon.

use super::sign_in::TokenForm;
use super::{Notice, NoticeKind, ui};
use crate::dom::{Node, component, tracked, view};
use crate::reactive::memo;
use crate::session::{Session, SessionState};
use crate::text::sign_in as words;
use runboard_core::time::Span;

/// How long ahead it is said.
const AHEAD: Span = Span::from_minutes(2);

/// Said ahead of the end where no new token comes by itself; takes one, so that nothing is interrupted.
#[component]
pub fn EndsSoon(
    /// The session
    session: Session,
) -> Node {
    let ui = ui();
    let left = memo(move || {
        let now = ui.clock.tick();
        let ends = session.claims().and_then(|claims| claims.expires_at)?;
        let waits = session.state() == SessionState::SignedIn && !session.renews_itself();
        Some(ends.since(now)).filter(|left| waits && left.millis() > 0 && *left <= AHEAD)
    });
    let soon = memo(move || left.get().is_some());
    let said = move || words::ends_soon(&left.get().unwrap_or_default().words());
    view! {
        {tracked(move || soon.get().then(|| view! {
            <Notice kind=NoticeKind::Warning>
                <p aria-live="off">{tracked(said)}</p>
                <details>
                    <summary>{words::RENEW}</summary>
                    <TokenForm session=session />
                </details>
            </Notice>
        }))}
    }
}
