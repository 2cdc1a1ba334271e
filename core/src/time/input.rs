//! Times typed by a person.

mod words;

use super::civil::pad;
use super::cursor::Clock;
use super::print::{Precision, date_words, field_text, offset_words, print};
use super::zone::{Offset, Resolved, resolve};
use super::{Span, Timestamp, civil};
use crate::clean;
use chrono::{Datelike, NaiveDate};
use words::{Said, SaidError};

/// The meaning of typed text. [`choices`] has the answers to the questions among them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeInput {
    /// A single instant.
    At(Timestamp),
    /// A local time that happens twice in the zone (earlier, later).
    Twice(Timestamp, Timestamp),
    /// A local time that the zone's clock skips (nearest times before and after).
    Never(Timestamp, Timestamp),
    /// One of two days: `03/04/2026`, `next Friday` on a Wednesday, `Sunday midnight`.
    EitherDay,
    /// A day without a time of day: `tomorrow`, `30 Nov 2026`.
    NoTimeOfDay,
    /// A weekday and a date that do not belong together: `Mon 29 Nov 2026`.
    WrongWeekday,
    /// No text.
    Empty,
    /// Unknown format.
    Unreadable,
}

/// An answer to the question that a typed time raises.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What it stands for, for its button: `Fri 3 Apr 2026`, `09:00`
    pub label: String,
    /// The text that has only this meaning
    pub text: String,
}

/// Reads a time as people type it, in the zone: `tomorrow 9am`, `Sunday 09:00`, `next Monday noon`, `18:30` (today), `30 Nov 2026
/// 09:00`, `29.11.2026 9:00`, `2026-03-29 02:30` with seconds or milliseconds or with `T`; with `UTC`, `UTC+02:00`, `Z` or an offset
/// behind it, independent of the zone; `now`, `+2h`, `in 2 hours`. Reads everything that this console prints. Full-width digits and
/// invisible characters do not matter.
pub fn read(text: &str, now: Timestamp, offset: Offset<'_>) -> TimeInput {
    let text = &*clean::id(text);
    if text.is_empty() {
        return TimeInput::Empty;
    }
    if let Some(instant) = relative(text, now).or_else(|| Timestamp::parse(text)) {
        return TimeInput::At(instant);
    }
    match Said::read(text, now, offset) {
        Err(SaidError::Unreadable) => TimeInput::Unreadable,
        Err(SaidError::WrongWeekday) => TimeInput::WrongWeekday,
        Ok(Said { other_day: Some(_), .. }) => TimeInput::EitherDay,
        Ok(Said { clock: None, .. }) => TimeInput::NoTimeOfDay,
        Ok(Said { day, clock: Some(clock), offset: Some(seconds), .. }) => {
            let instant = Timestamp(clock.on(day).saturating_sub(i64::from(seconds) * 1000));
            if instant == instant.printable() { TimeInput::At(instant) } else { TimeInput::Unreadable }
        }
        Ok(Said { day, clock: Some(clock), .. }) => in_zone(clock.on(day), offset),
    }
}

/// The time to read the end of a window from: a time of day without a day (`17:00`) is on the day of the start, all else counts from
/// now.
pub fn end_reference(text: &str, start: Option<Timestamp>, now: Timestamp) -> Timestamp {
    start.filter(|_| words::lacks_day(&clean::id(text))).unwrap_or(now)
}

/// The time to read the start of a window from: where it replaces a window that starts at `replaced`, `+2h` counts from there, all
/// else from now.
pub fn start_reference(text: &str, replaced: Option<Timestamp>, now: Timestamp) -> Timestamp {
    replaced.filter(|_| is_plus(text)).unwrap_or(now)
}

/// Whether a text is like `+2h`.
pub fn is_plus(text: &str) -> bool {
    clean::id(text).starts_with('+')
}

