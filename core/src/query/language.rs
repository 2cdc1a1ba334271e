//! The query language of the list, and its order. One text holds every filter; the filter controls write into it.

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

/// A query: all of its terms must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Term {
    exclude: bool,
    condition: Condition,
}

/// A run with what the query needs to know of it besides.
#[derive(Clone, Copy, Debug)]
pub struct IndexedRun<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its phase now.
    pub phase: Phase,
    /// Its job's readable label, if configured.
    pub job_label: Option<&'a str>,
}

/// What relative times are measured from, and the zone that days are those of.
#[derive(Clone, Copy)]
pub struct QueryContext<'a> {
    /// Now.
    pub now: Timestamp,
    /// The zone.
    pub offset: Offset<'a>,
}

/// A query as it was understood.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ParsedQuery {
    /// What it asks for.
    pub query: Query,
    /// What could not be taken as it may have been meant, in the order of the text.
    pub issues: Vec<QueryIssue>,
    /// What was understood of each time term: where it stands (bytes), which time, and the window(s) it asks for.
    pub time_ranges: Vec<(Range<usize>, TimeField, Vec<TimeRange>)>,
}

impl Query {
    /// Reads a query: words; `job:`, `status:`, `phase:`, `name:`, `id:`; `-` in front excludes; double quotes hold
    /// spaces together (`name:"spring sale"`), two within quotes are one; several values by comma: any of them; an unknown
    /// key or phase makes the whole term a word; a key with nothing behind it yet asks for nothing.
    ///
    /// Times: `starts`, `ends`, `created`, `updated` with `<`, `<=`, `>`, `>=` or `:` and `2h`, `now`, `today`, `yesterday`,
    /// `tomorrow`, `2026-03-01`, `2026-03-01T10:00`, ISO 8601, `last-7-days`, `next-7-days`, or a range `a..b` (both days included,
    /// either side may be missing). A length of time lies ahead for starts and ends (`starts<2h`: within the next two hours,
    /// `starts>2h`: later than that) and back for the others (`created<2h`: in the last two hours). `length>8h`,
    /// `length:1h..2h`. `needs:look`: something about it does not fit together ([`crate::finding`]).
    ///
    /// Never fails: what cannot be understood is marked, with what it was taken for.
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

    /// Whether what it asks for changes as time goes by.
    pub fn depends_on_time(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.condition, Condition::Time(..) | Condition::Look(..)))
    }

    /// Whether every run that has this has what `wider` asks for, too, as far as the two queries tell: of runs that have that,
    /// one letter more leaves only those to look at.
    pub fn narrows(&self, wider: &Self) -> bool {
        let follows = |of: &Term, from: &Term| match (of.exclude, from.exclude) {
            (false, false) => from.condition.implies(&of.condition),
            (true, true) => of.condition.implies(&from.condition),
            _ => false,
        };
        wider.terms.iter().all(|of| self.terms.iter().any(|from| follows(of, from)))
    }

    /// Whether all terms hold. Letter case does not matter.
    pub fn matches(&self, subject: IndexedRun<'_>) -> bool {
        self.terms.iter().all(|term| term.condition.holds(subject) != term.exclude)
    }
}

#[cfg(test)]
mod tests;
