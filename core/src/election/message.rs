//! Messages between tabs that share one stream of requests. They contain runs, and never a token.

use super::Signal;
use crate::activity::ReadTime;
use crate::run::{Run, RunId};
use crate::time::Span;
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
    /// Its content.
    pub said: Said,
}

/// The content of a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// About the election.
    Signal(Signal),
    /// Runs that were read.
    Runs(SharedRuns),
}

/// Runs that a tab read for all.
#[derive(Clone, PartialEq, Debug)]
pub struct SharedRuns {
    /// The runs.
    pub runs: Vec<Arc<Run>>,
    /// The runs that no longer exist.
    pub gone: Vec<RunId>,
    /// When they were read; the earliest and the latest time if they were read one by one.
    pub read: ReadTime,
    /// Whether these, with the parts before it, are all runs that exist. Only true of a last part.
    pub is_all: bool,
    /// Which part of how many this is, from 1 on.
    pub part: (u32, u32),
}

/// As many runs are sent in one message, so that receiving it takes no more than a few milliseconds.
pub const RUNS_PER_MESSAGE: usize = 1_000;

impl SharedRuns {
    /// Everything that is known, in parts.
    pub fn all(runs: &[Arc<Run>], read: ReadTime, is_all: bool) -> Vec<Self> {
        let count = runs.len().div_ceil(RUNS_PER_MESSAGE).max(1);
        let parts = u32::try_from(count).unwrap_or(u32::MAX);
        let mut chunks = runs.chunks(RUNS_PER_MESSAGE);
        let part = |number: u32| Self {
            runs: chunks.next().unwrap_or_default().to_vec(),
            gone: Vec::new(),
            read,
            is_all: is_all && number == parts,
            part: (number, parts),
        };
        (1..=parts).map(part).collect()
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
            Said::Runs(shared) => wire::Said::Runs {
                count: shared.runs.len(),
                runs: shared.runs.iter().map(|run| (&**run).into()).collect(),
                gone: shared.gone.iter().map(RunId::shared).collect(),
                sent: shared.read.sent.into(),
                received: shared.read.received.into(),
                all: shared.is_all,
                part: shared.part.0,
                parts: shared.part.1,
            },
        };
        Self { scope: message.scope.clone(), tab: message.tab.clone(), said }
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
            wire::Said::Runs { count, runs, gone, sent, received, all, part, parts } => {
                let runs: Vec<_> = runs.into_iter().filter_map(|run| Run::try_from(run).ok()).map(Arc::new).collect();
                Said::Runs(SharedRuns {
                    is_all: all && runs.len() == count,
                    runs,
                    gone: gone.iter().map(|id| RunId::new(id)).collect(),
                    read: ReadTime { sent: sent.into(), received: received.into() },
                    part: (part, parts),
                })
            }
        };
        Ok(Self { scope: message.scope, tab: message.tab, said })
    }
}
