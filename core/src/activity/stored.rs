//! The record and the known runs as the browser stores them.

use super::changes::Seen;
use super::entry::{
    Action, Alert, Done, Entry, FailureRise, HowKnown, Moment, Outcome, Transition, What, disagreement_word,
};
use super::failures::FailureShares;
use super::kind::Kind;
use super::known_runs::KnownRuns;
use crate::phase::Disagreement;
use crate::run::{JobId, Run, RunId};
use crate::run_state::{RunState, ended_at};
use crate::time::{Span, Timestamp};
use crate::wire::activity::{StoredEntry, StoredKnownRun, StoredKnownRuns, StoredMoment, StoredShare};
use crate::wire::{Unreadable, read, to_text};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Runs that ended longer ago hardly change, and are left out of what is stored.
const KEEP_ENDED_FOR: Span = Span::from_hours(7 * 24);
/// As many runs are stored: about 2 MB.
const MAX_STORED_RUNS: usize = 5_000;

impl Entry {
    /// As compact JSON.
    pub fn to_text(&self) -> String {
        to_text(&StoredEntry::from(self))
    }

    /// Reads a stored entry, as far as it can be read; `None` if what happened, or when, cannot.
    pub fn read(text: &str) -> Option<Self> {
        read::<StoredEntry>(text)?.try_into().ok()
    }
}

impl KnownRuns {
    /// As compact JSON: the runs that have not ended, and those that ended within a week; of very many, the latest.
    pub fn to_text(&self, now: Timestamp) -> String {
        let is_kept = |seen: &&Seen| {
            let is_open = matches!(
                RunState::of(&seen.run, now),
                RunState::Scheduled | RunState::Open | RunState::Running | RunState::Unknown
            );
            is_open || ended_at(&seen.run).is_none_or(|ended| now.since(ended) < KEEP_ENDED_FOR)
        };
        let mut runs: Vec<&Seen> = self.seen().filter(is_kept).collect();
        runs.sort_by(|a, b| (ended_at(&b.run), &a.run.id).cmp(&(ended_at(&a.run), &b.run.id)));
        runs.truncate(MAX_STORED_RUNS);
        let all_known = self.all_known().map(StoredMoment::from);
        let kept: FxHashSet<&RunId> = runs.iter().map(|seen| &seen.run.id).collect();
        let shares = self.shares().all().filter(|(run, ..)| kept.contains(run));
        let shares = shares.map(|(run, share, at)| StoredShare { run: run.shared(), share, at: at.into() }).collect();
        to_text(&StoredKnownRuns { all_known, shares, runs: runs.into_iter().map(StoredKnownRun::from).collect() })
    }

    /// Reads what was stored; unreadable runs are skipped, and of an unreadable text nothing is known. A run that it does not
    /// have is new only if the API says that it was created since.
    pub fn of_text(text: &str) -> Self {
        let stored: StoredKnownRuns = read(text).unwrap_or_default();
        let runs = stored.runs.into_iter().filter_map(|run| Seen::try_from(run).ok());
        let shares =
            stored.shares.into_iter().map(|StoredShare { run, share, at }| (RunId::new(&run), share, at.into()));
        Self::restored(runs, FailureShares::restored(shares), stored.all_known.map(Moment::from))
    }
}

impl From<&Seen> for StoredKnownRun {
    fn from(seen: &Seen) -> Self {
        Self { run: (&*seen.run).into(), sent: seen.sent.into(), received: seen.received, told: seen.told }
    }
}

impl TryFrom<StoredKnownRun> for Seen {
    type Error = Unreadable;

    fn try_from(stored: StoredKnownRun) -> Result<Self, Unreadable> {
        let StoredKnownRun { run, sent, received, told } = stored;
        Ok(Self { run: Arc::new(Run::try_from(run)?), sent: sent.into(), received, told })
    }
}

impl From<Moment> for StoredMoment {
    fn from(Moment { here, api }: Moment) -> Self {
        Self { here, api }
    }
}

impl From<StoredMoment> for Moment {
    fn from(StoredMoment { here, api }: StoredMoment) -> Self {
        Self { here, api }
    }
}

impl From<&Entry> for StoredEntry {
    fn from(entry: &Entry) -> Self {
        let common = Self {
            key: Some(Arc::clone(&entry.key)),
            kind: Some(Kind::of(entry).word().to_owned()),
            run: entry.run.as_ref().map(RunId::shared),
            name: Some(Arc::clone(&entry.name)).filter(|name| !name.is_empty()),
            job: entry.job.as_ref().map(JobId::shared),
            noticed: Some(entry.noticed.into()),
            at: match entry.known {
                HowKnown::At(at) => Some(at),
                _ => None,
            },
            after: match entry.known {
                HowKnown::Between { after } => after.map(StoredMoment::from),
                _ => None,
            },
            alert: entry.alert.word().map(str::to_owned),
            ..Self::default()
        };
        match &entry.what {
            What::Seen(Transition::FailuresRose(FailureRise { from, to })) => {
                Self { from: Some((*from).into()), to: Some((*to).into()), ..common }
            }
            What::Seen(transition) => Self { detail: detail_word(*transition).map(str::to_owned), ..common },
            What::Done(done) => Self {
                outcome: Some(done.outcome.word().to_owned()),
                settled: done.settled.map(StoredMoment::from),
                new_run: done.new_run.as_ref().map(RunId::shared),
                runs: Some(done.runs.into()),
                text: done.text.clone(),
                ..common
            },
        }
    }
}

