//! The fields that a term can ask about.

use crate::run::Run;
use crate::time::Timestamp;

/// What a term asks about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Field {
    /// No field: the name, the id, the job's id or its label
    Word,
    /// `name`
    Name,
    /// `id`
    Id,
    /// `job`
    Job,
    /// `status`: the API's own word
    Status,
    /// `phase`
    Phase,
    /// `is`
    Is,
    /// `needs`
    Needs,
    /// `starts`, `ends`, `created`, `updated`
    Time(TimeField),
    /// `length`
    Length,
    /// A pasted address: exactly this run
    Run,
}

/// The time of a run that a term asks about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TimeField {
    /// `starts`, `start`
    Start,
    /// `ends`, `end`
    End,
    /// `created`
    Created,
    /// `updated`
    Updated,
}

impl TimeField {
    /// The field for a key (lower case).
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "starts" | "start" => Some(Self::Start),
            "ends" | "end" => Some(Self::End),
            "created" => Some(Self::Created),
            "updated" => Some(Self::Updated),
            _ => None,
        }
    }

    /// That time of a run.
    pub fn of(self, run: &Run) -> Option<Timestamp> {
        match self {
            Self::Start => run.start_at,
            Self::End => run.end_at,
            Self::Created => run.created_at,
            Self::Updated => run.updated_at,
        }
    }

    /// Whether durations count ahead of now for this field, rather than back.
    pub(super) const fn is_ahead(self) -> bool {
        matches!(self, Self::Start | Self::End)
    }
}

impl Field {
    /// The field with that name (in lower case).
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "name" => Self::Name,
            "id" => Self::Id,
            "job" => Self::Job,
            "status" => Self::Status,
            "phase" => Self::Phase,
            "is" => Self::Is,
            "needs" => Self::Needs,
            "length" => Self::Length,
            _ => return TimeField::from_word(word).map(Self::Time),
        })
    }

    /// Whether `<` and `>` can follow it.
    pub(super) const fn has_order(self) -> bool {
        matches!(self, Self::Time(_) | Self::Length)
    }

    /// Whether it asks for the state of a run, so that a filter by state replaces it.
    pub(super) const fn is_state(self) -> bool {
        matches!(self, Self::Phase | Self::Is | Self::Needs)
    }
}

/// Whether a word before an operator is meant to be a field: `12:30` and `http://` are not.
pub(super) fn looks_like_a_field(word: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase();
    word.len() > 1
        && word.starts_with(is_letter)
        && word.ends_with(is_letter)
        && word.chars().all(|c| is_letter(c) || matches!(c, '_' | '-'))
}
