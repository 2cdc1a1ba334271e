use super::*;
use proptest::prelude::*;

#[test]
fn words_name_the_two_largest_units_rounded_down() {
    for (millis, words, exact) in [
        (0, "0 s", "0 s"),
        (999, "0 s", "0 s"),
        (45_000, "45 s", "45 s"),
        (59_999, "59 s", "59 s"),
        (60_000, "1 min", "1 min"),
        (61_000, "1 min 1 s", "1 min 1 s"),
        (3_599_999, "59 min 59 s", "59 min 59 s"),
        (3_600_000, "1 h", "1 h"),
        (3_605_000, "1 h", "1 h 5 s"),
        (30_600_000, "8 h 30 min", "8 h 30 min"),
        (86_399_000, "23 h 59 min", "23 h 59 min 59 s"),
        (93_784_000, "1 d 2 h", "1 d 2 h 3 min 4 s"),
        (187_200_000, "2 d 4 h", "2 d 4 h"),
        (172_800_000 + 300_000, "2 d", "2 d 5 min"),
        (-30_600_000, "8 h 30 min", "8 h 30 min"),
        (i64::MAX, "106751991167 d 7 h", "106751991167 d 7 h 12 min 55 s"),
        (i64::MIN, "106751991167 d 7 h", "106751991167 d 7 h 12 min 55 s"),
    ] {
        assert_eq!(Span::from_millis(millis).words(), words);
        assert_eq!(Span::from_millis(millis).exact_words(), exact);
    }
}

#[test]
fn parses_typed_lengths() {
    let minutes = |minutes| Span::from_minutes(minutes);
    for (text, span) in [
        ("8h 30m", minutes(510)),
        ("8h30m", minutes(510)),
        (" 8 h  30 min ", minutes(510)),
        ("8 H 30 Min", minutes(510)),
        ("90 min", minutes(90)),
        ("1.5 h", minutes(90)),
        ("1,5 h", minutes(90)),
        ("1h 1.5m", Span::from_seconds(3690)),
        ("0.25d", minutes(360)),
        ("2d", minutes(2880)),
        ("2 days 1 hour", minutes(2940)),
        ("45s", Span::from_seconds(45)),
        ("8:30", minutes(510)),
        ("0:01", minutes(1)),
        ("36:00", minutes(2160)),
        ("1h30", minutes(90)),
        ("1 h 05", minutes(65)),
        ("366d", minutes(366 * 1440)),
        ("0.001 s", Span::from_millis(1)),
        ("8\u{a0}h", minutes(480)),
    ] {
        assert_eq!(Span::parse(text), Some(span), "{text}");
    }
}

#[test]
fn rejects_text_that_is_no_length() {
    for text in [
        "",
        " ",
        "90",
        "h",
        "8:3",
        "8:60",
        ":30",
        "8:",
        "8:30:00",
        "1h90",
        "1h3h",
        "30m 8h",
        "8h 8h",
        "2d4",
        "1m30",
        "1.5h 30m",
        "1.5h30",
        "1,500 h",
        "1.1234567 h",
        "1..5 h",
        "1.5.5 h",
        ".5 h",
        "5. h",
        "-8h",
        "+8h",
        "8h,",
        "8 weeks",
        "8 h and",
        "0s",
        "0:00",
        "0.0001 s",
        "366d 1s",
        "367d",
        "9999999999h",
        "999999999d",
        "99999999999999999999999999h",
        "８h",
    ] {
        assert_eq!(Span::parse(text), None, "{text}");
    }
}

#[test]
fn constructors_saturate() {
    for span in [Span::from_seconds(i64::MAX), Span::from_minutes(i64::MAX), Span::from_hours(i64::MAX)] {
        assert_eq!(span.millis(), i64::MAX);
    }
    assert_eq!(Span::from_hours(i64::MIN).millis(), i64::MIN);
}

proptest! {
    #[test]
    fn exact_words_round_trip(seconds in 1_i64..=366 * 86_400) {
        let span = Span::from_seconds(seconds);
        prop_assert_eq!(Span::parse(&span.exact_words()), Some(span));
    }

    #[test]
    fn words_round_down_to_the_second_unit(seconds in 1_i64..=366 * 86_400) {
        let span = Span::from_seconds(seconds);
        let said = Span::parse(&span.words()).unwrap();
        prop_assert!(said <= span);
        prop_assert!((span.millis() - said.millis()) * 24 <= span.millis());
    }

    #[test]
    fn any_text_is_accepted(text in "\\PC{0,30}|[0-9dhmins:., ]{0,30}") {
        if let Some(span) = Span::parse(&text) {
            prop_assert!(span.millis() > 0 && span <= Span::from_hours(366 * 24));
        }
    }
}
