//! Room for a run: the next windows of a length that meet no other window of the job.

use super::concurrency::Concurrency;
pub use super::quiet_hours::QuietHours;
use super::range::Range;
use super::stretch::Stretch;
use crate::time::{Span, Timestamp, zone};
use crate::window::Window;

/// How far ahead a slot is looked for.
const HORIZON: Span = Span::from_hours(92 * 24);
/// Slots start at whole quarters of an hour, as people plan, or where quiet hours end: a length may fit from there only.
const QUARTER: i64 = 15 * 60_000;
/// Quiet times are computed for so much at once.
const QUIET_BATCH: Span = Span::from_hours(14 * 24);

/// A window in which nothing of the job runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FreeSlot {
    /// The window
    pub window: Window,
    /// The most runs of all jobs that are open at once during it
    pub open_then: usize,
    /// Whether some of it is in quiet hours, because the length does not fit between them
    pub includes_quiet: bool,
}

/// The first `count` windows of a length from `after` on that meet none of the job's windows (ordered by start) and no quiet hours.
/// Where the length does not fit between quiet hours, they only do not start in them. The slots do not overlap each other.
pub fn free_slots(
    of_job: &[Window],
    all: &Concurrency,
    length: Span,
    after: Timestamp,
    quiet: Option<QuietHours>,
    offset: zone::Offset<'_>,
    count: usize,
) -> Vec<FreeSlot> {
    if length.millis() <= 0 {
        return Vec::new();
    }
    let fits = quiet.is_none_or(|quiet| length.millis() <= Span::from_hours(24).millis() - quiet.length().millis());
    // How much of a slot must not be quiet.
    let awake = if fits { length } else { Span::from_millis(1) };
    let mut quiet_times = QuietTimes { hours: quiet, offset, known: Vec::new(), until: just_before(after) };
    let mut slots = Vec::new();
    let last = after.plus(HORIZON);
    let mut start = quiet_times.next_start(after);
    let (mut ahead, mut latest_end) = (of_job.iter().peekable(), Timestamp::EARLIEST);
    while slots.len() < count && start < last {
        if let Some(end) = quiet_times.end_of_one_in(start, start.plus(awake)) {
            start = end;
            continue;
        }
        let end = start.plus(length);
        // Slots are tried in time order: each window is looked at once, and only those that start before the last slot ends.
        while let Some(window) = ahead.next_if(|window| window.start < end) {
            latest_end = latest_end.max(window.end);
        }
        if latest_end > start {
            start = quiet_times.next_start(latest_end);
            continue;
        }
        let Some(window) = Window::new(start, end) else { break };
        slots.push(FreeSlot { window, open_then: most_open(all, window), includes_quiet: !fits });
        start = quiet_times.next_start(end);
    }
    slots
}

/// The most windows that are open at once during a window.
pub fn most_open(all: &Concurrency, window: Window) -> usize {
    let steps = all.steps(Range::new(window.start, window.end));
    steps.iter().take_while(|(at, _)| *at < window.end).map(|(_, open)| *open).max().unwrap_or(0)
}

/// Quiet times from a time on, computed as far as they are asked for.
struct QuietTimes<'a> {
    hours: Option<QuietHours>,
    offset: zone::Offset<'a>,
    known: Vec<Stretch>,
    until: Timestamp,
}

impl QuietTimes<'_> {
    fn compute_until(&mut self, to: Timestamp) {
        let Some(hours) = self.hours else { return };
        while self.until < to {
            let next = self.until.plus(QUIET_BATCH);
            let last = self.known.last().map(|stretch| stretch.from);
            let found = hours.between(self.until, next, self.offset);
            self.known.extend(found.into_iter().filter(|stretch| last.is_none_or(|last| stretch.from > last)));
            self.until = next;
        }
    }

    /// The next time at which a slot may start.
    fn next_start(&mut self, at: Timestamp) -> Timestamp {
        let quarter = next_quarter(at);
        self.compute_until(quarter);
        let first = self.known.partition_point(|stretch| stretch.to < at);
        self.known.get(first).map_or(quarter, |stretch| quarter.min(stretch.to))
    }

    /// When the last quiet time that meets a time range ends.
    fn end_of_one_in(&mut self, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
        self.compute_until(to);
        let first = self.known.partition_point(|stretch| stretch.to <= from);
        self.known.iter().skip(first).take_while(|stretch| stretch.from < to).last().map(|stretch| stretch.to)
    }
}

