//! What screen readers are told.

use super::support::{Stage, Witness, attribute, plain_stage, settle};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn region() -> Stage {
    plain_stage(move || ().into_any())
}

#[wasm_bindgen_test]
async fn the_region_is_polite_there_from_the_start_and_silent() {
    let stage = region();
    let region = stage.one("[data-region=announcer]");
    assert_eq!(attribute(&region, "aria-live").as_deref(), Some("polite"));
    assert_eq!(attribute(&region, "role").as_deref(), Some("status"));
    assert_eq!(stage.announced(), "");
}

#[wasm_bindgen_test]
async fn what_is_said_stands_in_the_same_region_as_text() {
    let stage = region();
    let (region, announcer) = (stage.one("[data-region=announcer]"), stage.console.ui.announcer);
    for words in ["Copied", "<b>not</b> copied", ""] {
        announcer.say(words);
        settle().await;
        assert_eq!(stage.announced(), words);
        assert_eq!(stage.one("[data-region=announcer]"), region);
    }
    assert!(!stage.has("b"));
}

#[wasm_bindgen_test]
async fn saying_the_same_again_is_a_change_that_readers_hear() {
    let stage = region();
    let announcer = stage.console.ui.announcer;
    announcer.say("Copied");
    settle().await;
    for _ in 0..3 {
        let witness = Witness::of(&stage.host);
        announcer.say("Copied");
        settle().await;
        assert_eq!(witness.records().len(), 1);
        assert_eq!(stage.announced(), "Copied");
    }
}
