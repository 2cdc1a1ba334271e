//! Signing in: a token is checked before anything is sent, and never stays visible.

use super::support::{
    FakeServer, Screen, description_of, focused, get, good_token, in_minutes, press_key, problem, render_with, settle,
    token, wait_until,
};
use leptos::prelude::*;
use runboard::components::SignIn;
use runboard::config::{AuthSource, Config};
use runboard::state::session::{SessionState, SignedOut};
use runboard::state::sign_in_handle::SignInHandle;
use runboard_core::claims::TokenFault;
use runboard_core::embed::NoToken;
use runboard_core::embed::Refusal;
use runboard_core::problem::ProblemKind;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlTextAreaElement;

const FIELD: &str = "Access token";

fn sign_in_with(config: Config, why: SignedOut) -> Screen {
    render_with(config, move |context| {
        ((), view! { <SignIn sign_in=SignInHandle::new(context.session) why=why /> }.into_any())
    })
    .0
}

fn sign_in() -> Screen {
    sign_in_with(Config::default(), SignedOut::NotYet)
}

fn value(screen: &Screen) -> String {
    screen.find("textbox", FIELD).unchecked_into::<HtmlTextAreaElement>().value()
}

fn signed_in(screen: &Screen) -> bool {
    screen.context.session.has_token()
}

#[wasm_bindgen_test]
async fn valid_token_signs_in_and_clears_the_field_without_a_request() {
    let (server, screen) = (FakeServer::start(), sign_in());
    let token = good_token("app-1");
    screen.type_text(FIELD, &token);
    screen.click_button("Sign in");
    settle().await;
    assert!(signed_in(&screen));
    assert_eq!(value(&screen), "");
    assert!(server.requests().is_empty());
    let html = get(&screen.host, "outerHTML").as_string().unwrap();
    assert!(!html.contains(&token));
}

#[wasm_bindgen_test]
async fn token_is_cleaned_of_what_was_pasted_with_it() {
    let token = good_token("app-1");
    let halves = token.split_at(20);
    let pasted = [
        format!("Bearer {token}"),
        format!("Authorization: Bearer {token}\n"),
        format!("\u{a0}\t\n {token} \u{200b}"),
        format!("\"{token}\""),
        format!("{}\r\n  {}", halves.0, halves.1),
    ];
    for pasted in pasted {
        let screen = sign_in();
        screen.type_text(FIELD, &pasted);
        screen.click_button("Sign in");
        settle().await;
        assert!(signed_in(&screen), "{pasted:?}");
        assert!(screen.texts("alert").is_empty());
    }
}

