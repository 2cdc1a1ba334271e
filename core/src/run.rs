//! A run as the API describes it.

use crate::time::Timestamp;
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
        todo!()
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

impl Run {
    /// Reads a run from JSON: an object with a non-empty `id` (text or number). Snake-case names as printed; camelCase
    /// is read too. Other fields may be missing or of the wrong type: they become `None` or empty.
    pub fn read(value: &Value) -> Option<Self> {
        todo!()
    }

    /// Reads the body of a single-run answer: the run itself, or the run under `run`, `data` or the only object in `_embedded`.
    pub fn read_body(body: &str) -> Option<Self> {
        todo!()
    }
}
