mod model;
mod recovery;

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

/// The run that the API creates from a request.
fn made(id: &str, of: &NewRun) -> Run {
    let value = json!({"id": id, "job_id": of.job_id.as_str(), "name": of.name, "start_at": of.start_at.to_iso(),
        "end_at": of.end_at.to_iso(), "created_at": NOW.to_iso()});
    Run::read_body(&value.to_string()).unwrap()
}

/// The same for an API that stores whole seconds only.
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

/// A console whose events are sent by the test.
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

    /// The number of create requests that an event causes.
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

    /// Lets the whole search find nothing.
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
    let told =
        Effect::NotifyTabs(TabEvent::Activity(String::from("1"), run.clone(), super::super::tabs::TabActivity::Sent));
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
            Effect::NotifyTabs(TabEvent::Settled(String::from("1"), Some(RunId::new("r")))),
            Effect::Save(driven.kept.clone().unwrap()),
            Effect::ReadNewest,
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
    // With an exact match, the probable ones belong to somebody else.
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.on(Event::Read(vec![made_coarse("r", &run), made("s", &run)], true));
    assert_eq!(driven.made(), [("s", Likeness::Exact, false)]);
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
fn run_of_a_repeated_request_is_found_although_the_answer_was_a_refusal() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    assert!(driven.answer("1", Err(refusal())).contains(&Effect::ReadNewest), "the list is read after a refusal");
    driven.now = after(59);
    driven.on(Event::RunsSeen(vec![made("r", &run)]));
    assert_eq!(driven.state.stage, Stage::Found);
    assert_eq!(driven.made(), [("r", Likeness::Exact, true)]);
    assert_eq!(driven.state.block_reason(&form("a")), Some(BlockReason::AlreadyCreated));
}

#[test]
fn newest_runs_are_read_again_until_a_reading_succeeds() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Err(refusal()));
    // Without a token or a network for a quarter of an hour.
    driven.now = after(900);
    assert_eq!(driven.on(Event::Tick), []);
    assert_eq!(driven.on(Event::Resumed), [Effect::ReadNewest]);
    driven.on(Event::NewestRead(vec![made("r", &run)]));
    assert_eq!(driven.state.stage, Stage::Found);
    assert_eq!(driven.on(Event::Resumed), []);
}

#[test]
fn refused_request_is_watched_for_a_minute_after_the_first_reading_also_after_a_reload() {
    for (reload, seconds, found) in [(false, 59, true), (true, 59, true), (false, 61, false), (true, 61, false)] {
        let mut driven = Driven::new();
        let run = driven.submit("1");
        driven.answer("1", Err(refusal()));
        driven.on(Event::NewestRead(Vec::new()));
        driven.on(Event::Dismiss);
        if reload {
            driven.state = CreateState::restore(driven.kept.as_deref().unwrap(), driven.now);
        }
        driven.now = after(seconds);
        driven.on(Event::RunsSeen(vec![made("r", &run)]));
        assert_eq!(driven.state.late_finds().count(), usize::from(found), "{reload} {seconds}");
    }
}

#[test]
fn refused_request_leaves_a_probable_run_to_the_one_whose_answer_was_lost() {
    let mut driven = Driven::new();
    driven.submit("1");
    driven.answer("1", Err(refusal()));
    let run = driven.submit("22");
    driven.answer("22", Err(lost()));
    driven.on(Event::Read(vec![made_coarse("r", &run)], true));
    assert_eq!(driven.state.current().unwrap().key, "22");
    assert_eq!(driven.made(), [("r", Likeness::Probable, false)]);
}

#[test]
fn second_run_of_an_answered_request_is_reported_everywhere() {
    type Stores = fn(&str, &NewRun) -> Run;
    for (stores, likeness) in [(made as Stores, Likeness::Exact), (made_coarse, Likeness::Probable)] {
        let mut driven = Driven::new();
        let run = driven.submit("1");
        assert!(driven.answer("1", Ok(stores("r", &run))).contains(&Effect::ReadNewest), "the list is read once");
        driven.on(Event::RunsSeen(vec![stores("r", &run), stores("s", &run)]));
        assert!(matches!(driven.state.stage, Stage::Created { .. }));
        assert_eq!(driven.made(), [("r", Likeness::Exact, false), ("s", likeness, true)]);
        assert_eq!(driven.state.late_finds().count(), 1);
    }
}

#[test]
fn similar_run_is_no_duplicate_where_the_api_keeps_milliseconds() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Ok(made("r", &run)));
    driven.on(Event::RunsSeen(vec![made("r", &run), made_coarse("s", &run)]));
    assert_eq!(driven.state.late_finds().count(), 0);
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
