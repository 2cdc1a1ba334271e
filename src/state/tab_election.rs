//! Carries out the election of the one tab that reads the list for all tabs of the same person (`core::election`): a lock, a channel
//! and a timer. It decides only who reads; what is read when is the poll schedule's.

use crate::browser::locks::{self, HeldLock, LockChange};
use crate::browser::page::{self, machine_clocks};
use crate::browser::random;
use crate::browser::tab_channel::TabChannel;
use crate::lazy::{lazy, run_when_loaded};
use crate::leak::leak;
use crate::state::clock::Clock;
use crate::state::poller::{ListRead, Poller};
use crate::state::session::{Session, SessionState};
use crate::state::settings::{Settings, Updates};
use leptos::leptos_dom::helpers::{TimeoutHandle, queue_microtask};
use leptos::prelude::*;
use runboard_core::election::{Effect as Order, Election, Event, Message, Said, Signal as Sign};
use runboard_core::policy::poll::BACKGROUND_INTERVAL;
use runboard_core::time::Span;
use std::rc::Rc;
use std::time::Duration;

/// The channel of the readers. The one of the actions is another, so that their messages need no part of the code of these.
const CHANNEL: &str = "runboard.reader";
/// A timer that fires early is set again, at the earliest after so many milliseconds.
const SHORTEST_WAIT: u64 = 5;

/// Which tab reads the list.
pub(crate) struct TabElection {
    clock: &'static Clock,
    settings: &'static Settings,
    poller: &'static Poller,
    /// A random id of this tab.
    own_id: StoredValue<String>,
    election: StoredValue<Option<Election>>,
    lock: StoredValue<Option<HeldLock>, LocalStorage>,
    channel: StoredValue<Option<Rc<TabChannel>>, LocalStorage>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// How many pages are shown that need the list.
    wanted_by: StoredValue<u32>,
    /// Whether the election asks the poller to read, so that this is no news to it.
    is_ordering: StoredValue<bool>,
    /// Whether another tab was ever heard: before that, nobody listens.
    has_others: StoredValue<bool>,
}

