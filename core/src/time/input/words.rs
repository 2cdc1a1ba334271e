//! A day and a time of day in the words, numbers and order that people use.

use crate::time::Timestamp;
use crate::time::civil::naive;
use crate::time::cursor::{Clock, Cursor};
use crate::time::http_date::{month_of, weekday_of};
use crate::time::zone::{Offset, local};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};

/// A day and a time of day, before the zone is asked what instant that is.
pub(super) struct Said {
    pub(super) day: NaiveDate,
    /// The other day that may be meant.
    pub(super) other_day: Option<NaiveDate>,
    pub(super) clock: Option<Clock>,
    /// Seconds east of UTC, if the text names an offset.
    pub(super) offset: Option<i32>,
}

pub(super) enum SaidError {
    Unreadable,
    WrongWeekday,
}

/// The parts of a text, each said at most once.
#[derive(Default)]
struct Parts {
    /// Days from today.
    days_ahead: Option<i64>,
    /// 0 is Monday.
    weekday: Option<u32>,
    is_next: bool,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<u32>,
    /// Whether day and month may be the other way round.
    may_be_swapped: bool,
    clock: Option<Clock>,
    is_midnight: bool,
    offset: Option<i32>,
}

const NOON: Clock = Clock { hour: 12, minute: 0, second: 0, milli: 0 };
const MIDNIGHT: Clock = Clock { hour: 0, minute: 0, second: 0, milli: 0 };

impl Said {
    pub(super) fn read(text: &str, now: Timestamp, offset: Offset<'_>) -> Result<Self, SaidError> {
        let parts = Parts::read(&text.to_ascii_lowercase()).ok_or(SaidError::Unreadable)?;
        let now = match parts.offset {
            Some(seconds) => local(now, &|_| seconds),
            None => local(now, offset),
        };
        parts.on_days(now)
    }
}

/// Whether a text is a time of day and names no day.
pub(super) fn lacks_day(text: &str) -> bool {
    Parts::read(&text.to_ascii_lowercase()).is_some_and(|parts| {
        let has_day = parts.days_ahead.is_some() || parts.weekday.is_some() || parts.day.is_some();
        parts.clock.is_some() && !has_day && parts.month.is_none() && parts.year.is_none()
    })
}

impl Parts {
    fn read(text: &str) -> Option<Self> {
        let mut parts = Self::default();
        let mut tokens = text.split_whitespace().map(|token| token.trim_end_matches(',')).peekable();
        while let Some(token) = tokens.next() {
            match token {
                "" | "=" | "at" | "on" | "the" | "of" | "this" => {}
                "next" => parts.is_next = true,
                "today" => put(&mut parts.days_ahead, 0)?,
                "tomorrow" => put(&mut parts.days_ahead, 1)?,
                "yesterday" => put(&mut parts.days_ahead, -1)?,
                "noon" | "midday" => put(&mut parts.clock, NOON)?,
                "midnight" => {
                    put(&mut parts.clock, MIDNIGHT)?;
                    parts.is_midnight = true;
                }
                _ if token.starts_with(|c: char| c.is_ascii_digit()) => {
                    let half = tokens.peek().copied().and_then(is_afternoon);
                    if half.is_some() && parts.number(token, half).is_some() {
                        tokens.next();
                    } else {
                        parts.number(token, None)?;
                    }
                }
                _ => parts.word(token)?,
            }
        }
        Some(parts)
    }

    /// The name of a weekday, month or zone.
    fn word(&mut self, token: &str) -> Option<()> {
        let name = token.trim_end_matches('.');
        if let Some(weekday) = weekday_of(name) {
            return put(&mut self.weekday, weekday);
        }
        if let Some(month) = month_of(name) {
            return put(&mut self.month, month);
        }
        let offset = token.strip_prefix("utc").or_else(|| token.strip_prefix("gmt")).unwrap_or(token);
        put(&mut self.offset, if offset.is_empty() { 0 } else { whole_offset(offset)? })
    }

