//! Shifting a window to another day, for a run that is scheduled again.

use crate::time::Timestamp;
use crate::time::zone::{Offset, Resolved, local, resolve};
use chrono::Days;

/// The first instant after `now` at which a clock in the zone shows the same time of day as at `of`. If the clock skips
/// that time, the first instant after the gap; if it shows it twice, the earlier one.
pub fn next_same_time_of_day(of: Timestamp, now: Timestamp, offset: Offset<'_>) -> Timestamp {
    let clock = local(of, offset).time();
    let today = local(now, offset).date();
    // Today's may have passed and tomorrow's may fall into a gap before `now`: the third day always has one.
    for days in 0..3 {
        let Some(day) = today.checked_add_days(Days::new(days)) else { break };
        let found = match resolve(day.and_time(clock), offset) {
            Resolved::Once(at) | Resolved::Never { after: at, .. } => at,
            Resolved::Twice { earlier, later } => {
                if earlier > now {
                    earlier
                } else {
                    later
                }
            }
        };
        if found > now {
            return found;
        }
    }
    now
}

/// Where a window is shifted to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShiftTo {
    /// The same time of day, on the first day on which that start lies ahead.
    SameTimeOfDay,
    /// To now.
    Now,
}

/// A shifted window. It starts at a whole second (milliseconds may be a fingerprint) and never in the past.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShiftedWindow {
    /// When it opens: after `now` for [`ShiftTo::SameTimeOfDay`], the current second for [`ShiftTo::Now`].
    pub start_at: Timestamp,
    /// When it ends: the elapsed time stays the same, so a daylight-saving change within the window shifts the clock
    /// time.
    pub end_at: Timestamp,
    /// Whether the clock time of the start differs from the original one, because a daylight-saving change skips it:
    /// the person is told.
    pub start_shifted: bool,
    /// The same for the end.
    pub end_shifted: bool,
}

/// Shifts a window; `None` if its end is not after its start, in whole seconds.
pub fn shift_window(
    start: Timestamp,
    end: Timestamp,
    now: Timestamp,
    how: ShiftTo,
    offset: Offset<'_>,
) -> Option<ShiftedWindow> {
    let second = |at: Timestamp| Timestamp::from_millis(at.second().saturating_mul(1000)).printable();
    let (start, end) = (second(start), second(end));
    let length = Some(end.since(start)).filter(|length| length.millis() > 0)?;
    let start_at = match how {
        ShiftTo::SameTimeOfDay => next_same_time_of_day(start, now, offset),
        ShiftTo::Now => second(now),
    };
    let end_at = start_at.plus(length);
    let shifted = |a, b| how == ShiftTo::SameTimeOfDay && local(a, offset).time() != local(b, offset).time();
    Some(ShiftedWindow { start_at, end_at, start_shifted: shifted(start, start_at), end_shifted: shifted(end, end_at) })
}

#[cfg(test)]
mod tests {
    use super::{ShiftTo, ShiftedWindow, next_same_time_of_day, shift_window};
    use crate::time::{Span, Timestamp, zone::local};
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn next_same_time_of_day_is_today_if_ahead_or_else_tomorrow() {
        let utc = |_: Timestamp| 0;
        let of = at("2022-05-02T17:23:14.000Z");
        assert_eq!(next_same_time_of_day(of, at("2026-03-01T08:00:00Z"), &utc), at("2026-03-01T17:23:14Z"));
        assert_eq!(next_same_time_of_day(of, at("2026-03-01T17:23:14Z"), &utc), at("2026-03-02T17:23:14Z"));
        assert_eq!(next_same_time_of_day(of, at("2026-12-31T23:00:00Z"), &utc), at("2027-01-01T17:23:14Z"));
    }

    #[test]
    fn time_of_day_is_local_across_a_daylight_saving_change() {
        // An hour ahead of UTC, two hours from 2026-03-29T01:00Z on.
        let zone = |instant: Timestamp| if instant < at("2026-03-29T01:00:00Z") { 3600 } else { 7200 };
        let of = at("2026-03-20T08:00:00Z");
        assert_eq!(next_same_time_of_day(of, at("2026-03-28T12:00:00Z"), &zone), at("2026-03-29T07:00:00Z"));
        // 02:30 local does not exist that day.
        let gap = at("2026-03-20T01:30:00Z");
        assert_eq!(next_same_time_of_day(gap, at("2026-03-28T12:00:00Z"), &zone), at("2026-03-29T01:00:00Z"));
    }

