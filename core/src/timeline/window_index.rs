//! Finds the windows that meet a range of time.

use crate::time::Timestamp;
use crate::window::Window;

/// Windows by start, with the latest end of each block of them, of each block of blocks, and so on: an interval tree without
/// pointers. Building it takes linear time, a search `O(found * log n)`.
#[derive(Clone, Debug, Default)]
pub struct WindowIndex {
    starts: Vec<Timestamp>,
    /// The ends themselves, then the latest end of each pair, of each four, up to one for all
    latest_ends: Vec<Vec<Timestamp>>,
}

impl WindowIndex {
    /// An index of windows that are ordered by start.
    pub fn new(windows: &[Window]) -> Self {
        let mut level: Vec<Timestamp> = windows.iter().map(|window| window.end).collect();
        let mut latest_ends = Vec::new();
        while level.len() > 1 {
            let above = level.chunks(2).filter_map(|pair| pair.iter().max().copied()).collect();
            latest_ends.push(std::mem::replace(&mut level, above));
        }
        latest_ends.push(level);
        Self { starts: windows.iter().map(|window| window.start).collect(), latest_ends }
    }

    /// The places of the windows that start before `to` and end after `from`, in order.
    pub fn meeting(&self, from: Timestamp, to: Timestamp) -> Vec<usize> {
        let mut found = Vec::new();
        self.visit(from, to, &mut |place| {
            found.push(place);
            true
        });
        found
    }

    /// Whether any window starts before `to` and ends after `from`.
    pub fn any(&self, from: Timestamp, to: Timestamp) -> bool {
        let mut any = false;
        self.visit(from, to, &mut |_| {
            any = true;
            false
        });
        any
    }

    /// Visits them until `visit` returns `false`.
    fn visit(&self, from: Timestamp, to: Timestamp, visit: &mut dyn FnMut(usize) -> bool) {
        let before_to = self.starts.partition_point(|start| *start < to);
        let top = self.latest_ends.len().saturating_sub(1);
        self.descend(top, 0, before_to, from, visit);
    }

    /// Visits what a block has; returns whether to go on.
    fn descend(
        &self,
        level: usize,
        block: usize,
        before: usize,
        from: Timestamp,
        visit: &mut dyn FnMut(usize) -> bool,
    ) -> bool {
        let ends_after = self.latest_ends.get(level).and_then(|ends| ends.get(block)).is_some_and(|end| *end > from);
        if block << level >= before || !ends_after {
            return true;
        }
        if level == 0 {
            return visit(block);
        }
        self.descend(level - 1, block * 2, before, from, visit)
            && self.descend(level - 1, block * 2 + 1, before, from, visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::{at, windows};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_search_through_all_windows_finds(mut all in windows(60), from in 0_i64..2_000, length in 0_i64..500) {
            all.sort_by_key(|window| window.start);
            let (from, to) = (at(from), at(from + length));
            let index = WindowIndex::new(&all);
            let naive: Vec<usize> =
                all.iter().enumerate().filter(|(_, window)| window.start < to && window.end > from).map(|(place, _)| place).collect();
            prop_assert_eq!(index.any(from, to), !naive.is_empty());
            prop_assert_eq!(index.meeting(from, to), naive);
        }
    }

    #[test]
    fn without_windows_nothing_is_found() {
        assert!(WindowIndex::new(&[]).meeting(Timestamp::EARLIEST, Timestamp::LATEST).is_empty());
    }
}
