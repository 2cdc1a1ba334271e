//! A draft as the text that session storage keeps, so that a reload loses nothing that was typed.

use super::{Draft, EndChoice, StartChoice};
use crate::json;
use serde_json::{Map, Value};

/// A draft as it was kept, with the address it was typed at: what that address fills in was filled in before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// What was typed.
    pub draft: Draft,
    /// The query of the address.
    pub at: String,
    /// The zone that its times are in; empty where that is not known.
    pub zone: String,
}

impl Kept {
    /// As compact JSON; `None` when nothing is typed.
    pub fn to_text(&self) -> Option<String> {
        let Self { draft, at, zone } = self;
        if *draft == Draft::default() {
            return None;
        }
        let now = if draft.start == StartChoice::Now { "1" } else { "" };
        let after = if draft.end == EndChoice::After { "1" } else { "" };
        let texts =
            [&draft.job_id, &draft.name, now, &draft.start_text, after, &draft.end_text, &draft.after_text, at, zone];
        let object: Map<String, Value> =
            KEYS.iter().zip(texts).map(|(key, text)| ((*key).to_owned(), Value::from(text))).collect();
        Some(Value::from(object).to_string())
    }

    /// Reads what was kept; what is missing is empty, and what cannot be read is nothing.
    pub fn read(text: &str) -> Option<Self> {
        let value = json::parse(text)?;
        let [job_id, name, now, start_text, after, end_text, after_text, at, zone] =
            KEYS.map(|key| json::text(&value, &[key]).unwrap_or_default().to_owned());
        let start = if now.is_empty() { StartChoice::At } else { StartChoice::Now };
        let end = if after.is_empty() { EndChoice::At } else { EndChoice::After };
        Some(Self { draft: Draft { job_id, name, start, start_text, end, end_text, after_text }, at, zone })
    }
}

const KEYS: [&str; 9] = ["job", "name", "now", "start", "after", "end", "length", "at", "zone"];

#[cfg(test)]
mod tests {
    use super::Kept;
    use crate::draft::{Draft, EndChoice, StartChoice};
    use proptest::prelude::*;

    #[test]
    fn nothing_typed_is_nothing_to_keep() {
        assert_eq!(
            Kept { draft: Draft::default(), at: String::from("?new"), zone: String::from("UTC") }.to_text(),
            None
        );
    }

    #[test]
    fn garbage_is_nothing_and_a_gap_is_empty() {
        assert_eq!(Kept::read("{"), None);
        assert_eq!(Kept::read("{}"), Some(Kept { draft: Draft::default(), at: String::new(), zone: String::new() }));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_back(
            texts in proptest::array::uniform7("\\PC{0,20}"), now in any::<bool>(), after in any::<bool>(),
        ) {
            let [job_id, name, start_text, end_text, after_text, at, zone] = texts;
            let start = if now { StartChoice::Now } else { StartChoice::At };
            let end = if after { EndChoice::After } else { EndChoice::At };
            let draft = Draft { job_id, name, start, start_text, end, end_text, after_text };
            let kept = Kept { draft, at, zone };
            match kept.to_text() {
                Some(text) => prop_assert_eq!(Kept::read(&text), Some(kept)),
                None => prop_assert_eq!(kept.draft, Draft::default()),
            }
        }
    }
}
