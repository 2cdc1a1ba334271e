//! Days and hours behind the bars, as the clock of a zone shows them.

use super::range::Range;
use crate::time::{Span, Timestamp, zone};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike, Weekday};

/// A day of a zone: 24 hours, or more or fewer where its clocks change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Day {
    /// Its date
    pub date: NaiveDate,
    /// Its first instant
    pub from: Timestamp,
    /// The first instant of the next one
    pub to: Timestamp,
}

impl Day {
    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.date.weekday(), Weekday::Sat | Weekday::Sun)
    }
}

/// The days that meet a range, in order.
pub fn days(range: Range, offset: zone::Offset<'_>) -> Vec<Day> {
    let mut days = Vec::new();
    let Some(mut date) = zone::local(range.from(), offset).date().checked_sub_days(Days::new(1)) else { return days };
    while let Some(next) = date.checked_add_days(Days::new(1)) {
        let day = Day { date, from: zone::midnight(date, offset), to: zone::midnight(next, offset) };
        if day.from >= range.to() {
            break;
        }
        // A zone that crosses the date line skips a day.
        if day.to > range.from() && day.from < day.to {
            days.push(day);
        }
        date = next;
    }
    days
}

/// A time of day that is marked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tick {
    /// When
    pub at: Timestamp,
    /// What the clock shows then
    pub hour: u32,
    /// What the clock shows then
    pub minute: u32,
}

/// The steps between ticks, in minutes of the clock; each divides a day.
const STEPS: [u32; 8] = [1, 5, 15, 30, 60, 180, 360, 720];

/// The ticks between midnights, with about so much space for each: the smallest step that leaves at least `min_space` of `width`
/// between two. Without any where even noon would be too close. A time that the clock shows twice has two ticks, one that it skips
/// none.
pub fn ticks(range: Range, width: f64, min_space: f64, offset: zone::Offset<'_>) -> Vec<Tick> {
    let space = |minutes: u32| f64::from(minutes) * 60_000.0 / range.length().millis() as f64 * width;
    let Some(step) = STEPS.into_iter().find(|step| space(*step) >= min_space) else { return Vec::new() };
    let mut ticks = Vec::new();
    for day in days(range, offset) {
        let mut add = |at: Timestamp| {
            // Of a day that starts at 01:00 no tick stands before it.
            if at > day.from && at < day.to && range.contains(at) {
                let local = zone::local(at, offset);
                ticks.push(Tick { at, hour: local.hour(), minute: local.minute() });
            }
        };
        for minute in (step..24 * 60).step_by(step as usize) {
            let Some(time) = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0) else { continue };
            match zone::resolve(day.date.and_time(time), offset) {
                zone::Resolved::Once(at) => add(at),
                zone::Resolved::Twice { earlier, later } => {
                    add(earlier);
                    add(later);
                }
                zone::Resolved::Never { .. } => {}
            }
        }
    }
    ticks.sort_by_key(|tick| tick.at);
    ticks
}

/// A change of a zone's clocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockChange {
    /// When
    pub at: Timestamp,
    /// By how much: forward, or back if negative
    pub by: Span,
}

