//! The session: a token is opaque, kept for the tab, and leaves no trace when it ends.

use super::support::{Stage, good_token, session_storage, stage_as_left, stage_with};
use leptos::prelude::*;
use runboard::config::{Config, TokenStorage};
use runboard::state::session::SignedOut;
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
fn signing_out_removes_the_token_from_memory_and_from_the_tab() {
    let stage = session(Config::default());
    let token = good_token("app-1");
    stage.console.session.sign_in(&token).unwrap();
    assert!(kept().contains(&token));
    stage.console.session.sign_out(SignedOut::ByPerson);
    assert!(!stage.console.session.has_token());
    assert!(!kept().contains(&token));
}

#[wasm_bindgen_test]
fn a_session_in_memory_keeps_no_token_in_the_tab() {
    let stage = session(Config { storage: TokenStorage::Memory, ..Config::default() });
    stage.console.session.sign_in(&good_token("app-1")).unwrap();
    assert!(stage.console.session.has_token());
    assert_eq!(kept(), "");
    assert!(!stage.console.session.token_is_stored());
}

#[wasm_bindgen_test]
fn a_token_kept_for_the_tab_is_used_after_a_reload() {
    let stage = session(Config::default());
    stage.console.session.sign_in(&good_token("app-1")).unwrap();
    let (again, ()) = stage_as_left(Config::default(), move |console| {
        console.session.start(leptos::prelude::Callback::new(|()| ()));
        ((), ().into_any())
    });
    assert!(again.console.session.has_token());
}
