//! Messages between tabs that share one stream of requests. They contain runs, and never a token.

use super::Signal;
use crate::activity::{DatedRun, Moment};
use crate::problem::{Problem, ProblemKind};
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};
use crate::wire::shared_reading as wire;
use crate::wire::{Unreadable, read, to_text};
use std::sync::Arc;

/// One message on the channel.
#[derive(Clone, PartialEq, Debug)]
pub struct Message {
    /// The API, the application and the person whose tabs it is meant for; others ignore it.
    pub scope: String,
    /// The random id of the sending tab.
    pub tab: String,
    /// When it was sent, by this computer's clock, which all tabs share; `None` counts as just now. A tab that was frozen hears what
    /// was said meanwhile only later.
    pub at: Option<Timestamp>,
    /// Its content.
    pub said: Said,
}

/// The content of a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// About the election.
    Signal(Signal),
    /// The sender knows all runs of a long list, was the last to read it, and no longer takes part: the tab with this id, which has just
    /// been opened, may ask for them.
    Offer(String),
    /// The sender does not know all runs, and asks for them: the tab with this id, which has offered them, or else the one that reads. The
    /// answer goes to the sender alone.
    AskForRuns(Option<String>),
    /// Runs that were read.
    Runs(RunsMessage),
}

/// Runs that a tab read for all.
#[derive(Clone, PartialEq, Debug)]
pub struct RunsMessage {
    /// The runs.
    pub runs: Vec<DatedRun>,
    /// The runs that no longer exist.
    pub gone: Vec<RunId>,
    /// When the message was sent, by both clocks.
    pub posted_at: Moment,
    /// Whether these, with the parts before it, are all runs that exist. Only true of a last part.
    pub is_all: bool,
    /// Which part of how many this is, from 1 on.
    pub part: (u32, u32),
    /// How many runs all parts have together.
    pub total: usize,
    /// How far the times of the API may be wrong; `None` if the sender does not know the API's clock.
    pub clock_error: Option<Span>,
    /// How the list was read, if that has changed.
    pub list: Option<Box<ListReport>>,
}

/// How complete and how recent the list is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ListReport {
    /// When the whole list was last read.
    pub as_of: Option<Timestamp>,
    /// When the page with the newest runs was last read, if later.
    pub newest: Option<Timestamp>,
    /// The last instant at which all runs were known.
    pub complete_as_of: Option<Timestamp>,
    /// The number of pages.
    pub pages: u32,
    /// Their size.
    pub page_size: Option<u32>,
    /// The number of runs that the API announced.
    pub total_items: Option<u64>,
    /// After a read that did not get every page: runs read, and the number of runs that the API announced.
    pub incomplete: Option<(usize, Option<u64>)>,
    /// The pages that could not be read.
    pub missing: Vec<u32>,
    /// Whether the person stopped the read.
    pub stopped: bool,
    /// How many entries could not be read.
    pub unreadable: usize,
    /// Failed reads in a row.
    pub failures: u32,
    /// Why the last read failed.
    pub problem: Option<Problem>,
}

/// As many runs are sent in one message, so that receiving it takes no more than a few milliseconds.
pub const RUNS_PER_MESSAGE: usize = 1_000;

impl RunsMessage {
    /// These runs, in as many messages as they need.
    pub fn in_parts(runs: &[DatedRun], posted_at: Moment, is_all: bool) -> Vec<Self> {
        let count = runs.len().div_ceil(RUNS_PER_MESSAGE).max(1);
        let parts = u32::try_from(count).unwrap_or(u32::MAX);
        let mut chunks = runs.chunks(RUNS_PER_MESSAGE);
        let part = |number: u32| Self {
            runs: chunks.next().unwrap_or_default().to_vec(),
            gone: Vec::new(),
            posted_at,
            is_all: is_all && number == parts,
            part: (number, parts),
            total: runs.len(),
            clock_error: None,
            list: None,
        };
        (1..=parts).map(part).collect()
    }

