//! Hours of the day that are better left alone: the quiet hours that somebody chose, and the night.

use super::stretch::Stretch;
use crate::time::{Span, Timestamp, zone};
use chrono::{Days, NaiveDate, NaiveTime, Timelike};

/// Hours of the day, by the clock of a zone. They may go over midnight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QuietHours {
    /// The minute of the day at which they start
    pub from: u32,
    /// The minute of the day at which they end
    pub to: u32,
}

const MINUTES_OF_DAY: u32 = 24 * 60;

impl QuietHours {
    /// When most people sleep.
    pub const NIGHT: Self = Self { from: 22 * 60, to: 6 * 60 };

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

    /// As [`QuietHours::parse`] reads it.
    pub fn text(self) -> String {
        let [from, to] = self.clocks();
        [&from, "-", &to].concat()
    }

    /// What the clock shows when they start and when they end: `22:00`, `07:30`.
    pub fn clocks(self) -> [String; 2] {
        [self.from, self.to].map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60))
    }

    /// How long they are, on a day without a change of the clocks.
    pub fn length(self) -> Span {
        let minutes = (self.to + MINUTES_OF_DAY - self.from) % MINUTES_OF_DAY;
        Span::from_minutes(i64::from(minutes))
    }

    /// The quiet times that meet a time range, in order, whole. Where the clocks go back over an edge of them, the longer time is
    /// quiet.
    pub fn between(self, from: Timestamp, to: Timestamp, offset: zone::Offset<'_>) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        let mut date = zone::local(from, offset).date().checked_sub_days(Days::new(1));
        while let Some(day) = date {
            let Some(quiet) = self.on(day, offset) else { break };
            if quiet.from >= to {
                break;
            }
            if quiet.to > from && quiet.from < quiet.to {
                found.push(quiet);
            }
            date = day.checked_add_days(Days::new(1));
        }
        found
    }

    /// The quiet time that starts on a day.
    fn on(self, day: NaiveDate, offset: zone::Offset<'_>) -> Option<Stretch> {
        let at = |day: NaiveDate, minute: u32| {
            let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)?;
            Some(zone::resolve(day.and_time(time), offset))
        };
        let last_day = if self.to <= self.from { day.checked_add_days(Days::new(1))? } else { day };
        let from = match at(day, self.from)? {
            zone::Resolved::Once(at) | zone::Resolved::Twice { earlier: at, .. } => at,
            zone::Resolved::Never { after, .. } => after,
        };
        let to = match at(last_day, self.to)? {
            zone::Resolved::Once(at) | zone::Resolved::Twice { later: at, .. } => at,
            zone::Resolved::Never { after, .. } => after,
        };
        Some(Stretch { from, to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::at;
    use proptest::prelude::*;

    /// Whether the clock of a zone shows quiet hours.
    pub(crate) fn is_quiet(hours: QuietHours, at: Timestamp, offset: zone::Offset<'_>) -> bool {
        let local = zone::local(at, offset);
        let minute = local.hour() * 60 + local.minute();
        if hours.from < hours.to {
            (hours.from..hours.to).contains(&minute)
        } else {
            minute >= hours.from || minute < hours.to
        }
    }

    fn time(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    /// Central European time around a change of 2026.
    fn berlin(at: Timestamp) -> i32 {
        if at < time("2026-10-25T01:00:00Z") { 7200 } else { 3600 }
    }

    proptest! {
        #[test]
        fn are_when_the_clock_shows_them(from in 0..1440_u32, to in 0..1440_u32, minute in 0..3_000_i64, hours in -12..14_i32) {
            prop_assume!(from != to);
            let quiet = QuietHours { from, to };
            let offset = |_: Timestamp| hours * 3600;
            let found = quiet.between(at(0), at(3_000), &offset);
            prop_assert!(found.windows(2).all(|pair| pair[0].to <= pair[1].from));
            let within = found.iter().any(|stretch| stretch.from <= at(minute) && at(minute) < stretch.to);
            prop_assert_eq!(within, is_quiet(quiet, at(minute), &offset));
        }

        #[test]
        fn are_read_as_they_are_written(from in 0..1440_u32, to in 0..1440_u32) {
            prop_assume!(from != to);
            let quiet = QuietHours { from, to };
            prop_assert_eq!(QuietHours::parse(&quiet.text()), Some(quiet));
        }
    }

    #[test]
    fn last_an_hour_longer_when_the_clocks_go_back() {
        let quiet = QuietHours::parse("22:00-07:00").unwrap();
        let night = quiet.between(time("2026-10-24T20:00:00Z"), time("2026-10-25T03:00:00Z"), &berlin);
        assert_eq!(night, [Stretch { from: time("2026-10-24T20:00:00Z"), to: time("2026-10-25T06:00:00Z") }]);
    }

    #[test]
    fn hours_without_a_length_or_a_clock_are_none() {
        for text in ["22:00-22:00", "25:00-07:00", "22:00", "", "22-7"] {
            assert_eq!(QuietHours::parse(text), None, "{text}");
        }
        assert_eq!(QuietHours::parse("22:00-07:30").map(QuietHours::length), Some(Span::from_minutes(570)));
    }
}
