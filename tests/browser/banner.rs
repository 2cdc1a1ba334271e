//! The banner: where one is, in which environment, and as whom.

use super::support::{Stage, attribute, found_in, local_storage, name_of, settle, stage_with};
use leptos::prelude::*;
use runboard::components::Banner;
use runboard::config::{AuthSource, Config, Theme};
use runboard::state::navigation::Address;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::RunId;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Clone, Copy)]
struct Parts {
    inside: RwSignal<bool>,
    left: RwSignal<u32>,
}

fn banner(config: Config, inside: bool) -> (Stage, Parts) {
    stage_with(config, move |_| {
        let parts = Parts { inside: RwSignal::new(inside), left: RwSignal::new(0) };
        let Parts { inside, left } = parts;
        let node = view! { <Banner inside=inside embedded=false sign_out=move |()| left.update(|left| *left += 1) /> };
        (parts, node.into_any())
    })
}

#[wasm_bindgen_test]
fn signed_in_it_offers_the_list_a_new_run_both_choices_and_the_way_out() {
    let (stage, parts) = banner(Config::default(), true);
    let links: Vec<String> = found_in(&stage.find("navigation", "Main"), "link").iter().map(|a| name_of(a)).collect();
    assert_eq!(links, ["Runs", "New run"]);
    assert_eq!(stage.link("New run"), "./?new");
    assert!(stage.offers("combobox", "Time zone") && stage.offers("combobox", "Theme"));
    stage.press("Sign out");
    assert_eq!(parts.left.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn signed_out_it_keeps_the_choices_and_offers_neither_a_new_run_nor_the_way_out() {
    let (stage, parts) = banner(Config::default(), false);
    for _ in 0..2 {
        assert!(stage.offers("combobox", "Time zone") && stage.offers("combobox", "Theme"));
        assert!(!stage.offers("button", "Sign out") && !stage.offers("link", "New run"));
        parts.inside.set(true);
        settle().await;
        assert!(stage.offers("button", "Sign out") && stage.offers("link", "New run"));
        parts.inside.set(false);
        settle().await;
    }
}

#[wasm_bindgen_test]
fn where_scheduling_is_switched_off_it_offers_no_new_run() {
    let (stage, _) = banner(Config { may_create: false, ..Config::default() }, true);
    assert!(!stage.offers("link", "New run"));
    assert!(stage.offers("button", "Sign out"));
}

#[wasm_bindgen_test]
fn title_and_environment_are_shown_as_text_in_places_of_their_own() {
    let hostile = "\u{202e}<img src=x onerror=alert(1)>";
    let config = Config { title: hostile.to_owned(), environment: Some(hostile.to_owned()), ..Config::default() };
    let (stage, _) = banner(config, true);
    let shown: Vec<String> = stage.all("bdi").iter().map(|place| place.text_content().unwrap()).collect();
    assert_eq!(shown, [hostile, hostile]);
    assert!(!stage.has("img"));
    assert!(stage.says("Environment:"), "its colour alone would not tell");
}

#[wasm_bindgen_test]
fn without_an_environment_none_is_claimed() {
    let (stage, _) = banner(Config::default(), true);
    assert!(!stage.says("Environment"));
    assert!(stage.says("Runboard"));
}

#[wasm_bindgen_test]
async fn runs_leads_back_to_the_list_as_it_was_left_and_is_marked_only_there() {
    let (stage, _) = banner(Config::default(), true);
    let navigation = stage.console.ui.navigation;
    let here = || attribute(&stage.find("link", "Runs"), "aria-current");
    assert_eq!(stage.link("Runs"), "./");
    assert_eq!(here().as_deref(), Some("page"));
    navigation.rewrite(&Address::Runs { q: "a&b".to_owned(), sort: Sort { key: SortKey::Name, descending: false } });
    settle().await;
    assert_eq!(here().as_deref(), Some("page"));
    navigation.rewrite(&Address::Run { id: RunId::new("r-1") });
    settle().await;
    assert_eq!(here(), None);
    assert_eq!(stage.link("Runs"), "./?q=a%26b&sort=name");
}

#[wasm_bindgen_test]
fn embedded_it_leaves_out_what_the_portal_has() {
    for (auth, leaves) in [(AuthSource::Host, false), (AuthSource::Paste, true)] {
        let (stage, ()) = stage_with(Config { auth, title: "Consola".to_owned(), ..Config::default() }, |_| {
            let inside = RwSignal::new(true);
            ((), view! { <Banner inside=inside embedded=true sign_out=|()| () /> }.into_any())
        });
        assert!(!stage.says("Consola"));
        assert_eq!(stage.offers("button", "Sign out"), leaves);
        assert!(stage.offers("link", "Runs") && stage.offers("link", "New run"));
    }
}

#[wasm_bindgen_test]
async fn what_the_portal_says_of_zone_and_theme_is_followed_kept_nowhere_and_not_offered() {
    let (stage, _) = banner(Config::default(), true);
    let settings = stage.console.ui.settings;
    assert!(settings.apply_host_appearance(Some("Asia/Tokyo"), Some(Theme::Dark)));
    settle().await;
    assert!(!stage.offers("combobox", "Time zone") && !stage.offers("combobox", "Theme"));
    assert_eq!((settings.zone_untracked().name(), settings.theme()), ("Asia/Tokyo", Theme::Dark));
    assert_eq!(local_storage().length().unwrap(), 0);
    assert!(!settings.apply_host_appearance(Some("Mars/Olympus"), None), "a zone that the browser does not know");
    settle().await;
    assert!(stage.offers("combobox", "Time zone") && stage.offers("combobox", "Theme"));
    assert_eq!(settings.zone_untracked().name(), "Asia/Tokyo");
}