    #[test]
    fn shifted_window_keeps_its_length_and_reports_changed_clock_times() {
        let zone = |instant: Timestamp| if instant < at("2026-03-29T01:00:00Z") { 3600 } else { 7200 };
        let move_by = |start, end, now, how| {
            let ShiftedWindow { start_at, end_at, start_shifted, end_shifted } =
                shift_window(at(start), at(end), at(now), how, &zone).unwrap();
            (start_at.to_iso(), end_at.to_iso(), start_shifted, end_shifted)
        };
        let whole = |start: &str, end: &str, a, b| (String::from(start), String::from(end), a, b);
        let (start, end) = ("2026-03-20T08:00:00.417Z", "2026-03-20T16:00:00.033Z");
        let found = move_by(start, end, "2026-03-21T12:00:00Z", ShiftTo::SameTimeOfDay);
        assert_eq!(found, whole("2026-03-22T08:00:00.000Z", "2026-03-22T16:00:00.000Z", false, false));
        // The clock time is kept; a window across the night of the change ends an hour later by the clock.
        let found = move_by(start, end, "2026-03-30T01:00:00Z", ShiftTo::SameTimeOfDay);
        assert_eq!(found, whole("2026-03-30T07:00:00.000Z", "2026-03-30T15:00:00.000Z", false, false));
        let found =
            move_by("2026-03-20T22:00:00Z", "2026-03-21T06:00:00Z", "2026-03-28T12:00:00Z", ShiftTo::SameTimeOfDay);
        assert_eq!(found, whole("2026-03-28T22:00:00.000Z", "2026-03-29T06:00:00.000Z", false, true));
        let found =
            move_by("2026-03-20T01:30:00Z", "2026-03-20T02:30:00Z", "2026-03-28T12:00:00Z", ShiftTo::SameTimeOfDay);
        assert_eq!(found, whole("2026-03-29T01:00:00.000Z", "2026-03-29T02:00:00.000Z", true, true));
        let found = move_by(start, end, "2026-03-21T12:00:00.750Z", ShiftTo::Now);
        assert_eq!(found, whole("2026-03-21T12:00:00.000Z", "2026-03-21T20:00:00.000Z", false, false));
        for end in [start, "2026-03-20T08:00:00.900Z", "2026-03-19T08:00:00Z"] {
            assert_eq!(shift_window(at(start), at(end), at(start), ShiftTo::Now, &zone), None, "{end}");
        }
    }

    proptest! {
        #[test]
        fn shifted_window_is_never_in_the_past_and_keeps_its_length(
            of in 0_i64..4_102_444_800, length in 1_i64..10_000_000, now in 0_i64..4_102_444_800_000,
            change in 0_i64..4_102_444_800, before in -48_i32..56, after in -48_i32..56,
        ) {
            let zone = move |at: Timestamp| if at.millis() < change * 1000 { before * 900 } else { after * 900 };
            let (start, now) = (Timestamp::from_millis(of * 1000), Timestamp::from_millis(now));
            let length = Span::from_seconds(length);
            for how in [ShiftTo::SameTimeOfDay, ShiftTo::Now] {
                let found = shift_window(start, start.plus(length), now, how, &zone).unwrap();
                prop_assert_eq!(found.end_at.since(found.start_at), length);
                let wait = found.start_at.since(now);
                match how {
                    // A daylight-saving change makes a day longer, and Samoa once skipped a whole day.
                    ShiftTo::SameTimeOfDay => prop_assert!(wait.millis() > 0 && wait <= Span::from_hours(24 + 27), "{wait:?}"),
                    ShiftTo::Now => prop_assert!(wait.millis() <= 0 && wait.millis() > -1000),
                }
            }
        }

        #[test]
        fn next_same_time_of_day_is_within_a_day(of in 0_i64..4_102_444_800, now in 0_i64..4_102_444_800, offset in -43_200_i32..50_400) {
            let zone = move |_: Timestamp| offset;
            let (of, now) = (Timestamp::from_millis(of * 1000), Timestamp::from_millis(now * 1000));
            let found = next_same_time_of_day(of, now, &zone);
            prop_assert!(found > now && found.since(now) <= Span::from_hours(24));
            prop_assert_eq!(local(found, &zone).time(), local(of, &zone).time());
        }
    }
}
