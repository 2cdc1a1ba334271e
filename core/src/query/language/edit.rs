//! For filter controls: reads the selected values from the query's text and writes them back.

use super::condition::phases;
use super::token::{self, Token};
use crate::query::case_folding::fold;

/// The values of all `key:` terms that are not excluded, in lower case: what a filter control shows as selected.
pub fn selected_values(text: &str, key: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for token in token::cut(text).0.iter().filter(|token| asks_for(token, key)) {
        if key.eq_ignore_ascii_case("phase") && phases(token).is_none() {
            continue;
        }
        for value in token.values.iter().map(|value| fold(value)) {
            if !found.contains(&value) {
                found.push(value);
            }
        }
    }
    found
}

/// Replaces the `key:` terms by a single one with `values` (or by nothing), quoted as needed. The rest stays as typed.
/// Empty values are dropped, as they cannot be queried.
pub fn set_values(text: &str, key: &str, values: &[String]) -> String {
    let (tokens, open) = token::cut(text);
    let quoted: Vec<String> =
        values.iter().filter(|value| !value.is_empty()).map(|value| token::quote(value)).collect();
    let mut term = (!quoted.is_empty()).then(|| [key, ":", &quoted.join(",")].concat());
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let mut closed = !open;
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| asks_for(token, key)) {
        out.push_str(text.get(from..token.at.start).unwrap_or_default());
        from = token.at.end;
        closed = closed || index + 1 == tokens.len();
        match term.take() {
            Some(term) => out.push_str(&term),
            None => {
                // The space after the term is removed with it; at the end, the space before it.
                let rest = text.get(from..).unwrap_or_default();
                from = text.len() - rest.trim_start().len();
                if from == text.len() {
                    out.truncate(out.trim_end().len());
                }
            }
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    if let Some(term) = term {
        if !closed {
            out.push('"');
        }
        if out.chars().next_back().is_some_and(|c| !c.is_whitespace()) {
            out.push(' ');
        }
        out.push_str(&term);
    }
    out
}

/// Whether a token has this key and does not exclude.
fn asks_for(token: &Token, key: &str) -> bool {
    !token.exclude && token.key.as_deref().is_some_and(|found| found.eq_ignore_ascii_case(key))
}

#[cfg(test)]
mod tests;
