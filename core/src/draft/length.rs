//! Editing start, end and length together: moving the start keeps the length, moving the end changes it.
//!
//! `after_text` holds the length while start and end are picked as times, too. It survives half-typed times, and is empty while the
//! length is unknown or changes with the clock, as between "Now" and a time of day. A length that is held while the start counts from
//! now is therefore "After a duration": an end written down as a time would make the run shorter with every minute.

use super::{Draft, EndChoice, StartChoice};
use crate::time::input::{TimeInput, end_reference, exact_text, is_plus, is_relative, read, start_reference};
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
        self.write_length(now, offset);
        self.move_end(now, offset);
        self.end = choice;
        if self.is_length_moving() && super::length(&self.after_text).is_ok() {
            self.after_text.clear();
        }
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
            StartChoice::At => instant(&self.start_text, self.start_reference(now), offset),
        }
    }

    /// The time to read the start from.
    pub fn start_reference(&self, now: Timestamp) -> Timestamp {
        start_reference(&self.start_text, self.replaced_start, now)
    }

    /// Whether the start counts from now, so that it moves with the clock until the run is sent.
    pub fn is_start_moving(&self) -> bool {
        let counts_from_now = || self.replaced_start.is_none() || !is_plus(&self.start_text);
        self.start == StartChoice::Now || is_relative(&self.start_text) && counts_from_now()
    }

    /// Whether only one end of the window moves with the clock.
    fn is_length_moving(&self) -> bool {
        self.end == EndChoice::At && self.is_start_moving() != is_relative(&self.end_text)
    }

    /// Writes down the length between start and end, if it is not known yet and stays as it is.
    fn note_length(&mut self, now: Timestamp, offset: Offset<'_>) {
        if !self.is_length_moving() {
            self.write_length(now, offset);
        }
    }

    /// Writes down the present length between start and end, if it is not known yet.
    fn write_length(&mut self, now: Timestamp, offset: Offset<'_>) {
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
            (Some(start), Some(length)) => {
                self.end_text = exact_text(start.plus(length), now, offset);
                if self.is_start_moving() {
                    self.end = EndChoice::After;
                }
            }
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
mod tests;
