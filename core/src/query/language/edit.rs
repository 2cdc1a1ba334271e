//! Edits of a query's text: for filter controls, which read and write the values of a field, and for the way out of a
//! term that is not understood.
//!
//! An edit keeps terms as typed, separated by single spaces, and leaves out an `OR`, `AND` or `NOT` without a term.

use super::condition::state_words;
use super::field::Field;
use super::outline::{Part, outline};
use super::token::{self, Token};
use crate::query::case_folding::{alike, folded};
use std::ops::Range;

/// The terms between each `OR` and the next.
fn branches(text: &str) -> Vec<Vec<Token>> {
    let mut branches = vec![Vec::new()];
    for part in outline(text) {
        match (part, branches.last_mut()) {
            (Part::Term(token), Some(branch)) => branch.push(token),
            (Part::Or(_), _) => branches.push(Vec::new()),
            _ => {}
        }
    }
    branches
}

fn join(branches: &[Vec<String>]) -> String {
    branches.iter().map(|branch| branch.join(" ")).collect::<Vec<_>>().join(" OR ")
}

fn typed(text: &str, token: &Token) -> String {
    String::from(text.get(token.at.clone()).unwrap_or_default())
}

/// The values that a filter control shows as selected: those of all `key:` terms that do not exclude, in lower case. On
/// either side of an `OR` they must be the same. `is`, `phase` and `needs` count as one key, but a phase is told apart from the
/// state of the same word (`phase:open`), since a run whose window is open may be running, completed or failed.
pub fn selected_values(text: &str, key: &str) -> Vec<String> {
    let wanted = Field::from_word(key);
    let values = |branch: &Vec<Token>| {
        let mut found: Vec<String> = Vec::new();
        for token in branch.iter().filter(|token| asks_for(token, key)) {
            let is_other_phase = token.field() == Some(Field::Phase) && wanted != Some(Field::Phase);
            let prefix = if is_other_phase { "phase:" } else { "" };
            let values = match state_words(token) {
                Some(words) => words.unwrap_or_default().into_iter().map(|word| [prefix, word].concat()).collect(),
                None => token.values.iter().map(|value| folded(&value.text).collect()).collect::<Vec<String>>(),
            };
            for value in values {
                if !found.contains(&value) {
                    found.push(value);
                }
            }
        }
        found
    };
    let mut selected = branches(text).iter().map(values).collect::<Vec<_>>();
    selected.dedup();
    match selected.as_mut_slice() {
        [values] => std::mem::take(values),
        _ => Vec::new(),
    }
}

/// Whether a `key:` term that does not exclude is on any side of an `OR`; `is`, `phase` and `needs` count as one key.
pub fn asks_for_any(text: &str, key: &str) -> bool {
    branches(text).iter().flatten().any(|token| asks_for(token, key))
}

/// The query for exactly these runs.
pub fn exactly_ids<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = ids.map(token::quoted).collect();
    if quoted.is_empty() { String::new() } else { ["id:", &quoted.join(",")].concat() }
}

/// Replaces the `key:` terms that do not exclude by a single one with `values` (or by nothing), quoted as needed; on
/// either side of an `OR`, so that it holds for the whole query. Empty values are dropped, as they cannot be queried.
pub fn set_values(text: &str, key: &str, values: &[String]) -> String {
    let quoted: Vec<String> =
        values.iter().filter(|value| !value.is_empty()).map(|value| token::quote(value)).collect();
    let new = (!quoted.is_empty()).then(|| [key, ":", &quoted.join(",")].concat());
    let mut result: Vec<Vec<String>> = Vec::new();
    for branch in branches(text) {
        let (mut terms, mut new) = (Vec::new(), new.clone());
        for token in &branch {
            if asks_for(token, key) {
                terms.extend(new.take());
            } else {
                terms.push(typed(text, token));
            }
        }
        if let Some(new) = new {
            if branch.last().is_some_and(|last| last.open)
                && let Some(last) = terms.last_mut()
            {
                last.push('"');
            }
            terms.push(new);
        }
        if terms.is_empty() {
            // Nothing is asked for on this side, so all runs match.
            return String::new();
        }
        result.push(terms);
    }
    join(&result)
}

/// The text without the term, or the `OR`, at that place.
pub fn remove_term(text: &str, at: &Range<usize>) -> String {
    let mut result: Vec<Vec<String>> = vec![Vec::new()];
    for part in outline(text) {
        match (part, result.last_mut()) {
            (Part::Or(or), _) if or != *at => result.push(Vec::new()),
            (Part::Term(token), Some(branch)) if token.at.start < at.start || token.at.end > at.end => {
                branch.push(typed(text, &token));
            }
            _ => {}
        }
    }
    result.retain(|branch| !branch.is_empty());
    join(&result)
}

/// The text with the term at that place in quotes, so that it is looked for as it is.
pub fn as_text(text: &str, at: &Range<usize>) -> String {
    let mut term = text.get(at.clone()).unwrap_or_default();
    let mut exclude = false;
    while let Some(rest) = term.strip_prefix("NOT").filter(|rest| rest.starts_with(char::is_whitespace)) {
        (term, exclude) = (rest.trim_start(), !exclude);
    }
    if let Some(rest) = term.strip_prefix(|c| alike(c) == '-').filter(|rest| !rest.is_empty()) {
        (term, exclude) = (rest, !exclude);
    }
    let term = token::quoted(&term.replace(['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}'], ""));
    let (before, after) = (text.get(..at.start).unwrap_or_default(), text.get(at.end..).unwrap_or_default());
    [before, if exclude { "-" } else { "" }, &term, after].concat()
}

/// Whether a token asks for this key and does not exclude.
fn asks_for(token: &Token, key: &str) -> bool {
    let (Some(field), Some(wanted)) = (token.field(), Field::from_word(key)) else { return false };
    !token.exclude && (field == wanted || field.is_state() && wanted.is_state())
}

#[cfg(test)]
mod tests;
