//! The query language of the list, and its order. One text holds every filter; the filter controls write into it.

mod condition;
mod edit;
mod issue;
mod suggest;
mod time_range;
mod token;

pub use edit::{choose, chosen};
pub use issue::{Fault, Mark};
pub use suggest::{Seen, Suggestion, Suggestions, job_term, only_job, suggest};
pub use time_range::{TimeKey, Window};

use crate::phase::Phase;
use crate::run::Run;
use crate::time::{Timestamp, zone::Offset};
use condition::Test;
use std::ops::Range;

/// A query: all of its terms must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Term {
    exclude: bool,
    test: Test,
}

/// A run with what the query needs to know of it besides.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its phase now.
    pub phase: Phase,
    /// Its job's readable label, if configured.
    pub job_label: Option<&'a str>,
}

/// What relative times are measured from, and the zone that days are those of.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Now.
    pub now: Timestamp,
    /// The zone.
    pub offset: Offset<'a>,
}

/// A query as it was understood.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// What it asks for.
    pub query: Query,
    /// What could not be taken as it may have been meant, in the order of the text.
    pub marks: Vec<Mark>,
    /// What was understood of each time term: where it stands (bytes), which time, and the window(s) it asks for.
    pub windows: Vec<(Range<usize>, TimeKey, Vec<Window>)>,
}

impl Query {
    /// Reads a query without its times: terms such as `starts<2h` are words here. See [`Query::read`].
    pub fn parse(text: &str) -> Self {
        Self::understand(text, None).query
    }

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
    pub fn read(text: &str, context: Context<'_>) -> Reading {
        Self::understand(text, Some(context))
    }

    fn understand(text: &str, context: Option<Context<'_>>) -> Reading {
        let (tokens, open) = token::cut(text);
        let mut reading = Reading::default();
        for token in &tokens {
            let (test, fault) = Test::of(token, text, context);
            if let Some(Test::Time(key, windows)) = &test
                && !windows.is_empty()
            {
                reading.windows.push((token.at.clone(), *key, windows.clone()));
            }
            if let Some(fault) = fault {
                reading.marks.push(Mark { at: token.at.clone(), fault, taken_as_word: test.is_some() });
            }
            reading.query.terms.extend(test.map(|test| Term { exclude: token.exclude, test }));
        }
        if let Some(last) = tokens.last().filter(|_| open) {
            reading.marks.push(Mark { at: last.at.clone(), fault: Fault::OpenQuote, taken_as_word: true });
        }
        reading
    }

    /// Whether it has no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether what it asks for changes as time goes by.
    pub fn follows_time(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.test, Test::Time(..) | Test::Look(..)))
    }

    /// Whether every run that has this has what `wider` asks for, too, as far as the two queries tell: of runs that have that,
    /// one letter more leaves only those to look at.
    pub fn narrows(&self, wider: &Self) -> bool {
        let follows = |of: &Term, from: &Term| match (of.exclude, from.exclude) {
            (false, false) => from.test.implies(&of.test),
            (true, true) => of.test.implies(&from.test),
            _ => false,
        };
        wider.terms.iter().all(|of| self.terms.iter().any(|from| follows(of, from)))
    }

    /// Whether all terms hold. Letter case does not matter.
    pub fn matches(&self, subject: Subject<'_>) -> bool {
        self.terms.iter().all(|term| term.test.holds(subject) != term.exclude)
    }
}

#[cfg(test)]
mod tests;
