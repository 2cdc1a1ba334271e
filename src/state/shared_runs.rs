//! What tabs of the same person tell each other of the runs they have read, so that one of them reads for all: changes as they are
//! read, and to a new tab everything that is known. Never a token. Where there is only one tab, none of this is loaded.

use crate::browser::next_task;
use crate::browser::page::{self, machine_clocks, monotonic_millis};
use crate::browser::tab_channel::TabChannel;
use crate::lazy::{lazy, run_when_loaded};
use crate::leak::leak;
use crate::state::clock::Clock;
use crate::state::list_reader::ListReader;
use crate::state::run_store::{RunStore, UntoldChanges};
use crate::state::tab_election::TabElection;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::{Moment, ReadTime};
use runboard_core::collections::id_index::IdIndex;
use runboard_core::election::{
    ListReading, Message, Part, Parts, Said, SharedRuns as Shared, Signal as Sign, in_sending_order,
};
use runboard_core::run::Run;
use runboard_core::time::{Span, Timestamp};
use std::rc::Rc;
use std::sync::Arc;

/// Begins the name of the channel on which a tab is sent what it asked for; its id follows.
const CHANNEL: &str = "runboard.runs/";
/// A request that was not answered for so many milliseconds is repeated.
const ASK_AGAIN_AFTER: i64 = 3_000;
/// A list whose newest runs were last read longer ago than this is not offered to a new tab.
const OLDEST_OFFER: Span = Span::from_minutes(5);
/// The least time between two renderings of the runs that have arrived, in milliseconds; plus one for each [`RUNS_PER_MILLI`] runs.
const RENDER_INTERVAL: i64 = 100;
const RUNS_PER_MILLI: usize = 100;

/// Tells and hears of runs.
pub(crate) struct SharedRuns {
    election: &'static TabElection,
    reader: ListReader,
    store: &'static RunStore,
    clock: &'static Clock,
    /// What the other tabs know of the list.
    told: StoredValue<Option<ListReading>>,
    /// When this tab last asked for all runs or was sent some, on the monotonic clock.
    asked_at: StoredValue<Option<i64>>,
    /// How many full reads this tab had begun when it last asked whoever reads.
    asked_after: StoredValue<Option<u32>>,
    arriving: StoredValue<Arriving>,
    own_channel: StoredValue<Option<Rc<TabChannel>>, LocalStorage>,
    /// The tab that has offered this one all runs.
    offered_by: StoredValue<Option<String>>,
    /// Until when messages may have been missed.
    missed_until: StoredValue<Option<Timestamp>>,
}

