//! The condition of a term, and whether a run meets it.

use super::field::{Field, TimeField};
use super::issue::IssueKind;
use super::state_filter::StateFilter;
use super::time_range::{self, TimeRange};
use super::token::{Token, Value};
use super::{IndexedRun, QueryContext};
use crate::clean::{self, comparable};
use crate::phase::Phase;
use crate::query::case_folding::{alike, folded};
use crate::query::folded_texts::{FoldedTexts, Needle, searched, status};
use crate::run::{JobId, RunId};
use crate::run_state::RunState;
use crate::time::Timestamp;

/// The condition of a term. Of several values (`phase:open,over`) any may match.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Condition {
    /// In the name, id, job id or job label; or the state that the word is, evaluated at that time
    Word(Needle, Option<(RunState, Timestamp)>),
    /// `phase:open`
    Phase(Vec<Phase>),
    /// `is:attention`, `needs:look`, evaluated at that time
    State(Vec<StateFilter>, Timestamp),
    /// `status:running`
    Status(Vec<Needle>),
    /// `job:…`
    Job(Vec<JobValue>),
    /// `name:…`
    Name(Vec<Needle>),
    /// `id:…`: the start of the id; in quotes, all of it
    Id(Vec<IdValue>),
    /// `starts<2h`
    Time(TimeField, Vec<TimeRange>),
    /// `length>8h`: in milliseconds, from (inclusive) and until (exclusive)
    Length(Vec<(i64, i64)>),
    /// A pasted address
    Run(RunId),
}

/// An id, or the start of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct IdValue {
    needle: Needle,
    is_whole: bool,
}

/// A job by its id, in this letter case, or by its label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct JobValue {
    id: String,
    needle: Needle,
    kind: JobKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum JobKind {
    /// In quotes, as the console writes it: the id to the letter, or the whole label.
    Exact,
    /// An id that looks the same, or part of the label.
    Similar,
    /// `piz*`: the start of the id, or of a word of the label.
    Start,
}

type Found = Result<Condition, IssueKind>;

impl Condition {
    /// The condition of a token, or why there is none.
    pub(super) fn of(token: &Token, context: QueryContext<'_>) -> Found {
        if token.exclude && token.open {
            return Err(IssueKind::OpenQuote);
        }
        if let Some(id) = &token.run {
            return Ok(Self::Run(id.clone()));
        }
        if token.key.is_none() {
            let value = token.values.first().ok_or(IssueKind::Unfinished)?;
            // A run's state is one of the words that people see of it.
            let seen = |text: &str| RunState::from_word(&folded(text).collect::<String>());
            let state = Some(&value.text).filter(|_| !value.quoted).and_then(|text| seen(text));
            return needle(value, context).map(|word| Self::Word(word, state.map(|state| (state, context.now))));
        }
        let field = token.field().ok_or(IssueKind::UnknownField)?;
        if token.values.is_empty() {
            return Err(IssueKind::Unfinished);
        }
        if !field.has_order() && !matches!(token.operator.0, ":" | "=") {
            return Err(IssueKind::NoOrder);
        }
        let needles = || token.values.iter().map(|value| needle(value, context)).collect::<Result<Vec<_>, _>>();
        Ok(match field {
            Field::Phase => Self::Phase(phases(token).ok_or(IssueKind::UnknownValue(field))?),
            Field::Is | Field::Needs => Self::State(states(token).ok_or(IssueKind::UnknownValue(field))?, context.now),
            Field::Status => Self::Status(needles()?),
            Field::Name => Self::Name(needles()?),
            Field::Id => Self::Id(ids(token, context)?),
            Field::Job => Self::Job(jobs(token, context)?),
            Field::Time(time) => {
                Self::Time(time, ordered(token, |value| time_range::parse_range(time, value, context))?)
            }
            Field::Length => Self::Length(ordered(token, time_range::parse_lengths)?),
            // Neither has a key.
            Field::Word | Field::Run => return Err(IssueKind::UnknownField),
        })
    }

    /// Whether it asks for the state of a run.
    pub(super) const fn is_state(&self) -> bool {
        matches!(self, Self::Phase(_) | Self::State(..))
    }

    /// Whether its answer changes as time passes, more often than the phase of a run does.
    pub(super) fn depends_on_time(&self) -> bool {
        match self {
            Self::Time(..) => true,
            Self::State(states, _) => states.iter().any(|state| state.depends_on_time()),
            _ => false,
        }
    }

    /// Whether `other` certainly matches wherever this does.
    pub(super) fn implies(&self, other: &Self) -> bool {
        let each = |texts: &[Needle], others: &[Needle], within: fn(&Needle, &Needle) -> bool| {
            texts.iter().all(|text| others.iter().any(|other| within(text, other)))
        };
        match (self, other) {
            (Self::Word(word, state), Self::Word(other, other_state)) => {
                word.implies(other) && (state.is_none() || state == other_state)
            }
            (Self::Name(names), Self::Word(other, _)) => names.iter().all(|name| name.implies(other)),
            (Self::Name(names), Self::Name(others)) => each(names, others, Needle::implies),
            (Self::Id(ids), Self::Id(others)) => ids.iter().all(|id| others.iter().any(|other| id.implies(other))),
            _ => self == other,
        }
    }

