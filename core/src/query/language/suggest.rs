//! Completions for the query field: keys, and values that occur.

use super::token::{self, Token};
use crate::query::case_folding::{self, fold};
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
    ["job:", "status:", "phase:", "name:", "id:", "starts<", "ends<", "created<", "updated<", "length>", "needs:look"];
/// Time values that are words.
const DAYS: [&str; 3] = ["today", "tomorrow", "yesterday"];

/// Completions for the term that ends at `caret` (bytes); `None` if there are none. `seen` returns the values of `job`,
/// `status` or `phase`, most frequent first; it is called only while such a term is being typed.
pub fn suggest(text: &str, caret: usize, seen: &dyn Fn(&str) -> Vec<KnownValue>) -> Option<Suggestions> {
    let (tokens, open) = token::cut(text);
    let token = tokens.into_iter().find(|token| token.at.end == caret && token.at.start < caret)?;
    let typed = text.get(token.at.clone())?;
    let sign = if token.exclude { "-" } else { "" };
    let items = match token.key.as_deref() {
        Some(key) => {
            // Within quotes a comma is part of the value; only the last term can have an unclosed quote.
            let begun = (open && caret == text.len()) || !typed.ends_with([':', ',']);
            values(&token, key, begun, sign, seen)
        }
        None if typed.contains('"') => Vec::new(),
        None => beginnings(&token, sign),
    };
    (!items.is_empty()).then_some(Suggestions { at: token.at, items })
}

/// The term that selects a job.
pub fn job_term(id: &str) -> String {
    ["job:", &token::quote(id)].concat()
}

/// The job, if the query selects one job and nothing else; as typed.
pub fn only_job(text: &str) -> Option<String> {
    let (tokens, _) = token::cut(text);
    match tokens.as_slice() {
        [token] if !token.exclude && token.key.as_deref() == Some("job") => match token.values.as_slice() {
            [job] => Some(job.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn beginnings(token: &Token, sign: &str) -> Vec<Suggestion> {
    let word = fold(&token.word);
    let fits = |beginning: &&str| !word.is_empty() && beginning.starts_with(&word) && **beginning != *word;
    let offer = |beginning: &str| Suggestion {
        term: [sign, beginning].concat(),
        shown: String::from(beginning),
        label: None,
        count: None,
    };
    BEGINNINGS.into_iter().filter(fits).map(offer).collect()
}

fn values(
    token: &Token,
    key: &str,
    begun: bool,
    sign: &str,
    seen: &dyn Fn(&str) -> Vec<KnownValue>,
) -> Vec<Suggestion> {
    let known: Vec<KnownValue> = match key {
        "job" | "status" | "phase" => seen(key),
        "needs" => words(&["look"]),
        "starts" | "start" | "ends" | "end" | "created" | "updated" => words(&DAYS),
        _ => return Vec::new(),
    };
    let (last, before) = match token.values.split_last() {
        Some((last, before)) if begun => (fold(last), before),
        _ => (String::new(), token.values.as_slice()),
    };
    let mut start = [sign, key, ":"].concat();
    for value in before {
        start.push_str(&token::quote(value));
        start.push(',');
    }
    let fits = |seen: &&KnownValue| {
        let named = seen.label.as_deref().is_some_and(|label| case_folding::contains(label, &last));
        (case_folding::begins(&seen.value, &last) || named)
            && !case_folding::equals(&seen.value, &last)
            && !before.iter().any(|value| case_folding::equals(&seen.value, &fold(value)))
    };
    let offer = |seen: &KnownValue| Suggestion {
        term: [&start, &*token::quote(&seen.value)].concat(),
        shown: seen.value.clone(),
        label: seen.label.clone(),
        count: (seen.count > 0).then_some(seen.count),
    };
    known.iter().filter(fits).take(MOST).map(offer).collect()
}

fn words(words: &[&str]) -> Vec<KnownValue> {
    words.iter().map(|word| KnownValue { value: String::from(*word), label: None, count: 0 }).collect()
}

#[cfg(test)]
mod tests;
