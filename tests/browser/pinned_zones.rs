//! The window in other zones, under the times of the form.

use super::support::{Screen, dispatch, local_storage, settle, text_of};
use js_sys::Function;
use leptos::prelude::Update;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

/// `Mon 30 Nov 2026 09:00`, as the browser's own formatter says.
fn by_browser(zone: &str, millis: f64) -> String {
    let body = "const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', {
            timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric',
            hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
        }).formatToParts(millis).map(({ type, value }) => [type, value]));
        return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year} ${parts.hour}:${parts.minute}`;";
    let format = Function::new_with_args("zone, millis", body);
    format.call2(&JsValue::NULL, &zone.into(), &millis.into()).unwrap().as_string().unwrap()
}

async fn pin(screen: &Screen, zone: &str) {
    let field: HtmlInputElement = screen.one("#add-zone").unchecked_into();
    field.set_value(zone);
    dispatch(&field, "input");
    screen.one(".add-zone button").unchecked_into::<HtmlElement>().click();
    settle().await;
}

#[wasm_bindgen_test]
async fn pinned_zones_show_what_the_clocks_there_show() {
    let zones = ["America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"];
    let (screen, _) = super::planning::form(runboard::components::KnownRuns::All);
    settle().await;
    for zone in zones {
        pin(&screen, zone).await;
    }
    let from = super::support::at("2026-05-03T09:00:00Z").millis() as f64;
    let shown: Vec<String> = screen.all(".zone-window").iter().map(text_of).collect();
    assert_eq!(shown.len(), zones.len());
    for (shown, zone) in shown.iter().zip(zones) {
        assert!(shown.starts_with(&by_browser(zone, from)), "{zone}: {shown}, {}", by_browser(zone, from));
    }
    assert!(screen.has(".zone-night"));
}

#[wasm_bindgen_test]
async fn zone_is_pinned_by_its_city_stored_and_removed() {
    let (screen, _) = super::planning::form(runboard::components::KnownRuns::All);
    settle().await;
    pin(&screen, "Atlantis").await;
    assert!(screen.shows("No such zone."));
    pin(&screen, "new york").await;
    pin(&screen, "America/New_York").await;
    assert!(screen.shows("This zone is already pinned."));
    let stored = || local_storage().get_item("runboard.pinned-zones").unwrap();
    assert_eq!(stored().as_deref(), Some("America/New_York"));
    assert_eq!(screen.text(".zone-city"), "New York");
    screen.one(".zone-rows button").unchecked_into::<HtmlElement>().click();
    settle().await;
    assert_eq!(stored(), None);
    assert!(!screen.has(".zone-city"));
}

#[wasm_bindgen_test]
async fn times_of_the_last_window_are_dimmed_and_not_copied_while_a_time_is_typed() {
    let (screen, draft) = super::planning::form(runboard::components::KnownRuns::All);
    settle().await;
    pin(&screen, "Asia/Tokyo").await;
    let is_inert = |part: &str| screen.one(part).has_attribute("inert");
    assert!(!is_inert(".zones-copy") && !is_inert(".zone-times"));
    draft.update(|draft| draft.start_text = "2026-05-0".to_owned());
    settle().await;
    assert!(is_inert(".zones-copy") && is_inert(".zone-times"));
    assert!(screen.one(".zone-times").class_list().contains("stale"));
}
