//! The list of runs, kept up to date while a page needs it: read here, or told by the tab that reads for all.

use crate::api::Api;
use crate::leak::leak;
use crate::state::clock::Clock;
use crate::state::list_reader::{ListReader, ReaderSources};
use crate::state::list_state::ListState;
use crate::state::poller::{Asker, Feed, PolledFeed, Poller, WatchedRun};
use crate::state::run_store::RunStore;
use crate::state::session::Session;
use crate::state::settings::Settings;
use crate::state::shared_runs::SharedRuns;
use crate::state::tab_election::TabElection;
use leptos::prelude::*;
use runboard_core::time::Span;

/// Keeps the list of runs up to date.
pub(crate) struct ListFeed {
    reader: ListReader,
    poller: &'static Poller,
    election: &'static TabElection,
    shared: &'static SharedRuns,
}

/// The list, for as long as a page needs it.
#[derive(Clone, Copy)]
pub(crate) struct FollowedList {
    reader: ListReader,
    polled: PolledFeed,
}

impl ListFeed {
    pub(crate) fn new(
        api: &'static Api,
        clock: &'static Clock,
        settings: &'static Settings,
        store: &'static RunStore,
        poller: &'static Poller,
    ) -> &'static Self {
        let reader = ListReader::new(ReaderSources { api, clock, store, poller });
        let election = TabElection::new(clock, settings, poller);
        let shared = SharedRuns::new(election, reader, store, clock);
        leak(Self { reader, poller, election, shared })
    }

    /// Shares the list with the other tabs, for as long as the application lives. Without this, it is read here.
    pub(crate) fn run(&'static self, session: &'static Session) {
        self.election.run(session, move |text| self.shared.on_message(text));
        self.shared.run();
    }

    /// Somebody signed in. `scope` names the API, the application and the person; without one, nothing is shared.
    pub(crate) fn sign_in(&'static self, scope: Option<&str>) {
        self.election.sign_in(scope);
    }

    /// Forgets everything: the person signed out or is another one.
    pub(crate) fn clear(&'static self) {
        self.election.leave();
        self.shared.clear();
        self.reader.clear();
    }

    /// Whether this tab reads the list for all.
    pub(crate) fn is_reader(&'static self) -> bool {
        self.election.reads()
    }

    /// Whether the last read got nothing, here or in the tab that reads for all; `None` if nothing asks for the list. Tracked.
    pub(crate) fn is_failing(&'static self) -> Option<bool> {
        self.poller.is_failing(Feed::List)?;
        Some(self.reader.state().with(|state| state.problem.is_some() && state.missing.is_empty()))
    }

    /// Keeps the list up to date for as long as the current owner (a page) lives.
    pub(crate) fn follow(&'static self) -> FollowedList {
        let Self { reader, poller, .. } = *self;
        reader.open();
        let is_followed = poller.is_polled(Feed::List);
        let followed = self.follow_as(Asker::Page);
        poller.before_refresh_all(move || reader.request_full_read());
        if is_followed {
            // The page is to show what there is now, as it would without bells.
            poller.list_is_due();
        }
        followed
    }

    /// Keeps the list up to date for as long as the current owner lives, whichever page is shown: something is to be noticed.
    pub(crate) fn follow_for_bells(&'static self) {
        self.follow_as(Asker::Bells);
    }

    fn follow_as(&'static self, asker: Asker) -> FollowedList {
        let Self { reader, poller, election, .. } = *self;
        let polled = poller.poll_as(asker, Feed::List, WatchedRun::default(), move || reader.read());
        let has_pages = Memo::new(move |_| reader.pages() > 1);
        Effect::new(move |_| {
            if has_pages.get() {
                poller.poll_as(asker, Feed::Newest, WatchedRun::default(), move || reader.read_new_runs());
            }
        });
        election.want_list();
        FollowedList { reader, polled }
    }
}

impl FollowedList {
    /// Whether the list is so long that only parts of it are read at each interval; tracked.
    pub(crate) fn is_read_in_parts(self) -> bool {
        self.reader.is_read_in_parts()
    }

    /// Reads all of it now, here: the page needs it.
    pub(crate) fn read_in_full(self) {
        self.reader.require_full_read();
        self.polled.refresh();
    }

    /// Until another page is opened, the list is not taken from a tab that has read it some time ago.
    pub(crate) fn decline_offers(self) {
        self.reader.decline_offers();
    }

    /// How complete and how recent it is.
    pub(crate) fn state(self) -> RwSignal<ListState> {
        self.reader.state()
    }

    /// Reads all of it now, here: the person asked for it.
    pub(crate) fn refresh(self) {
        self.reader.request_full_read();
        self.polled.refresh();
    }

    /// Gives up the read that the person asked for.
    pub(crate) fn cancel_refresh(self) {
        self.polled.cancel();
        self.reader.abandon_refresh();
    }

    /// Reads no further pages. What was read stays.
    pub(crate) fn stop_loading(self) {
        self.reader.cancel();
    }

    /// How long until the next read, if one is planned here; tracked, changes with the clock's tick.
    pub(crate) fn next_in(self) -> Option<Span> {
        self.polled.next_in()
    }
}
