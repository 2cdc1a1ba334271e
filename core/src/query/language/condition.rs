//! The condition of a term, and whether a run meets it.

use super::issue::IssueKind;
use super::time_range::{self, TimeField, TimeRange};
use super::token::{self, Token};
use super::{IndexedRun, QueryContext};
use crate::clean::{self, same_id};
use crate::finding::findings;
use crate::phase::Phase;
use crate::query::case_folding::{self, fold};
use crate::run::{JobId, Status};
use crate::time::Timestamp;

/// The condition of a term; texts are folded. Of several values (`phase:open,over`) any may match.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Condition {
    /// In the name, id, job id or job label
    Word(String),
    /// `phase:open`
    Phase(Vec<Phase>),
    /// `status:running`
    Status(Vec<String>),
    /// `job:…`: the exact id, in this letter case, or part of the label; with the folded text for labels
    Job(Vec<(String, String)>),
    /// `name:…`
    Name(Vec<String>),
    /// `id:…`: the start of the id
    Id(Vec<String>),
    /// `starts<2h`
    Time(TimeField, Vec<TimeRange>),
    /// `length>8h`: in milliseconds, from (inclusive) and until (exclusive)
    Length(Vec<(i64, i64)>),
    /// `needs:look`, evaluated at that time
    Look(Timestamp),
}

/// Combines several values, of which any may match. A reversed range matches nothing but stays in the condition:
/// without it, the term would match everything. An unreadable value invalidates the whole term.
fn any_of<T>(
    values: impl Iterator<Item = Result<T, IssueKind>>,
    condition: impl FnOnce(Vec<T>) -> Condition,
) -> (Option<Condition>, Option<IssueKind>) {
    let (mut fit, mut empty) = (Vec::new(), None);
    for value in values {
        match value {
            Ok(value) => fit.push(value),
            Err(IssueKind::EmptyRange) => empty = Some(IssueKind::EmptyRange),
            Err(fault) => return (None, Some(fault)),
        }
    }
    (Some(condition(fit)), empty)
}

impl Condition {
    /// The condition of a token (`None`: it asks for nothing), and what could not be understood.
    pub(super) fn of(token: &Token, text: &str, context: QueryContext<'_>) -> (Option<Self>, Option<IssueKind>) {
        let word = || Some(fold(&token.word)).filter(|word| !word.is_empty()).map(Self::Word);
        if let Some(found) = Self::time_or_length(token, text, context) {
            return found;
        }
        let Some(key) = token.key.as_deref().filter(|key| token::KEYS.contains(key)) else {
            let like_a_key = |key: &&str| key.len() > 1 && key.bytes().all(|byte| byte.is_ascii_lowercase());
            let unknown = token.key.as_deref().filter(like_a_key).is_some() && !token.word.contains("://");
            let unfinished = token.word.is_empty().then_some(IssueKind::Unfinished);
            return (word(), if unknown { Some(IssueKind::UnknownKey) } else { unfinished });
        };
        if token.values.is_empty() {
            return (None, Some(IssueKind::Unfinished));
        }
        let values = || token.values.iter().map(|value| fold(value)).collect();
        let condition = match key {
            "phase" => match phases(token) {
                Some(phases) => Self::Phase(phases),
                None => return (word(), Some(IssueKind::UnknownPhase)),
            },
            "status" => Self::Status(values()),
            "job" => Self::Job(token.values.iter().map(|value| (value.clone(), fold(value))).collect()),
            "name" => Self::Name(values()),
            _ => Self::Id(values()),
        };
        (Some(condition), None)
    }

    /// The condition if the token is about a time or a length.
    fn time_or_length(
        token: &Token,
        text: &str,
        context: QueryContext<'_>,
    ) -> Option<(Option<Self>, Option<IssueKind>)> {
        let typed = text.get(token.at.clone())?;
        let typed = typed.strip_prefix('-').unwrap_or(typed);
        // `starts<2h` has no colon, unless its time contains one.
        let (key, values) = match typed.find(['<', '>', ':', '"']) {
            Some(at) if !typed.get(at..)?.starts_with([':', '"']) => {
                (typed.get(..at)?.to_ascii_lowercase(), vec![String::from(token.word.get(at..)?)])
            }
            _ => (token.key.clone()?, token.values.clone()),
        };
        if key == "needs" {
            let look = values.len() == 1 && values.iter().all(|value| value.eq_ignore_ascii_case("look"));
            return Some(if look {
                (Some(Self::Look(context.now)), None)
            } else {
                (None, Some(IssueKind::UnknownNeed))
            });
        }
        let time = TimeField::from_word(&key);
        if time.is_none() && key != "length" {
            return None;
        }
        if values.is_empty() {
            return Some((None, Some(IssueKind::Unfinished)));
        }
        Some(match time {
            Some(time) => {
                any_of(values.iter().map(|value| time_range::parse_range(time, &clean::id(value), context)), |ranges| {
                    Self::Time(time, ranges)
                })
            }
            None => any_of(values.iter().map(|value| time_range::parse_lengths(&clean::id(value))), Self::Length),
        })
    }

    /// Whether `other` certainly matches wherever this does.
    pub(super) fn implies(&self, other: &Self) -> bool {
        let each = |texts: &[String], others: &[String], within: fn(&str, &str) -> bool| {
            texts.iter().all(|text| others.iter().any(|other| within(text, other)))
        };
        let contains = |text: &str, other: &str| text.contains(other);
        match (self, other) {
            (Self::Word(word), Self::Word(other)) => word.contains(other.as_str()),
            (Self::Name(names), Self::Word(other)) => names.iter().all(|name| name.contains(other.as_str())),
            (Self::Name(names), Self::Name(others)) => each(names, others, contains),
            (Self::Id(ids), Self::Id(others)) => each(ids, others, |id, other| id.starts_with(other)),
            _ => self == other,
        }
    }

    pub(super) fn matches(&self, subject: IndexedRun<'_>) -> bool {
        let run = subject.run;
        let job = run.job_id.as_ref().map(JobId::as_str);
        let in_label = |needle: &str| subject.job_label.is_some_and(|label| case_folding::contains(label, needle));
        match self {
            Self::Word(word) => {
                case_folding::contains(&run.name, word)
                    || case_folding::contains(run.id.as_str(), word)
                    || job.is_some_and(|job| case_folding::contains(job, word))
                    || in_label(word)
            }
            Self::Phase(phases) => phases.contains(&subject.phase),
            Self::Status(words) => {
                let status = run.status.as_ref().map(Status::as_str);
                status.is_some_and(|status| words.iter().any(|word| case_folding::equals(status, word)))
            }
            Self::Job(jobs) => {
                jobs.iter().any(|(id, label)| job.is_some_and(|job| same_id(job, id)) || in_label(label))
            }
            Self::Name(names) => names.iter().any(|name| case_folding::contains(&run.name, name)),
            Self::Time(field, ranges) => field.of(run).is_some_and(|at| ranges.iter().any(|range| range.contains(at))),
            Self::Length(lengths) => run
                .length()
                .is_some_and(|length| lengths.iter().any(|(from, until)| (*from..*until).contains(&length.millis()))),
            Self::Look(now) => !findings(run, None, None, *now).is_empty(),
            Self::Id(ids) => ids.iter().any(|id| case_folding::begins(run.id.as_str(), id)),
        }
    }
}

/// The phases in a token; `None` if any of its words is not a phase.
pub(super) fn phases(token: &Token) -> Option<Vec<Phase>> {
    token.values.iter().map(|word| Phase::from_word(&fold(word))).collect()
}
