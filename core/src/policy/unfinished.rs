//! What closed and signed-out tabs left unfinished, for another tab of the same person. It is kept by browser, without a token, and
//! leads to reading: whoever takes it up restores it as after a reload, which sends nothing.
//!
//! Each leaving is one entry under a key of its own, which is written once and removed once, so that tabs that leave or take at the
//! same time never overwrite each other.

mod entry_key;

pub use entry_key::{expired_keys, is_entry_key, new_entry_key};

use super::bulk_stop::BulkStopState;
use super::intent::Intent;
use super::{intent, reschedule, stop};
use crate::run::RunId;
use crate::time::{Span, Timestamp};
use crate::wire::stored::StoredUnfinished;
use crate::wire::{read, to_text};

/// What one tab left unfinished, each as session storage held it. Contains no secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfinished {
    /// When the tab was left, by this machine's clock.
    pub left_at: Timestamp,
    /// Whether the person signed out there. Otherwise the page went away, which may be a reload: then the tab itself goes on with it.
    pub signed_out: bool,
    /// [`super::create::CreateState::unfinished_text`].
    pub create: Option<String>,
    /// [`stop::keep`].
    pub stops: Option<String>,
    /// [`BulkStopState::unfinished_text`].
    pub bulk_stop: Option<String>,
    /// [`reschedule::RescheduleState::keep`].
    pub reschedule: Option<String>,
}

/// What a tab holds itself, whatever became of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Held {
    /// [`intent::Intent::key`] of each create.
    pub creates: Vec<String>,
    /// The runs that it stops or has stopped.
    pub stops: Vec<RunId>,
    /// When its bulk stop was confirmed.
    pub bulk_stop: Option<Timestamp>,
    /// The run that it reschedules.
    pub reschedule: Option<RunId>,
}

/// What a tab could take up without hiding something that is in progress there, or an outcome that was not seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Free {
    /// A create.
    pub create: bool,
    /// A bulk stop.
    pub bulk_stop: bool,
    /// A reschedule.
    pub reschedule: bool,
}

/// Why something that was left is not being checked yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waiting {
    /// The tab that left it may be reloading.
    MayBeReloading,
    /// This tab is not [`Free`] for it.
    NotFree,
}

/// What all tabs of one person left and nobody has taken up, by the keys of the entries, oldest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeftUnfinished(Vec<(String, Unfinished)>);

/// A page that went away counts as closed after this long: until then it may be reloading.
const RELOAD_TAKES: Span = Span::from_seconds(10);
/// Most reloads are over by then, so tabs that are open say nothing of what was left before.
const QUIET_FOR: Span = Span::from_seconds(2);
/// Nobody waits for an outcome longer than this.
const KEEP_FOR: Span = Span::from_hours(7 * 24);
/// Far more tabs than anybody leaves in the middle of something.
const MAX_ENTRIES: usize = 20;
/// Bytes: the longest bulk stop takes about half of it, and browsers allow five times as many.
const MAX_LENGTH: usize = 1_000_000;

impl Unfinished {
    /// Reads the text of an entry; `None` if it cannot be read, or nothing is in it.
    pub fn read(text: &str) -> Option<Self> {
        read::<StoredUnfinished>(text).map(Self::from).filter(|unfinished| !unfinished.is_empty())
    }

    /// As compact JSON; `None` if there is nothing, or too much to be kept.
    pub fn to_text(&self) -> Option<String> {
        let is_kept = !self.is_empty() && self.length() <= MAX_LENGTH;
        is_kept.then(|| to_text(&StoredUnfinished::from(self)))
    }

    /// Without what `held` names, so that nothing is told twice; `None` if nothing is left.
    pub fn without(self, held: &Held) -> Option<Self> {
        let is_held = |at: Option<Timestamp>| at.is_some() && at == held.bulk_stop;
        let rest = Self {
            create: self.create.and_then(|text| intent::keep_except(&text, &held.creates)),
            stops: self.stops.and_then(|text| stop::keep_except(&text, &held.stops)),
            bulk_stop: self.bulk_stop.filter(|text| !is_held(BulkStopState::confirmed_at_of(text))),
            reschedule: self.reschedule.filter(|text| reschedule::old_run_of(text) != held.reschedule),
            ..self
        };
        (!rest.is_empty()).then_some(rest)
    }

    /// Its creates.
    pub fn creates(&self) -> Vec<Intent> {
        self.create.as_deref().map(intent::recall).unwrap_or_default()
    }

    /// Whether a tab that is so free can take it up.
    pub const fn fits(&self, free: Free) -> bool {
        (free.create || self.create.is_none() && self.reschedule.is_none())
            && (free.bulk_stop || self.bulk_stop.is_none())
            && (free.reschedule || self.reschedule.is_none())
    }

    const fn is_empty(&self) -> bool {
        self.create.is_none() && self.stops.is_none() && self.bulk_stop.is_none() && self.reschedule.is_none()
    }

    /// How long ago it was left. A clock that was set back since makes it no younger.
    fn age(&self, now: Timestamp) -> Span {
        age(self.left_at, now)
    }

