//! The query language of the list, and its order. One text holds every filter; the filter controls write into it.

mod facts;
mod fold;
mod mark;
mod sort;
mod suggest;
mod test;
mod token;
mod when;

pub use facts::{Counts, Facts};
pub use mark::{Fault, Mark};
pub use sort::{Sort, SortKey, sort_all};
pub use suggest::{Seen, Suggestion, Suggestions, job_term, only_job, suggest};
pub use when::{TimeKey, Window};

use crate::phase::Phase;
use crate::run::Run;
use crate::time::{Timestamp, zone::Offset};
use fold::fold;
use std::ops::Range;
use test::{Test, phases};
use token::Token;

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

/// The value(s) that a text's terms `key:` ask for (not the excluded ones), lower case: what a filter control shows as chosen.
pub fn chosen(text: &str, key: &str) -> Vec<String> {
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

/// The text with the terms `key:` replaced by one that asks for `values` (none: removed); quoted where needed. The rest stays as typed.
/// An empty value cannot be asked for and is left out.
pub fn choose(text: &str, key: &str, values: &[String]) -> String {
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
                // The gap behind it goes with it; at the end the gap before it.
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

/// Whether two texts are the same but for letter case and the space around them.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    // Of very many texts most begin with another letter.
    if let (Some(of_a), Some(of_b)) = (a.bytes().next(), b.bytes().next())
        && of_a.is_ascii_graphic()
        && of_b.is_ascii_graphic()
        && !of_a.eq_ignore_ascii_case(&of_b)
    {
        return false;
    }
    let (a, b) = (a.trim(), b.trim());
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { fold::compare(a, b).is_eq() }
}

/// Whether a token asks for a key (and does not exclude it).
fn asks_for(token: &Token, key: &str) -> bool {
    !token.exclude && token.key.as_deref().is_some_and(|found| found.eq_ignore_ascii_case(key))
}

#[cfg(test)]
mod tests;
