//! Signing in, in place of a page.

use crate::components::shared::{Heading, Notice, NoticeKind};
use crate::config::AuthSource;
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::session::{Session, SignedOut};
use crate::text::sign_in as words;
use leptos::prelude::*;
use runboard_core::embed::NoToken;
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;

mod token_form;
pub(super) use token_form::TokenForm;

/// What a person sees while signed out; the address stays.
#[component]
pub fn SignIn(
    /// The session
    session: Session,
    /// Why there is no token
    why: SignedOut,
) -> impl IntoView {
    let ui = use_ui();
    let note = why_words(&why, &|at| ui.settings.print(at, Precision::Seconds)).map(|(kind, note)| {
        view! {
            <Notice kind=kind>
                <p><bdi>{note}</bdi></p>
            </Notice>
        }
    });
    let way = match ui.config.get().auth {
        AuthSource::Paste => view! {
            <TokenForm session=session />
            <p class="hint">{words::ADDRESS_STAYS} " " {words::PER_TAB}</p>
        }
        .into_any(),
        AuthSource::Endpoint { .. } => view! {
            <p>{words::SIGN_IN_WITH_PORTAL}</p>
            <button type="button" class="button primary" on:click=move |_| {
                ui.navigation.note_move();
                session.sign_in_with_portal();
            }>{words::TITLE}</button>
        }
        .into_any(),
        AuthSource::Host => match why {
            SignedOut::NotYet | SignedOut::FromHost(NoToken::NotFramed | NoToken::NoneAllowed) => {
                view! { <p>{words::TOKEN_FROM_HOST}</p> }.into_any()
            }
            _ => view! {
                <button type="button" class="button primary" on:click=move |_| {
                    ui.navigation.note_move();
                    session.sign_in_with_portal();
                }>{words::TRY_AGAIN}</button>
            }
            .into_any(),
        },
    };
    view! {
        <div class="sign-in card">
            <Heading text=words::TITLE.to_owned() />
            {note}
            {way}
        </div>
    }
}

fn why_words(why: &SignedOut, print: &dyn Fn(Timestamp) -> String) -> Option<(NoticeKind, String)> {
    Some(match why {
        SignedOut::NotYet => return None,
        SignedOut::InAnotherTab => (NoticeKind::Info, words::SIGNED_OUT_IN_OTHER_TAB.to_owned()),
        SignedOut::ByPerson => (NoticeKind::Info, words::SIGNED_OUT.to_owned()),
        SignedOut::Expired(at) => (NoticeKind::Warning, words::token_expired(&print(*at))),
        SignedOut::PortalFirst => (NoticeKind::Error, words::PORTAL_FIRST.to_owned()),
        SignedOut::EndpointFailed(problem) => (NoticeKind::Error, words::endpoint_failed(problem)),
        SignedOut::EndpointToken(_) => (NoticeKind::Error, words::UNUSABLE_PORTAL_TOKEN.to_owned()),
        // What to do stands below.
        SignedOut::FromHost(NoToken::NotFramed) => return None,
        SignedOut::FromHost(why) => (NoticeKind::Error, words::no_token_from_host(why)),
    })
}

/// The same words, for the panel that asks again.
pub(super) fn cannot_renew_words(why: &SignedOut, print: &dyn Fn(Timestamp) -> String) -> String {
    why_words(why, print).map(|(_, words)| words).unwrap_or_default()
}

lazy! {
    /// Loads [`SignIn`].
    pub fn signed_out(session: Session, why: SignedOut) -> AnyView {
        view! { <SignIn session=session why=why /> }.into_any()
    }
}
