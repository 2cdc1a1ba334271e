//! Up to ten tabs of one browser that start, close, crash, freeze, sleep, sign out and miss messages in any order.

use super::*;
use crate::policy::poll::BACKGROUND_INTERVAL;
use std::collections::VecDeque;

const TABS: usize = 10;
/// The world is looked at this often.
const GRAIN: i64 = 20;
/// The longest that a message or a lock takes to arrive.
const DELAY: u64 = 40;

#[derive(Clone, Copy, Debug)]
enum Step {
    Start(usize),
    /// Closed by the person: the page is told.
    Close(usize),
    /// The process ends: the page is not told.
    Crash(usize),
    /// The tab does nothing any more, and keeps its lock.
    Freeze(usize),
    Thaw(usize),
    /// The computer sleeps for so many seconds.
    Sleep(i64),
    SignOut(usize),
    SignIn(usize),
    Hide(usize),
    /// Hidden, but bells are set: it takes part on, at a longer interval.
    HideWithBells(usize),
    Show(usize),
    /// The person asks a tab for a refresh.
    Refresh(usize),
}

struct Tab {
    election: Election,
    interval: Span,
    frozen: bool,
    /// Since when it is awake, signed in and wants to be up to date.
    ready_since: Option<i64>,
    /// What comes, and when.
    inbox: VecDeque<(i64, Event)>,
}

struct World {
    now: i64,
    seed: u64,
    /// Of a hundred messages, so many are lost.
    loss: u64,
    tabs: Vec<Option<Tab>>,
    started: usize,
    holder: Option<usize>,
    queue: VecDeque<usize>,
    readings: Vec<i64>,
    two_since: Option<i64>,
}

impl World {
    fn new(seed: u64, loss: u64) -> Self {
        let tabs = (0..TABS).map(|_| None).collect();
        let (holder, queue) = (None, VecDeque::new());
        Self { now: 0, seed, loss, tabs, started: 0, holder, queue, readings: Vec::new(), two_since: None }
    }

    fn below(&mut self, most: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % most
    }

    fn send(&mut self, at: usize, event: Event) {
        let Some(tab) = &mut self.tabs[at] else { return };
        let (election, effects) = tab.election.clone().step(event, after(self.now));
        tab.election = election;
        for effect in effects {
            self.carry_out(at, effect);
        }
        let now = self.now;
        if let Some(tab) = &mut self.tabs[at] {
            tab.ready_since =
                if tab.election.is_active() && !tab.frozen { tab.ready_since.or(Some(now)) } else { None };
        }
    }

    fn carry_out(&mut self, at: usize, effect: Effect) {
        match effect {
            Effect::Read => self.readings.push(self.now),
            Effect::Publish(signal) => {
                for other in (0..TABS).filter(|other| *other != at) {
                    if self.below(100) >= self.loss {
                        let message = self.tabs[at].as_ref().map(|tab| tab.election.message(Said::Signal(signal)));
                        self.post(other, message.map(Event::Heard));
                    }
                }
            }
            Effect::ReleaseLock => self.release(at),
            Effect::RequestLock { steal } => {
                self.forget(at);
                self.queue.retain(|other| *other != at);
                if steal {
                    if let Some(loser) = self.holder.replace(at).filter(|loser| *loser != at) {
                        self.post(loser, Some(Event::LockLost));
                    }
                    self.post(at, Some(Event::LockGranted));
                } else if self.holder != Some(at) {
                    self.queue.push_back(at);
                    self.grant();
                }
            }
        }
    }

    fn release(&mut self, at: usize) {
        self.forget(at);
        self.queue.retain(|other| *other != at);
        if self.holder == Some(at) {
            self.holder = None;
            self.grant();
        }
    }

    /// What was decided about an earlier request of a tab no longer reaches it.
    fn forget(&mut self, at: usize) {
        if let Some(tab) = &mut self.tabs[at] {
            tab.inbox.retain(|(_, event)| !matches!(event, Event::LockGranted | Event::LockLost));
        }
    }