    fn may_be_reloading(&self, now: Timestamp) -> bool {
        !self.signed_out && self.age(now) < RELOAD_TAKES
    }

    fn length(&self) -> usize {
        [&self.create, &self.stops, &self.bulk_stop, &self.reschedule].into_iter().flatten().map(String::len).sum()
    }
}

impl LeftUnfinished {
    /// Reads the entries of one person, with their keys. What was left too long ago, and what cannot be read, is skipped.
    pub fn read(entries: impl IntoIterator<Item = (String, String)>, now: Timestamp) -> Self {
        let readable = entries.into_iter().filter_map(|(key, text)| Some((key, Unfinished::read(&text)?)));
        let mut left: Vec<_> = readable.filter(|(_, unfinished)| unfinished.age(now) < KEEP_FOR).collect();
        left.sort_by(|(key, a), (other, b)| (a.left_at, key).cmp(&(b.left_at, other)));
        Self(left)
    }

    /// Without what a tab holds itself; and the keys of the entries that held nothing else, which it is to remove: it was reloaded,
    /// or came back.
    #[must_use]
    pub fn without(self, held: &Held) -> (Self, Vec<String>) {
        let mut own = Vec::new();
        let mut others = Vec::new();
        for (key, unfinished) in self.0 {
            match unfinished.without(held) {
                Some(rest) => others.push((key, rest)),
                None => own.push(key),
            }
        }
        (Self(others), own)
    }

    /// The key of the entry to take up next.
    pub fn next(&self, free: Free, now: Timestamp) -> Option<&str> {
        let may_take = |unfinished: &Unfinished| !unfinished.may_be_reloading(now) && unfinished.fits(free);
        self.0.iter().find(|(_, unfinished)| may_take(unfinished)).map(|(key, _)| key.as_str())
    }

    /// Their creates that may exist or are known to, so that nobody sends the same run again before they were checked.
    pub fn creates(&self) -> Vec<Intent> {
        let is_made_or_open = |intent: &Intent| intent.fate != intent::Fate::Refused;
        self.0.iter().flat_map(|(_, unfinished)| unfinished.creates()).filter(is_made_or_open).collect()
    }

    /// Why some are not taken up yet, where the person should know. `opened_at` is when this tab was opened: of what was left
    /// before, it says so at once, and otherwise only when most reloads would be over.
    pub fn waiting(&self, opened_at: Timestamp, now: Timestamp) -> Option<Waiting> {
        if self.0.iter().any(|(_, unfinished)| !unfinished.may_be_reloading(now)) {
            return Some(Waiting::NotFree);
        }
        let is_told = |unfinished: &Unfinished| unfinished.left_at < opened_at || unfinished.age(now) >= QUIET_FOR;
        self.0.iter().any(|(_, unfinished)| is_told(unfinished)).then_some(Waiting::MayBeReloading)
    }

    /// When [`Self::next`] or [`Self::waiting`] may change by time alone.
    pub fn due(&self, now: Timestamp) -> Option<Timestamp> {
        let steps = |unfinished: &Unfinished| {
            let waits = if unfinished.age(now) < QUIET_FOR { QUIET_FOR } else { RELOAD_TAKES };
            unfinished.may_be_reloading(now).then(|| now.plus(waits).plus(negative(unfinished.age(now))))
        };
        self.0.iter().filter_map(|(_, unfinished)| steps(unfinished)).min()
    }

    /// The keys of the oldest entries where there are too many, or they are too long together.
    pub fn excess(&self) -> Vec<String> {
        let mut length = 0_usize;
        let fits = |(at, (_, unfinished)): &(usize, &(String, Unfinished))| {
            length = length.saturating_add(unfinished.length());
            *at < MAX_ENTRIES && length <= MAX_LENGTH
        };
        let kept = self.0.iter().rev().enumerate().take_while(fits).count();
        let excess = self.0.len().saturating_sub(kept);
        self.0.iter().take(excess).map(|(key, _)| key.clone()).collect()
    }

    /// Whether the entry with this key is among them.
    pub fn contains(&self, key: &str) -> bool {
        self.0.iter().any(|(other, _)| other == key)
    }

    /// Whether nothing was left.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How long ago that was. A clock that was set back since makes it no younger.
fn age(at: Timestamp, now: Timestamp) -> Span {
    Span::from_millis(now.since(at).millis().saturating_abs())
}

const fn negative(span: Span) -> Span {
    Span::from_millis(span.millis().saturating_neg())
}

impl From<&Unfinished> for StoredUnfinished {
    fn from(unfinished: &Unfinished) -> Self {
        let Unfinished { left_at, signed_out, create, stops, bulk_stop, reschedule } = unfinished.clone();
        Self { at: left_at, signed_out, create, stops, bulk: bulk_stop, reschedule }
    }
}

impl From<StoredUnfinished> for Unfinished {
    fn from(stored: StoredUnfinished) -> Self {
        let StoredUnfinished { at, signed_out, create, stops, bulk, reschedule } = stored;
        Self { left_at: at, signed_out, create, stops, bulk_stop: bulk, reschedule }
    }
}

#[cfg(test)]
mod tests;
