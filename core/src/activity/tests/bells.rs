//! What a person is notified of.

use super::*;
use proptest::prelude::*;

fn bells(subjects: &[Subject]) -> Bells {
    let mut bells = Bells::default();
    for subject in subjects {
        assert!(bells.set(Bell { subject: subject.clone(), name: "Sale".into() }));
    }
    bells
}

fn on_run(id: &str) -> Subject {
    Subject::Run(RunId::new(id))
}

fn on_job(id: &str) -> Subject {
    Subject::Job(JobId::new(id))
}

fn on_view(name: &str, q: &str) -> Subject {
    Subject::View { name: name.into(), q: q.into() }
}

/// A query is a state here.
fn lists(q: &str, run: &Run, at: Timestamp) -> bool {
    RunState::of(run, at).word() == q
}

fn all_known(run: Run) -> KnownRuns {
    let mut known = KnownRuns::default();
    known.read([Arc::new(run)], read_at(0));
    known.note_all_known(read_at(0).sent);
    known
}

fn told(bells: &Bells, mut noticed: Vec<Noticed>) -> Vec<Transition> {
    bells.mark(&mut noticed, &lists);
    let unseen = noticed.iter().filter(|noticed| noticed.entry.alert == Alert::Unseen);
    unseen.map(|noticed| transition(&noticed.entry)).collect()
}

#[test]
fn bell_tells_of_its_run_its_job_and_its_view_and_of_no_other() {
    for (subject, is_told) in [
        (on_run("a"), true),
        (on_run("b"), false),
        (on_job("12"), true),
        (on_job("13"), false),
        (on_view("Failed", "failed"), true),
        (on_view("Mine", "stopped"), false),
        (on_view("Running", "running"), true),
    ] {
        let mut known = all_known(run("a", "running", [-60, 90]));
        let noticed = known.read([Arc::new(run("a", "failed", [-60, 90]))], read_at(120));
        let expected: &[Transition] = if is_told { &[Transition::Failed] } else { &[] };
        assert_eq!(told(&bells(std::slice::from_ref(&subject)), noticed), expected, "{subject:?}");
    }
}

#[test]
fn run_that_time_takes_out_of_a_view_was_in_it() {
    let mut known = all_known(run("a", "scheduled", [-60, 60]));
    known.tick(moment(59));
    let ended = known.tick(moment(60));
    assert_eq!(told(&bells(&[on_view("Open", "open")]), ended), [Transition::Ended]);
}

#[test]
fn new_runs_and_words_of_the_api_beside_a_window_tell_nothing() {
    let mut known = all_known(run("b", "scheduled", [600, 900]));
    let new = Run { created_at: Some(after(20)), ..run("a", "running", [30, 900]) };
    let noticed = known.read([Arc::new(new)], read_at(70));
    assert_eq!(noticed.len(), 3);
    assert_eq!(told(&bells(&[on_job("12")]), noticed), [Transition::Opened]);
    let without_window = |word| Run { start_at: None, ..run("c", word, [0, 0]) };
    let mut known = all_known(without_window("scheduled"));
    let noticed = known.read([Arc::new(without_window("running"))], read_at(9));
    assert_eq!(told(&bells(&[on_run("c")]), noticed), [Transition::Running]);
}

fn unseen(entry: Entry) -> Entry {
    Entry { alert: Alert::Unseen, ..entry }
}

fn added(record: &mut Record, entry: Entry) -> Vec<Alert> {
    record.add(entry, NOW).rung.iter().map(|entry| entry.alert).collect()
}

