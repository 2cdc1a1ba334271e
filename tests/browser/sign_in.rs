//! Signing in: what is wrong with a token is said before anything is sent, and the token stays nowhere it can be seen.

use super::support::{
    Server, Stage, described, focused, get, good_token, in_minutes, press_key, problem, settle, stage_with, token,
};
use leptos::prelude::*;
use runboard::components::SignIn;
use runboard::config::{AuthSource, Config};
use runboard::state::session::{SessionState, SignedOut};
use runboard_core::claims::TokenFault;
use runboard_core::embed::NoToken;
use runboard_core::embed::Refusal;
use runboard_core::problem::ProblemKind;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlTextAreaElement;

const FIELD: &str = "Access token";

fn sign_in_with(config: Config, why: SignedOut) -> Stage {
    stage_with(config, move |console| ((), view! { <SignIn session=console.session why=why /> }.into_any())).0
}

fn sign_in() -> Stage {
    sign_in_with(Config::default(), SignedOut::NotYet)
}

fn value(stage: &Stage) -> String {
    stage.find("textbox", FIELD).unchecked_into::<HtmlTextAreaElement>().value()
}

fn signed_in(stage: &Stage) -> bool {
    stage.console.session.has_token()
}

#[wasm_bindgen_test]
async fn a_good_token_signs_in_and_empties_the_field_without_a_request() {
    let (server, stage) = (Server::start(), sign_in());
    let token = good_token("app-1");
    stage.write(FIELD, &token);
    stage.press("Sign in");
    settle().await;
    assert!(signed_in(&stage));
    assert_eq!(value(&stage), "");
    assert!(server.asked().is_empty());
    let whole = get(&stage.host, "outerHTML").as_string().unwrap();
    assert!(!whole.contains(&token));
}

#[wasm_bindgen_test]
async fn what_gets_pasted_along_with_a_token_does_no_harm() {
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
        let stage = sign_in();
        stage.write(FIELD, &pasted);
        stage.press("Sign in");
        settle().await;
        assert!(signed_in(&stage), "{pasted:?}");
        assert!(stage.texts("alert").is_empty());
    }
}

#[wasm_bindgen_test]
async fn each_bad_token_is_refused_with_its_reason_and_stays_to_be_mended() {
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
        (token(&json!({ "exp": hour_ago })), "This token expired 2026-05-02 13:05:10 UTC. Get a new one."),
        (token(&json!({ "exp": hour_ago.to_string() })), "This token expired 2026-05-02 13:05:10 UTC."),
        (
            token(&json!({ "nbf": in_minutes(60).millis() / 1000 })),
            "This token is not valid before 2026-05-02 15:05:10 UTC.",
        ),
    ];
    for (pasted, words) in cases {
        let stage = sign_in();
        settle().await;
        stage.write(FIELD, &pasted);
        stage.press("Sign in");
        settle().await;
        let field = stage.find("textbox", FIELD);
        let alert = stage.texts("alert").concat();
        assert!(alert.starts_with(words), "{pasted}: {alert}");
        assert!(described(&field).contains(words), "{pasted}");
        assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
        assert!(focused(&field));
        assert_eq!(value(&stage), pasted);
        assert!(!signed_in(&stage) && !stage.has("b"));
    }
}

#[wasm_bindgen_test]
async fn what_is_wrong_goes_as_soon_as_another_token_is_typed() {
    let stage = sign_in();
    stage.press("Sign in");
    settle().await;
    assert_eq!(stage.texts("alert").len(), 1);
    stage.write(FIELD, "a");
    settle().await;
    assert!(stage.texts("alert").is_empty());
    assert!(!stage.find("textbox", FIELD).has_attribute("aria-invalid"));
}

#[wasm_bindgen_test]
async fn what_a_pasted_token_says_of_itself_is_shown_as_text_before_it_is_sent() {
    let stage = sign_in();
    let told = || described(&stage.find("textbox", FIELD));
    stage.write(FIELD, &token(&json!({ "application_id": "<b>app</b>", "exp": in_minutes(60).millis() / 1000 })));
    settle().await;
    assert!(told().contains("Application <b>app</b>, valid until 2026-05-02 15:05:10 UTC."), "{}", told());
    assert!(!stage.has("b"));
    stage.write(FIELD, &token(&json!({})));
    settle().await;
    assert!(told().contains("Application not named, no expiry in the token."), "{}", told());
    stage.write(FIELD, "abc");
    settle().await;
    assert!(!told().contains("Application"), "{}", told());
    assert!(!signed_in(&stage), "looking is not signing in");
}

