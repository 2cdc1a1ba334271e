//! The range of time that a timeline shows, and how an address writes it.

use crate::time::{Span, Timestamp, zone};
use chrono::{Datelike, Days, NaiveDate};

/// A range of time between [`Range::SHORTEST`] and [`Range::LONGEST`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    from: Timestamp,
    to: Timestamp,
}

impl Range {
    /// The closest one can look.
    pub const SHORTEST: Span = Span::from_minutes(15);
    /// The furthest one can look.
    pub const LONGEST: Span = Span::from_hours(366 * 24);

    /// Fingers are taken to be at least so many pixels apart.
    const CLOSEST_FINGERS: f64 = 24.0;

    /// From one time to another. Where they are too close or too far apart, or the wrong way around, the nearest range that keeps
    /// the start.
    pub fn new(from: Timestamp, to: Timestamp) -> Self {
        let from = from.clamp(Timestamp::from_millis(0), Timestamp::LATEST.plus(negative(Self::LONGEST)));
        let length = to.since(from).clamp(Self::SHORTEST, Self::LONGEST);
        Self { from, to: from.plus(length) }
    }

    /// A range of a length with a time in its middle.
    pub fn around(middle: Timestamp, length: Span) -> Self {
        let length = length.clamp(Self::SHORTEST, Self::LONGEST);
        let from = middle.plus(Span::from_millis(-length.millis() / 2));
        Self::new(from, from.plus(length))
    }

    /// Its start.
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// Its end.
    pub const fn to(self) -> Timestamp {
        self.to
    }

    /// Its length.
    pub fn length(self) -> Span {
        self.to.since(self.from)
    }

    /// Whether a time is in it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// The range later (or, if negative, earlier) by a span.
    #[must_use]
    pub fn moved(self, by: Span) -> Self {
        let from = self.from.plus(by);
        Self::new(from, from.plus(self.length()))
    }

    /// The range longer by a factor (shorter below 1), in which `fixed` stands where it stood.
    #[must_use]
    pub fn zoomed(self, factor: f64, fixed: Timestamp) -> Self {
        let length = self.length().millis() as f64;
        let wanted = (length * factor).clamp(Self::SHORTEST.millis() as f64, Self::LONGEST.millis() as f64);
        if !wanted.is_finite() {
            return self;
        }
        let share = fixed.since(self.from).millis() as f64 / length;
        let from = fixed.plus(Span::from_millis((-share * wanted).round() as i64));
        Self::new(from, from.plus(Span::from_millis(wanted.round() as i64)))
    }

    /// The range after two fingers have moved, each from the first to the second x of a view of this width: what was below each finger
    /// stays there, unless that were too close or too far.
    #[must_use]
    pub fn pinched(self, fingers: [(f64, f64); 2], width: f64) -> Self {
        let [one, other] = fingers;
        // Fingers that start or end on one x would zoom without limit.
        let apart = |one: f64, other: f64| (one - other).abs().max(Self::CLOSEST_FINGERS);
        let (before, after) = ((one.0 + other.0) / 2.0, (one.1 + other.1) / 2.0);
        let fixed = self.time_at(before, width);
        let zoomed = self.zoomed(apart(one.0, other.0) / apart(one.1, other.1), fixed);
        zoomed.moved(zoomed.time_at(before, width).since(zoomed.time_at(after, width)))
    }

    /// Longer by its own length at both ends: what a pan comes to next.
    #[must_use]
    pub fn padded(self) -> Self {
        let length = self.length();
        Self { from: self.from.plus(negative(length)), to: self.to.plus(length) }
    }

    /// Whether another range lies in this one.
    pub fn covers(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// The x of a time, in a picture of this width.
    pub fn x(self, at: Timestamp, width: f64) -> f64 {
        at.since(self.from).millis() as f64 / self.length().millis() as f64 * width
    }

    /// The time at an x.
    pub fn time_at(self, x: f64, width: f64) -> Timestamp {
        let share = if width > 0.0 { x / width } else { 0.0 };
        self.from.plus(Span::from_millis((share * self.length().millis() as f64).round() as i64))
    }
}

const fn negative(span: Span) -> Span {
    Span::from_millis(span.millis().saturating_neg())
}

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
        let units = UNITS.into_iter().map(|(unit, length)| (unit, length.unsigned_abs()));
        let fitting = units.filter(|(_, length)| size.is_multiple_of(*length)).last().unwrap_or(('m', 1));
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
                day.map_or(now, |day| midnight(day, offset))
            }
        }
    }
}

fn later(day: NaiveDate, days: i32) -> Option<NaiveDate> {
    let count = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

/// When a day starts in a zone: at its first instant, where the clocks skip midnight or show it twice.
pub fn midnight(day: NaiveDate, offset: zone::Offset<'_>) -> Timestamp {
    match zone::resolve(day.and_time(chrono::NaiveTime::MIN), offset) {
        zone::Resolved::Once(at) => at,
        zone::Resolved::Twice { earlier, .. } => earlier,
        zone::Resolved::Never { after, .. } => after,
    }
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
        Self { from: Edge::At(range.from), to: Edge::At(range.to) }
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
        fn zooming_keeps_the_fixed_time_in_place(start in 1_000_000_000_000_i64..2_000_000_000_000, hours in 1_i64..5_000, share in 0.0..1.0_f64, factor in 0.2..5.0_f64) {
            let range = Range::new(Timestamp::from_millis(start), Timestamp::from_millis(start + hours * 3_600_000));
            let fixed = range.time_at(share * 1000.0, 1000.0);
            let zoomed = range.zoomed(factor, fixed);
            let tolerance = 2.0 * 1000.0 / zoomed.length().millis() as f64 + 0.01;
            prop_assert!((zoomed.x(fixed, 1000.0) - range.x(fixed, 1000.0)).abs() <= tolerance);
            prop_assert!((Range::SHORTEST..=Range::LONGEST).contains(&zoomed.length()));
        }

        #[test]
        fn what_is_below_two_fingers_stays_below_them(hours in 2_i64..400, one in (0.0..400.0_f64, 0.0..400.0_f64), other in (500.0..1_000.0_f64, 500.0..1_000.0_f64)) {
            let range = Range::new(time("2026-11-25T10:20:00Z"), time("2026-11-25T10:20:00Z").plus(Span::from_hours(hours)));
            let pinched = range.pinched([one, other], 1_000.0);
            for (before, after) in [one, other] {
                prop_assert!((pinched.x(range.time_at(before, 1_000.0), 1_000.0) - after).abs() < 0.1);
            }
        }

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

    #[test]
    fn a_range_is_never_too_short_too_long_or_reversed() {
        let at = time("2026-11-25T10:20:00Z");
        assert_eq!(Range::new(at, at).length(), Range::SHORTEST);
        assert_eq!(Range::new(at, at.plus(Span::from_hours(-5))).length(), Range::SHORTEST);
        assert_eq!(Range::new(at, Timestamp::LATEST).length(), Range::LONGEST);
        assert_eq!(Range::new(Timestamp::LATEST, Timestamp::LATEST).to(), Timestamp::LATEST);
    }
}
