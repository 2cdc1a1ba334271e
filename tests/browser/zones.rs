//! Time zones as the browser knows them.

use super::support::at;
use runboard::browser::zones::{Zone, names};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_zone_knows_its_offset_on_both_sides_of_a_change_of_its_clock() {
    let berlin = Zone::named("Europe/Berlin").unwrap();
    assert_eq!(berlin.offset(at("2026-03-29T00:59:59Z")), 3600);
    assert_eq!(berlin.offset(at("2026-03-29T01:00:00Z")), 7200);
    assert_eq!(berlin.offset(at("2026-10-25T00:59:59Z")), 7200);
    assert_eq!(berlin.offset(at("2026-10-25T01:00:00Z")), 3600);
}

#[wasm_bindgen_test]
fn offsets_of_half_hours_west_of_utc_and_of_old_times_with_seconds_are_read() {
    let offset = |zone: &str, instant: &str| Zone::named(zone).unwrap().offset(at(instant));
    assert_eq!(offset("America/St_Johns", "2026-01-01T00:00:00Z"), -12_600);
    assert_eq!(offset("Asia/Kathmandu", "2026-01-01T00:00:00Z"), 20_700);
    assert_eq!(offset("Africa/Monrovia", "1960-01-01T00:00:00Z"), -2_670);
    assert_eq!(offset("UTC", "2026-01-01T00:00:00Z"), 0);
}

#[wasm_bindgen_test]
fn a_renamed_zone_is_known_and_listed_under_both_of_its_names() {
    let listed = names();
    for (old, new) in [("Asia/Calcutta", "Asia/Kolkata"), ("Europe/Kiev", "Europe/Kyiv")] {
        let offset = |name| Zone::named(name).unwrap().offset(at("2026-01-01T00:00:00Z"));
        assert_eq!(offset(old), offset(new));
        assert!(listed.iter().any(|name| name == old) && listed.iter().any(|name| name == new), "{old}, {new}");
    }
}

#[wasm_bindgen_test]
fn a_name_that_is_no_zone_gives_none() {
    for name in ["Europe/Atlantis", "", "<b>", "Europe/Berlin; x"] {
        assert!(Zone::named(name).is_none(), "{name}");
    }
}

#[wasm_bindgen_test]
fn the_list_of_zones_is_sorted_and_names_each_once() {
    let listed = names();
    assert!(listed.len() > 300, "only {}", listed.len());
    assert!(listed.windows(2).all(|pair| pair[0] < pair[1]));
}
