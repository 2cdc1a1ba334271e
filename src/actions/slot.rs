//! The part of the actions that is there from the start. It knows when they are needed, and keeps what they must not miss until then.

use super::listeners::Listeners;
use super::tab_store::TabStore;
use super::{Actions, Services};
use crate::browser::page::machine_clocks;
use crate::browser::storage;
use crate::browser::tab_channel::TabChannel;
use crate::leak::leak;
use crate::state::session::SignedOut;
use leptos::prelude::*;
use runboard_core::policy::{intent, unfinished};
use runboard_core::run::RunId;
use runboard_core::time::{Span, Timestamp};
use std::rc::Rc;

/// The message that the person signed out, followed by the key prefix of the API and application.
const SIGNED_OUT: &str = "signed-out ";
/// Begins the keys in local storage that say when a person signed out.
const SIGNED_OUT_KEY: &str = "runboard.signed-out/";
/// How long a stored sign-out gives weight to that message.
const SIGN_OUT_HOLDS: Span = Span::from_minutes(1);

/// Holds the actions once they are made.
pub struct ActionsSlot {
    pub(super) services: &'static Services,
    pub(super) tab_store: TabStore,
    actions: StoredValue<Option<&'static Actions>>,
    /// The application's, so that the actions outlive the page that needs them first.
    owner: Owner,
    needed: RwSignal<bool>,
    runs_to_stop: RwSignal<Option<Vec<RunId>>>,
    channel: StoredValue<Option<Rc<TabChannel>>, LocalStorage>,
    /// Messages of other tabs that arrived before the actions were made.
    unread: StoredValue<Vec<String>>,
    messages: Listeners<String>,
    signed_in: Listeners<()>,
    cleared: Listeners<bool>,
    left_unfinished: Listeners<()>,
    /// Whether anything is unclear; there once the actions are.
    unclear_check: StoredValue<Option<Callback<(), bool>>>,
}

