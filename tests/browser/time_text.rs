//! A printed time: its zone is part of it, and the exact instant stays within reach.

use super::support::{at, attribute, found_in, settle, stage, text_of};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::{MaybeTime, TimeText};
use runboard_core::time::print::Precision;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_time_prints_its_zone_and_carries_the_instant_in_utc() {
    let (stage, ()) = stage(move |_| ((), view! { <TimeText at=at("2026-07-01T12:00:00Z") /> }.into_any()));
    let time = stage.one("time");
    assert_eq!(text_of(&time), "2026-07-01 12:00:00 UTC");
    stage.console.ui.settings.set_zone(Zone::named("Europe/Berlin").unwrap());
    settle().await;
    assert_eq!(text_of(&time), "2026-07-01 14:00:00 UTC+02:00");
    for name in ["datetime", "title"] {
        assert_eq!(attribute(&time, name).as_deref(), Some("2026-07-01T12:00:00.000Z"), "{name}");
    }
}

#[wasm_bindgen_test]
fn each_precision_prints_the_zone_and_none_loses_the_instant() {
    let cases = [
        (Precision::Minutes, "2026-07-01 12:00 UTC"),
        (Precision::Seconds, "2026-07-01 12:00:59 UTC"),
        (Precision::ClockSeconds, "12:00:59 UTC"),
    ];
    for (precision, printed) in cases {
        let at = at("2026-07-01T12:00:59.999Z");
        let (stage, ()) = stage(move |_| ((), view! { <TimeText at=at precision=precision /> }.into_any()));
        assert_eq!(stage.text("time"), printed);
        assert_eq!(attribute(&stage.one("time"), "datetime").as_deref(), Some("2026-07-01T12:00:59.999Z"));
    }
}

#[wasm_bindgen_test]
async fn a_time_follows_its_instant() {
    let (stage, instant) = stage(move |_| {
        let instant = RwSignal::new(at("2026-07-01T12:00:00Z"));
        (instant, view! { <TimeText at=instant /> }.into_any())
    });
    instant.set(at("2026-07-02T12:00:00Z"));
    settle().await;
    assert_eq!(stage.text("time"), "2026-07-02 12:00:00 UTC");
    assert_eq!(attribute(&stage.one("time"), "datetime").as_deref(), Some("2026-07-02T12:00:00.000Z"));
}

#[wasm_bindgen_test]
async fn a_time_that_the_api_left_out_is_said_to_be_missing_until_it_comes() {
    let (stage, instant) = stage(move |_| {
        let instant = RwSignal::new(None);
        (instant, view! { <MaybeTime at=instant /> }.into_any())
    });
    assert!(found_in(&stage.host, "time").is_empty());
    assert_eq!(stage.said(), "not given");
    instant.set(Some(at("2026-07-02T12:00:00Z")));
    settle().await;
    assert_eq!(stage.said(), "2026-07-02 12:00:00 UTC");
}
