//! Requests that outlive their tab: what is unfinished when the person signs out or the page goes away is put into local storage, and
//! taken up by the next tab in which the same person is signed in. It is restored as after a reload: read, never sent.

use super::{Actions, TabStore, TabStoreKey};
use crate::browser::page::{self, machine_clocks};
use crate::browser::{locks, random, storage};
use leptos::prelude::*;
use runboard_core::policy::stop::StopState;
use runboard_core::policy::tabs::{TabActivity, TabEvent};
use runboard_core::policy::unclear::{Remembered, Unclear};
use runboard_core::policy::unfinished::{self, Free, Held, LeftUnfinished, Unfinished, Waiting};
use runboard_core::run::RunId;
use runboard_core::time::{Span, Timestamp};

/// What this tab knows of what others left.
#[derive(Clone, Copy)]
pub struct LeftHandle {
    /// When this tab was opened, by the machine's clock.
    opened_at: Timestamp,
    /// When time alone may change what is to be done.
    due: StoredValue<Option<Timestamp>>,
    waiting: RwSignal<Option<Waiting>>,
    /// Whether the lock on an entry was asked for, and not answered yet.
    is_claiming: StoredValue<bool>,
    /// The entry that this tab left when the person signed out here.
    at_sign_out: StoredValue<Option<String>>,
    taken_elsewhere: RwSignal<bool>,
}

/// After another tab had the lock on an entry, it is looked at again: that tab may not have been free for it.
const RETRY_AFTER: Span = Span::from_seconds(2);

impl LeftHandle {
    pub(super) fn new() -> Self {
        Self {
            opened_at: machine_clocks().wall,
            due: StoredValue::new(None),
            waiting: RwSignal::new(None),
            is_claiming: StoredValue::new(false),
            at_sign_out: StoredValue::new(None),
            taken_elsewhere: RwSignal::new(false),
        }
    }

    /// Why something that another tab left is not being checked yet; tracked.
    pub fn waiting(self) -> Option<Waiting> {
        self.waiting.get()
    }

    /// Whether another tab took up what was left here at sign-out; tracked.
    pub fn is_taken_elsewhere(self) -> bool {
        self.taken_elsewhere.get()
    }

    /// The person has seen that.
    pub fn dismiss_taken_elsewhere(self) {
        self.taken_elsewhere.set(false);
    }
}

impl Actions {
    /// What is unclear now; tracked.
    pub fn unclear(&'static self) -> Unclear {
        let (create, bulk_stop, reschedule) = (self.create.state(), self.bulk_stop.state(), self.reschedule.state());
        self.stop.with_all(|stops| Unclear::of(&create, stops, &bulk_stop, reschedule.as_ref()))
    }