impl ActionsSlot {
    /// An empty slot; the actions will live as long as the current owner.
    pub fn new(services: &'static Services) -> &'static Self {
        leak(Self {
            services,
            tab_store: TabStore::new(),
            actions: StoredValue::new(None),
            owner: Owner::current().unwrap_or_default(),
            needed: RwSignal::new(false),
            runs_to_stop: RwSignal::new(None),
            channel: StoredValue::new_local(None),
            unread: StoredValue::new(Vec::new()),
            messages: Listeners::new(),
            signed_in: Listeners::new(),
            cleared: Listeners::new(),
            left_unfinished: Listeners::new(),
            unclear_check: StoredValue::new(None),
        })
    }

    /// The actions, made now if this is the first call. Only to be called from `lazy!` functions: it draws the code of all actions
    /// into the file of its caller.
    pub fn get_or_start(&'static self) -> &'static Actions {
        if let Some(actions) = self.actions.get_value() {
            return actions;
        }
        let actions = self.owner.with(|| untrack(|| Actions::start(self)));
        self.actions.set_value(Some(actions));
        // In an effect, because this may be called while a page is being drawn.
        self.owner.with(|| Effect::new(move |_| self.needed.set(true)));
        actions
    }

    /// Whether the actions exist, or something waits for them; tracked.
    pub fn needed(&'static self) -> bool {
        self.needed.get()
    }

    /// Asks for the dialog that stops these runs.
    pub fn request_bulk_stop(&'static self, ids: Vec<RunId>) {
        self.runs_to_stop.set(Some(ids));
        self.needed.set(true);
    }

    /// The runs whose bulk stop was requested since the last call, if any; tracked.
    pub fn take_bulk_stop_request(&'static self) -> Option<Vec<RunId>> {
        self.runs_to_stop.track();
        self.runs_to_stop.try_update_untracked(Option::take).flatten()
    }

    /// To be called when somebody has signed in: the actions are needed if something is pending from before a reload.
    pub fn note_sign_in(&'static self) {
        let claims = self.services.session.claims_untracked();
        let (application, subject) = claims.map(|claims| (claims.application_id, claims.subject)).unwrap_or_default();
        let (application, subject) = (application.unwrap_or_default(), subject.unwrap_or_default());
        let has_subject = !subject.is_empty();
        // Without a subject, whoever has a token of the application reads the same runs.
        let is_named = !application.is_empty() || has_subject;
        let person = [application, subject].join("\n");
        self.tab_store.set_prefix(intent::storage_key(&self.services.api.base(), &person), is_named, has_subject);
        self.services.activity.sign_in(self.tab_store.scope());
        if self.tab_store.has_any() {
            self.needed.set(true);
        }
        self.signed_in.publish(&());
    }

    /// Names the API, the application and the person that is signed in; `None` where the token names neither of the two.
    pub fn person(&'static self) -> Option<String> {
        self.tab_store.scope()
    }

    /// Clears all outcomes and drafts: the person signed out or is another one. What is unfinished and the draft stay stored for the
    /// same person's next sign-in, with `keeps_rest` finished reports, too.
    pub fn clear(&'static self, keeps_rest: bool) {
        self.runs_to_stop.set(None);
        self.unread.set_value(Vec::new());
        self.cleared.publish(&keeps_rest);
        self.tab_store.leave(keeps_rest);
        self.services.activity.sign_out();
    }

    /// Whether the outcome of something is not known yet, so that a person who signs out has to be told; `None` if requests are stored
    /// and the actions, which could tell, are not made yet. Not tracked.
    pub fn has_unclear(&'static self) -> Option<bool> {
        match self.unclear_check.get_value() {
            Some(check) => Some(check.run(())),
            None => (!self.tab_store.has_requests()).then_some(false),
        }
    }

    /// Follows what other tabs put into local storage, for as long as the document lives: what they leave unfinished, and that the
    /// person signed out.
    pub fn watch_local_storage(&'static self) {
        let is_old = |key: &String| key.starts_with(SIGNED_OUT_KEY) && !is_recent(key);
        let keys = storage::local_keys();
        let signed_out = keys.clone().into_iter().filter(is_old);
        for key in unfinished::expired_keys(keys, machine_clocks().wall).into_iter().chain(signed_out) {
            storage::local_remove(&key);
        }
        storage::on_local_change(move |key| {
            let own = self.tab_store.prefix();
            if own.is_empty() {
                return;
            }
            if key.is_some_and(|key| key == signed_out_key(&own) && is_recent(key)) {
                self.services.session.sign_out(SignedOut::InAnotherTab);
            } else if key.is_none_or(|key| unfinished::is_entry_key(key, &own)) {
                if self.tab_store.has_left() {
                    self.needed.try_set(true);
                }
                self.left_unfinished.publish(&());
            }
        });
    }

    /// Opens the channel to the other tabs, for as long as the document lives.
    pub fn open_channel(&'static self) {
        let channel = TabChannel::open("runboard", move |text| {
            // In tests the application may already be unmounted: Firefox still delivers what was sent before the channel was closed.
            let own = self.tab_store.prefix();
            if let Some(prefix) = text.strip_prefix(SIGNED_OUT) {
                // Believed if it is stored, too. If storage tells it later, that signs out.
                let is_believed = || is_recent(&signed_out_key(&own)) || !storage::local_works();
                if !own.is_empty() && prefix == own && is_believed() {
                    self.services.session.sign_out(SignedOut::InAnotherTab);
                }
            } else if self.actions.try_get_value().flatten().is_some() {
                self.messages.publish(&text);
            } else if !own.is_empty() {
                self.unread.try_update_value(|unread| unread.push(text));
                self.needed.try_set(true);
            }
        });
        self.channel.set_value(Some(Rc::new(channel)));
    }

    /// Signs out the other tabs of the same API and application. Tokens are never sent to other tabs.
    pub fn announce_sign_out(&'static self) {
        let own = self.tab_store.prefix();
        if own.is_empty() {
            return;
        }
        storage::local_set(&signed_out_key(&own), &machine_clocks().wall.millis().to_string());
        if let Some(channel) = self.channel() {
            channel.send(&[SIGNED_OUT, &own].concat());
        }
    }

    pub(super) fn channel(&'static self) -> Option<Rc<TabChannel>> {
        self.channel.try_get_value().flatten()
    }

    /// Calls `listener` with each message of another tab, those that arrived earlier included.
    pub(super) fn listen_to_messages(&'static self, listener: impl Fn(&str) + 'static) {
        for text in self.unread.try_update_value(std::mem::take).unwrap_or_default() {
            listener(&text);
        }
        self.messages.add(move |text| listener(text));
    }

    /// Calls `listener` when somebody signs in.
    pub(super) fn listen_to_sign_in(&'static self, listener: impl Fn(&()) + 'static) {
        self.signed_in.add(listener);
    }

    /// Calls `listener` when the person signed out or is another one, with whether finished reports are kept.
    pub(super) fn listen_to_clear(&'static self, listener: impl Fn(&bool) + 'static) {
        self.cleared.add(listener);
    }

    /// Calls `listener` when another tab of the same person left something unfinished.
    pub(super) fn listen_to_left_unfinished(&'static self, listener: impl Fn(&()) + 'static) {
        self.left_unfinished.add(listener);
    }

    /// Sets what tells whether anything is unclear.
    pub(super) fn set_unclear_check(&'static self, check: impl Fn() -> bool + Send + Sync + 'static) {
        self.unclear_check.set_value(Some(Callback::new(move |()| check())));
    }
}

/// The key in local storage that says when the person with this key prefix signed out.
fn signed_out_key(prefix: &str) -> String {
    [SIGNED_OUT_KEY, prefix].concat()
}

/// Whether the stored time is that of a moment ago.
fn is_recent(key: &str) -> bool {
    let at = storage::local_get(key).and_then(|millis| millis.parse().ok()).map(Timestamp::from_millis);
    let age = at.map(|at| machine_clocks().wall.since(at).millis().saturating_abs());
    age.is_some_and(|age| age < SIGN_OUT_HOLDS.millis())
}
