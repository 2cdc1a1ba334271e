//! Which tab reads for all tabs of one origin that show the same API, application and person.
//!
//! A lock of the browser decides (Web Locks API): whoever holds it reads and tells the others. The lock is granted to the next tab
//! when a tab is closed or crashes, but a tab that hangs or is frozen keeps it. So the others also watch whether readings come, and
//! take the lock away from a tab that has fallen silent.
//!
//! Promises, for tabs that are awake, signed in and want to be up to date: there is a reading at least every interval and a second,
//! and two tabs never read side by side for longer than an interval. Without locks or messages, every tab reads for itself.

mod message;
mod parts;
mod sending_order;
mod step;
#[cfg(test)]
mod tests;

pub use message::{ListReport, Message, RUNS_PER_MESSAGE, RunsMessage, Said};
pub use parts::{Part, Parts};
pub use sending_order::in_sending_order;

use crate::time::{Span, Timestamp};

/// Decides for one tab.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Election {
    tab: String,
    scope: String,
    interval: Span,
    /// Whether the browser has locks and messages between tabs.
    can_elect: bool,
    signed_in: bool,
    wanted: bool,
    lock: Lock,
    /// Whether no other tab was heard to read since this one did.
    read_last: bool,
    /// When any tab was last known to begin a reading.
    read_at: Option<Timestamp>,
    /// When the tab that reads last gave a sign of life.
    heard_at: Option<Timestamp>,
    /// When this tab last gave one.
    told_at: Option<Timestamp>,
    /// Nobody reads before this instant, because the API asked for that.
    hold: Option<Timestamp>,
    /// After opening or waking up: until then the tab that reads may answer.
    grace: Option<Timestamp>,
    stepped_at: Option<Timestamp>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Lock {
    None,
    /// Waiting for its turn.
    Queued,
    /// Being taken away from a silent tab.
    Stealing,
    Held,
}

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// Whether there is a token that the API has not rejected.
    SignedIn(bool),
    /// Whether this tab wants to be up to date: it is in sight or something in it is to be told, it is online and not paused.
    Wanted(bool),
    /// The browser granted the lock.
    LockGranted,
    /// Another tab took the lock away.
    LockLost,
    /// A message of another tab.
    Heard(Message),
    /// This tab began a reading that [`Effect::Read`] did not ask for, such as the person's refresh.
    ReadStarted,
    /// The API, or the request budget, allows no reading before this instant.
    HoldUntil(Timestamp),
    /// The person chose the interval.
    IntervalChosen(Span),
    /// The computer or the tab woke up, or came out of the back-forward cache. A late tick says the same.
    Woke,
    /// The time is [`Election::due`].
    Tick,
}

/// An effect to carry out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Read now.
    Read,
    /// Ask for the lock ([`Election::lock_name`]); with `steal`, take it from whoever holds it. One request of a tab is enough: a later
    /// one replaces it.
    RequestLock {
        /// The option `steal` of the Web Locks API.
        steal: bool,
    },
    /// Release the lock, and give up the request for it.
    ReleaseLock,
    /// Send this to the other tabs ([`Election::message`]).
    Publish(Signal),
}

/// A short message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// The sender was opened or wants to be up to date again: whoever reads should answer.
    Hello,
    /// The sender begins a reading.
    Reading,
    /// The sender reads for all.
    Alive {
        /// How long ago a reading last began.
        read: Option<Span>,
        /// How long no reading is allowed.
        hold: Option<Span>,
    },
    /// The sender no longer reads.
    Leaving,
}

/// A follower waits this long, and up to [`SPREAD`] longer, beyond the interval, so that not all take over at once.
const PATIENCE: Span = Span::from_millis(300);
/// See [`PATIENCE`].
const SPREAD: i64 = 500;
/// What a timer may be early: a reading is not put off to the next tick for that.
const EARLY: Span = Span::from_millis(100);
/// How long a tab that was opened or woke up waits for a sign of life, besides its [`PATIENCE`].
const GRACE: Span = Span::from_millis(700);
/// A message that was sent longer ago says nothing of who reads now.
const STALE: Span = Span::from_seconds(1);
/// A tick that is late by more than this means that the tab slept.
const LATE: Span = Span::from_seconds(2);