/// A quiet time that ends at a time still meets the moment before it.
fn just_before(at: Timestamp) -> Timestamp {
    at.plus(Span::from_millis(-1))
}

fn next_quarter(at: Timestamp) -> Timestamp {
    let over = at.millis().rem_euclid(QUARTER);
    if over == 0 { at } else { at.plus(Span::from_millis(QUARTER - over)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::{at, base, window, windows};
    use proptest::prelude::*;

    /// Every quarter from a time on, and every end of quiet hours, tried one after the other.
    fn naive(all: &[Window], length: Span, from: Timestamp, quiet: QuietHours, offset: zone::Offset<'_>) -> Timestamp {
        let quiet = quiet.between(just_before(from), from.plus(HORIZON), offset);
        let next = |at: Timestamp| {
            let ends = quiet.iter().map(|stretch| stretch.to).filter(|end| *end >= at);
            ends.chain([next_quarter(at)]).min().unwrap()
        };
        let mut start = next(from);
        loop {
            let end = start.plus(length);
            let meets = |from: Timestamp, to: Timestamp| from < end && to > start;
            let is_free = !all.iter().any(|window| meets(window.start, window.end));
            if is_free && !quiet.iter().any(|stretch| meets(stretch.from, stretch.to)) {
                return start;
            }
            start = next(start.plus(Span::from_millis(1)));
        }
    }

    proptest! {
        #[test]
        fn are_the_first_that_a_naive_search_finds(
            mut all in windows(25), after in 0_i64..1_000, zone in -11..13_i32,
            quiet_from in 0..1_440_u32, quiet_minutes in 1..1_440_u32, spare in prop_oneof![Just(0_i64), 0_i64..1_440]
        ) {
            all.sort_by_key(|window| window.start);
            let quiet = QuietHours { from: quiet_from, to: (quiet_from + quiet_minutes) % 1_440 };
            let offset = |_: Timestamp| zone * 3600;
            let length = Span::from_minutes((1_440 - i64::from(quiet_minutes) - spare).max(1));
            let slots = free_slots(&all, &Concurrency::new(&all), length, at(after), Some(quiet), &offset, 3);
            prop_assert_eq!(slots.len(), 3);
            let mut from = at(after);
            for slot in slots {
                prop_assert_eq!(slot.window.start, naive(&all, length, from, quiet, &offset));
                prop_assert_eq!(slot.window.end, slot.window.start.plus(length));
                prop_assert!(!slot.includes_quiet);
                from = slot.window.end;
            }
        }
    }

    #[test]
    fn say_how_many_other_runs_are_open_then() {
        let others = Concurrency::new(&[window(0, 40), window(20, 60), window(90, 120)]);
        let slots = free_slots(&[window(0, 15)], &others, Span::from_minutes(30), base(), None, &|_| 0, 2);
        assert_eq!(
            slots.iter().map(|slot| (slot.window, slot.open_then)).collect::<Vec<_>>(),
            [(window(15, 45), 2), (window(45, 75), 1)]
        );
    }

    #[test]
    fn what_just_fits_between_quiet_hours_starts_where_they_end() {
        let quiet = QuietHours::parse("22:00-07:10").unwrap();
        let length = Span::from_minutes(14 * 60 + 50);
        for after in [0, 7 * 60 + 5, 7 * 60 + 10] {
            let slots = free_slots(&[], &Concurrency::default(), length, at(after), Some(quiet), &|_| 0, 2);
            let found: Vec<_> = slots.iter().map(|slot| (slot.window, slot.includes_quiet)).collect();
            let day = 24 * 60;
            assert_eq!(found, [(window(430, 1_320), false), (window(day + 430, day + 1_320), false)], "{after}");
        }
    }

    #[test]
    fn what_is_longer_than_the_day_only_does_not_start_in_quiet_hours_and_says_so() {
        let quiet = QuietHours::parse("22:00-07:00").unwrap();
        let day = Span::from_hours(24);
        let slots = free_slots(&[], &Concurrency::default(), day, base(), Some(quiet), &|_| 0, 2);
        let found: Vec<_> = slots.iter().map(|slot| (slot.window.start, slot.includes_quiet)).collect();
        assert_eq!(found, [(at(7 * 60), true), (at(31 * 60), true)]);
    }

    #[test]
    fn a_job_that_always_runs_has_none() {
        let slots = free_slots(
            &[window(0, 200 * 24 * 60)],
            &Concurrency::default(),
            Span::from_hours(1),
            base(),
            None,
            &|_| 0,
            3,
        );
        assert_eq!(slots, []);
    }
}
