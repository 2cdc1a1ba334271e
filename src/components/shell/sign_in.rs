//! Signing in, shown in place of the page.

mod token_form;

pub(super) use token_form::TokenForm;

use crate::components::shared::{Heading, Notice, NoticeKind};
use crate::config::AuthSource;
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::session::SignedOut;
use crate::state::sign_in_handle::SignInHandle;
use crate::text::sign_in as words;
use leptos::prelude::*;
use runboard_core::embed::NoToken;
use runboard_core::time::Timestamp;

/// What is shown while signed out. The address stays, so that signing in leads to the requested page.
#[component]
pub fn SignIn(
    /// Signs in
    sign_in: SignInHandle,
    /// Why there is no token
    why: SignedOut,
) -> impl IntoView {
    let ui = use_ui();
    let note = reason_text(&why, &|at| ui.settings.print(at)).map(|(kind, text)| {
        view! {
            <Notice kind=kind>
                <p>{text}</p>
            </Notice>
        }
    });
    let request_button = move |label: &'static str| {
        let request = move |_| {
            ui.navigation.note_move();
            sign_in.request_token();
        };
        view! { <button type="button" class="button primary" on:click=request>{label}</button> }
    };
    let form = match (&ui.config.get().auth, why) {
        (AuthSource::Paste, _) => view! {
            <TokenForm sign_in=sign_in />
            <p class="hint">{words::ADDRESS_STAYS} " " {words::PER_TAB}</p>
        }
        .into_any(),
        (AuthSource::Endpoint { .. }, _) => view! {
            <p>{words::SIGN_IN_WITH_PORTAL}</p>
            {request_button(words::TITLE)}
        }
        .into_any(),
        // Asking again would not help. In a frame, the portal would open inside itself, so only a console alone links to it.
        (AuthSource::Host, SignedOut::FromHost(NoToken::NotFramed)) => {
            let portal = ui.config.get().portal_link.clone();
            view! {
                <p>{words::TOKEN_FROM_HOST}</p>
                {portal.map(|page| {
                    view! { <a class="button primary" href=page rel="noreferrer">{words::OPEN_PORTAL}</a> }
                })}
            }
            .into_any()
        }
        (AuthSource::Host, SignedOut::NotYet | SignedOut::FromHost(NoToken::NoneAllowed)) => {
            view! { <p>{words::TOKEN_FROM_HOST}</p> }.into_any()
        }
        (AuthSource::Host, _) => request_button(words::TRY_AGAIN).into_any(),
    };
    view! {
        <div class="sign-in card">
            <Heading text=words::TITLE.to_owned() />
            {note}
            {form}
        </div>
    }
}

/// Why there is no token; nothing where there never was one.
fn reason_text(why: &SignedOut, print: &dyn Fn(Timestamp) -> String) -> Option<(NoticeKind, String)> {
    Some(match why {
        SignedOut::NotYet => return None,
        SignedOut::InAnotherTab => (NoticeKind::Info, words::SIGNED_OUT_IN_OTHER_TAB.to_owned()),
        SignedOut::Idle { minutes } => (NoticeKind::Info, words::signed_out_idle(*minutes)),
        SignedOut::ByPerson => (NoticeKind::Info, words::SIGNED_OUT.to_owned()),
        SignedOut::Expired(at) => (NoticeKind::Warning, words::token_expired(&print(*at))),
        SignedOut::PortalFirst => (NoticeKind::Error, words::PORTAL_FIRST.to_owned()),
        SignedOut::EndpointFailed(problem) => (NoticeKind::Error, words::endpoint_failed(problem)),
        SignedOut::EndpointToken(_) => (NoticeKind::Error, words::UNUSABLE_PORTAL_TOKEN.to_owned()),
        // The text below says what to do.
        SignedOut::FromHost(NoToken::NotFramed) => return None,
        SignedOut::FromHost(why) => (NoticeKind::Error, words::no_token_from_host(why)),
    })
}

/// The same, for [`SignInAgain`](super::SignInAgain).
pub(super) fn renewal_failure_text(why: &SignedOut, print: &dyn Fn(Timestamp) -> String) -> String {
    reason_text(why, print).map(|(_, text)| text).unwrap_or_default()
}

lazy! {
    /// Loads [`SignIn`].
    pub fn signed_out(sign_in: SignInHandle, why: SignedOut) -> AnyView {
        view! { <SignIn sign_in=sign_in why=why /> }.into_any()
    }
}
