//! Several tabs that read the same runs at any time, sleep and reload, and write into one record.

use super::*;
use proptest::prelude::*;

const TABS: usize = 3;
const RUNS: usize = 3;
const WORDS: [&str; 5] = ["scheduled", "running", "completed", "failed", "stopped"];

#[derive(Clone, Debug)]
enum Step {
    /// The API's word for a run becomes this one.
    Status(usize, usize),
    /// A tab reads all runs.
    Read(usize),
    /// A tab's clock ticks.
    Tick(usize),
    /// A tab is reloaded, with what it stored.
    Reload(usize),
    /// Nothing, for so many seconds.
    Pause(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..RUNS, 0..WORDS.len()).prop_map(|(run, word)| Step::Status(run, word)),
        6 => (0..TABS).prop_map(Step::Read),
        3 => (0..TABS).prop_map(Step::Tick),
        1 => (0..TABS).prop_map(Step::Reload),
        1 => (1..400_i64).prop_map(Step::Pause),
    ];
    prop::collection::vec(step, 1..80)
}

struct World {
    now: i64,
    runs: Vec<Run>,
    has_updated_at: bool,
    /// How often the API's word became each of these, for each run.
    entered: [[usize; WORDS.len()]; RUNS],
    tabs: Vec<KnownRuns>,
    /// When each tab last read, and what.
    last: Vec<Option<(i64, Vec<Run>)>>,
    record: Record,
}

impl World {
    fn new(has_updated_at: bool) -> Self {
        let window = |at: usize| [50 + 40 * at as i64, 300 + 100 * at as i64];
        Self {
            now: 0,
            runs: (0..RUNS).map(|at| run(&at.to_string(), "scheduled", window(at))).collect(),
            has_updated_at,
            entered: [[0; WORDS.len()]; RUNS],
            tabs: vec![KnownRuns::default(); TABS],
            last: vec![None; TABS],
            record: Record::default(),
        }
    }

    fn step(&mut self, step: &Step) {
        self.now += 3;
        let moment = moment(self.now);
        match *step {
            Step::Status(run, word) => {
                let status = Status::new(WORDS[word]);
                if self.runs[run].status != Some(status.clone()) {
                    self.entered[run][word] += 1;
                    self.runs[run].updated_at = self.has_updated_at.then_some(moment.api);
                    self.runs[run].status = Some(status);
                }
            }
            Step::Read(tab) => {
                let runs = self.runs.iter().cloned().map(Arc::new);
                let entries = self.tabs[tab].read(runs, ReadTime { sent: moment, received: moment });
                self.tabs[tab].note_all_known(moment);
                self.add(entries);
                if let Some((before, known)) = self.last[tab].replace((self.now, self.runs.clone())) {
                    self.assert_told(before, &known);
                }
            }
            Step::Tick(tab) => {
                let entries = self.tabs[tab].tick(moment);
                self.add(entries);
            }
            Step::Reload(tab) => self.tabs[tab] = KnownRuns::of_text(&self.tabs[tab].to_text(moment.api)),
            Step::Pause(seconds) => self.now += seconds,
        }
    }

    fn add(&mut self, noticed: Vec<Noticed>) {
        for Noticed { entry, .. } in noticed {
            self.record.add(entry, moment(self.now).here);
        }
    }

    /// What a tab saw change between two readings is in the record.
    fn assert_told(&self, before: i64, known: &[Run]) {
        for (old, new) in known.iter().zip(&self.runs) {
            let [was, is] = [(old, before), (new, self.now)].map(|(run, at)| RunState::of(run, after(at)));
            let wanted = match is {
                RunState::Running => Kind::Running,
                RunState::Completed => Kind::Completed,
                RunState::Failed => Kind::Failed,
                RunState::Stopped => Kind::Stopped,
                RunState::Ended => Kind::Ended,
                RunState::Open => Kind::Opened,
                RunState::Scheduled | RunState::Unknown => Kind::Reverted,
            };
            let in_time = |entry: &&&Arc<Entry>| {
                let noticed = entry.happened() > after(before) || entry.noticed.api > after(before);
                let kind = Kind::of(entry);
                noticed && (kind == wanted || wanted == Kind::Opened && kind == Kind::Reverted)
            };
            if was != is {
                let told = self.record.of_run(&new.id);
                assert!(told.iter().find(in_time).is_some(), "{was:?} {is:?} {before} {} {told:#?}", self.now);
            }
        }
    }

    /// Nothing is in the record more often than it happened.
    fn assert_none_twice(&self) {
        for (at, run) in self.runs.iter().enumerate() {
            let told = self.record.of_run(&run.id);
            let count = |kind: Kind| told.iter().filter(|entry| Kind::of(entry) == kind).count();
            for (word, kind) in [(1, Kind::Running), (2, Kind::Completed), (3, Kind::Failed), (4, Kind::Stopped)] {
                assert!(count(kind) <= self.entered[at][word], "{kind:?} {told:#?}");
            }
            let exact = |kind: Kind| {
                told.iter().filter(|entry| Kind::of(entry) == kind && matches!(entry.known, HowKnown::At(_))).count()
            };
            assert!(exact(Kind::Opened) <= 1 && exact(Kind::Ended) <= 1, "{told:#?}");
        }
        let happened: Vec<_> = self.record.entries().map(|entry| entry.happened()).collect();
        assert!(happened.is_sorted());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn nothing_seen_is_lost_and_nothing_is_told_twice(steps in steps(), has_updated_at: bool) {
        let mut world = World::new(has_updated_at);
        for step in &steps {
            world.step(step);
        }
        world.assert_none_twice();
    }
}
