//! Asks for a new token while the page stays on screen.

use super::sign_in::{TokenForm, renewal_failure_text};
use crate::components::shared::{Notice, NoticeKind};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::session::Refused;
use crate::state::sign_in_handle::SignInHandle;
use crate::text::sign_in as words;
use leptos::prelude::*;

/// Says above the page that the token was refused, and takes a new one. The page keeps what it shows.
#[component]
pub fn SignInAgain(
    /// Signs in
    sign_in: SignInHandle,
    /// Why a new token is needed
    why: Refused,
) -> impl IntoView {
    let ui = use_ui();
    let can_renew = sign_in.renews_itself();
    let text = match &why {
        Refused::Renewing => {
            return view! { <p class="renewing" role="status">{words::RENEWING}</p> }.into_any();
        }
        Refused::ByApi { .. } if can_renew => words::PORTAL_TOKEN_REFUSED.to_owned(),
        Refused::ByApi { expired: true } => words::REFUSED_EXPIRED.to_owned(),
        Refused::ByApi { expired: false } => words::REFUSED.to_owned(),
        Refused::CannotRenew(why) => renewal_failure_text(why, &|at| ui.settings.print(at)),
    };
    let form = if can_renew {
        view! {
            <button type="button" class="button primary" on:click=move |_| sign_in.request_token()>
                {words::TRY_AGAIN}
            </button>
        }
        .into_any()
    } else {
        view! { <TokenForm sign_in=sign_in /> }.into_any()
    };
    view! {
        <section class="sign-in-again card" aria-labelledby="sign-in-again">
            <h2 id="sign-in-again">{words::SIGN_IN_AGAIN}</h2>
            <Notice kind=NoticeKind::Error>
                <p>{text}</p>
            </Notice>
            {form}
        </section>
    }
    .into_any()
}

lazy! {
    /// Loads [`SignInAgain`].
    pub fn sign_in_again(sign_in: SignInHandle, why: Refused) -> AnyView {
        view! { <SignInAgain sign_in=sign_in why=why /> }.into_any()
    }
}