    pub(super) fn matches(&self, subject: IndexedRun<'_>, texts: &FoldedTexts) -> bool {
        let run = subject.run;
        match self {
            Self::Word(word, state) => {
                searched(subject).any(|text| word.is_in(text, texts))
                    || state.is_some_and(|(state, now)| RunState::of(run, now) == state)
            }
            Self::Phase(phases) => phases.contains(&subject.phase),
            Self::State(states, now) => states.iter().copied().any(StateFilter::of(subject, *now)),
            Self::Status(words) => {
                status(subject).is_some_and(|status| words.iter().any(|word| word.is(status, texts)))
            }
            Self::Job(jobs) => {
                let job = run.job_id.as_ref().map(JobId::as_str);
                jobs.iter().any(|wanted| wanted.matches(job, subject.job_label, texts))
            }
            Self::Name(names) => names.iter().any(|name| name.is_in(&run.name, texts)),
            Self::Time(field, ranges) => field.of(run).is_some_and(|at| ranges.iter().any(|range| range.contains(at))),
            Self::Length(lengths) => run
                .length()
                .is_some_and(|length| lengths.iter().any(|(from, until)| (*from..*until).contains(&length.millis()))),
            Self::Id(ids) => ids.iter().any(|id| id.matches(run.id.as_str(), texts)),
            Self::Run(id) => run.id == *id,
        }
    }
}

impl IdValue {
    fn matches(&self, id: &str, texts: &FoldedTexts) -> bool {
        if self.is_whole { self.needle.is(id, texts) } else { self.needle.begins(id, texts) }
    }

    fn implies(&self, other: &Self) -> bool {
        if other.is_whole { self == other } else { self.needle.starts_with(&other.needle) }
    }
}

impl JobValue {
    fn matches(&self, job: Option<&str>, label: Option<&str>, texts: &FoldedTexts) -> bool {
        let Self { id, needle, kind } = self;
        let seen = |text: &str| -> String { comparable(clean::trim(text)).map(alike).collect() };
        match kind {
            JobKind::Exact => job == Some(id) || label.is_some_and(|label| needle.is(label, texts)),
            JobKind::Similar => {
                job.is_some_and(|job| job == id || !(job.is_ascii() && id.is_ascii()) && seen(job) == seen(id))
                    || label.is_some_and(|label| needle.is_in(label, texts))
            }
            JobKind::Start => {
                job.is_some_and(|job| needle.begins(job, texts))
                    || label.is_some_and(|label| needle.is_in(label, texts))
            }
        }
    }
}

fn needle(value: &Value, context: QueryContext<'_>) -> Result<Needle, IssueKind> {
    let (text, star) = value.before_star().ok_or(IssueKind::Star)?;
    Needle::new(text, star, context.normalize).ok_or(IssueKind::Unfinished)
}

/// Whether a value is in quotes that are closed: while one is open, more is being typed.
fn is_closed(token: &Token, at: usize, value: &Value) -> bool {
    value.quoted && !(token.open && at + 1 == token.values.len())
}

fn ids(token: &Token, context: QueryContext<'_>) -> Result<Vec<IdValue>, IssueKind> {
    let value = |(at, value): (usize, &Value)| {
        let (_, star) = value.before_star().ok_or(IssueKind::Star)?;
        Ok(IdValue { needle: needle(value, context)?, is_whole: !star && is_closed(token, at, value) })
    };
    token.values.iter().enumerate().map(value).collect()
}

fn jobs(token: &Token, context: QueryContext<'_>) -> Result<Vec<JobValue>, IssueKind> {
    let value = |(at, value): (usize, &Value)| {
        let (text, star) = value.before_star().ok_or(IssueKind::Star)?;
        let kind = match (star, is_closed(token, at, value)) {
            (true, _) => JobKind::Start,
            (false, true) => JobKind::Exact,
            (false, false) => JobKind::Similar,
        };
        // An id of nothing but invisible characters has a link, too.
        let needle = needle(value, context);
        let needle = if kind == JobKind::Exact { needle.unwrap_or_else(|_| Needle::literal(text)) } else { needle? };
        Ok(JobValue { id: String::from(text), needle, kind })
    };
    token.values.iter().enumerate().map(value).collect()
}

/// The values of a field with an order. A single one that cannot be read makes the whole term meaningless.
fn ordered<T>(token: &Token, read: impl Fn(&str) -> Result<T, IssueKind>) -> Result<Vec<T>, IssueKind> {
    let sign = if matches!(token.operator.0, ":" | "=") { "" } else { token.operator.0 };
    token.values.iter().map(|value| read(&[sign, &*clean::id(&value.text)].concat())).collect()
}

/// What the words of a token stand for; `None` if one of them stands for nothing.
fn words<T>(token: &Token, of: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    token.values.iter().map(|value| of(&folded(&value.text).collect::<String>())).collect()
}

/// The phases in a token; `None` if any of its words is not a phase.
fn phases(token: &Token) -> Option<Vec<Phase>> {
    words(token, Phase::from_word)
}

/// The states in a token; `None` if any of its words is not a state.
fn states(token: &Token) -> Option<Vec<StateFilter>> {
    let looks = |word: &str| matches!(word, "look" | "attention").then_some(StateFilter::Attention);
    if token.field() == Some(Field::Needs) { words(token, looks) } else { words(token, StateFilter::from_word) }
}

/// The words of a token that asks for a state, as `is:` has them; `Some(None)` if one of them is not understood.
pub(super) fn state_words(token: &Token) -> Option<Option<Vec<&'static str>>> {
    Some(match token.field()? {
        Field::Phase => phases(token).map(|phases| phases.into_iter().map(Phase::word).collect()),
        Field::Is | Field::Needs => states(token).map(|states| states.into_iter().map(StateFilter::word).collect()),
        _ => return None,
    })
}