#[wasm_bindgen_test]
async fn invalid_token_is_explained_and_stays_in_the_field() {
    let hour_ago = in_minutes(-60).millis() / 1000;
    let cases = [
        (String::new(), "Paste an access token first."),
        (" \n\u{a0}".to_owned(), "Paste an access token first."),
        ("Bearer".to_owned(), "Paste an access token first."),
        ("abc".to_owned(), "This is not a token: a JWT has three parts with dots between them, this has 1."),
        ("a.b.c.d".to_owned(), "This is not a token: a JWT has three parts with dots between them, this has 4."),
        ("<b>x</b>.y.z".to_owned(), "This token is damaged: a part of it cannot be read."),
        (good_token("app-1").replace(".c2lnbmF0dXJl", "."), "This token is damaged"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE".to_owned(), "This is a private key. Never paste it anywhere"),
        (token(&json!({ "exp": hour_ago })), "This token expired Sat 2 May 2026 13:05:10 UTC. Get a new one."),
        (token(&json!({ "exp": hour_ago.to_string() })), "This token expired Sat 2 May 2026 13:05:10 UTC."),
        (
            token(&json!({ "nbf": in_minutes(60).millis() / 1000 })),
            "This token is not valid before Sat 2 May 2026 15:05:10 UTC.",
        ),
    ];
    for (pasted, expected) in cases {
        let screen = sign_in();
        settle().await;
        screen.type_text(FIELD, &pasted);
        screen.click_button("Sign in");
        settle().await;
        let field = screen.find("textbox", FIELD);
        let alert = screen.texts("alert").concat();
        assert!(alert.starts_with(expected), "{pasted}: {alert}");
        assert!(description_of(&field).contains(expected), "{pasted}");
        assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
        assert!(focused(&field));
        assert_eq!(value(&screen), pasted);
        assert!(!signed_in(&screen) && !screen.has("b"));
    }
}

#[wasm_bindgen_test]
async fn typing_clears_the_token_error() {
    let screen = sign_in();
    screen.click_button("Sign in");
    settle().await;
    assert_eq!(screen.texts("alert").len(), 1);
    screen.type_text(FIELD, "a");
    settle().await;
    assert!(screen.texts("alert").is_empty());
    assert!(!screen.find("textbox", FIELD).has_attribute("aria-invalid"));
}

#[wasm_bindgen_test]
async fn token_claims_are_shown_as_text_before_signing_in() {
    let screen = sign_in();
    let description = || description_of(&screen.find("textbox", FIELD));
    screen.type_text(FIELD, &token(&json!({ "application_id": "<b>app</b>", "exp": in_minutes(60).millis() / 1000 })));
    settle().await;
    assert!(
        description().contains("Application <b>app</b>, valid until Sat 2 May 2026 15:05:10 UTC."),
        "{}",
        description()
    );
    assert!(!screen.has("b"));
    screen.type_text(FIELD, &token(&json!({})));
    settle().await;
    assert!(description().contains("Application not named, no expiry in the token."), "{}", description());
    screen.type_text(FIELD, "abc");
    settle().await;
    assert!(!description().contains("Application"), "{}", description());
    assert!(!signed_in(&screen), "showing the claims does not sign in");
}

#[wasm_bindgen_test]
async fn enter_signs_in_and_shift_enter_does_not() {
    let screen = sign_in();
    screen.type_text(FIELD, &good_token("app-1"));
    let field = screen.find("textbox", FIELD);
    assert!(press_key(&field, "Enter", true));
    assert!(press_key(&field, "a", false));
    assert!(!signed_in(&screen));
    assert!(!press_key(&field, "Enter", false), "no line break is added");
    settle().await;
    assert!(signed_in(&screen));
}

#[wasm_bindgen_test]
fn token_field_disables_autocomplete_and_spellcheck() {
    let field = sign_in().find("textbox", FIELD);
    for (name, value) in [("autocomplete", "off"), ("spellcheck", "false"), ("autocapitalize", "off")] {
        assert_eq!(field.get_attribute(name).as_deref(), Some(value), "{name}");
    }
}

#[wasm_bindgen_test]
fn each_reason_for_being_signed_out_is_shown() {
    let cases = [
        (SignedOut::NotYet, "", None),
        (
            SignedOut::ByPerson,
            "status",
            Some("You are signed out. The token and everything loaded with it were removed"),
        ),
        (SignedOut::InAnotherTab, "status", Some("You signed out in another tab of this browser")),
        (SignedOut::Idle { minutes: 15 }, "status", Some("You were signed out after 15 minutes without activity.")),
        (
            SignedOut::Expired(in_minutes(-5)),
            "status",
            Some("Your token expired Sat 2 May 2026 14:00:10 UTC. Paste a new one."),
        ),
        (SignedOut::PortalFirst, "alert", Some("The portal says you are not signed in there.")),
        (
            SignedOut::EndpointFailed(problem(ProblemKind::Unreachable { offline: true })),
            "alert",
            Some("The portal could not give a token. This computer is offline."),
        ),
        (
            SignedOut::EndpointToken(TokenFault::Damaged),
            "alert",
            Some("The portal’s answer holds no usable token. Ask your administrator."),
        ),
    ];
    for (why, role, expected) in cases {
        let screen = sign_in_with(Config::default(), why.clone());
        assert_eq!(screen.texts("heading"), ["Sign in"]);
        match expected {
            Some(expected) => {
                assert!(screen.texts(role).concat().starts_with(expected), "{why:?}: {}", screen.full_text())
            }
            None => assert!(screen.texts("alert").is_empty() && screen.texts("status").is_empty()),
        }
    }
}

#[wasm_bindgen_test]
async fn token_endpoint_is_asked_by_a_button_without_a_token_field() {
    let server = FakeServer::start();
    let auth = AuthSource::Endpoint { token_url: "/portal/token".to_owned() };
    let screen = sign_in_with(Config { auth, ..Config::default() }, SignedOut::ByPerson);
    assert!(!screen.has_role("textbox", FIELD));
    assert!(screen.shows("The portal signs you in: press “Sign in”."));
    settle().await;
    assert!(server.requests().is_empty(), "after signing out nothing is requested without a click");
    server.respond("POST /portal/token", 200, &json!({ "token": good_token("app-1") }).to_string());
    screen.click_button("Sign in");
    wait_until("the session", || signed_in(&screen)).await;
    assert_eq!(server.requests(), ["POST /portal/token"]);
    assert_eq!(screen.context.session.state(), SessionState::SignedIn);
}

#[wasm_bindgen_test]
fn embedded_console_offers_no_sign_in_controls() {
    let screen = sign_in_with(Config { auth: AuthSource::Host, ..Config::default() }, SignedOut::NotYet);
    assert!(screen.shows("This console gets its token from the page it is embedded in. Open it there."));
    assert!(!screen.has_role("textbox", FIELD) && !screen.has_role("button", "Sign in"));
}

#[wasm_bindgen_test]
fn console_opened_outside_its_host_page_links_to_the_configured_portal() {
    let portal = "https://portal.example/campaigns";
    let config = || Config { auth: AuthSource::Host, portal_link: Some(portal.to_owned()), ..Config::default() };
    let alone = sign_in_with(config(), SignedOut::FromHost(NoToken::NotFramed));
    assert_eq!(alone.find("link", "Open the portal").get_attribute("href").as_deref(), Some(portal));
    assert!(alone.shows("Open it there."));
    for framed in [NoToken::NoneAllowed, NoToken::Silent(None)] {
        let screen = sign_in_with(config(), SignedOut::FromHost(framed.clone()));
        assert!(!screen.has_role("link", "Open the portal"), "{framed:?}");
    }
    let unconfigured = Config { portal_link: None, ..config() };
    let screen = sign_in_with(unconfigured, SignedOut::FromHost(NoToken::NotFramed));
    assert!(screen.shows("Open it there.") && !screen.has_role("link", "Open the portal"));
    let pasting = Config { auth: AuthSource::Paste, ..config() };
    assert!(!sign_in_with(pasting, SignedOut::NotYet).has_role("link", "Open the portal"));
}

#[wasm_bindgen_test]
fn missing_host_token_is_explained_with_whom_to_ask() {
    for (why, text) in [
        (NoToken::NoneAllowed, "embed.allowedOrigins) names none. Tell your administrator."),
        (NoToken::Silent(None), "did not answer. Reload that page. If it stays like this, tell your administrator."),
        (
            NoToken::Silent(Some(Refusal::Origin("https://other.example".to_owned()))),
            "is at https://other.example. The configuration",
        ),
        (NoToken::Silent(Some(Refusal::Version)), "Its embedding script is of another version than this console."),
        (NoToken::Silent(Some(Refusal::Nonce)), "What it sent could not be used."),
        (NoToken::Said("You are signed out there.".to_owned()), "It says: You are signed out there."),
    ] {
        let retry = why != NoToken::NoneAllowed;
        let screen = sign_in_with(Config { auth: AuthSource::Host, ..Config::default() }, SignedOut::FromHost(why));
        assert!(screen.shows(text), "{text}");
        assert!(!screen.has_role("textbox", FIELD));
        assert_eq!(screen.has_role("button", "Try again"), retry, "{text}");
    }
}