    fn grant(&mut self) {
        if self.holder.is_none() {
            self.holder = self.queue.pop_front();
            if let Some(next) = self.holder {
                self.post(next, Some(Event::LockGranted));
            }
        }
    }

    fn post(&mut self, at: usize, event: Option<Event>) {
        let mut arrives = self.now + self.below(DELAY) as i64;
        if let (Some(tab), Some(event)) = (&mut self.tabs[at], event) {
            arrives = arrives.max(tab.inbox.back().map_or(0, |(last, _)| *last));
            tab.inbox.push_back((arrives, event));
        }
    }

    fn step(&mut self, step: Step) {
        let awake = |tab: &Option<Tab>| tab.as_ref().is_some_and(|tab| !tab.frozen);
        match step {
            Step::Start(at) if self.tabs[at].is_none() => {
                self.started += 1;
                let election = tab(&format!("{:x}", self.started * 7919));
                self.tabs[at] = Some(Tab {
                    election,
                    interval: INTERVAL,
                    frozen: false,
                    ready_since: None,
                    inbox: VecDeque::new(),
                });
                self.send(at, Event::SignedIn(true));
                self.send(at, Event::Wanted(true));
            }
            Step::Close(at) if awake(&self.tabs[at]) => {
                self.send(at, Event::Wanted(false));
                self.tabs[at] = None;
                self.release(at);
            }
            Step::Crash(at) => {
                self.tabs[at] = None;
                self.release(at);
            }
            Step::Freeze(at) => self.set_frozen(at, true),
            Step::Thaw(at) => self.set_frozen(at, false),
            Step::Sleep(seconds) => {
                let were: Vec<usize> = (0..TABS).filter(|at| awake(&self.tabs[*at])).collect();
                were.iter().for_each(|at| self.set_frozen(*at, true));
                // Nobody reads while the computer sleeps.
                self.two_since = None;
                self.now += seconds * 1000;
                were.iter().for_each(|at| self.set_frozen(*at, false));
            }
            Step::SignOut(at) if awake(&self.tabs[at]) => self.send(at, Event::SignedIn(false)),
            Step::SignIn(at) if awake(&self.tabs[at]) => self.send(at, Event::SignedIn(true)),
            Step::Hide(at) if awake(&self.tabs[at]) => self.send(at, Event::Wanted(false)),
            Step::HideWithBells(at) if awake(&self.tabs[at]) => self.choose_interval(at, BACKGROUND_INTERVAL),
            Step::Show(at) if awake(&self.tabs[at]) => {
                self.choose_interval(at, INTERVAL);
                self.send(at, Event::Wanted(true));
            }
            Step::Refresh(at) if awake(&self.tabs[at]) => {
                self.readings.push(self.now);
                self.send(at, Event::ReadStarted);
            }
            _ => {}
        }
    }

    fn choose_interval(&mut self, at: usize, interval: Span) {
        if let Some(tab) = self.tabs[at].as_mut().filter(|tab| tab.interval != interval) {
            (tab.interval, tab.ready_since) = (interval, None);
            self.send(at, Event::IntervalChosen(interval));
        }
    }

    fn set_frozen(&mut self, at: usize, frozen: bool) {
        if let Some(tab) = &mut self.tabs[at] {
            tab.frozen = frozen;
            tab.ready_since = (tab.election.is_active() && !frozen).then_some(self.now);
        }
    }

    fn pass(&mut self, millis: i64) {
        let end = self.now + millis;
        while self.now < end {
            self.now += GRAIN;
            for at in 0..TABS {
                self.let_run(at);
            }
            self.assert_promises();
        }
    }

    fn let_run(&mut self, at: usize) {
        let now = self.now;
        while let Some(tab) = self.tabs[at].as_mut().filter(|tab| !tab.frozen) {
            let Some((_, event)) = tab.inbox.pop_front_if(|(arrives, _)| *arrives <= now) else { break };
            self.send(at, event);
        }
        let is_due = |tab: &&Tab| !tab.frozen && tab.election.due().is_some_and(|due| due <= after(now));
        if self.tabs[at].as_ref().filter(is_due).is_some() {
            self.send(at, Event::Tick);
        }
    }

