//! Times are shown with their zone, and their exact instant stays available.

use super::support::{at, attribute, found_in, render, settle, text_of};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::{MaybeTime, TimeText};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn time_shows_its_zone_and_carries_utc() {
    let (screen, ()) = render(move |_| ((), view! { <TimeText at=at("2026-07-01T12:00:00Z") /> }.into_any()));
    let time = screen.one("time");
    assert_eq!(text_of(&time), "Wed 1 Jul 2026 12:00 UTC");
    screen.context.ui.settings.set_zone(Zone::named("Europe/Berlin").unwrap());
    settle().await;
    assert_eq!(text_of(&time), "Wed 1 Jul 2026 14:00 UTC+02:00");
    for name in ["datetime", "title"] {
        assert_eq!(attribute(&time, name).as_deref(), Some("2026-07-01T12:00:00.000Z"), "{name}");
    }
}

#[wasm_bindgen_test]
fn time_with_or_without_its_day_shows_the_zone_and_keeps_the_instant() {
    for (clock_only, printed) in [(false, "Wed 1 Jul 2026 12:00:59 UTC"), (true, "12:00:59 UTC")] {
        let at = at("2026-07-01T12:00:59.999Z");
        let (screen, ()) = render(move |_| ((), view! { <TimeText at=at clock_only=clock_only /> }.into_any()));
        assert_eq!(screen.text("time"), printed);
        assert_eq!(attribute(&screen.one("time"), "datetime").as_deref(), Some("2026-07-01T12:00:59.999Z"));
    }
}

#[wasm_bindgen_test]
async fn time_follows_its_signal() {
    let (screen, instant) = render(move |_| {
        let instant = RwSignal::new(at("2026-07-01T12:00:00Z"));
        (instant, view! { <TimeText at=instant /> }.into_any())
    });
    instant.set(at("2026-07-02T12:00:00Z"));
    settle().await;
    assert_eq!(screen.text("time"), "Thu 2 Jul 2026 12:00 UTC");
    assert_eq!(attribute(&screen.one("time"), "datetime").as_deref(), Some("2026-07-02T12:00:00.000Z"));
}

#[wasm_bindgen_test]
async fn missing_time_is_marked_until_it_arrives() {
    let (screen, instant) = render(move |_| {
        let instant = RwSignal::new(None);
        (instant, view! { <MaybeTime at=instant /> }.into_any())
    });
    assert!(found_in(&screen.host, "time").is_empty());
    assert_eq!(screen.full_text(), "not given");
    instant.set(Some(at("2026-07-02T12:00:00Z")));
    settle().await;
    assert_eq!(screen.full_text(), "Thu 2 Jul 2026 12:00 UTC");
}
