//! The four times of a run, where the API gave something that is no instant.

use super::Run;
use crate::time::{Timestamp, given::Given};
use crate::wire::run as wire;
use std::sync::Arc;

/// One of the times of a run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RunTime {
    /// `start_at`
    Start,
    /// `end_at`
    End,
    /// `created_at`
    Created,
    /// `updated_at`
    Updated,
}

/// What the API says of a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said<'a> {
    /// An instant.
    At(Timestamp),
    /// A time that stands for "not set" in the API's program: the start of the year 1 (Go, .NET) or of 1970 (Unix), or
    /// an earlier one. As the API wrote it.
    Unset(&'a str),
    /// Something that is not a time. As the API wrote it.
    Unreadable(&'a str),
    /// Nothing.
    Missing,
}

/// The texts of those times of a run that are no instants. Few runs have any.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OddTimes(Option<Box<[Option<Arc<str>>; 4]>>);

impl OddTimes {
    fn text(&self, time: RunTime) -> Option<&str> {
        let [start, end, created, updated] = self.0.as_deref()?;
        let text = match time {
            RunTime::Start => start,
            RunTime::End => end,
            RunTime::Created => created,
            RunTime::Updated => updated,
        };
        text.as_deref()
    }
}

impl RunTime {
    /// All of them, in the order of the API's fields.
    pub const ALL: [Self; 4] = [Self::Start, Self::End, Self::Created, Self::Updated];

    /// The instant, if the API gave one.
    pub const fn of(self, run: &Run) -> Option<Timestamp> {
        match self {
            Self::Start => run.start_at,
            Self::End => run.end_at,
            Self::Created => run.created_at,
            Self::Updated => run.updated_at,
        }
    }
}

impl Run {
    /// What the API says of one of its times.
    pub fn said(&self, time: RunTime) -> Said<'_> {
        match (time.of(self), self.odd_times.text(time)) {
            (Some(at), _) => Said::At(at),
            (None, Some(text)) if Timestamp::parse(text).is_some() => Said::Unset(text),
            (None, Some(text)) => Said::Unreadable(text),
            (None, None) => Said::Missing,
        }
    }

    /// As a field of a document: the instant, or what the API gave in its place.
    pub(crate) fn given(&self, time: RunTime) -> Option<Given> {
        let text = || self.odd_times.text(time).map(|text| Given::Text(Arc::from(text)));
        time.of(self).map(Given::At).or_else(text)
    }
}

/// The times of a document, and the texts of those that are no instants. If a documented field gives no instant, its
/// camelCase spelling is used.
pub(super) fn read(run: &mut wire::Run) -> ([Option<Timestamp>; 4], OddTimes) {
    let fields = [
        (run.start_at.take(), run.start_at_camel.take()),
        (run.end_at.take(), run.end_at_camel.take()),
        (run.created_at.take(), run.created_at_camel.take()),
        (run.updated_at.take(), run.updated_at_camel.take()),
    ];
    let read = fields.map(|(snake, camel)| match (snake, camel) {
        (Some(Given::At(at)), _) | (_, Some(Given::At(at))) => (Some(at), None),
        (Some(Given::Text(text)), _) | (None, Some(Given::Text(text))) => (None, Some(text)),
        (None, None) => (None, None),
    });
    let any = read.iter().any(|(_, text)| text.is_some());
    let times = read.each_ref().map(|(at, _)| *at);
    (times, OddTimes(any.then(|| Box::new(read.map(|(_, text)| text)))))
}
