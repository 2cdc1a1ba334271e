//! A run as the API describes it.

mod times;

pub use times::{OddTimes, RunTime, Said};

use crate::clean::is_invisible;
use crate::time::{Span, Timestamp};
use crate::window::Window;
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
    /// Whether it says that the run has ended without being stopped.
    pub fn says_ended(&self) -> bool {
        matches!(self.known(), Some(KnownStatus::Completed | KnownStatus::Failed))
    }

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

/// A run. What the API left out or sent unreadably is `None`, never a guess; so is a time that was never set. Rules ask for
/// [`Run::window`], not for `start_at` and `end_at`.
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
    /// What the API gave for those times that are `None`.
    pub odd_times: OddTimes,
}

/// Whether an id can stand in a path. Browsers take `.` and `..` for steps, `%2E` too (WHATWG URL, double-dot path segment), and
/// an empty segment leads to another path.
pub fn is_segment(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
}

/// Whether any of a text is visible: white space, joiners, direction marks and fillers are not.
pub fn is_visible(text: &str) -> bool {
    !text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

impl Run {
    /// Its name, if it is visible.
    pub fn visible_name(&self) -> Option<&str> {
        Some(&*self.name).filter(|name| is_visible(name))
    }

    /// A run of which only the id is known.
    pub fn new(id: RunId) -> Self {
        Self {
            id,
            job_id: None,
            name: Arc::from(""),
            status: None,
            start_at: None,
            end_at: None,
            created_at: None,
            updated_at: None,
            odd_times: OddTimes::default(),
        }
    }

    /// Its window, if the API gave one: a start and an end after it. Anything else (missing, unreadable, never set,
    /// reversed, of no length) is no window, and says nothing about the run.
    pub fn window(&self) -> Option<Window> {
        Window::new(self.start_at?, self.end_at?)
    }

    /// The length of its window in whole seconds: the milliseconds may be this console's fingerprint.
    pub fn length(&self) -> Option<Span> {
        let window = self.window()?;
        Some(Span::from_seconds(window.end.second().saturating_sub(window.start.second())))
    }

    /// Reads the body of a single-run answer: the run itself, or the one under `run`, under `data` or as the only object in
    /// `_embedded`. Missing and unreadable fields are `None` or empty; only an id is required.
    pub fn read_body(body: &str) -> Option<Self> {
        wire::Run::in_body(body)?.try_into().ok()
    }
}

impl TryFrom<wire::Run> for Run {
    type Error = Unreadable;

    fn try_from(mut run: wire::Run) -> Result<Self, Unreadable> {
        let ([start_at, end_at, created_at, updated_at], odd_times) = times::read(&mut run);
        let status = run.status.as_deref().map(str::trim).filter(|word| !word.is_empty());
        Ok(Self {
            id: RunId(run.id.filter(|id| is_segment(id)).ok_or(Unreadable)?),
            job_id: run.job_id.or(run.job_id_camel).map(JobId),
            name: run.name.unwrap_or_default(),
            status: status.map(Status::new),
            start_at,
            end_at,
            created_at,
            updated_at,
            odd_times,
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
            start_at: run.given(RunTime::Start),
            end_at: run.given(RunTime::End),
            created_at: run.given(RunTime::Created),
            updated_at: run.given(RunTime::Updated),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests;
