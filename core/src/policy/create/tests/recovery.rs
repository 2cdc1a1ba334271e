//! Reloads, duplicated tabs and commits that show up late.

use super::*;

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
    let recovered = CreateState::restore(&driven.kept.clone().unwrap(), after(60));
    assert_eq!((&recovered.stage, recovered.is_watching(NOW)), (&Stage::Ready, true));
    assert_eq!(recovered.late_finds().count(), 1, "also after a reload");
    driven.on(Event::LateFindsSeen);
    assert_eq!(CreateState::restore(&driven.kept.unwrap(), after(60)).late_finds().count(), 0, "seen");
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
    // An abandoned request is still watched for; one that is too old is not.
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    driven.on(Event::Dismiss);
    let quiet = CreateState::restore(driven.kept.as_deref().unwrap(), after(100));
    assert_eq!((&quiet.stage, quiet.is_watching(NOW)), (&Stage::Ready, true));
    assert_eq!(CreateState::restore(&driven.kept.unwrap(), after(86_400)), CreateState::default());
    // One whose outcome nobody was told is looked for a week long.
    assert!(matches!(CreateState::restore(&kept, after(6 * 86_400)).stage, Stage::Searching(_)));
    assert_eq!(CreateState::restore(&kept, after(7 * 86_400)), CreateState::default());
    assert_eq!(CreateState::restore("garbage", NOW), CreateState::default());
}

#[test]
fn outcome_heard_from_another_tab_is_read_before_it_is_believed() {
    let heard = |run: Option<&str>| Event::HeardElsewhere(String::from("1"), run.map(RunId::new));
    let mut driven = Driven::new();
    let run = driven.submit("1");
    assert_eq!(driven.on(heard(Some("r"))), [], "its own request is in flight");
    driven.answer("1", Err(lost()));
    driven.on(Event::Read(Vec::new(), true));
    let before = driven.state.clone();
    assert_eq!(driven.on(heard(Some("r"))), [Effect::ReadRun(RunId::new("r"))]);
    assert_eq!(driven.state, before);
    assert_eq!(driven.on(heard(None)), [Effect::ReadList], "it may have been refused, or somebody says so");
    assert!(matches!(driven.state.stage, Stage::Searching(_)));
    // A run that is not the one that was asked for proves nothing.
    driven.on(Event::RunsSeen(vec![made("r", &form("b"))]));
    assert!(matches!(driven.state.stage, Stage::Searching(_)));
    driven.on(Event::RunsSeen(vec![made("r", &run)]));
    assert_eq!(driven.state.stage, Stage::Found);
    assert_eq!(driven.on(heard(Some("s"))), [], "the outcome is known");
}