    /// A time of day, a date, a day of the month or a year; `half` is the half of the day that the next word names.
    fn number(&mut self, token: &str, half: Option<bool>) -> Option<()> {
        if let Some((date, clock)) = token.split_once('t').filter(|(date, _)| date.len() == 10) {
            self.date(date)?;
            return self.clock(clock, None);
        }
        if token.contains(':') || half.is_some() || token.ends_with('m') || token.ends_with("m.") {
            return self.clock(token, half);
        }
        let digits = token.find(|c: char| !c.is_ascii_digit()).unwrap_or(token.len());
        match token.split_at(digits) {
            (year, "") if year.len() == 4 => put(&mut self.year, year.parse().ok()?),
            (day, "" | "." | "st" | "nd" | "rd" | "th") if day.len() < 3 => put(&mut self.day, day.parse().ok()?),
            _ => self.date(token),
        }
    }

    /// `2026-11-29`, `29.11.2026`, `11/29/2026`, `29/11`, `29.11.`
    fn date(&mut self, token: &str) -> Option<()> {
        let separator = token.chars().find(|c| "/.-".contains(*c))?;
        let may_lack_year = separator == '/' || token.ends_with('.');
        let mut numbers = token.trim_end_matches('.').split(separator);
        let (first, second, third) = (numbers.next()?, numbers.next()?, numbers.next());
        let number = |text: &str, least: usize, most: usize| {
            let mut cursor = Cursor::new(text);
            let number = cursor.digits(least, most)?;
            cursor.end()?;
            Some(number)
        };
        if numbers.next().is_some() {
            return None;
        }
        if first.len() == 4 {
            put(&mut self.year, number(first, 4, 4)?)?;
            put(&mut self.month, number(second, 1, 2)?)?;
            return put(&mut self.day, number(third?, 1, 2)?);
        }
        let (first, second) = (number(first, 1, 2)?, number(second, 1, 2)?);
        match third {
            Some(year) => put(&mut self.year, number(year, 4, 4)?)?,
            None if may_lack_year => {}
            None => return None,
        }
        // Half the world writes the day first, the other half the month.
        self.may_be_swapped = first <= 12 && second <= 12 && first != second;
        let (day, month) = if second > 12 { (second, first) } else { (first, second) };
        put(&mut self.day, day)?;
        put(&mut self.month, month)
    }

    /// `9:00`, `17:23:14.5`, `9am`, `9.30 pm`, each perhaps with an offset behind it.
    fn clock(&mut self, token: &str, half: Option<bool>) -> Option<()> {
        let mut cursor = Cursor::new(token);
        let mut clock = if token.contains(':') {
            cursor.clock(1)?
        } else {
            let hour = cursor.digits(1, 2)?;
            let minute = if cursor.eat_any(b".").is_some() { cursor.digits(2, 2)? } else { 0 };
            Clock { hour, minute, second: 0, milli: 0 }
        };
        let rest = cursor.rest();
        let own_half = is_afternoon(rest);
        if clock.second > 59 || clock.minute > 59 || (own_half.is_some() && half.is_some()) {
            return None;
        }
        match own_half.or(half) {
            Some(afternoon) if (1..=12).contains(&clock.hour) => {
                clock.hour = clock.hour % 12 + if afternoon { 12 } else { 0 };
            }
            Some(_) => return None,
            None if token.contains(':') => {}
            None => return None,
        }
        if own_half.is_none() && !rest.is_empty() {
            put(&mut self.offset, whole_offset(rest)?)?;
        }
        put(&mut self.clock, clock)
    }

