mod model;

use super::*;
use crate::problem::ProblemKind;
use crate::run::JobId;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn form(name: &str) -> NewRun {
    NewRun { job_id: JobId::new("j"), name: String::from(name), start_at: after(3600), end_at: after(7200) }
}

fn ask(key: &str, name: &str) -> Box<CreateRequest> {
    Box::new(CreateRequest {
        run: form(name),
        key: String::from(key),
        fingerprint: Fingerprint::new([key.len() as f64 / 10.0, 0.5]),
        known: Vec::new(),
        tolerance: Span::from_seconds(5),
    })
}

/// What the API would make of a request.
fn made(id: &str, of: &NewRun) -> Run {
    let value = json!({"id": id, "job_id": of.job_id.as_str(), "name": of.name, "start_at": of.start_at.to_iso(),
        "end_at": of.end_at.to_iso(), "created_at": NOW.to_iso()});
    Run::read(&value).unwrap()
}

/// The same, by an API that keeps whole seconds only.
fn made_coarse(id: &str, of: &NewRun) -> Run {
    let second = |at: Timestamp| Timestamp::from_millis(at.millis().div_euclid(1000) * 1000);
    Run { start_at: Some(second(of.start_at)), end_at: Some(second(of.end_at)), ..made(id, of) }
}

fn lost() -> Problem {
    Problem::bare(ProblemKind::TimedOut { after: Span::from_seconds(30) })
}

fn refusal() -> Problem {
    Problem::bare(ProblemKind::Invalid { fields: Vec::new() })
}

/// A console, driven by hand.
struct Driven {
    state: CreateState,
    now: Timestamp,
    kept: Option<String>,
}

impl Driven {
    fn new() -> Self {
        Self { state: CreateState::default(), now: NOW, kept: None }
    }

    fn on(&mut self, event: Event) -> Vec<Effect> {
        let (state, mut effects) = std::mem::take(&mut self.state).step(event, self.now);
        self.state = state;
        for effect in effects.clone() {
            match effect {
                Effect::Save(text) => self.kept = Some(text),
                Effect::ClearSaved => self.kept = None,
                _ => {}
            }
        }
        if self.state.stage == Stage::Saving {
            effects.extend(self.on(Event::Saved(true)));
        }
        effects
    }

    /// How many requests to create a run the event makes it send.
    fn posts(&mut self, event: Event) -> usize {
        self.on(event).iter().filter(|effect| matches!(effect, Effect::Post(..))).count()
    }

    fn submit(&mut self, key: &str) -> NewRun {
        assert_eq!(self.posts(Event::Submit(ask(key, "a"))), 1);
        self.state.current().unwrap().run.clone()
    }

    fn answer(&mut self, key: &str, outcome: Result<Run, Problem>) -> Vec<Effect> {
        self.on(Event::Answered(String::from(key), outcome.map(Box::new)))
    }

    /// Lets all readings find nothing.
    fn read_in_vain(&mut self) {
        while let Stage::Searching(reading) = &self.state.stage {
            if let Some(due) = reading.due() {
                self.now = self.now.max(due);
                assert_eq!(self.on(Event::Tick), [Effect::ReadList]);
            }
            self.on(Event::Read(Vec::new(), true));
        }
    }

    fn made(&self) -> Vec<(&str, Likeness, bool)> {
        let made = self.state.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
        made.iter().map(|made| (made.id.as_str(), made.likeness, made.late)).collect()
    }
}

#[test]
fn request_is_saved_before_it_is_sent() {
    let (state, effects) = CreateState::default().step(Event::Submit(ask("1", "a")), NOW);
    assert!(matches!(effects.as_slice(), [Effect::Save(_)]));
    assert_eq!(state.stage, Stage::Saving);
    let run = state.current().unwrap().run.clone();
    let (state, effects) = state.step(Event::Saved(false), NOW);
    let told = Effect::NotifyTabs(Said::Doing(String::from("1"), run.clone(), super::super::tabs::Doing::Sent));
    assert_eq!(effects, [told, Effect::Post(String::from("1"), run)]);
    assert!(state.save_failed(), "a browser that keeps nothing is said, and does not forbid");
    assert_eq!(state.step(Event::Saved(true), NOW).1, [], "kept twice, sent once");
}

