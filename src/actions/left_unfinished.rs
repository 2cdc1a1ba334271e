//! Requests that outlive their tab: what is unfinished when the person signs out or the page goes away is put into local storage, and
//! taken up by the next tab in which the same person is signed in. It is restored as after a reload: read, never sent.

use super::{Actions, PendingKey};
use crate::browser::page::{self, machine_clocks};
use crate::browser::storage;
use leptos::prelude::*;
use runboard_core::policy::stop::StopState;
use runboard_core::policy::unclear::Unclear;
use runboard_core::policy::unfinished::{Held, LeftUnfinished, Unfinished};
use runboard_core::run::RunId;

impl Actions {
    /// What is unclear now; tracked.
    pub fn unclear(&'static self) -> Unclear {
        let (create, bulk_stop, reschedule) = (self.create.state(), self.bulk_stop.state(), self.reschedule.state());
        self.stop.with_all(|stops| Unclear::of(&create, stops, &bulk_stop, reschedule.as_ref()))
    }

    /// Whether what is unclear survives signing out.
    pub fn remembers_unclear(&'static self) -> bool {
        storage::session_works() || self.pending.local_key().is_some_and(|_| storage::local_works())
    }

    /// The stops that were restored, without those that the report of a bulk stop or of a reschedule tells of; tracked.
    pub fn restored_stops(&'static self) -> Vec<(RunId, String, StopState)> {
        let (bulk_stop, reschedule) = (self.bulk_stop.state(), self.reschedule.state());
        let is_told = |id: &RunId| {
            let is_rescheduled = reschedule.as_ref().is_some_and(|(state, _)| state.old().0 == id);
            is_rescheduled || bulk_stop.entries().iter().any(|entry| entry.run.id == *id)
        };
        self.stop.restored().into_iter().filter(|(id, ..)| !is_told(id)).collect()
    }

    /// For as long as the application lives.
    pub(super) fn keep_when_page_goes_away(&'static self) {
        page::on_hide(move || {
            self.leave(false);
        });
    }

    /// The person signed out or is another one: moves what is unfinished to local storage, and clears the rest unless `keeps_rest`.
    /// What cannot be moved stays in session storage.
    pub(super) fn leave_signed_out(&'static self, keeps_rest: bool) {
        let unfinished = self.unfinished(true);
        let is_moved = self.leave(true);
        for (key, text) in [
            (PendingKey::Create, unfinished.create),
            (PendingKey::Stops, unfinished.stops),
            (PendingKey::BulkStop, unfinished.bulk_stop),
            (PendingKey::Reschedule, unfinished.reschedule),
        ] {
            if text.is_some() && !is_moved {
                self.pending.write(key, text.as_deref());
            } else if text.is_some() || !keeps_rest {
                self.pending.write(key, None);
            }
        }
    }

    /// Takes back what this tab holds itself, then takes up what another tab has left, unless something is in progress here: then
    /// later. One tab's at a time, so that each outcome is told.
    pub(super) fn take_up(&'static self) {
        let Some(key) = self.pending.local_key() else { return };
        let Some(text) = storage::local_get(&key) else {
            self.waiting.try_set_value(false);
            return;
        };
        let now = machine_clocks().wall;
        let own = LeftUnfinished::read(&text, now).without(&self.held());
        let (taken, rest) = if self.is_free() { own.take(now) } else { (None, own) };
        store(&key, &rest, &text);
        self.waiting.try_set_value(!rest.is_empty());
        if let Some(taken) = taken {
            self.bulk_stop.take_up(taken.bulk_stop);
            self.stop.take_up(taken.stops);
            self.reschedule.take_up(taken.reschedule);
            self.create.take_up(taken.create);
        }
    }

    /// Whether nothing is in progress that a further request would hide.
    fn is_free(&'static self) -> bool {
        let is_stopping = self
            .bulk_stop
            .state_untracked()
            .is_none_or(|bulk_stop| bulk_stop.is_open() || !bulk_stop.entries().is_empty());
        self.create.is_settled() && !is_stopping && self.reschedule.state_untracked().is_none()
    }

    /// Puts what is unfinished into local storage; returns whether it is there.
    fn leave(&'static self, signed_out: bool) -> bool {
        let unfinished = self.unfinished(signed_out);
        let Some(key) = self.pending.local_key().filter(|_| unfinished.is_worth_keeping()) else { return false };
        let before = storage::local_get(&key).unwrap_or_default();
        let all = LeftUnfinished::read(&before, unfinished.left_at).with(unfinished, &self.held());
        store(&key, &all, &before)
    }

    fn unfinished(&'static self, signed_out: bool) -> Unfinished {
        Unfinished {
            left_at: machine_clocks().wall,
            signed_out,
            create: self.create.unfinished_text(),
            stops: self.stop.saved_text(),
            bulk_stop: self.bulk_stop.state_untracked().and_then(|bulk_stop| bulk_stop.unfinished_text()),
            reschedule: self.reschedule.saved_text(),
        }
    }

    fn held(&'static self) -> Held {
        Held {
            creates: self.create.own_keys(),
            stops: self.stop.watched_runs(),
            bulk_stop: self.bulk_stop.state_untracked().and_then(|bulk_stop| bulk_stop.confirmed_at()),
            // One that has ended says nothing of another tab's.
            reschedule: self
                .reschedule
                .state_untracked()
                .filter(|(reschedule, name)| reschedule.keep(name).is_some())
                .map(|(reschedule, _)| reschedule.old().0.clone()),
        }
    }
}

/// Stores what is left, or removes the entry; returns whether all of it is there.
fn store(key: &str, left: &LeftUnfinished, before: &str) -> bool {
    match left.to_text() {
        Some(text) => text == before || storage::local_set(key, &text),
        None => {
            storage::local_remove(key);
            left.is_empty()
        }
    }
}
