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
        // The 29th is a Sunday.
        ("tomorrow 9am", "2026-03-30T07:00:00Z"),
        ("9 am tomorrow", "2026-03-30T07:00:00Z"),
        ("tomorrow at 9:30 p.m.", "2026-03-30T19:30:00Z"),
        ("yesterday 10:00", "2026-03-28T09:00:00Z"),
        ("today noon", "2026-03-29T10:00:00Z"),
        ("midnight", "2026-03-29T22:00:00Z"),
        ("12am", "2026-03-28T23:00:00Z"),
        ("12 pm", "2026-03-29T10:00:00Z"),
        ("9.30pm", "2026-03-29T19:30:00Z"),
        ("Sunday 09:00", "2026-03-29T07:00:00Z"),
        // It is 00:30 there.
        ("Sunday 00:15", "2026-04-04T22:15:00Z"),
        ("Sat 09:00", "2026-04-04T07:00:00Z"),
        ("this Thurs, 5pm", "2026-04-02T15:00:00Z"),
        ("next Tuesday 9:00", "2026-03-31T07:00:00Z"),
        ("29.11.2026 09:00", "2026-11-29T08:00:00Z"),
        ("29/11/2026 9:00", "2026-11-29T08:00:00Z"),
        ("11/29/2026 9:00 AM", "2026-11-29T08:00:00Z"),
        ("29.11. 9:00", "2026-11-29T08:00:00Z"),
        ("29/11 9:00", "2026-11-29T08:00:00Z"),
        ("4.4.2026 09:00", "2026-04-04T07:00:00Z"),
        ("Fri 3/4/2026 09:00", "2026-04-03T07:00:00Z"),
        ("2026/3/30 9:00", "2026-03-30T07:00:00Z"),
        ("30 Nov 09:00", "2026-11-30T08:00:00Z"),
        ("1 December 2025, 09:00", "2025-12-01T08:00:00Z"),
        ("Nov 30th, 2026 at 9am", "2026-11-30T08:00:00Z"),
        ("Mon 30 Nov 09:00", "2026-11-30T08:00:00Z"),
        ("Mon 2 Dec 09:00", "2024-12-02T08:00:00Z"),
        ("Sun, 06 Sep 2026 08:49:37 GMT", "2026-09-06T08:49:37Z"),
        ("10:00 UTC", "2026-03-28T10:00:00Z"),
        ("23:45:10 UTC-03:00", "2026-03-29T02:45:10Z"),
        ("2026-03-30 10:00 GMT+2", "2026-03-30T08:00:00Z"),
        ("2026-03-30 24:00", "2026-03-30T22:00:00Z"),
        ("in 2 hours", "2026-03-29T01:30:15.250Z"),
        ("in an hour", "2026-03-29T00:30:15.250Z"),
        ("In 1 d 10 h", "2026-03-30T09:30:15.250Z"),
        ("90 minutes from now", "2026-03-29T01:00:15.250Z"),
        ("2 h ago", "2026-03-28T21:30:15.250Z"),
        ("= Sun 29 Mar 2026 09:00 UTC+02:00", "2026-03-29T07:00:00Z"),
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
fn asks_which_day_or_which_time_is_meant() {
    let choices = |text: &str| {
        let found = choices(text, at(NOW), &berlin);
        found.into_iter().map(|Choice { label, text }| (label, text)).collect::<Vec<_>>()
    };
    let either = |first: (&str, &str), second: (&str, &str)| {
        [first, second].map(|(label, text)| (String::from(label), String::from(text))).to_vec()
    };
    for (text, first, second) in [
        ("03/04/2026 09:00", ("Fri 3 Apr 2026", "2026-04-03 09:00"), ("Wed 4 Mar 2026", "2026-03-04 09:00")),
        ("3.4.2026 9pm", ("Fri 3 Apr 2026", "2026-04-03 21:00"), ("Wed 4 Mar 2026", "2026-03-04 21:00")),
        ("03-04-2026", ("Fri 3 Apr 2026", "2026-04-03"), ("Wed 4 Mar 2026", "2026-03-04")),
        ("3/4 9:00:05", ("Fri 3 Apr 2026", "2026-04-03 09:00:05"), ("Wed 4 Mar 2026", "2026-03-04 09:00:05")),
        (
            "3/4/2026 09:00 UTC+05:30",
            ("Fri 3 Apr 2026", "2026-04-03 09:00 UTC+05:30"),
            ("Wed 4 Mar 2026", "2026-03-04 09:00 UTC+05:30"),
        ),
        // It is Sunday.
        ("next Monday 9:00", ("Mon 30 Mar 2026", "2026-03-30 09:00"), ("Mon 6 Apr 2026", "2026-04-06 09:00")),
        ("Tuesday midnight", ("Tue 31 Mar 2026", "2026-03-31 00:00"), ("Wed 1 Apr 2026", "2026-04-01 00:00")),
    ] {
        assert_eq!(read(text, at(NOW), &berlin), TimeInput::EitherDay, "{text}");
        assert_eq!(choices(text), either(first, second), "{text}");
    }
    for text in ["tomorrow", "Monday", "2026-03-30", "30 Nov 2026", "29/11/2026"] {
        assert_eq!(read(text, at(NOW), &berlin), TimeInput::NoTimeOfDay, "{text}");
        assert_eq!(choices(text)[0], (String::from("09:00"), format!("{text} 09:00")));
    }
    let twice = ("2026-10-25 02:30 UTC+02:00", "2026-10-25 02:30 UTC+01:00");
    assert_eq!(choices("25.10.2026 02:30"), either((twice.0, twice.0), (twice.1, twice.1)));
    for text in ["", "soon", "2026-03-30 09:00", "Mon 31 Mar 2026 09:00"] {
        assert_eq!(choices(text), [], "{text}");
    }
}

