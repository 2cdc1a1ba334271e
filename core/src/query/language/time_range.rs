//! Times and durations in a query.

use super::{IssueKind, QueryContext, TimeField};
use crate::time::input::{self, TimeInput};
use crate::time::zone::local;
use crate::time::{Span, Timestamp, zone};
use chrono::{Days, NaiveDate, TimeDelta, Weekday};

/// The time range that a term asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TimeRange {
    /// The start (inclusive).
    pub from: Option<Timestamp>,
    /// The end (exclusive).
    pub until: Option<Timestamp>,
}

impl TimeRange {
    /// Whether a time is in the range.
    pub fn contains(self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| at >= from) && self.until.is_none_or(|until| at < until)
    }
}

/// A comparison operator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compare {
    Within,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

fn compare(value: &str) -> (Compare, &str) {
    const SIGNS: [(&str, Compare); 4] =
        [("<=", Compare::LessOrEqual), (">=", Compare::MoreOrEqual), ("<", Compare::Less), (">", Compare::More)];
    let sign = SIGNS.into_iter().find_map(|(sign, compare)| Some((compare, value.strip_prefix(sign)?)));
    let (compare, rest) = sign.unwrap_or((Compare::Within, value));
    (compare, rest.trim())
}

/// The time range for `<2h`, `today` or `2026-03-01..2026-03-07`.
pub(super) fn parse_range(field: TimeField, value: &str, context: QueryContext<'_>) -> Result<TimeRange, IssueKind> {
    let (compare, value) = compare(value);
    if value.is_empty() {
        return Err(IssueKind::Unfinished);
    }
    if let Some((from, until)) = value.split_once("..").filter(|_| compare == Compare::Within) {
        let side = |text: &str| match text.trim() {
            "" => Ok(None),
            text => point(field, text, context).map(Some).ok_or(IssueKind::UnreadableTime),
        };
        let (mut first, mut last) = (side(from)?, side(until)?);
        // `created:2h..4h` is two to four hours ago.
        if !field.is_ahead() && span(from.trim()).is_some() && span(until.trim()).is_some() && first > last {
            std::mem::swap(&mut first, &mut last);
        }
        let range = TimeRange { from: first.map(|(from, _)| from), until: last.map(|(_, until)| until) };
        if range == TimeRange::default() {
            return Err(IssueKind::Unfinished);
        }
        let empty = range.from.zip(range.until).is_some_and(|(from, until)| from >= until);
        return if empty { Err(IssueKind::EmptyRange) } else { Ok(range) };
    }
    let length = span(value);
    let (from, until) = point(field, value, context).ok_or(IssueKind::UnreadableTime)?;
    let tick = Span::from_millis(1);
    let range = |from, until| Ok(TimeRange { from, until });
    match (compare, length) {
        // `starts<2h` starts now; `created<2h` ends now.
        (Compare::Within | Compare::Less | Compare::LessOrEqual, Some(_)) if field.is_ahead() => {
            range(Some(context.now), Some(if compare == Compare::Less { from } else { until }))
        }
        (Compare::Within | Compare::Less | Compare::LessOrEqual, Some(_)) => {
            range(Some(if compare == Compare::Less { until } else { from }), Some(context.now.plus(tick)))
        }
        (Compare::More, Some(_)) if !field.is_ahead() => range(None, Some(from)),
        (Compare::MoreOrEqual, Some(_)) if !field.is_ahead() => range(None, Some(until)),
        (Compare::Within, None) => range(Some(from), Some(until)),
        (Compare::Less, None) => range(None, Some(from)),
        (Compare::LessOrEqual, None) => range(None, Some(until)),
        (Compare::More, _) => range(Some(until), None),
        (Compare::MoreOrEqual, _) => range(Some(from), None),
    }
}

