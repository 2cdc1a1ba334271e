//! Creating a run without duplicates: a request is saved before it is sent and is sent once; if its answer is lost, the
//! list is searched until the outcome is known. Only a person sends it again.

mod left;
mod search;
mod step;

pub use search::{OutcomeSearch, SEARCH_READS};

use super::intent::{Fate, Fingerprint, Intent, Made, WATCH_FOR, alike};
use super::run_match::{Difference, Likeness};
use super::tabs::TabEvent;
use crate::draft::NewRun;
use crate::problem::Problem;
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};

/// All create requests of this tab whose outcome is unknown or not yet seen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CreateState {
    /// Oldest first. The last one is the subject of [`CreateState::stage`], unless that is [`Stage::Ready`].
    intents: Vec<Intent>,
    stage: Stage,
    /// The keys of earlier intents for which a run was found that has not been reported yet.
    late_finds: Vec<String>,
    /// Whether the browser refused to save the intents.
    save_failed: bool,
    /// What closed and signed-out tabs left, and no tab has taken up.
    left_elsewhere: Vec<Intent>,
}

/// The state of the latest request.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Stage {
    /// Nothing is in flight, and no outcome is waiting to be seen.
    #[default]
    Ready,
    /// Being saved; not sent yet.
    Saving,
    /// Sent, no answer yet.
    Sent,
    /// The API answered with the run: [`Intent::made`] of [`CreateState::current`].
    Created {
        /// Where the answer differs from the request.
        differences: Vec<Difference>,
    },
    /// The API refused it. If a run is found all the same (see [`Fate::Refused`]), [`Stage::Found`] follows.
    Refused(Problem),
    /// It is unknown whether it was created: the list is being searched.
    Searching(OutcomeSearch),
    /// The list contains it: [`Intent::made`] of [`CreateState::current`]. If the match is only probable, the person
    /// should check it.
    Found,
    /// The search ended without finding it. If it appears later, that is noticed.
    NotFound {
        /// How often the list was read.
        readings: u32,
        /// The time from the first read to the last.
        over: Span,
        /// Whether some reads were of an incomplete list.
        partial: bool,
    },
}

/// A request to create a run.
#[derive(Clone, PartialEq, Debug)]
pub struct CreateRequest {
    /// The validated form.
    pub run: NewRun,
    /// A random key: 16 hexadecimal digits.
    pub key: String,
    /// The random milliseconds.
    pub fingerprint: Fingerprint,
    /// Known runs that already look like it ([`looks_like`]).
    pub known: Vec<RunId>,
    /// How far the console's clock may be off ([`super::intent::tolerance`]).
    pub tolerance: Span,
}

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// The person pressed "Schedule run".
    Submit(Box<CreateRequest>),
    /// The person pressed "Send again", knowing the risk.
    SendAgain(Box<CreateRequest>),
    /// The browser saved the intents, or refused to.
    Saved(bool),
    /// The answer to the request with that key.
    Answered(String, Result<Box<Run>, Problem>),
    /// The answer to [`Effect::ReadList`], and whether the list was complete. Runs for which
    /// [`CreateState::may_concern`] is false may be left out.
    Read(Vec<Run>, bool),
    /// The read failed. With a random number in 0..1 for the backoff.
    ReadFailed(Problem, f64),
    /// The answer to [`Effect::ReadNewest`].
    NewestRead(Vec<Run>),
    /// The list, or a run, was read for another reason.
    RunsSeen(Vec<Run>),
    /// Another tab reported the outcome of a request that this tab also holds. Anything on this origin can say so: it leads to a
    /// reading, never to a belief.
    HeardElsewhere(String, Option<RunId>),
    /// Time has passed.
    Tick,
    /// The network, the session or the person is back: read now.
    Resumed,
    /// The person has seen the late finds.
    LateFindsSeen,
    /// The person has seen the outcome.
    Dismiss,
}

/// An effect to carry out, in this order.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Save this text under [`super::intent::storage_key`]; in [`Stage::Saving`], then send [`Event::Saved`].
    Save(String),
    /// Remove the saved text: nothing is left that could be lost.
    ClearSaved,
    /// Send this request once, then send [`Event::Answered`] with its key.
    Post(String, NewRun),
    /// Read the whole list, then send [`Event::Read`] or [`Event::ReadFailed`].
    ReadList,
    /// Read the newest runs, then send [`Event::NewestRead`]; nothing if they cannot be read. Follows every answer, because something
    /// between here and the API may have repeated the request.
    ReadNewest,
    /// Read this run, then send [`Event::RunsSeen`]; nothing if it cannot be read.
    ReadRun(RunId),
    /// Show the created run.
    ShowRun(RunId),
    /// Tell the other tabs.
    NotifyTabs(TabEvent),
}

/// Why "Schedule run" is blocked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockReason {
    /// A request is in flight, or its outcome is being searched for.
    Busy,
    /// The same run was requested before with an unknown outcome: only [`Event::SendAgain`] sends it.
    Unclear,
    /// The same run was created a moment ago. [`Event::Dismiss`] first.
    AlreadyCreated,
}

impl CreateState {
    /// Whether there is no request with an open or unseen outcome.
    pub const fn is_idle(&self) -> bool {
        self.intents.is_empty()
    }

    /// Restores what session storage saved, after a reload, in a duplicated tab or in a reopened page. This leads to
    /// reading, never to sending. Requests whose outcome was told are dropped after a day, the others after a week.
    pub fn restore(text: &str, now: Timestamp) -> Self {
        Self::restore_intents(super::intent::recall(text), now)
    }

