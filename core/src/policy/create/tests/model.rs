//! Runs the console against a server that loses, delays and reorders answers, and commits late or twice.

use super::*;
use crate::policy::simulation::{Dice, on_all_cores};

enum Coming {
    Commit(Run),
    Answer(String, Result<Box<Run>, Problem>),
    /// A list as of when it was read, and whether the read failed.
    List {
        runs: Vec<Run>,
        why: Why,
        failed: bool,
    },
    Person(u64),
    Poll,
}

/// Why a list is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Search,
    Check,
    Poll,
}

/// A request as the server saw it.
struct Post {
    key: String,
    run: NewRun,
    refused: bool,
    /// Whether the console got the refusal, and until when it promises to find the run all the same.
    answered: bool,
    watched_until: Option<Timestamp>,
    /// The runs it will have created in the end.
    makes: Vec<RunId>,
    /// Whether the console ever reported its outcome.
    told: bool,
}

struct World {
    dice: Dice,
    console: Driven,
    runs: Vec<Run>,
    coming: Vec<(Timestamp, u32, Coming)>,
    posts: Vec<Post>,
    told: Vec<RunId>,
    delivered: Vec<RunId>,
    /// Runs of refused requests that a list showed while they were watched.
    owed: Vec<RunId>,
    page: u32,
    coarse: bool,
    ids: u32,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let coarse = dice.chance(30);
        let mut world = Self {
            dice,
            console: Driven::new(),
            runs: Vec::new(),
            coming: Vec::new(),
            posts: Vec::new(),
            told: Vec::new(),
            delivered: Vec::new(),
            owed: Vec::new(),
            page: 0,
            coarse,
            ids: 0,
        };
        world.later(Span::default(), Coming::Person(0));
        for _ in 0..world.dice.below(6) {
            let (wait, what) = (world.dice.millis(150_000), world.dice.below(10));
            world.later(wait, Coming::Person(what));
        }
        world.later(Span::from_seconds(7), Coming::Poll);
        world
    }

    fn later(&mut self, wait: Span, what: Coming) {
        self.coming.push((self.console.now.plus(wait), self.page, what));
    }

    fn tell(&mut self, event: Event) {
        let (submits, sends_again) = (matches!(event, Event::Submit(_)), matches!(event, Event::SendAgain(_)));
        let dismisses = event == Event::Dismiss;
        let settled =
            !matches!(self.console.state.stage, Stage::Saving | Stage::Sent | Stage::Searching(_) | Stage::Ready);
        for effect in self.console.on(event) {
            match effect {
                Effect::Post(key, run) => {
                    assert!(submits || sends_again, "sent without being asked");
                    if submits {
                        let unclear = self.posts.iter().any(|post| !post.told && alike(&post.run, &run));
                        assert!(!unclear, "sent again although it was not known what became of the first");
                    }
                    self.receive(key, run);
                }
                Effect::ReadList => self.list(Why::Search),
                Effect::ReadNewest => self.list(Why::Check),
                _ => {}
            }
        }
        assert!(
            !settled || dismisses || submits || sends_again || self.console.state.stage != Stage::Ready,
            "an outcome went by itself"
        );
        self.check();
    }

    /// The server handles a request.
    fn receive(&mut self, key: String, run: NewRun) {
        assert!(self.posts.iter().all(|post| post.key != key), "one request, sent twice");
        let mut post = Post {
            key: key.clone(),
            run: run.clone(),
            refused: false,
            answered: false,
            watched_until: None,
            makes: Vec::new(),
            told: false,
        };
        let limit = Span::from_seconds(30);
        if self.dice.chance(10) {
            let wait = self.dice.millis(5000);
            post.refused = true;
            // The browser repeated the request after it was carried out, and shows the answer to the second one.
            if self.dice.chance(50) {
                let made = self.make(&run, Span::default());
                post.makes.push(made.id.clone());
                self.later(Span::default(), Coming::Commit(made));
            }
            self.later(wait, Coming::Answer(key, Err(refusal())));
            self.posts.push(post);
            return;
        }
        // Never, in time, slowly, or after the search has ended.
        let commit = match self.dice.below(8) {
            0 | 1 => None,
            2..=4 => Some(self.dice.millis(2000)),
            5 | 6 => Some(self.dice.millis(40_000)),
            _ => Some(Span::from_millis(60_000).max(self.dice.millis(300_000))),
        };
        let mut answered = None;
        if let Some(commit) = commit {
            // A gateway repeats the request; only exact milliseconds can prove that.
            let copies = if !self.coarse && self.dice.chance(5) { 2 } else { 1 };
            for _ in 0..copies {
                let made = self.make(&run, commit);
                post.makes.push(made.id.clone());
                answered.get_or_insert_with(|| made.clone());
                self.later(commit, Coming::Commit(made));
            }
        }
        let answer_at = commit.map(|commit| Span::from_millis(commit.millis() + self.dice.below(3000) as i64));
        match (answered, answer_at) {
            (Some(run), Some(at)) if at < limit && self.dice.chance(50) => {
                self.later(at, Coming::Answer(key, Ok(Box::new(run))));
            }
            _ => {
                let (wait, problem) = match self.dice.below(3) {
                    0 => (limit, lost()),
                    1 => (self.dice.millis(30_000), Problem::bare(ProblemKind::Unreachable { offline: false })),
                    _ => (self.dice.millis(30_000), Problem::bare(ProblemKind::Server { status: 503 })),
                };
                self.later(wait, Coming::Answer(key, Err(problem)));
            }
        }
        self.posts.push(post);
    }

    /// The run that a request makes, as the server will store it after a while.
    fn make(&mut self, run: &NewRun, commit: Span) -> Run {
        self.ids += 1;
        let id = format!("r{}", self.ids);
        let mut made = if self.coarse { made_coarse(&id, run) } else { made(&id, run) };
        made.created_at = Some(self.console.now.plus(commit));
        made
    }

    /// A list read now and answered later, in any order.
    fn list(&mut self, why: Why) {
        let (wait, failed) = (self.dice.millis(6000), self.dice.chance(15));
        self.later(wait, Coming::List { runs: self.runs.clone(), why, failed });
    }

    fn arrive(&mut self, page: u32, what: Coming) {
        match what {
            Coming::Commit(run) => self.runs.push(run),
            // A closed page receives nothing.
            Coming::Answer(..) | Coming::List { .. } if page != self.page => {}
            Coming::Answer(key, outcome) => {
                if let Some(post) = self.posts.iter_mut().find(|post| post.key == key) {
                    post.told |= post.refused;
                    post.answered = post.refused;
                }
                self.tell(Event::Answered(key, outcome));
            }
            Coming::List { failed: true, why: Why::Search, .. } => self.tell(Event::ReadFailed(lost(), 0.5)),
            Coming::List { failed: true, .. } => {}
            Coming::List { runs, why, .. } => {
                self.delivered.extend(runs.iter().map(|run| run.id.clone()));
                let now = self.console.now;
                let is_watched = |post: &&Post| post.answered && post.watched_until.is_none_or(|until| now < until);
                let seen = self
                    .posts
                    .iter()
                    .filter(is_watched)
                    .flat_map(|post| &post.makes)
                    .filter(|id| runs.iter().any(|run| run.id == **id));
                self.owed.extend(seen.cloned());
                let concerned = runs.into_iter().filter(|run| self.console.state.may_concern(run)).collect();
                if why != Why::Poll {
                    let unchecked = self.posts.iter_mut().filter(|post| post.answered && post.watched_until.is_none());
                    unchecked.for_each(|post| post.watched_until = Some(now.plus(Span::from_minutes(1))));
                }
                self.tell(match why {
                    Why::Search => Event::Read(concerned, true),
                    Why::Check => Event::NewestRead(concerned),
                    Why::Poll => Event::RunsSeen(concerned),
                });
            }
            Coming::Person(what) => self.person(what),
            Coming::Poll => {
                self.list(Why::Poll);
                let wait = Span::from_millis(10_000 + self.dice.below(10_000) as i64);
                self.later(wait, Coming::Poll);
            }
        }
    }

    fn person(&mut self, what: u64) {
        let mut ask = ask("", if self.dice.chance(80) { "a" } else { "b" });
        ask.key = format!("k{}", self.dice.roll());
        let random = [self.dice.below(1000), self.dice.below(1000)];
        ask.fingerprint = Fingerprint::new(random.map(|n| n as f64 / 1000.0));
        ask.known = self
            .delivered
            .iter()
            .filter(|id| self.runs.iter().any(|run| run.id == **id && looks_like(&ask.run, run)))
            .cloned()
            .collect();
        match what {
            // A double click.
            0..=3 => {
                self.tell(Event::Submit(ask.clone()));
                self.tell(Event::Submit(ask));
            }
            4 | 5 => {
                self.tell(Event::SendAgain(ask.clone()));
                self.tell(Event::SendAgain(ask));
            }
            6 | 7 => self.tell(Event::Dismiss),
            // A reload, or a tab that was closed and opened again.
            _ => {
                self.page += 1;
                for entry in &mut self.coming {
                    if matches!(entry.2, Coming::Person(_) | Coming::Poll) {
                        entry.1 = self.page;
                    }
                }
                let kept = self.console.kept.clone().unwrap_or_default();
                self.console.state = CreateState::restore(&kept, self.console.now);
            }
        }
    }

    fn check(&mut self) {
        let state = &self.console.state;
        let shown = state.current().into_iter().chain(state.late_finds());
        for made in shown.flat_map(|intent| &intent.made) {
            self.told.push(made.id.clone());
        }
        for post in &mut self.posts {
            let known = state.intents.iter().find(|intent| intent.key == post.key);
            post.told |= known.is_some_and(|intent| intent.fate == Fate::Made);
        }
        let Some(post) = state.current().and_then(|current| self.posts.iter().find(|post| post.key == current.key))
        else {
            return;
        };
        match &state.stage {
            Stage::Refused(_) => assert!(post.refused, "said not created, and it may have been"),
            Stage::NotFound { .. } => {
                let seen = post.makes.iter().any(|id| self.delivered.contains(id) && !self.told.contains(id));
                assert!(!seen, "said not found although a list had it");
            }
            _ => {}
        }
    }

    fn run(&mut self) {
        let end = NOW.plus(Span::from_seconds(600));
        loop {
            let due = self.console.state.due();
            let next =
                self.coming.iter().enumerate().min_by_key(|(_, (at, ..))| *at).map(|(index, (at, ..))| (index, *at));
            match (next, due) {
                (Some((_, at)), Some(due)) if due < at => {
                    self.console.now = self.console.now.max(due);
                    self.tell(Event::Tick);
                }
                (Some((index, at)), _) if at <= end => {
                    let (_, page, what) = self.coming.swap_remove(index);
                    self.console.now = self.console.now.max(at);
                    self.arrive(page, what);
                }
                _ => break,
            }
        }
        // The list is read twice more: the first read may match a run to the wrong request, which the second corrects.
        self.console.now = self.console.now.max(end);
        for _ in 0..2 {
            self.tell(Event::RunsSeen(self.runs.clone()));
        }
        for post in &self.posts {
            // Without milliseconds, the run of a refused request may be taken for that of an earlier one, or known before.
            let is_owed = |id: &&RunId| !post.refused || (self.owed.contains(id) && !self.coarse);
            for id in post.makes.iter().filter(is_owed) {
                assert!(self.told.contains(id), "{id:?} exists, and nobody was told");
            }
        }
        for post in self.posts.iter().filter(|post| post.told && !post.refused) {
            assert!(!post.makes.is_empty() || self.coarse, "said created, and it was not");
        }
    }
}

#[test]
fn console_never_duplicates_loses_or_denies_a_run() {
    let [again, found, twice] = on_all_cores(100_000, walk);
    // The sequences cover what they should prove.
    assert!(again > 10_000 && found > 1000 && twice > 5000, "{again} {found} {twice}");
}

/// Runs one sequence; returns whether it sent again, found the run in the list, and ended with two runs.
fn walk(seed: u64) -> [bool; 3] {
    let mut world = World::new(seed);
    world.run();
    [world.posts.len() > 1, world.console.state.stage == Stage::Found, world.runs.len() > 1]
}
