//! A draft in session storage, so that a reload loses nothing that was typed.

use super::{Draft, EndChoice, StartChoice};
use crate::wire::stored::StoredDraft;
use crate::wire::{self, to_text};

/// A saved draft with the address it was typed at: what that address prefills was filled in before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedDraft {
    /// What was typed.
    pub draft: Draft,
    /// The query of the address.
    pub at: String,
    /// The zone of its times; empty if unknown.
    pub zone: String,
    /// Whether it is what the address filled in, with nothing typed since.
    pub is_prefilled: bool,
}

impl SavedDraft {
    /// As compact JSON; `None` if nothing was typed.
    pub fn to_text(&self) -> Option<String> {
        (self.draft != Draft::default()).then(|| to_text(&StoredDraft::from(self)))
    }

    /// Several drafts as compact JSON; `None` if there are none.
    pub fn all_to_text(drafts: &[Self]) -> Option<String> {
        let stored: Vec<StoredDraft> = drafts.iter().map(StoredDraft::from).collect();
        (!stored.is_empty()).then(|| to_text(&stored))
    }

    /// Reads several drafts. Unreadable ones are skipped.
    pub fn read_all(text: &str) -> Vec<Self> {
        wire::read_each::<StoredDraft>(text).into_iter().map(Self::from).collect()
    }

    /// Reads a saved text. Missing fields are empty; `None` if it is unreadable.
    pub fn read(text: &str) -> Option<Self> {
        wire::read::<StoredDraft>(text).map(Self::from)
    }
}

impl From<&SavedDraft> for StoredDraft {
    fn from(kept: &SavedDraft) -> Self {
        let SavedDraft { draft, at, zone, is_prefilled } = kept.clone();
        Self {
            job: draft.job_id,
            source: draft.source_job,
            name: draft.name,
            now: draft.start == StartChoice::Now,
            start: draft.start_text,
            after: draft.end == EndChoice::After,
            end: draft.end_text,
            length: draft.after_text,
            at,
            zone,
            prefilled: is_prefilled,
        }
    }
}

impl From<StoredDraft> for SavedDraft {
    fn from(stored: StoredDraft) -> Self {
        let draft = Draft {
            job_id: stored.job,
            source_job: stored.source,
            name: stored.name,
            start: if stored.now { StartChoice::Now } else { StartChoice::At },
            start_text: stored.start,
            end: if stored.after { EndChoice::After } else { EndChoice::At },
            end_text: stored.end,
            after_text: stored.length,
            // Known again once the run to replace has been read.
            replaced_start: None,
        };
        Self { draft, at: stored.at, zone: stored.zone, is_prefilled: stored.prefilled }
    }
}

#[cfg(test)]
mod tests {
    use super::SavedDraft;
    use crate::draft::{Draft, EndChoice, StartChoice};
    use proptest::prelude::*;

    #[test]
    fn untouched_draft_is_not_saved() {
        assert_eq!(
            SavedDraft {
                draft: Draft::default(),
                at: String::from("?new"),
                zone: String::from("UTC"),
                is_prefilled: false
            }
            .to_text(),
            None
        );
    }

    #[test]
    fn broken_text_restores_nothing_and_missing_fields_are_empty() {
        assert_eq!(SavedDraft::read("{"), None);
        assert_eq!(
            SavedDraft::read("{}"),
            Some(SavedDraft { draft: Draft::default(), at: String::new(), zone: String::new(), is_prefilled: false })
        );
    }

    #[test]
    fn unreadable_draft_costs_only_itself() {
        let draft = |at: &str| SavedDraft {
            draft: Draft { name: "Spring campaign".into(), ..Draft::default() },
            at: at.into(),
            zone: String::new(),
            is_prefilled: false,
        };
        let both = [draft("?new"), draft("?run=r-1&replace")];
        let text = SavedDraft::all_to_text(&both).unwrap();
        assert_eq!(SavedDraft::read_all(&text), both);
        assert_eq!(SavedDraft::read_all(&text.replacen('{', "7,{", 1)), both);
        assert_eq!(SavedDraft::all_to_text(&[]), None);
        assert_eq!(SavedDraft::read_all("{"), []);
    }

    proptest! {
        #[test]
        fn saved_draft_is_restored(
            texts in proptest::array::uniform8("\\PC{0,20}"), now in any::<bool>(), after in any::<bool>(),
            is_prefilled in any::<bool>(),
        ) {
            let [job_id, source_job, name, start_text, end_text, after_text, at, zone] = texts;
            let start = if now { StartChoice::Now } else { StartChoice::At };
            let end = if after { EndChoice::After } else { EndChoice::At };
            let draft = Draft { job_id, source_job, name, start, start_text, end, end_text, after_text, replaced_start: None };
            let kept = SavedDraft { draft, at, zone, is_prefilled };
            match kept.to_text() {
                Some(text) => prop_assert_eq!(SavedDraft::read(&text), Some(kept)),
                None => prop_assert_eq!(kept.draft, Draft::default()),
            }
        }
    }
}
