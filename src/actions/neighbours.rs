//! The other tabs of this browser: so that two of them do not schedule the same run unaware.

use super::Actions;
use crate::browser::tabs::Line;
use crate::session::SignedOut;
use leptos::prelude::*;
use runboard_core::draft::NewRun;
use runboard_core::policy::scheduling::Event;
use runboard_core::policy::tabs::{Doing, Message, Said, TYPING_AGAIN};
use runboard_core::time::Timestamp;
use std::rc::Rc;

/// What a tab says that signs out, before the API and application.
const SIGNED_OUT: &str = "signed-out ";

/// The form of this tab, as the other tabs know it.
#[derive(Clone, Copy)]
pub struct Typing {
    actions: Actions,
    said: StoredValue<Option<(NewRun, Timestamp)>>,
}

impl Actions {
    /// Opens the line to the other tabs.
    pub fn listen(self) {
        let line = Line::open("runboard", move |text| {
            // Firefox hands over what was said before the line was closed: nobody may be there any more.
            let Some(own) = self.home.try_get_value() else { return };
            if text.strip_prefix(SIGNED_OUT).is_some_and(|home| !home.is_empty() && home == own) {
                self.session.sign_out(SignedOut::InAnotherTab);
                return;
            }
            self.hear(&text);
        });
        self.line.set_value(Some(Rc::new(line)));
    }

    /// Another tab said something.
    fn hear(self, text: &str) {
        let Some(message) = Message::read(text) else { return };
        if let Said::Settled(key, run) = &message.said {
            self.on_create(Event::Settled(key.clone(), run.clone()));
        }
        let now = self.clock.now();
        self.neighbours.try_update(|neighbours| neighbours.hear(message, &self.tab.get_value(), now));
    }

    /// Tells the other tabs of this API and application that the person signs out. No token crosses tabs.
    pub fn tell_signed_out(self) {
        if let Some(line) = self.line.get_value() {
            line.say(&[SIGNED_OUT, &self.home.get_value()].concat());
        }
    }

    /// Whether another tab is at the same run, and how far; tracked.
    pub fn twin(self, run: &NewRun) -> Option<Doing> {
        let home = self.home.get_value();
        self.create.with(|create| {
            let own: Vec<&str> = create.keys().collect();
            self.neighbours.with(|neighbours| neighbours.twin(&home, run, &own, self.clock.now()))
        })
    }

    /// A form is shown in this tab.
    pub fn typing(self) -> Typing {
        Typing { actions: self, said: StoredValue::new(None) }
    }

    pub(super) fn tell(self, said: Said) {
        let message = Message { home: self.home.get_value(), tab: self.tab.get_value(), said };
        if let Some(line) = self.line.get_value() {
            line.say(&message.to_text());
        }
    }

    /// Under which key the other tabs know this tab's form.
    fn form_key(self) -> String {
        ["form-", &self.tab.get_value()].concat()
    }
}

impl Typing {
    /// The form can be sent as it stands: says so to the other tabs, again from time to time.
    pub fn stands(self, run: &NewRun) {
        let now = self.actions.clock.now();
        let said = self.said.with_value(|said| {
            said.as_ref().is_some_and(|(before, at)| {
                (&before.job_id, &before.name) == (&run.job_id, &run.name)
                    && before.end_at == run.end_at
                    && now.since(*at) < TYPING_AGAIN
            })
        });
        if !said {
            self.said.set_value(Some((run.clone(), now)));
            self.actions.tell(Said::Doing(self.actions.form_key(), run.clone(), Doing::Typing));
        }
    }

    /// It no longer can, or is left.
    pub fn leaves(self) {
        if self.said.try_update_value(Option::take).flatten().is_some() {
            self.actions.tell(Said::Settled(self.actions.form_key(), None));
        }
    }
}