/// The changes of the clocks in a range, found by halving; two within six hours are taken for one.
pub fn clock_changes(range: Range, offset: zone::Offset<'_>) -> Vec<ClockChange> {
    let step = Span::from_hours(6);
    let mut changes = Vec::new();
    let mut at = range.from();
    while at < range.to() {
        let next = at.plus(step).min(range.to());
        let (before, after) = (offset(at), offset(next));
        if before != after {
            let (mut low, mut high) = (at.millis(), next.millis());
            while high.saturating_sub(low) > 1 {
                let middle = low + (high - low) / 2;
                if offset(Timestamp::from_millis(middle)) == before { low = middle } else { high = middle }
            }
            let by = Span::from_seconds(i64::from(after) - i64::from(before));
            changes.push(ClockChange { at: Timestamp::from_millis(high), by });
        }
        at = next;
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn range(from: &str, to: &str) -> Range {
        Range::new(time(from), time(to))
    }

    /// Central European time around the changes of 2026.
    fn berlin(at: Timestamp) -> i32 {
        let summer = time("2026-03-29T01:00:00Z")..time("2026-10-25T01:00:00Z");
        if summer.contains(&at) { 7200 } else { 3600 }
    }

    /// Lord Howe Island changes by half an hour: forward on 4 October 2026, at 02:00.
    fn lord_howe(at: Timestamp) -> i32 {
        if at < time("2026-10-03T15:30:00Z") { 37_800 } else { 39_600 }
    }

    #[test]
    fn a_day_is_as_long_as_its_clocks_make_it() {
        let hours = |day: &Day| day.to.since(day.from).millis() as f64 / 3_600_000.0;
        let spring = days(range("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z"), &berlin);
        assert_eq!(spring.iter().map(hours).collect::<Vec<_>>(), [24.0, 23.0, 24.0]);
        let autumn = days(range("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"), &berlin);
        assert_eq!(autumn.iter().map(hours).collect::<Vec<_>>(), [24.0, 25.0, 24.0]);
        let island = days(range("2026-10-03T00:00:00Z", "2026-10-04T20:00:00Z"), &lord_howe);
        assert_eq!(island.iter().map(hours).collect::<Vec<_>>(), [24.0, 23.5, 24.0]);
    }

    #[test]
    fn days_follow_each_other_without_a_gap() {
        let days = days(range("2026-03-01T00:00:00Z", "2026-11-30T00:00:00Z"), &berlin);
        assert!(days.windows(2).all(|pair| pair[0].to == pair[1].from));
    }

    #[test]
    fn an_hour_that_happens_twice_has_two_ticks_and_a_skipped_one_none() {
        let on = |from: &str, to: &str| -> Vec<u32> {
            ticks(range(from, to), 300.0, 40.0, &berlin).iter().map(|tick| tick.hour).collect()
        };
        assert_eq!(on("2026-10-24T22:00:00Z", "2026-10-25T05:00:00Z"), [1, 2, 2, 3, 4, 5]);
        assert_eq!(on("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z"), [1, 3, 4, 5, 6]);
    }

    #[test]
    fn ticks_have_the_space_they_need() {
        let day = range("2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z");
        assert_eq!(ticks(day, 1200.0, 40.0, &|_| 0).len(), 23);
        assert_eq!(ticks(day, 300.0, 40.0, &|_| 0).iter().map(|tick| tick.hour).collect::<Vec<_>>(), [6, 12, 18]);
        assert!(ticks(range("2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z"), 1200.0, 40.0, &|_| 0).is_empty());
    }

    #[test]
    fn a_table_of_offsets_finds_the_same_days_and_ticks_as_the_zone() {
        let change = time("2026-03-29T01:00:00Z");
        for hours in -50..=50 {
            for length in [1, 30, 24 * 40] {
                let from = change.plus(Span::from_hours(hours));
                for range in [
                    Range::new(from, from.plus(Span::from_hours(length))),
                    Range::new(from.plus(Span::from_hours(-length)), from),
                ] {
                    let table = crate::time::offsets::ZoneOffsets::between(range.from(), range.to(), &berlin);
                    let offset = |at: Timestamp| table.at(at);
                    assert_eq!(days(range, &offset), days(range, &berlin));
                    assert_eq!(ticks(range, 1_000.0, 40.0, &offset), ticks(range, 1_000.0, 40.0, &berlin));
                    assert_eq!(clock_changes(range, &offset), clock_changes(range, &berlin));
                }
            }
        }
    }

    #[test]
    fn clock_changes_are_found_to_the_millisecond() {
        let found = clock_changes(range("2026-03-01T00:00:00Z", "2026-11-30T00:00:00Z"), &berlin);
        assert_eq!(
            found,
            [
                ClockChange { at: time("2026-03-29T01:00:00Z"), by: Span::from_hours(1) },
                ClockChange { at: time("2026-10-25T01:00:00Z"), by: Span::from_hours(-1) },
            ]
        );
    }
}
