use super::*;

/// Runs that were all read at 0 s.
fn known(runs: &[Run]) -> KnownRuns {
    let mut known = KnownRuns::default();
    assert_eq!(known.read(runs.iter().cloned().map(Arc::new), read_at(0)), [], "nothing to compare with");
    known.note_all_known(read_at(0).sent);
    known
}

fn read(known: &mut KnownRuns, run: Run, seconds: i64) -> Vec<(Transition, HowKnown)> {
    passed_on(known, run, seconds - 1, seconds)
}

fn at(seconds: i64) -> HowKnown {
    HowKnown::At(after(seconds))
}

#[test]
fn reading_tells_what_changed_since_the_one_before() {
    use Transition::{Completed, Contradiction, Ended, Failed, Opened, Reverted, Running, Stopped};
    let seen = between(-1);
    let before_end = Contradiction(Disagreement::EndedBeforeEnd);
    for (before, window, word, seconds, told) in [
        ("scheduled", [600, 900], "scheduled", 60, vec![]),
        ("scheduled", [60, 900], "scheduled", 90, vec![(Opened, at(60))]),
        ("scheduled", [60, 900], "running", 90, vec![(Opened, at(60)), (Running, seen)]),
        ("scheduled", [60, 900], "stopped", 90, vec![(Stopped, seen)]),
        ("scheduled", [60, 900], "completed", 999, vec![(Opened, at(60)), (Completed, seen)]),
        ("scheduled", [60, 900], "failed", 90, vec![(Opened, at(60)), (Failed, seen), (before_end, seen)]),
        ("scheduled", [-60, 90], "paused", 120, vec![(Ended, at(90))]),
        ("running", [-60, 90], "completed", 120, vec![(Completed, seen)]),
        ("running", [-60, 900], "paused", 120, vec![(Reverted(RunState::Open), seen)]),
        ("failed", [-60, 0], "running", 20, vec![(Running, seen)]),
        (
            "scheduled",
            [60, 900],
            "running",
            30,
            vec![(Running, seen), (Contradiction(Disagreement::RunningBeforeStart), seen)],
        ),
    ] {
        let mut runs = known(&[run("a", before, window)]);
        let mut read = read(&mut runs, run("a", word, window), seconds);
        read.sort_by_key(|(_, known)| matches!(known, HowKnown::Between { .. }));
        assert_eq!(read, told, "{before} {window:?} {word}");
        let again = runs.read([Arc::new(run("a", word, window))], read_at(seconds + 1));
        assert_eq!(again, [], "{before} {window:?} {word}");
    }
}

#[test]
fn contradiction_that_time_makes_is_told_by_the_next_reading_with_its_time() {
    let scheduled = || run("a", "scheduled", [60, 900]);
    let mut runs = known(&[scheduled()]);
    let by_time: Vec<_> = runs.tick(moment(61)).iter().map(|noticed| transition(&noticed.entry)).collect();
    assert_eq!(by_time, [Transition::Opened]);
    assert_eq!(runs.tick(moment(121)), [], "the API may have changed its word");
    let still = Transition::Contradiction(Disagreement::ScheduledWhileOpen);
    assert_eq!(read(&mut runs, scheduled(), 130), [(still, at(120))]);
    assert_eq!(read(&mut runs, scheduled(), 140), []);
    let past_end = Transition::Contradiction(Disagreement::ScheduledAfterEnd);
    let told = read(&mut runs, scheduled(), 1000);
    assert_eq!(told, [(Transition::Ended, at(900)), (past_end, at(900))]);
}

/// A reading that another tab has passed on: when it was sent, and when it was heard of.
fn passed_on(known: &mut KnownRuns, run: Run, sent: i64, heard: i64) -> Vec<(Transition, HowKnown)> {
    let at = ReadTime { sent: moment(sent), received: moment(heard) };
    known.read([Arc::new(run)], at).iter().map(|Noticed { entry, .. }| (transition(entry), entry.known)).collect()
}

