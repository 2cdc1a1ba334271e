//! Completions for the query field: fields, states, jobs, and values that occur.

use super::field::Field;
use super::outline::{Part, outline};
use super::state_filter::StateFilter;
use super::token::{self, Token};
use crate::query::case_folding::{Normalize, fold};
use std::ops::Range;

/// The completions for a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestions {
    /// The term being typed (bytes).
    pub at: Range<usize>,
    /// The completions, best first.
    pub items: Vec<Suggestion>,
}

/// A completion.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// The whole term as inserted into the text.
    pub term: String,
    /// What is displayed: a key with its operator, or a plain value.
    pub shown: String,
    /// The label of the value, if it has one.
    pub label: Option<String>,
    /// The number of runs with that value.
    pub count: Option<usize>,
}

/// A value that occurs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownValue {
    /// The value.
    pub value: String,
    /// Its label, if it has one.
    pub label: Option<String>,
    /// The number of runs with it.
    pub count: usize,
}

/// The most completions shown at once.
const MOST: usize = 8;
/// How a term can start.
const BEGINNINGS: [&str; 11] =
    ["job:", "status:", "is:", "phase:", "name:", "id:", "starts<", "ends<", "created<", "updated<", "length>"];
/// Time values that are words.
const DAYS: [&str; 6] = ["today", "tomorrow", "yesterday", "this-week", "next-week", "last-week"];

/// Completions for the term that ends at `caret` (bytes); `None` if there are none. `seen` returns the values of `job`,
/// `status` or `phase`, most frequent first; it is called only while such a term, or for jobs a word, is being typed.
pub fn suggest(
    text: &str,
    caret: usize,
    seen: &dyn Fn(&str) -> Vec<KnownValue>,
    normalize: Normalize<'_>,
) -> Option<Suggestions> {
    let token = outline(text).into_iter().find_map(|part| match part {
        Part::Term(token) if token.at.end == caret && token.at.start < caret => Some(token),
        _ => None,
    })?;
    let typed = text.get(token.at.start..token.operator.1)?;
    let items = match token.field() {
        Some(field) if !field.has_order() && !matches!(token.operator.0, ":" | "=") => return None,
        Some(field) => {
            // Within quotes a comma is part of the value; only the last term can have an unclosed quote.
            let rest = text.get(token.operator.1..token.at.end)?;
            let begun = (token.open && caret == text.len()) || !(rest.is_empty() || rest.ends_with(','));
            values(&token, field, typed, begun, seen, normalize)
        }
        None => beginnings(&token, typed, seen, normalize),
    };
    (!items.is_empty()).then_some(Suggestions { at: token.at, items })
}

/// The term that selects a job: in quotes, so that it is exact to the letter.
pub fn job_term(id: &str) -> String {
    ["job:", &token::quoted(id)].concat()
}

/// The job, if the query selects one job and nothing else; as typed.
pub fn only_job(text: &str) -> Option<String> {
    match outline(text).as_slice() {
        [Part::Term(token)] if !token.exclude && token.field() == Some(Field::Job) => match token.values.as_slice() {
            [job] => job.before_star().filter(|(_, star)| !star).map(|(job, _)| String::from(job)),
            _ => None,
        },
        _ => None,
    }
}

/// What a word without a field may become: a field that it begins, a state, or a job by the start of its id or of a word of its label.
fn beginnings(
    token: &Token,
    typed: &str,
    seen: &dyn Fn(&str) -> Vec<KnownValue>,
    normalize: Normalize<'_>,
) -> Vec<Suggestion> {
    let word = match token.values.as_slice() {
        [value] if !value.quoted && token.key.is_none() => fold(&value.text, normalize),
        _ => return Vec::new(),
    };
    if word.is_empty() {
        return Vec::new();
    }
    let offer = |term: &str, shown: &str| Suggestion {
        term: [typed, term].concat(),
        shown: String::from(shown),
        label: None,
        count: None,
    };
    let fields = BEGINNINGS.into_iter().filter(|beginning| beginning.starts_with(&word) && *beginning != word);
    let mut items: Vec<Suggestion> = fields.map(|beginning| offer(beginning, beginning)).collect();
    let states = StateFilter::ALL.into_iter().map(StateFilter::word).filter(|state| state.starts_with(&word));
    items.extend(states.map(|state| ["is:", state].concat()).map(|term| offer(&term, &term)));
    if word.chars().nth(1).is_some() {
        let is_meant = |job: &KnownValue| {
            let label = job.label.as_deref().map(|label| fold(label, normalize));
            label.is_some_and(|label| label.split_whitespace().any(|part| part.starts_with(&word)))
                || fold(&job.value, normalize).starts_with(&word)
        };
        items.extend(seen("job").iter().filter(|job| is_meant(job)).map(|job| Suggestion {
            count: (job.count > 0).then_some(job.count),
            ..offer(&job_term(&job.value), &["job:", job.label.as_deref().unwrap_or(&job.value)].concat())
        }));
    }
    items.truncate(MOST);
    items
}

/// `typed`: the term up to its operator.
fn values(
    token: &Token,
    field: Field,
    typed: &str,
    begun: bool,
    seen: &dyn Fn(&str) -> Vec<KnownValue>,
    normalize: Normalize<'_>,
) -> Vec<Suggestion> {
    let known: Vec<KnownValue> = match field {
        Field::Job => seen("job"),
        Field::Status => seen("status"),
        Field::Phase => seen("phase"),
        Field::Is => words(&mut StateFilter::ALL.into_iter().map(StateFilter::word)),
        Field::Needs => words(&mut ["look"].into_iter()),
        Field::Time(_) => words(&mut DAYS.into_iter()),
        _ => return Vec::new(),
    };
    let quote = if field == Field::Job { token::quoted } else { token::quote };
    let fold = |text: &str| fold(text, normalize);
    let (last, before) = match token.values.split_last() {
        Some((last, before)) if begun => (fold(&last.text), before),
        _ => (String::new(), token.values.as_slice()),
    };
    let mut start = String::from(typed);
    for value in before {
        start.push_str(&if value.quoted { token::quoted(&value.text) } else { token::quote(&value.text) });
        start.push(',');
    }
    let before: Vec<String> = before.iter().map(|value| fold(&value.text)).collect();
    let fits = |seen: &&KnownValue| {
        let value = fold(&seen.value);
        let named = seen.label.as_deref().is_some_and(|label| fold(label).contains(&last));
        (value.starts_with(&last) || named) && value != last && !before.contains(&value)
    };
    let offer = |seen: &KnownValue| Suggestion {
        term: [&start, &*quote(&seen.value)].concat(),
        shown: seen.value.clone(),
        label: seen.label.clone(),
        count: (seen.count > 0).then_some(seen.count),
    };
    known.iter().filter(fits).take(MOST).map(offer).collect()
}

fn words(words: &mut dyn Iterator<Item = &'static str>) -> Vec<KnownValue> {
    words.map(|word| KnownValue { value: String::from(word), label: None, count: 0 }).collect()
}

#[cfg(test)]
mod tests;
