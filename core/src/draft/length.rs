//! Editing start, end and length together: moving the start keeps the length, moving the end changes it.
//!
//! `after_text` holds the length while start and end are picked as times, too. It survives half-typed times, and is empty while the
//! length is unknown.

use super::{Draft, EndChoice, StartChoice};
use crate::time::input::{TimeInput, end_reference, exact_text, read};
use crate::time::zone::Offset;
use crate::time::{Span, Timestamp};

impl Draft {
    /// Changes the text of "Start".
    pub fn set_start(&mut self, text: String, now: Timestamp, offset: Offset<'_>) {
        self.note_length(now, offset);
        self.start_text = text;
        self.move_end(now, offset);
    }

    /// Changes the text of "End".
    pub fn set_end(&mut self, text: String, now: Timestamp, offset: Offset<'_>) {
        self.end_text = text;
        self.after_text.clear();
        self.note_length(now, offset);
    }

    /// Changes the text of "Duration".
    pub fn set_length(&mut self, text: String, now: Timestamp, offset: Offset<'_>) {
        self.after_text = text;
        self.move_end(now, offset);
    }

    /// Chooses how the start is given.
    pub fn choose_start(&mut self, choice: StartChoice, now: Timestamp, offset: Offset<'_>) {
        self.note_length(now, offset);
        self.start = choice;
        self.move_end(now, offset);
    }

    /// Chooses how the end is given. The other way starts from the present length.
    pub fn choose_end(&mut self, choice: EndChoice, now: Timestamp, offset: Offset<'_>) {
        self.note_length(now, offset);
        self.end = choice;
        self.move_end(now, offset);
    }

    /// Fills in a window as times of the zone, in whole seconds.
    pub fn set_window(&mut self, start: Timestamp, end: Timestamp, now: Timestamp, offset: Offset<'_>) {
        self.start_text = exact_text(start, now, offset);
        self.set_end(exact_text(end, now, offset), now, offset);
    }

    /// When it ends, if that is picked as a time and can be read.
    fn end_at(&self, now: Timestamp, offset: Offset<'_>) -> Option<Timestamp> {
        instant(&self.end_text, end_reference(&self.end_text, self.start_at(now, offset), now), offset)
    }

    /// When it starts, if that can be read.
    pub fn start_at(&self, now: Timestamp, offset: Offset<'_>) -> Option<Timestamp> {
        match self.start {
            StartChoice::Now => Some(now),
            StartChoice::At => instant(&self.start_text, now, offset),
        }
    }

    /// Writes down the length between start and end, if it is not known yet.
    fn note_length(&mut self, now: Timestamp, offset: Offset<'_>) {
        if self.end == EndChoice::After || !self.after_text.trim().is_empty() {
            return;
        }
        let (Some(start), Some(end)) = (self.start_at(now, offset), self.end_at(now, offset)) else {
            return;
        };
        if end > start {
            let words = end.since(start).exact_words();
            // One that is too long, or shorter than a second, could not be read back.
            self.after_text = if Span::parse(&words).is_some() { words } else { String::new() };
        }
    }

    /// Moves the end so that the length stays, or notes the length where only now both times are known.
    fn move_end(&mut self, now: Timestamp, offset: Offset<'_>) {
        let (start, length) = (self.start_at(now, offset), super::length(&self.after_text).ok());
        match (start, length) {
            (Some(start), Some(length)) => self.end_text = exact_text(start.plus(length), now, offset),
            _ => self.note_length(now, offset),
        }
    }
}