#[test]
fn double_click_creates_one_request() {
    let (state, _) = CreateState::default().step(Event::Submit(ask("1", "a")), NOW);
    let (state, effects) = state.step(Event::Submit(ask("2", "a")), NOW);
    assert_eq!(effects, []);
    let (state, _) = state.step(Event::Saved(true), NOW);
    for event in
        [Event::Submit(ask("2", "a")), Event::Submit(ask("2", "b")), Event::SendAgain(ask("2", "a")), Event::Dismiss]
    {
        assert_eq!(state.clone().step(event, NOW), (state.clone(), Vec::new()));
    }
}

#[test]
fn created_run_is_shown_with_its_differences() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    let mut got = made("r", &run);
    got.end_at = Some(after(9000));
    let effects = driven.answer("1", Ok(got));
    assert_eq!(
        effects,
        [
            Effect::ShowRun(RunId::new("r")),
            Effect::NotifyTabs(Said::Settled(String::from("1"), Some(RunId::new("r")))),
            Effect::Save(driven.kept.clone().unwrap())
        ]
    );
    let Stage::Created { differences } = &driven.state.stage else { panic!("created") };
    assert_eq!(differences.len(), 1);
    assert_eq!(driven.state.block_reason(&form("a")), Some(BlockReason::AlreadyCreated));
    assert_eq!(driven.posts(Event::Submit(ask("2", "a"))), 0, "Enter, pressed again after the answer");
    driven.on(Event::Dismiss);
    assert_eq!(driven.posts(Event::Submit(ask("2", "a"))), 1, "after it was seen it is the person's own wish");
}

#[test]
fn refused_request_can_be_corrected_and_sent_at_once() {
    let mut driven = Driven::new();
    driven.submit("1");
    driven.answer("1", Err(refusal()));
    assert_eq!(driven.state.stage, Stage::Refused(refusal()));
    assert_eq!(driven.kept, None);
    assert_eq!(driven.posts(Event::Submit(ask("2", "a"))), 1);
}

#[test]
fn unknown_outcome_is_searched_five_times_over_forty_seconds() {
    let mut driven = Driven::new();
    driven.submit("1");
    assert!(driven.answer("1", Err(lost())).contains(&Effect::ReadList), "the first at once");
    let mut starts = vec![driven.now.since(NOW)];
    driven.on(Event::Read(Vec::new(), true));
    while let Some(due) = driven.state.due() {
        driven.now = due.plus(Span::from_millis(-1));
        assert_eq!(driven.on(Event::Tick), []);
        driven.now = due;
        assert_eq!(driven.on(Event::Tick), [Effect::ReadList]);
        assert_eq!(driven.on(Event::Tick), [], "one at a time");
        starts.push(due.since(NOW));
        for event in [Event::Submit(ask("2", "a")), Event::SendAgain(ask("2", "a")), Event::Dismiss] {
            assert_eq!(driven.on(event), []);
        }
        driven.on(Event::Read(Vec::new(), starts.len() != 3));
    }
    assert_eq!(starts, [0, 4, 12, 24, 40].map(Span::from_seconds));
    let over = Span::from_seconds(40);
    assert_eq!(driven.state.stage, Stage::NotFound { readings: SEARCH_READS, over, partial: true });
}

#[test]
fn failed_read_does_not_count_as_a_search() {
    let mut driven = Driven::new();
    driven.submit("1");
    driven.answer("1", Err(lost()));
    for _ in 0..20 {
        driven.on(Event::ReadFailed(lost(), 0.5));
        driven.now = driven.state.due().unwrap();
        assert_eq!(driven.on(Event::Tick), [Effect::ReadList]);
    }
    let Stage::Searching(reading) = &driven.state.stage else { panic!("reading") };
    assert_eq!((reading.done, reading.failed), (0, 20));
    driven.on(Event::ReadFailed(refusal(), 0.5));
    assert_eq!(driven.on(Event::Resumed), [Effect::ReadList], "signed in again: at once");
}

#[test]
fn matching_run_in_the_list_ends_the_search_with_its_likeness() {
    for (coarse, likeness, block) in
        [(false, Likeness::Exact, BlockReason::AlreadyCreated), (true, Likeness::Probable, BlockReason::Unclear)]
    {
        let mut driven = Driven::new();
        let run = driven.submit("1");
        driven.answer("1", Err(lost()));
        let listed = if coarse { made_coarse("r", &run) } else { made("r", &run) };
        assert!(driven.state.may_concern(&listed));
        driven.on(Event::Read(vec![listed], false));
        assert_eq!(driven.state.stage, Stage::Found);
        assert_eq!(driven.made(), [("r", likeness, false)]);
        assert_eq!(driven.state.block_reason(&form("a")), Some(block));
    }
}

