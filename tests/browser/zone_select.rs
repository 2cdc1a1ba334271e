//! The time zone setting.

use super::support::{
    Screen, Stub, all_in, get, local_storage, render_keeping_storage, render_with, settle, text_of, wait_until,
};
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::ZoneSelect;
use runboard::config::Config;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const NAME: &str = "Time zone";

/// The setting, with all zones filled in, which happens after the first paint.
async fn select(config: Config) -> Screen {
    let (screen, ()) = render_with(config, move |_| ((), view! { <ZoneSelect /> }.into_any()));
    wait_until("all zones", || all_in(&screen.find("combobox", NAME), "option").len() > 300).await;
    settle().await;
    screen
}

/// Makes the browser report this zone as its own.
fn browser_in(zone: &str) -> Stub {
    let intl = get(&js_sys::global(), "Intl");
    let real = get(&intl, "DateTimeFormat");
    let make = Function::new_with_args(
        "Real, zone",
        "return function (locales, options) {
           const format = new Real(locales, options);
           if (!options?.timeZone) format.resolvedOptions = () => ({ timeZone: zone });
           return format;
         };",
    );
    let make = make.call2(&JsValue::UNDEFINED, &real, &zone.into()).unwrap();
    assert!(Reflect::set(&make, &"prototype".into(), &get(&real, "prototype")).unwrap());
    Stub::value(&intl, "DateTimeFormat", &make)
}

#[wasm_bindgen_test]
async fn first_zone_is_the_configured_one_or_else_the_browsers() {
    let _browser = browser_in("America/Bogota");
    for (configured, expected) in [
        (None, "America/Bogota"),
        (Some("Asia/Tokyo"), "Asia/Tokyo"),
        (Some("UTC"), "UTC"),
        (Some("Mars/Olympus"), "America/Bogota"),
    ] {
        let zone = configured.map(ToOwned::to_owned);
        let screen = select(Config { zone, ..Config::default() }).await;
        assert!(screen.selected_option(NAME).starts_with(expected), "{configured:?}");
    }
}

#[wasm_bindgen_test]
async fn chosen_zone_is_applied_and_stored() {
    let screen = select(Config::default()).await;
    screen.select_option(NAME, "Europe/Kyiv");
    settle().await;
    assert_eq!(screen.context.ui.settings.zone_untracked().name(), "Europe/Kyiv");
    assert_eq!(screen.selected_option(NAME), "Europe/Kyiv");
    let config = Config { zone: Some("Asia/Tokyo".to_owned()), ..Config::default() };
    let (again, ()) = render_keeping_storage(config, move |_| ((), view! { <ZoneSelect /> }.into_any()));
    assert_eq!(again.selected_option(NAME), "Europe/Kyiv", "also before all zones are filled in");
}

#[wasm_bindgen_test]
async fn invalid_stored_zone_is_ignored() {
    local_storage().set_item("runboard.zone", "<b>nowhere</b>").unwrap();
    let (screen, ()) = render_keeping_storage(Config::default(), move |_| ((), view! { <ZoneSelect /> }.into_any()));
    assert_eq!(screen.selected_option(NAME), "UTC");
    assert!(!screen.has("b"));
}

#[wasm_bindgen_test]
async fn browser_zone_is_offered_first_and_once() {
    let _browser = browser_in("America/New_York");
    let screen = select(Config::default()).await;
    let options: Vec<String> = all_in(&screen.find("combobox", NAME), "option").iter().map(text_of).collect();
    assert_eq!(options[..2], ["UTC", "America/New_York (this browser)"]);
    assert_eq!(options.iter().filter(|option| option.contains("America/New_York")).count(), 1);
}

#[wasm_bindgen_test]
async fn unlisted_zone_stays_selected() {
    let none = Array::new();
    let list = Function::new_with_args("none", "return () => none").call1(&JsValue::UNDEFINED, &none).unwrap();
    let _unlisted = Stub::value(&get(&js_sys::global(), "Intl"), "supportedValuesOf", &list);
    let config = Config { zone: Some("Europe/Vaduz".to_owned()), ..Config::default() };
    let (screen, ()) = render_with(config, move |_| ((), view! { <ZoneSelect /> }.into_any()));
    let options = || all_in(&screen.find("combobox", NAME), "option");
    let before = options().len();
    wait_until("the unlisted zones", || options().len() > before).await;
    settle().await;
    assert_eq!(screen.selected_option(NAME), "Europe/Vaduz");
}

#[wasm_bindgen_test]
async fn zone_set_elsewhere_is_selected() {
    let screen = select(Config::default()).await;
    for zone in ["Asia/Tokyo", "UTC"] {
        screen.context.ui.settings.set_zone(Zone::named(zone).unwrap());
        settle().await;
        assert_eq!(screen.selected_option(NAME), zone);
    }
}
