//! Intents in session storage.

use super::{Fate, Intent, Made};
use crate::address::encode;
use crate::policy::run_match::Likeness;
use crate::run::RunId;
use crate::time::Span;
use crate::wire::stored::{StoredFate, StoredIntent, StoredMade};
use crate::wire::{Unreadable, read_each, to_text};

/// The tolerance of the clock, in milliseconds, if it was not saved.
const DAY: i64 = 86_400_000;

/// The session storage key for the intents of a person of an application at an API. Both parts are encoded, so that no two pairs
/// share a key; neither is a secret.
pub fn storage_key(api_base: &str, person: &str) -> String {
    ["runboard.intent/", &encode(api_base), "/", &encode(person)].concat()
}

/// The intents as compact JSON; `None` if there are none.
pub fn keep(intents: &[Intent]) -> Option<String> {
    let entries: Vec<StoredIntent> = intents.iter().map(StoredIntent::from).collect();
    (!entries.is_empty()).then(|| to_text(&entries))
}

/// A saved text without the intents that have one of these keys; `None` if none is left.
pub(crate) fn keep_except(text: &str, keys: &[String]) -> Option<String> {
    let mut intents = recall(text);
    intents.retain(|intent| !keys.contains(&intent.key));
    keep(&intents)
}

/// The intents of a saved text, oldest first. Unreadable entries are skipped.
pub fn recall(text: &str) -> Vec<Intent> {
    read_each::<StoredIntent>(text).into_iter().filter_map(|intent| intent.try_into().ok()).collect()
}

impl From<&Intent> for StoredIntent {
    fn from(intent: &Intent) -> Self {
        Self {
            key: intent.key.clone(),
            run: (&intent.run).into(),
            asked_at: intent.asked_at,
            tolerance: Some(intent.tolerance.millis()),
            known: intent.known.iter().map(|id| id.as_str().to_owned()).collect(),
            fate: Some(intent.fate.into()),
            refused: intent.refused,
            watched_until: intent.watched_until,
            made: intent.made.iter().map(StoredMade::from).collect(),
            told: intent.told,
        }
    }
}

impl TryFrom<StoredIntent> for Intent {
    type Error = Unreadable;

    fn try_from(stored: StoredIntent) -> Result<Self, Unreadable> {
        let made: Vec<Made> = stored.made.into_iter().map(Made::from).collect();
        let fate = stored.fate.map_or(Fate::Open, Fate::from);
        Ok(Self {
            key: stored.key,
            run: stored.run.try_into()?,
            asked_at: stored.asked_at,
            tolerance: Span::from_millis(stored.tolerance.unwrap_or(DAY).max(0)),
            known: stored.known.iter().map(|id| RunId::new(id)).collect(),
            // Without a created run, the outcome is unknown.
            fate: if fate == Fate::Made && made.is_empty() { Fate::Open } else { fate },
            refused: stored.refused,
            watched_until: stored.watched_until,
            made,
            told: stored.told,
        })
    }
}

impl From<&Made> for StoredMade {
    fn from(made: &Made) -> Self {
        Self { id: made.id.as_str().to_owned(), sure: made.likeness == Likeness::Exact, late: made.late }
    }
}

impl From<StoredMade> for Made {
    fn from(made: StoredMade) -> Self {
        let likeness = if made.sure { Likeness::Exact } else { Likeness::Probable };
        Self { id: RunId::new(&made.id), likeness, late: made.late }
    }
}

impl From<Fate> for StoredFate {
    fn from(fate: Fate) -> Self {
        match fate {
            Fate::Open => Self::Open,
            Fate::Left => Self::Left,
            Fate::Refused => Self::Refused,
            Fate::Made => Self::Made,
        }
    }
}

impl From<StoredFate> for Fate {
    fn from(fate: StoredFate) -> Self {
        match fate {
            StoredFate::Open => Self::Open,
            StoredFate::Left => Self::Left,
            StoredFate::Refused => Self::Refused,
            StoredFate::Made => Self::Made,
        }
    }
}