#[test]
fn all_matching_runs_are_reported() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.on(Event::Read(vec![made_coarse("r", &run), made_coarse("s", &run), made_coarse("r", &run)], true));
    assert_eq!(driven.made(), [("r", Likeness::Probable, false), ("s", Likeness::Probable, false)]);
    // Where one is certain the others are somebody else's.
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.on(Event::Read(vec![made_coarse("r", &run), made("s", &run)], true));
    assert_eq!(driven.made(), [("s", Likeness::Exact, false)]);
}

#[test]
fn only_a_person_resends_and_a_late_first_run_is_reported() {
    let mut driven = Driven::new();
    let first = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    assert!(matches!(driven.state.stage, Stage::NotFound { readings: 5, partial: false, .. }));
    assert_eq!(driven.state.block_reason(&form("a")), Some(BlockReason::Unclear));
    assert_eq!(driven.posts(Event::Submit(ask("22", "a"))), 0);
    assert_eq!(driven.posts(Event::SendAgain(ask("22", "a"))), 1);
    let second = driven.state.current().unwrap().run.clone();
    assert_ne!(first, second, "each has its own fingerprint");
    driven.answer("22", Ok(made("s", &second)));
    driven.on(Event::RunsSeen(vec![made("s", &second), made("r", &first)]));
    assert!(matches!(driven.state.stage, Stage::Created { .. }), "the outcome that is shown stays");
    let told: Vec<&Intent> = driven.state.late_finds().collect();
    assert_eq!(told.len(), 1);
    let runs: Vec<&str> = driven.state.runs_for_same_request(told[0]).iter().map(|made| made.id.as_str()).collect();
    assert_eq!(runs, ["r", "s"], "two runs exist");
    driven.on(Event::LateFindsSeen);
    assert_eq!(driven.state.late_finds().count(), 0);
}

#[test]
fn found_run_survives_a_reload_until_acknowledged() {
    let found = |likeness| {
        let mut driven = Driven::new();
        let run = driven.submit("1");
        driven.answer("1", Err(lost()));
        let listed = if likeness == Likeness::Exact { made("r", &run) } else { made_coarse("r", &run) };
        driven.on(Event::Read(vec![listed], true));
        assert_eq!((driven.made(), &driven.state.stage), (vec![("r", likeness, false)], &Stage::Found));
        driven
    };
    for (likeness, block) in
        [(Likeness::Exact, BlockReason::AlreadyCreated), (Likeness::Probable, BlockReason::Unclear)]
    {
        let mut driven = found(likeness);
        let reloaded = CreateState::restore(&driven.kept.clone().unwrap(), after(60));
        assert_eq!((reloaded.stage(), reloaded.block_reason(&form("a"))), (&Stage::Found, Some(block)));
        assert_eq!(reloaded.step(Event::Submit(ask("2", "a")), after(61)).1, [], "one click sends nothing again");
        driven.on(Event::Dismiss);
        assert_eq!(CreateState::restore(&driven.kept.unwrap(), after(60)).stage(), &Stage::Ready, "seen");
    }
}

#[test]
fn acknowledged_run_is_not_reported_again_after_a_reload() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Ok(made("r", &run)));
    assert_eq!(CreateState::restore(&driven.kept.unwrap(), after(60)).stage(), &Stage::Ready);
}

#[test]
fn late_commit_turns_not_found_into_found() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    driven.on(Event::RunsSeen(vec![made("r", &run)]));
    assert_eq!(driven.state.stage, Stage::Found);
    assert_eq!(driven.made(), [("r", Likeness::Exact, true)]);
}

#[test]
fn late_commit_is_reported_after_the_person_moved_on() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    driven.on(Event::Dismiss);
    assert_eq!((&driven.state.stage, driven.state.current()), (&Stage::Ready, None));
    assert_eq!(driven.state.block_reason(&form("a")), Some(BlockReason::Unclear), "the same again is sending again");
    assert_eq!(driven.state.block_reason(&form("b")), None);
    driven.on(Event::RunsSeen(vec![made("r", &run)]));
    assert_eq!(driven.state.late_finds().count(), 1);
}

#[test]
fn second_run_of_one_request_is_reported() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Ok(made("r", &run)));
    driven.on(Event::RunsSeen(vec![made("r", &run)]));
    assert_eq!(driven.state.late_finds().count(), 0);
    driven.on(Event::RunsSeen(vec![made("r", &run), made("s", &run), made_coarse("t", &run)]));
    assert_eq!(driven.made(), [("r", Likeness::Exact, false), ("s", Likeness::Exact, true)]);
    assert_eq!(driven.state.late_finds().count(), 1);
    let recovered = CreateState::restore(&driven.kept.unwrap(), after(60));
    assert_eq!((&recovered.stage, recovered.is_watching()), (&Stage::Ready, true), "also after a reload");
}

