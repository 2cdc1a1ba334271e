//! The other tabs of this browser. They tell each other what they are creating, and which runs they
//! are stopping together, so that the same is not done twice.

use super::TabStore;
use super::listeners::Listeners;
use crate::browser::random;
use crate::browser::tab_channel::TabChannel;
use crate::leak::leak;
use crate::state::clock::Clock;
use leptos::prelude::*;
use runboard_core::draft::NewRun;
use runboard_core::policy::tabs::{Message, OtherTabs, TYPING_REPEAT, TabActivity, TabEvent};
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;
use std::rc::Rc;

/// What the other tabs are doing, and the channel to them.
pub struct TabsHandle {
    clock: &'static Clock,
    tab_store: TabStore,
    neighbours: RwSignal<OtherTabs>,
    /// A random id of this tab.
    own_id: StoredValue<String>,
    channel: StoredValue<Option<Rc<TabChannel>>, LocalStorage>,
    messages: Listeners<TabEvent>,
}

/// Announces the form of this tab to the other tabs.
#[derive(Clone, Copy)]
pub struct FormAnnouncer {
    tabs: &'static TabsHandle,
    /// The run last announced, and when.
    announced: StoredValue<Option<(NewRun, Timestamp)>>,
}

impl TabsHandle {
    pub(super) fn new(clock: &'static Clock, tab_store: TabStore, channel: Option<Rc<TabChannel>>) -> &'static Self {
        leak(Self {
            clock,
            tab_store,
            neighbours: RwSignal::new(OtherTabs::default()),
            own_id: StoredValue::new(random::hex(16)),
            channel: StoredValue::new_local(channel),
            messages: Listeners::new(),
        })
    }

    /// To be called with each message of another tab.
    pub(super) fn receive(&'static self, text: &str) {
        let Some(message) = Message::read(text) else { return };
        self.messages.publish(&message.said);
        let (own_id, now) = (self.own_id.try_get_value().unwrap_or_default(), self.clock.now());
        self.neighbours.try_update(|neighbours| neighbours.receive(message, &own_id, now));
    }

    /// Calls `listener` with every message of the other tabs about a create.
    pub(super) fn on_message(&'static self, listener: impl Fn(&TabEvent) + 'static) {
        self.messages.add(listener);
    }

    /// What another tab is doing with the same run, if any; tracked. `own_keys` are those of this tab's creates; `was_read` tells
    /// whether the API gave the run that another tab is said to have created.
    pub(super) fn other_tab(
        &'static self,
        run: &NewRun,
        own_keys: &[&str],
        was_read: &dyn Fn(&RunId, &NewRun) -> bool,
    ) -> Option<TabActivity> {
        let (scope, now) = (self.tab_store.prefix(), self.clock.now());
        self.neighbours.with(|neighbours| neighbours.same_run_elsewhere(&scope, run, own_keys, was_read, now))
    }

    /// The runs that bulk stops of other tabs of this person say they are about to stop; tracked.
    pub fn stopping_elsewhere(&'static self) -> Vec<RunId> {
        let (scope, now) = (self.tab_store.prefix(), self.clock.tick());
        self.neighbours.try_with(|neighbours| neighbours.stopping_elsewhere(&scope, now)).unwrap_or_default()
    }

    /// Whether a message that another tab created this run is news.
    pub(super) fn is_news(&'static self, key: &str, made: &RunId) -> bool {
        self.neighbours.try_with_untracked(|neighbours| neighbours.is_news(key, made)).unwrap_or(false)
    }

    /// For the form in this tab.
    pub fn form_announcer(&'static self) -> FormAnnouncer {
        FormAnnouncer { tabs: self, announced: StoredValue::new(None) }
    }

    pub(super) fn broadcast(&'static self, said: TabEvent) {
        let message =
            Message { scope: self.tab_store.prefix(), tab: self.own_id.try_get_value().unwrap_or_default(), said };
        self.send(&message.to_text());
    }

    fn send(&'static self, text: &str) {
        if let Some(channel) = self.channel.try_get_value().flatten() {
            channel.send(text);
        }
    }

    /// The key of this tab's form in messages.
    fn form_key(&'static self) -> String {
        ["form-", &self.own_id.try_get_value().unwrap_or_default()].concat()
    }
}

impl FormAnnouncer {
    /// Announces the run that the form could create as it is. Repeated from time to time, so that new tabs learn of it.
    pub fn announce(self, run: &NewRun) {
        let now = self.tabs.clock.now();
        let is_recent = self.announced.with_value(|announced| {
            announced.as_ref().is_some_and(|(before, at)| {
                (&before.job_id, &before.name) == (&run.job_id, &run.name)
                    && before.end_at == run.end_at
                    && now.since(*at) < TYPING_REPEAT
            })
        });
        if !is_recent {
            self.announced.set_value(Some((run.clone(), now)));
            self.tabs.broadcast(TabEvent::Activity(self.tabs.form_key(), run.clone(), TabActivity::Typing));
        }
    }

    /// Withdraws the announcement: the form is incomplete, sent or left.
    pub fn withdraw(self) {
        if self.announced.try_update_value(Option::take).flatten().is_some() {
            self.tabs.broadcast(TabEvent::Settled(self.tabs.form_key(), None));
        }
    }
}