impl TryFrom<StoredEntry> for Entry {
    type Error = Unreadable;

    fn try_from(stored: StoredEntry) -> Result<Self, Unreadable> {
        let kind = stored.kind.as_deref().and_then(Kind::from_word).ok_or(Unreadable)?;
        let noticed = stored.noticed.map(Moment::from).ok_or(Unreadable)?;
        let what = what(kind, &stored).ok_or(Unreadable)?;
        let known = match (&what, stored.at) {
            (What::Done(_), _) => HowKnown::DoneHere,
            (What::Seen(_), Some(at)) => HowKnown::At(at),
            (What::Seen(_), None) => HowKnown::Between { after: stored.after.map(Moment::from) },
        };
        let run = stored.run.as_deref().map(RunId::new);
        if matches!(what, What::Seen(_)) && run.is_none() {
            return Err(Unreadable);
        }
        Ok(Self {
            key: stored.key.filter(|key| !key.is_empty()).ok_or(Unreadable)?,
            what,
            run,
            name: stored.name.unwrap_or_default(),
            job: stored.job.as_deref().map(JobId::new),
            noticed,
            known,
            alert: Alert::from_word(stored.alert.as_deref()),
        })
    }
}

fn what(kind: Kind, stored: &StoredEntry) -> Option<What> {
    let number = |count: Option<u64>| count.and_then(|count| u32::try_from(count).ok());
    let done = |action: Action| {
        What::Done(Done {
            action,
            outcome: stored.outcome.as_deref().and_then(Outcome::from_word).unwrap_or(Outcome::Unknown),
            settled: stored.settled.map(Moment::from),
            new_run: stored.new_run.as_deref().map(RunId::new),
            runs: number(stored.runs).unwrap_or(1),
            text: stored.text.clone(),
        })
    };
    Some(match kind {
        Kind::Appeared => What::Seen(Transition::Appeared),
        Kind::Opened => What::Seen(Transition::Opened),
        Kind::Running => What::Seen(Transition::Running),
        Kind::Completed => What::Seen(Transition::Completed),
        Kind::Ended => What::Seen(Transition::Ended),
        Kind::Failed => What::Seen(Transition::Failed),
        Kind::Stopped => What::Seen(Transition::Stopped),
        Kind::Reverted => What::Seen(Transition::Reverted(RunState::from_word(stored.detail.as_deref()?)?)),
        Kind::Contradiction => What::Seen(Transition::Contradiction(disagreement(stored.detail.as_deref()?)?)),
        Kind::FailuresRose => {
            let rise = FailureRise { from: number(stored.from)?, to: number(stored.to)? };
            What::Seen(Transition::FailuresRose(rise))
        }
        Kind::ScheduledHere => done(Action::Schedule),
        Kind::StoppedHere => done(Action::Stop),
        Kind::RescheduledHere => done(Action::Reschedule),
        Kind::BulkStopHere => done(Action::BulkStop),
        Kind::HandedOver => done(Action::HandOver),
    })
}

/// What the kind of a transition leaves open.
pub(super) const fn detail_word(transition: Transition) -> Option<&'static str> {
    match transition {
        Transition::Reverted(state) => Some(state.word()),
        Transition::Contradiction(disagreement) => Some(disagreement_word(disagreement)),
        _ => None,
    }
}

fn disagreement(word: &str) -> Option<Disagreement> {
    const ALL: [Disagreement; 5] = [
        Disagreement::ScheduledWhileOpen,
        Disagreement::ScheduledAfterEnd,
        Disagreement::RunningBeforeStart,
        Disagreement::RunningAfterEnd,
        Disagreement::EndedBeforeEnd,
    ];
    ALL.into_iter().find(|disagreement| disagreement_word(*disagreement) == word)
}

impl Alert {
    /// The word for it in storage.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Unseen => Some("unseen"),
            Self::Seen => Some("seen"),
        }
    }

    fn from_word(word: Option<&str>) -> Self {
        let all = [Self::None, Self::Unseen, Self::Seen];
        all.into_iter().find(|alert| alert.word() == word).unwrap_or_default()
    }
}

impl Outcome {
    /// The word for it in files and storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::NotNeeded => "not-needed",
            Self::Confirmed => "confirmed",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Requested, Self::Unknown, Self::Refused, Self::NotNeeded, Self::Confirmed];
        all.into_iter().find(|outcome| outcome.word() == word)
    }
}