impl Election {
    /// For a tab with this random id. `scope` names the API, the application and the person
    /// ([`storage_key`](crate::policy::intent::storage_key)). Nothing happens before [`Event::SignedIn`] and [`Event::Wanted`].
    pub fn new(tab: &str, scope: &str, interval: Span, can_elect: bool) -> Self {
        Self {
            tab: tab.to_owned(),
            scope: scope.to_owned(),
            interval,
            can_elect,
            signed_in: false,
            wanted: false,
            lock: Lock::None,
            read_last: false,
            read_at: None,
            heard_at: None,
            told_at: None,
            hold: None,
            grace: None,
            stepped_at: None,
        }
    }

    /// Whether this tab reads what all tabs show. Others read only what they alone show, and what the person asks for.
    pub fn reads(&self) -> bool {
        self.is_active() && (!self.can_elect || self.lock == Lock::Held)
    }

    /// Whether this tab may begin a reading: also while it takes the lock from a tab that has fallen silent.
    pub fn may_read(&self) -> bool {
        self.reads() || (self.is_active() && self.lock == Lock::Stealing)
    }

    /// Whether this tab should offer what it knows to one that has just been opened: it no longer takes part, and nobody was heard
    /// to read since it did, so that nobody else is likely to know more.
    pub const fn may_offer(&self) -> bool {
        self.signed_in && !self.wanted && self.read_last
    }

    /// Whether a message is from another tab and meant for this one.
    pub fn is_addressed(&self, message: &Message) -> bool {
        message.scope == self.scope && message.tab != self.tab
    }

    /// The name of the lock.
    pub fn lock_name(&self) -> String {
        ["runboard.reader ", &self.scope].concat()
    }

    /// A message of this tab.
    pub fn message(&self, said: Said) -> Message {
        Message { scope: self.scope.clone(), tab: self.tab.clone(), at: self.stepped_at, said }
    }

    /// [`Signal::Hello`] as it is sent. The only message of a tab that has heard no other one; written without the code that writes
    /// the others, which such a tab does not load.
    pub fn hello_text(&self) -> String {
        let at = self.now().to_iso();
        let Self { scope, tab, .. } = self;
        [r#"{"scope":""#, scope, r#"","tab":""#, tab, r#"","at":""#, &at, r#"","said":{"hello":{}}}"#].concat()
    }

    /// When [`Event::Tick`] is to be sent.
    pub fn due(&self) -> Option<Timestamp> {
        if !self.is_active() {
            return None;
        }
        if self.reads() {
            return Some(self.next_sign().map_or(self.next_read(), |sign| sign.min(self.next_read())));
        }
        Some(self.silence_ends())
    }

    /// Whether this tab takes part: it is signed in, and wants to be up to date.
    pub const fn is_active(&self) -> bool {
        self.signed_in && self.wanted
    }

    /// When this tab is to read next, if it reads.
    fn next_read(&self) -> Timestamp {
        let next = self.read_at.map_or(self.now(), |read| read.plus(self.interval));
        self.hold.map_or(next, |hold| hold.max(next))
    }

    /// When this tab is to give a sign of life without reading: only while it may not read.
    fn next_sign(&self) -> Option<Timestamp> {
        let half = Span::from_millis(self.interval.millis() / 2);
        let told = self.told_at.unwrap_or(self.now());
        self.hold.filter(|hold| self.can_elect && *hold > told.plus(half)).map(|_| told.plus(half))
    }

    /// When this tab takes over, unless it hears something.
    fn silence_ends(&self) -> Timestamp {
        let heard = self.heard_at.into_iter().chain(self.read_at).max();
        let silent = heard.map(|heard| heard.plus(self.interval));
        let overdue = self.read_at.map(|_| self.next_read());
        let end = [silent, overdue].into_iter().flatten().min().map(|end| end.plus(self.patience()));
        end.max(self.grace).unwrap_or(self.now())
    }

    /// Differs from tab to tab.
    fn patience(&self) -> Span {
        let mixed = self.tab.bytes().fold(0_i64, |sum, byte| (sum * 31 + i64::from(byte)) % 7919);
        Span::from_millis(PATIENCE.millis() + mixed * 61 % SPREAD)
    }

    fn now(&self) -> Timestamp {
        self.stepped_at.unwrap_or(Timestamp::EARLIEST)
    }
}
