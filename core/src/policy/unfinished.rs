//! What closed and signed-out tabs left unfinished, for another tab of the same person. It is kept by browser, without a token, and
//! leads to reading: whoever takes it up restores it as after a reload, which sends nothing.

use super::bulk_stop::BulkStopState;
use super::{intent, reschedule, stop};
use crate::run::RunId;
use crate::time::{Span, Timestamp};
use crate::wire::stored::StoredUnfinished;
use crate::wire::{read_each, to_text};

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

/// What all tabs of one person left, oldest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeftUnfinished(Vec<Unfinished>);

/// A page that went away counts as closed after this long: until then it may be reloading.
const RELOAD_TAKES: Span = Span::from_seconds(10);
/// Nobody waits for an outcome longer than this.
const KEEP_FOR: Span = Span::from_hours(7 * 24);
/// Far more tabs than anybody leaves in the middle of something.
const MAX_TABS: usize = 20;
/// Bytes: the longest bulk stop takes about half of it, and browsers allow five times as many.
const MAX_LENGTH: usize = 1_000_000;

impl Unfinished {
    /// Whether nothing is unfinished.
    const fn is_empty(&self) -> bool {
        self.create.is_none() && self.stops.is_none() && self.bulk_stop.is_none() && self.reschedule.is_none()
    }

    /// Whether something is unfinished, and not too long to be kept.
    pub fn is_worth_keeping(&self) -> bool {
        !self.is_empty() && self.length() <= MAX_LENGTH
    }

    /// Without what `held` names.
    fn without(self, held: &Held) -> Self {
        let is_held = |at: Option<Timestamp>| at.is_some() && at == held.bulk_stop;
        Self {
            create: self.create.and_then(|text| intent::keep_except(&text, &held.creates)),
            stops: self.stops.and_then(|text| stop::keep_except(&text, &held.stops)),
            bulk_stop: self.bulk_stop.filter(|text| !is_held(BulkStopState::confirmed_at_of(text))),
            reschedule: self.reschedule.filter(|text| reschedule::old_run_of(text) != held.reschedule),
            ..self
        }
    }

    /// How long ago it was left. A clock that was set back since makes it no younger.
    fn age(&self, now: Timestamp) -> Span {
        Span::from_millis(now.since(self.left_at).millis().saturating_abs())
    }

    fn may_be_reloading(&self, now: Timestamp) -> bool {
        !self.signed_out && self.age(now) < RELOAD_TAKES
    }

    fn length(&self) -> usize {
        [&self.create, &self.stops, &self.bulk_stop, &self.reschedule].into_iter().flatten().map(String::len).sum()
    }
}

impl LeftUnfinished {
    /// Reads a kept text. What was left too long ago is dropped; unreadable entries are skipped.
    pub fn read(text: &str, now: Timestamp) -> Self {
        let mut left: Vec<Unfinished> = read_each::<StoredUnfinished>(text).into_iter().map(Unfinished::from).collect();
        left.retain(|unfinished| !unfinished.is_empty() && unfinished.age(now) < KEEP_FOR);
        Self(left)
    }

    /// As compact JSON; `None` if there is nothing. Where there is too much, the oldest is left out.
    pub fn to_text(&self) -> Option<String> {
        let mut length = 0_usize;
        let fits = |unfinished: &&Unfinished| {
            length = length.saturating_add(unfinished.length());
            length <= MAX_LENGTH
        };
        let mut kept: Vec<StoredUnfinished> =
            self.0.iter().rev().take(MAX_TABS).take_while(fits).map(StoredUnfinished::from).collect();
        kept.reverse();
        (!kept.is_empty()).then(|| to_text(&kept))
    }

    /// Adds what a tab leaves, in place of what it left before: when it was reloaded, or came back.
    #[must_use]
    pub fn with(self, unfinished: Unfinished, held: &Held) -> Self {
        let mut left = self.without(held);
        if unfinished.is_worth_keeping() {
            left.0.push(unfinished);
        }
        left
    }

    /// Without what a tab holds itself, so that nothing is told twice.
    #[must_use]
    pub fn without(self, held: &Held) -> Self {
        let left = self.0.into_iter().map(|unfinished| unfinished.without(held));
        Self(left.filter(|unfinished| !unfinished.is_empty()).collect())
    }

    /// Takes out what the tab that was left first left, unless every tab may still be reloading.
    #[must_use]
    pub fn take(mut self, now: Timestamp) -> (Option<Unfinished>, Self) {
        let at = self.0.iter().position(|unfinished| !unfinished.may_be_reloading(now));
        let taken = at.map(|at| self.0.remove(at));
        (taken, self)
    }

    /// Whether nothing was left.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
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
