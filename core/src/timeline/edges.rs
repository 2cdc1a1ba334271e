//! The edges of a timeline's range, as an address writes them.

use super::range::Range;
use crate::time::{Span, Timestamp, zone};
use chrono::{Datelike, Days, NaiveDate};

/// What an edge of a range is counted from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// The present
    Now,
    /// The start of the present day in the chosen zone
    Today,
    /// The start of the present week, a Monday
    Week,
}

/// An edge of a range as it stands in an address. A relative one stays relative, so that a link to "today" shows today whenever it
/// is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// A fixed time
    At(Timestamp),
    /// So many minutes (from the present) or days (from a day) later or earlier
    Relative(Anchor, i32),
}

/// A minute, an hour, a day and a week in minutes
const UNITS: [(char, i32); 4] = [('m', 1), ('h', 60), ('d', 24 * 60), ('w', 7 * 24 * 60)];
const MINUTES_OF_DAY: i32 = 24 * 60;

impl Edge {
    /// Reads `now`, `now-6h`, `today`, `today+7d`, `week+1w`, or an ISO time. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let anchors = [("now", Anchor::Now), ("today", Anchor::Today), ("week", Anchor::Week)];
        let Some((rest, anchor)) =
            anchors.into_iter().find_map(|(word, anchor)| Some((text.strip_prefix(word)?, anchor)))
        else {
            return Timestamp::parse(text).map(Self::At);
        };
        if rest.is_empty() {
            return Some(Self::Relative(anchor, 0));
        }
        let sign = if rest.starts_with('-') { -1 } else { 1 };
        // In an address, a plus that was not encoded is a space.
        let rest = rest.strip_prefix(['+', '-', ' '])?;
        let (unit, minutes) = UNITS.into_iter().find(|(unit, _)| rest.ends_with(*unit))?;
        let count: i32 = rest.strip_suffix(unit)?.parse().ok().filter(|count| (0..=100_000).contains(count))?;
        let minutes = count.checked_mul(minutes)?.checked_mul(sign)?;
        match anchor {
            Anchor::Now => Some(Self::Relative(anchor, minutes)),
            Anchor::Today | Anchor::Week => {
                (minutes % MINUTES_OF_DAY == 0).then_some(Self::Relative(anchor, minutes / MINUTES_OF_DAY))
            }
        }
    }

    /// As [`Edge::parse`] reads it.
    pub fn text(self) -> String {
        let (anchor, amount) = match self {
            Self::At(at) => return at.to_iso(),
            Self::Relative(anchor, amount) => (anchor, amount),
        };
        let (word, minutes) = match anchor {
            Anchor::Now => ("now", amount),
            Anchor::Today => ("today", amount.saturating_mul(MINUTES_OF_DAY)),
            Anchor::Week => ("week", amount.saturating_mul(MINUTES_OF_DAY)),
        };
        if minutes == 0 {
            return word.to_owned();
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        let size = minutes.unsigned_abs();
        let mut units = UNITS.into_iter().map(|(unit, length)| (unit, length.unsigned_abs()));
        let fitting = units.rfind(|(_, length)| size.is_multiple_of(*length)).unwrap_or(('m', 1));
        format!("{word}{sign}{}{}", size / fitting.1, fitting.0)
    }

    /// The time that it means at `now` in a zone.
    pub fn resolve(self, now: Timestamp, offset: zone::Offset<'_>) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::Relative(Anchor::Now, minutes) => now.plus(Span::from_minutes(i64::from(minutes))),
            Self::Relative(anchor, days) => {
                let today = zone::local(now, offset).date();
                let back = if anchor == Anchor::Week { today.weekday().num_days_from_monday() } else { 0 };
                let day = today.checked_sub_days(Days::new(u64::from(back))).and_then(|day| later(day, days));
                day.map_or(now, |day| zone::midnight(day, offset))
            }
        }
    }
}

fn later(day: NaiveDate, days: i32) -> Option<NaiveDate> {
    let count = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

/// Both edges of a range, as an address has them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edges {
    /// The start
    pub from: Edge,
    /// The end
    pub to: Edge,
}

impl Edges {
    /// From the start of today to its end
    pub const TODAY: Self = Self::days(Anchor::Today, 1);
    /// The next 24 hours
    pub const NEXT_DAY: Self =
        Self { from: Edge::Relative(Anchor::Now, 0), to: Edge::Relative(Anchor::Now, MINUTES_OF_DAY) };
    /// From Monday to Sunday
    pub const THIS_WEEK: Self = Self::days(Anchor::Week, 7);
    /// Today and the six days after it
    pub const NEXT_WEEK: Self = Self::days(Anchor::Today, 7);

    const fn days(anchor: Anchor, days: i32) -> Self {
        Self { from: Edge::Relative(anchor, 0), to: Edge::Relative(anchor, days) }
    }

    /// A fixed range.
    pub const fn fixed(range: Range) -> Self {
        Self { from: Edge::At(range.from()), to: Edge::At(range.to()) }
    }

    /// The range that they mean at `now` in a zone.
    pub fn resolve(self, now: Timestamp, offset: zone::Offset<'_>) -> Range {
        Range::new(self.from.resolve(now, offset), self.to.resolve(now, offset))
    }
}

impl Default for Edges {
    /// What runs now, and what starts until the same time tomorrow.
    fn default() -> Self {
        Self { from: Edge::Relative(Anchor::Now, -4 * 60), to: Edge::Relative(Anchor::Now, 20 * 60) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn time(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    proptest! {
        #[test]
        fn edges_are_read_as_they_are_written(anchor in 0..3_usize, amount in -90_000..90_000_i32) {
            let anchor = [Anchor::Now, Anchor::Today, Anchor::Week][anchor];
            let amount = if anchor == Anchor::Now { amount } else { amount / 100 };
            let edge = Edge::Relative(anchor, amount);
            prop_assert_eq!(Edge::parse(&edge.text()), Some(edge), "{}", edge.text());
        }
    }

    #[test]
    fn relative_edges_mean_times_in_the_zone() {
        let now = time("2026-11-25T10:20:00Z");
        let berlin = |_: Timestamp| 3600;
        for (text, wanted) in [
            ("now", "2026-11-25T10:20:00.000Z"),
            ("now-6h", "2026-11-25T04:20:00.000Z"),
            ("today", "2026-11-24T23:00:00.000Z"),
            ("today+7d", "2026-12-01T23:00:00.000Z"),
            ("today 1d", "2026-11-25T23:00:00.000Z"),
            ("week", "2026-11-22T23:00:00.000Z"),
            ("week+1w", "2026-11-29T23:00:00.000Z"),
            ("2026-11-25T12:00:00+02:00", "2026-11-25T10:00:00.000Z"),
        ] {
            assert_eq!(Edge::parse(text).unwrap().resolve(now, &berlin).to_iso(), wanted, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_edges() {
        for text in ["", "yesterday", "now+", "now+h", "now+3y", "today+5m", "now*3h", "now+999999999w", "2026-11-25"] {
            assert_eq!(Edge::parse(text), None, "{text}");
        }
    }
}
