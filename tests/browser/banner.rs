//! The banner: name, environment, navigation, settings and "Sign out".

use super::support::{Screen, attribute, found_in, local_storage, name_of, render_with, settle};
use leptos::prelude::*;
use runboard::components::Banner;
use runboard::config::{AuthSource, Config, Theme};
use runboard::state::navigation::Address;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::RunId;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Clone, Copy)]
struct Fixture {
    has_session: RwSignal<bool>,
    sign_outs: RwSignal<u32>,
}

fn banner(config: Config, has_session: bool) -> (Screen, Fixture) {
    render_with(config, move |_| {
        let fixture = Fixture { has_session: RwSignal::new(has_session), sign_outs: RwSignal::new(0) };
        let Fixture { has_session, sign_outs } = fixture;
        let on_sign_out = move |()| sign_outs.update(|sign_outs| *sign_outs += 1);
        let node =
            view! { <Banner has_session=has_session embedded=false on_sign_out=on_sign_out on_shortcuts=|()| () /> };
        (fixture, node.into_any())
    })
}

/// Opens the menu of settings.
async fn open_settings(screen: &Screen) {
    screen.click_button("Settings");
    settle().await;
}

#[wasm_bindgen_test]
async fn signed_in_banner_offers_navigation_settings_and_sign_out() {
    let (screen, fixture) = banner(Config::default(), true);
    let links: Vec<String> = found_in(&screen.find("navigation", "Main"), "link").iter().map(|a| name_of(a)).collect();
    assert_eq!(links, ["Runs", "Activity"]);
    assert!(!screen.has_role("combobox", "Time zone"), "the menu is built when it is first opened");
    open_settings(&screen).await;
    assert_eq!(screen.link("New run"), "./?new");
    assert!(screen.has_role("combobox", "Time zone") && screen.has_role("combobox", "Theme"));
    screen.click_button("Sign out");
    assert_eq!(fixture.sign_outs.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn signed_out_banner_keeps_only_settings() {
    let (screen, fixture) = banner(Config::default(), false);
    open_settings(&screen).await;
    for _ in 0..2 {
        assert!(screen.has_role("combobox", "Time zone") && screen.has_role("combobox", "Theme"));
        assert!(!screen.has_role("button", "Sign out") && !screen.has_role("link", "New run"));
        fixture.has_session.set(true);
        settle().await;
        assert!(screen.has_role("button", "Sign out") && screen.has_role("link", "New run"));
        fixture.has_session.set(false);
        settle().await;
    }
}

#[wasm_bindgen_test]
async fn banner_offers_no_new_run_when_scheduling_is_off() {
    let (screen, _) = banner(Config { may_create: false, ..Config::default() }, true);
    open_settings(&screen).await;
    assert!(!screen.has_role("link", "New run"));
    assert!(screen.has_role("button", "Sign out"));
}

#[wasm_bindgen_test]
fn title_and_environment_are_isolated_plain_text() {
    let hostile = "\u{202e}<img src=x onerror=alert(1)>";
    let config = Config { title: hostile.to_owned(), environment: Some(hostile.to_owned()), ..Config::default() };
    let (screen, _) = banner(config, true);
    let shown: Vec<String> = screen.all("bdi").iter().map(|place| place.text_content().unwrap()).collect();
    assert_eq!(shown, [hostile, hostile]);
    assert!(!screen.has("img"));
    assert!(screen.shows("Environment:"), "colour alone would not be accessible");
}

#[wasm_bindgen_test]
fn no_environment_is_shown_without_one() {
    let (screen, _) = banner(Config::default(), true);
    assert!(!screen.shows("Environment"));
    assert!(screen.shows("Runboard"));
}

#[wasm_bindgen_test]
async fn runs_link_restores_the_list_and_marks_the_current_page() {
    let (screen, _) = banner(Config::default(), true);
    let navigation = screen.context.ui.navigation;
    let here = || attribute(&screen.find("link", "Runs"), "aria-current");
    assert_eq!(screen.link("Runs"), "./");
    assert_eq!(here().as_deref(), Some("page"));
    navigation.rewrite(&Address::Runs { q: "a&b".to_owned(), sort: Sort { key: SortKey::Name, descending: false } });
    settle().await;
    assert_eq!(here().as_deref(), Some("page"));
    navigation.rewrite(&Address::Run { id: RunId::new("r-1") });
    settle().await;
    assert_eq!(here(), None);
    assert_eq!(screen.link("Runs"), "./?q=a%26b&sort=name");
}

#[wasm_bindgen_test]
async fn embedded_banner_omits_what_the_host_page_has() {
    for (auth, leaves) in [(AuthSource::Host, false), (AuthSource::Paste, true)] {
        let (screen, ()) = render_with(Config { auth, title: "Consola".to_owned(), ..Config::default() }, |_| {
            let has_session = RwSignal::new(true);
            (
                (),
                view! { <Banner has_session=has_session embedded=true on_sign_out=|()| () on_shortcuts=|()| () /> }
                    .into_any(),
            )
        });
        open_settings(&screen).await;
        assert!(!screen.shows("Consola"));
        assert_eq!(screen.has_role("button", "Sign out"), leaves);
        assert!(screen.has_role("link", "Runs") && screen.has_role("link", "New run"));
    }
}

#[wasm_bindgen_test]
async fn host_zone_and_theme_apply_without_being_stored_or_offered() {
    let (screen, _) = banner(Config::default(), true);
    let settings = screen.context.ui.settings;
    open_settings(&screen).await;
    assert!(settings.apply_host_appearance(Some("Asia/Tokyo"), Some(Theme::Dark)));
    settle().await;
    assert!(!screen.has_role("combobox", "Time zone") && !screen.has_role("combobox", "Theme"));
    assert_eq!((settings.zone_untracked().name(), settings.theme()), ("Asia/Tokyo", Theme::Dark));
    assert_eq!(local_storage().length().unwrap(), 0);
    assert!(!settings.apply_host_appearance(Some("Mars/Olympus"), None), "a zone that the browser does not know");
    settle().await;
    assert!(screen.has_role("combobox", "Time zone") && screen.has_role("combobox", "Theme"));
    assert_eq!(settings.zone_untracked().name(), "Asia/Tokyo");
}
