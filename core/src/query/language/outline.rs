//! How the terms of a query are connected: terms side by side must all match; `OR` separates groups of them.

use super::token::{self, Token};
use crate::clean::narrow;
use std::ops::Range;

/// A part of a query, in the order of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// A term, with the `NOT` before it.
    Term(Token),
    /// `OR` with a term on either side.
    Or(Range<usize>),
    /// `OR`, `AND` or `NOT` where a term is missing.
    Dangling(Range<usize>),
}

/// The parts of a text.
pub(super) fn outline(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut tokens = token::cut(text).into_iter().peekable();
    let connective = |token: &Token| token.bare().filter(|word| token::CONNECTIVES.contains(word)).map(String::from);
    while let Some(mut token) = tokens.next() {
        let Some(word) = connective(&token) else {
            parts.push(Part::Term(token));
            continue;
        };
        if word == "NOT" {
            let start = token.at.start;
            let mut exclude = true;
            while let Some(next) = tokens.next_if(|next| connective(next).is_some_and(|word| word == "NOT")) {
                exclude = !exclude;
                token.at.end = next.at.end;
            }
            parts.push(match tokens.next_if(|next| connective(next).is_none()) {
                Some(next) => Part::Term(Token { at: start..next.at.end, exclude: next.exclude != exclude, ..next }),
                None => Part::Dangling(start..token.at.end),
            });
            continue;
        }
        let follows_term = matches!(parts.last(), Some(Part::Term(_)));
        let precedes_term = tokens.peek().is_some_and(|next| connective(next).is_none_or(|word| word == "NOT"));
        match (follows_term && precedes_term, &*word) {
            (true, "OR") => parts.push(Part::Or(token.at)),
            // Terms side by side must match anyway.
            (true, _) => {}
            (false, _) => parts.push(Part::Dangling(token.at)),
        }
    }
    parts
}

/// Whether a parenthesis of a term is closed, or opened, by another term: here they do not group.
pub(super) fn has_stray_parenthesis(token: &Token) -> bool {
    let text = token.values.iter().filter(|value| !value.quoted).map(|value| value.text.as_str());
    let (mut open, mut close) = (0, 0);
    for c in text.flat_map(str::chars).map(narrow) {
        open += usize::from(c == '(');
        close += usize::from(c == ')');
    }
    open != close
}
