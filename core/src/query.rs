//! The query language of the list, and its order. One text holds every filter; the filter controls write into it.

mod fold;
mod sort;
mod token;

pub use sort::{Sort, SortKey};

use crate::phase::Phase;
use crate::run::{JobId, Run, Status};
use crate::tally::tally;
use fold::fold;
use std::borrow::Cow;
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

/// What a term asks for; texts are folded. Of several values (`phase:open,over`) any will do.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Test {
    /// In the name, id, job id or job label
    Word(String),
    /// `phase:open`
    Phase(Vec<Phase>),
    /// `status:running`
    Status(Vec<String>),
    /// `job:…` exact id, or part of its label
    Job(Vec<String>),
    /// `name:…`
    Name(Vec<String>),
    /// `id:…` beginning of the id
    Id(Vec<String>),
}

impl Test {
    /// What a token asks for; `None` while there is nothing behind its key or `-` yet.
    fn of(token: &Token) -> Option<Self> {
        let word = || Some(fold(&token.word)).filter(|word| !word.is_empty()).map(Self::Word);
        let Some(key) = token.key.as_deref().filter(|key| token::KEYS.contains(key)) else { return word() };
        if token.values.is_empty() {
            return None;
        }
        let values = || token.values.iter().map(|value| fold(value)).collect();
        Some(match key {
            "phase" => match phases(token) {
                Some(phases) => Self::Phase(phases),
                None => return word(),
            },
            "status" => Self::Status(values()),
            "job" => Self::Job(values()),
            "name" => Self::Name(values()),
            _ => Self::Id(values()),
        })
    }

    fn holds(&self, subject: Subject<'_>) -> bool {
        let run = subject.run;
        let job = run.job_id.as_ref().map(JobId::as_str);
        let in_label = |needle: &str| subject.job_label.is_some_and(|label| fold::contains(label, needle));
        match self {
            Self::Word(word) => {
                fold::contains(&run.name, word)
                    || fold::contains(run.id.as_str(), word)
                    || job.is_some_and(|job| fold::contains(job, word))
                    || in_label(word)
            }
            Self::Phase(phases) => phases.contains(&subject.phase),
            Self::Status(words) => {
                let status = run.status.as_ref().map(Status::as_str);
                status.is_some_and(|status| words.iter().any(|word| fold::equals(status, word)))
            }
            Self::Job(jobs) => {
                jobs.iter().any(|wanted| job.is_some_and(|job| fold::equals(job, wanted)) || in_label(wanted))
            }
            Self::Name(names) => names.iter().any(|name| fold::contains(&run.name, name)),
            Self::Id(ids) => ids.iter().any(|id| fold::begins(run.id.as_str(), id)),
        }
    }
}

/// The phases that a token asks for; `None` when one of its words is no phase.
fn phases(token: &Token) -> Option<Vec<Phase>> {
    token.values.iter().map(|word| Phase::from_word(word)).collect()
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

impl Query {
    /// Reads a query: words; `job:`, `status:`, `phase:`, `name:`, `id:`; `-` in front excludes; double quotes hold
    /// spaces together (`name:"spring sale"`), two within quotes are one; several values by comma: any of them; an unknown
    /// key or phase makes the whole term a word; a key with nothing behind it yet asks for nothing. Never fails.
    pub fn parse(text: &str) -> Self {
        let (tokens, _) = token::cut(text);
        let term = |token: &Token| Some(Term { exclude: token.exclude, test: Test::of(token)? });
        Self { terms: tokens.iter().filter_map(term).collect() }
    }

    /// Whether it has no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
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
    fold::compare(a.trim(), b.trim()).is_eq()
}

/// Whether a token asks for a key (and does not exclude it).
fn asks_for(token: &Token, key: &str) -> bool {
    !token.exclude && token.key.as_deref().is_some_and(|found| found.eq_ignore_ascii_case(key))
}

/// How many runs there are of each phase and of each status word.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// By phase, in the order of [`Phase::ALL`], zeros left out.
    pub phases: Vec<(Phase, usize)>,
    /// By status word (lower case), most frequent first, then by word.
    pub statuses: Vec<(String, usize)>,
}

impl Counts {
    /// Counts the runs.
    pub fn of<'a>(runs: impl Iterator<Item = (&'a Run, Phase)>) -> Self {
        let mut phases = Phase::ALL.map(|phase| (phase, 0_usize));
        let mut words: Vec<Cow<'_, str>> = Vec::new();
        for (run, phase) in runs {
            if let Some((_, count)) = phases.iter_mut().find(|(of, _)| *of == phase) {
                *count = count.saturating_add(1);
            }
            if let Some(status) = run.status.as_ref().map(Status::as_str) {
                let lower = status.bytes().all(|byte| byte.is_ascii_lowercase());
                words.push(if lower { Cow::Borrowed(status) } else { Cow::Owned(fold(status)) });
            }
        }
        let phases = phases.into_iter().filter(|(_, count)| *count > 0).collect();
        Self { phases, statuses: tally(words.iter().map(|word| &**word)) }
    }
}

#[cfg(test)]
mod tests;
