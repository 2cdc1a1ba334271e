//! The texts of runs as people see them. ASCII is compared where it is; every other text is normalised once, however
//! often it is searched.

use super::IndexedRun;
use super::case_folding::{self, Normalize, fold, folded};
use crate::collections::id_index::IdIndex;
use crate::run::{JobId, Status};
use std::borrow::Cow;
use std::sync::Arc;

/// If every poll brought other texts, only so many would be remembered.
const MOST: usize = 1 << 19;

/// The texts that are not ASCII, each with its folded form.
#[derive(Clone, Debug, Default)]
pub struct FoldedTexts {
    places: IdIndex,
    folded: Vec<Box<str>>,
}

impl FoldedTexts {
    /// Adds the texts of these runs, with a single call of `normalize` for all those that are new.
    pub fn add<'a>(&mut self, subjects: &mut dyn Iterator<Item = IndexedRun<'a>>, normalize: Normalize<'_>) {
        if self.folded.len() > MOST {
            *self = Self::default();
        }
        let mut new = String::new();
        let mut push = |text: &str, shared: &dyn Fn() -> Arc<str>| {
            if !text.is_ascii() && !self.places.contains(text) {
                self.places.insert(shared(), self.places.len());
                // No folded text has a line break, and nothing combines with one.
                new.extend(folded(text));
                new.push('\n');
            }
        };
        for IndexedRun { run, job_label, .. } in subjects {
            push(&run.name, &|| Arc::clone(&run.name));
            push(run.id.as_str(), &|| run.id.shared());
            if let Some(job) = &run.job_id {
                push(job.as_str(), &|| job.shared());
            }
            if let Some(status) = &run.status {
                push(status.as_str(), &|| status.shared());
            }
            if let Some(label) = job_label {
                push(label, &|| Arc::from(label));
            }
        }
        if !new.is_empty() {
            let normal = normalize(&new);
            self.folded.extend(normal.lines().map(|text| folded(text).collect()));
        }
    }

    /// The folded form of a text. One that was not added is folded without being normalised.
    pub(super) fn get(&self, text: &str) -> Cow<'_, str> {
        let known = self.places.get(text).and_then(|place| self.folded.get(place));
        match known {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(folded(text).collect()),
        }
    }
}

/// What a term looks for; folded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Needle {
    text: String,
    /// Only at the start of a word (`piz*`).
    at_word_start: bool,
}

impl Needle {
    /// `None` if nothing of it can be seen.
    pub(super) fn new(text: &str, at_word_start: bool, normalize: Normalize<'_>) -> Option<Self> {
        let text = fold(text, normalize);
        (!text.is_empty()).then_some(Self { text, at_word_start })
    }

    /// Text with no visible characters.
    pub(super) fn literal(text: &str) -> Self {
        Self { text: String::from(text), at_word_start: false }
    }

    /// Whether whatever this is found in certainly has `other`, too.
    pub(super) fn implies(&self, other: &Self) -> bool {
        if other.at_word_start {
            self.at_word_start && self.text.starts_with(&other.text)
        } else {
            self.text.contains(&other.text)
        }
    }

    /// Whether whatever starts with this certainly starts with `other`.
    pub(super) fn starts_with(&self, other: &Self) -> bool {
        self.text.starts_with(&other.text)
    }

    pub(super) fn is_in(&self, text: &str, texts: &FoldedTexts) -> bool {
        if text.is_ascii() {
            return case_folding::contains_ascii(text.as_bytes(), self.text.as_bytes(), self.at_word_start);
        }
        let text = texts.get(text);
        if self.at_word_start { case_folding::has_word_start(&text, &self.text) } else { text.contains(&self.text) }
    }

    /// Whether it is the whole text; with a star, its beginning.
    pub(super) fn is(&self, text: &str, texts: &FoldedTexts) -> bool {
        match (text.is_ascii(), self.at_word_start) {
            (_, true) => self.begins(text, texts),
            (true, false) => case_folding::equals(text, &self.text),
            (false, false) => texts.get(text) == self.text,
        }
    }

    pub(super) fn begins(&self, text: &str, texts: &FoldedTexts) -> bool {
        if text.is_ascii() { case_folding::begins(text, &self.text) } else { texts.get(text).starts_with(&self.text) }
    }
}

/// The texts of a run that a word is looked for in.
pub(super) fn searched<'a>(subject: IndexedRun<'a>) -> impl Iterator<Item = &'a str> {
    let run = subject.run;
    let job = run.job_id.as_ref().map(JobId::as_str);
    [Some(&*run.name), Some(run.id.as_str()), job, subject.job_label].into_iter().flatten()
}

/// The API's word for the state of a run.
pub(super) fn status<'a>(subject: IndexedRun<'a>) -> Option<&'a str> {
    subject.run.status.as_ref().map(Status::as_str)
}