#[test]
fn each_tab_that_sees_the_same_rings_once_in_all() {
    let failed = |from, at| unseen(entry("a", Transition::Failed, between(from), at));
    let mut record = Record::default();
    assert_eq!(added(&mut record, failed(5, 10)), [Alert::Unseen]);
    assert_eq!(added(&mut record, failed(4, 12)), []);
    let seen = Entry { alert: Alert::Seen, ..failed(5, 10) };
    assert_eq!((added(&mut record, seen), record.unseen()), (vec![], vec![]));
    assert_eq!((added(&mut record, failed(3, 14)), record.unseen()), (vec![], vec![]), "seen stays seen");
    // The bell was set in another tab only: what was recorded without it is told now.
    let mut record = Record::default();
    assert_eq!(added(&mut record, Entry { alert: Alert::None, ..failed(5, 10) }), []);
    assert_eq!(added(&mut record, failed(4, 12)), [Alert::Unseen]);
    assert_eq!(record.unseen().len(), 1);
}

#[test]
fn person_is_not_told_of_their_own_stop_nor_twice_of_an_end() {
    let run = run("a", "running", [0, 60]);
    let stop = |outcome, at| Entry::done(done(Action::Stop, outcome), "key", Some(&run), moment(at));
    let stopped = |at| unseen(entry("a", Transition::Stopped, between(at - 5), at));
    for (outcome, asked_at, is_told) in [
        (Outcome::Requested, 10, false),
        (Outcome::Unknown, 10, false),
        (Outcome::Refused, 10, true),
        (Outcome::Requested, 40, true),
    ] {
        let mut record = Record::default();
        record.add(stop(outcome, asked_at), NOW);
        assert_eq!(!added(&mut record, stopped(30)).is_empty(), is_told, "{outcome:?} at {asked_at}");
    }
    let mut record = Record::default();
    assert_eq!(added(&mut record, unseen(entry("a", Transition::Ended, HowKnown::At(after(60)), 61))).len(), 1);
    assert_eq!(added(&mut record, unseen(entry("a", Transition::Completed, between(61), 70))), []);
    assert_eq!(added(&mut record, unseen(entry("a", Transition::Failed, between(70), 80))).len(), 1);

    // The bell was set after its end, or it opened again.
    let ended = |alert| Entry { alert, ..entry("a", Transition::Ended, HowKnown::At(after(60)), 61) };
    let completed = || unseen(entry("a", Transition::Completed, between(90), 99));
    let mut record = Record::default();
    added(&mut record, ended(Alert::None));
    assert_eq!(added(&mut record, completed()).len(), 1);
    let mut record = Record::default();
    added(&mut record, ended(Alert::Unseen));
    added(&mut record, entry("a", Transition::Opened, between(70), 80));
    assert_eq!(added(&mut record, completed()).len(), 1);
    // Both runs of a reschedule were kept.
    for (outcome, is_told) in [(Outcome::NotNeeded, true), (Outcome::Confirmed, false)] {
        let mut record = Record::default();
        record.add(Entry::done(done(Action::Reschedule, outcome), "key", Some(&run), moment(10)), NOW);
        assert_eq!(!added(&mut record, stopped(30)).is_empty(), is_told, "{outcome:?}");
    }
}

