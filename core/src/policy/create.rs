//! CreateState a run without misfire: a request is written down before it is sent, is sent once, and when its answer is
//! lost the list is read until it is known what became of it. Only a person sends it again.

mod search;
mod step;

pub use search::{OutcomeSearch, SEARCH_READS};

use super::intent::{Fate, Fingerprint, Intent, Made, alike};
use super::run_match::{Difference, Likeness};
use super::tabs::Said;
use crate::draft::NewRun;
use crate::problem::Problem;
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};

/// Everything asked for in this tab whose outcome is not known yet or was not seen yet.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CreateState {
    /// Oldest first; the last is what [`CreateState::stage`] is about, unless that is [`Stage::Ready`].
    intents: Vec<Intent>,
    stage: Stage,
    /// Keys of earlier intents of which something was found since, and that was not told yet.
    late_finds: Vec<String>,
    /// Whether the browser refused to keep the intents.
    save_failed: bool,
}

/// Where the last request stands.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Stage {
    /// Nothing under way, and no outcome to be seen.
    #[default]
    Ready,
    /// Being written down; not sent yet.
    Saving,
    /// Sent, no answer yet.
    Sent,
    /// The API answered with the run: [`Intent::made`] of [`CreateState::current`].
    Created {
        /// Where the answer says something else than was sent.
        differences: Vec<Difference>,
    },
    /// The API refused it: nothing was created by this request.
    Refused(Problem),
    /// It is not known whether it was created: the list is being read.
    Searching(OutcomeSearch),
    /// The list has it: [`Intent::made`] of [`CreateState::current`]. CreateRequest for a look where it is only probable.
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
pub struct CreateRequest {
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
    Submit(Box<CreateRequest>),
    /// A person pressed "Send again", knowing what that risks.
    SendAgain(Box<CreateRequest>),
    /// The browser kept the intents, or refused to.
    Saved(bool),
    /// The answer to the request of that key came.
    Answered(String, Result<Box<Run>, Problem>),
    /// The reading asked for by [`Effect::ReadList`] ended; whether it had the whole list. Runs that do not
    /// [`CreateState::may_concern`] may be left out.
    Read(Vec<Run>, bool),
    /// That reading failed. With a random number in 0..1 for the wait.
    ReadFailed(Problem, f64),
    /// The list, or a run of it, was read for another reason.
    RunsSeen(Vec<Run>),
    /// Another tab told what became of a request that this tab knows too.
    SettledElsewhere(String, Option<RunId>),
    /// Time went on.
    Tick,
    /// The network, the session or the person's eyes are back: read now.
    Resumed,
    /// The person has seen what was found of an earlier request.
    LateFindsSeen,
    /// The person has seen the outcome.
    Dismiss,
}

/// What to do, in this order.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Keep this text under [`super::intent::storage_key`]; where [`Stage::Saving`] waits for it, say [`Event::Saved`].
    Save(String),
    /// Remove that text: nothing is left that could be lost.
    ClearSaved,
    /// Send this request, once, and say [`Event::Answered`] with its key.
    Post(String, NewRun),
    /// Read the whole list and say [`Event::Read`] or [`Event::ReadFailed`].
    ReadList,
    /// Show the created run.
    ShowRun(RunId),
    /// Tell the other tabs.
    NotifyTabs(Said),
}

/// Why "Schedule run" would do nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockReason {
    /// A request is under way, or its outcome is being looked for.
    Busy,
    /// The same was asked for, and it is not known what became of it: only [`Event::SendAgain`] sends.
    Unclear,
    /// The same was scheduled a moment ago: it exists. [`Event::Dismiss`] first.
    AlreadyCreated,
}

impl CreateState {
    /// Whether nothing was asked for of which anything is still to be known or seen.
    pub const fn is_idle(&self) -> bool {
        self.intents.is_empty()
    }

    /// What session storage kept, after a reload, in a duplicated tab, or in a page opened again. Leads to reading, never to
    /// sending. Requests older than a day are no longer looked for.
    pub fn restore(text: &str, now: Timestamp) -> Self {
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
            state.stage = Stage::Searching(OutcomeSearch::new(None, now));
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
    pub fn own_keys(&self) -> impl Iterator<Item = &str> {
        self.intents.iter().map(|intent| intent.key.as_str())
    }

    /// The requests of which it is not known what came of them.
    pub fn open_intents(&self) -> impl DoubleEndedIterator<Item = &Intent> {
        self.intents.iter().filter(|intent| intent.is_open())
    }

    /// Earlier requests of which a run was found after all, and that was not told yet.
    pub fn late_finds(&self) -> impl Iterator<Item = &Intent> {
        self.intents.iter().filter(|intent| self.late_finds.contains(&intent.key))
    }

    /// The runs that came of a request and of all others that asked for the same: two or more are a double. Each once.
    pub fn runs_for_same_request(&self, intent: &Intent) -> Vec<&Made> {
        let mut found: Vec<&Made> = Vec::new();
        for made in self.intents.iter().filter(|other| other.is_alike(&intent.run)).flat_map(|other| &other.made) {
            if found.iter().all(|known| known.id != made.id) {
                found.push(made);
            }
        }
        found
    }

    /// Whether the browser refused to keep the last request: a reload would forget it.
    pub const fn save_failed(&self) -> bool {
        self.save_failed
    }

    /// Whether a request is under way.
    pub const fn is_sending(&self) -> bool {
        matches!(self.stage, Stage::Saving | Stage::Sent)
    }

    /// Whether lists that are read anyway should be handed over ([`Event::RunsSeen`]).
    pub fn is_watching(&self) -> bool {
        self.intents.iter().any(|intent| intent.fate != Fate::Refused)
    }

    /// Whether a run may have to do with what was asked for: a cheap first look at each run of a long list.
    pub fn may_concern(&self, run: &Run) -> bool {
        self.intents.iter().any(|intent| looks_like(&intent.run, run))
    }

    /// When [`Event::Tick`] will do something; `None` while it will not.
    pub fn due(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Searching(reading) => reading.due(),
            _ => None,
        }
    }

    /// Why "Schedule run" would do nothing with this; `None` when it would send.
    pub fn block_reason(&self, run: &NewRun) -> Option<BlockReason> {
        if matches!(self.stage, Stage::Saving | Stage::Sent | Stage::Searching(_)) {
            return Some(BlockReason::Busy);
        }
        let alike = |intent: &&Intent| alike(&intent.run, run);
        if self.intents.iter().filter(alike).any(Intent::is_open) {
            return Some(BlockReason::Unclear);
        }
        let made = self.current().filter(alike).is_some_and(|intent| intent.fate == Fate::Made);
        let probable =
            || self.current().is_some_and(|intent| intent.made.iter().all(|made| made.likeness == Likeness::Probable));
        match made {
            true if probable() => Some(BlockReason::Unclear),
            true => Some(BlockReason::AlreadyCreated),
            false => None,
        }
    }
}

/// Whether a run of the list has the job and name of a new one and a window that fits to the second: candidates for
/// [`CreateRequest::known`] and [`Event::RunsSeen`].
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
