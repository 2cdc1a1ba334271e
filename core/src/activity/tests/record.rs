use super::*;
use proptest::prelude::*;

fn recorded(entries: &[Entry]) -> Record {
    let mut record = Record::default();
    for entry in entries {
        record.add(entry.clone(), moment(100_000).here);
    }
    record
}

fn known(record: &Record) -> Vec<(i64, HowKnown)> {
    record.entries().map(|entry| (entry.noticed.api.since(NOW).millis() / 1000, entry.known)).collect()
}

#[test]
fn two_sightings_of_one_transition_become_one_entry_in_any_order() {
    let wide = entry("a", Transition::Failed, between(4), 31);
    let first = entry("a", Transition::Failed, between(5), 10);
    let second = entry("a", Transition::Failed, between(20), 30);
    let (both, other_run) = (vec![(10, between(5)), (30, between(20))], entry("b", Transition::Failed, between(5), 10));
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let all = [&wide, &first, &second];
        let mut record = recorded(&order.map(|at| all[at].clone()));
        assert_eq!(known(&record), both, "{order:?}");
        let keys: Vec<_> = record.entries().map(|entry| entry.key.clone()).collect();
        assert_ne!(keys[0], keys[1]);
        assert!(!record.add(other_run.clone(), after(0)).is_empty());
        assert_eq!((record.len(), record.of_run(&RunId::new("a")).len()), (3, 2));
    }
}

#[test]
fn sighting_of_no_length_is_the_same_as_one_around_it() {
    let (at_once, later) =
        (entry("a", Transition::Stopped, between(5), 5), entry("a", Transition::Stopped, between(5), 20));
    let longer = entry("a", Transition::Stopped, between(1), 9);
    let another = entry("a", Transition::Stopped, between(20), 30);
    for other in [&at_once, &later, &longer] {
        assert_eq!(recorded(&[at_once.clone(), other.clone()]).len(), 1, "{other:?}");
        assert_eq!(recorded(&[other.clone(), at_once.clone()]).len(), 1, "{other:?}");
    }
    // It was stopped, reopened and stopped again.
    assert_eq!(recorded(&[later, another.clone()]).len(), 2);
    assert_eq!(recorded(&[at_once, another]).len(), 2);
}

#[test]
fn sightings_that_a_third_makes_the_same_become_one() {
    let stopped = |after, at| entry("a", Transition::Stopped, after, at);
    // Each ends where the next begins, so they are two, until the clock is set back.
    let (later, earlier) = (stopped(between(7), 8), stopped(HowKnown::Between { after: None }, 7));
    let (at_once, set_back) = (stopped(between(7), 7), stopped(between(7), 0));
    let mut record = recorded(&[later.clone(), earlier.clone()]);
    assert_eq!(record.len(), 2);
    record.add(at_once, NOW);
    let change = record.add(set_back, NOW);
    assert_eq!((record.len(), change.put.len()), (1, 1));
    assert!(Record::of(record.entries().map(|entry| (**entry).clone()), NOW).1.is_empty());
}

#[test]
fn instant_is_recognized_under_the_number_that_it_was_given() {
    let stopped = |at| entry("a", Transition::Stopped, between(at), at);
    let mut record = recorded(&[stopped(5), stopped(20), stopped(30)]);
    let keys = |record: &Record| record.entries().map(|entry| entry.key.to_string()).collect::<Vec<_>>();
    assert_eq!(keys(&record), ["stopped:a:", "stopped:a:~2", "stopped:a:~3"]);
    for at in [5, 20, 30] {
        assert!(record.add(stopped(at), NOW).is_empty());
    }
}

#[test]
fn instant_that_the_api_gave_wins_over_two_readings() {
    let seen = entry("a", Transition::Ended, between(50), 70);
    let exact = entry("a", Transition::Ended, HowKnown::At(after(60)), 90);
    let elsewhere = entry("a", Transition::Ended, HowKnown::At(after(400)), 401);
    for order in [[&seen, &exact], [&exact, &seen]] {
        let record = recorded(&order.map(Clone::clone));
        assert_eq!(known(&record), [(70, HowKnown::At(after(60)))]);
        assert_eq!(record.entries().next().unwrap().key, exact.key);
    }
    assert_eq!(recorded(&[exact.clone(), exact.clone(), elsewhere, seen]).len(), 2);
}