    /// When the earliest request for these runs was sent; not after the message.
    fn earliest(&self) -> Moment {
        self.runs.iter().fold(self.posted_at, |earliest, (_, sent)| earliest.earliest(*sent))
    }

    /// How many milliseconds after [`RunsMessage::earliest`] the request for each was sent; empty if for all at once.
    fn later(&self) -> Vec<i64> {
        let earliest = self.earliest();
        // Where one of the clocks was set meanwhile, the other one tells.
        let after = |sent: &Moment| sent.here.since(earliest.here).min(sent.api.since(earliest.api)).millis();
        let later: Vec<i64> = self.runs.iter().map(|(_, sent)| after(sent)).collect();
        if later.iter().all(|millis| *millis == 0) { Vec::new() } else { later }
    }
}

impl Message {
    /// As compact JSON.
    pub fn to_text(&self) -> String {
        to_text(&wire::SharedMessage::from(self))
    }

    /// Reads a message; `None` if it is unreadable. Unreadable runs are skipped; then the rest is not all.
    pub fn read(text: &str) -> Option<Self> {
        read::<wire::SharedMessage>(text)?.try_into().ok()
    }
}

impl From<&Message> for wire::SharedMessage {
    fn from(message: &Message) -> Self {
        let millis = |span: Span| span.millis();
        let said = match &message.said {
            Said::Signal(Signal::Hello) => wire::Said::Hello {},
            Said::Signal(Signal::Reading) => wire::Said::Reading {},
            Said::Signal(Signal::Leaving) => wire::Said::Leaving {},
            Said::Signal(Signal::Alive { read, hold }) => {
                wire::Said::Alive { read: read.map(millis), hold: hold.map(millis) }
            }
            Said::Offer(to) => wire::Said::Offer { to: to.clone() },
            Said::AskForRuns(of) => wire::Said::Ask { of: of.clone() },
            Said::Runs(shared) => wire::Said::Runs {
                count: shared.runs.len(),
                runs: shared.runs.iter().map(|(run, _)| (&**run).into()).collect(),
                gone: shared.gone.iter().map(RunId::shared).collect(),
                sent: shared.earliest().into(),
                later: shared.later(),
                posted_at: shared.posted_at.into(),
                all: shared.is_all,
                part: shared.part.0,
                parts: shared.part.1,
                total: shared.total,
                clock: shared.clock_error.map(millis),
                list: shared.list.as_deref().map(|list| Box::new(list.into())),
            },
        };
        Self { scope: message.scope.clone(), tab: message.tab.clone(), at: message.at, said }
    }
}

impl TryFrom<wire::SharedMessage> for Message {
    type Error = Unreadable;

    fn try_from(message: wire::SharedMessage) -> Result<Self, Unreadable> {
        let said = match message.said {
            wire::Said::Hello {} => Said::Signal(Signal::Hello),
            wire::Said::Reading {} => Said::Signal(Signal::Reading),
            wire::Said::Leaving {} => Said::Signal(Signal::Leaving),
            wire::Said::Alive { read, hold } => {
                Said::Signal(Signal::Alive { read: read.map(Span::from_millis), hold: hold.map(Span::from_millis) })
            }
            wire::Said::Offer { to } => Said::Offer(to),
            wire::Said::Ask { of } => Said::AskForRuns(of),
            wire::Said::Runs { count, runs, gone, sent, later, posted_at, all, part, parts, total, clock, list } => {
                let earliest = Moment::from(sent);
                // If one is missing, it is not known which.
                let later = if runs.len() == count { later } else { Vec::new() };
                let later = later.into_iter().map(Span::from_millis).chain(std::iter::repeat(Span::default()));
                let runs: Vec<DatedRun> = runs
                    .into_iter()
                    .zip(later)
                    .filter_map(|(run, later)| Some((Arc::new(Run::try_from(run).ok()?), earliest.plus(later))))
                    .collect();
                Said::Runs(RunsMessage {
                    is_all: all && runs.len() == count,
                    runs,
                    gone: gone.iter().map(|id| RunId::new(id)).collect(),
                    posted_at: posted_at.into(),
                    part: (part, parts),
                    total,
                    clock_error: clock.map(Span::from_millis),
                    list: list.map(|list| Box::new((*list).into())),
                })
            }
        };
        Ok(Self { scope: message.scope, tab: message.tab, at: message.at, said })
    }
}

