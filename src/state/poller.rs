//! Drives the poll policy. There is one for the whole console, so that all polling together stays within one request budget. A read
//! belongs to the page that asked for it and is aborted when the page is left.

use crate::browser::page;
use crate::browser::random;
use crate::leak::leak;
use crate::state::clock::Clock;
use crate::state::session::Session;
use crate::state::settings::{Settings, Updates};
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::policy::poll::{Event, Outcome, PollSchedule};
pub(crate) use runboard_core::policy::poll::{Feed, WatchedRun};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Span;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Everything that is polled.
pub struct Poller {
    schedule: RwSignal<PollSchedule>,
    clock: &'static Clock,
    settings: &'static Settings,
    readers: StoredValue<Vec<FeedReader>, LocalStorage>,
    list_listener: StoredValue<Option<ListListener>, LocalStorage>,
    /// Called before the person's wish to refresh everything is carried out.
    refresh_listeners: StoredValue<Vec<Listener>, LocalStorage>,
}

/// Who asks for a feed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Asker {
    /// The page that is shown.
    Page,
    /// Bells, whichever page is shown.
    Bells,
}

/// A feed, and how it is read.
struct FeedReader {
    id: u32,
    asker: Asker,
    feed: Feed,
    read: Read,
    in_flight: Option<AbortHandle>,
}

/// What becomes of the reads of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ListRead {
    /// One has begun.
    Begun,
    /// One has ended, and the next is not to begin before this long.
    Ended(Option<Span>),
}

/// Called with each of them.
type ListListener = Rc<dyn Fn(ListRead)>;

/// A listener and its id, by which it is removed.
type Listener = (u32, Rc<dyn Fn()>);

/// Reads a feed once; returns how many requests that took.
type Read = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<u32, Problem>>>>>;

/// A feed that is polled for as long as its page is shown.
#[derive(Clone, Copy)]
pub(crate) struct PolledFeed {
    poller: &'static Poller,
    feed: Feed,
}