/// What a person may have meant by a text that [`read`] asks about; empty if it asks nothing.
pub fn choices(text: &str, now: Timestamp, offset: Offset<'_>) -> Vec<Choice> {
    let instant = |at: Timestamp| {
        let whole = at.millis().rem_euclid(60_000) == 0;
        let text = print(at, offset(at), if whole { Precision::Minutes } else { Precision::Seconds });
        Choice { label: text.clone(), text }
    };
    match read(text, now, offset) {
        TimeInput::Twice(first, second) | TimeInput::Never(first, second) => vec![instant(first), instant(second)],
        TimeInput::EitherDay => {
            let Ok(said) = Said::read(&clean::id(text), now, offset) else { return Vec::new() };
            let day = |day: NaiveDate| Choice { label: date_words(day), text: said.text_on(day) };
            std::iter::once(said.day).chain(said.other_day).map(day).collect()
        }
        TimeInput::NoTimeOfDay => {
            let at = |clock: &str| Choice { label: String::from(clock), text: [text.trim_end(), " ", clock].concat() };
            vec![at("09:00"), at("18:00")]
        }
        TimeInput::At(_) | TimeInput::WrongWeekday | TimeInput::Empty | TimeInput::Unreadable => Vec::new(),
    }
}

/// Whether a text counts from now, so that its instant moves with the clock and not with the zone.
pub fn is_relative(text: &str) -> bool {
    relative(&clean::id(text), Timestamp(0)).is_some()
}

/// The text of a time field that is read back as this instant, to the second: with the offset where the clock shows the time twice.
pub fn exact_text(at: Timestamp, now: Timestamp, offset: Offset<'_>) -> String {
    let text = field_text(at, offset(at));
    let at = Timestamp(at.second().saturating_mul(1000));
    if read(&text, now, offset) == TimeInput::At(at) { text } else { print(at, offset(at), Precision::Seconds) }
}

/// `now`, `+2h`, `in 2 hours`, `2 hours from now`, `2 h ago`
fn relative(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.to_ascii_lowercase();
    if text == "now" {
        return Some(now);
    }
    if let Some(span) = text.strip_suffix(" ago") {
        return Some(now.plus(Span::from_millis(-span_words(span)?.millis())));
    }
    let ahead = text.strip_prefix('+').or_else(|| text.strip_prefix("in ")).or_else(|| text.strip_suffix(" from now"));
    Some(now.plus(span_words(ahead?)?))
}

/// A duration, where `an hour` is one.
fn span_words(text: &str) -> Option<Span> {
    let text = text.trim();
    match text.strip_prefix("an ").or_else(|| text.strip_prefix("a ")) {
        Some(unit) => Span::parse(&["1 ", unit].concat()),
        None => Span::parse(text),
    }
}

impl Said {
    /// What was said, but on this day.
    fn text_on(&self, day: NaiveDate) -> String {
        let mut out = String::new();
        pad(&mut out, day.year().unsigned_abs(), 4);
        for part in [day.month(), day.day()] {
            out.push('-');
            pad(&mut out, part, 2);
        }
        if let Some(Clock { hour, minute, second, .. }) = self.clock {
            let mut separator = ' ';
            for part in [Some(hour), Some(minute), Some(second).filter(|second| *second > 0)].into_iter().flatten() {
                out.push(separator);
                pad(&mut out, part, 2);
                separator = ':';
            }
        }
        if let Some(seconds) = self.offset {
            out.push(' ');
            out.push_str(&offset_words(seconds));
        }
        out
    }
}

fn in_zone(shown: i64, offset: Offset<'_>) -> TimeInput {
    let printable = |instant: Timestamp| instant == instant.printable();
    match resolve(civil::naive(shown), offset) {
        Resolved::Once(instant) if printable(instant) => TimeInput::At(instant),
        Resolved::Twice { earlier, later } if printable(earlier) && printable(later) => {
            TimeInput::Twice(earlier, later)
        }
        Resolved::Never { before, after } if printable(before) && printable(after) => TimeInput::Never(before, after),
        _ => TimeInput::Unreadable,
    }
}

#[cfg(test)]
mod tests;
