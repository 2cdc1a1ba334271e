use super::*;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

#[test]
fn prints_times_with_their_zone() {
    let sample = at("2022-05-02T17:23:14.900Z");
    for (offset, precision, text) in [
        (0, Precision::Seconds, "2022-05-02 17:23:14 UTC"),
        (7200, Precision::Seconds, "2022-05-02 19:23:14 UTC+02:00"),
        (0, Precision::Minutes, "2022-05-02 17:23 UTC"),
        (50_400, Precision::Minutes, "2022-05-03 07:23 UTC+14:00"),
        (-75, Precision::Seconds, "2022-05-02 17:21:59 UTC-00:01:15"),
    ] {
        assert_eq!(print(sample, offset, precision), text);
    }
    assert_eq!(clock_in_zone(sample, 0), "17:23:14 UTC");
    assert_eq!(clock_in_zone(sample, -12_600), "13:53:14 UTC-03:30");
}

#[test]
fn words_have_seconds_only_where_they_are_not_zero() {
    for (time, offset, words) in [
        ("2022-05-02T17:23:14.900Z", 0, "Mon 2 May 2022 17:23:14 UTC"),
        ("2022-05-02T17:23:00.900Z", 7200, "Mon 2 May 2022 19:23 UTC+02:00"),
        ("2022-05-02T17:23:14Z", 50_400, "Tue 3 May 2022 07:23:14 UTC+14:00"),
    ] {
        assert_eq!(in_words(at(time), offset), words);
    }
}

#[test]
fn prints_offset_seconds_only_when_present() {
    for (offset, words) in [
        (0, "UTC"),
        (7200, "UTC+02:00"),
        (-12_600, "UTC-03:30"),
        (20_700, "UTC+05:45"),
        (3208, "UTC+00:53:28"),
        (-1, "UTC-00:00:01"),
        (i32::MAX, "UTC+596523:14:07"),
        (i32::MIN, "UTC-596523:14:08"),
    ] {
        assert_eq!(offset_words(offset), words);
    }
}

#[test]
fn field_text_omits_zero_seconds() {
    for (time, field, clock) in [
        ("2026-03-29T02:30:00Z", "2026-03-29 02:30", "02:30"),
        ("2026-03-29T02:30:00.999Z", "2026-03-29 02:30", "02:30"),
        ("2026-03-29T02:30:01Z", "2026-03-29 02:30:01", "02:30:01"),
        ("0987-01-02T00:00:00Z", "0987-01-02 00:00", "00:00"),
    ] {
        assert_eq!(field_text(at(time), 0), field);
        assert_eq!(clock_words(at(time), 0), clock);
    }
}

#[test]
fn names_the_day_in_that_zone() {
    assert_eq!(day_words(at("2022-05-03T10:51:03Z"), 0), "Tue 3 May 2022");
    assert_eq!(day_words(at("2022-12-31T23:00:00Z"), 3600), "Sun 1 Jan 2023");
    assert_eq!(day_words(at("2022-05-01T00:00:00Z"), -1), "Sat 30 Apr 2022");
}

proptest! {
    #[test]
    fn any_instant_at_any_offset_is_printed(millis in any::<i64>(), offset in any::<i32>()) {
        let instant = Timestamp::from_millis(millis);
        for precision in [Precision::Minutes, Precision::Seconds] {
            prop_assert!(print(instant, offset, precision).contains("UTC"));
        }
        prop_assert!(in_words(instant, offset).contains("UTC") && clock_in_zone(instant, offset).contains("UTC"));
        prop_assert!(field_text(instant, offset).len() >= 16);
        prop_assert!(day_words(instant, offset).len() >= 14);
        prop_assert!(clock_words(instant, offset).len() >= 5);
    }
}

#[test]
fn readable_times_have_a_year_only_where_it_is_another() {
    for (instant, offset, now, words) in [
        ("2026-11-30T08:00:59Z", 3600, "2026-01-01T00:00:00Z", "Mon 30 Nov 09:00"),
        ("2026-12-31T23:30:00Z", 3600, "2026-12-31T12:00:00Z", "Fri 1 Jan 2027 00:30"),
        ("2026-12-31T23:30:00Z", 3600, "2026-12-31T23:00:00Z", "Fri 1 Jan 00:30"),
        ("2025-02-03T04:05:00Z", 0, "2026-02-03T04:05:00Z", "Mon 3 Feb 2025 04:05"),
        ("0001-01-01T00:00:00Z", 0, "0001-06-01T00:00:00Z", "Mon 1 Jan 00:00"),
    ] {
        assert_eq!(readable(at(instant), offset, at(now)), words, "{instant} at {offset}");
    }
}

#[test]
fn an_end_on_the_day_of_its_start_is_only_a_clock_time() {
    let now = at("2026-06-01T00:00:00Z");
    let start = at("2026-11-30T22:30:00Z");
    for (end, offset, words) in [
        ("2026-11-30T23:29:59Z", 0, "23:29"),
        ("2026-12-01T00:00:00Z", 0, "Tue 1 Dec 00:00"),
        ("2026-11-30T23:29:59Z", 3600, "Tue 1 Dec 00:29"),
        ("2027-11-30T22:45:00Z", 0, "Tue 30 Nov 2027 22:45"),
    ] {
        assert_eq!(readable_end(start, at(end), (offset, offset), now), words, "{end} at {offset}");
    }
}