#[test]
fn what_is_passed_on_late_contradicts_nothing_that_time_has_brought_since() {
    let scheduled = || run("a", "scheduled", [60, 900]);
    let mut runs = known(&[scheduled()]);
    assert_eq!(passed_on(&mut runs, scheduled(), 30, 300), [(Transition::Opened, at(60))]);
    let new = || Run { created_at: Some(after(20)), ..run("b", "scheduled", [60, 900]) };
    let first = [(Transition::Appeared, at(20)), (Transition::Opened, at(60))];
    assert_eq!(passed_on(&mut runs, new(), 30, 300), first);
    // The API may have changed its word meanwhile. It has not.
    let still = Transition::Contradiction(Disagreement::ScheduledWhileOpen);
    assert_eq!(read(&mut runs, scheduled(), 310), [(still, at(120))]);
    assert_eq!(read(&mut runs, new(), 310), [(still, at(120))]);
}

#[test]
fn newer_version_that_is_passed_on_late_does_not_widen_what_is_known_of_the_next_change() {
    let version = |status, updated| Run { updated_at: Some(after(updated)), ..run("a", status, [-60, 9000]) };
    let mut runs = known(&[version("running", -30)]);
    assert_eq!(read(&mut runs, version("running", -30), 180), []);
    let failed = passed_on(&mut runs, version("failed", 181), 100, 240);
    assert!(failed.contains(&(Transition::Failed, between(179))), "{failed:?}");
    assert_eq!(read(&mut runs, version("running", 250), 300), [(Transition::Running, between(179))]);
}

#[test]
fn contradiction_of_a_newer_version_that_is_passed_on_late_is_told() {
    let version = |end, updated| Run { updated_at: Some(after(updated)), ..run("a", "running", [-60, end]) };
    let mut runs = known(&[version(9000, -30)]);
    assert_eq!(read(&mut runs, version(9000, -30), 220), []);
    let past_end = Transition::Contradiction(Disagreement::RunningAfterEnd);
    let mut told = passed_on(&mut runs, version(90, 221), 100, 240);
    told.extend(read(&mut runs, version(90, 221), 300));
    assert_eq!(told.iter().filter(|(transition, _)| *transition == past_end).count(), 1, "{told:?}");
}

#[test]
fn window_is_told_once_whether_a_tick_or_a_reading_comes_first() {
    let scheduled = || run("a", "scheduled", [60, 90]);
    let mut runs = known(&[scheduled()]);
    assert_eq!(runs.due(), Some(after(60)));
    assert_eq!(runs.tick(moment(59)), []);
    assert_eq!(runs.tick(moment(60)).len(), 1);
    assert_eq!(runs.due(), Some(after(90)));
    assert_eq!(read(&mut runs, scheduled(), 95), [(Transition::Ended, at(90))]);
    assert_eq!(runs.tick(moment(100)), []);
    assert_eq!(runs.due(), None);
}

#[test]
fn after_a_long_pause_time_waits_for_a_reading() {
    let mut runs = known(&[run("a", "scheduled", [600, 9000]), run("b", "scheduled", [600, 9000])]);
    assert_eq!(runs.tick(moment(3600)), [], "both may have been stopped meanwhile");
    assert_eq!(read(&mut runs, run("a", "stopped", [600, 9000]), 3601), [(Transition::Stopped, between(-1))]);
    assert_eq!(read(&mut runs, run("b", "scheduled", [600, 9000]), 3602)[0], (Transition::Opened, at(600)));
}

#[test]
fn new_run_tells_what_it_has_been_through_since_all_were_known() {
    use Transition::{Appeared, Completed, Opened, Running};
    let seen = between(-1);
    let created = |at: Option<i64>, run: Run| Run { created_at: at.map(after), ..run };
    for (created_at, word, window, told) in [
        (Some(30), "scheduled", [600, 900], vec![(Appeared, at(30))]),
        (Some(30), "scheduled", [60, 900], vec![(Appeared, at(30)), (Opened, at(60))]),
        (Some(30), "running", [30, 900], vec![(Appeared, at(30)), (Opened, seen), (Running, seen)]),
        (None, "scheduled", [600, 900], vec![(Appeared, seen)]),
        (None, "completed", [10, 50], vec![(Opened, at(10)), (Appeared, seen), (Completed, seen)]),
        (Some(-7200), "completed", [-600, -300], vec![(Appeared, seen)]),
    ] {
        let mut runs = known(&[]);
        let told_now = read(&mut runs, created(created_at, run("a", word, window)), 70);
        assert_eq!(told_now, told, "{created_at:?} {word} {window:?}");
    }
}

