//! The query language of the list. A single text holds every filter; the filter controls edit that text.

mod condition;
mod edit;
mod field;
mod issue;
mod outline;
mod query;
mod state_filter;
mod suggest;
mod time_range;
mod token;

pub use edit::{as_text, asks_for_any, exactly_ids, remove_term, selected_values, set_values};
pub use field::{Field, TimeField};
pub use issue::IssueKind;
pub use query::{Query, StateCounts};
pub use state_filter::StateFilter;
pub use suggest::{KnownValue, Suggestion, Suggestions, job_term, only_job, suggest};
pub use time_range::TimeRange;
pub use token::pasted_run;

use super::IndexedRun;
use super::case_folding::Normalize;
use crate::time::{Timestamp, zone::Offset};
use condition::Condition;
use outline::{Part, has_stray_parenthesis, outline};
use query::Clause;
use std::ops::Range;
use token::Token;

/// What the meaning of a query depends on besides its text.
#[derive(Clone, Copy)]
pub struct QueryContext<'a> {
    /// Now, for relative times.
    pub now: Timestamp,
    /// The time zone, for days.
    pub offset: Offset<'a>,
    /// How texts are normalised.
    pub normalize: Normalize<'a>,
}

/// A parsed query.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ParsedQuery {
    /// The query.
    pub query: Query,
    /// Its terms, in the order of the text, and how each was understood.
    pub terms: Vec<QueryTerm>,
}

/// A term of a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryTerm {
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
    /// How it was understood.
    pub reading: Reading,
}

/// How a term was understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reading {
    /// It asks for something.
    Asks {
        /// Whether runs that match are left out.
        exclude: bool,
        /// What it asks about.
        field: Field,
        /// Its values as typed, without quotes; any of them may match.
        values: Vec<String>,
        /// The ranges that the values of a time stand for.
        ranges: Vec<TimeRange>,
    },
    /// `OR`
    Or,
    /// It is not understood.
    NotUnderstood(IssueKind),
}

impl Query {
    /// Parses a query. What the language is, is said on screen (`HELP` in the console's texts) and in
    /// `docs/search.md`.
    ///
    /// Never fails: a term that is not understood is reported, and the query then matches no run.
    pub fn parse(text: &str, context: QueryContext<'_>) -> ParsedQuery {
        let parts = outline(text);
        let excludes = |part: &Part| !matches!(part, Part::Term(token) if !token.exclude);
        // Only where terms are connected in some way can a parenthesis be meant to group them.
        let groups = parts.iter().any(excludes);
        let mut parsed = ParsedQuery::default();
        let mut branches: Vec<Vec<Clause>> = vec![Vec::new()];
        let mut parts = parts.as_slice();
        while let [part, rest @ ..] = parts {
            parts = rest;
            let (at, reading) = match part {
                Part::Or(at) => {
                    branches.push(Vec::new());
                    (at.clone(), Reading::Or)
                }
                Part::Dangling(at) => (at.clone(), Reading::NotUnderstood(IssueKind::MissingTerm)),
                Part::Term(token) if groups && has_stray_parenthesis(token) => {
                    (token.at.clone(), Reading::NotUnderstood(IssueKind::Parenthesis))
                }
                Part::Term(token) => {
                    let (token, used) = with_spaced_value(text, token, rest, context);
                    parts = rest.get(used..).unwrap_or_default();
                    let reading = match Condition::of(&token, context) {
                        Err(kind) => Reading::NotUnderstood(kind),
                        Ok(condition) => {
                            let reading = Reading::of(&token, &condition);
                            if let Some(branch) = branches.last_mut() {
                                branch.push(Clause { exclude: token.exclude, condition });
                            }
                            reading
                        }
                    };
                    (token.at, reading)
                }
            };
            parsed.terms.push(QueryTerm { at, reading });
        }
        let refused = parsed.terms.iter().any(|term| matches!(term.reading, Reading::NotUnderstood(_)));
        parsed.query = if refused { Query::nothing() } else { Query::any_of(branches) };
        parsed
    }
}

/// The most words after the first that a time or a length can have: `2 d 4 h 30 min`.
const MOST_WORDS: usize = 6;

/// A time or a length with the words after it that belong to it (`starts < 2 h`, `ends:tomorrow 09:00`), and their
/// number. A number alone does not: it may be the word that is looked for.
fn with_spaced_value(text: &str, token: &Token, rest: &[Part], context: QueryContext<'_>) -> (Token, usize) {
    let mut longer = token.clone();
    let mut found = (token.clone(), 0);
    if !token.field().is_some_and(Field::has_order) || token.values.len() != 1 {
        return found;
    }
    for (used, part) in rest.iter().enumerate().take(MOST_WORDS) {
        let Part::Term(next) = part else { break };
        let gap = text.get(longer.at.end..next.at.start).unwrap_or_default();
        let (Some(word), Some(value)) = (next.bare(), longer.values.first_mut()) else { break };
        if value.quoted || !gap.chars().all(char::is_whitespace) {
            break;
        }
        value.text = [&value.text, " ", word].concat();
        longer.at.end = next.at.end;
        if !word.chars().all(char::is_numeric) && Condition::of(&longer, context).is_ok() {
            found = (longer.clone(), used + 1);
        }
    }
    found
}

impl Reading {
    fn of(token: &Token, condition: &Condition) -> Self {
        let field = match condition {
            Condition::Run(_) => Field::Run,
            _ => token.field().unwrap_or(Field::Word),
        };
        let values = match condition {
            Condition::Run(id) => vec![String::from(id.as_str())],
            _ => token.values.iter().map(|value| value.text.clone()).collect(),
        };
        let ranges = match condition {
            Condition::Time(_, ranges) => ranges.clone(),
            _ => Vec::new(),
        };
        Self::Asks { exclude: token.exclude, field, values, ranges }
    }
}

#[cfg(test)]
mod tests;
