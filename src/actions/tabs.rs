//! The other tabs of this browser: so that two of them do not schedule the same run without knowing.

use super::Pending;
use super::listeners::Listeners;
use crate::browser::random;
use crate::browser::tab_channel::TabChannel;
use crate::state::clock::Clock;
use crate::state::session::{Session, SignedOut};
use leptos::prelude::*;
use runboard_core::draft::NewRun;
use runboard_core::policy::tabs::{Doing, Message, Neighbours, Said, TYPING_AGAIN};
use runboard_core::time::Timestamp;
use std::rc::Rc;

/// The message that signs out, before the API and application.
const SIGNED_OUT: &str = "signed-out ";

/// The channel to the other tabs, and what they do.
#[derive(Clone, Copy)]
pub struct TabsHandle {
    clock: Clock,
    session: Session,
    pending: Pending,
    neighbours: RwSignal<Neighbours>,
    /// Random; names this tab.
    own_id: StoredValue<String>,
    channel: StoredValue<Option<Rc<TabChannel>>, LocalStorage>,
    messages: Listeners<Said>,
}

/// The form of this tab, as the other tabs know it.
#[derive(Clone, Copy)]
pub struct Typing {
    tabs: TabsHandle,
    announced: StoredValue<Option<(NewRun, Timestamp)>>,
}

impl TabsHandle {
    pub(super) fn new(clock: Clock, session: Session, pending: Pending) -> Self {
        Self {
            clock,
            session,
            pending,
            neighbours: RwSignal::new(Neighbours::default()),
            own_id: StoredValue::new(random::hex(16)),
            channel: StoredValue::new_local(None),
            messages: Listeners::new(),
        }
    }

    /// Opens the channel.
    pub(super) fn listen(self) {
        let channel = TabChannel::open("runboard", move |text| {
            // Firefox delivers what was sent before the channel was closed: the application may have ended by now.
            let own = self.pending.key();
            if text.strip_prefix(SIGNED_OUT).is_some_and(|key| !key.is_empty() && key == own) {
                self.session.sign_out(SignedOut::InAnotherTab);
                return;
            }
            self.hear(&text);
        });
        self.channel.set_value(Some(Rc::new(channel)));
    }

    fn hear(self, text: &str) {
        let Some(message) = Message::read(text) else { return };
        self.messages.publish(&message.said);
        let (own_id, now) = (self.own_id.try_get_value().unwrap_or_default(), self.clock.now());
        self.neighbours.try_update(|neighbours| neighbours.hear(message, &own_id, now));
    }

    /// Calls `listener` with what the other tabs say.
    pub(super) fn on_message(self, listener: impl Fn(&Said) + 'static) {
        self.messages.add(listener);
    }

    /// Tells the other tabs of this API and application that the person signs out. No token crosses tabs.
    pub fn announce_sign_out(self) {
        self.send(&[SIGNED_OUT, &self.pending.key()].concat());
    }

    /// Whether another tab works on the same run, and how far it is; `own` are the keys of this tab's creates. Tracked.
    pub(super) fn twin(self, run: &NewRun, own: &[&str]) -> Option<Doing> {
        self.neighbours.with(|neighbours| neighbours.twin(&self.pending.key(), run, own, self.clock.now()))
    }

    /// The form is shown in this tab.
    pub fn typing(self) -> Typing {
        Typing { tabs: self, announced: StoredValue::new(None) }
    }

    pub(super) fn tell(self, said: Said) {
        let message = Message { home: self.pending.key(), tab: self.own_id.try_get_value().unwrap_or_default(), said };
        self.send(&message.to_text());
    }

    fn send(self, text: &str) {
        if let Some(channel) = self.channel.try_get_value().flatten() {
            channel.send(text);
        }
    }

    /// The key of this tab's form, for the other tabs.
    fn form_key(self) -> String {
        ["form-", &self.own_id.try_get_value().unwrap_or_default()].concat()
    }
}

impl Typing {
    /// The form could be sent as it is: tells the other tabs, again from time to time.
    pub fn announce(self, run: &NewRun) {
        let now = self.tabs.clock.now();
        let told = self.announced.with_value(|announced| {
            announced.as_ref().is_some_and(|(before, at)| {
                (&before.job_id, &before.name) == (&run.job_id, &run.name)
                    && before.end_at == run.end_at
                    && now.since(*at) < TYPING_AGAIN
            })
        });
        if !told {
            self.announced.set_value(Some((run.clone(), now)));
            self.tabs.tell(Said::Doing(self.tabs.form_key(), run.clone(), Doing::Typing));
        }
    }

    /// The form cannot be sent any more, or is left.
    pub fn withdraw(self) {
        if self.announced.try_update_value(Option::take).flatten().is_some() {
            self.tabs.tell(Said::Settled(self.tabs.form_key(), None));
        }
    }
}
