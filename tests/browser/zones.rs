//! Time zones as the browser knows them.

use super::support::at;
use runboard::browser::zones::{Zone, names};
use runboard_core::time::input::{TimeInput, read};
use runboard_core::time::print::field_text;
use runboard_core::time::{Span, Timestamp};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn zone_offset_changes_with_daylight_saving() {
    let berlin = Zone::named("Europe/Berlin").unwrap();
    assert_eq!(berlin.offset(at("2026-03-29T00:59:59Z")), 3600);
    assert_eq!(berlin.offset(at("2026-03-29T01:00:00Z")), 7200);
    assert_eq!(berlin.offset(at("2026-10-25T00:59:59Z")), 7200);
    assert_eq!(berlin.offset(at("2026-10-25T01:00:00Z")), 3600);
}

#[wasm_bindgen_test]
fn unusual_offsets_are_read() {
    let offset = |zone: &str, instant: &str| Zone::named(zone).unwrap().offset(at(instant));
    assert_eq!(offset("America/St_Johns", "2026-01-01T00:00:00Z"), -12_600);
    assert_eq!(offset("Asia/Kathmandu", "2026-01-01T00:00:00Z"), 20_700);
    assert_eq!(offset("Africa/Monrovia", "1960-01-01T00:00:00Z"), -2_670);
    assert_eq!(offset("UTC", "2026-01-01T00:00:00Z"), 0);
}

#[wasm_bindgen_test]
fn renamed_zone_is_listed_under_both_names() {
    let listed = names();
    for (old, new) in [("Asia/Calcutta", "Asia/Kolkata"), ("Europe/Kiev", "Europe/Kyiv")] {
        let offset = |name| Zone::named(name).unwrap().offset(at("2026-01-01T00:00:00Z"));
        assert_eq!(offset(old), offset(new));
        assert!(listed.iter().any(|name| name == old) && listed.iter().any(|name| name == new), "{old}, {new}");
    }
}

#[wasm_bindgen_test]
fn unknown_zone_name_is_none() {
    for name in ["Europe/Atlantis", "", "<b>", "Europe/Berlin; x"] {
        assert!(Zone::named(name).is_none(), "{name}");
    }
}

#[wasm_bindgen_test]
fn zone_list_is_sorted_and_unique() {
    let listed = names();
    assert!(listed.len() > 300, "only {}", listed.len());
    assert!(listed.windows(2).all(|pair| pair[0] < pair[1]));
}

/// Pseudo-random numbers that are the same in every run (Park and Miller).
struct PseudoRandom(u64);

impl PseudoRandom {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        i64::try_from(self.0).unwrap() % limit
    }
}

/// Asserts that the text printed for an instant is read as that instant, or as two where the local time occurs twice.
fn assert_round_trip(zone: &Zone, instant: Timestamp) {
    let offset = |at| zone.offset(at);
    let text = field_text(instant, zone.offset(instant));
    match read(&text, instant, &offset) {
        TimeInput::At(found) => assert_eq!(found, instant, "{} {text}", zone.name()),
        TimeInput::Twice(earlier, later) => {
            assert!(earlier < later && [earlier, later].contains(&instant), "{} {text}", zone.name());
        }
        other => panic!("{} {text}: {other:?}", zone.name()),
    }
}

#[wasm_bindgen_test]
fn printed_time_round_trips_in_every_zone() {
    let mut random = PseudoRandom(20_260_310);
    for name in names() {
        let zone = Zone::named(&name).unwrap();
        for _ in 0..4 {
            // Whole minutes from 1973 to 2037: earlier, some zones had offsets with seconds, which a field does not show.
            assert_round_trip(&zone, Timestamp::from_millis((1_577_880 + random.below(34_000_000)) * 60_000));
        }
    }
}

#[wasm_bindgen_test]
fn times_around_clock_changes_round_trip() {
    let mut random = PseudoRandom(42);
    let mut changes = 0;
    for name in names() {
        let zone = Zone::named(&name).unwrap();
        let year = Timestamp::from_millis((1_577_880 + random.below(33_000_000)) * 60_000);
        let month = |number: i64| year.plus(Span::from_hours(730 * number));
        let Some(first) = (0..12).find(|number| zone.offset(month(*number)) != zone.offset(month(number + 1))) else {
            continue;
        };
        // Finds the minute of the change by bisection.
        let (mut before, mut after) = (month(first).millis() / 60_000, month(first + 1).millis() / 60_000);
        let at_start = zone.offset(month(first));
        while after - before > 1 {
            let middle = before.midpoint(after);
            if zone.offset(Timestamp::from_millis(middle * 60_000)) == at_start {
                before = middle
            } else {
                after = middle
            }
        }
        changes += 1;
        for minutes in [-61, -60, -31, -30, -1, 0, 1, 29, 30, 59, 60] {
            assert_round_trip(&zone, Timestamp::from_millis((after + minutes) * 60_000));
        }
        // A local time that is skipped is refused, with the times around it.
        let leap = zone.offset(Timestamp::from_millis(after * 60_000)) - at_start;
        if leap >= 120 {
            let skipped = Timestamp::from_millis((after + 1) * 60_000);
            let text = field_text(skipped, at_start);
            let plain = text.split(" UTC").next().unwrap();
            match read(plain, skipped, &|at| zone.offset(at)) {
                TimeInput::Never(earlier, later) => assert!(earlier < later, "{name} {plain}"),
                other => panic!("{name} {plain}: {other:?}"),
            }
        }
    }
    assert!(changes > 50, "only {changes}");
}
