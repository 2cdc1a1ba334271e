//! What tabs of the same person tell each other of the runs they have read, so that one of them reads for all: changes as they are
//! read, and to a new tab everything that is known. Never a token. The code that reads and writes messages is loaded only once another tab
//! is heard.

mod receiving;

use crate::browser::next_task;
use crate::browser::page::{self, monotonic_millis};
use crate::browser::tab_channel::TabChannel;
use crate::lazy::{lazy, run_when_loaded};
use crate::leak::leak;
use crate::state::clock::Clock;
use crate::state::list_reader::ListReader;
use crate::state::run_store::{PartOf, RunStore, UntoldChanges};
use crate::state::tab_election::TabElection;
use leptos::prelude::*;
use leptos::task::spawn_local;
use receiving::IncomingRuns;
use runboard_core::activity::Moment;
use runboard_core::election::{ListReport, Message, RunsMessage, Said, Signal as Sign, in_sending_order};
use runboard_core::time::{Span, Timestamp};
use std::rc::Rc;

/// Begins the name of the channel on which a tab is sent what it asked for; its id follows.
const CHANNEL: &str = "runboard.runs/";
/// A request that was not answered for so many milliseconds is repeated.
const ASK_AGAIN_AFTER: i64 = 3_000;
/// A list of which nothing was read for longer than this is not offered to a new tab.
const MAX_OFFER_AGE: Span = Span::from_minutes(5);

/// Tells and hears of runs.
pub(crate) struct SharedRuns {
    election: &'static TabElection,
    reader: ListReader,
    store: &'static RunStore,
    clock: &'static Clock,
    /// What the other tabs know of the list.
    known_to_others: StoredValue<Option<ListReport>>,
    /// When this tab last asked for all runs or was sent some, on the monotonic clock.
    asked_at: StoredValue<Option<i64>>,
    /// How many full reads this tab had begun when it last asked the tab that reads.
    full_reads_when_asked: StoredValue<Option<u32>>,
    incoming: StoredValue<IncomingRuns>,
    own_channel: StoredValue<Option<Rc<TabChannel>>, LocalStorage>,
    /// The tab that has offered this one all runs.
    offered_by: StoredValue<Option<String>>,
    /// Until when messages may have been missed.
    missed_until: StoredValue<Option<Timestamp>>,
}