#[test]
fn next_weekday_is_asked_about_only_where_two_days_may_be_meant() {
    let utc = |_: Timestamp| 0;
    let read_on = |now: &str, text: &str| read(text, at(now), &utc);
    let (wednesday, saturday) = ("2026-11-25T12:00:00Z", "2026-11-28T12:00:00Z");
    assert_eq!(read_on(saturday, "next Monday 9:00"), TimeInput::At(at("2026-11-30T09:00:00Z")));
    assert_eq!(read_on(wednesday, "next Monday 9:00"), TimeInput::At(at("2026-11-30T09:00:00Z")));
    assert_eq!(read_on(wednesday, "next Wednesday 9:00"), TimeInput::At(at("2026-12-02T09:00:00Z")));
    assert_eq!(read_on(wednesday, "next Friday 9:00"), TimeInput::EitherDay);
    assert_eq!(read_on(wednesday, "Friday 9:00"), TimeInput::At(at("2026-11-27T09:00:00Z")));
    assert_eq!(read_on(wednesday, "Wednesday 13:00"), TimeInput::At(at("2026-11-25T13:00:00Z")));
}

#[test]
fn exact_text_names_the_offset_where_the_clock_shows_the_time_twice() {
    for (instant, text) in
        [("2026-10-25T01:30:00Z", "2026-10-25 02:30:00 UTC+01:00"), ("2026-10-25T03:30:00.900Z", "2026-10-25 04:30")]
    {
        assert_eq!(exact_text(at(instant), at(NOW), &berlin), text);
    }
}

#[test]
fn rejects_unknown_text() {
    for text in [
        "2026-02-30 10:00",
        "2026-03-30 24:30",
        "2026-03-30 10:00:60",
        "2026-03-30 10",
        "2026-03-30 2026-03-31 10:00",
        "30/13/2026 10:00",
        "29/11/26 10:00",
        "31.3 10:00",
        "tomorrow 9",
        "tomorrow 13pm",
        "tomorrow 0am",
        "tomorrow 09:00 18:00",
        "tomorrow today 09:00",
        "next 09:00",
        "next tomorrow 09:00",
        "30 Nov Dec 2026 09:00",
        "2026 09:00",
        "soon 09:00",
        "in 2",
        "ago",
        "+",
        "+2",
        "-2h",
        "2h",
        "9",
        "9:0",
        "UTC",
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

    /// Everything that the console prints or copies, with the day and without where the context says it.
    #[test]
    fn everything_printed_is_read_back_to_the_same_minute(
        minutes in 0_i64..60_000_000, wait in -500_000_i64..500_000, second in 0_i64..60, quarters in -48_i32..=56,
    ) {
        use crate::time::print::{Precision, clock_in_zone, clock_words, day_words, field_text, in_words};
        let offset = quarters * 900;
        let instant = Timestamp::from_millis(minutes * 60_000 + second * 1000);
        let now = instant.plus(Span::from_minutes(wait));
        let minute = |input: TimeInput| match input {
            TimeInput::At(at) => Some(at.millis().div_euclid(60_000)),
            _ => None,
        };
        let (day, clock) = (day_words(instant, offset), clock_words(instant, offset));
        let without_year = &day[..day.len() - 5];
        let zone = offset_words(offset);
        for text in [
            print(instant, offset, Precision::Minutes),
            print(instant, offset, Precision::Seconds),
            field_text(instant, offset),
            instant.to_iso(),
            in_words(instant, offset),
            exact_text(instant, now, &|_| offset),
            format!("{day} {clock}"),
            format!("{without_year} {clock}"),
            format!("{without_year} {clock} {zone}"),
        ] {
            prop_assert_eq!(minute(read(&text, now, &|_| offset)), Some(minutes), "{}", text);
        }
        let same_day = clock_in_zone(instant, offset);
        prop_assert_eq!(minute(read(&same_day, instant, &|_| 0)), Some(minutes), "{}", same_day);
    }

    #[test]
    fn every_choice_answers_the_question(
        text in "(next )?(mon|tuesday|sat|0?[1-9]/0?[1-9]/2026|2026-10-25|today)( midnight| 02:30| 9am)?", now in 0_i64..2_000_000_000,
    ) {
        let now = Timestamp::from_millis(now * 1000);
        let asked = read(&text, now, &berlin);
        for choice in choices(&text, now, &berlin) {
            prop_assert_ne!(read(&choice.text, now, &berlin), asked, "{}", choice.text);
        }
    }

    #[test]
    fn field_text_round_trips(seconds in 0_i64..4_000_000_000, offset in -56_000_i32..56_000) {
        let instant = Timestamp::from_millis(seconds * 1000);
        let text = crate::time::print::field_text(instant, offset);
        prop_assert_eq!(read(&text, Timestamp::from_millis(0), &|_| offset), TimeInput::At(instant));
    }
}

#[test]
fn a_plus_counts_from_the_start_that_is_replaced() {
    let (replaced, now) = (at("2026-11-30T08:00:00Z"), at("2026-11-29T12:00:00Z"));
    for (text, expected) in [
        ("+2h", "2026-11-30T10:00:00Z"),
        (" +1 day", "2026-12-01T08:00:00Z"),
        ("in 2 hours", "2026-11-29T14:00:00Z"),
        ("2 hours from now", "2026-11-29T14:00:00Z"),
        ("now", "2026-11-29T12:00:00Z"),
        ("18:00", "2026-11-29T17:00:00Z"),
    ] {
        let reference = start_reference(text, Some(replaced), now);
        assert_eq!(read(text, reference, &berlin), TimeInput::At(at(expected)), "{text}");
        assert_eq!(start_reference(text, None, now), now);
    }
}
