//! The sign-in ends soon.

use super::sign_in::TokenForm;
use super::{Notice, NoticeKind, ui};
use crate::dom::{IntoNode, Node, component, tracked, view};
use crate::gates;
use crate::reactive::{Memo, memo};
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
    tracked(move || soon.get().then(|| ui.rest.behind(move || gates::ends_soon(session, left)))).into_node()
}

/// How long is left, and the field for a new token.
pub(crate) fn notice(session: Session, left: Memo<Option<Span>>) -> Node {
    let said = move || words::ends_soon(&left.get().unwrap_or_default().words());
    view! {
        <Notice kind=NoticeKind::Warning>
            <p aria-live="off">{tracked(said)}</p>
            <details>
                <summary>{words::RENEW}</summary>
                <TokenForm session=session />
            </details>
        </Notice>
    }
}