#[test]
fn each_of_two_rises_of_failures_in_a_row_is_told() {
    let summary = |failed: u64| crate::summary::Summary {
        deliveries: Some(crate::summary::Deliveries {
            succeeded: Some(100 - failed),
            failed: Some(failed),
            ..crate::summary::Deliveries::default()
        }),
        ..crate::summary::Summary::default()
    };
    let run = Arc::new(run("a", "running", [0, 900]));
    let (mut reader, mut next_reader, mut record) = (KnownRuns::default(), KnownRuns::default(), Record::default());
    let mut told = Vec::new();
    for (at, failed) in [(10, 5), (20, 30), (30, 60), (40, 61), (50, 80)] {
        // The tab that reads is closed after the second rise, and the other one has heard of each reading.
        let known = if at < 40 { &mut reader } else { &mut next_reader };
        let rise = known.read_summary(&run, &summary(failed), read_at(at), 100);
        let text = known.share_text(&run.id).unwrap();
        assert!(next_reader.hear_share(&text) && !next_reader.hear_share(r#"["a"]"#));
        for rung in rise.into_iter().flat_map(|rise| record.add(unseen(rise.entry), NOW).rung) {
            match transition(&rung) {
                Transition::FailuresRose(FailureRise { from, to }) => told.push((at, from, to)),
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(told, [(20, 50, 300), (30, 300, 600), (50, 600, 800)]);
}

#[test]
fn bell_on_a_run_is_done_an_hour_after_its_end() {
    let subjects = [on_run("over"), on_run("stuck"), on_run("unknown"), on_job("12"), on_view("All", "")];
    let find = |id: &RunId| match id.as_str() {
        "over" => Some(Arc::new(run("over", "completed", [0, 60]))),
        "stuck" => Some(Arc::new(run("stuck", "running", [0, 60]))),
        _ => None,
    };
    let mut bells = bells(&subjects);
    assert!(bells.drop_done(find, after(3659)), "there is no such run");
    assert!(!bells.has(&on_run("unknown")) && bells.has(&on_run("over")));
    assert!(bells.drop_done(find, after(3660)));
    assert!(!bells.has(&on_run("over")) && bells.has(&on_run("stuck")) && bells.has(&on_job("12")));
    assert!(!bells.drop_done(find, after(9999)));
    // Stopped long before the end of its window.
    let stopped = Run { updated_at: Some(after(0)), ..run("a", "stopped", [-60, 90_000]) };
    assert!(!Bells::is_done(&stopped, after(3599)) && Bells::is_done(&stopped, after(3600)));
}

#[test]
fn bells_are_set_once_each_and_there_is_a_most() {
    let mut bells = bells(&[on_view("Failed", "failed"), on_run("a")]);
    assert!(bells.set(Bell { subject: on_view(" FAILED", "failed"), name: "".into() }));
    assert_eq!(bells.all().len(), 2);
    assert_eq!(bells.all()[0].subject, on_view(" FAILED", "failed"));
    assert!(!bells.has(&on_view("failed", "another query")));
    for number in bells.all().len()..MOST_BELLS {
        assert!(bells.set(Bell { subject: on_job(&number.to_string()), name: "".into() }));
    }
    assert!(!bells.set(Bell { subject: on_job("one more"), name: "".into() }));
    assert!(bells.set(Bell { subject: on_run("a"), name: "renamed".into() }), "it is there already");
    bells.remove(&on_run("a"));
    assert!(!bells.has(&on_run("a")) && bells.has(&on_view("failed", "failed")));
}

#[test]
fn unreadable_bells_are_left_out() {
    for text in ["", "null", "[]", r#"{"bells":7}"#, r#"{"bells":[{},7,null]}"#] {
        assert_eq!(Bells::of_text(text), Bells::default(), "{text}");
    }
    let read = Bells::of_text(r#"{"bells":[{"run":1},{"run":"a"},{"view":"All"}],"failuresRoseBy":7,"system":1}"#);
    assert_eq!(read, {
        let mut bells = Bells::default();
        bells.set(Bell { subject: on_run("a"), name: "".into() });
        bells.set(Bell { subject: on_view("All", ""), name: "".into() });
        bells
    });
}

proptest! {
    #[test]
    fn bells_are_read_as_they_are_stored(
        texts in prop::collection::vec((0..3_usize, "\\PC{1,8}", "\\PC{0,8}"), 0..9),
        rise in prop::sample::select(FAILURE_RISES.to_vec()),
        system: bool,
    ) {
        let mut bells = Bells::default();
        (bells.failures_rose_by, bells.system) = (rise, system);
        for (kind, id, name) in &texts {
            let subject = [on_run(id), on_job(id), on_view(id, name)][*kind].clone();
            bells.set(Bell { subject, name: name.as_str().into() });
        }
        prop_assert_eq!(Bells::of_text(&bells.to_text()), bells);
    }

    #[test]
    fn alerts_survive_storage(alert in prop::sample::select(vec![Alert::None, Alert::Unseen, Alert::Seen])) {
        let entry = Entry { alert, ..entry("a", Transition::Failed, between(5), 10) };
        prop_assert_eq!(Entry::read(&entry.to_text()), Some(entry));
    }
}

/// The run whose turn it is, looked at in parts of this size.
fn turn(turns: &mut SummaryTurns, watched: &[Arc<Run>], part: usize, seconds: i64) -> Option<String> {
    let mut search = NextSummary::default();
    for part in watched.chunks(part) {
        if turns.look_at(&mut search, part.iter()) {
            break;
        }
    }
    turns.take_turn(search, after(seconds)).map(|run| run.id.as_str().to_owned())
}

#[test]
fn summaries_of_watched_runs_are_read_in_turn_however_they_are_looked_at() {
    let watched: Vec<_> = ["a", "b", "c"].map(|id| Arc::new(run(id, "running", [0, 60]))).into();
    for part in 1..=4 {
        let mut turns = SummaryTurns::default();
        let mut next = |watched: &[Arc<Run>], seconds| turn(&mut turns, watched, part, seconds);
        let all: Vec<_> = (0..4).map(|at| next(&watched, at * 15).unwrap()).collect();
        assert_eq!(all, ["a", "b", "c", "a"], "{part}");
        // One that appears has never been read; the one that is read next has waited longest.
        let more: Vec<_> = watched.iter().cloned().chain([Arc::new(run("d", "running", [0, 60]))]).collect();
        assert_eq!(next(&more, 56).as_deref(), Some("d"));
        assert_eq!(next(&more, 57).as_deref(), Some("b"));
        assert_eq!(next(&[], 58), None);
    }
}

#[test]
fn summary_that_the_page_of_its_run_read_has_had_its_turn() {
    let watched: Vec<_> = ["a", "b"].map(|id| Arc::new(run(id, "running", [0, 60]))).into();
    let mut turns = SummaryTurns::default();
    turns.note(&watched[0].id, after(0));
    assert_eq!(turn(&mut turns, &watched, 1, 1).as_deref(), Some("b"));
    assert_eq!(turn(&mut turns, &watched, 1, 2), None, "both were just read");
    assert_eq!(turn(&mut turns, &watched, 1, 9), None, "9 seconds ago");
    assert_eq!(turn(&mut turns, &watched, 1, 10).as_deref(), Some("a"));
}

#[test]
fn run_that_is_no_longer_watched_is_forgotten() {
    let [a, b, c] = ["a", "b", "c"].map(|id| Arc::new(run(id, "running", [0, 60])));
    let mut turns = SummaryTurns::default();
    for (run, seconds) in [(&a, 0), (&b, 15), (&c, 30)] {
        turns.note(&run.id, after(seconds));
    }
    assert_eq!(turn(&mut turns, &[Arc::clone(&a)], 1, 31).as_deref(), Some("a"));
    assert_eq!(turn(&mut turns, &[c], 1, 32).as_deref(), Some("c"), "as if it had never been read");
}

proptest! {
    /// Whoever looks at all of them at once finds the same. Most stay watched, so that none is forgotten.
    #[test]
    fn next_summary_is_the_one_read_longest_ago(steps in prop::collection::vec((1_usize..6, 0_usize..=10, 0_i64..40), 1..40)) {
        let runs: Vec<_> = (0..20).map(|id: i32| Arc::new(run(&id.to_string(), "running", [0, 60]))).collect();
        let (mut turns, mut read, mut now) = (SummaryTurns::default(), std::collections::HashMap::new(), 0);
        for (part, first, pause) in steps {
            now += pause;
            let watched = &runs[first..];
            let oldest = watched.iter().min_by_key(|run| read.get(&run.id).copied()).unwrap();
            let is_due = read.get(&oldest.id).is_none_or(|at| now - at >= 10);
            let expected = is_due.then(|| oldest.id.as_str().to_owned());
            assert_eq!(turn(&mut turns, watched, part, now), expected);
            if is_due {
                read.insert(oldest.id.clone(), now);
            }
        }
    }
}
