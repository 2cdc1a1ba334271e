//! Creating and stopping. These belong to the application: leaving a page neither aborts nor repeats them.

mod bulk;
mod create;
mod neighbours;
mod reschedule;
mod stop;

use crate::api::Api;
use crate::browser::{history, storage, tabs::Line};
use crate::clock::Clock;
use crate::config::Settled;
use crate::live::Live;
use crate::portal::Portal;
use crate::route::Router;
use crate::session::Session;
use crate::store::Store;
use leptos::prelude::*;
use runboard_core::draft::Draft;
use runboard_core::draft::kept::Kept;
use runboard_core::policy::bulk::Bulk;
use runboard_core::policy::intent::{self, Fingerprint};
use runboard_core::policy::rescheduling::Rescheduling;
use runboard_core::policy::scheduling::{Event, Scheduling};
use runboard_core::policy::stopping::{self, Stopping};
use runboard_core::policy::tabs::Neighbours;
use runboard_core::run::{Run, RunId};
use runboard_core::time::Timestamp;
use std::rc::Rc;

/// What was asked for, and what came of it.
#[derive(Clone, Copy)]
pub struct Actions {
    api: Api,
    clock: Clock,
    config: Settled,
    session: Session,
    store: Store,
    router: Router,
    live: Live,
    portal: Portal,
    create: RwSignal<Scheduling>,
    fingerprint: RwSignal<Fingerprint>,
    stops: RwSignal<Vec<(RunId, Stopping)>>,
    /// When a run was last read to see whether its stop, asked for a while ago, has come through.
    stop_read_at: StoredValue<Option<Timestamp>>,
    reschedule: RwSignal<Option<(Rescheduling, String)>>,
    bulk: RwSignal<Bulk>,
    draft: RwSignal<Draft>,
    /// Of the form that is, or was last, open.
    desk: StoredValue<Desk>,
    /// What was typed into the forms of other addresses.
    shelf: StoredValue<Vec<Kept>>,
    /// Under which key this tab keeps what it asked for: one for each API and application.
    home: StoredValue<String>,
    neighbours: RwSignal<Neighbours>,
    /// Random; names this tab.
    tab: StoredValue<String>,
    line: StoredValue<Option<Rc<Line>>, LocalStorage>,
}

impl Actions {
    /// Nothing asked yet.
    #[expect(clippy::too_many_arguments, reason = "the parts of the application, once")]
    pub fn new(
        api: Api,
        clock: Clock,
        config: Settled,
        session: Session,
        store: Store,
        router: Router,
        live: Live,
        portal: Portal,
    ) -> Self {
        Self {
            api,
            clock,
            config,
            session,
            store,
            router,
            live,
            portal,
            create: RwSignal::new(Scheduling::default()),
            fingerprint: RwSignal::new(create::fingerprint()),
            stops: RwSignal::new(Vec::new()),
            stop_read_at: StoredValue::new(None),
            reschedule: RwSignal::new(None),
            bulk: RwSignal::new(Bulk::default()),
            draft: RwSignal::new(Draft::default()),
            desk: StoredValue::new(Desk::default()),
            shelf: StoredValue::new(Vec::new()),
            home: StoredValue::new(String::new()),
            neighbours: RwSignal::new(Neighbours::default()),
            tab: StoredValue::new(create::key()),
            line: StoredValue::new_local(None),
        }
    }

    /// Somebody is signed in: takes up what this tab asked for before a reload, with the same API and application. What is
    /// not known is read, never sent again.
    pub fn arrive(self) {
        let application = self.session.claims_untracked().and_then(|claims| claims.application_id);
        let home = intent::storage_key(&self.config.get().api_base, application.as_deref());
        if self.home.get_value() == home {
            // The same person with a new token: what waited for it goes on.
            self.resume();
            return;
        }
        let kept = storage::session_get(&home);
        let draft = storage::session_get(&draft_key(&home));
        let pending =
            [stops_key(&home), pair_key(&home), bulk_key(&home)].iter().any(|key| storage::session_get(key).is_some());
        self.home.set_value(home);
        if pending || kept.is_some() || draft.is_some() {
            self.take_up(kept, draft);
        }
    }

    /// What this tab kept before a reload: what it asked for, and what was typed.
    fn take_up(self, kept: Option<String>, draft: Option<String>) {
        // It follows what the single stops find.
        self.recall_bulk();
        self.recall_stops();
        // It follows what the create and the stop find.
        self.recall_rescheduling();
        if let Some(kept) = kept {
            self.create.set(Scheduling::recover(&kept, self.clock.now()));
            self.on_create(Event::Tick);
        }
        if let Some(Kept { draft, at, zone }) = draft.and_then(|text| Kept::read(&text)) {
            self.desk.set_value(Desk { at, zone, filled: Draft::default(), reloaded: true });
            self.draft.set(draft);
        }
    }

    /// What is typed into the form: it outlives the page, so that leaving by mistake loses nothing.
    pub fn draft(self) -> RwSignal<Draft> {
        self.draft
    }

