//! The query language of the list. A single text holds every filter; the filter controls edit that text.

mod condition;
mod edit;
mod issue;
mod suggest;
mod time_range;
mod token;

pub use edit::{selected_values, set_values};
pub use issue::{IssueKind, QueryIssue};
pub use suggest::{KnownValue, Suggestion, Suggestions, job_term, only_job, suggest};
pub use time_range::{TimeField, TimeRange};

use crate::phase::Phase;
use crate::run::Run;
use crate::time::{Timestamp, zone::Offset};
use condition::Condition;
use std::ops::Range;

/// A query: all of its terms must match.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Term {
    exclude: bool,
    condition: Condition,
}

/// A run with the derived facts that queries and sorting need.
#[derive(Clone, Copy, Debug)]
pub struct IndexedRun<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its current phase.
    pub phase: Phase,
    /// The configured label of its job.
    pub job_label: Option<&'a str>,
}

/// The current time and the time zone, for relative times and days.
#[derive(Clone, Copy)]
pub struct QueryContext<'a> {
    /// Now.
    pub now: Timestamp,
    /// The time zone.
    pub offset: Offset<'a>,
}

/// A parsed query.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ParsedQuery {
    /// The query.
    pub query: Query,
    /// What could not be understood, in the order of the text.
    pub issues: Vec<QueryIssue>,
    /// For each time term: its place in the text (bytes), the field it asks about, and the range(s) it stands for.
    pub time_ranges: Vec<(Range<usize>, TimeField, Vec<TimeRange>)>,
}

impl Query {
    /// Parses a query: words; `job:`, `status:`, `phase:`, `name:`, `id:`. A leading `-` excludes; double quotes keep
    /// spaces together (`name:"spring sale"`), and two quotes within quotes stand for one. Of several values separated
    /// by commas, any may match. With an unknown key or phase the whole term is searched for as a word; a key without a
    /// value yet asks for nothing.
    ///
    /// Times: `starts`, `ends`, `created`, `updated` with `<`, `<=`, `>`, `>=` or `:` and `2h`, `now`, `today`,
    /// `yesterday`, `tomorrow`, `2026-03-01`, `2026-03-01T10:00`, ISO 8601, `last-7-days`, `next-7-days`, or a range
    /// `a..b` (both days included; either side may be missing). A duration counts ahead of now for starts and ends
    /// (`starts<2h`: within the next two hours, `starts>2h`: later than that) and back for the others (`created<2h`: in
    /// the last two hours). `length>8h`, `length:1h..2h`. `needs:look`: the run has findings ([`crate::finding`]).
    ///
    /// Never fails: what cannot be understood is reported as an issue, with how it was treated.
    pub fn parse(text: &str, context: QueryContext<'_>) -> ParsedQuery {
        let (tokens, open) = token::cut(text);
        let mut parsed = ParsedQuery::default();
        for token in &tokens {
            let (condition, kind) = Condition::of(token, text, context);
            if let Some(Condition::Time(field, ranges)) = &condition
                && !ranges.is_empty()
            {
                parsed.time_ranges.push((token.at.clone(), *field, ranges.clone()));
            }
            if let Some(kind) = kind {
                parsed.issues.push(QueryIssue { at: token.at.clone(), kind, searched_as_word: condition.is_some() });
            }
            parsed.query.terms.extend(condition.map(|condition| Term { exclude: token.exclude, condition }));
        }
        if let Some(last) = tokens.last().filter(|_| open) {
            parsed.issues.push(QueryIssue { at: last.at.clone(), kind: IssueKind::OpenQuote, searched_as_word: true });
        }
        parsed
    }

    /// Whether it has no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether its result changes as time passes.
    pub fn depends_on_time(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.condition, Condition::Time(..) | Condition::Look(..)))
    }

    /// Whether every run that matches this query certainly matches `wider`, too. Then one more letter only needs to
    /// look at the runs that matched before.
    pub fn narrows(&self, wider: &Self) -> bool {
        let follows = |of: &Term, from: &Term| match (of.exclude, from.exclude) {
            (false, false) => from.condition.implies(&of.condition),
            (true, true) => of.condition.implies(&from.condition),
            _ => false,
        };
        wider.terms.iter().all(|of| self.terms.iter().any(|from| follows(of, from)))
    }

    /// Whether all terms match, ignoring letter case.
    pub fn matches(&self, subject: IndexedRun<'_>) -> bool {
        self.terms.iter().all(|term| term.condition.matches(subject) != term.exclude)
    }
}

#[cfg(test)]
mod tests;
