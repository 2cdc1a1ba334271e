//! The range of time that a timeline shows.

use crate::time::{Span, Timestamp};

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
        fn what_is_below_two_fingers_stays_below_them(hours in 3_i64..400, one in (0.0..400.0_f64, 0.0..400.0_f64), other in (500.0..1_000.0_f64, 500.0..1_000.0_f64)) {
            let range = Range::new(time("2026-11-25T10:20:00Z"), time("2026-11-25T10:20:00Z").plus(Span::from_hours(hours)));
            let pinched = range.pinched([one, other], 1_000.0);
            for (before, after) in [one, other] {
                prop_assert!((pinched.x(range.time_at(before, 1_000.0), 1_000.0) - after).abs() < 0.1);
            }
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