    /// The day or the two days that are meant, counted from the local time.
    fn on_days(self, now: NaiveDateTime) -> Result<Said, SaidError> {
        let today = now.date();
        let (mut days, of_weekday) = match (self.days_ahead, self.day, self.month) {
            (Some(ahead), None, None) if self.year.is_none() && !self.is_next => {
                ([shifted(today, ahead), None], self.weekday)
            }
            (None, Some(day), Some(month)) if !self.is_next => {
                let swapped = if self.may_be_swapped { self.dated(month, day, today) } else { None };
                ([self.dated(day, month, today), swapped], self.weekday)
            }
            (None, None, None) if self.year.is_none() => match self.weekday {
                Some(weekday) => (self.on_weekday(weekday, now), None),
                None if self.is_next => return Err(SaidError::Unreadable),
                // Midnight without a day is the one to come.
                None => ([shifted(today, i64::from(self.is_midnight)), None], None),
            },
            _ => return Err(SaidError::Unreadable),
        };
        if days == [None, None] {
            return Err(SaidError::Unreadable);
        }
        if let Some(weekday) = of_weekday {
            days = days.map(|day| day.filter(|day| day.weekday().num_days_from_monday() == weekday));
        }
        let mut days = days.into_iter().flatten();
        let Some(day) = days.next() else { return Err(SaidError::WrongWeekday) };
        let mut other_day = days.next();
        let has_day = self.days_ahead.is_some() || self.day.is_some() || self.weekday.is_some();
        if self.is_midnight && has_day && other_day.is_none() {
            // Some mean the midnight that begins the day, some the one that ends it.
            other_day = day.succ_opt();
        }
        if self.clock.is_none() && !has_day {
            return Err(SaidError::Unreadable);
        }
        Ok(Said { day, other_day, clock: self.clock, offset: self.offset })
    }

    /// A day of the month, in the year that was said; else on that weekday nearest to today; else from two months ago to ten ahead.
    fn dated(&self, day: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
        if let Some(year) = self.year {
            return NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| *year > 0)?, month, day);
        }
        let fits =
            |date: &NaiveDate| self.weekday.is_none_or(|weekday| date.weekday().num_days_from_monday() == weekday);
        // What is scheduled lies ahead; a printed time, which has its weekday, may lie on either side.
        let expected = if self.weekday.is_some() { 0 } else { 120 };
        (-4..=4)
            .filter_map(|years| NaiveDate::from_ymd_opt(today.year().checked_add(years)?, month, day))
            .filter(fits)
            .min_by_key(|date| (date.signed_duration_since(today).num_days() - expected).abs())
    }

    /// The coming day of that name; with "next", the one of next week, or both where the coming one is still in this week.
    fn on_weekday(&self, weekday: u32, now: NaiveDateTime) -> [Option<NaiveDate>; 2] {
        let today = now.date();
        let from_monday = today.weekday().num_days_from_monday();
        let mut ahead = i64::from((weekday + 7 - from_monday) % 7);
        let shown = now.and_utc().timestamp_millis();
        let is_over = self.clock.is_some_and(|clock| naive(clock.on(today)).and_utc().timestamp_millis() <= shown);
        if ahead == 0 && (self.is_next || is_over && !self.is_midnight) {
            ahead = 7;
        }
        // On a Saturday, "next Monday" can only be the one in two days; "next Sunday" may be tomorrow or in eight days.
        let is_this_week = i64::from(from_monday) + ahead < 7;
        let either = self.is_next && (is_this_week || ahead == 1);
        [shifted(today, ahead), if either { shifted(today, ahead + 7) } else { None }]
    }
}

fn shifted(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// Fills what was not said before.
fn put<T>(part: &mut Option<T>, value: T) -> Option<()> {
    part.replace(value).is_none().then_some(())
}

/// `am` or `pm`
fn is_afternoon(word: &str) -> Option<bool> {
    match word.trim_end_matches('.') {
        "am" | "a.m" => Some(false),
        "pm" | "p.m" => Some(true),
        _ => None,
    }
}

/// `z`, `+02:00`, `+2`, `-00:44:30`; historic offsets have seconds.
fn whole_offset(text: &str) -> Option<i32> {
    if text == "z" {
        return Some(0);
    }
    let mut cursor = Cursor::new(text);
    let sign = if cursor.eat_any(b"+-")? == b'-' { -1 } else { 1 };
    let hours = cursor.digits(1, 2).filter(|hours| *hours < 24)?;
    let mut seconds = hours * 3600;
    for unit in [60, 1] {
        if cursor.end().is_some() {
            break;
        }
        if unit == 1 || text.contains(':') {
            cursor.eat_any(b":")?;
        }
        seconds += cursor.digits(2, 2).filter(|part| *part < 60)? * unit;
    }
    cursor.end()?;
    Some(sign * i32::try_from(seconds).ok()?)
}
