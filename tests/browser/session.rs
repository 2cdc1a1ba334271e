//! The session: the token is stored for the tab and leaves no trace after signing out.

use super::support::{Screen, good_token, render_keeping_storage, render_with, session_storage};
use leptos::prelude::*;
use runboard::config::{Config, TokenStorage};
use runboard::state::session::SignedOut;
use wasm_bindgen_test::wasm_bindgen_test;

fn session(config: Config) -> Screen {
    render_with(config, move |_| ((), ().into_any())).0
}

/// Everything in the tab's storage.
fn tab_storage() -> String {
    let storage = session_storage();
    let value = |index| storage.get_item(&storage.key(index).unwrap().unwrap()).unwrap().unwrap();
    (0..storage.length().unwrap()).map(value).collect()
}

#[wasm_bindgen_test]
fn signing_out_removes_the_token_from_memory_and_storage() {
    let screen = session(Config::default());
    let token = good_token("app-1");
    screen.context.session.sign_in(&token).unwrap();
    assert!(tab_storage().contains(&token));
    screen.context.session.sign_out(SignedOut::ByPerson);
    assert!(!screen.context.session.has_token());
    assert!(!tab_storage().contains(&token));
}

#[wasm_bindgen_test]
fn memory_session_stores_no_token() {
    let screen = session(Config { storage: TokenStorage::Memory, ..Config::default() });
    screen.context.session.sign_in(&good_token("app-1")).unwrap();
    assert!(screen.context.session.has_token());
    assert_eq!(tab_storage(), "");
    assert!(!screen.context.session.token_is_stored());
}

#[wasm_bindgen_test]
fn stored_token_is_used_after_a_reload() {
    let screen = session(Config::default());
    screen.context.session.sign_in(&good_token("app-1")).unwrap();
    let (again, ()) = render_keeping_storage(Config::default(), move |context| {
        context.session.start(leptos::prelude::Callback::new(|_| ()));
        ((), ().into_any())
    });
    assert!(again.context.session.has_token());
}
