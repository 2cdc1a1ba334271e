//! Runs a bulk stop against a server that loses, delays and refuses, a token that expires, and a person who changes
//! their mind.

use super::*;
use crate::policy::simulation::{Dice, on_all_cores};

enum Coming {
    Read(RunId),
    Answer(RunId),
    /// The requested stop takes effect, or not.
    Shows(RunId),
    Person(u64),
}

struct World {
    dice: Dice,
    bulk: BulkStopState,
    now: Timestamp,
    frozen: Vec<RunId>,
    coming: Vec<(Timestamp, Coming)>,
    /// For each run, how many stops were sent and how many of them answered with 401 or 429.
    asked: Vec<(RunId, usize, usize)>,
    signed_in: bool,
    halted: bool,
    /// Whether a 401 has come since the person last continued.
    locked: bool,
    last: Vec<(RunId, EntryStage)>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            dice: Dice(seed),
            bulk: BulkStopState::default(),
            now: NOW,
            frozen: Vec::new(),
            coming: Vec::new(),
            asked: Vec::new(),
            signed_in: true,
            halted: false,
            locked: false,
            last: Vec::new(),
        };
        let runs: Vec<Arc<Run>> = (0..1 + world.dice.below(8))
            .map(|number| Arc::new(run(&number.to_string(), "running", world.dice.chance(20))))
            .collect();
        world.tell(Event::Open(runs));
        let waiting = world.bulk.dialog_entries().iter().filter(|entry| entry.state == EntryStage::Waiting);
        world.frozen = waiting.map(|entry| entry.run.id.clone()).collect();
        let typed = world.bulk.stoppable_count().to_string();
        world.tell(Event::Confirm(typed));
        for _ in 0..world.dice.below(4) {
            let (wait, what) = (world.dice.millis(60_000), world.dice.below(4));
            world.later(wait, Coming::Person(what));
        }
        world
    }

    fn later(&mut self, wait: Span, what: Coming) {
        self.coming.push((self.now.plus(wait), what));
    }

    fn tell(&mut self, event: Event) {
        let (bulk, effects) = std::mem::take(&mut self.bulk).step(event, self.now);
        self.bulk = bulk;
        for effect in effects {
            assert!(!self.halted, "it was halted");
            assert!(!self.locked, "it went on without a click after a 401");
            let wait = self.dice.millis(5000);
            match effect {
                Effect::Read(id) => {
                    assert!(self.frozen.contains(&id), "read a run that was not in the dialog");
                    self.later(wait, Coming::Read(id));
                }
                Effect::Stop(run) => {
                    assert!(self.frozen.contains(&run.id), "stopped a run that was not in the dialog");
                    match self.asked.iter_mut().find(|(id, ..)| *id == run.id) {
                        Some((_, asked, refused)) => {
                            assert_eq!(asked, refused, "asked again although it may have been carried out");
                            *asked += 1;
                        }
                        None => self.asked.push((run.id.clone(), 1, 0)),
                    }
                    self.later(wait, Coming::Answer(run.id));
                }
            }
        }
        let busy =
            self.bulk.entries().iter().filter(|entry| matches!(entry.state, EntryStage::Reading | EntryStage::Sending));
        assert!(busy.count() <= CONCURRENT_STOPS);
        let now: Vec<_> = self.bulk.entries().iter().map(|entry| (entry.run.id.clone(), entry.state.clone())).collect();
        for (id, before) in self.last.iter().filter(|(_, state)| state.is_settled()) {
            let (_, now) = now.iter().find(|(of, _)| of == id).unwrap();
            assert!(now.is_settled() && (!is_final(before) || before == now), "{before:?} became {now:?}");
        }
        for (id, state) in &now {
            let asked = self.asked.iter().any(|(of, asked, refused)| of == id && asked > refused);
            match state {
                EntryStage::Requested | EntryStage::Unknown(_) | EntryStage::Stopped(_) | EntryStage::Refused(_) => {
                    assert!(asked)
                }
                EntryStage::Skipped | EntryStage::ReadFailed(_) => {
                    assert!(!asked, "said to be left alone, and was asked")
                }
                _ => {}
            }
        }
        self.last = now;
    }

    fn problem(&mut self) -> Problem {
        if !self.signed_in || self.dice.chance(10) {
            self.signed_in = false;
            self.locked = true;
            return no_token();
        }
        match self.dice.below(3) {
            0 => refused(),
            1 => down(),
            _ => Problem::bare(ProblemKind::Limited { wait: None }),
        }
    }

    fn arrive(&mut self, what: Coming) {
        match what {
            Coming::Read(id) => {
                let outcome = if !self.signed_in || self.dice.chance(20) {
                    Err(self.problem())
                } else {
                    Ok(Box::new(run(id.as_str(), if self.dice.chance(10) { "stopped" } else { "running" }, false)))
                };
                self.tell(Event::Read(id, outcome));
            }
            Coming::Answer(id) => {
                let went = match self.dice.below(5) {
                    _ if !self.signed_in => StopProgress::Refused(self.problem()),
                    0 => StopProgress::Refused(self.problem()),
                    1 => StopProgress::Unknown(down()),
                    2 => StopProgress::AlreadyOver(None),
                    3 => StopProgress::Stopped(word("stopped")),
                    _ => StopProgress::Requested,
                };
                if let StopProgress::Refused(problem) = &went
                    && (*problem == no_token() || matches!(problem.kind, ProblemKind::Limited { .. }))
                {
                    let (_, _, refused) = self.asked.iter_mut().find(|(of, ..)| *of == id).unwrap();
                    *refused += 1;
                }
                let wait = self.dice.millis(30_000);
                self.later(wait, Coming::Shows(id.clone()));
                self.tell(Event::Progressed(id, went));
            }
            Coming::Shows(id) => {
                let sending =
                    self.bulk.entries().iter().any(|entry| entry.run.id == id && entry.state == EntryStage::Sending);
                if !sending && self.dice.chance(60) {
                    self.tell(Event::Progressed(id, StopProgress::Stopped(word("stopped"))));
                }
            }
            Coming::Person(0) => {
                self.halted = true;
                self.tell(Event::CancelRemaining);
            }
            Coming::Person(1) => self.tell(Event::Continue(self.signed_in)),
            // A second bulk stop cannot start before the first has finished.
            Coming::Person(2) if self.bulk.is_busy() => self.tell(Event::Open(vec![open_run("elsewhere")])),
            Coming::Person(_) => self.tell(Event::Confirm("1".to_owned())),
        }
    }

    fn run(&mut self) {
        for _ in 0..2000 {
            let next = self.coming.iter().enumerate().min_by_key(|(_, (at, _))| *at).map(|(at, _)| at);
            if let Some(at) = next {
                let (when, what) = self.coming.swap_remove(at);
                self.now = self.now.max(when);
                self.arrive(what);
            } else if self.bulk.waiting_until().is_some() {
                self.now = self.now.plus(Span::from_seconds(5));
                self.tell(Event::Tick);
            } else if self.bulk.pause().is_some() {
                self.signed_in = true;
                self.locked = false;
                self.tell(Event::Continue(true));
            } else {
                break;
            }
        }
        assert!(!self.bulk.is_busy(), "each ends with a result");
    }
}

#[test]
fn only_listed_runs_are_stopped_at_most_once_and_each_gets_one_result() {
    fn walk(seed: u64) -> [bool; 3] {
        let mut world = World::new(seed);
        world.run();
        let again = world.asked.iter().any(|(_, asked, _)| *asked > 1);
        let stopped = world.bulk.entries().iter().any(|entry| matches!(entry.state, EntryStage::Stopped(_)));
        let kept = world.bulk.entries().iter().any(|entry| entry.state == EntryStage::Skipped);
        [again, stopped, kept]
    }
    let [again, stopped, kept] = on_all_cores(50_000, walk);
    // The sequences cover what they should prove.
    assert!(again > 2000 && stopped > 20_000 && kept > 2000, "{again} {stopped} {kept}");
}

/// Whether nothing can change the result any more; a requested stop, or one of unknown outcome, may still be confirmed.
fn is_final(stage: &EntryStage) -> bool {
    stage.is_settled() && !matches!(stage, EntryStage::Requested | EntryStage::Unknown(_))
}