    /// Where what is unclear now would be kept.
    pub fn remembers_unclear(&'static self) -> Remembered {
        let text = self.unfinished(true).to_text().filter(|_| self.tab_store.scope().is_some());
        if text.is_some_and(|text| storage::local_can_hold(&text)) {
            Remembered::InBrowser
        } else if storage::session_works() {
            Remembered::InTab
        } else {
            Remembered::Nowhere
        }
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

    /// For as long as the application lives: leaves what is unfinished when the page goes away, and takes up what others left as soon
    /// as nothing here is in its way.
    pub(super) fn watch_left(&'static self) {
        page::on_hide(move || {
            self.leave(false);
        });
        let free = Memo::new(move |_| self.free());
        Effect::watch(move || free.get(), move |_, _, _| self.look_for_left(), false);
    }

    /// The person signed out or is another one: moves what is unfinished to local storage, and clears the rest unless `keeps_rest`.
    /// What cannot be moved stays in session storage.
    pub(super) fn leave_signed_out(&'static self, keeps_rest: bool) {
        let unfinished = self.unfinished(true);
        let is_moved = self.leave(true);
        for (key, text) in [
            (TabStoreKey::Create, unfinished.create),
            (TabStoreKey::Stops, unfinished.stops),
            (TabStoreKey::BulkStop, unfinished.bulk_stop),
            (TabStoreKey::Reschedule, unfinished.reschedule),
        ] {
            if text.is_some() && !is_moved {
                self.tab_store.write(key, text.as_deref());
            } else if text.is_some() || !keeps_rest {
                self.tab_store.write(key, None);
            }
        }
        self.left.waiting.try_set(None);
        self.left.taken_elsewhere.try_set(false);
        self.left.due.try_set_value(None);
    }

    /// Looks at what tabs have left: removes what this tab holds itself, blocks what must not be sent again, and takes up what is next
    /// unless something in progress here is in its way. One tab's at a time, so that each outcome is told.
    pub(super) fn look_for_left(&'static self) {
        let Some(scope) = self.tab_store.scope() else { return };
        let now = machine_clocks().wall;
        let all = read_left(&scope, now);
        self.note_taken_elsewhere(&scope, &all);
        let (left, own) = all.without(&self.held());
        for key in own {
            self.forget_own(&key);
            storage::local_remove(&key);
        }
        self.create.set_left_elsewhere(left.creates());
        self.left.due.try_set_value(left.due(now));
        let next = left.next(untrack(|| self.free()), now);
        let waiting = left.waiting(self.left.opened_at, now).filter(|_| next.is_none());
        if self.left.waiting.try_get_untracked() != Some(waiting) {
            self.left.waiting.try_set(waiting);
        }
        if let Some(key) = next.filter(|_| self.left.is_claiming.try_get_value() == Some(false)) {
            self.claim(scope, key.to_owned());
        }
    }

    /// To be called every second.
    pub(super) fn tick_left(&'static self) {
        if self.left.due.try_get_value().flatten().is_some_and(|due| machine_clocks().wall >= due) {
            self.look_for_left();
        }
    }

    /// Takes an entry up once this tab has the lock on it.
    fn claim(&'static self, scope: String, key: String) {
        self.left.is_claiming.try_set_value(true);
        let name = key.clone();
        locks::with_lock(&name, move |is_ours| {
            self.left.is_claiming.try_set_value(false);
            let is_taken = is_ours && self.tab_store.scope() == Some(scope) && self.take(&key);
            if is_taken {
                self.look_for_left();
            } else {
                self.left.due.try_set_value(Some(machine_clocks().wall.plus(RETRY_AFTER)));
            }
            is_taken
        });
    }

    /// Takes an entry out and goes on with what is in it; returns whether it was there and this tab is free for it.
    fn take(&'static self, key: &str) -> bool {
        let unfinished = storage::local_get(key).and_then(|text| Unfinished::read(&text)?.without(&self.held()));
        let free = untrack(|| self.free());
        let Some(taken) = unfinished.filter(|unfinished| unfinished.fits(free)) else { return false };
        storage::local_remove(key);
        self.forget_own(key);
        // A tab that left it, or was about to send the same, should know where to look.
        for intent in taken.creates().into_iter().filter(|intent| intent.is_open()) {
            self.tabs.broadcast(TabEvent::Activity(intent.key, intent.run, TabActivity::Unclear));
        }
        self.bulk_stop.take_up(taken.bulk_stop);
        self.stop.take_up(taken.stops);
        self.reschedule.take_up(taken.reschedule);
        self.create.take_up(taken.create);
        true
    }

    /// This tab goes on with what is in that entry.
    fn forget_own(&'static self, key: &str) {
        if self.left.at_sign_out.try_get_value().flatten().as_deref() == Some(key) {
            self.left.at_sign_out.try_set_value(None);
        }
    }

    /// What was left here at sign-out and is gone was taken up by another tab.
    fn note_taken_elsewhere(&'static self, scope: &str, all: &LeftUnfinished) {
        let left_here = self.left.at_sign_out.try_get_value().flatten();
        if left_here.is_some_and(|key| unfinished::is_entry_key(&key, scope) && !all.contains(&key)) {
            self.left.at_sign_out.try_set_value(None);
            self.left.taken_elsewhere.try_set(true);
        }
    }

    /// What nothing in progress, and no outcome that was not seen, is in the way of; tracked.
    fn free(&'static self) -> Free {
        Free {
            create: self.create.may_take_up(),
            bulk_stop: self.bulk_stop.may_take_up(),
            reschedule: self.reschedule.may_take_up(),
        }
    }

    /// Puts what is unfinished into local storage; returns whether it is there.
    fn leave(&'static self, signed_out: bool) -> bool {
        let unfinished = self.unfinished(signed_out);
        let Some((scope, text)) = self.tab_store.scope().zip(unfinished.to_text()) else { return false };
        let key = unfinished::new_entry_key(&scope, unfinished.left_at, &random::hex(16));
        if !storage::local_set(&key, &text) {
            return false;
        }
        read_left(&scope, unfinished.left_at).excess().iter().for_each(|key| storage::local_remove(key));
        if signed_out {
            self.left.at_sign_out.try_set_value(Some(key));
        }
        true
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

/// What tabs of the person with this key prefix left.
fn read_left(scope: &str, now: Timestamp) -> LeftUnfinished {
    let keys = TabStore::entry_keys(scope);
    LeftUnfinished::read(keys.into_iter().filter_map(|key| storage::local_get(&key).map(|text| (key, text))), now)
}