impl TabElection {
    pub(crate) fn new(clock: &'static Clock, settings: &'static Settings, poller: &'static Poller) -> &'static Self {
        leak(Self {
            clock,
            settings,
            poller,
            own_id: StoredValue::new(random::hex(16)),
            election: StoredValue::new(None),
            lock: StoredValue::new_local(None),
            channel: StoredValue::new_local(None),
            timer: StoredValue::new(None),
            wanted_by: StoredValue::new(0),
            is_ordering: StoredValue::new(false),
            has_others: StoredValue::new(false),
        })
    }

    /// Takes part for as long as the application lives. `on_message` is called with what other tabs send.
    pub(crate) fn run(&'static self, session: &'static Session, on_message: impl Fn(String) + 'static) {
        if locks::are_available() {
            let channel = TabChannel::open(CHANNEL, on_message);
            self.channel.set_value(Some(Rc::new(channel)).filter(|channel| channel.is_open()));
        }
        // Nothing is read before it is known who reads.
        self.poller.set_list_read_elsewhere(self.can_elect());
        self.poller.on_list_read(move |read| match read {
            ListRead::Begun if self.is_ordering.get_value() => {}
            ListRead::Begun => self.step(Event::ReadStarted),
            ListRead::Ended(due_in) => {
                let interval = self.interval();
                // So long that the others would think that nobody reads.
                if let Some(wait) = due_in.filter(|wait| *wait > interval) {
                    self.step(Event::HoldUntil(machine_clocks().wall.plus(wait)));
                }
            }
        });
        let Self { clock, settings, .. } = *self;
        Effect::new(move |_| {
            let _ = (clock.visible(), clock.in_background(), clock.online());
            let _ = (settings.updates(), settings.interval_seconds());
            untrack(|| {
                self.step(Event::IntervalChosen(self.interval()));
                self.step(Event::Wanted(self.is_wanted()));
            });
        });
        Effect::watch(move || clock.resumed(), move |_, _, _| self.step(Event::Woke), false);
        let is_signed_in = Memo::new(move |_| session.state() == SessionState::SignedIn);
        Effect::watch(move || is_signed_in.get(), move |signed_in, _, _| self.step(Event::SignedIn(*signed_in)), false);
    }

    /// Somebody signed in; `scope` names the API, the application and the person. Without one, nothing may be shared.
    pub(crate) fn sign_in(&'static self, scope: Option<&str>) {
        let scope = scope.filter(|_| self.can_elect());
        let (Some(scope), Some(own_id)) = (scope, self.own_id.try_get_value()) else {
            self.leave();
            self.poller.set_list_read_elsewhere(false);
            return;
        };
        let election = Election::new(&own_id, scope, self.interval(), true);
        let is_same = self
            .election
            .with_value(|before| before.as_ref().is_some_and(|before| before.lock_name() == election.lock_name()));
        if !is_same {
            self.leave();
            self.election.set_value(Some(election));
        }
        self.step(Event::SignedIn(true));
        self.step(Event::Wanted(self.is_wanted()));
    }

    /// Nobody is signed in any more: nothing is read, and nothing of another tab is listened to.
    pub(crate) fn leave(&'static self) {
        self.step(Event::SignedIn(false));
        self.election.try_set_value(None);
        self.lock.try_set_value(None);
        self.poller.set_list_read_elsewhere(self.can_elect());
    }

    /// A page is shown, for as long as the current owner lives, that needs the list to be up to date.
    pub(crate) fn want_list(&'static self) {
        self.wanted_by.update_value(|pages| *pages += 1);
        self.step(Event::Wanted(self.is_wanted()));
        on_cleanup(move || {
            self.wanted_by.try_update_value(|pages| *pages = pages.saturating_sub(1));
            // The next page may want it, too: then nothing changes.
            queue_microtask(move || self.step(Event::Wanted(self.is_wanted())));
        });
    }

    /// Whether this tab reads for all.
    pub(crate) fn reads(&'static self) -> bool {
        self.election.try_with_value(|election| election.as_ref().is_some_and(Election::reads)).unwrap_or(false)
    }

    /// Whether this tab takes part and another one reads.
    pub(crate) fn is_following(&'static self) -> bool {
        let is_following =
            |election: &Option<Election>| election.as_ref().is_some_and(|own| own.is_active() && !own.reads());
        self.election.try_with_value(is_following).unwrap_or(false)
    }

    /// Whether this tab should offer what it knows to one that has just been opened.
    pub(crate) fn may_offer(&'static self) -> bool {
        self.election.try_with_value(|election| election.as_ref().is_some_and(Election::may_offer)).unwrap_or(false)
    }

    /// Whether anybody may listen to what this tab tells.
    pub(crate) fn has_others(&'static self) -> bool {
        self.has_others.try_get_value().unwrap_or(false)
    }

    /// The id of this tab in messages.
    pub(crate) fn own_id(&'static self) -> String {
        self.own_id.try_get_value().unwrap_or_default()
    }

    /// Tells the other tabs of the same person. For the later file.
    pub(crate) fn tell(&'static self, said: Said) {
        if let (Some(text), Some(Some(channel))) = (self.message_text(said), self.channel.try_get_value()) {
            channel.send(&text);
        }
    }

    /// A message of this tab as it is sent, for the later file; `None` while nobody is signed in.
    pub(crate) fn message_text(&'static self, said: Said) -> Option<String> {
        self.election.try_with_value(|election| Some(election.as_ref()?.message(said).to_text())).flatten()
    }

    /// A message that is meant for this tab, for the later file.
    pub(crate) fn read_message(&'static self, text: &str) -> Option<Message> {
        let message = Message::read(text)?;
        let is_addressed =
            |election: &Option<Election>| election.as_ref().is_some_and(|own| own.is_addressed(&message));
        self.election.try_with_value(is_addressed).unwrap_or(false).then_some(message)
    }

    fn can_elect(&'static self) -> bool {
        self.channel.try_with_value(Option::is_some).unwrap_or(false)
    }

    fn interval(&'static self) -> Span {
        let interval = Span::from_seconds(i64::from(untrack(|| self.settings.interval_seconds())));
        if page::is_visible() { interval } else { interval.max(BACKGROUND_INTERVAL) }
    }

    fn is_wanted(&'static self) -> bool {
        let is_followed = self.wanted_by.try_get_value().is_some_and(|pages| pages > 0);
        let is_there = || self.clock.online() && (self.clock.visible() || self.clock.in_background());
        is_followed && untrack(is_there) && !self.is_paused()
    }

    fn is_paused(&'static self) -> bool {
        untrack(|| self.settings.updates() == Updates::Paused)
    }

    /// Another tab of the same person was heard.
    pub(crate) fn hear(&'static self, message: &Message) {
        self.has_others.set_value(true);
        let Said::Signal(sign) = message.said else { return };
        match sign {
            Sign::Reading => {
                let now = machine_clocks().wall;
                self.poller.other_tab_reads(message.at.map_or(Span::default(), |at| now.since(at)));
            }
            Sign::Alive { read, hold } => {
                read.into_iter().for_each(|ago| self.poller.other_tab_reads(ago));
                hold.into_iter().for_each(|hold| self.poller.other_tab_holds(hold));
            }
            Sign::Hello | Sign::Leaving => {}
        }
        let Message { scope, tab, at, .. } = message;
        let said = Said::Signal(sign);
        self.step(Event::Heard(Message { scope: scope.clone(), tab: tab.clone(), at: *at, said }));
    }

    fn step(&'static self, event: Event) {
        let now = machine_clocks().wall;
        let orders = self.election.try_update_value(|election| {
            let (after, orders) = election.take()?.step(event, now);
            *election = Some(after);
            Some(orders)
        });
        for order in orders.flatten().unwrap_or_default() {
            self.carry_out(order);
        }
        self.follow_election();
    }

    fn carry_out(&'static self, order: Order) {
        match order {
            Order::Read => {
                self.is_ordering.set_value(true);
                self.poller.set_list_read_elsewhere(false);
                self.poller.list_is_due();
                self.is_ordering.try_set_value(false);
            }
            Order::RequestLock { steal } => {
                if steal {
                    // Somebody has it, even if this tab never heard of them.
                    self.has_others.set_value(true);
                }
                self.lock.set_value(None);
                let name = self.election.with_value(|election| election.as_ref().map(Election::lock_name));
                let on_change = move |change| match change {
                    LockChange::Granted => self.step(Event::LockGranted),
                    LockChange::Lost => self.step(Event::LockLost),
                    LockChange::Refused => self.sign_in(None),
                };
                self.lock.set_value(name.and_then(|name| HeldLock::request(&name, steal, on_change)));
            }
            Order::ReleaseLock => self.lock.set_value(None),
            Order::Publish(Sign::Hello) => {
                let text = self.election.try_with_value(|election| election.as_ref().map(Election::hello_text));
                if let (Some(Some(text)), Some(Some(channel))) = (text, self.channel.try_get_value()) {
                    channel.send(&text);
                }
            }
            Order::Publish(sign) => {
                if self.has_others() {
                    run_when_loaded(tell_sign(self, sign));
                }
            }
        }
    }

    /// Tells the poller whose turn it is, and sets the timer.
    fn follow_election(&'static self) {
        let election = |election: &Option<Election>| election.as_ref().map(|own| (own.may_read(), own.due()));
        let Some(Some((may_read, due))) = self.election.try_with_value(election) else { return };
        // While updates are paused, each page reads once what it shows.
        self.poller.set_list_read_elsewhere(!may_read && !self.is_paused());
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let Some(due) = due else { return };
        let wait = u64::try_from(due.since(machine_clocks().wall).millis()).unwrap_or(0).max(SHORTEST_WAIT);
        let tick = move || self.step(Event::Tick);
        self.timer.try_set_value(set_timeout_with_handle(tick, Duration::from_millis(wait)).ok());
    }
}

lazy! {
    /// Tells the other tabs something about the election.
    fn tell_sign(election: &'static TabElection, sign: Sign) -> () {
        election.tell(Said::Signal(sign));
    }
}