#[test]
fn storage_is_told_what_to_write_and_remove() {
    let mut record = Record::default();
    let seen = entry("a", Transition::Ended, between(50), 70);
    let exact = entry("a", Transition::Ended, HowKnown::At(after(60)), 90);
    assert_eq!(record.add(seen.clone(), NOW).put, [Arc::new(seen.clone())]);
    assert!(record.add(seen.clone(), NOW).is_empty());
    let change = record.add(exact.clone(), NOW);
    assert_eq!((change.put.len(), change.removed), (1, vec![Arc::new(seen.clone())]));
    let (record, change) = Record::of([exact, seen.clone()], NOW);
    assert_eq!((record.len(), change.put.len(), change.removed), (1, 1, vec![Arc::new(seen)]));
}

#[test]
fn later_outcome_replaces_an_earlier_one() {
    let run = run("a", "running", [0, 60]);
    let stop = |outcome, at| Entry::done(done(Action::Stop, outcome), "key", Some(&run), moment(at));
    let record = recorded(&[stop(Outcome::Requested, 1), stop(Outcome::Confirmed, 1), stop(Outcome::Unknown, 1)]);
    let outcomes: Vec<_> = record.entries().map(|entry| entry.what.clone()).collect();
    assert_eq!(outcomes, [What::Done(done(Action::Stop, Outcome::Confirmed))]);
}

#[test]
fn thirty_days_and_fifty_thousand_entries_are_kept() {
    let day = 86_400;
    let mut record = recorded(&[]);
    for (id, at) in [("a", 0), ("b", day), ("c", 31 * day)] {
        record.add(entry(id, Transition::Failed, between(at - 1), at), moment(at).here);
    }
    assert_eq!(record.len(), 2);
    assert_eq!(record.expire(moment(40 * day).here).removed.len(), 1);
    let old = entry("old", Transition::Failed, between(-1), 0);
    assert!(record.add(old, moment(40 * day).here).is_empty());

    let many = (0..=MAX_ENTRIES as i64).map(|at| entry(&at.to_string(), Transition::Failed, between(at - 1), at));
    let (record, change) = Record::of(many, moment(0).here);
    assert_eq!((record.len(), change.removed.len()), (MAX_ENTRIES, 1));
    assert_eq!(record.entries().next().unwrap().run, Some(RunId::new("1")), "the oldest went");
}

#[test]
fn texts_of_the_last_five_hand_overs_are_kept() {
    let text = |text: &str| Done { text: Some(text.into()), ..done(Action::HandOver, Outcome::Confirmed) };
    let all: Vec<_> = (0..7).map(|at| Entry::done(text("x"), &at.to_string(), None, moment(at))).collect();
    let record = recorded(&all);
    let has_text = |entry: &Arc<Entry>| matches!(&entry.what, What::Done(done) if done.text.is_some());
    assert_eq!(record.entries().map(has_text).collect::<Vec<_>>(), [false, false, true, true, true, true, true]);
    assert_eq!(record.last_hand_over(), Some(moment(6)));
}

#[test]
fn away_counts_each_run_once_and_a_failed_one_as_failed() {
    let at = |seconds| HowKnown::At(after(seconds));
    let record = recorded(&[
        entry("early", Transition::Opened, at(5), 5),
        entry("a", Transition::Opened, at(20), 20),
        entry("b", Transition::Opened, at(21), 21),
        entry("b", Transition::Ended, at(30), 30),
        entry("b", Transition::Completed, between(30), 40),
        entry("c", Transition::Ended, at(30), 30),
        entry("c", Transition::Failed, between(30), 40),
        entry("d", Transition::Stopped, between(30), 40),
        entry("d", Transition::Contradiction(Disagreement::EndedBeforeEnd), between(30), 40),
        Entry::done(done(Action::Schedule, Outcome::Confirmed), "k", None, moment(40)),
    ]);
    let away = Away::since(record.entries(), moment(10).here);
    let expected = Away { opened: 2, ended: 1, failed: 1, stopped: 1, contradictions: 1, ..Away::default() };
    assert_eq!(away, expected);
    assert!(Away::since(record.entries(), moment(50).here).is_empty() && !away.is_empty());
}

