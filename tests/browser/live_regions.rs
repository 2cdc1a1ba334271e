//! Announcements to screen readers.

use super::support::{MutationLog, Screen, attribute, render_plain, settle};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn region() -> Screen {
    render_plain(move || ().into_any())
}

#[wasm_bindgen_test]
async fn live_region_is_polite_and_starts_empty() {
    let screen = region();
    let region = screen.one("[data-region=announcer]");
    assert_eq!(attribute(&region, "aria-live").as_deref(), Some("polite"));
    assert_eq!(attribute(&region, "role").as_deref(), Some("status"));
    assert_eq!(screen.announced(), "");
}

#[wasm_bindgen_test]
async fn announcements_are_plain_text_in_one_region() {
    let screen = region();
    let (region, announcer) = (screen.one("[data-region=announcer]"), screen.context.ui.announcer);
    for words in ["Copied", "<b>not</b> copied", ""] {
        announcer.say(words);
        settle().await;
        assert_eq!(screen.announced(), words);
        assert_eq!(screen.one("[data-region=announcer]"), region);
    }
    assert!(!screen.has("b"));
}

#[wasm_bindgen_test]
async fn repeated_announcement_is_a_change() {
    let screen = region();
    let announcer = screen.context.ui.announcer;
    announcer.say("Copied");
    settle().await;
    for _ in 0..3 {
        let mutations = MutationLog::of(&screen.host);
        announcer.say("Copied");
        settle().await;
        assert_eq!(mutations.records().len(), 1);
        assert_eq!(screen.announced(), "Copied");
    }
}
