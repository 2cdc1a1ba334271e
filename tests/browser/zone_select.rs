//! The choice of the time zone.

use super::support::{Stage, Stub, all_in, get, local_storage, settle, stage_as_left, stage_with, text_of, until};
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::ZoneSelect;
use runboard::config::Config;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const NAME: &str = "Time zone";

/// Filled in: the many zones come once it is drawn.
async fn select(config: Config) -> Stage {
    let (stage, ()) = stage_with(config, move |_| ((), view! { <ZoneSelect /> }.into_any()));
    until("all zones are there", || all_in(&stage.find("combobox", NAME), "option").len() > 300).await;
    settle().await;
    stage
}

/// A browser in this zone.
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
async fn utc_is_shown_unless_told_otherwise_and_the_configured_zone_where_it_is() {
    let stage = select(Config::default()).await;
    assert_eq!(stage.chosen(NAME), "UTC");
    drop(stage);
    let stage = select(Config { zone: "Asia/Tokyo".to_owned(), ..Config::default() }).await;
    assert_eq!(stage.chosen(NAME), "Asia/Tokyo");
}

#[wasm_bindgen_test]
async fn a_configured_zone_that_no_browser_knows_gives_utc() {
    let stage = select(Config { zone: "Mars/Olympus".to_owned(), ..Config::default() }).await;
    assert_eq!(stage.chosen(NAME), "UTC");
}

#[wasm_bindgen_test]
async fn choosing_a_zone_sets_it_and_keeps_it_for_the_next_time() {
    let stage = select(Config::default()).await;
    stage.choose(NAME, "Europe/Kyiv");
    settle().await;
    assert_eq!(stage.console.ui.settings.zone_untracked().name(), "Europe/Kyiv");
    assert_eq!(stage.chosen(NAME), "Europe/Kyiv");
    let config = Config { zone: "Asia/Tokyo".to_owned(), ..Config::default() };
    let (again, ()) = stage_as_left(config, move |_| ((), view! { <ZoneSelect /> }.into_any()));
    assert_eq!(again.chosen(NAME), "Europe/Kyiv", "before the many zones are there, too");
}

#[wasm_bindgen_test]
async fn a_kept_zone_that_is_none_is_passed_over() {
    local_storage().set_item("runboard.zone", "<b>nowhere</b>").unwrap();
    let (stage, ()) = stage_as_left(Config::default(), move |_| ((), view! { <ZoneSelect /> }.into_any()));
    assert_eq!(stage.chosen(NAME), "UTC");
    assert!(!stage.has("b"));
}

#[wasm_bindgen_test]
async fn the_browser_s_own_zone_is_offered_first_and_only_once() {
    let _browser = browser_in("America/New_York");
    let stage = select(Config::default()).await;
    let options: Vec<String> = all_in(&stage.find("combobox", NAME), "option").iter().map(text_of).collect();
    assert_eq!(options[..2], ["UTC", "America/New_York (this browser)"]);
    assert_eq!(options.iter().filter(|option| option.contains("America/New_York")).count(), 1);
}

#[wasm_bindgen_test]
async fn a_zone_that_the_browser_takes_but_does_not_list_stays_chosen() {
    let none = Array::new();
    let list = Function::new_with_args("none", "return () => none").call1(&JsValue::UNDEFINED, &none).unwrap();
    let _unlisted = Stub::value(&get(&js_sys::global(), "Intl"), "supportedValuesOf", &list);
    let config = Config { zone: "Europe/Vaduz".to_owned(), ..Config::default() };
    let (stage, ()) = stage_with(config, move |_| ((), view! { <ZoneSelect /> }.into_any()));
    let options = || all_in(&stage.find("combobox", NAME), "option");
    let before = options().len();
    until("the few zones are there", || options().len() > before).await;
    settle().await;
    assert_eq!(stage.chosen(NAME), "Europe/Vaduz");
}

#[wasm_bindgen_test]
async fn a_zone_set_elsewhere_is_shown() {
    let stage = select(Config::default()).await;
    for zone in ["Asia/Tokyo", "UTC"] {
        stage.console.ui.settings.set_zone(Zone::named(zone).unwrap());
        settle().await;
        assert_eq!(stage.chosen(NAME), zone);
    }
}