#[test]
fn filters_narrow_the_record() {
    let own = run("own", "scheduled", [0, 60]);
    let replaced = Done { new_run: Some(RunId::new("new")), ..done(Action::Reschedule, Outcome::Confirmed) };
    let record = recorded(&[
        entry("own", Transition::Opened, HowKnown::At(after(1)), 1),
        entry("other", Transition::Failed, between(1), 2),
        entry("new", Transition::Opened, HowKnown::At(after(3)), 3),
        Entry::done(replaced, "k", Some(&own), moment(4)),
        Entry { job: None, ..entry("jobless", Transition::Stopped, between(1), 5) },
    ]);
    let all = Filter::default();
    let label = |job: &JobId| (job.as_str() == "12").then(|| "Pizza, Rome".into());
    for (filter, count) in [
        (all.clone(), 5),
        (Filter { run: Some(RunId::new("own")), ..all.clone() }, 2),
        (Filter { run: Some(RunId::new("new")), ..all.clone() }, 2),
        (Filter { job: Some(JobId::new("12")), ..all.clone() }, 4),
        (Filter { kinds: vec![Kind::Opened, Kind::Failed], ..all.clone() }, 3),
        (Filter { mine: true, ..all.clone() }, 3),
        (Filter { since: Some(moment(4).here), ..all.clone() }, 2),
        (Filter { until: Some(moment(4).here), ..all.clone() }, 4),
        (Filter { q: "OWN".to_owned(), ..all.clone() }, 2),
        (Filter { q: "new".to_owned(), ..all.clone() }, 2),
        (Filter { q: "pizza".to_owned(), ..all.clone() }, 4),
        (Filter { q: "sushi".to_owned(), ..all.clone() }, 0),
        (Filter { mine: true, kinds: vec![Kind::Opened], since: Some(moment(2).here), ..all.clone() }, 1),
    ] {
        assert_eq!(filter.apply(&record, &label).len(), count, "{filter:?}");
    }
    assert_eq!(all.apply(&record, &label)[0].run, Some(RunId::new("jobless")), "newest first");
}

