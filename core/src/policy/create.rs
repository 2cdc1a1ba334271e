//! Scheduling a run without misfire: a request is written down before it is sent, is sent once, and when its answer is
//! lost the list is read until it is known what became of it. Only a person sends it again.

mod search;
mod step;

pub use search::{READINGS, Reading};

use super::intent::{Fate, Fingerprint, Intent, Made, alike};
use super::run_match::{Difference, Likeness};
use super::tabs::Said;
use crate::draft::NewRun;
use crate::problem::Problem;
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};

/// Everything asked for in this tab whose outcome is not known yet or was not seen yet.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scheduling {
    /// Oldest first; the last is what [`Scheduling::stage`] is about, unless that is [`Stage::Ready`].
    intents: Vec<Intent>,
    stage: Stage,
    /// Keys of earlier intents of which something was found since, and that was not told yet.
    news: Vec<String>,
    /// Whether the browser refused to keep the intents.
    unkept: bool,
}

/// Where the last request stands.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Stage {
    /// Nothing under way, and no outcome to be seen.
    #[default]
    Ready,
    /// Being written down; not sent yet.
    Keeping,
    /// Sent, no answer yet.
    Sent,
    /// The API answered with the run: [`Intent::made`] of [`Scheduling::current`].
    Created {
        /// Where the answer says something else than was sent.
        differences: Vec<Difference>,
    },
    /// The API refused it: nothing was created by this request.
    Refused(Problem),
    /// It is not known whether it was created: the list is being read.
    Reading(Reading),
    /// The list has it: [`Intent::made`] of [`Scheduling::current`]. Ask for a look where it is only probable.
    Found,
    /// The readings are done and none had it. It may still appear; it is noticed then.
    NotFound {
        /// Readings of the list.
        readings: u32,
        /// From the first to the last.
        over: Span,
        /// Whether some of them could not read the whole list.
        partial: bool,
    },
}

/// A request as a person makes it.
#[derive(Clone, PartialEq, Debug)]
pub struct Ask {
    /// What the form says.
    pub run: NewRun,
    /// Random; 16 hexadecimal digits.
    pub key: String,
    /// Random milliseconds.
    pub fingerprint: Fingerprint,
    /// Runs of the store that look like it already ([`looks_like`]).
    pub known: Vec<RunId>,
    /// How far the console's clock may be off ([`super::intent::tolerance`]).
    pub tolerance: Span,
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A person pressed "Schedule run".
    Submit(Box<Ask>),
    /// A person pressed "Send again", knowing what that risks.
    SendAgain(Box<Ask>),
    /// The browser kept the intents, or refused to.
    Kept(bool),
    /// The answer to the request of that key came.
    Answered(String, Result<Box<Run>, Problem>),
    /// The reading asked for by [`Effect::ReadList`] ended; whether it had the whole list. Runs that do not
    /// [`Scheduling::concerns`] may be left out.
    Read(Vec<Run>, bool),
    /// That reading failed. With a random number in 0..1 for the wait.
    ReadFailed(Problem, f64),
    /// The list, or a run of it, was read for another reason.
    Listed(Vec<Run>),
    /// Another tab told what became of a request that this tab knows too.
    Settled(String, Option<RunId>),
    /// Time went on.
    Tick,
    /// The network, the session or the person's eyes are back: read now.
    Resumed,
    /// The person has seen what was found of an earlier request.
    SeenNews,
    /// The person has seen the outcome.
    Dismiss,
}

/// What to do, in this order.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Keep this text under [`super::intent::storage_key`]; where [`Stage::Keeping`] waits for it, say [`Event::Kept`].
    Keep(String),
    /// Remove that text: nothing is left that could be lost.
    Forget,
    /// Send this request, once, and say [`Event::Answered`] with its key.
    Post(String, NewRun),
    /// Read the whole list and say [`Event::Read`] or [`Event::ReadFailed`].
    ReadList,
    /// Show the created run.
    Show(RunId),
    /// Tell the other tabs.
    Tell(Said),
}

/// Why "Schedule run" would do nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Block {
    /// A request is under way, or its outcome is being looked for.
    Busy,
    /// The same was asked for, and it is not known what became of it: only [`Event::SendAgain`] sends.
    Unclear,
    /// The same was scheduled a moment ago: it exists. [`Event::Dismiss`] first.
    Exists,
}

impl Scheduling {
    /// Whether nothing was asked for of which anything is still to be known or seen.
    pub const fn is_idle(&self) -> bool {
        self.intents.is_empty()
    }