impl Poller {
    pub(crate) fn new(clock: &'static Clock, settings: &'static Settings) -> &'static Self {
        let schedule = PollSchedule::new(interval(settings), page::is_visible(), page::is_online());
        leak(Self {
            schedule: RwSignal::new(schedule),
            clock,
            settings,
            readers: StoredValue::new_local(Vec::new()),
            list_listener: StoredValue::new_local(None),
            refresh_listeners: StoredValue::new_local(Vec::new()),
        })
    }

    /// Follows the clock, the page's visibility, the network, the session and the settings, for as long as the application lives.
    pub(crate) fn run(&'static self, session: &'static Session) {
        let Self { clock, settings, .. } = *self;
        Effect::new(move |_| {
            clock.tick();
            untrack(|| self.dispatch(Event::Tick));
        });
        Effect::new(move |_| {
            let (visible, in_background, online) = (clock.visible(), clock.in_background(), clock.online());
            untrack(|| {
                self.dispatch(Event::Online(online));
                self.dispatch(Event::InBackground(in_background));
                self.dispatch(Event::Visible(visible));
            });
        });
        // A page that comes out of the back-forward cache was never reported as hidden.
        Effect::watch(
            move || clock.resumed(),
            move |_, _, _| {
                self.dispatch(Event::Visible(false));
                self.dispatch(Event::Visible(true));
            },
            false,
        );
        Effect::watch(move || session.token_number(), move |_, _, _| self.dispatch(Event::SignedIn), false);
        Effect::new(move |_| {
            let updates = settings.updates();
            untrack(|| {
                self.dispatch(Event::Paused(updates == Updates::Paused));
                self.dispatch(Event::IntervalChosen(interval(settings)));
            });
        });
    }

    /// Polls a feed of the page with `read`, for as long as the current owner (the page) lives.
    pub(crate) fn poll<F>(&'static self, feed: Feed, watch: WatchedRun, read: impl Fn() -> F + 'static) -> PolledFeed
    where
        F: Future<Output = Result<u32, Problem>> + 'static,
    {
        self.poll_as(Asker::Page, feed, watch, read)
    }

    /// Polls a feed with `read`, for as long as the current owner lives.
    pub(crate) fn poll_as<F>(
        &'static self,
        asker: Asker,
        feed: Feed,
        watch: WatchedRun,
        read: impl Fn() -> F + 'static,
    ) -> PolledFeed
    where
        F: Future<Output = Result<u32, Problem>> + 'static,
    {
        let read: Read = Rc::new(move || Box::pin(read()));
        let id = self.readers.try_update_value(|readers| {
            let id = readers.iter().map(|reader| reader.id).max().map_or(0, |last| last.wrapping_add(1));
            readers.push(FeedReader { id, asker, feed, read, in_flight: None });
            id
        });
        on_cleanup(move || id.into_iter().for_each(|id| self.remove_reader(id, feed)));
        self.dispatch(Event::Watch(feed, watch));
        PolledFeed { poller: self, feed }
    }

    /// Calls `listener` before each [`Poller::refresh_all`], for as long as the current owner (a page) lives.
    pub(crate) fn before_refresh_all(&'static self, listener: impl Fn() + 'static) {
        let id = self.refresh_listeners.try_update_value(|listeners| {
            let id = listeners.last().map_or(0, |(last, _)| last.wrapping_add(1));
            listeners.push((id, Rc::new(listener)));
            id
        });
        on_cleanup(move || {
            self.refresh_listeners.try_update_value(|listeners| listeners.retain(|(other, _)| Some(*other) != id));
        });
    }

    /// Reads everything on the current page now.
    pub(crate) fn refresh_all(&'static self) {
        for (_, listener) in self.refresh_listeners.get_value() {
            listener();
        }
        let of_page = |feed: &Feed| {
            let has_page = |readers: &Vec<FeedReader>| {
                readers.iter().any(|reader| reader.feed == *feed && reader.asker == Asker::Page)
            };
            self.readers.try_with_value(has_page) == Some(true)
        };
        for feed in Feed::ALL.into_iter().filter(of_page) {
            self.dispatch(Event::RefreshRequested(Some(feed)));
        }
    }

    /// Whether something asks for a feed.
    pub(crate) fn is_polled(&'static self, feed: Feed) -> bool {
        self.readers.with_value(|readers| readers.iter().any(|reader| reader.feed == feed))
    }

    /// Whether the last read of a feed failed; `None` if nothing asks for it. Tracked.
    pub(crate) fn is_failing(&'static self, feed: Feed) -> Option<bool> {
        self.schedule.with(|schedule| schedule.is_watched(feed).then(|| schedule.failures(feed) > 0))
    }

    /// Polls more often for a while: the person has created or stopped a run.
    pub(crate) fn runs_changed(&'static self) {
        self.dispatch(Event::RunsChanged);
    }

    /// Reports that a part of a longer read has arrived, and how long the read waits before its next request. Without this the
    /// connection would be taken for dead.
    pub(crate) fn part_received(&'static self, feed: Feed, wait: Span) {
        self.dispatch(Event::PartReceived(feed, wait));
    }

    /// Sets the listener for reads of the list.
    pub(crate) fn on_list_read(&'static self, listener: impl Fn(ListRead) + 'static) {
        self.list_listener.set_value(Some(Rc::new(listener)));
    }

    /// Whether another tab reads the list, or is about to.
    pub(crate) fn set_list_read_elsewhere(&'static self, elsewhere: bool) {
        self.dispatch(Event::ListReadElsewhere(elsewhere));
    }

    /// It is this tab's turn to read the list.
    pub(crate) fn list_is_due(&'static self) {
        self.dispatch(Event::ListDue);
    }

    /// Another tab began to read the list, so long ago.
    pub(crate) fn other_tab_reads(&'static self, ago: Span) {
        self.dispatch(Event::OtherTabReads(ago));
    }

    /// Another tab says that the API asks for no requests for so long.
    pub(crate) fn other_tab_holds(&'static self, wait: Span) {
        self.dispatch(Event::OtherTabHolds(wait));
    }

    fn tell_list_read(&'static self, feed: Feed, read: impl FnOnce() -> ListRead) {
        let listener = self.list_listener.try_get_value().flatten();
        if let Some(listener) = listener.filter(|_| matches!(feed, Feed::Newest | Feed::List)) {
            listener(read());
        }
    }

    /// Whether the person has paused polling; tracked.
    pub(crate) fn is_paused(&'static self) -> bool {
        self.settings.updates() == Updates::Paused
    }

    fn dispatch(&'static self, event: Event) {
        let Some(before) = self.schedule.try_get_untracked() else { return };
        let (after, feeds) = before.clone().step(event, self.clock.now(), random::fraction());
        if after != before {
            self.schedule.try_set(after);
        }
        for feed in feeds {
            self.start_read(feed);
        }
    }

    fn start_read(&'static self, feed: Feed) {
        let (handle, registration) = AbortHandle::new_pair();
        let read = self.readers.try_update_value(|readers| {
            // The policy has given the previous read up: after the machine slept its connection may be dead.
            abort_all(readers, feed);
            let reader = readers.iter_mut().rfind(|reader| reader.feed == feed)?;
            reader.in_flight = Some(handle);
            Some((Rc::clone(&reader.read), reader.id))
        });
        let Some((read, id)) = read.flatten() else { return };
        self.tell_list_read(feed, || ListRead::Begun);
        let read = Abortable::new(
            async move {
                let (outcome, requests) = match read().await {
                    Ok(requests) => (Outcome::Read, requests),
                    Err(problem) => (failure(&problem), 1),
                };
                self.readers.try_update_value(|readers| {
                    readers.iter_mut().filter(|reader| reader.id == id).for_each(|reader| reader.in_flight = None);
                });
                self.dispatch(Event::Answered(feed, outcome, requests));
                self.tell_list_read(feed, || {
                    let now = self.clock.now();
                    let due_in = |schedule: &PollSchedule| schedule.list_due_in(now);
                    ListRead::Ended(self.schedule.try_with_untracked(due_in).flatten())
                });
            },
            registration,
        );
        spawn_local(async move {
            let _ = read.await;
        });
    }

    /// Removes a reader and aborts its read. A feed that something else reads, too, such as the next page, goes on.
    fn remove_reader(&'static self, id: u32, feed: Feed) {
        let removed = self.readers.try_update_value(|readers| {
            let index = readers.iter().position(|reader| reader.id == id)?;
            let reader = readers.remove(index);
            Some((reader, readers.iter().any(|other| other.feed == feed)))
        });
        let Some((reader, is_read_on)) = removed.flatten() else { return };
        let in_flight = reader.in_flight.inspect(AbortHandle::abort).is_some();
        if !is_read_on {
            self.dispatch(Event::Unwatch(feed));
        } else if in_flight {
            self.dispatch(Event::Interrupted(feed));
        }
    }
}

