//! The dialog before signing out while something is unclear.

use super::support::{Screen, description_of, focused, press_key, render, settle};
use leptos::prelude::*;
use runboard::components::SignOutDialog;
use runboard_core::policy::unclear::{Remembered, Unclear};
use wasm_bindgen_test::wasm_bindgen_test;

const QUESTION: &str = "Sign out now?";

#[derive(Clone, Copy)]
struct Fixture {
    open: RwSignal<bool>,
    unclear: RwSignal<Unclear>,
    remembered: RwSignal<Remembered>,
    sign_outs: RwSignal<u32>,
}

fn one_create() -> Unclear {
    Unclear { creates: vec!["Spring sale".to_owned()], ..Unclear::default() }
}

async fn dialog(unclear: Unclear, remembered: Remembered) -> (Screen, Fixture) {
    let (screen, fixture) = render(move |_| {
        let fixture = Fixture {
            open: RwSignal::new(true),
            unclear: RwSignal::new(unclear),
            remembered: RwSignal::new(remembered),
            sign_outs: RwSignal::new(0),
        };
        let Fixture { open, unclear, remembered, sign_outs } = fixture;
        let on_sign_out = move |()| sign_outs.update(|sign_outs| *sign_outs += 1);
        let node = view! { <SignOutDialog open=open unclear=unclear remembered=remembered on_sign_out=on_sign_out /> };
        (fixture, node.into_any())
    });
    settle().await;
    (screen, fixture)
}

/// The text of the dialog, without its buttons.
fn text(screen: &Screen) -> String {
    description_of(&screen.find("dialog", QUESTION))
}

#[wasm_bindgen_test]
async fn dialog_names_what_is_unclear_and_what_becomes_of_it() {
    let (screen, fixture) = dialog(one_create(), Remembered::InBrowser).await;
    assert!(focused(&screen.find("button", "Stay signed in")));
    let shown = text(&screen);
    assert!(shown.contains("The result of scheduling “Spring sale” is not known yet."), "{shown}");
    assert!(shown.contains("sign in again as the same person in this browser"), "{shown}");
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    fixture.unclear.set(Unclear {
        creates: names(&["a", "b"]),
        stops: names(&["c"]),
        unasked: 1200,
        reschedule: Some("d".to_owned()),
    });
    settle().await;
    let shown = text(&screen);
    for sentence in [
        "The results of scheduling 2 runs are not known yet.",
        "The result of stopping “c” is not known yet.",
        "1,200 runs that you chose to stop have not been asked to stop yet.",
        "Rescheduling “d” is not finished.",
    ] {
        assert!(shown.contains(sentence), "{shown}");
    }
}

#[wasm_bindgen_test]
async fn dialog_promises_only_what_the_browser_can_keep() {
    let (screen, fixture) = dialog(one_create(), Remembered::Nowhere).await;
    let shown = text(&screen);
    assert!(shown.contains("This browser doesn’t let the console remember this"), "{shown}");
    assert!(!shown.contains("sign in again as the same person"), "{shown}");
    // The dialog stays mounted: what is true when it opens again may differ.
    fixture.remembered.set(Remembered::InTab);
    settle().await;
    let shown = text(&screen);
    assert!(shown.contains("sign in again as the same person in this tab"), "{shown}");
    assert!(shown.contains("If you close the tab, nobody will tell you."), "{shown}");
}

#[wasm_bindgen_test]
async fn dialog_says_when_everything_has_become_known() {
    let (screen, fixture) = dialog(one_create(), Remembered::InBrowser).await;
    fixture.unclear.set(Unclear::default());
    settle().await;
    assert_eq!(text(&screen), "All results are known now.");
}

#[wasm_bindgen_test]
async fn staying_signs_nobody_out() {
    let (screen, fixture) = dialog(one_create(), Remembered::InBrowser).await;
    screen.click_button("Stay signed in");
    settle().await;
    assert!(!screen.has_role("dialog", QUESTION));
    assert_eq!((fixture.open.get_untracked(), fixture.sign_outs.get_untracked()), (false, 0));
    // It can be opened again.
    fixture.open.set(true);
    settle().await;
    press_key(&screen.find("button", "Stay signed in"), "Tab", false);
    assert!(screen.has_role("dialog", QUESTION));
}

#[wasm_bindgen_test]
async fn double_click_signs_out_once() {
    let (screen, fixture) = dialog(one_create(), Remembered::InBrowser).await;
    let button = screen.find("button", "Sign out");
    button.click();
    button.click();
    settle().await;
    assert!(!screen.has_role("dialog", QUESTION));
    assert_eq!(fixture.sign_outs.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn names_keep_to_themselves() {
    let hostile = Unclear { creates: vec!["\u{202e}<img src=x>".to_owned()], ..Unclear::default() };
    let (screen, _) = dialog(hostile, Remembered::InBrowser).await;
    assert!(!screen.has("img"));
    let shown = text(&screen);
    assert!(shown.contains("\u{2068}\u{202e}<img src=x>"), "{shown}");
}
