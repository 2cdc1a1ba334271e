//! Asking for a new token while the page stays.

use super::support::{FakeServer, Screen, good_token, in_minutes, problem, render_with, settle};
use leptos::prelude::*;
use runboard::components::SignInAgain;
use runboard::config::{AuthSource, Config};
use runboard::state::session::{Refused, SignedOut};
use runboard::state::sign_in_handle::SignInHandle;
use runboard_core::problem::ProblemKind;
use wasm_bindgen_test::wasm_bindgen_test;

fn sign_in_again(config: Config, why: Refused) -> Screen {
    render_with(config, move |context| {
        ((), view! { <SignInAgain sign_in=SignInHandle::new(context.session) why=why /> }.into_any())
    })
    .0
}

fn endpoint_config() -> Config {
    let auth = AuthSource::Endpoint { token_url: "/portal/token".to_owned() };
    Config { auth, ..Config::default() }
}

#[wasm_bindgen_test]
fn refused_token_asks_for_a_new_one_and_keeps_everything() {
    for (expired, words) in [(true, "Your token has expired."), (false, "The API no longer accepts your token.")] {
        let screen = sign_in_again(Config::default(), Refused::ByApi { expired });
        assert!(screen.has_role("region", "Sign in to continue"));
        let alert = screen.texts("alert").concat();
        assert!(alert.starts_with(words), "{alert}");
        assert!(alert.contains("Everything on screen and all you typed is kept; paste a new token to continue."));
        assert!(screen.has_role("textbox", "Access token"));
    }
}

#[wasm_bindgen_test]
async fn new_token_signs_in() {
    let screen = sign_in_again(Config::default(), Refused::ByApi { expired: true });
    screen.type_text("Access token", &good_token("app-1"));
    screen.click_button("Sign in");
    settle().await;
    assert!(screen.context.session.has_token());
}

#[wasm_bindgen_test]
fn renewal_in_progress_is_a_status_without_controls() {
    let screen = sign_in_again(endpoint_config(), Refused::Renewing);
    assert_eq!(screen.texts("status"), ["Your sign-in is being renewed…"]);
    assert!(screen.texts("alert").is_empty());
    assert!(screen.texts("button").is_empty() && !screen.has_role("textbox", "Access token"));
}

#[wasm_bindgen_test]
async fn token_endpoint_is_asked_only_on_demand() {
    let server = FakeServer::start();
    let screen = sign_in_again(endpoint_config(), Refused::ByApi { expired: false });
    assert!(screen.texts("alert").concat().starts_with("The API does not accept the token that the portal gave."));
    assert!(!screen.has_role("textbox", "Access token"));
    settle().await;
    assert!(server.requests().is_empty());
    screen.click_button("Try again");
    screen.click_button("Try again");
    settle().await;
    assert_eq!(server.requests(), ["POST /portal/token"], "one request serves both clicks");
}

#[wasm_bindgen_test]
fn failed_renewal_names_its_reason() {
    let cases = [
        (SignedOut::PortalFirst, "The portal says you are not signed in there."),
        (
            SignedOut::EndpointFailed(problem(ProblemKind::Server { status: 502 })),
            "The portal could not give a token. The API failed (error 502).",
        ),
        (SignedOut::Expired(in_minutes(-1)), "Your token expired Sat 2 May 2026 14:04:10 UTC."),
    ];
    for (why, words) in cases {
        let screen = sign_in_again(endpoint_config(), Refused::CannotRenew(Box::new(why)));
        let alert = screen.texts("alert").concat();
        assert!(alert.starts_with(words), "{alert}");
        assert!(screen.has_role("button", "Try again"));
    }
}
