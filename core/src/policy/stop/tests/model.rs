//! Runs the console against a server that loses, delays and reorders answers, and stops runs late or never.

use super::*;
use crate::policy::simulation::{Dice, on_all_cores};

enum Coming {
    /// The run's status changes.
    Status(&'static str),
    Answer(Result<Option<Box<Run>>, Problem>),
    /// The run as of when it was read, if it could be read, and the epoch of that request.
    Read(Option<&'static str>, u32),
    Person(u64),
    Poll,
}

struct World {
    dice: Dice,
    console: Driven,
    status: &'static str,
    coming: Vec<(Timestamp, Coming)>,
    /// The numbers of confirmed dialogs, sent requests and refused requests.
    confirmed: usize,
    sent: usize,
    refused: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        let (dice, console) = (Dice(seed), Driven::new());
        let mut world =
            Self { dice, console, status: "running", coming: Vec::new(), confirmed: 0, sent: 0, refused: 0 };
        for _ in 0..2 + world.dice.below(6) {
            let (wait, what) = (world.dice.millis(100_000), world.dice.below(10));
            world.later(wait, Coming::Person(what));
        }
        if world.dice.chance(10) {
            // The run ends on its own.
            let wait = world.dice.millis(100_000);
            world.later(wait, Coming::Status("completed"));
        }
        world.later(Span::from_seconds(5), Coming::Poll);
        world
    }

    fn later(&mut self, wait: Span, what: Coming) {
        self.coming.push((self.console.now.plus(wait), what));
    }

    fn tell(&mut self, event: Event) {
        let may_confirm = self.console.state.may_confirm();
        self.confirmed += usize::from(event == Event::Confirm && may_confirm);
        for effect in self.console.on(event) {
            match effect {
                Effect::Post => self.receive(),
                Effect::ReadRun => self.read(),
                Effect::ReadSummary => {}
            }
        }
        assert_eq!(self.sent, self.confirmed, "one request for one confirmed dialog");
        match self.console.state.stage() {
            Stage::Confirmed(_) => assert_ne!(self.status, "running", "said stopped, and it was not"),
            Stage::Refused(_) => assert!(self.refused > 0, "said refused, and it was not"),
            Stage::AlreadyOver(Some(status)) => assert_ne!(status.as_str(), "running"),
            _ => {}
        }
    }

    fn receive(&mut self) {
        self.sent += 1;
        let wait = self.dice.millis(8000);
        if self.status != "running" {
            return self.later(wait, Coming::Answer(Err(Problem::bare(ProblemKind::Conflict))));
        }
        match self.dice.below(10) {
            0 => {
                self.refused += 1;
                return self.later(wait, Coming::Answer(Err(Problem::bare(ProblemKind::Forbidden))));
            }
            // The stop never takes effect.
            1 => {}
            2..=6 => self.later(wait, Coming::Status("stopped")),
            _ => {
                let late = self.dice.millis(200_000);
                self.later(late, Coming::Status("stopped"));
            }
        }
        let answer = Span::from_millis(wait.millis() + self.dice.below(4000) as i64);
        match self.dice.below(4) {
            0 => self.later(Span::from_seconds(30), Coming::Answer(Err(lost()))),
            1 => self.later(answer, Coming::Answer(Err(Problem::bare(ProblemKind::Server { status: 502 })))),
            2 => self.later(answer, Coming::Answer(Ok(Some(run(Some("running")))))),
            _ => self.later(answer, Coming::Answer(Ok(None))),
        }
    }

    fn read(&mut self) {
        let (wait, failed) = (self.dice.millis(6000), self.dice.chance(15));
        let status = (!failed).then_some(self.status);
        self.later(wait, Coming::Read(status, self.console.state.epoch()));
    }

    fn arrive(&mut self, what: Coming) {
        match what {
            Coming::Status(status) if self.status == "running" => self.status = status,
            Coming::Status(_) => {}
            Coming::Answer(outcome) => self.tell(Event::Answered(outcome)),
            Coming::Read(None, _) => self.tell(Event::ReadFailed(lost(), 0.5)),
            Coming::Read(status, epoch) => self.tell(Event::Read(run(status), epoch)),
            Coming::Poll => {
                self.read();
                self.later(Span::from_seconds(15), Coming::Poll);
            }
            Coming::Person(what @ 0..=7) => {
                self.tell(Event::Open(run(Some(self.status)), None));
                if what < 7 {
                    self.later(Span::from_seconds(4), Coming::Person(8));
                }
            }
            // A double click.
            Coming::Person(8) => {
                self.tell(Event::Confirm);
                self.tell(Event::Confirm);
            }
            Coming::Person(_) => self.tell(Event::Dismiss),
        }
    }

    fn run(&mut self) {
        let end = NOW.plus(Span::from_seconds(400));
        loop {
            let due = self.console.state.due();
            let next =
                self.coming.iter().enumerate().min_by_key(|(_, (at, _))| *at).map(|(index, (at, _))| (index, *at));
            match (next, due) {
                (Some((_, at)), Some(due)) if due < at => {
                    self.console.now = self.console.now.max(due);
                    self.tell(Event::Tick);
                }
                (Some((index, at)), _) if at <= end => {
                    let (_, what) = self.coming.swap_remove(index);
                    self.console.now = self.console.now.max(at);
                    self.arrive(what);
                }
                _ => break,
            }
        }
        let pending = self.console.state.pending_since().is_some();
        assert!(!pending || self.status == "running", "it was stopped, and nobody was told");
    }
}

#[test]
fn one_request_per_dialog_no_false_confirmation_and_every_stop_is_reported() {
    fn walk(seed: u64) -> [bool; 3] {
        let mut world = World::new(seed);
        world.run();
        let confirmed = matches!(world.console.state.stage(), Stage::Confirmed(_));
        [world.sent > 1, confirmed, matches!(world.console.state.stage(), Stage::Requested(_) | Stage::Unknown(..))]
    }
    let [again, confirmed, open] = on_all_cores(100_000, walk);
    // The sequences cover what they should prove.
    assert!(again > 5000 && confirmed > 20_000 && open > 1000, "{again} {confirmed} {open}");
}
