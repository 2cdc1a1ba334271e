//! Bells that ring: what was noticed of runs that the person wants to be notified of.
//!
//! The transaction that writes an entry decides which tab tells of it. All tabs show it in the page; the operating system shows it
//! once, and only if none of the tabs is in sight. Where nothing is stored, two hidden tabs may both have it shown.

use super::handle::ActivityHandle;
use super::storage::Kept;
use crate::browser::locks::{self, HeldLock};
use crate::browser::text::normalize;
use crate::browser::{next_task, page, storage};
use crate::state::poller::{Asker, Feed, WatchedRun};
use crate::state::settings::Updates;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::{Entry, NextSummary, Noticed, Record};
use runboard_core::phase::Phase;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::query::{FoldedTexts, IndexedRun, Query, QueryContext};
use runboard_core::run::Run;
use runboard_core::run_state::RunState;
use runboard_core::time::Timestamp;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Begins the name of the lock that a tab in sight holds or waits for; the person follows.
const IN_SIGHT: &str = "runboard.in-sight ";
/// Milliseconds for which runs are searched before the browser may draw.
const SLICE: i64 = 6;
/// So many runs are looked at between two looks at the clock.
const PART: usize = 100;

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
        let super::ActivitySources { api, clock, settings, store, poller, list, bells, .. } = self.sources;
        storage::on_local_change(move |key| bells.on_local_change(key));
        // What is read before the record is loaded could not be compared with anything.
        let is_listening = Memo::new(move |_| {
            let is_loaded = self.kept() != Kept::Loading;
            is_loaded && bells.with(|bells| !bells.is_empty()) && settings.updates() != Updates::Paused
        });
        Effect::new(move |_| {
            let lock = (is_listening.get() && clock.visible()).then(|| self.sight_lock()).flatten();
            let lock = lock.and_then(|name| HeldLock::request(&name, false, |_| ()));
            self.ringing.in_sight.set_value(lock);
        });
        Effect::new(move |_| {
            let is_listening = is_listening.get();
            clock.set_in_background(is_listening);
            if is_listening {
                list.follow_for_bells();
            }
        });
        let knows_runs = Memo::new(move |_| store.revision() > 0);
        Effect::new(move |_| {
            if !is_listening.get() || !knows_runs.get() {
                return;
            }
            poller.poll_as(Asker::Bells, Feed::WatchedSummaries, WatchedRun::default(), move || async move {
                let Some(run) = self.next_watched().await else { return Ok(1) };
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
        let search = ViewSearch::new(self);
        let is_listed = |q: &str, run: &Run, at: Timestamp| search.lists(q, run, at);
        self.sources.bells.with_untracked(|bells| bells.mark(noticed, &is_listed));
    }

    /// Removes the bells on runs to which nothing happens any more. All runs were read, at `at`.
    pub(super) fn drop_done_bells(&'static self, at: Timestamp) {
        let super::ActivitySources { store, bells, .. } = self.sources;
        let any = bells.with_untracked(|bells| bells.clone().drop_done(|id| store.get_untracked(id), at));
        if any == Some(true) {
            bells.change(|bells| bells.drop_done(|id| store.get_untracked(id), at));
        }
    }

    /// Tells what has rung. Where a tab is in sight, its page says it.
    pub(super) fn ring(&'static self) {
        let rung = self.ringing.rung.try_update_value(std::mem::take).unwrap_or_default();
        let show = self.ringing.system_alert.try_get_value().flatten();
        let Some(show) = show.filter(|_| !rung.is_empty() && !page::is_visible()) else { return };
        let (person, lock) = (self.person.get_value(), self.sight_lock());
        spawn_local(async move {
            let is_seen = match lock {
                Some(lock) => locks::is_held(&lock).await,
                None => false,
            };
            if !is_seen && !page::is_visible() && self.is_still(&person) {
                show(rung);
            }
        });
    }

    fn sight_lock(&'static self) -> Option<String> {
        let scope = self.person.try_get_value().flatten()?.scope?;
        Some([IN_SIGHT, &scope].concat())
    }

    /// The open run with a bell on it whose summary was read longest ago, if it is due. The browser may draw in between.
    async fn next_watched(&'static self) -> Option<Arc<Run>> {
        let super::ActivitySources { clock, store, bells, .. } = self.sources;
        let now = clock.now();
        let search = ViewSearch::new(self);
        let is_listed = |q: &str, run: &Run, at: Timestamp| search.lists(q, run, at);
        let is_open = |run: &&Arc<Run>| matches!(RunState::of(run, now), RunState::Open | RunState::Running);
        let runs = untrack(|| store.with_all(<[Arc<Run>]>::to_vec));
        let mut next = NextSummary::default();
        let mut until = page::monotonic_millis() + SLICE;
        for part in runs.chunks(PART) {
            let is_found = bells.with_untracked(|bells| {
                let watched = part.iter().filter(is_open).filter(|run| bells.is_on(run, now, &is_listed));
                self.ringing.summaries.try_with_value(|turns| turns.look_at(&mut next, watched))
            });
            if is_found?? {
                break;
            }
            if page::monotonic_millis() >= until {
                next_task().await;
                until = page::monotonic_millis() + SLICE;
            }
        }
        self.ringing.summaries.try_update_value(|turns| turns.take_turn(next, now))?
    }
}

/// Finds out which runs are in views, by the zone and the labels of now. Each query is read once.
struct ViewSearch {
    handle: &'static ActivityHandle,
    now: Timestamp,
    queries: RefCell<HashMap<String, Rc<Query>>>,
    texts: RefCell<FoldedTexts>,
}

impl ViewSearch {
    fn new(handle: &'static ActivityHandle) -> Self {
        let (queries, texts) = (RefCell::default(), RefCell::default());
        Self { handle, now: handle.sources.clock.now(), queries, texts }
    }

    /// Whether a query lists a run as it was at an instant.
    fn lists(&self, q: &str, run: &Run, at: Timestamp) -> bool {
        let query = self.query(q);
        let config = self.handle.sources.config;
        let label = run.job_id.as_ref().and_then(|job| untrack(|| config.job_label(job)));
        let subject = IndexedRun { run, phase: Phase::of(run, at), job_label: label.as_deref() };
        let mut texts = self.texts.borrow_mut();
        texts.add(&mut std::iter::once(subject), &normalize);
        query.matches(subject, &texts)
    }

    fn query(&self, q: &str) -> Rc<Query> {
        let mut queries = self.queries.borrow_mut();
        if let Some(query) = queries.get(q) {
            return Rc::clone(query);
        }
        let zone = self.handle.sources.settings.zone_untracked();
        let context = QueryContext { now: self.now, offset: &|at| zone.offset(at), normalize: &normalize };
        let query = Rc::new(Query::parse(q, context).query);
        queries.insert(q.to_owned(), Rc::clone(&query));
        query
    }
}