    /// What session storage kept, after a reload, in a duplicated tab, or in a page opened again. Leads to reading, never to
    /// sending. Requests older than a day are no longer looked for.
    pub fn recover(text: &str, now: Timestamp) -> Self {
        let mut intents = super::intent::recall(text);
        intents.retain(|intent| now.since(intent.asked_at) < WATCHED && intent.fate != Fate::Refused);
        let open = intents.iter().rposition(|intent| intent.fate == Fate::Open);
        for intent in &mut intents {
            if intent.fate == Fate::Open {
                intent.fate = Fate::Left;
            }
        }
        let mut state = Self { intents, ..Self::default() };
        if let Some(at) = open.filter(|at| *at < state.intents.len()) {
            let mut current = state.intents.remove(at);
            current.fate = Fate::Open;
            state.intents.push(current);
            state.stage = Stage::Reading(Reading::new(None, now));
            return state;
        }
        // What was found and not seen yet still stands against sending the same once more.
        if let Some(at) = state.intents.iter().rposition(|intent| intent.fate == Fate::Made && !intent.told) {
            let found = state.intents.remove(at);
            state.intents.push(found);
            state.stage = Stage::Found;
        }
        state
    }

    /// Where the last request stands.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The request that the stage is about.
    pub fn current(&self) -> Option<&Intent> {
        self.intents.last().filter(|_| self.stage != Stage::Ready)
    }

    /// The keys of this tab's own requests.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.intents.iter().map(|intent| intent.key.as_str())
    }

    /// The requests of which it is not known what came of them.
    pub fn open_intents(&self) -> impl DoubleEndedIterator<Item = &Intent> {
        self.intents.iter().filter(|intent| intent.is_open())
    }

    /// Earlier requests of which a run was found after all, and that was not told yet.
    pub fn news(&self) -> impl Iterator<Item = &Intent> {
        self.intents.iter().filter(|intent| self.news.contains(&intent.key))
    }

    /// The runs that came of a request and of all others that asked for the same: two or more are a double. Each once.
    pub fn runs_like(&self, intent: &Intent) -> Vec<&Made> {
        let mut found: Vec<&Made> = Vec::new();
        for made in self.intents.iter().filter(|other| other.is_alike(&intent.run)).flat_map(|other| &other.made) {
            if found.iter().all(|known| known.id != made.id) {
                found.push(made);
            }
        }
        found
    }

    /// Whether the browser refused to keep the last request: a reload would forget it.
    pub const fn unkept(&self) -> bool {
        self.unkept
    }

    /// Whether a request is under way.
    pub const fn sending(&self) -> bool {
        matches!(self.stage, Stage::Keeping | Stage::Sent)
    }

    /// Whether lists that are read anyway should be handed over ([`Event::Listed`]).
    pub fn watching(&self) -> bool {
        self.intents.iter().any(|intent| intent.fate != Fate::Refused)
    }

    /// Whether a run may have to do with what was asked for: a cheap first look at each run of a long list.
    pub fn concerns(&self, run: &Run) -> bool {
        self.intents.iter().any(|intent| looks_like(&intent.run, run))
    }

    /// When [`Event::Tick`] will do something; `None` while it will not.
    pub fn due(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Reading(reading) => reading.due(),
            _ => None,
        }
    }

    /// Why "Schedule run" would do nothing with this; `None` when it would send.
    pub fn blocks(&self, run: &NewRun) -> Option<Block> {
        if matches!(self.stage, Stage::Keeping | Stage::Sent | Stage::Reading(_)) {
            return Some(Block::Busy);
        }
        let alike = |intent: &&Intent| alike(&intent.run, run);
        if self.intents.iter().filter(alike).any(Intent::is_open) {
            return Some(Block::Unclear);
        }
        let made = self.current().filter(alike).is_some_and(|intent| intent.fate == Fate::Made);
        let probable =
            || self.current().is_some_and(|intent| intent.made.iter().all(|made| made.likeness == Likeness::Probable));
        match made {
            true if probable() => Some(Block::Unclear),
            true => Some(Block::Exists),
            false => None,
        }
    }
}

/// Whether a run of the list has the job and name of a new one and a window that fits to the second: candidates for
/// [`Ask::known`] and [`Event::Listed`].
pub fn looks_like(new_run: &NewRun, run: &Run) -> bool {
    let near =
        |asked: Timestamp, read: Option<Timestamp>| read.is_some_and(|read| (read.since(asked).millis()).abs() <= 1000);
    run.job_id.as_ref() == Some(&new_run.job_id)
        && *run.name == *new_run.name
        && near(new_run.start_at, run.start_at)
        && near(new_run.end_at, run.end_at)
}

/// A commit later than this after the request is not expected.
const WATCHED: Span = Span::from_hours(24);

#[cfg(test)]
mod tests;