#[test]
fn nothing_is_new_before_all_runs_were_known() {
    let mut runs = KnownRuns::default();
    assert_eq!(runs.read([Arc::new(run("a", "running", [-60, 60]))], read_at(0)), []);
    assert_eq!(runs.read([Arc::new(run("b", "running", [-60, 60]))], read_at(5)), []);
    assert_eq!((runs.len(), runs.is_empty()), (2, false));
}

#[test]
fn older_version_of_a_run_tells_nothing() {
    let changed = |word: &str, at: i64| Run { updated_at: Some(after(at)), ..run("a", word, [-60, 900]) };
    let mut runs = known(&[changed("running", 0)]);
    assert_eq!(read(&mut runs, changed("failed", 10), 20).len(), 2, "and before its end");
    assert_eq!(read(&mut runs, changed("running", 0), 21), []);
    assert_eq!(read(&mut runs, changed("failed", 10), 22), []);
}

#[test]
fn reload_goes_on_where_it_was() {
    let mut runs = known(&[run("a", "scheduled", [600, 9000]), run("old", "completed", [-9_000_000, -8_000_000])]);
    runs.tick(moment(10));
    let mut runs = KnownRuns::of_text(&runs.to_text(after(10)));
    assert_eq!(runs.len(), 1, "what ended long ago is left out");
    assert_eq!(runs.read([Arc::new(run("old", "completed", [-9_000_000, -8_000_000]))], read_at(3599)), []);
    assert_eq!(read(&mut runs, run("a", "scheduled", [600, 9000]), 3600)[0], (Transition::Opened, at(600)));
    let new = Run { created_at: Some(after(100)), ..run("new", "scheduled", [9000, 9900]) };
    assert_eq!(read(&mut runs, new, 3601), [(Transition::Appeared, at(100))]);
    for text in ["", "null", "{}", r#"{"runs":[{}],"allKnown":1}"#] {
        assert!(KnownRuns::of_text(text).is_empty(), "{text}");
    }
}

#[test]
fn share_of_failures_is_told_when_it_rose_by_the_threshold() {
    let counts = |succeeded: u64, failed: u64| {
        let deliveries = crate::summary::Deliveries {
            succeeded: Some(succeeded),
            failed: Some(failed),
            ..crate::summary::Deliveries::default()
        };
        crate::summary::Summary { deliveries: Some(deliveries), ..crate::summary::Summary::default() }
    };
    let mut known = known(&[run("a", "running", [0, 900])]);
    let run = Arc::new(run("a", "running", [0, 900]));
    let mut rise = |succeeded, failed, at| {
        let entry = known.read_summary(&run, &counts(succeeded, failed), read_at(at), 100)?.entry;
        assert!(entry.needs_attention());
        match transition(&entry) {
            Transition::FailuresRose(FailureRise { from, to }) => Some([from, to]),
            _ => None,
        }
    };
    assert_eq!(rise(1, 9, 0), None, "too few to tell");
    assert_eq!(rise(95, 5, 10), None, "the first");
    assert_eq!(rise(910, 90, 20), None);
    assert_eq!(rise(850, 150, 30), Some([50, 150]), "a slow rise adds up");
    assert_eq!(rise(840, 160, 40), None);
    assert_eq!(rise(980, 20, 50), None);
    assert_eq!(rise(880, 120, 60), Some([20, 120]));
    // A reload goes on from the lowest share.
    let known = KnownRuns::of_text(&known.to_text(after(70)));
    for (failed, told) in [(180, None), (220, Some([120, 220]))] {
        let rose = known.clone().read_summary(&run, &counts(1000 - failed, failed), read_at(80), 100);
        assert_eq!(rose.is_some(), told.is_some(), "{failed}");
        if let (Some(rose), Some([from, to])) = (rose, told) {
            assert_eq!(transition(&rose.entry), Transition::FailuresRose(FailureRise { from, to }));
        }
    }
}
