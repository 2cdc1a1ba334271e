//! The session: a token is opaque, kept for the tab, and leaves no trace when it ends.

use super::support::{Stage, good_token, session_storage, stage_as_left, stage_with};
use leptos::prelude::*;
use runboard::config::{Config, TokenStorage};
use runboard::session::SignedOut;
use wasm_bindgen_test::wasm_bindgen_test;

fn session(config: Config) -> Stage {
    stage_with(config, move |_| ((), ().into_any())).0
}

/// Everything that this tab has kept.
fn kept() -> String {
    let storage = session_storage();
    let value = |index| storage.get_item(&storage.key(index).unwrap().unwrap()).unwrap().unwrap();
    (0..storage.length().unwrap()).map(value).collect()
}

#[wasm_bindgen_test]
fn a_token_is_never_shown_by_debug() {
    let stage = session(Config::default());
    stage.console.session.sign_in(&good_token("app-1")).unwrap();
    let shown = format!("{:?}", stage.console.session.pass().unwrap());
    assert!(!shown.contains("c2lnbmF0dXJl") && shown.contains("redacted"), "{shown}");
}

#[wasm_bindgen_test]
fn signing_out_leaves_neither_a_pass_nor_a_token_in_the_tab() {
    let stage = session(Config::default());
    let token = good_token("app-1");
    stage.console.session.sign_in(&token).unwrap();
    assert!(kept().contains(&token));
    stage.console.session.sign_out(SignedOut::ByPerson);
    assert!(stage.console.session.pass().is_none());
    assert!(!kept().contains(&token));
}

#[wasm_bindgen_test]
fn a_session_in_memory_keeps_no_token_in_the_tab() {
    let stage = session(Config { storage: TokenStorage::Memory, ..Config::default() });
    stage.console.session.sign_in(&good_token("app-1")).unwrap();
    assert!(stage.console.session.pass().is_some());
    assert_eq!(kept(), "");
    assert!(!stage.console.session.kept());
}

#[wasm_bindgen_test]
fn a_token_kept_for_the_tab_is_taken_up_again() {
    let stage = session(Config::default());
    stage.console.session.sign_in(&good_token("app-1")).unwrap();
    let (again, ()) = stage_as_left(Config::default(), move |console| {
        console.session.start(leptos::prelude::Callback::new(|()| ()));
        ((), ().into_any())
    });
    assert!(again.console.session.pass().is_some());
}
