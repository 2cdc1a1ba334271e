use super::*;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Central Europe in 2026.
fn berlin(instant: Timestamp) -> i32 {
    let summer = at("2026-03-29T01:00:00Z")..at("2026-10-25T01:00:00Z");
    if summer.contains(&instant) { 7200 } else { 3600 }
}

const NOW: &str = "2026-03-28T23:30:15.250Z";

#[test]
fn parses_typed_times() {
    for (text, iso) in [
        ("2026-03-30 02:30", "2026-03-30T00:30:00Z"),
        (" 2026-03-30   02:30:05 ", "2026-03-30T00:30:05Z"),
        ("2026-03-30T02:30:05.75", "2026-03-30T00:30:05.750Z"),
        ("2026-03-30t2:30", "2026-03-30T00:30:00Z"),
        ("2026-03-30T02:30Z", "2026-03-30T02:30:00Z"),
        ("2026-03-30 02:30:00-0500", "2026-03-30T07:30:00Z"),
        ("2026-03-30 02:30 UTC", "2026-03-30T02:30:00Z"),
        ("2026-03-30 02:30:14 UTC+02:00", "2026-03-30T00:30:14Z"),
        ("2026-03-30 02:30 UTC-03:30", "2026-03-30T06:00:00Z"),
        ("now", NOW),
        ("NOW", NOW),
        ("+2h", "2026-03-29T01:30:15.250Z"),
        ("+ 1d 4h", "2026-03-30T03:30:15.250Z"),
        // It is already the 29th in the zone.
        ("today 18:00", "2026-03-29T16:00:00Z"),
        ("Today 01:30", "2026-03-29T00:30:00Z"),
        ("tomorrow 09:00", "2026-03-30T07:00:00Z"),
        ("09:00", "2026-03-29T07:00:00Z"),
        ("9:00:30", "2026-03-29T07:00:30Z"),
        ("２０２６－０３－３０\u{a0}０２：３０", "2026-03-30T00:30:00Z"),
        ("\u{feff}2026-03-30\u{202f}02:30\u{200e}", "2026-03-30T00:30:00Z"),
        ("“2026-03-30T02:30Z”", "2026-03-30T02:30:00Z"),
    ] {
        assert_eq!(read(text, at(NOW), &berlin), TimeInput::At(at(iso)), "{text}");
    }
}

#[test]
fn reports_local_times_that_happen_twice_or_never() {
    let never = TimeInput::Never(at("2026-03-29T00:59:00Z"), at("2026-03-29T01:00:00Z"));
    let twice = TimeInput::Twice(at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"));
    for (text, input) in [
        ("2026-03-29 02:30", never),
        ("today 02:30", never),
        ("02:30", never),
        ("2026-10-25 02:30", twice),
        ("2026-10-25T02:30", twice),
        ("2026-10-25 02:30 UTC+02:00", TimeInput::At(at("2026-10-25T00:30:00Z"))),
        ("", TimeInput::Empty),
        (" \t", TimeInput::Empty),
    ] {
        assert_eq!(read(text, at(NOW), &berlin), input, "{text}");
    }
}

#[test]
fn rejects_unknown_text() {
    for text in [
        "2026-03-30",
        "2026-02-30 10:00",
        "2026-03-30 24:00",
        "2026-03-30 10:00:60",
        "2026-03-30 10",
        "30.03.2026 10:00",
        "3/30/2026 10:00",
        "yesterday 10:00",
        "today",
        "tomorrow",
        "+",
        "+2",
        "-2h",
        "2h",
        "9",
        "9:0",
        "UTC",
        "10:00 UTC",
        "2026-03-30 10:00 CET",
        "0001-01-01 00:00",
    ] {
        assert_eq!(read(text, at(NOW), &berlin), TimeInput::Unreadable, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_in_any_zone_is_accepted(
        text in "\\PC{0,30}|(today|tomorrow|2026-03-29|9999-12-31|0001-01-01)[ T][0-9:.]{0,12}(Z|UTC[-+0-9:]{0,6})?|\\+[0-9dhms ]{0,12}",
        now in any::<i64>(), offset in any::<i32>(),
    ) {
        if let TimeInput::At(instant) = read(&text, Timestamp::from_millis(now).printable(), &|_| offset) {
            prop_assert_eq!(instant, instant.printable());
        }
        let _ = read(&text, Timestamp::from_millis(now), &|_| offset);
    }

    #[test]
    fn field_text_round_trips(seconds in 0_i64..4_000_000_000, offset in -56_000_i32..56_000) {
        let instant = Timestamp::from_millis(seconds * 1000);
        let text = crate::time::print::field_text(instant, offset);
        prop_assert_eq!(read(&text, Timestamp::from_millis(0), &|_| offset), TimeInput::At(instant));
    }
}
