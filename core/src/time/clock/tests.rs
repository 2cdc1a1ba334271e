use super::*;
use proptest::prelude::*;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn parts(estimate: ClockEstimate) -> Option<(i64, i64)> {
    estimate.offset().map(|(offset, error)| (offset.millis(), error.millis()))
}

#[test]
fn takes_the_middle_of_what_the_offset_may_be() {
    for (asked, received, date, offset, error) in [
        (0, 0, 0, 500, 500),
        (0, 1000, 0, 0, 1000),
        (0, 200, 60_000, 60_400, 600),
        (100_000, 100_100, 0, -99_550, 550),
        (0, 1, 0, 499, 501),
    ] {
        let estimate = ClockEstimate::unknown().observe(at(asked), at(received), at(date));
        assert_eq!(parts(estimate), Some((offset, error)), "{asked} {received} {date}");
    }
}

#[test]
fn keeps_the_estimate_with_the_smaller_error() {
    let good = ClockEstimate::unknown().observe(at(0), at(100), at(10_000));
    assert_eq!(good.observe(at(0), at(5000), at(10_000)), good);
    let better = good.observe(at(20_000), at(20_010), at(30_000));
    assert_eq!(parts(better), Some((10_495, 505)));
}

#[test]
fn replaces_an_estimate_that_a_new_answer_contradicts() {
    let good = ClockEstimate::unknown().observe(at(0), at(0), at(0));
    let after = good.observe(at(0), at(3000), at(3_600_000));
    assert_eq!(parts(after), Some((3_599_000, 2000)));
}

#[test]
fn an_answer_received_before_it_was_asked_says_nothing() {
    assert_eq!(ClockEstimate::unknown().observe(at(10), at(9), at(0)), ClockEstimate::unknown());
}

#[test]
fn small_or_uncertain_offsets_count_as_none() {
    let estimate =
        |offset, error| ClockEstimate { offset: Some((Span::from_millis(offset), Span::from_millis(error))) };
    for (offset, error, now) in [
        (0, 500, 0),
        (1999, 500, 0),
        (2000, 500, 2000),
        (-1999, 500, 0),
        (-2000, 500, -2000),
        (5000, 5001, 0),
        (5000, 5000, 5000),
        (-5000, 5001, 0),
    ] {
        assert_eq!(estimate(offset, error).now(at(0)), at(now), "{offset} ± {error}");
    }
    assert_eq!(ClockEstimate::unknown().now(at(7)), at(7));
}

#[test]
fn reads_the_preferred_form_of_an_http_date_only() {
    let printed = Timestamp::parse("2022-05-03T10:51:03Z");
    assert!(printed.is_some());
    for text in ["Tue, 03 May 2022 10:51:03 GMT", " Tue, 03 May 2022 10:51:03 GMT ", "Mon, 03 May 2022 10:51:03 GMT"] {
        assert_eq!(parse_http_date(text), printed, "{text}");
    }
    for text in [
        "",
        "Tue, 03 May 2022 10:51:03",
        "Tue, 03 May 2022 10:51:03 UTC",
        "Tue, 3 May 2022 10:51:03 GMT",
        "Tue, 03 may 2022 10:51:03 GMT",
        "Tue, 03 May 22 10:51:03 GMT",
        "Tue, 31 Feb 2022 10:51:03 GMT",
        "Tue, 03 May 2022 10:51 GMT",
        "Tue, 03 May 2022 24:51:03 GMT",
        "Tue, 03 May 2022 10:51:03.5 GMT",
        "Tue, 03 May 2022  10:51:03 GMT",
        "Xxx, 03 May 2022 10:51:03 GMT",
        "Tuesday, 03-May-22 10:51:03 GMT",
        "Tue May  3 10:51:03 2022",
        "2022-05-03T10:51:03Z",
    ] {
        assert_eq!(parse_http_date(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn no_clock_however_wrong_does_harm(
        answers in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i64>()), 0..6),
        local in any::<i64>(),
    ) {
        let estimate = answers.into_iter().fold(ClockEstimate::unknown(), |estimate, (asked, received, date)| {
            estimate.observe(at(asked), at(received), at(date))
        });
        let _ = estimate.now(at(local));
        if let Some((_, error)) = estimate.offset() {
            prop_assert!(error.millis() >= 500);
        }
    }

    #[test]
    fn the_true_offset_lies_within_the_error(
        offset in -1_000_000_i64..1_000_000, asked in 0_i64..1_000_000, there in 0_i64..5000, back in 0_i64..5000,
    ) {
        let answered = asked + there + offset;
        let date = answered.div_euclid(1000) * 1000;
        let estimate = ClockEstimate::unknown().observe(at(asked), at(asked + there + back), at(date));
        let (middle, error) = parts(estimate).unwrap();
        prop_assert!((middle - offset).abs() <= error);
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,40}") {
        let _ = parse_http_date(&text);
    }
}
