//! A run as the API describes it.

use crate::time::{Span, Timestamp};
use crate::wire::{Unreadable, run as wire};
use std::sync::Arc;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Arc<str>);
        impl $name {
            /// From its text, unchanged.
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text))
            }
            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
            /// As shared text.
            pub fn shared(&self) -> Arc<str> {
                Arc::clone(&self.0)
            }
        }
    };
}

text_id!(
    /// The id of a run. Documented as a UUID; any text that can stand in a path is accepted.
    RunId
);
text_id!(
    /// The id of a job. One documented sample is `12345678`, the others are UUIDs: any non-empty text is accepted.
    JobId
);
text_id!(
    /// The API's own word for the state of a run. An open set: only `scheduled` is documented.
    Status
);

/// The status words this console knows; the API's word is shown in any case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KnownStatus {
    /// `scheduled` (documented). Does not mean "not started".
    Scheduled,
    /// `running` (the sandbox's word)
    Running,
    /// `stopped` (the sandbox's word), `cancelled` or `canceled`
    Stopped,
    /// `completed` (the sandbox's word)
    Completed,
    /// `failed` (the sandbox's word)
    Failed,
}

impl Status {
    /// The meaning of the word, if it is known. Letter case does not matter.
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

/// A run. What the API left out or sent unreadably is `None`, never a guess.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// Identifies the run.
    pub id: RunId,
    /// The job whose list it works through.
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
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
}

/// Whether an id can stand in a path. Browsers take `.` and `..` for steps, `%2E` too (WHATWG URL, double-dot path segment), and
/// an empty segment leads to another path.
pub fn is_segment(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
}

/// Whether any of a text is visible: white space, joiners, direction marks and fillers are not.
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
    /// Its name, if it is visible.
    pub fn visible_name(&self) -> Option<&str> {
        Some(&*self.name).filter(|name| is_visible(name))
    }

    /// The length of its window in whole seconds: the milliseconds may be this console's fingerprint.
    pub fn length(&self) -> Option<Span> {
        let (start, end) = self.start_at.zip(self.end_at)?;
        Some(Span::from_seconds(end.second().saturating_sub(start.second())))
    }

    /// Reads the body of a single-run answer: the run itself, or the one under `run`, under `data` or as the only object in
    /// `_embedded`. Missing and unreadable fields are `None` or empty; only an id is required.
    pub fn read_body(body: &str) -> Option<Self> {
        wire::Run::in_body(body)?.try_into().ok()
    }
}

impl TryFrom<wire::Run> for Run {
    type Error = Unreadable;

    fn try_from(run: wire::Run) -> Result<Self, Unreadable> {
        let status = run.status.as_deref().map(str::trim).filter(|word| !word.is_empty());
        Ok(Self {
            id: RunId(run.id.filter(|id| is_segment(id)).ok_or(Unreadable)?),
            job_id: run.job_id.or(run.job_id_camel).map(JobId),
            name: run.name.unwrap_or_default(),
            status: status.map(Status::new),
            start_at: run.start_at.or(run.start_at_camel),
            end_at: run.end_at.or(run.end_at_camel),
            created_at: run.created_at.or(run.created_at_camel),
            updated_at: run.updated_at.or(run.updated_at_camel),
        })
    }
}

impl From<&Run> for wire::Run {
    fn from(run: &Run) -> Self {
        Self {
            id: Some(run.id.shared()),
            job_id: run.job_id.as_ref().map(JobId::shared),
            name: Some(Arc::clone(&run.name)),
            status: run.status.as_ref().map(Status::shared),
            start_at: run.start_at,
            end_at: run.end_at,
            created_at: run.created_at,
            updated_at: run.updated_at,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests;