#[test]
fn reload_searches_and_never_sends() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    let kept = driven.kept.clone().unwrap();
    let mut reloaded = Driven { state: CreateState::restore(&kept, after(5)), now: after(5), kept: Some(kept.clone()) };
    assert!(matches!(&reloaded.state.stage, Stage::Searching(reading) if reading.problem.is_none()));
    assert_eq!(reloaded.on(Event::Tick), [Effect::ReadList]);
    reloaded.on(Event::Read(vec![made("r", &run)], true));
    assert_eq!(reloaded.state.stage, Stage::Found);
    // What was given up is watched for quietly; what is too old, not at all.
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    driven.on(Event::Dismiss);
    let quiet = CreateState::restore(&driven.kept.unwrap(), after(100));
    assert_eq!((&quiet.stage, quiet.is_watching()), (&Stage::Ready, true));
    assert_eq!(CreateState::restore(&kept, after(86_400)), CreateState::default());
    assert_eq!(CreateState::restore("garbage", NOW), CreateState::default());
}

#[test]
fn duplicated_tab_learns_the_outcome_from_the_other() {
    let mut driven = Driven::new();
    driven.submit("1");
    let kept = driven.kept.clone().unwrap();
    let duplicate = || Driven { state: CreateState::restore(&kept, NOW), now: NOW, kept: None };
    let mut told = duplicate();
    told.on(Event::SettledElsewhere(String::from("1"), Some(RunId::new("r"))));
    assert_eq!((&told.state.stage, told.made()), (&Stage::Found, vec![("r", Likeness::Exact, false)]));
    let mut refused = duplicate();
    refused.on(Event::SettledElsewhere(String::from("1"), None));
    assert_eq!(refused.state, CreateState::default());
    driven.on(Event::SettledElsewhere(String::from("1"), None));
    assert_eq!(driven.state.stage, Stage::Sent, "a request under way waits for its own answer");
}

#[test]
fn refusal_after_an_unclear_request_reads_the_list() {
    let mut driven = Driven::new();
    driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    driven.on(Event::SendAgain(ask("22", "a")));
    let conflict = Problem::bare(ProblemKind::Conflict);
    assert!(driven.answer("22", Err(conflict.clone())).contains(&Effect::ReadList));
    assert_eq!(driven.state.stage, Stage::Refused(conflict));
}

#[test]
fn late_answer_names_the_run() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.on(Event::Read(vec![made_coarse("r", &run), made_coarse("s", &run)], true));
    driven.answer("1", Ok(made_coarse("s", &run)));
    assert!(matches!(driven.state.stage, Stage::Created { .. }));
    assert_eq!(driven.made(), [("s", Likeness::Exact, false)]);
}

#[test]
fn list_read_during_a_request_does_not_decide_its_outcome() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    for listed in [made("r", &run), made_coarse("s", &run)] {
        let before = driven.state.clone();
        assert_eq!(driven.on(Event::RunsSeen(vec![listed])), []);
        assert_eq!(driven.state, before);
    }
    driven.answer("1", Err(lost()));
    driven.on(Event::Read(vec![made("r", &run)], true));
    assert_eq!(driven.state.stage, Stage::Found);
}

#[test]
fn run_matched_to_the_wrong_request_moves_when_the_answer_arrives() {
    let mut driven = Driven::new();
    let first = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    driven.on(Event::SendAgain(ask("22", "a")));
    driven.answer("22", Err(lost()));
    // An API that keeps whole seconds only: it cannot be told whose this is.
    driven.on(Event::Read(vec![made_coarse("s", &first)], true));
    let second = driven.state.current().unwrap().run.clone();
    driven.answer("22", Ok(made_coarse("s", &second)));
    assert_eq!(driven.made(), [("s", Likeness::Exact, false)]);
    assert_eq!(
        driven.state.block_reason(&form("a")),
        Some(BlockReason::Unclear),
        "of the first nothing is known again"
    );
    driven.on(Event::RunsSeen(vec![made_coarse("s", &second), made_coarse("r", &first)]));
    let current = driven.state.current().unwrap();
    let runs: Vec<&str> = driven.state.runs_for_same_request(current).iter().map(|made| made.id.as_str()).collect();
    assert_eq!(runs, ["r", "s"]);
}
