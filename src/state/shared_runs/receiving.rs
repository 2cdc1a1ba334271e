//! Takes in all runs as another tab sends them, part by part.

use super::SharedRuns;
use crate::browser::page::{machine_clocks, monotonic_millis};
use crate::state::run_store::PartOf;
use leptos::prelude::*;
use runboard_core::activity::{DatedRun, Moment};
use runboard_core::collections::id_index::IdIndex;
use runboard_core::election::{Part, Parts, RunsMessage, Said};

/// The least time between two renderings of the runs that have arrived, in milliseconds; plus one for each [`RUNS_PER_MILLI`] runs.
const RENDER_INTERVAL: i64 = 100;
const RUNS_PER_MILLI: usize = 100;

/// The runs that another tab is sending.
#[derive(Default)]
pub(super) struct IncomingRuns {
    parts: Parts,
    /// Whether they were offered, so that a read of the list waits for them.
    was_offered: bool,
    /// What is not removed at the end: the runs that have arrived, and in a read of the list also those that were here before.
    received: IdIndex,
    /// Those that this tab had read itself before. They are newer, so what is sent of them is ignored.
    read_here: IdIndex,
    rendered_at: i64,
}

impl SharedRuns {
    pub(super) fn receive_part(&'static self, text: &str) {
        let Some(message) = self.election.read_message(text) else { return };
        let Said::Runs(shared) = message.said else { return };
        if !self.accept_part(&message.tab, shared.part.0) {
            return;
        }
        self.learn_time(&shared);
        self.asked_at.set_value(Some(monotonic_millis()));
        self.reader.runs_received();
        let RunsMessage { runs, is_all, part: (number, parts), total, list, posted_at, .. } = shared;
        let runs = self.incoming.try_update_value(|incoming| {
            for (run, _) in &runs {
                incoming.received.insert(run.id.shared(), incoming.received.len());
            }
            let is_news = |(run, _): &DatedRun| !incoming.read_here.contains(run.id.as_str());
            runs.into_iter().filter(is_news).collect()
        });
        self.store.merge_shared(runs.unwrap_or_default(), PartOf::FullRead);
        if number < parts {
            self.show_incoming(number, total, posted_at);
            return;
        }
        let IncomingRuns { received, .. } = self.incoming.try_update_value(std::mem::take).unwrap_or_default();
        match list {
            Some(list) if is_all && list.complete_as_of.is_some() && list.as_of.is_some() => {
                self.known_to_others.set_value(Some((*list).clone()));
                if self.reader.adopt(*list, Some(&received)) {
                    self.missed_until.set_value(None);
                } else {
                    self.store.publish_changes();
                }
            }
            list => {
                // The rest comes with the changes, as it is read.
                self.show_incomplete(list.as_deref(), posted_at);
                self.store.publish_changes();
            }
        }
    }

    /// Records that a part has arrived. Returns false if it is to be ignored: it is too late, or another tab's are being taken in.
    fn accept_part(&'static self, from: &str, number: u32) -> bool {
        let is_waiting = self.reader.is_waiting_for_runs();
        let was_offered = |incoming: &IncomingRuns| if number == 1 { is_waiting } else { incoming.was_offered };
        let was_offered = self.incoming.try_with_value(was_offered).unwrap_or_default();
        // Offered runs are taken in while a read of the list waits for them; others unless the list was read here since this tab asked.
        let has_not_read = || self.full_reads_when_asked.get_value() == Some(self.reader.full_reads_begun());
        let is_wanted = if was_offered { is_waiting } else { has_not_read() };
        if !is_wanted {
            self.incoming.set_value(IncomingRuns::default());
            return false;
        }
        let now = machine_clocks().wall;
        match self.incoming.try_update_value(|incoming| incoming.parts.receive(from, number, now)) {
            Some(Part::First) => self.begin_transfer(was_offered),
            Some(Part::Next) => {}
            Some(Part::Refused) | None => return false,
        }
        true
    }

    fn begin_transfer(&'static self, was_offered: bool) {
        let mut received = IdIndex::default();
        if self.reader.is_reading_in_full() {
            // A run that the other tab does not have may be new, so none is removed.
            for id in self.store.ids_where(&|_| true) {
                received.insert(id.shared(), received.len());
            }
        } else {
            self.store.begin_full_read();
        }
        let read_here = self.reader.runs_read_before_wait();
        self.incoming.try_update_value(|incoming| {
            (incoming.was_offered, incoming.received, incoming.read_here, incoming.rendered_at) =
                (was_offered, received, read_here, 0);
        });
    }

    fn show_incoming(&'static self, number: u32, total: usize, posted_at: Moment) {
        let (now, known) = (monotonic_millis(), self.store.len_untracked());
        let interval = RENDER_INTERVAL + i64::try_from(known / RUNS_PER_MILLI).unwrap_or(0);
        let is_due = self.incoming.try_update_value(|incoming| {
            let is_due = number == 1 || now - incoming.rendered_at >= interval;
            incoming.rendered_at = if is_due { now } else { incoming.rendered_at };
            is_due
        });
        if is_due == Some(true) {
            self.reader.show_arriving(known, Some(total.max(known) as u64), posted_at.api);
            self.store.publish_changes();
        }
    }
}
