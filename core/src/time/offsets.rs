//! The offsets of a zone in a stretch of time, as a table: a browser takes microseconds for each question, and a picture of a year asks
//! tens of thousands.

use super::zone::Offset;
use super::{Span, Timestamp};

/// How far apart a zone is asked. No zone has changed its clocks twice within this time since 1970.
const STEP: Span = Span::from_hours(48);
/// Finding the time at which a local date starts asks for offsets this far outside the range.
const MARGIN: Span = Span::from_hours(60);

/// When the clocks of a zone change, and what they show until then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ZoneOffsets {
    from: Timestamp,
    to: Timestamp,
    /// Until the first change
    first: i32,
    /// From each time on, in order
    changes: Vec<(Timestamp, i32)>,
}

impl ZoneOffsets {
    /// Those between two times, with enough around for the local dates at both ends.
    pub fn between(from: Timestamp, to: Timestamp, offset: Offset<'_>) -> Self {
        let start = from.plus(Span::from_millis(-MARGIN.millis()));
        let end = to.plus(MARGIN);
        let first = offset(start);
        let mut changes = Vec::new();
        let (mut at, mut before) = (start, first);
        while at < end {
            let next = at.plus(STEP).min(end);
            let after = offset(next);
            if after != before {
                changes.push((change_between(at, next, before, offset), after));
            }
            (at, before) = (next, after);
        }
        Self { from, to, first, changes }
    }

    /// Whether the table includes another range.
    pub fn covers(&self, from: Timestamp, to: Timestamp) -> bool {
        self.from <= from && to <= self.to
    }

    /// Seconds east of UTC at an instant.
    pub fn at(&self, instant: Timestamp) -> i32 {
        let passed = self.changes.partition_point(|(change, _)| *change <= instant);
        passed.checked_sub(1).and_then(|last| self.changes.get(last)).map_or(self.first, |(_, offset)| *offset)
    }
}

/// The first millisecond at which the offset is no longer that of `low`.
fn change_between(low: Timestamp, high: Timestamp, before: i32, offset: Offset<'_>) -> Timestamp {
    let (mut low, mut high) = (low.millis(), high.millis());
    while high.saturating_sub(low) > 1 {
        let middle = low + (high - low) / 2;
        if offset(Timestamp::from_millis(middle)) == before { low = middle } else { high = middle }
    }
    Timestamp::from_millis(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Changes of the clocks at least two days apart, at any millisecond.
        #[test]
        fn the_table_says_what_the_zone_says(
            gaps in prop::collection::vec((172_800_001_i64..20_000_000_000, -50_400_i32..50_400), 0..12),
            start in -1_000_000_000_i64..20_000_000_000,
            length in 900_000_i64..94_867_200_000,
            shares in prop::collection::vec(0.0..1.0_f64, 20),
        ) {
            let mut changes = Vec::new();
            let mut at = 0;
            for (gap, offset) in gaps {
                at += gap;
                changes.push((Timestamp::from_millis(at), offset));
            }
            let zone = |at: Timestamp| changes.iter().rev().find(|(change, _)| *change <= at).map_or(3600, |(_, offset)| *offset);
            let (from, to) = (Timestamp::from_millis(start), Timestamp::from_millis(start + length));
            let table = ZoneOffsets::between(from, to, &zone);
            for share in shares {
                let at = from.plus(Span::from_millis((length as f64 * share) as i64));
                prop_assert_eq!(table.at(at), zone(at));
            }
            for (change, _) in &changes {
                for at in [change.plus(Span::from_millis(-1)), *change].into_iter().filter(|at| from <= *at && *at <= to) {
                    prop_assert_eq!(table.at(at), zone(at));
                }
            }
        }
    }

    #[test]
    fn a_table_covers_what_lies_within_its_ends() {
        let hours = |count| Timestamp::from_millis(0).plus(Span::from_hours(count));
        let table = ZoneOffsets::between(hours(0), hours(10), &|_| 0);
        assert!(table.covers(hours(0), hours(10)) && table.covers(hours(3), hours(4)));
        assert!(!table.covers(hours(-1), hours(4)) && !table.covers(hours(3), hours(11)));
    }
}
