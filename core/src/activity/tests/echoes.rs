use super::*;
use proptest::prelude::*;

fn record(entries: impl IntoIterator<Item = Entry>) -> Record {
    Record::of(entries, moment(100_000).here).0
}

fn kinds(filter: &Filter, record: &Record) -> Vec<Kind> {
    filter.apply(record, &|_| None).iter().rev().map(|entry| Kind::of(entry)).collect()
}

/// Asked for and settled at these seconds.
fn done_at(done: Done, run: &str, [asked, settled]: [i64; 2]) -> Entry {
    let run = super::run(run, "scheduled", [0, 60]);
    let done = Done { settled: Some(moment(settled)), ..done };
    Entry::done(done, &asked.to_string(), Some(&run), moment(asked))
}

fn stop(outcome: Outcome, seconds: [i64; 2]) -> Entry {
    done_at(done(Action::Stop, outcome), "a", seconds)
}

fn stopped(from: i64, noticed: i64) -> Entry {
    entry("a", Transition::Stopped, between(from), noticed)
}

fn reschedule(outcome: Outcome, seconds: [i64; 2]) -> Entry {
    done_at(Done { new_run: Some(RunId::new("new")), ..done(Action::Reschedule, outcome) }, "a", seconds)
}

fn schedule(asked: i64) -> Entry {
    let done = Done { new_run: Some(RunId::new("new")), ..done(Action::Schedule, Outcome::Confirmed) };
    Entry { known: HowKnown::DoneHere, ..Entry::done(done, "key", None, moment(asked)) }
}

#[test]
fn own_stop_is_listed_once_however_late_it_was_seen() {
    for seen in [stopped(5, 12), stopped(11, 12), stopped(5, 300)] {
        let record = record([stop(Outcome::Confirmed, [10, 12]), seen]);
        assert_eq!(kinds(&Filter::default(), &record), [Kind::StoppedHere]);
    }
}

#[test]
fn stop_of_somebody_else_stands() {
    let confirmed = stop(Outcome::Confirmed, [10, 12]);
    for (other, before) in [
        // Noticed before anything was asked for.
        (record([confirmed.clone(), stopped(5, 9)]), true),
        // The run went on after the stop done here, and was stopped again.
        (record([confirmed.clone(), stopped(20, 30)]), false),
        // Another run.
        (record([confirmed.clone(), entry("b", Transition::Stopped, between(5), 12)]), false),
    ] {
        let expected = if before { [Kind::Stopped, Kind::StoppedHere] } else { [Kind::StoppedHere, Kind::Stopped] };
        assert_eq!(kinds(&Filter::default(), &other), expected);
    }
    for outcome in [Outcome::Requested, Outcome::Unknown, Outcome::Refused, Outcome::NotNeeded] {
        let record = record([stop(outcome, [10, 12]), stopped(5, 14)]);
        assert_eq!(kinds(&Filter::default(), &record), [Kind::StoppedHere, Kind::Stopped], "{outcome:?}");
    }
    let alone = record([stopped(5, 12)]);
    assert_eq!(kinds(&Filter::default(), &alone), [Kind::Stopped]);
}

#[test]
fn run_that_was_scheduled_here_is_listed_once() {
    let appeared = |noticed| entry("new", Transition::Appeared, HowKnown::At(after(11)), noticed);
    assert_eq!(kinds(&Filter::default(), &record([schedule(10), appeared(12)])), [Kind::ScheduledHere]);
    let other = entry("other", Transition::Appeared, HowKnown::At(after(11)), 12);
    assert_eq!(kinds(&Filter::default(), &record([schedule(10), other])), [Kind::ScheduledHere, Kind::Appeared]);
    let known_before = record([schedule(20), appeared(12)]);
    assert_eq!(kinds(&Filter::default(), &known_before), [Kind::Appeared, Kind::ScheduledHere]);
}

#[test]
fn reschedule_stands_for_its_new_run_and_for_the_stop_of_the_old_one() {
    let seen = || [entry("new", Transition::Appeared, HowKnown::At(after(11)), 12), stopped(12, 14)];
    let all = |outcome| record(seen().into_iter().chain([reschedule(outcome, [10, 15])]));
    assert_eq!(kinds(&Filter::default(), &all(Outcome::Confirmed)), [Kind::RescheduledHere]);
    // Both runs were to be kept: it was somebody else who stopped the old one.
    let kept = kinds(&Filter::default(), &all(Outcome::NotNeeded));
    assert_eq!(kept, [Kind::RescheduledHere, Kind::Stopped]);
}

#[test]
fn what_was_seen_is_left_out_only_beside_what_was_done() {
    let record = record([stop(Outcome::Confirmed, [10, 12]), stopped(5, 12)]);
    let all = Filter::default;
    for (filter, expected) in [
        (Filter { kinds: vec![Kind::Stopped], ..all() }, vec![Kind::Stopped]),
        (Filter { kinds: vec![Kind::Stopped, Kind::StoppedHere], ..all() }, vec![Kind::StoppedHere, Kind::Stopped]),
        (Filter { since: Some(moment(11).here), ..all() }, vec![Kind::Stopped]),
        (Filter { until: Some(moment(11).here), ..all() }, vec![Kind::StoppedHere]),
        (Filter { mine: true, ..all() }, vec![Kind::StoppedHere]),
        (Filter { run: Some(RunId::new("a")), ..all() }, vec![Kind::StoppedHere]),
    ] {
        assert_eq!(kinds(&filter, &record), expected, "{filter:?}");
    }
}

proptest! {
    #[test]
    fn away_counts_what_its_link_lists(
        stops in prop::collection::vec((0_i64..60, 0_i64..20, 0_usize..5), 0..4),
        seen in prop::collection::vec((0_i64..60, 1_i64..20, 0_usize..3), 0..6),
        since in 0_i64..60,
    ) {
        const OUTCOMES: [Outcome; 5] =
            [Outcome::Requested, Outcome::Unknown, Outcome::Refused, Outcome::NotNeeded, Outcome::Confirmed];
        const RUNS: [&str; 3] = ["a", "new", "b"];
        let stops = stops.into_iter().map(|(at, took, outcome)| match at % 2 {
            0 => stop(OUTCOMES[outcome], [at, at + took]),
            _ => reschedule(OUTCOMES[outcome], [at, at + took]),
        });
        let seen = seen.into_iter().map(|(at, before, run)| match at % 2 {
            0 => entry(RUNS[run], Transition::Stopped, between(at - before), at),
            _ => entry(RUNS[run], Transition::Appeared, between(at - before), at),
        });
        let record = record(stops.chain(seen));
        let since = moment(since).here;
        let listed = Filter { since: Some(since), ..Filter::default() }.apply(&record, &|_| None);
        let runs = |kind: Kind| {
            let of_kind = listed.iter().filter(|entry| Kind::of(entry) == kind).filter_map(|entry| entry.run.clone());
            of_kind.collect::<std::collections::HashSet<_>>().len()
        };
        let away = Away::since(record.entries(), since);
        prop_assert_eq!((away.stopped, away.appeared), (runs(Kind::Stopped), runs(Kind::Appeared)));
    }
}
