//! A run as the API describes it.

use crate::json;
use crate::time::{Span, Timestamp};
use serde_json::Value;
use std::sync::Arc;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Arc<str>);
        impl $name {
            /// From its text, as it stands.
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text))
            }
            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
            /// As text that others may keep, too.
            pub fn shared(&self) -> Arc<str> {
                Arc::clone(&self.0)
            }
        }
    };
}

text_id!(
    /// The id of a run. Documented as a UUID; any non-empty text is taken.
    RunId
);
text_id!(
    /// The id of a job. The printed sample is `12345678`, elsewhere ids are UUIDs: any non-empty text is a job id.
    JobId
);
text_id!(
    /// The API's own word for the state of a run. An open set: only `scheduled` is attested.
    Status
);

/// The status words this console knows; the raw word is shown all the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KnownStatus {
    /// `scheduled` (documented). Does not mean "not started".
    Scheduled,
    /// `running` (the stand-in's word)
    Running,
    /// `stopped` (the stand-in's word); `cancelled` and `canceled` are read the same
    Stopped,
    /// `completed` (the stand-in's word)
    Completed,
    /// `failed` (the stand-in's word)
    Failed,
}

impl Status {
    /// What the word means, if it is a known one (letter case does not matter).
    pub fn known(&self) -> Option<KnownStatus> {
        const WORDS: [(&str, KnownStatus); 7] = [
            ("scheduled", KnownStatus::Scheduled),
            ("running", KnownStatus::Running),
            ("stopped", KnownStatus::Stopped),
            ("cancelled", KnownStatus::Stopped),
            ("canceled", KnownStatus::Stopped),
            ("completed", KnownStatus::Completed),
            ("failed", KnownStatus::Failed),
        ];
        WORDS.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(self.as_str())).map(|(_, known)| known)
    }
}

/// A run. What the API left out or wrote unreadably is `None`, never a guess.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// Identifies the run.
    pub id: RunId,
    /// The job whose list it iterates.
    pub job_id: Option<JobId>,
    /// The run's name; may be empty.
    pub name: Arc<str>,
    /// The API's word for its state.
    pub status: Option<Status>,
    /// When its window opens.
    pub start_at: Option<Timestamp>,
    /// When its window ends.
    pub end_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
}

/// Whether one sees anything of a text: white space, joiners, marks of direction and fillers print nothing.
pub fn is_visible(text: &str) -> bool {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c,
                '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
    };
    !text.chars().all(unseen)
}

impl Run {
    /// Its name, if one sees anything of it.
    pub fn visible_name(&self) -> Option<&str> {
        Some(&*self.name).filter(|name| is_visible(name))
    }

    /// How long its window is, from the second of its start to that of its end: the milliseconds may be a fingerprint of ours.
    pub fn length(&self) -> Option<Span> {
        let (start, end) = self.start_at.zip(self.end_at)?;
        Some(Span::from_seconds(end.second().saturating_sub(start.second())))
    }

    /// Reads a run from JSON: an object with a non-empty `id` (text, or a whole number that was not rounded). Snake-case names as printed; camelCase
    /// is read too. Other fields may be missing or of the wrong type: they become `None` or empty.
    pub fn read(value: &Value) -> Option<Self> {
        let time = |keys: [&str; 2]| keys.iter().find_map(|key| Timestamp::parse(value.get(key)?.as_str()?.trim()));
        Some(Self {
            id: RunId::new(&json::id(value.get("id")?)?),
            job_id: ["job_id", "jobId"].iter().find_map(|key| Some(JobId::new(&json::id(value.get(key)?)?))),
            name: Arc::from(json::text(value, &["name"]).unwrap_or_default()),
            status: json::text(value, &["status"]).map(str::trim).filter(|word| !word.is_empty()).map(Status::new),
            start_at: time(["start_at", "startAt"]),
            end_at: time(["end_at", "endAt"]),
            created_at: time(["created_at", "createdAt"]),
            updated_at: time(["updated_at", "updatedAt"]),
        })
    }

    /// Reads the body of a single-run answer: the run itself, or the run under `run`, `data` or the only object in `_embedded`.
    pub fn read_body(body: &str) -> Option<Self> {
        let value = json::parse(body)?;
        let under = |key: &str| Self::read(value.get(key)?);
        let embedded = || {
            let mut objects = value.get("_embedded")?.as_object()?.values().filter(|entry| entry.is_object());
            let only = objects.next().filter(|_| objects.next().is_none());
            Self::read(only?)
        };
        Self::read(&value).or_else(|| under("run")).or_else(|| under("data")).or_else(embedded)
    }
}

#[cfg(test)]
mod tests;
