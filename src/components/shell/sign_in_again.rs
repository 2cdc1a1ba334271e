//! A new token is needed; everything on screen stays.

use super::sign_in::{TokenForm, cannot_renew_words};
use crate::components::shared::{Notice, NoticeKind};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::session::{Refused, Session};
use crate::text::sign_in as words;
use leptos::prelude::*;
use runboard_core::time::print::Precision;

/// Above the page: says that the token was refused and takes a new one, while the page keeps what it shows.
#[component]
pub fn SignInAgain(
    /// The session
    session: Session,
    /// Why
    why: Refused,
) -> impl IntoView {
    let ui = use_ui();
    let by_endpoint = session.can_renew();
    let note = match &why {
        Refused::Renewing => return view! { <p class="renewing" role="status">{words::RENEWING}</p> }.into_any(),
        Refused::ByApi { .. } if by_endpoint => words::PORTAL_TOKEN_REFUSED.to_owned(),
        Refused::ByApi { expired: true } => words::REFUSED_EXPIRED.to_owned(),
        Refused::ByApi { expired: false } => words::REFUSED.to_owned(),
        Refused::CannotRenew(why) => cannot_renew_words(why, &|at| ui.settings.print(at, Precision::Seconds)),
    };
    let way = if by_endpoint {
        view! { <button type="button" class="button primary" on:click=move |_| session.sign_in_with_portal()>{words::TRY_AGAIN}</button> }.into_any()
    } else {
        view! { <TokenForm session=session /> }.into_any()
    };
    view! {
        <section class="sign-in-again card" aria-labelledby="sign-in-again">
            <h2 id="sign-in-again">{words::SIGN_IN_AGAIN}</h2>
            <Notice kind=NoticeKind::Error>
                <p><bdi>{note}</bdi></p>
            </Notice>
            {way}
        </section>
    }
    .into_any()
}

lazy! {
    /// Loads [`SignInAgain`].
    pub fn sign_in_again(session: Session, why: Refused) -> AnyView {
        view! { <SignInAgain session=session why=why /> }.into_any()
    }
}