#[wasm_bindgen_test]
async fn enter_signs_in_and_shift_with_enter_does_not() {
    let stage = sign_in();
    stage.write(FIELD, &good_token("app-1"));
    let field = stage.find("textbox", FIELD);
    assert!(press_key(&field, "Enter", true));
    assert!(press_key(&field, "a", false));
    assert!(!signed_in(&stage));
    assert!(!press_key(&field, "Enter", false), "no line break is added");
    settle().await;
    assert!(signed_in(&stage));
}

#[wasm_bindgen_test]
fn the_browser_is_told_not_to_keep_correct_or_complete_the_token() {
    let field = sign_in().find("textbox", FIELD);
    for (name, value) in [("autocomplete", "off"), ("spellcheck", "false"), ("autocapitalize", "off")] {
        assert_eq!(field.get_attribute(name).as_deref(), Some(value), "{name}");
    }
}

#[wasm_bindgen_test]
fn each_reason_for_being_signed_out_is_said() {
    let cases = [
        (SignedOut::NotYet, "", None),
        (
            SignedOut::ByPerson,
            "status",
            Some("You are signed out. The token and everything loaded with it were removed"),
        ),
        (SignedOut::InAnotherTab, "status", Some("You signed out in another tab of this browser")),
        (
            SignedOut::Expired(in_minutes(-5)),
            "status",
            Some("Your token expired 2026-05-02 14:00:10 UTC. Paste a new one."),
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
            Some("The portal’s answer holds no usable token. Ask those who run the portal."),
        ),
    ];
    for (why, role, words) in cases {
        let stage = sign_in_with(Config::default(), why.clone());
        assert_eq!(stage.texts("heading"), ["Sign in"]);
        match words {
            Some(words) => assert!(stage.texts(role).concat().starts_with(words), "{why:?}: {}", stage.said()),
            None => assert!(stage.texts("alert").is_empty() && stage.texts("status").is_empty()),
        }
    }
}

#[wasm_bindgen_test]
async fn with_a_token_endpoint_the_button_asks_it_and_no_token_is_pasted() {
    let server = Server::start();
    let auth = AuthSource::Endpoint { token_url: "/portal/token".to_owned() };
    let stage = sign_in_with(Config { auth, ..Config::default() }, SignedOut::ByPerson);
    assert!(!stage.offers("textbox", FIELD));
    assert!(stage.says("The portal signs you in: press “Sign in”."));
    assert!(server.asked().is_empty(), "after signing out nothing is asked before the person wants it");
    server.answers("POST /portal/token", 200, &json!({ "token": good_token("app-1") }).to_string());
    stage.press("Sign in");
    super::support::until("the answer is taken", || signed_in(&stage)).await;
    assert_eq!(server.asked(), ["POST /portal/token"]);
    assert_eq!(stage.console.session.state(), SessionState::SignedIn);
}

#[wasm_bindgen_test]
fn where_the_embedding_page_gives_the_token_there_is_nothing_to_paste_or_press() {
    let stage = sign_in_with(Config { auth: AuthSource::Host, ..Config::default() }, SignedOut::NotYet);
    assert!(stage.says("This console gets its token from the page it is embedded in. Open it there."));
    assert!(!stage.offers("textbox", FIELD) && !stage.offers("button", "Sign in"));
}

#[wasm_bindgen_test]
fn why_the_embedding_page_gave_no_token_is_said_with_whom_to_tell() {
    for (why, said) in [
        (NoToken::NoneAllowed, "embed.allowedOrigins) names none. Tell those who host this console."),
        (
            NoToken::Silent(None),
            "did not answer. Reload that page. If it stays like this, tell those who run the portal.",
        ),
        (
            NoToken::Silent(Some(Refusal::Origin("https://other.example".to_owned()))),
            "is at https://other.example. The configuration",
        ),
        (NoToken::Silent(Some(Refusal::Version)), "Its embedding script is of another version than this console."),
        (NoToken::Silent(Some(Refusal::Nonce)), "What it sent could not be used."),
        (NoToken::Said("You are signed out there.".to_owned()), "It says: You are signed out there."),
    ] {
        let retry = why != NoToken::NoneAllowed;
        let stage = sign_in_with(Config { auth: AuthSource::Host, ..Config::default() }, SignedOut::FromHost(why));
        assert!(stage.says(said), "{said}");
        assert!(!stage.offers("textbox", FIELD));
        assert_eq!(stage.offers("button", "Try again"), retry, "{said}");
    }
}