impl PolledFeed {
    /// Reads it now.
    pub(crate) fn refresh(self) {
        self.poller.dispatch(Event::RefreshRequested(Some(self.feed)));
    }

    /// Gives up the read that the person asked for, whether or not it has started.
    pub(crate) fn cancel(self) {
        self.poller.readers.try_update_value(|readers| abort_all(readers, self.feed));
        self.poller.dispatch(Event::Cancelled(self.feed));
    }

    /// Updates what is known of the run that the feed shows.
    pub(crate) fn update_watched_run(self, run: WatchedRun) {
        self.poller.dispatch(Event::Watch(self.feed, run));
    }

    /// How long until the next read, if one is planned; tracked, changes with the clock's tick.
    pub(crate) fn next_in(self) -> Option<Span> {
        let now = self.poller.clock.tick();
        self.poller.schedule.with(|schedule| schedule.next_in(self.feed, now))
    }
}

fn abort_all(readers: &mut [FeedReader], feed: Feed) {
    for reader in readers.iter_mut().filter(|reader| reader.feed == feed) {
        reader.in_flight.take().as_ref().map(AbortHandle::abort);
    }
}

fn interval(settings: &'static Settings) -> Span {
    Span::from_seconds(i64::from(settings.interval_seconds()))
}

fn failure(problem: &Problem) -> Outcome {
    match problem.kind {
        ProblemKind::Unauthorised { .. } | ProblemKind::NoToken => Outcome::SignInRequired,
        ProblemKind::Aborted => Outcome::Aborted,
        _ => Outcome::Failed(problem.wait()),
    }
}