fn instant(text: &str, now: Timestamp, offset: Offset<'_>) -> Option<Timestamp> {
    match read(text, now, offset) {
        TimeInput::At(at) => Some(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::FieldError;
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    /// Central Europe in 2026.
    fn berlin(instant: Timestamp) -> i32 {
        let summer = at("2026-03-29T01:00:00Z")..at("2026-10-25T01:00:00Z");
        if summer.contains(&instant) { 7200 } else { 3600 }
    }

    const NOW: &str = "2026-10-20T08:00:00Z";

    struct Form(Draft);

    impl Form {
        fn new(start: &str, end: &str) -> Self {
            Self(Draft { start_text: start.to_owned(), end_text: end.to_owned(), ..Draft::default() })
        }
        fn start(mut self, text: &str) -> Self {
            self.0.set_start(text.to_owned(), at(NOW), &berlin);
            self
        }
        fn end(mut self, text: &str) -> Self {
            self.0.set_end(text.to_owned(), at(NOW), &berlin);
            self
        }
        fn length(mut self, text: &str) -> Self {
            self.0.set_length(text.to_owned(), at(NOW), &berlin);
            self
        }
        fn choose(mut self, start: StartChoice, end: EndChoice) -> Self {
            self.0.choose_start(start, at(NOW), &berlin);
            self.0.choose_end(end, at(NOW), &berlin);
            self
        }
        fn shows(&self) -> (&str, &str, &str) {
            (&self.0.start_text, &self.0.end_text, &self.0.after_text)
        }
    }

    #[test]
    fn moving_the_start_keeps_the_length() {
        let form = Form::new("2026-10-21 09:00", "2026-10-22 19:00");
        let form = form.start("2026-10-2").start("tomorrow").start("2026-10-23 10:00");
        assert_eq!(form.shows(), ("2026-10-23 10:00", "2026-10-24 20:00", "1 d 10 h"));
        // The night of the change of clocks is an hour longer.
        let form = form.start("2026-10-24 22:00");
        assert_eq!(form.shows(), ("2026-10-24 22:00", "2026-10-26 07:00", "1 d 10 h"));
        let form = form.choose(StartChoice::Now, EndChoice::At);
        assert_eq!(form.shows(), ("2026-10-24 22:00", "2026-10-21 20:00", "1 d 10 h"));
        let form = form.choose(StartChoice::At, EndChoice::At).start("next Friday");
        assert_eq!(form.shows(), ("next Friday", "2026-10-26 07:00", "1 d 10 h"));
    }

    #[test]
    fn moved_end_says_which_of_two_equal_clock_times_it_is() {
        let form = Form::new("2026-10-21 09:00", "2026-10-21 10:00").start("2026-10-25 01:30");
        assert_eq!(form.shows().1, "2026-10-25 02:30:00 UTC+02:00");
    }

    #[test]
    fn moving_the_end_changes_the_length() {
        let form = Form::new("2026-10-21 09:00", "2026-10-21 10:00").end("2026-10-21 1");
        assert_eq!(form.shows().2, "", "half a time has no length");
        let form = form.end("2026-10-21 17:30");
        assert_eq!(form.shows().2, "8 h 30 min");
        assert_eq!(form.end("2026-10-21 08:00").shows().2, "");
    }

    #[test]
    fn time_of_day_alone_is_an_end_on_the_day_of_the_start() {
        let run = |form: &Form| form.0.window(at(NOW), &berlin).1;
        let form = Form::new("2026-10-23 09:00", "").end("17:00");
        assert_eq!((form.shows().2, run(&form)), ("8 h", Ok(Some(at("2026-10-23T15:00:00Z")))));
        assert_eq!(run(&Form::new("tomorrow 9am", "").end("5pm")), Ok(Some(at("2026-10-21T15:00:00Z"))));
        // Written out once the start is moved, so that it moves along.
        assert_eq!(form.start("2026-10-24 10:00").shows().1, "2026-10-24 18:00");
        let form = Form::new("2026-10-23 09:00", "").end("midnight");
        assert_eq!(run(&form), Ok(Some(at("2026-10-23T22:00:00Z"))));
        assert_eq!(run(&Form::new("2026-10-23 09:00", "").end("08:00")), Err(FieldError::EndNotAfterStart));
        // What names a day, or counts from now, does not depend on the start.
        assert_eq!(run(&Form::new("2026-10-20 11:00", "").end("tomorrow 17:00")), Ok(Some(at("2026-10-21T15:00:00Z"))));
        assert_eq!(run(&Form::new("2026-10-20 11:00", "").end("+4h")), Ok(Some(at("2026-10-20T12:00:00Z"))));
    }

    #[test]
    fn time_of_day_alone_stays_the_same_instant_in_another_zone() {
        let mut form = Form::new("2026-10-23 23:00", "").end("23:30");
        form.0.rezone(at(NOW), &berlin, &|_| 0);
        assert_eq!((form.shows().0, form.shows().1), ("2026-10-23 21:00", "2026-10-23 21:30"));
    }

    #[test]
    fn end_typed_after_half_a_start_stays_when_the_start_is_finished() {
        let form = Form::new("2026-10-21 09:00", "2026-10-21 10:00").start("2026-10-2").end("2026-10-23 10:00");
        let form = form.start("2026-10-23 09:30");
        assert_eq!(form.shows(), ("2026-10-23 09:30", "2026-10-23 10:00", "30 min"));
    }

    #[test]
    fn changing_the_length_moves_the_end() {
        let form = Form::new("2026-10-21 09:00", "2026-10-21 10:00").length("8");
        assert_eq!(form.shows().1, "2026-10-21 10:00");
        assert_eq!(form.length("8h").shows(), ("2026-10-21 09:00", "2026-10-21 17:00", "8h"));
        assert_eq!(Form::new("", "").length("8h").start("2026-10-21 09:00").shows().1, "2026-10-21 17:00");
    }

    #[test]
    fn a_duration_starts_from_the_present_length_and_back() {
        let form = Form::new("2026-10-21 09:00", "2026-10-22 19:00").choose(StartChoice::At, EndChoice::After);
        assert_eq!(form.shows().2, "1 d 10 h");
        let form = form.length("90 min").choose(StartChoice::At, EndChoice::At);
        assert_eq!(form.shows(), ("2026-10-21 09:00", "2026-10-21 10:30", "90 min"));
    }

    proptest! {
        #[test]
        fn length_survives_any_way_of_moving_the_start(
            start in 0_i64..2_000_000, length in 1_i64..500_000, halves in proptest::collection::vec("[0-9 :T-]{0,16}", 0..4),
            to in 0_i64..2_000_000, change in 0_i64..2_000_000, before in -48_i32..=56, after in -48_i32..=56,
        ) {
            let minute = |count: i64| Timestamp::from_millis(1_700_000_000_000_i64 + count * 60_000);
            let zone = |at: Timestamp| if at < minute(change) { before * 900 } else { after * 900 };
            let mut draft = Draft::default();
            draft.set_window(minute(start), minute(start + length), minute(0), &zone);
            for half in halves {
                draft.set_start(half, minute(0), &zone);
            }
            draft.set_start(exact_text(minute(to), minute(0), &zone), minute(0), &zone);
            prop_assert_eq!(instant(&draft.end_text, minute(0), &zone), Some(minute(to + length)), "{:?}", draft);
        }
    }
}