#[test]
fn export_follows_the_rules_of_the_list() {
    let mut run = run("=1+1", "scheduled", [0, 60]);
    run.name = "0012".into();
    let stop = Done { text: Some("a\nb".into()), ..done(Action::Stop, Outcome::Confirmed) };
    let entries = [
        Arc::new(Entry::seen(&run, Transition::Opened, moment(1), HowKnown::At(NOW), Some(NOW))),
        Arc::new(Entry::seen(&run, Transition::Reverted(RunState::Open), moment(9), between(5), None)),
        Arc::new(Entry::done(stop, "k", Some(&run), moment(10))),
    ];
    let csv = csv(&entries, "Berlin", &|_| 3600);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(
        lines[0].starts_with("kind,run_id,name,job_id,detail,outcome,new_run_id,runs,receipt,happened_at,not_before,")
    );
    assert!(lines[0].ends_with("noticed_at (Berlin),settled_at (Berlin),noticed_at_here (Berlin)"), "{}", lines[0]);
    let opened = r#"opened,"'=1+1","'0012",12,,,,,,2026-02-25T06:13:20.000Z,,2026-02-25T06:13:21.000Z,,2026-02-25T06:03:21.000Z,"#;
    assert!(lines[1].starts_with(opened), "{}", lines[1]);
    assert!(lines[1].contains(",2026-02-25 07:13:20 UTC+01:00,"));
    assert!(
        lines[2]
            .starts_with(r#"reverted,"'=1+1","'0012",12,open,,,,,,2026-02-25T06:13:25.000Z,2026-02-25T06:13:29.000Z,"#)
    );
    assert!(csv.contains("stopped-here,\"'=1+1\",\"'0012\",12,,confirmed,,1,\"a\nb\","));
    let value: serde_json::Value = serde_json::from_str(&json(&entries)).unwrap();
    assert_eq!((&value[0]["run_id"], &value[2]["receipt"]), (&"=1+1".into(), &"a\nb".into()));
    assert_eq!((&value[1]["happened_at"], &value[1]["detail"]), (&serde_json::Value::Null, &"open".into()));
    assert_eq!(json(&[]), "[\n]\n");
}

fn transitions() -> impl Strategy<Value = Transition> {
    let all = Kind::ALL.map(|kind| match kind {
        Kind::Appeared => Transition::Appeared,
        Kind::Opened => Transition::Opened,
        Kind::Running => Transition::Running,
        Kind::Completed => Transition::Completed,
        Kind::Ended => Transition::Ended,
        Kind::Failed => Transition::Failed,
        Kind::Reverted => Transition::Reverted(RunState::Unknown),
        Kind::Contradiction => Transition::Contradiction(Disagreement::RunningAfterEnd),
        Kind::FailuresRose => Transition::FailuresRose(FailureRise { from: 1, to: 1000 }),
        _ => Transition::Stopped,
    });
    prop::sample::select(all.to_vec())
}

fn entries() -> impl Strategy<Value = Entry> {
    let known = prop_oneof![
        Just(HowKnown::Between { after: None }),
        (-900..0_i64).prop_map(between),
        Just(between(7)),
        (-900..0_i64).prop_map(|at| HowKnown::At(after(at))),
    ];
    // Often the clock has stood still since the reading before.
    let noticed = prop_oneof![0..900_i64, Just(7)];
    let seen = ("[abc]", transitions(), known, noticed).prop_map(|(id, what, known, at)| entry(&id, what, known, at));
    let action = prop::sample::select(vec![Action::Schedule, Action::Stop, Action::BulkStop, Action::HandOver]);
    let outcome = prop::sample::select(vec![Outcome::Requested, Outcome::Refused, Outcome::Confirmed]);
    let done = ("[abc]", action, outcome, prop::option::of(any::<String>()), 0..900_i64).prop_map(
        |(id, action, outcome, text, at)| {
            let run = run(&id, "running", [0, 60]);
            let what = Done { text: text.map(Arc::from), settled: Some(moment(at)), ..done(action, outcome) };
            Entry::done(what, "k", (action != Action::HandOver).then_some(&run), moment(at))
        },
    );
    prop_oneof![seen, done]
}

proptest! {
    #[test]
    fn entry_is_read_as_it_was_written(entry in entries()) {
        prop_assert_eq!(Entry::read(&entry.to_text()), Some(entry));
    }

    #[test]
    fn broken_field_costs_no_more_than_itself(entry in entries(), junk in "[0-9a-z\"{}\\[\\],:]{0,12}") {
        let text = entry.to_text();
        let broken = text.replacen(r#""name":"Sale""#, r#""name":{"x":[1]}"#, 1);
        let read = Entry::read(&broken).unwrap();
        prop_assert_eq!((read.key, read.what, read.noticed), (entry.key.clone(), entry.what.clone(), entry.noticed));
        prop_assert!(Entry::read(&junk).is_none());
    }

    #[test]
    fn record_keeps_its_order_and_adding_again_changes_nothing(entries in prop::collection::vec(entries(), 0..40)) {
        let mut record = recorded(&entries);
        let happened: Vec<_> = record.entries().map(|entry| entry.happened()).collect();
        prop_assert!(happened.is_sorted());
        let before: Vec<_> = record.entries().cloned().collect();
        let (again, change) = Record::of(before.iter().map(|entry| (**entry).clone()), moment(1000).here);
        prop_assert!(change.is_empty(), "{:?}", change);
        prop_assert_eq!(again.entries().cloned().collect::<Vec<_>>(), before.clone());
        for entry in &before {
            prop_assert!(record.add((**entry).clone(), moment(1000).here).is_empty());
        }
        // An entry that was merged from several is recognized by each of them, unless the clock was set back: then it happened at any
        // time between the two.
        let was_set_back = |entry: &Entry| matches!(entry.known, HowKnown::Between { after: Some(after) } if after.here > entry.noticed.here);
        if !entries.iter().any(was_set_back) {
            for entry in entries {
                record.add(entry, moment(1000).here);
                prop_assert_eq!(record.len(), before.len());
            }
        }
    }

    #[test]
    fn storage_that_follows_the_changes_holds_the_record(entries in prop::collection::vec(entries(), 0..40)) {
        let mut record = Record::default();
        let mut stored = std::collections::BTreeMap::new();
        for entry in entries {
            let change = record.add(entry, moment(1000).here);
            change.removed.iter().for_each(|entry| { stored.remove(&entry.key); });
            change.put.into_iter().for_each(|entry| { stored.insert(entry.key.clone(), entry); });
        }
        let held: std::collections::BTreeMap<_, _> = record.entries().map(|entry| (entry.key.clone(), entry.clone())).collect();
        prop_assert_eq!(stored, held);
    }
}
