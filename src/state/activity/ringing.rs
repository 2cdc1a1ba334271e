//! Bells that ring: what was noticed of runs that the person wants to be notified of.
//!
//! The transaction that writes an entry decides which tab tells of it. All tabs show it in the page; the operating system shows it
//! once, and only if none of the tabs is in sight.

use super::handle::ActivityHandle;
use crate::browser::page;
use crate::browser::storage;
use crate::browser::text::normalize;
use crate::state::poller::{Feed, WatchedRun};
use crate::state::settings::Updates;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::{Entry, Noticed, Record};
use runboard_core::phase::Phase;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::query::{FoldedTexts, IndexedRun, Query, QueryContext};
use runboard_core::run::{Run, RunId};
use runboard_core::run_state::RunState;
use runboard_core::time::Timestamp;
use std::rc::Rc;
use std::sync::Arc;

/// Asks the other tabs whether one of them is in sight.
const RINGING: &str = "ringing";
/// The answer of one that is.
const IN_SIGHT: &str = "in-sight";
/// So many milliseconds the others have to answer.
const PATIENCE: u32 = 1_000;

/// Shows what has rung outside the page.
type SystemAlert = Rc<dyn Fn(Vec<Arc<Entry>>)>;

/// What has rung and is not told yet.
#[derive(Clone, Copy)]
pub(super) struct Ringing {
    rung: StoredValue<Vec<Arc<Entry>>>,
    /// Whether another tab has said that it is in sight since that was last asked.
    seen_elsewhere: StoredValue<bool>,
    system_alert: StoredValue<Option<SystemAlert>, LocalStorage>,
    /// When the summary of each watched run was last read.
    summaries: StoredValue<Vec<(RunId, Timestamp)>>,
}

impl Ringing {
    pub(super) fn new() -> Self {
        Self {
            rung: StoredValue::new(Vec::new()),
            seen_elsewhere: StoredValue::new(false),
            system_alert: StoredValue::new_local(None),
            summaries: StoredValue::new(Vec::new()),
        }
    }

    pub(super) fn rang<'a>(self, entries: impl Iterator<Item = &'a Arc<Entry>>) {
        self.rung.update_value(|rung| {
            for entry in entries {
                // A transaction that failed is repeated.
                if !rung.iter().any(|known| known.key == entry.key) {
                    rung.push(Arc::clone(entry));
                }
            }
        });
    }
}

impl ActivityHandle {
    /// What the person is notified of and has not seen, the latest first; tracked.
    pub fn unseen(&'static self) -> Vec<Arc<Entry>> {
        self.with_record(Record::unseen)
    }

    /// Sets what shows, outside the page, that bells have rung while no tab of the console was in sight.
    pub fn on_system_alert(&'static self, show: impl Fn(Vec<Arc<Entry>>) + 'static) {
        self.ringing.system_alert.set_value(Some(Rc::new(show)));
    }

    /// Follows the bells, for as long as the current owner lives: while any is set, the runs are read, whichever page is shown, and
    /// while it is hidden, too.
    pub(super) fn watch_bells(&'static self) {
        let super::ActivitySources { api, clock, settings, poller, list, bells, .. } = self.sources;
        storage::on_local_change(move |key| bells.on_local_change(key));
        let is_listening =
            Memo::new(move |_| bells.with(|bells| !bells.is_empty()) && settings.updates() != Updates::Paused);
        Effect::new(move |_| {
            let is_listening = is_listening.get();
            clock.set_in_background(is_listening);
            if !is_listening {
                return;
            }
            list.follow_behind();
            poller.poll(Feed::WatchedSummaries, WatchedRun::default(), move || async move {
                let Some(run) = self.next_watched() else { return Ok(1) };
                match api.read_summary(&run.id).await {
                    Ok(summary) => self.take_in_summary(&run, &summary),
                    // A run that has no summary yet, or is gone, says nothing of the API.
                    Err(Problem { kind: ProblemKind::NotFound, .. }) => {}
                    Err(problem) => return Err(problem),
                }
                Ok(1)
            });
        });
    }

