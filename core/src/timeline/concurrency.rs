//! How many windows are open at once.

use super::range::Range;
use crate::time::{Span, Timestamp};
use crate::window::Window;

/// The starts and the ends of windows, each in order.
#[derive(Clone, Debug, Default)]
pub struct Concurrency {
    starts: Vec<Timestamp>,
    ends: Vec<Timestamp>,
}

/// The most windows that are open at once, and when for the first time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Peak {
    /// How many
    pub count: usize,
    /// Since when
    pub from: Timestamp,
    /// Until when
    pub to: Timestamp,
}

impl Concurrency {
    /// Of windows in any order.
    pub fn new(windows: &[Window]) -> Self {
        let mut starts: Vec<Timestamp> = windows.iter().map(|window| window.start).collect();
        let mut ends: Vec<Timestamp> = windows.iter().map(|window| window.end).collect();
        starts.sort_unstable();
        ends.sort_unstable();
        Self { starts, ends }
    }

    /// As if the windows had ended at a time at the latest.
    #[must_use]
    pub fn until(&self, time: Timestamp) -> Self {
        let starts: Vec<Timestamp> = self.starts.iter().copied().take_while(|start| *start < time).collect();
        // Those that would start later are the last to end, too.
        let ends = self.ends.iter().take(starts.len()).map(|end| (*end).min(time)).collect();
        Self { starts, ends }
    }

    /// Together with other windows.
    #[must_use]
    pub fn merged(&self, mut other: Self) -> Self {
        // A stable sort finds the two ordered parts and only merges them.
        other.starts.extend_from_slice(&self.starts);
        other.starts.sort();
        other.ends.extend_from_slice(&self.ends);
        other.ends.sort();
        other
    }

    /// How many windows are open at a time. One that ends at that time is not, one that starts is.
    pub fn at(&self, at: Timestamp) -> usize {
        let started = self.starts.partition_point(|start| *start <= at);
        let ended = self.ends.partition_point(|end| *end <= at);
        started.saturating_sub(ended)
    }

    /// The steps in a range: from each time on, so many are open. The first is the start of the range.
    pub fn steps(&self, range: Range) -> Vec<(Timestamp, usize)> {
        let (from, to) = (range.from(), range.to());
        let within = |times: &[Timestamp]| -> Vec<Timestamp> {
            let first = times.partition_point(|time| *time <= from);
            times.iter().skip(first).take_while(|time| **time < to).copied().collect()
        };
        let (starts, ends) = (within(&self.starts), within(&self.ends));
        let (mut starts, mut ends) = (starts.into_iter().peekable(), ends.into_iter().peekable());
        let mut open = self.at(from);
        let mut steps = vec![(from, open)];
        while let Some(time) = starts.peek().into_iter().chain(ends.peek()).min().copied() {
            while starts.next_if_eq(&time).is_some() {
                open = open.saturating_add(1);
            }
            while ends.next_if_eq(&time).is_some() {
                open = open.saturating_sub(1);
            }
            if steps.last().is_none_or(|(_, before)| *before != open) {
                steps.push((time, open));
            }
        }
        steps
    }

    /// The most windows that are open at once in a range.
    pub fn most(&self, range: Range) -> usize {
        self.steps(range).into_iter().map(|(_, open)| open).max().unwrap_or(0)
    }

    /// The first time in a range at which most windows are open; `None` if none is. It may begin before the range and end after it.
    pub fn peak(&self, range: Range) -> Option<Peak> {
        let steps = self.steps(range);
        let count = steps.iter().map(|(_, count)| *count).max().filter(|count| *count > 0)?;
        let first = steps.iter().position(|(_, open)| *open == count)?;
        let from = if first == 0 { self.since(range.from()) } else { steps.get(first)?.0 };
        let to = steps.get(first + 1).map_or_else(|| self.changes(range.to()), |(time, _)| *time);
        Some(Peak { count, from, to })
    }

    /// Since when as many windows have been open as at a time.
    fn since(&self, time: Timestamp) -> Timestamp {
        let open = self.at(time);
        let last = |times: &[Timestamp], until: Timestamp| {
            times.partition_point(|time| *time <= until).checked_sub(1).and_then(|at| times.get(at).copied())
        };
        let mut since = time;
        while let Some(change) = last(&self.starts, since).max(last(&self.ends, since)) {
            // Where one window starts as another ends, as many are open as before.
            since = change.plus(Span::from_millis(-1));
            if self.at(since) != open {
                return change;
            }
        }
        time
    }

