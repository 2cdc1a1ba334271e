use super::*;
use proptest::prelude::*;

#[test]
fn delay_grows_to_two_minutes() {
    for (failures, longest) in
        [(0, 2), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 120), (8, 120), (u32::MAX, 120)]
    {
        assert_eq!(wait(failures, None, 0.0), Span::from_seconds(1), "{failures}");
        assert_eq!(wait(failures, None, 1.0), Span::from_seconds(longest), "{failures}");
    }
    assert_eq!(wait(2, None, 0.5), Span::from_millis(2500));
}

#[test]
fn retry_after_is_respected_up_to_ten_minutes() {
    for (asked, seconds) in [(-5, 1), (0, 1), (1, 1), (30, 30), (600, 600), (601, 600), (i64::MAX, 600), (i64::MIN, 1)]
    {
        assert_eq!(wait(1, Some(Span::from_seconds(asked)), 0.0), Span::from_seconds(seconds), "{asked}");
    }
}

#[test]
fn nan_and_out_of_range_random_numbers_are_clamped() {
    for random in [f64::NAN, f64::NEG_INFINITY, -1.0] {
        assert_eq!(wait(9, None, random), Span::from_seconds(1));
    }
    assert_eq!(wait(9, None, f64::INFINITY), Span::from_seconds(120));
}

proptest! {
    #[test]
    fn delay_is_always_within_its_bounds(failures in any::<u32>(), asked in prop::option::of(any::<i64>()), random in any::<f64>()) {
        let waited = wait(failures, asked.map(Span::from_millis), random);
        prop_assert!(waited >= Span::from_seconds(1) && waited <= Span::from_seconds(600));
        if asked.is_none() {
            prop_assert!(waited <= Span::from_seconds(120));
        }
        if let Some(asked) = asked {
            prop_assert!(waited.millis() >= asked.min(600_000));
        }
    }
}
