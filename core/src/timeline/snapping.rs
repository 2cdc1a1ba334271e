//! Times that are chosen in steps: a step is counted on the clock of the zone, as the lines of the timeline are.

use crate::time::{Span, Timestamp, zone};

/// The step that is nearest to a time.
pub fn nearest(at: Timestamp, step: Span, offset: zone::Offset<'_>) -> Timestamp {
    let seconds = offset(at);
    instant(rounded(shown(at, seconds), step), seconds, offset)
}

/// The first step that is not before a time.
pub fn next(at: Timestamp, step: Span, offset: zone::Offset<'_>) -> Timestamp {
    let nearest = nearest(at, step, offset);
    if nearest < at { nearest.plus(step) } else { nearest }
}

/// A time later by a span, or earlier if it is negative: by a whole number of steps on the clock, so that nine o'clock stays nine
/// o'clock on another day, also after the clocks have changed.
pub fn moved(at: Timestamp, by: Span, step: Span, offset: zone::Offset<'_>) -> Timestamp {
    let target = at.plus(by);
    let seconds = offset(target);
    let before = shown(at, offset(at));
    let steps = rounded(shown(target, seconds).saturating_sub(before), step);
    if steps == 0 { at } else { instant(before.saturating_add(steps), seconds, offset) }
}

fn rounded(millis: i64, step: Span) -> i64 {
    let step = step.millis().max(1);
    millis.saturating_add(step / 2).div_euclid(step).saturating_mul(step)
}

fn shown(at: Timestamp, seconds: i32) -> i64 {
    at.millis().saturating_add(i64::from(seconds) * 1000)
}

/// When the clock shows a time, first tried with the offset that holds nearby.
fn instant(shown_millis: i64, nearby: i32, offset: zone::Offset<'_>) -> Timestamp {
    let at = |seconds: i32| Timestamp::from_millis(shown_millis.saturating_sub(i64::from(seconds) * 1000));
    let first = at(nearby);
    let other = at(offset(first));
    // A time that the clocks skip is shown by neither.
    if shown(other, offset(other)) == shown_millis { other } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn time(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    /// Berlin, whose clocks go back on 25 October 2026 and forward on 28 March 2027.
    fn berlin(at: Timestamp) -> i32 {
        let summer = at < time("2026-10-25T01:00:00Z") || at >= time("2027-03-28T01:00:00Z");
        if summer { 7200 } else { 3600 }
    }

    const fn india(_: Timestamp) -> i32 {
        19_800
    }

    proptest! {
        #[test]
        fn steps_are_whole_on_the_clock(millis in 1_700_000_000_000_i64..1_800_000_000_000, step in 0..6_usize) {
            let step = Span::from_minutes([1, 5, 15, 60, 360, 1440][step]);
            let at = Timestamp::from_millis(millis);
            let found = nearest(at, step, &india);
            prop_assert_eq!(shown(found, 19_800).rem_euclid(step.millis()), 0);
            prop_assert!(found.since(at).millis().abs() * 2 <= step.millis());
            let after = next(at, step, &india);
            prop_assert!(after >= at && after.since(at).millis() < step.millis());
            prop_assert_eq!(shown(after, 19_800).rem_euclid(step.millis()), 0);
        }

        #[test]
        fn less_than_half_a_step_moves_nothing(millis in 1_700_000_000_000_i64..1_800_000_000_000, by in -449_999..449_999_i64) {
            let at = Timestamp::from_millis(millis);
            prop_assert_eq!(moved(at, Span::from_millis(by), Span::from_minutes(15), &india), at);
        }
    }

    #[test]
    fn six_hours_and_days_are_those_of_the_zone() {
        for (at, hours, wanted) in [
            ("2026-11-25T14:00:00Z", 24, "2026-11-25T23:00:00.000Z"),
            ("2026-11-25T09:00:00Z", 6, "2026-11-25T11:00:00.000Z"),
            ("2026-10-25T12:00:00Z", 24, "2026-10-25T23:00:00.000Z"),
            ("2026-10-25T04:00:00Z", 24, "2026-10-24T22:00:00.000Z"),
        ] {
            assert_eq!(nearest(time(at), Span::from_hours(hours), &berlin).to_iso(), wanted, "{at}");
        }
    }

    #[test]
    fn what_is_moved_keeps_its_minutes_and_over_a_change_of_the_clocks_its_hour() {
        let step = Span::from_minutes(15);
        for (at, hours, wanted) in [
            ("2026-11-25T08:07:00Z", 1, "2026-11-25T09:07:00.000Z"),
            ("2026-11-25T08:07:00Z", -24, "2026-11-24T08:07:00.000Z"),
        ] {
            assert_eq!(moved(time(at), Span::from_hours(hours), step, &berlin).to_iso(), wanted, "{hours} h");
        }
        let day = Span::from_hours(24);
        assert_eq!(moved(time("2026-10-24T07:00:00Z"), day, day, &berlin).to_iso(), "2026-10-25T08:00:00.000Z");
        assert_eq!(moved(time("2027-03-27T08:00:00Z"), day, day, &berlin).to_iso(), "2027-03-28T07:00:00.000Z");
        // Half past two does not exist on that day.
        assert_eq!(moved(time("2027-03-27T01:30:00Z"), day, day, &berlin).to_iso(), "2027-03-28T00:30:00.000Z");
    }
}