/// The runs that another tab is sending.
#[derive(Default)]
struct Arriving {
    parts: Parts,
    /// Whether a read of the list waits for them.
    was_offered: bool,
    seen: IdIndex,
    /// Those that this tab had read itself before: they are newer.
    own: IdIndex,
    rendered_at: i64,
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
            told: StoredValue::new(None),
            asked_at: StoredValue::new(None),
            asked_after: StoredValue::new(None),
            arriving: StoredValue::new(Arriving::default()),
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
        self.reader.on_offer(move || {
            let by = self.offered_by.try_update_value(Option::take).flatten().filter(|_| !self.knows_all());
            let is_taken_up = by.is_some();
            if let Some(by) = by {
                run_when_loaded(ask(self, by));
            }
            is_taken_up
        });
        Effect::new(move |_| {
            self.store.revision();
            self.reader.state().track();
            untrack(|| {
                if self.election.has_others() {
                    run_when_loaded(tell(self));
                } else {
                    // A new tab is sent all of it.
                    self.store.take_untold();
                }
            });
        });
    }

    /// Another tab sends a text.
    pub(crate) fn on_message(&'static self, text: String) {
        run_when_loaded(hear(self, text));
    }

    /// Forgets what was told: the person signed out or is another one.
    pub(crate) fn clear(&'static self) {
        self.told.set_value(None);
        self.asked_at.set_value(None);
        self.asked_after.set_value(None);
        self.arriving.set_value(Arriving::default());
    }

    fn hear(&'static self, text: &str) {
        let Some(message) = self.election.read_message(text) else { return };
        self.election.hear(&message);
        let Message { tab, said, .. } = message;
        match said {
            // Whoever says so reads, and knows more.
            Said::Signal(Sign::Reading | Sign::Alive { .. }) => {
                if self.knows_all() {
                    self.reader.end_streaming();
                } else if self.election.is_following() {
                    self.ask(None);
                }
            }
            Said::Signal(Sign::Hello) => self.offer(tab),
            Said::Signal(Sign::Leaving) => {}
            Said::Offer(to) => {
                if to == self.election.own_id() && !self.knows_all() {
                    self.offered_by.set_value(Some(tab));
                    self.reader.offer_runs();
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
        let reading = self.reader.reading();
        let UntoldChanges { changed, gone } = self.store.take_untold();
        let news = reading.filter(|reading| self.told.with_value(|told| told.as_ref() != Some(reading)));
        if news.is_some() {
            self.told.set_value(news.clone());
        }
        if !self.election.has_others() || (changed.is_empty() && gone.is_empty() && news.is_none()) {
            return;
        }
        let runs: Vec<Arc<Run>> = changed.iter().filter_map(|id| self.store.get(id)).collect();
        let mut parts = Shared::all(&runs, self.read_now(), false);
        if let Some(last) = parts.last_mut() {
            (last.gone, last.list) = (gone, news.map(Box::new));
        }
        for part in parts {
            self.election.tell(Said::Runs(Shared { clock_error: self.clock_error(), ..part }));
        }
    }

    fn read_now(&'static self) -> ReadTime {
        let now = Moment { here: machine_clocks().wall, api: self.clock.now() };
        ReadTime { sent: now, received: now }
    }

    fn clock_error(&'static self) -> Option<Span> {
        self.clock.offset().map(|(_, error)| error)
    }

    fn receive_changes(&'static self, shared: Shared) {
        self.learn_time(&shared);
        let Shared { runs, gone, list, read, .. } = shared;
        self.store.merge_shared(runs.into_iter().map(Arc::unwrap_or_clone).collect(), true);
        self.store.remove_shared(&gone);
        if self.knows_all() {
            if let Some(list) = list {
                self.told.set_value(Some((*list).clone()));
                self.reader.adopt(*list);
            }
        } else if self.election.is_following() {
            self.reader.show_arriving(self.store.len_untracked(), None, read.received.api);
            self.ask(None);
        }
        self.store.publish_changes();
    }

    fn learn_time(&'static self, shared: &Shared) {
        if let Some(error) = shared.clock_error {
            self.clock.observe_shared(shared.read.received.here, shared.read.received.api, error);
        }
    }

    /// Offers all runs to a tab that has just been opened, if nobody reads any more who knows them: the person looks at one tab after
    /// the other, and all of a long list is not to be read again for each.
    fn offer(&'static self, tab: String) {
        let oldest = self.clock.now().plus(Span::from_millis(-OLDEST_OFFER.millis()));
        if self.election.may_offer() && self.knows_all() && self.reader.is_long_and_read_since(oldest) {
            self.election.tell(Said::Offer(tab));
        }
    }

    /// Asks for all runs: this tab, which offered them, or else whoever reads.
    fn ask(&'static self, of: Option<String>) {
        let now = monotonic_millis();
        let is_recent = |at: i64| now - at < ASK_AGAIN_AFTER;
        if of.is_none() && self.asked_at.get_value().is_some_and(is_recent) {
            return;
        }
        self.asked_at.set_value(Some(now));
        self.asked_after.set_value(of.is_none().then(|| self.reader.full_reads()));
        if self.own_channel.with_value(Option::is_none) {
            let name = [CHANNEL, &self.election.own_id()].concat();
            let channel = TabChannel::open(&name, move |text| self.receive_part(&text));
            self.own_channel.set_value(Some(Rc::new(channel)));
        }
        self.election.tell(Said::AskForRuns(of));
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
                let runs = ids.iter().filter_map(|id| self.store.get(id)).collect();
                let is_last = number == count;
                let part = Shared {
                    runs,
                    gone: Vec::new(),
                    read: self.read_now(),
                    is_all: is_last && self.knows_all(),
                    part: (number, count),
                    total,
                    clock_error: self.clock_error(),
                    list: untrack(|| self.reader.reading()).filter(|_| is_last).map(Box::new),
                };
                let Some(text) = self.election.message_text(Said::Runs(part)) else { return };
                channel.send(&text);
                next_task().await;
            }
        });
    }

    fn receive_part(&'static self, text: &str) {
        let Some(message) = self.election.read_message(text) else { return };
        let Said::Runs(shared) = message.said else { return };
        if !self.accepts_part(shared.part.0) {
            // They are late: this tab reads by itself.
            self.arriving.set_value(Arriving::default());
            return;
        }
        if !self.begin_part(&message.tab, shared.part.0) {
            return;
        }
        self.learn_time(&shared);
        self.asked_at.set_value(Some(monotonic_millis()));
        self.reader.runs_received();
        let Shared { runs, is_all, part: (number, parts), total, list, read, .. } = shared;
        let runs = self.arriving.try_update_value(|arriving| {
            for run in &runs {
                arriving.seen.insert(run.id.shared(), arriving.seen.len());
            }
            let is_news = |run: &Arc<Run>| !arriving.own.contains(run.id.as_str());
            runs.into_iter().filter(is_news).map(Arc::unwrap_or_clone).collect()
        });
        self.store.merge_shared(runs.unwrap_or_default(), false);
        if number < parts {
            self.show_arriving(number, total, read);
            return;
        }
        let Arriving { seen, .. } = self.arriving.try_update_value(std::mem::take).unwrap_or_default();
        match list.filter(|list| is_all && list.complete_as_of.is_some()) {
            Some(list) => {
                self.told.set_value(Some((*list).clone()));
                if self.reader.adopt(*list) {
                    self.missed_until.set_value(None);
                    self.store.finish_full_read(&seen);
                } else {
                    self.store.publish_changes();
                }
            }
            None => {
                // The rest comes with the changes, as it is read.
                self.reader.show_arriving(self.store.len_untracked(), None, read.received.api);
                self.store.publish_changes();
            }
        }
    }

    /// Whether a part is still wanted: of runs that were offered, while a read of the list waits for them; of others, unless this tab
    /// has begun to read the list itself since it asked.
    fn accepts_part(&'static self, number: u32) -> bool {
        let is_expected = self.reader.expects_runs();
        let was_offered = self.arriving.try_update_value(|arriving| {
            arriving.was_offered = if number == 1 { is_expected } else { arriving.was_offered };
            arriving.was_offered
        });
        match was_offered {
            Some(true) => is_expected,
            _ => self.asked_after.get_value() == Some(self.reader.full_reads()),
        }
    }

    /// Takes in that a part has come. Returns whether its runs are taken in.
    fn begin_part(&'static self, from: &str, number: u32) -> bool {
        let now = machine_clocks().wall;
        let part = self.arriving.try_update_value(|arriving| arriving.parts.receive(from, number, now));
        if part == Some(Part::First) {
            let mut seen = IdIndex::default();
            if self.reader.is_reading_in_full() {
                // Nothing that this tab knows is gone because the other one does not know it.
                self.store.ids_where(&|_| true).iter().for_each(|id| {
                    seen.insert(id.shared(), seen.len());
                });
            } else {
                self.store.begin_full_read();
            }
            let own = self.reader.own_runs();
            self.arriving.try_update_value(|arriving| {
                (arriving.seen, arriving.own, arriving.rendered_at) = (seen, own, 0);
            });
        }
        part.is_some_and(|part| part != Part::Refused)
    }

    fn show_arriving(&'static self, number: u32, total: usize, read: ReadTime) {
        let (now, known) = (monotonic_millis(), self.store.len_untracked());
        let interval = RENDER_INTERVAL + i64::try_from(known / RUNS_PER_MILLI).unwrap_or(0);
        let is_due = self.arriving.try_update_value(|arriving| {
            let is_due = number == 1 || now - arriving.rendered_at >= interval;
            arriving.rendered_at = if is_due { now } else { arriving.rendered_at };
            is_due
        });
        if is_due == Some(true) {
            self.reader.show_arriving(known, Some(total.max(known) as u64), read.received.api);
            self.store.publish_changes();
        }
    }
}

lazy! {
    /// Reads and follows a message of another tab.
    fn hear(shared: &'static SharedRuns, text: String) -> () {
        shared.hear(&text);
    }
}

lazy! {
    /// Asks for the runs that another tab has offered.
    fn ask(shared: &'static SharedRuns, of: String) -> () {
        shared.ask(Some(of));
    }
}

lazy! {
    /// Tells the other tabs what this one has read.
    fn tell(shared: &'static SharedRuns) -> () {
        untrack(|| shared.tell());
    }
}