impl From<&ListReport> for wire::SharedList {
    fn from(list: &ListReport) -> Self {
        Self {
            as_of: list.as_of,
            newest: list.newest,
            complete: list.complete_as_of,
            pages: list.pages,
            size: list.page_size,
            total: list.total_items,
            incomplete: list.incomplete.map(|(read, _)| read),
            incomplete_of: list.incomplete.and_then(|(_, total)| total),
            missing: list.missing.clone(),
            stopped: list.stopped,
            unreadable: list.unreadable,
            failures: list.failures,
            problem: list.problem.as_ref().map(Into::into),
        }
    }
}

impl From<wire::SharedList> for ListReport {
    fn from(list: wire::SharedList) -> Self {
        Self {
            as_of: list.as_of,
            newest: list.newest,
            complete_as_of: list.complete,
            pages: list.pages,
            page_size: list.size,
            total_items: list.total,
            incomplete: list.incomplete.map(|read| (read, list.incomplete_of)),
            missing: list.missing,
            stopped: list.stopped,
            unreadable: list.unreadable,
            failures: list.failures,
            problem: list.problem.map(Into::into),
        }
    }
}

impl From<&Problem> for wire::SharedProblem {
    fn from(problem: &Problem) -> Self {
        use wire::SharedKind;
        let millis = |wait: Option<Span>| wait.map(Span::millis);
        let (kind, number) = match problem.kind {
            ProblemKind::Unreachable { .. } => (SharedKind::Unreachable, None),
            ProblemKind::TimedOut { after } => (SharedKind::TimedOut, Some(after.millis())),
            ProblemKind::Forbidden => (SharedKind::Forbidden, None),
            ProblemKind::NotFound => (SharedKind::NotFound, None),
            ProblemKind::Limited { wait } => (SharedKind::Limited, millis(wait)),
            ProblemKind::Server { status } => (SharedKind::Server, Some(status.into())),
            ProblemKind::Refused { status } => (SharedKind::Refused, Some(status.into())),
            ProblemKind::Intercepted { wait } => (SharedKind::Intercepted, millis(wait)),
            // Of the others, only an unreadable answer is one to a read of the list that somebody is told of.
            _ => (SharedKind::Unreadable, None),
        };
        Self { kind, number, status: problem.status, said: problem.said.clone(), trace: problem.trace.clone() }
    }
}

impl From<wire::SharedProblem> for Problem {
    fn from(problem: wire::SharedProblem) -> Self {
        use wire::SharedKind;
        let wire::SharedProblem { kind, number, status, said, trace } = problem;
        let span = number.map(Span::from_millis);
        let code = number.and_then(|number| u16::try_from(number).ok()).unwrap_or_default();
        let kind = match kind {
            SharedKind::Unreachable => ProblemKind::Unreachable { offline: false },
            SharedKind::TimedOut => ProblemKind::TimedOut { after: span.unwrap_or_default() },
            SharedKind::Forbidden => ProblemKind::Forbidden,
            SharedKind::NotFound => ProblemKind::NotFound,
            SharedKind::Limited => ProblemKind::Limited { wait: span },
            SharedKind::Server => ProblemKind::Server { status: code },
            SharedKind::Refused => ProblemKind::Refused { status: code },
            SharedKind::Unreadable => ProblemKind::Undecodable,
            SharedKind::Intercepted => ProblemKind::Intercepted { wait: span },
        };
        Self { kind, said, trace, status }
    }
}
