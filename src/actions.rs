//! Creating and stopping. These belong to the application: leaving a page neither aborts nor repeats them.

mod create;
mod stop;

use crate::api::Api;
use crate::clock::Clock;
use crate::lasting::lasting;
use crate::reactive::RwSignal;
use crate::route::Router;
use crate::store::Store;
use runboard_core::draft::Draft;
use runboard_core::policy::create::Create;
use runboard_core::policy::stop::Stop;
use runboard_core::run::RunId;

/// What was asked for, and what came of it.
pub struct Actions(&'static Parts);

/// What it is made of.
pub struct Parts {
    api: Api,
    clock: Clock,
    store: Store,
    router: Router,
    create: RwSignal<Create>,
    stops: RwSignal<Vec<(RunId, Stop)>>,
    draft: RwSignal<Draft>,
}

lasting!(Actions, Parts);

impl Actions {
    /// Nothing asked yet.
    pub fn new(api: Api, clock: Clock, store: Store, router: Router) -> Self {
        let (create, stops) = (RwSignal::new(Create::Idle), RwSignal::new(Vec::new()));
        Self::keep(Parts { api, clock, store, router, create, stops, draft: RwSignal::new(Draft::default()) })
    }

    /// Where the create stands; tracked.
    pub fn creating(self) -> Create {
        self.create.get()
    }

    /// Where the create stands; not tracked.
    pub fn creating_untracked(self) -> Create {
        self.create.get_untracked()
    }

    /// Where the stop of a run stands; tracked.
    pub fn stopping(self, id: &RunId) -> Stop {
        self.stops.with(|stops| find(stops, id).cloned().unwrap_or_default())
    }

    /// What is typed into the form: it outlives the page, so that leaving by mistake loses nothing.
    pub fn draft(self) -> RwSignal<Draft> {
        self.draft
    }

    /// Forgets all outcomes and the draft: the person signed out.
    pub fn forget(self) {
        self.create.set(Create::Idle);
        self.stops.update(Vec::clear);
        self.draft.set(Draft::default());
    }
}

/// The stop of a run. There are few: one for each run that was stopped since the page was loaded.
fn find<'a>(stops: &'a [(RunId, Stop)], id: &RunId) -> Option<&'a Stop> {
    stops.iter().find(|(of, _)| of == id).map(|(_, stop)| stop)
}