#[test]
fn run_matched_to_the_wrong_request_moves_when_the_answer_arrives() {
    let mut driven = Driven::new();
    let first = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    driven.on(Event::SendAgain(ask("22", "a")));
    driven.answer("22", Err(lost()));
    // With whole seconds only, it is unclear which request created this run.
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

#[test]
fn what_another_tab_left_is_searched_for_and_never_sent() {
    let mut other = Driven::new();
    let run = other.submit("22");
    let left = other.state.unfinished_text(NOW).unwrap();
    let mut driven = Driven::new();
    let own = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    assert!(!driven.state.may_take_up());
    driven.on(Event::Dismiss);
    assert!(driven.state.may_take_up());
    driven.state = driven.state.clone().take_up(&left, driven.now);
    assert!(matches!(driven.state.stage, Stage::Searching(_)));
    assert_eq!(driven.state.current().unwrap().key, "22");
    assert_eq!(driven.on(Event::Resumed), [Effect::ReadList]);
    driven.on(Event::Read(vec![made("r", &run), made("s", &own)], true));
    assert_eq!((&driven.state.stage, driven.made()), (&Stage::Found, vec![("r", Likeness::Exact, false)]));
    assert_eq!(driven.state.late_finds().count(), 1, "its own are still watched");
    // Twice is once.
    assert_eq!(driven.state.clone().take_up(&left, driven.now).own_keys().count(), 2);
}

#[test]
fn only_what_may_still_become_known_is_left_to_another_tab() {
    let left = |driven: &Driven| driven.state.unfinished_text(driven.now).is_some();
    let unclear = |driven: &Driven| driven.state.unclear().count();
    let mut driven = Driven::new();
    assert_eq!((left(&driven), unclear(&driven)), (false, 0));
    let run = driven.submit("1");
    assert_eq!((left(&driven), unclear(&driven)), (true, 1), "in flight");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    assert_eq!((left(&driven), unclear(&driven)), (true, 1), "not found");
    driven.on(Event::Dismiss);
    assert_eq!((left(&driven), unclear(&driven)), (true, 0), "the person left it at that");
    driven.on(Event::RunsSeen(vec![made("r", &run)]));
    assert_eq!((left(&driven), unclear(&driven)), (true, 0), "found, and not seen yet");
    driven.on(Event::LateFindsSeen);
    assert_eq!((left(&driven), unclear(&driven)), (false, 0), "seen");
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.on(Event::Read(vec![made_coarse("r", &run)], true));
    assert_eq!((left(&driven), unclear(&driven)), (true, 1), "probably created");
    let mut driven = Driven::new();
    driven.submit("1");
    driven.answer("1", Err(refusal()));
    assert_eq!((left(&driven), unclear(&driven)), (true, 0), "refused, and not checked yet");
}

#[test]
fn every_run_that_was_found_and_not_seen_is_told_after_a_reload() {
    let mut driven = Driven::new();
    let first = driven.submit("1");
    driven.answer("1", Err(lost()));
    driven.read_in_vain();
    driven.on(Event::Dismiss);
    let other = Box::new(CreateRequest { run: form("b"), ..*ask("22", "b") });
    driven.on(Event::Submit(other));
    driven.on(Event::Answered(String::from("22"), Err(lost())));
    let second = driven.state.current().unwrap().run.clone();
    driven.on(Event::Read(vec![made("r", &first), made("s", &second)], true));
    let reloaded = CreateState::restore(&driven.kept.unwrap(), driven.now);
    assert_eq!((&reloaded.stage, reloaded.late_finds().count()), (&Stage::Found, 1));
}

#[test]
fn run_that_a_closed_tab_left_unclear_is_not_sent_by_one_click() {
    let mut elsewhere = Driven::new();
    elsewhere.submit("1");
    let left = crate::policy::intent::recall(&elsewhere.kept.unwrap());
    let mut driven = Driven::new();
    driven.state = driven.state.with_left_elsewhere(left);
    assert_eq!(driven.state.block_reason(&form("a")), Some(BlockReason::Unclear));
    assert_eq!(driven.state.sent_before(&form("a")).unwrap().key, "1");
    assert_eq!(driven.state.block_reason(&form("b")), None);
    assert_eq!(driven.posts(Event::Submit(ask("2", "a"))), 0);
    assert_eq!(driven.posts(Event::SendAgain(ask("22", "a"))), 1, "the person knows the risk");
    driven.state = driven.state.with_left_elsewhere(Vec::new());
    assert_eq!(driven.state.sent_before(&form("a")).unwrap().key, "22");
}

#[test]
fn run_that_was_created_as_asked_holds_up_nothing_that_was_left() {
    let mut driven = Driven::new();
    let run = driven.submit("1");
    assert!(!driven.state.may_take_up(), "in flight");
    driven.answer("1", Ok(made("r", &run)));
    assert!(driven.state.may_take_up());
    let mut driven = Driven::new();
    let run = driven.submit("1");
    driven.answer("1", Ok(made("r", &NewRun { name: String::from("other"), ..run })));
    assert!(!driven.state.may_take_up(), "the person has to see that it differs");
}