    /// When the number of open windows is no longer that just before a time.
    fn changes(&self, time: Timestamp) -> Timestamp {
        let open = self.at(time.plus(Span::from_millis(-1)));
        let next =
            |times: &[Timestamp], from: Timestamp| times.get(times.partition_point(|time| *time < from)).copied();
        let mut from = time;
        while let Some(change) = [next(&self.starts, from), next(&self.ends, from)].into_iter().flatten().min() {
            if self.at(change) != open {
                return change;
            }
            from = change.plus(Span::from_millis(1));
        }
        time
    }
}

/// For each of `columns` columns of a picture, the most that are open at once in it.
pub fn columns(steps: &[(Timestamp, usize)], range: Range, columns: usize) -> Vec<usize> {
    let mut highest = vec![0; columns];
    for (at, (from, open)) in steps.iter().enumerate() {
        let to = steps.get(at + 1).map_or(range.to(), |(time, _)| *time);
        // In whole numbers: a boundary between two columns belongs to neither.
        let scaled = |time: Timestamp| i128::from(time.since(range.from()).millis()).saturating_mul(columns as i128);
        let length = i128::from(range.length().millis());
        let first = usize::try_from(scaled(*from).div_euclid(length)).unwrap_or(0);
        let last = usize::try_from(scaled(to).saturating_add(length - 1).div_euclid(length)).unwrap_or(0);
        for column in highest.iter_mut().take(last).skip(first) {
            *column = (*column).max(*open);
        }
    }
    highest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::{at, window, windows};
    use proptest::prelude::*;

    fn open_at(all: &[Window], time: Timestamp) -> usize {
        all.iter().filter(|window| window.start <= time && time < window.end).count()
    }

    proptest! {
        #[test]
        fn steps_and_peak_are_those_of_a_naive_count(all in windows(40), from in 0_i64..1_500, length in 15_i64..800) {
            let range = Range::new(at(from), at(from + length));
            let concurrency = Concurrency::new(&all);
            let steps = concurrency.steps(range);
            for (time, open) in &steps {
                prop_assert_eq!(*open, open_at(&all, *time));
                prop_assert_eq!(*open, concurrency.at(*time));
            }
            // The naive peak: every minute of the range, since all times of the test are whole minutes.
            let minutes = range.length().millis() / 60_000;
            let counts: Vec<usize> = (0..minutes).map(|minute| open_at(&all, range.from().plus(Span::from_minutes(minute)))).collect();
            let most = counts.iter().copied().max().unwrap_or(0);
            let peak = concurrency.peak(range);
            prop_assert_eq!(peak.map_or(0, |peak| peak.count), most);
            if let Some(peak) = peak {
                let first = counts.iter().position(|count| *count == most).unwrap() as i64;
                let seen = range.from().plus(Span::from_minutes(first));
                let minutes = |by: i64| (0..).map(move |count| seen.plus(Span::from_minutes(by * count)));
                let after = minutes(1).find(|time| open_at(&all, *time) != most);
                let before = minutes(-1).find(|time| open_at(&all, *time) != most);
                prop_assert_eq!(Some(peak.to), after);
                prop_assert_eq!(Some(peak.from.plus(Span::from_minutes(-1))), before);
            }
            prop_assert_eq!(concurrency.most(range), most);
            // A column for each minute has the count of that minute.
            prop_assert_eq!(columns(&steps, range, counts.len()), counts);
        }
    }

    #[test]
    fn a_window_that_starts_as_another_ends_is_not_open_with_it() {
        let concurrency = Concurrency::new(&[window(0, 10), window(10, 20)]);
        assert_eq!(concurrency.steps(Range::new(at(0), at(20))), [(at(0), 1)]);
        let peak = concurrency.peak(Range::new(at(5), at(20)));
        assert_eq!(peak, Some(Peak { count: 1, from: at(0), to: at(20) }));
        assert_eq!(concurrency.at(at(10)), 1);
        assert_eq!(concurrency.at(at(20)), 0);
    }
}
