//! Room for a run: the next windows of a length that meet no other window of the job.

use super::concurrency::Concurrency;
use super::range::Range;
use crate::time::{Span, Timestamp, zone};
use crate::window::Window;
use chrono::{NaiveTime, Timelike};

/// How far ahead a slot is looked for.
const HORIZON: Span = Span::from_hours(366 * 24);
/// Slots start at whole quarters of an hour, as people plan.
const QUARTER: i64 = 15 * 60_000;

/// Hours of the day in which nobody wants to be written to. They may go over midnight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QuietHours {
    /// The minute of the day at which they start
    pub from: u32,
    /// The minute of the day at which they end
    pub to: u32,
}

impl QuietHours {
    /// Reads `22:00-07:30`. `None` for anything else, and where they would start as they end.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let minute = |text: &str| {
            let time = NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()?;
            Some(time.hour() * 60 + time.minute())
        };
        let hours = Self { from: minute(from)?, to: minute(to)? };
        (hours.from != hours.to).then_some(hours)
    }

    /// Whether the clock of a zone shows quiet hours at an instant.
    pub fn contain(self, at: Timestamp, offset: zone::Offset<'_>) -> bool {
        let local = zone::local(at, offset);
        let minute = local.hour() * 60 + local.minute();
        if self.from < self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

/// A window in which nothing of the job runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FreeSlot {
    /// The window
    pub window: Window,
    /// The most runs of all jobs that are open at once during it
    pub open_then: usize,
}

/// The first `count` windows of a length from `after` on that meet none of the job's windows (ordered by start) and do not start in
/// quiet hours. The slots do not overlap each other.
pub fn free_slots(
    of_job: &[Window],
    all: &Concurrency,
    length: Span,
    after: Timestamp,
    quiet: Option<QuietHours>,
    offset: zone::Offset<'_>,
    count: usize,
) -> Vec<FreeSlot> {
    let mut slots = Vec::new();
    if length.millis() <= 0 {
        return slots;
    }
    let last = after.plus(HORIZON);
    let mut start = next_quarter(after);
    while slots.len() < count && start < last {
        if quiet.is_some_and(|quiet| quiet.contain(start, offset)) {
            start = start.plus(Span::from_millis(QUARTER));
            continue;
        }
        let end = start.plus(length);
        let in_the_way =
            of_job.iter().filter(|window| window.start < end && window.end > start).map(|window| window.end).max();
        if let Some(end) = in_the_way {
            start = next_quarter(end);
            continue;
        }
        let Some(window) = Window::new(start, end) else { break };
        let open_then =
            all.steps(Range::new(start, end)).iter().take_while(|(at, _)| *at < end).map(|(_, open)| *open).max();
        slots.push(FreeSlot { window, open_then: open_then.unwrap_or(0) });
        start = next_quarter(end);
    }
    slots
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

    proptest! {
        #[test]
        fn are_the_first_that_a_naive_search_finds(mut all in windows(25), length in 1_i64..300, after in 0_i64..1_000) {
            all.sort_by_key(|window| window.start);
            let quiet = QuietHours::parse("01:00-02:00").unwrap();
            let length = Span::from_minutes(length);
            let slots = free_slots(&all, &Concurrency::new(&all), length, at(after), Some(quiet), &|_| 0, 3);
            prop_assert_eq!(slots.len(), 3);
            let mut from = at(after);
            for slot in slots {
                let mut naive = next_quarter(from);
                while quiet.contain(naive, &|_| 0) || all.iter().any(|window| window.start < naive.plus(length) && window.end > naive) {
                    naive = naive.plus(Span::from_millis(QUARTER));
                }
                prop_assert_eq!(slot.window.start, naive);
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
    fn quiet_hours_may_go_over_midnight() {
        let quiet = QuietHours::parse("22:00-07:00").unwrap();
        let at = |text: &str| Timestamp::parse(text).unwrap();
        assert!(quiet.contain(at("2026-05-01T23:00:00Z"), &|_| 0));
        assert!(quiet.contain(at("2026-05-01T05:30:00Z"), &|_| 3600));
        assert!(!quiet.contain(at("2026-05-01T06:00:00Z"), &|_| 3600));
        assert_eq!(QuietHours::parse("22:00-22:00"), None);
        assert_eq!(QuietHours::parse("25:00-07:00"), None);
    }
}