impl SharedRuns {
    pub(crate) fn new(
        election: &'static TabElection,
        reader: ListReader,
        store: &'static RunStore,
        clock: &'static Clock,
    ) -> &'static Self {
        leak(Self {
            election,
            reader,
            store,
            clock,
            known_to_others: StoredValue::new(None),
            asked_at: StoredValue::new(None),
            full_reads_when_asked: StoredValue::new(None),
            incoming: StoredValue::new(IncomingRuns::default()),
            own_channel: StoredValue::new_local(None),
            offered_by: StoredValue::new(None),
            missed_until: StoredValue::new(None),
        })
    }

    /// Tells the others what this tab reads, for as long as the application lives.
    pub(crate) fn run(&'static self) {
        // No message reaches a page in the back-forward cache.
        page::on_restore(move || {
            self.missed_until.try_set_value(Some(self.clock.now()));
        });
        self.reader.set_offer_requester(move || {
            let by = self.offered_by.try_update_value(Option::take).flatten().filter(|_| !self.knows_all());
            let is_needed = by.is_some();
            if let Some(by) = by {
                run_when_loaded(ask_offering_tab(self, by));
            }
            is_needed
        });
        Effect::new(move |_| {
            self.store.revision();
            self.reader.state().track();
            untrack(|| {
                if self.election.has_others() {
                    run_when_loaded(tell(self));
                } else {
                    // Nobody listens. A tab that is opened later asks for everything.
                    self.store.take_untold();
                }
            });
        });
    }

    /// Another tab sends a text.
    pub(crate) fn on_message(&'static self, text: String) {
        run_when_loaded(hear(self, text));
    }

    /// Forgets what the tabs told each other: the person signed out or is another one.
    pub(crate) fn clear(&'static self) {
        self.known_to_others.set_value(None);
        self.asked_at.set_value(None);
        self.full_reads_when_asked.set_value(None);
        self.incoming.set_value(IncomingRuns::default());
    }

    fn hear(&'static self, text: &str) {
        let Some(message) = self.election.read_message(text) else { return };
        self.election.hear(&message);
        let Message { tab, said, .. } = message;
        match said {
            // The sender is the tab that reads, so it can send what this one lacks.
            Said::Signal(Sign::Reading | Sign::Alive { .. }) => {
                if self.knows_all() {
                    self.reader.end_streaming();
                } else if self.election.is_following() {
                    self.ask_reading_tab();
                }
            }
            Said::Signal(Sign::Hello) => self.offer(tab),
            Said::Signal(Sign::Leaving) => {}
            Said::Offer(to) => {
                if to == self.election.own_id() && !self.knows_all() {
                    self.offered_by.set_value(Some(tab));
                    self.reader.offer_received();
                }
            }
            Said::AskForRuns(of) => {
                if of.map_or_else(|| self.election.reads(), |of| of == self.election.own_id()) {
                    self.send_all(&tab);
                }
            }
            Said::Runs(shared) => self.receive_changes(shared),
        }
    }

    /// Whether this tab knows all runs, so that with the changes alone it stays up to date.
    fn knows_all(&'static self) -> bool {
        let missed_until = self.missed_until.try_get_value().flatten();
        self.store.complete_as_of().is_some_and(|at| missed_until.is_none_or(|until| at > until))
    }

    fn tell(&'static self) {
        let report = self.reader.report();
        let UntoldChanges { changed, gone } = self.store.take_untold();
        let news = report.filter(|report| self.known_to_others.with_value(|known| known.as_ref() != Some(report)));
        if news.is_some() {
            self.known_to_others.set_value(news.clone());
        }
        if !self.election.has_others() || (changed.is_empty() && gone.is_empty() && news.is_none()) {
            return;
        }
        let mut parts = RunsMessage::in_parts(&self.store.dated(&changed), self.clock.moment(), false);
        if let Some(last) = parts.last_mut() {
            (last.gone, last.list) = (gone, news.map(Box::new));
        }
        for part in parts {
            self.election.tell(Said::Runs(RunsMessage { clock_error: self.clock_error(), ..part }));
        }
    }

    fn clock_error(&'static self) -> Option<Span> {
        self.clock.offset().map(|(_, error)| error)
    }

    fn receive_changes(&'static self, shared: RunsMessage) {
        self.learn_time(&shared);
        let RunsMessage { runs, gone, list, posted_at, .. } = shared;
        self.store.merge_shared(runs, PartOf::Nothing);
        self.store.remove_shared(&gone);
        if self.knows_all() {
            if let Some(list) = list {
                self.reader.adopt(*list, None);
                // What was just heard is no news to the others.
                self.known_to_others.set_value(untrack(|| self.reader.report()));
            }
        } else if self.election.is_following() {
            self.show_incomplete(list.as_deref(), posted_at);
            self.ask_reading_tab();
        }
        self.store.publish_changes();
    }

    /// The tab that reads does not know all runs. If it got none, there is nothing to wait for.
    fn show_incomplete(&'static self, list: Option<&ListReport>, posted_at: Moment) {
        let known = self.store.len_untracked();
        match list.filter(|list| list.problem.is_some() && list.incomplete.is_none() && known == 0) {
            Some(failed) => self.reader.adopt_failure(failed),
            None => self.reader.show_arriving(known, None, posted_at.api),
        }
    }

    fn learn_time(&'static self, shared: &RunsMessage) {
        if let Some(error) = shared.clock_error {
            self.clock.observe_shared(shared.posted_at.here, shared.posted_at.api, error);
        }
    }

    /// Offers all runs to a newly opened tab if no tab reads any more. Whoever switches between tabs then does not read a long list again
    /// in each.
    fn offer(&'static self, tab: String) {
        let now = self.clock.now();
        let is_recent = self.reader.last_read_at().is_some_and(|at| now.since(at) <= MAX_OFFER_AGE);
        let is_long = untrack(|| self.reader.is_read_in_parts());
        if self.election.may_offer() && self.knows_all() && is_long && is_recent {
            self.election.tell(Said::Offer(tab));
        }
    }

    /// Asks the tab that reads for all runs, at most once in [`ASK_AGAIN_AFTER`].
    fn ask_reading_tab(&'static self) {
        let now = monotonic_millis();
        if self.asked_at.get_value().is_none_or(|at| now - at >= ASK_AGAIN_AFTER) {
            self.full_reads_when_asked.set_value(Some(self.reader.full_reads_begun()));
            self.request_runs(None);
        }
    }

    /// Asks the tab that has offered all runs for them.
    fn ask_offering_tab(&'static self, id: String) {
        self.full_reads_when_asked.set_value(None);
        self.request_runs(Some(id));
    }

    fn request_runs(&'static self, from: Option<String>) {
        self.asked_at.set_value(Some(monotonic_millis()));
        if self.own_channel.with_value(Option::is_none) {
            let name = [CHANNEL, &self.election.own_id()].concat();
            let channel = TabChannel::open(&name, move |text| self.receive_part(&text));
            self.own_channel.set_value(Some(Rc::new(channel)));
        }
        self.election.tell(Said::AskForRuns(from));
    }

    /// Sends all runs to a tab that asked for them, a part at a time, so that this tab stays responsive.
    fn send_all(&'static self, tab: &str) {
        let channel = TabChannel::open_to_send(&[CHANNEL, tab].concat());
        let now = self.clock.now();
        let parts = untrack(|| self.store.with_all(|runs| in_sending_order(runs, now)));
        spawn_local(async move {
            let (total, count) = (parts.iter().map(Vec::len).sum(), u32::try_from(parts.len()).unwrap_or(u32::MAX));
            for (number, ids) in (1..=count).zip(parts) {
                // As they are now: what has changed since was sent to all already.
                let is_last = number == count;
                let part = RunsMessage {
                    runs: self.store.dated(&ids),
                    gone: Vec::new(),
                    posted_at: self.clock.moment(),
                    is_all: is_last && self.knows_all(),
                    part: (number, count),
                    total,
                    clock_error: self.clock_error(),
                    list: untrack(|| self.reader.report()).filter(|_| is_last).map(Box::new),
                };
                let Some(text) = self.election.message_text(Said::Runs(part)) else { return };
                channel.send(&text);
                next_task().await;
            }
        });
    }
}

lazy! {
    /// Reads and follows a message of another tab.
    fn hear(shared: &'static SharedRuns, text: String) -> () {
        shared.hear(&text);
    }
}

lazy! {
    /// Asks the tab that has offered all runs for them.
    fn ask_offering_tab(shared: &'static SharedRuns, id: String) -> () {
        shared.ask_offering_tab(id);
    }
}

lazy! {
    /// Tells the other tabs what this one has read.
    fn tell(shared: &'static SharedRuns) -> () {
        untrack(|| shared.tell());
    }
}