    fn restore_intents(mut intents: Vec<Intent>, now: Timestamp) -> Self {
        intents.retain(|intent| now.since(intent.asked_at) < intent.kept_for() && intent.is_watched(now));
        let open = intents.iter().rposition(|intent| intent.fate == Fate::Open);
        for intent in &mut intents {
            if intent.fate == Fate::Open {
                intent.fate = Fate::Left;
            }
        }
        let mut state = Self { intents, ..Self::default() };
        // A run that was found but not seen yet still blocks the same request.
        let untold = |intent: &Intent| intent.fate == Fate::Made && !intent.told;
        let current =
            open.or_else(|| state.intents.iter().rposition(|intent| untold(intent) && !intent.has_late_duplicate()));
        if let Some(at) = current.filter(|at| *at < state.intents.len()) {
            let mut current = state.intents.remove(at);
            if current.fate == Fate::Made {
                state.stage = Stage::Found;
            } else {
                current.fate = Fate::Open;
                state.stage = Stage::Searching(OutcomeSearch::new(None, now));
            }
            state.intents.push(current);
        }
        // The stage tells of one run that was found; whatever else was not seen yet is told beside it.
        let last = state.intents.len().saturating_sub(1);
        let is_news = |at: usize, intent: &Intent| {
            untold(intent) && (state.stage != Stage::Found || at < last || intent.is_duplicated())
        };
        let news = state.intents.iter().enumerate().filter(|(at, intent)| is_news(*at, intent));
        state.late_finds = news.map(|(_, intent)| intent.key.clone()).collect();
        state
    }

    /// The state of the latest request.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The request that the stage is about.
    pub fn current(&self) -> Option<&Intent> {
        self.intents.last().filter(|_| self.stage != Stage::Ready)
    }

    /// The request with this key.
    pub fn request(&self, key: &str) -> Option<&Intent> {
        self.intents.iter().find(|intent| intent.key == key)
    }

    /// The requests of which it is not known for certain what became of them, and of which the person was not told so as the last word.
    pub fn unclear(&self) -> impl Iterator<Item = &Intent> {
        self.intents.iter().filter(|intent| intent.is_unclear())
    }

    /// All requests as session storage holds them; `None` if there are none.
    pub fn saved_text(&self) -> Option<String> {
        super::intent::keep(&self.intents)
    }

    /// Those that something may still become known about, as text, for another tab of the same person; `None` if there are none.
    pub fn unfinished_text(&self, now: Timestamp) -> Option<String> {
        let unfinished: Vec<Intent> = self.intents.iter().filter(|intent| intent.is_unfinished(now)).cloned().collect();
        super::intent::keep(&unfinished)
    }

    /// The keys of this tab's own requests.
    pub fn own_keys(&self) -> impl Iterator<Item = &str> {
        self.intents.iter().map(|intent| intent.key.as_str())
    }

    /// Earlier requests for which a run was found late and not reported yet.
    pub fn late_finds(&self) -> impl Iterator<Item = &Intent> {
        self.intents.iter().filter(|intent| self.late_finds.contains(&intent.key))
    }

    /// All runs created by this request and by others for the same run, each once: two or more are duplicates.
    pub fn runs_for_same_request(&self, intent: &Intent) -> Vec<&Made> {
        let mut found: Vec<&Made> = Vec::new();
        for made in self.intents.iter().filter(|other| other.is_alike(&intent.run)).flat_map(|other| &other.made) {
            if found.iter().all(|known| known.id != made.id) {
                found.push(made);
            }
        }
        found
    }

    /// Whether the browser refused to save the latest request, so that a reload would forget it.
    pub const fn save_failed(&self) -> bool {
        self.save_failed
    }

    /// Whether a request is in flight.
    pub const fn is_sending(&self) -> bool {
        matches!(self.stage, Stage::Saving | Stage::Sent)
    }

    /// Whether lists read for other reasons should be passed on ([`Event::RunsSeen`]).
    pub fn is_watching(&self, now: Timestamp) -> bool {
        self.intents.iter().any(|intent| intent.is_watched(now))
    }

    /// Whether a run may be the result of a request: a cheap first check for each run of a long list.
    pub fn may_concern(&self, run: &Run) -> bool {
        self.intents.iter().any(|intent| looks_like(&intent.run, run))
    }

    /// When the next [`Event::Tick`] has an effect; `None` if none will.
    pub fn due(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Searching(search) => search.due(),
            _ => None,
        }
    }

    /// Why "Schedule run" is blocked for this run; `None` if it would send.
    pub fn block_reason(&self, run: &NewRun) -> Option<BlockReason> {
        if matches!(self.stage, Stage::Saving | Stage::Sent | Stage::Searching(_)) {
            return Some(BlockReason::Busy);
        }
        let alike = |intent: &&Intent| alike(&intent.run, run);
        if self.sent_before(run).is_some() {
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

/// Whether a run has the job and name of a new one and a window that agrees to the second: candidates for
/// [`CreateRequest::known`] and [`Event::RunsSeen`].
pub fn looks_like(new_run: &NewRun, run: &Run) -> bool {
    let near =
        |asked: Timestamp, read: Option<Timestamp>| read.is_some_and(|read| (read.since(asked).millis()).abs() <= 1000);
    run.job_id.as_ref() == Some(&new_run.job_id)
        && *run.name == *new_run.name
        && near(new_run.start_at, run.start_at)
        && near(new_run.end_at, run.end_at)
}

#[cfg(test)]
mod tests;