    fn assert_promises(&mut self) {
        for tab in self.tabs.iter().flatten() {
            let limit = self.now - tab.interval.millis() - 1000;
            let was_ready = tab.ready_since.is_some_and(|since| since <= limit);
            let has_read = self.readings.last().is_some_and(|at| *at >= limit);
            assert!(!was_ready || has_read, "no reading for longer than an interval and a second, at {}", self.now);
        }
        let readers = self.tabs.iter().flatten().filter(|tab| !tab.frozen && tab.election.reads()).count();
        self.two_since = (readers > 1).then(|| self.two_since.unwrap_or(self.now));
        let is_short = self.two_since.is_none_or(|since| self.now - since <= INTERVAL.millis());
        assert!(is_short, "two tabs read for longer than an interval, at {}", self.now);
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    let tab = || 0..TABS;
    prop_oneof![
        6 => tab().prop_map(Step::Start),
        2 => tab().prop_map(Step::Close),
        2 => tab().prop_map(Step::Crash),
        4 => tab().prop_map(Step::Freeze),
        3 => tab().prop_map(Step::Thaw),
        1 => (1..3600_i64).prop_map(Step::Sleep),
        1 => tab().prop_map(Step::SignOut),
        1 => tab().prop_map(Step::SignIn),
        2 => tab().prop_map(Step::Hide),
        2 => tab().prop_map(Step::HideWithBells),
        2 => tab().prop_map(Step::Show),
        1 => tab().prop_map(Step::Refresh),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn somebody_always_reads_and_two_never_for_long(
        steps in prop::collection::vec((any_step(), 0..12_000_i64), 1..60), seed: u64, loss in prop::sample::select(vec![0, 0, 5, 30, 100]),
    ) {
        let mut world = World::new(seed, loss);
        for (step, pause) in steps {
            world.step(step);
            world.pass(pause);
        }
        world.pass(2 * INTERVAL.millis());
    }

    #[test]
    fn ten_tabs_make_no_more_requests_than_one(starts in prop::collection::vec(0..9_000_i64, 1..TABS), seed: u64) {
        let mut world = World::new(seed, 0);
        world.step(Step::Start(0));
        for (at, pause) in starts.iter().enumerate() {
            world.pass(*pause);
            world.step(Step::Start(at + 1));
        }
        world.pass(300_000 - world.now);
        let most = 300_000 / INTERVAL.millis() as usize + 1;
        prop_assert!(world.readings.len() <= most, "{:?}", world.readings);
        // Whoever reads is closed, and the next one goes on in step.
        let reader = world.holder.unwrap();
        let others = world.tabs.iter().flatten().count() - 1;
        world.step(Step::Close(reader));
        world.pass(300_000);
        prop_assert!(others == 0 || world.readings.len() <= 2 * most, "{:?}", world.readings);
    }

    #[test]
    fn silent_reader_is_replaced_within_an_interval(fault in 0..4_usize, at in 0..40_000_i64, seed: u64) {
        let mut world = World::new(seed, 0);
        (0..TABS).for_each(|tab| world.step(Step::Start(tab)));
        world.pass(at + 1000);
        let old = world.holder.unwrap();
        world.step([Step::Close(old), Step::Crash(old), Step::Freeze(old), Step::SignOut(old)][fault]);
        world.pass(INTERVAL.millis() + 1000);
        let new = world.holder.unwrap();
        prop_assert_ne!(old, new);
        prop_assert!(world.tabs[new].as_ref().unwrap().election.reads());
        let readings = world.readings.len();
        world.pass(4 * INTERVAL.millis());
        prop_assert!(world.readings.len() <= readings + 5, "not all take over at once");
    }
}
