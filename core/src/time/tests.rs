use super::*;
use proptest::prelude::*;

#[test]
fn parses_iso_8601_with_an_offset() {
    let printed = 1_651_512_194_000;
    for (text, millis) in [
        ("2022-05-02T17:23:14.000Z", printed),
        ("2022-05-02T17:23:14Z", printed),
        ("2022-05-02 17:23:14Z", printed),
        ("2022-05-02t17:23:14z", printed),
        ("2022-05-02T19:23:14+02:00", printed),
        ("2022-05-02T19:23:14+0200", printed),
        ("2022-05-02T13:53:14-03:30", printed),
        ("2022-05-02T17:23Z", printed - 14_000),
        ("2022-05-02T17:23:14.5Z", printed + 500),
        ("2022-05-02T17:23:14,25Z", printed + 250),
        ("2022-05-02T17:23:14.007Z", printed + 7),
        ("2022-05-02T17:23:14.9999999999999999Z", printed + 999),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.999Z", -1),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ("2017-01-01T00:59:60+01:00", 1_483_228_800_000),
        ("2022-05-02T17:22:60Z", printed - 14_000),
        ("2022-05-02 17:23:14+00", printed),
        ("2022-05-02 19:23:14.000+02", printed),
        ("2022-05-02T13:53:14-0330", printed),
        ("2022-05-02T24:00:00Z", 1_651_536_000_000),
        ("2022-05-02T24:00+00:00", 1_651_536_000_000),
        ("2022-05-02T17:23:14Z[UTC]", printed),
        ("2022-05-02T19:23:14+02:00[Europe/Berlin]", printed),
        ("2022-05-02T17:23:14Z[Etc/GMT+0][u-ca=gregory]", printed),
        ("0001-01-01T00:00:00Z", Timestamp::EARLIEST.millis()),
        ("9999-12-31T23:59:59.999Z", Timestamp::LATEST.millis()),
    ] {
        assert_eq!(Timestamp::parse(text).map(Timestamp::millis), Some(millis), "{text}");
    }
}

#[test]
fn rejects_text_that_is_no_instant() {
    for text in [
        "",
        "Z",
        "2022-05-02",
        "2022-05-02T17:23:14",
        "2022-05-02T17:23:14.Z",
        "2022-05-02T17:23:14 Z",
        "2022-05-02T24:00:01Z",
        "2022-05-02T24:01Z",
        "2022-05-02T25:00:00Z",
        "2022-05-02T17:23:14[UTC]",
        "2022-05-02T17:23:14Z[]",
        "2022-05-02T17:23:14Z[UTC",
        "2022-05-02T17:23:14Z[UTC]Z",
        "2022-05-02T17:23:14Z[!Europe/Berlin]",
        "2022-05-02T17:60:00Z",
        "2022-05-02T17:23:61Z",
        "2022-02-29T00:00:00Z",
        "2022-13-01T00:00:00Z",
        "2022-00-01T00:00:00Z",
        "2022-05-02T17:23:14+2:00",
        "2022-05-02T17:23:14+02:",
        "2022-05-02T17:23:14+0",
        "2022-05-02T17:23:14+020",
        "2022-05-02T17:23:14+24:00",
        "2022-05-02T17:23:14+02:60",
        "2022-05-02T17:23:14+02:00:00",
        "2022-05-02T7:23:14Z",
        "22-05-02T17:23:14Z",
        "12022-05-02T17:23:14Z",
        "+2022-05-02T17:23:14Z",
        "-2022-05-02T17:23:14Z",
        " 2022-05-02T17:23:14Z",
        "2022-05-02T17:23:14Zx",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "٢٠٢٢-05-02T17:23:14Z",
        "1651512194000",
    ] {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

#[test]
fn prints_timestamps_like_the_api() {
    for text in ["2022-05-03T10:51:03.993Z", "2022-05-02T17:23:14.000Z", "0001-01-01T00:00:00.000Z"] {
        assert_eq!(Timestamp::parse(text).unwrap().to_iso(), text);
    }
}

#[test]
fn saturates_at_the_printable_range() {
    let ends = [Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX)];
    assert_eq!(ends[0].to_iso(), "0001-01-01T00:00:00.000Z");
    assert_eq!(ends[1].to_iso(), "9999-12-31T23:59:59.999Z");
    assert_eq!(ends[1].plus(Span::from_millis(i64::MAX)), Timestamp::LATEST);
    assert_eq!(ends[0].plus(Span::from_millis(i64::MIN)), Timestamp::EARLIEST);
    assert_eq!(Timestamp::LATEST.plus(Span::from_millis(1)), Timestamp::LATEST);
    assert_eq!(ends[1].since(ends[0]), Span::from_millis(i64::MAX));
    assert_eq!(ends[0].since(ends[1]), Span::from_millis(i64::MIN));
}

proptest! {
    #[test]
    fn iso_text_round_trips(millis in Timestamp::EARLIEST.millis()..=Timestamp::LATEST.millis()) {
        let instant = Timestamp::from_millis(millis);
        prop_assert_eq!(Timestamp::parse(&instant.to_iso()), Some(instant));
    }

    #[test]
    fn any_text_is_accepted(text in "\\PC{0,40}|[-0-9T:.Z+ ]{0,40}") {
        if let Some(instant) = Timestamp::parse(&text) {
            prop_assert_eq!(instant, instant.printable());
        }
    }
}