/// The range of lengths for `>8h` or `1h..2h`, in milliseconds: from (inclusive) and until (exclusive). Lengths are
/// compared in whole seconds, as milliseconds may be fingerprints.
pub(super) fn parse_lengths(value: &str) -> Result<(i64, i64), IssueKind> {
    let (compare, value) = compare(value);
    if value.is_empty() {
        return Err(IssueKind::Unfinished);
    }
    let read = |text: &str| Span::parse(text).map(Span::millis).ok_or(IssueKind::UnreadableLength);
    // A window of eight hours may be up to a second shorter or longer.
    let (below, above) = (|length: i64| length.saturating_sub(999), |length: i64| length.saturating_add(1000));
    if let Some((from, until)) = value.split_once("..").filter(|_| compare == Compare::Within) {
        let from = if from.trim().is_empty() { 0 } else { below(read(from)?) };
        let until = if until.trim().is_empty() { i64::MAX } else { above(read(until)?) };
        return if from >= until { Err(IssueKind::EmptyRange) } else { Ok((from, until)) };
    }
    let length = read(value)?;
    Ok(match compare {
        Compare::Within => (below(length), above(length)),
        Compare::Less => (0, below(length)),
        Compare::LessOrEqual => (0, above(length)),
        Compare::More => (above(length), i64::MAX),
        Compare::MoreOrEqual => (below(length), i64::MAX),
    })
}

/// Parses a duration. `09:00` is a time of day here, as in the form.
fn span(value: &str) -> Option<Span> {
    Span::parse(value).filter(|_| !value.contains(':'))
}

/// The time span that a value stands for: from (inclusive) and until (exclusive).
fn point(field: TimeField, value: &str, context: QueryContext<'_>) -> Option<(Timestamp, Timestamp)> {
    let QueryContext { now, offset, .. } = context;
    let for_a = |from: Timestamp, span: i64| (from, from.plus(Span::from_millis(span)));
    if let Some(length) = span(value) {
        let length = if field.is_ahead() { length } else { Span::from_millis(-length.millis()) };
        return Some(for_a(now.plus(length), 1));
    }
    let today = local(now, offset).date();
    let days = |first: Option<NaiveDate>, last: Option<NaiveDate>| {
        Some((midnight(first?, context), midnight(last?.succ_opt()?, context)))
    };
    let value = value.to_ascii_lowercase();
    match value.as_str() {
        "now" => return Some(for_a(now, 1)),
        "today" => return days(Some(today), Some(today)),
        "yesterday" => return days(today.pred_opt(), today.pred_opt()),
        "tomorrow" => return days(today.succ_opt(), today.succ_opt()),
        "this-week" | "this week" => return week(today, 0, context),
        "next-week" | "next week" => return week(today, 1, context),
        "last-week" | "last week" => return week(today, -1, context),
        _ => {}
    }
    let many = |prefix: &str| {
        let number = value.strip_prefix(prefix)?.strip_suffix("-days")?;
        let digits = number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| number.parse::<u64>().ok())?.filter(|days| *days > 0)
    };
    if let Some(count) = many("last-") {
        return days(today.checked_sub_days(Days::new(count - 1)), Some(today));
    }
    if let Some(count) = many("next-") {
        return days(Some(today), today.checked_add_days(Days::new(count - 1)));
    }
    if let Some(date) = date(&value) {
        return days(Some(date), Some(date));
    }
    let clock = match value.split_once('t') {
        Some((_, clock)) => clock,
        None => value.split_once(' ').map_or(value.as_str(), |(_, clock)| clock),
    };
    let clock = clock.split(['z', '+', '-', 'u']).next().unwrap_or(clock);
    let unit = if clock.matches(':').count() < 2 { 60_000 } else { 1000 };
    match input::read(&value, now, offset) {
        TimeInput::At(at) | TimeInput::Twice(at, _) | TimeInput::Never(_, at) => Some(for_a(at, unit)),
        _ => None,
    }
}

/// The week, from Monday to Sunday, that is so many weeks after the one of `day`.
fn week(day: NaiveDate, weeks: i64, context: QueryContext<'_>) -> Option<(Timestamp, Timestamp)> {
    let monday = day.week(Weekday::Mon).checked_first_day()?.checked_add_signed(TimeDelta::weeks(weeks))?;
    Some((midnight(monday, context), midnight(monday.checked_add_days(Days::new(7))?, context)))
}

/// `2026-03-01`
fn date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next()?;
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| *year > 0 && parts.next().is_none())?, month, day)
}

fn midnight(day: NaiveDate, context: QueryContext<'_>) -> Timestamp {
    zone::midnight(day, context.offset).printable()
}

#[cfg(test)]
mod tests;
