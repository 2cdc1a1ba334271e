//! The same time of day, on another day.

use super::Timestamp;
use super::zone::{Offset, Resolved, local, resolve};
use chrono::Days;

/// The first instant after `now` at which a clock in the zone shows the time of day that it showed at `of`. Where the clock
/// skips that time, the first instant after the gap; where it shows it twice, the earlier one.
pub fn next_same_clock(of: Timestamp, now: Timestamp, offset: Offset<'_>) -> Timestamp {
    let clock = local(of, offset).time();
    let today = local(now, offset).date();
    // Today's may have passed, and tomorrow's may fall into a gap that was yesterday's: the third day is sure.
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

#[cfg(test)]
mod tests {
    use super::next_same_clock;
    use crate::time::{Span, Timestamp, zone::local};
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn later_today_when_that_still_lies_ahead_else_tomorrow() {
        let utc = |_: Timestamp| 0;
        let of = at("2022-05-02T17:23:14.000Z");
        assert_eq!(next_same_clock(of, at("2026-03-01T08:00:00Z"), &utc), at("2026-03-01T17:23:14Z"));
        assert_eq!(next_same_clock(of, at("2026-03-01T17:23:14Z"), &utc), at("2026-03-02T17:23:14Z"));
        assert_eq!(next_same_clock(of, at("2026-12-31T23:00:00Z"), &utc), at("2027-01-01T17:23:14Z"));
    }

    #[test]
    fn the_time_of_day_is_the_zones_own_across_a_change_of_its_offset() {
        // An hour ahead of UTC, two hours from 2026-03-29T01:00Z on.
        let zone = |instant: Timestamp| if instant < at("2026-03-29T01:00:00Z") { 3600 } else { 7200 };
        let of = at("2026-03-20T08:00:00Z");
        assert_eq!(next_same_clock(of, at("2026-03-28T12:00:00Z"), &zone), at("2026-03-29T07:00:00Z"));
        // 02:30 local does not exist that day.
        let gap = at("2026-03-20T01:30:00Z");
        assert_eq!(next_same_clock(gap, at("2026-03-28T12:00:00Z"), &zone), at("2026-03-29T01:00:00Z"));
    }

    proptest! {
        #[test]
        fn it_lies_ahead_within_a_day_and_shows_the_same_clock(of in 0_i64..4_102_444_800, now in 0_i64..4_102_444_800, offset in -43_200_i32..50_400) {
            let zone = move |_: Timestamp| offset;
            let (of, now) = (Timestamp::from_millis(of * 1000), Timestamp::from_millis(now * 1000));
            let found = next_same_clock(of, now, &zone);
            prop_assert!(found > now && found.since(now) <= Span::from_hours(24));
            prop_assert_eq!(local(found, &zone).time(), local(of, &zone).time());
        }
    }
}
