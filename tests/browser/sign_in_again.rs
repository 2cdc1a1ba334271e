//! A new token is needed: why, and the way to it, above a page that stays.

use super::support::{Server, Stage, good_token, in_minutes, problem, settle, stage_with};
use leptos::prelude::*;
use runboard::components::SignInAgain;
use runboard::config::{AuthSource, Config};
use runboard::state::session::{Refused, SignedOut};
use runboard_core::problem::ProblemKind;
use wasm_bindgen_test::wasm_bindgen_test;

fn again(config: Config, why: Refused) -> Stage {
    stage_with(config, move |console| ((), view! { <SignInAgain session=console.session why=why /> }.into_any())).0
}

fn by_endpoint() -> Config {
    let auth = AuthSource::Endpoint { token_url: "/portal/token".to_owned() };
    Config { auth, ..Config::default() }
}

#[wasm_bindgen_test]
fn a_refused_token_asks_for_another_and_says_that_everything_is_kept() {
    for (expired, words) in [(true, "Your token has expired."), (false, "The API no longer accepts your token.")] {
        let stage = again(Config::default(), Refused::ByApi { expired });
        assert!(stage.offers("region", "Sign in to go on"));
        let alert = stage.texts("alert").concat();
        assert!(alert.starts_with(words), "{alert}");
        assert!(alert.contains("Everything on screen and all you typed is kept; paste a new token to go on."));
        assert!(stage.offers("textbox", "Access token"));
    }
}

#[wasm_bindgen_test]
async fn a_new_token_is_taken_from_there() {
    let stage = again(Config::default(), Refused::ByApi { expired: true });
    stage.write("Access token", &good_token("app-1"));
    stage.press("Sign in");
    settle().await;
    assert!(stage.console.session.has_token());
}

#[wasm_bindgen_test]
fn a_renewal_under_way_is_said_politely_and_asks_for_nothing() {
    let stage = again(by_endpoint(), Refused::Renewing);
    assert_eq!(stage.texts("status"), ["Your sign-in is being renewed…"]);
    assert!(stage.texts("alert").is_empty());
    assert!(stage.texts("button").is_empty() && !stage.offers("textbox", "Access token"));
}

#[wasm_bindgen_test]
async fn with_a_token_endpoint_it_is_asked_again_on_demand_only() {
    let server = Server::start();
    let stage = again(by_endpoint(), Refused::ByApi { expired: false });
    assert!(stage.texts("alert").concat().starts_with("The API does not accept the token that the portal gave."));
    assert!(!stage.offers("textbox", "Access token"));
    settle().await;
    assert!(server.asked().is_empty());
    stage.press("Try again");
    stage.press("Try again");
    settle().await;
    assert_eq!(server.asked(), ["POST /portal/token"], "one request serves both clicks");
}

#[wasm_bindgen_test]
fn an_endpoint_that_could_not_renew_is_named_with_its_reason() {
    let cases = [
        (SignedOut::PortalFirst, "The portal says you are not signed in there."),
        (
            SignedOut::EndpointFailed(problem(ProblemKind::Server { status: 502 })),
            "The portal could not give a token. The API failed (error 502).",
        ),
        (SignedOut::Expired(in_minutes(-1)), "Your token expired 2026-05-02 14:04:10 UTC."),
    ];
    for (why, words) in cases {
        let stage = again(by_endpoint(), Refused::CannotRenew(Box::new(why)));
        let alert = stage.texts("alert").concat();
        assert!(alert.starts_with(words), "{alert}");
        assert!(stage.offers("button", "Try again"));
    }
}