    pub(super) fn mark(&'static self, noticed: &mut [Noticed]) {
        self.sources.bells.with_untracked(|bells| bells.mark(noticed, &|q, run, at| self.lists(q, run, at)));
    }

    /// Removes the bells on runs that the API says do not exist.
    pub(super) fn drop_bells_of(&'static self, ids: &[RunId]) {
        let subjects = || ids.iter().cloned().map(runboard_core::activity::Subject::Run);
        let has_any = self.sources.bells.with_untracked(|bells| subjects().any(|subject| bells.has(&subject)));
        if has_any == Some(true) {
            self.sources.bells.change(|bells| {
                subjects().for_each(|subject| bells.remove(&subject));
                true
            });
        }
    }

    /// Removes the bells on runs that are over.
    pub(super) fn drop_done_bells(&'static self, now: Timestamp) {
        let super::ActivitySources { store, bells, .. } = self.sources;
        let any = bells.with_untracked(|bells| bells.clone().drop_done(|id| store.get(id), now));
        if any == Some(true) {
            bells.change(|bells| bells.drop_done(|id| store.get(id), now));
        }
    }

    /// Tells what has rung. Where a tab is in sight, its page says it.
    pub(super) fn ring(&'static self) {
        let rung = self.ringing.rung.try_update_value(std::mem::take).unwrap_or_default();
        let show = self.ringing.system_alert.try_get_value().flatten();
        let Some(show) = show.filter(|_| !rung.is_empty() && !page::is_visible()) else { return };
        self.ringing.seen_elsewhere.set_value(false);
        self.tell_tabs(RINGING);
        let person = self.person.get_value();
        spawn_local(async move {
            TimeoutFuture::new(PATIENCE).await;
            let is_seen = self.ringing.seen_elsewhere.try_get_value() != Some(false);
            if !is_seen && !page::is_visible() && self.is_still(&person) {
                show(rung);
            }
        });
    }

    /// Whether a message of another tab was about that.
    pub(super) fn hear_of_ringing(&'static self, what: &str) -> bool {
        match what {
            RINGING if page::is_visible() => self.tell_tabs(IN_SIGHT),
            RINGING => {}
            IN_SIGHT => self.ringing.seen_elsewhere.set_value(true),
            _ => return false,
        }
        true
    }

    /// The open run with a bell on it whose summary was read longest ago.
    fn next_watched(&'static self) -> Option<Arc<Run>> {
        let super::ActivitySources { clock, store, bells, .. } = self.sources;
        let now = clock.now();
        let is_open = |run: &&Arc<Run>| matches!(RunState::of(run, now), RunState::Open | RunState::Running);
        let watched = bells.with_untracked(|bells| {
            let is_on = |run: &&Arc<Run>| bells.is_on(run, now, &|q, run, at| self.lists(q, run, at));
            let all = |runs: &[Arc<Run>]| runs.iter().filter(is_open).filter(is_on).cloned().collect::<Vec<_>>();
            untrack(|| store.with_all(all))
        })?;
        self.ringing.summaries.try_update_value(|read| {
            read.retain(|(id, _)| watched.iter().any(|run| run.id == *id));
            let last = |run: &Run| read.iter().find(|(id, _)| *id == run.id).map(|(_, at)| *at);
            let next = watched.iter().min_by_key(|run| last(run)).cloned();
            if let Some(next) = &next {
                read.retain(|(id, _)| *id != next.id);
                read.push((next.id.clone(), now));
            }
            next
        })?
    }

    /// Whether a query lists a run as it was at an instant.
    fn lists(&'static self, q: &str, run: &Run, at: Timestamp) -> bool {
        let super::ActivitySources { settings, config, .. } = self.sources;
        let zone = settings.zone_untracked();
        let query =
            Query::parse(q, QueryContext { now: at, offset: &|at| zone.offset(at), normalize: &normalize }).query;
        let label = run.job_id.as_ref().and_then(|job| untrack(|| config.job_label(job)));
        let subject = IndexedRun { run, phase: Phase::of(run, at), job_label: label.as_deref() };
        let mut texts = FoldedTexts::default();
        texts.add(&mut std::iter::once(subject), &normalize);
        query.matches(subject, &texts)
    }
}
