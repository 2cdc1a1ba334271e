//! Room for another run of a job: when none of its windows is open for long enough.

use super::Timeline;
use super::snapping;
use super::stretch::Stretch;
use crate::time::{Span, Timestamp, zone};
use crate::window::Window;

/// Windows start at these steps.
const QUARTER: Span = Span::from_minutes(15);

/// When nothing in a lane is open for at least `length`, from `after` on, in order; the last one never ends. Runs that reach nobody any
/// more take up no room.
pub fn rooms(timeline: &Timeline, lane: usize, after: Timestamp, length: Span) -> impl Iterator<Item = Stretch> {
    let windows: Vec<Window> = timeline.lane(lane).map_or_else(Vec::new, |lane| {
        let ahead = lane.meeting(after, Timestamp::LATEST);
        let runs = ahead.filter_map(|(place, _)| timeline.run(place)).filter(|run| run.is_active());
        runs.map(|run| run.window).collect()
    });
    let mut free_from = after;
    let ends = windows.into_iter().map(Some).chain([None]);
    let gaps = ends.map(move |window| {
        let gap = Stretch { from: free_from, to: window.map_or(Timestamp::LATEST, |window| window.start) };
        free_from = window.map_or(free_from, |window| window.end).max(free_from);
        gap
    });
    gaps.filter(move |gap| gap.to.since(gap.from) >= length)
}

/// The first window of a length that fits, from a quarter of an hour on, as people plan.
pub fn first_fit(
    timeline: &Timeline,
    lane: usize,
    after: Timestamp,
    length: Span,
    offset: zone::Offset<'_>,
) -> Option<Window> {
    rooms(timeline, lane, after, length).find_map(|room| {
        let start = snapping::next(room.from, QUARTER, offset);
        Window::new(start, start.plus(length)).filter(|window| window.end <= room.to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::lanes::Grouping;
    use crate::timeline::tests::{at, run, runs};
    use proptest::prelude::*;
    use std::sync::Arc;

    #[test]
    fn the_first_window_that_fits_starts_at_a_quarter_and_ends_before_the_next_run() {
        let all = [run("a", Some("j"), 0, 20), run("b", Some("j"), 85, 100)].map(Arc::new);
        let timeline = Timeline::new(&all, Grouping::ByJob);
        let midnight = at(0).plus(Span::from_millis(-at(0).millis().rem_euclid(86_400_000)));
        let start = |minutes: i64| {
            let window = first_fit(&timeline, 0, at(0), Span::from_minutes(minutes), &|_| 0).unwrap();
            assert_eq!(window.end.since(window.start), Span::from_minutes(minutes));
            assert_eq!(window.start.since(midnight).millis().rem_euclid(QUARTER.millis()), 0);
            window.start
        };
        assert!(start(40) >= at(20) && start(40) < at(35));
        // An hour and five minutes are free, but not from a quarter on.
        assert!(start(64) >= at(100) && start(64) < at(115));
    }

    proptest! {
        /// All times of the test are whole minutes.
        #[test]
        fn room_is_where_a_naive_search_finds_every_minute_free(all in runs(30), after in 0_i64..1_500, length in 1_i64..300) {
            let timeline = Timeline::new(&all, Grouping::ByJob);
            for lane in 0..timeline.lanes().iter().count() {
                let found: Vec<Stretch> = rooms(&timeline, lane, at(after), Span::from_minutes(length)).collect();
                prop_assert!(found.windows(2).all(|pair| pair[0].to < pair[1].from));
                prop_assert_eq!(found.last().map(|last| last.to), Some(Timestamp::LATEST));
                let places = timeline.lane(lane).unwrap().places();
                let taken = |minute: i64| {
                    let mut of_job = places.iter().map(|place| &timeline.runs()[*place]).filter(|run| run.is_active());
                    of_job.any(|run| run.window.start <= at(minute) && at(minute) < run.window.end)
                };
                let free: Vec<bool> = (after..after + 1_000 + length).map(|minute| !taken(minute)).collect();
                // How many minutes are free in a row before and from each on.
                let mut before: Vec<i64> = vec![0];
                for is_free in &free {
                    before.push(if *is_free { before[before.len() - 1] + 1 } else { 0 });
                }
                let mut from: Vec<i64> = vec![0];
                for is_free in free.iter().rev() {
                    from.push(if *is_free { from[from.len() - 1] + 1 } else { 0 });
                }
                from.reverse();
                for minute in after..after + 1_000 {
                    let index = (minute - after) as usize;
                    let is_free = free[index] && before[index] + from[index] >= length;
                    let is_found = found.iter().any(|room| room.from <= at(minute) && at(minute) < room.to);
                    prop_assert_eq!(is_found, is_free, "minute {}", minute);
                }
            }
        }
    }
}
