//! The transitions of the election.

use super::{EARLY, Effect, Election, Event, GRACE, LATE, Lock, Message, STALE, Said, Signal};
use crate::time::{Span, Timestamp};

impl Election {
    /// The next state and what to do, in that order.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        let was_late = self.due().is_some_and(|due| now.since(due) > LATE);
        self.set_time(now);
        let was_active = self.is_active();
        if was_late || event == Event::Woke {
            self.doubt();
        }
        match event {
            Event::SignedIn(signed_in) => self.signed_in = signed_in,
            Event::Wanted(wanted) => self.wanted = wanted,
            Event::LockGranted if self.is_active() => self.lock = Lock::Held,
            Event::LockGranted => effects.push(Effect::ReleaseLock),
            Event::LockLost if self.lock != Lock::None => {
                self.lock = Lock::Queued;
                self.heard_at = Some(now);
                effects.push(Effect::RequestLock { steal: false });
            }
            Event::LockLost | Event::Woke | Event::Tick => {}
            Event::Heard(message) => self.hear(message, &mut effects),
            Event::ReadStarted => self.begin_reading(&mut effects),
            Event::HoldUntil(hold) => {
                self.hold = Some(hold);
                if self.reads() {
                    self.give_sign(&mut effects);
                }
            }
            Event::IntervalChosen(interval) => self.interval = interval,
        }
        match (was_active, self.is_active()) {
            (false, true) => self.join(&mut effects),
            (true, false) => self.leave(&mut effects),
            _ => {}
        }
        self.act(&mut effects);
        (self, effects)
    }

    /// A clock that was set back puts nothing off.
    fn set_time(&mut self, now: Timestamp) {
        if self.stepped_at.is_some_and(|before| now < before) {
            let past = [&mut self.read_at, &mut self.heard_at, &mut self.told_at];
            past.into_iter().flatten().for_each(|at| *at = now.min(*at));
            self.grace = self.grace.map(|grace| grace.min(now.plus(GRACE)));
        }
        self.hold = self.hold.filter(|hold| *hold > now);
        self.stepped_at = Some(now);
    }

    /// Whether somebody reads is unknown: they are given time to answer, once until they are heard.
    fn doubt(&mut self) {
        if self.lock != Lock::Held && self.grace.is_none() {
            self.grace = Some(self.now().plus(GRACE).plus(self.patience()));
        }
    }

    fn join(&mut self, effects: &mut Vec<Effect>) {
        if self.can_elect {
            self.lock = Lock::Queued;
            self.grace = None;
            self.doubt();
            effects.extend([Effect::RequestLock { steal: false }, Effect::Publish(Signal::Hello)]);
        }
    }

    fn leave(&mut self, effects: &mut Vec<Effect>) {
        if self.can_elect {
            effects.extend((self.lock == Lock::Held).then_some(Effect::Publish(Signal::Leaving)));
            self.lock = Lock::None;
            effects.push(Effect::ReleaseLock);
        }
    }

    fn hear(&mut self, message: Message, effects: &mut Vec<Effect>) {
        if !self.is_addressed(&message) {
            return;
        }
        let now = self.now();
        // Of a clock that was set back, times to come are not believed, but for a tab that was a moment ahead.
        let sent = message.at.map_or(now, |at| at.min(now.plus(self.interval)));
        let ago = |span: Span| sent.plus(Span::from_millis(span.millis().max(0).saturating_neg()));
        match message.said {
            Said::Signal(Signal::Hello) => {
                if self.reads() && self.can_elect {
                    self.give_sign(effects);
                }
                return;
            }
            // Any tab tells of what it read for itself.
            Said::Signal(Signal::Leaving) | Said::Offer(_) | Said::AskForRuns(_) | Said::Runs(_) => return,
            Said::Signal(Signal::Reading) => self.read_at = self.read_at.max(Some(sent)),
            Said::Signal(Signal::Alive { read, hold }) => {
                self.read_at = self.read_at.max(read.map(ago));
                self.hold = self.hold.max(hold.map(|hold| sent.plus(hold)));
            }
        }
        self.read_last = false;
        self.heard_at = self.heard_at.max(Some(sent));
        if now.since(sent) < STALE {
            self.grace = None;
        }
    }

    fn begin_reading(&mut self, effects: &mut Vec<Effect>) {
        let now = self.now();
        (self.read_at, self.told_at, self.read_last) = (Some(now), Some(now), true);
        effects.extend(self.can_elect.then_some(Effect::Publish(Signal::Reading)));
    }

    fn give_sign(&mut self, effects: &mut Vec<Effect>) {
        let now = self.now();
        self.told_at = Some(now);
        let read = self.read_at.map(|read| now.since(read));
        let hold = self.hold.map(|hold| hold.since(now));
        effects.extend(self.can_elect.then_some(Effect::Publish(Signal::Alive { read, hold })));
    }

    fn act(&mut self, effects: &mut Vec<Effect>) {
        let now = self.now();
        if self.reads() {
            if self.hold.is_none() && now.plus(EARLY) >= self.next_read() {
                effects.push(Effect::Read);
                self.begin_reading(effects);
            } else if self.next_sign().is_some_and(|sign| now >= sign) {
                self.give_sign(effects);
            }
        } else if self.is_active() && now >= self.silence_ends() {
            self.take_over(effects);
        }
    }

    /// Whoever read has fallen silent.
    fn take_over(&mut self, effects: &mut Vec<Effect>) {
        self.lock = Lock::Stealing;
        (self.heard_at, self.grace) = (Some(self.now()), None);
        effects.push(Effect::RequestLock { steal: true });
        if self.hold.is_none() {
            effects.push(Effect::Read);
            self.begin_reading(effects);
        }
    }
}