    /// Keeps what is typed, so that a reload loses nothing.
    pub fn keep_draft(self, draft: Draft) {
        let home = self.home.get_value();
        if home.is_empty() {
            return;
        }
        let (at, zone) = self.desk.with_value(|desk| (desk.at.clone(), desk.zone.clone()));
        keep(&draft_key(&home), Kept { draft, at, zone }.to_text());
    }

    /// Whether a reload has brought back what was typed at this address. True once.
    pub fn draft_is_back(self) -> bool {
        let back =
            self.desk.try_update_value(|desk| std::mem::take(&mut desk.reloaded) && desk.at == history::search());
        back.unwrap_or(false)
    }

    /// The form of the present address is opened: each address has a draft of its own. Says whether it was typed into before:
    /// then the address has nothing more to fill in.
    pub fn open_draft(self) -> bool {
        let at = history::search();
        let draft = self.draft.get_untracked();
        let Desk { at: before, zone, filled, .. } = self.desk.get_value();
        let typed = draft != Draft::default() && draft != filled;
        if at == before {
            return typed;
        }
        let found = self.shelf.try_update_value(|shelf| {
            shelf.retain(|kept| kept.at != before);
            if typed {
                shelf.push(Kept { draft, at: before, zone });
            }
            let found = shelf.iter().position(|kept| kept.at == at).map(|place| shelf.remove(place));
            let excess = shelf.len().saturating_sub(MOST_DRAFTS);
            shelf.drain(..excess);
            found
        });
        let found = found.flatten();
        let zone = found.as_ref().map(|kept| kept.zone.clone()).unwrap_or_default();
        self.desk.set_value(Desk { at, zone, ..Desk::default() });
        let back = found.is_some();
        self.draft.set(found.map(|kept| kept.draft).unwrap_or_default());
        back
    }

    /// Fills the form in: that is not yet something that was typed.
    pub fn fill_draft(self, draft: Draft) {
        self.desk.try_update_value(|desk| desk.filled = draft.clone());
        self.draft.try_set(draft);
    }

    /// The zone that the draft's times are in; `None` where nothing was typed yet.
    pub fn draft_zone(self) -> Option<String> {
        self.desk.try_with_value(|desk| desk.zone.clone()).filter(|zone| !zone.is_empty())
    }

    /// From now on its times are in this zone.
    pub fn set_draft_zone(self, zone: &str) {
        self.desk.try_update_value(|desk| desk.zone = zone.to_owned());
        if let Some(draft) = self.draft.try_get_untracked() {
            self.keep_draft(draft);
        }
    }

    /// Time went on.
    pub fn tick(self) {
        self.tick_create();
        self.go_on_with_stops(&stopping::Event::Tick);
        self.tick_bulk();
    }

    /// The page is seen again, or the network is back.
    pub fn resume(self) {
        if self.create.try_with_untracked(|create| !create.is_idle()).unwrap_or(false) {
            self.on_create(Event::Resumed);
        }
        self.go_on_with_stops(&stopping::Event::Resumed);
    }

    /// Runs were read, whatever for.
    pub fn listed(self, runs: &[Run]) {
        self.listed_for_create(runs);
    }

    /// Forgets all outcomes and the draft: the person signed out or is another one.
    pub fn forget(self) {
        let home = self.home.try_update_value(std::mem::take).unwrap_or_default();
        for key in [stops_key(&home), pair_key(&home), bulk_key(&home), draft_key(&home), home] {
            storage::session_remove(&key);
        }
        self.create.set(Scheduling::default());
        self.stops.update(Vec::clear);
        self.reschedule.set(None);
        self.bulk.set(Bulk::default());
        self.desk.set_value(Desk::default());
        self.shelf.set_value(Vec::new());
        self.draft.set(Draft::default());
    }
}

/// What the draft belongs to.
#[derive(Clone, Default)]
struct Desk {
    /// The query of the form's address.
    at: String,
    /// The zone that its times are in.
    zone: String,
    /// What the address filled in.
    filled: Draft,
    /// It comes from before a reload.
    reloaded: bool,
}

/// So many drafts of other addresses are kept.
const MOST_DRAFTS: usize = 20;

fn draft_key(home: &str) -> String {
    [home, "#draft"].concat()
}

fn stops_key(home: &str) -> String {
    [home, "#stops"].concat()
}

fn bulk_key(home: &str) -> String {
    [home, "#bulk"].concat()
}

fn pair_key(home: &str) -> String {
    [home, "#pair"].concat()
}

/// Keeps a text for this tab, or takes it away.
fn keep(key: &str, text: Option<String>) {
    match text {
        Some(text) => {
            storage::session_set(key, &text);
        }
        None => storage::session_remove(key),
    }
}

/// The stop of a run. There are few: one for each run that was stopped since the page was loaded.
fn find<'a>(stops: &'a [(RunId, Stopping)], id: &RunId) -> Option<&'a Stopping> {
    stops.iter().find(|(of, _)| of == id).map(|(_, stop)| stop)
}
