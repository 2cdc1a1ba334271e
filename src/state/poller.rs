//! Drives the poll policy: one for the whole console, so that all that is read again keeps within one budget of requests.
//! What is read belongs to the page that asked: it is aborted when the page goes.

use crate::browser::page;
use crate::browser::random;
use crate::state::clock::Clock;
use crate::state::session::Session;
use crate::state::settings::{Settings, Updates};
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::policy::poll::{Event, Outcome, PollSchedule};
pub use runboard_core::policy::poll::{Feed, Watch};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Span;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Everything that is read again and again.
#[derive(Clone, Copy)]
pub struct Poller {
    pace: RwSignal<PollSchedule>,
    clock: Clock,
    settings: Settings,
    readers: StoredValue<Vec<Reader>, LocalStorage>,
    /// Told before the person's wish to have everything now is carried out.
    all_asked: StoredValue<Vec<Listener>, LocalStorage>,
}

/// What is shown now, and how it is read.
struct Reader {
    feed: Feed,
    read: Read,
    under_way: Option<AbortHandle>,
}

/// Somebody who is told, under a number.
type Listener = (u32, Rc<dyn Fn()>);

/// One reading; says how many requests it took.
type Read = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<u32, Problem>>>>>;

/// Something that is read for as long as its page is shown.
#[derive(Clone, Copy)]
pub struct Reading {
    live: Poller,
    feed: Feed,
}

impl Poller {
    /// Nothing is read yet.
    pub fn new(clock: Clock, settings: Settings) -> Self {
        let pace = PollSchedule::new(interval(settings), page::visible(), page::online());
        Self {
            pace: RwSignal::new(pace),
            clock,
            settings,
            readers: StoredValue::new_local(Vec::new()),
            all_asked: StoredValue::new_local(Vec::new()),
        }
    }

    /// Follows the clock, the page, the network, the session and the person's choice, for as long as the application lives.
    pub fn run(self, session: Session) {
        let Self { clock, settings, .. } = self;
        Effect::new(move |_| {
            clock.tick();
            untrack(|| self.tell(Event::Tick));
        });
        Effect::new(move |_| {
            let (shown, online) = (clock.shown(), clock.online());
            untrack(|| {
                self.tell(Event::Online(online));
                self.tell(Event::Visible(shown));
            });
        });
        // A page that comes out of the browser's cache was never seen to be hidden.
        Effect::watch(
            move || clock.returned(),
            move |_, _, _| {
                self.tell(Event::Visible(false));
                self.tell(Event::Visible(true));
            },
            false,
        );
        Effect::watch(move || session.epoch(), move |_, _, _| self.tell(Event::SignedIn), false);
        Effect::new(move |_| {
            let updates = settings.updates();
            untrack(|| {
                self.tell(Event::Paused(updates == Updates::Paused));
                self.tell(Event::IntervalChosen(interval(settings)));
            });
        });
    }

    /// Reads with `read`, for as long as the current owner (a page) lives.
    pub fn read<F>(self, feed: Feed, watch: Watch, read: impl Fn() -> F + 'static) -> Reading
    where
        F: Future<Output = Result<u32, Problem>> + 'static,
    {
        let read: Read = Rc::new(move || Box::pin(read()));
        self.readers.try_update_value(|readers| readers.push(Reader { feed, read, under_way: None }));
        on_cleanup(move || {
            self.tell(Event::Unwatch(feed));
            self.end(feed);
        });
        self.tell(Event::Watch(feed, watch));
        Reading { live: self, feed }
    }

    /// Tells, for as long as the current owner (a page) lives, before all is read because the person asked for it.
    pub fn when_all_is_asked(self, then: impl Fn() + 'static) {
        let mine = self.all_asked.try_update_value(|asked| {
            let mine = asked.last().map_or(0, |(last, _)| last.wrapping_add(1));
            asked.push((mine, Rc::new(then)));
            mine
        });
        on_cleanup(move || {
            self.all_asked.try_update_value(|asked| asked.retain(|(of, _)| Some(*of) != mine));
        });
    }

    /// What is shown is to be read now.
    pub fn ask_all(self) {
        for (_, asked) in self.all_asked.get_value() {
            asked();
        }
        self.tell(Event::RefreshRequested(None));
    }

    /// The person created or stopped a run.
    pub fn acted(self) {
        self.tell(Event::RunsChanged);
    }

    /// A page of a reading under way came; how long it waits for the next.
    pub fn heard(self, feed: Feed, wait: Span) {
        self.tell(Event::PartReceived(feed, wait));
    }

    /// Whether the person paused it; tracked.
    pub fn paused(self) -> bool {
        self.settings.updates() == Updates::Paused
    }

    fn tell(self, event: Event) {
        let Some(before) = self.pace.try_get_untracked() else { return };
        let (after, feeds) = before.clone().step(event, self.clock.now(), random::fraction());
        if after != before {
            self.pace.try_set(after);
        }
        for feed in feeds {
            self.begin(feed);
        }
    }

    fn begin(self, feed: Feed) {
        let (handle, registration) = AbortHandle::new_pair();
        let read = self.readers.try_update_value(|readers| {
            let reader = readers.iter_mut().rfind(|reader| reader.feed == feed)?;
            // The policy does not wait for the one before any longer: on return its connection may be dead.
            if let Some(silent) = reader.under_way.replace(handle) {
                silent.abort();
            }
            Some(Rc::clone(&reader.read))
        });
        let Some(read) = read.flatten() else { return };
        let reading = Abortable::new(
            async move {
                let (outcome, requests) = match read().await {
                    Ok(requests) => (Outcome::Read, requests),
                    Err(problem) => (ended(&problem), 1),
                };
                self.tell(Event::Answered(feed, outcome, requests));
            },
            registration,
        );
        spawn_local(async move {
            let _ = reading.await;
        });
    }

    /// Gives up what is read for a page that goes. The next page of the kind may be there already: the one before it ends.
    fn end(self, feed: Feed) {
        let reader = self.readers.try_update_value(|readers| {
            let at = readers.iter().position(|reader| reader.feed == feed)?;
            Some(readers.remove(at))
        });
        if let Some(handle) = reader.flatten().and_then(|reader| reader.under_way) {
            handle.abort();
        }
    }
}

impl Reading {
    /// Reads now.
    pub fn ask(self) {
        self.live.tell(Event::RefreshRequested(Some(self.feed)));
    }

    /// More is known of what is shown.
    pub fn note(self, watch: Watch) {
        self.live.tell(Event::Watch(self.feed, watch));
    }

    /// Whether a reading is under way; tracked.
    pub fn reading(self) -> bool {
        self.live.pace.with(|pace| pace.is_in_flight(self.feed))
    }

    /// How long until the next reading, if one is planned; tracked, with the clock's tick.
    pub fn next_in(self) -> Option<Span> {
        let now = self.live.clock.tick();
        self.live.pace.with(|pace| pace.next_in(self.feed, now))
    }
}

fn interval(settings: Settings) -> Span {
    Span::from_seconds(i64::from(settings.interval_seconds()))
}

fn ended(problem: &Problem) -> Outcome {
    match problem.kind {
        ProblemKind::Unauthorised { .. } | ProblemKind::NoToken => Outcome::SignInRequired,
        ProblemKind::Aborted => Outcome::Aborted,
        ProblemKind::Limited { wait } => Outcome::Failed(wait),
        _ => Outcome::Failed(None),
    }
}
