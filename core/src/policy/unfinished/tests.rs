use super::*;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn create_text(keys: &[String]) -> Option<String> {
    let run =
        r#""run":{"jobId":"j","name":"n","startAt":"2026-03-03T11:00:00.001Z","endAt":"2026-03-03T12:00:00.002Z"}"#;
    let intents: Vec<String> =
        keys.iter().map(|key| format!(r#"{{"key":"{key}",{run},"askedAt":{},"fate":"open"}}"#, asked_at())).collect();
    (!keys.is_empty()).then(|| format!("[{}]", intents.join(",")))
}

fn stops_text(runs: &[String]) -> Option<String> {
    let stops: Vec<String> = runs
        .iter()
        .map(|id| format!(r#"{{"run":{{"id":"{id}"}},"counts":null,"askedAt":{},"answeredAt":null}}"#, asked_at()))
        .collect();
    (!runs.is_empty()).then(|| format!("[{}]", stops.join(",")))
}

fn asked_at() -> String {
    to_text(&NOW)
}

fn bulk_text(at: Timestamp) -> String {
    format!(r#"{{"halted":false,"at":{},"runs":[{{"run":{{"id":"a"}},"state":"waiting","at":null}}]}}"#, to_text(&at))
}

fn reschedule_text(old: &str) -> String {
    let run = r#"{"jobId":"j","name":"n","startAt":"2026-03-03T11:00:00.001Z","endAt":"2026-03-03T12:00:00.002Z"}"#;
    format!(r#"{{"old":"{old}","oldName":"o","new":null,"asked":{run},"step":"creating"}}"#)
}

fn left(keys: &[&str], at: Timestamp, signed_out: bool) -> Unfinished {
    let keys: Vec<String> = keys.iter().map(|key| String::from(*key)).collect();
    Unfinished { left_at: at, signed_out, create: create_text(&keys), stops: None, bulk_stop: None, reschedule: None }
}

fn keys(unfinished: &Unfinished) -> Vec<String> {
    let intents = unfinished.create.as_deref().map(intent::recall).unwrap_or_default();
    intents.into_iter().map(|intent| intent.key).collect()
}

fn stopped_runs(unfinished: &Unfinished) -> Vec<RunId> {
    let stops = unfinished.stops.as_deref().map(|text| stop::recall(text, NOW)).unwrap_or_default();
    stops.into_iter().map(|(id, _)| id).collect()
}

fn holding(keys: &[&str]) -> Held {
    Held { creates: keys.iter().map(|key| String::from(*key)).collect(), ..Held::default() }
}

#[test]
fn closed_tab_is_taken_up_once() {
    let all = LeftUnfinished::default().with(left(&["1"], NOW, false), &holding(&["1"]));
    let all = LeftUnfinished::read(&all.to_text().unwrap(), after(60));
    let (taken, rest) = all.take(after(60));
    assert_eq!(keys(&taken.unwrap()), ["1"]);
    assert_eq!((rest.is_empty(), rest.to_text()), (true, None));
    assert_eq!(rest.take(after(60)).0, None);
}

#[test]
fn tab_that_may_be_reloading_is_left_alone_for_ten_seconds() {
    for (seconds, signed_out, is_taken) in [
        (0, false, false),
        (9, false, false),
        (10, false, true),
        (0, true, true),
        (-9, false, false),
        (-60, false, true),
    ] {
        let all = LeftUnfinished::default().with(left(&["1"], NOW, signed_out), &Held::default());
        assert_eq!(all.take(after(seconds)).0.is_some(), is_taken, "{seconds} {signed_out}");
    }
}

#[test]
fn reloaded_tab_takes_its_own_back() {
    let held = Held {
        creates: vec![String::from("1")],
        stops: vec![RunId::new("a")],
        bulk_stop: Some(NOW),
        reschedule: Some(RunId::new("old")),
    };
    let own = Unfinished {
        stops: stops_text(&[String::from("a")]),
        bulk_stop: Some(bulk_text(NOW)),
        reschedule: Some(reschedule_text("old")),
        ..left(&["1"], NOW, false)
    };
    let all = LeftUnfinished::default().with(left(&["2"], NOW, true), &Held::default()).with(own.clone(), &held);
    let rest = all.clone().without(&held);
    assert_eq!(rest.0, [left(&["2"], NOW, true)].map(|left| left.without(&Held::default())));
    // Left again, it replaces what it left before.
    assert_eq!(all.clone().with(own, &held).0.len(), all.0.len());
}

#[test]
fn other_requests_are_not_taken_for_the_tabs_own() {
    let own = Unfinished {
        stops: stops_text(&[String::from("a")]),
        bulk_stop: Some(bulk_text(NOW)),
        reschedule: Some(reschedule_text("old")),
        ..left(&["1"], NOW, false)
    };
    let held = Held {
        creates: vec![String::from("2")],
        stops: vec![RunId::new("b")],
        bulk_stop: Some(after(1)),
        reschedule: Some(RunId::new("older")),
    };
    for held in [held, Held::default()] {
        let rest = own.clone().without(&held);
        assert_eq!((keys(&rest), stopped_runs(&rest)), (vec![String::from("1")], vec![RunId::new("a")]));
        assert!(rest.bulk_stop.is_some() && rest.reschedule.is_some());
    }
}

#[test]
fn nothing_is_kept_longer_than_a_week() {
    let text = LeftUnfinished::default().with(left(&["1"], NOW, true), &Held::default()).to_text().unwrap();
    let week = 7 * 86_400;
    for (seconds, is_kept) in [(0, true), (week - 1, true), (week, false), (-week, false)] {
        assert_eq!(!LeftUnfinished::read(&text, after(seconds)).is_empty(), is_kept, "{seconds}");
    }
}

#[test]
fn what_cannot_be_read_is_skipped() {
    for text in ["", "garbage", "{}", "[1]", r#"[{"at":1,"create":5}]"#] {
        assert!(LeftUnfinished::read(text, NOW).is_empty(), "{text}");
    }
}

#[test]
fn oldest_is_left_out_where_there_is_too_much() {
    let long = |name: &str, at: i64| Unfinished {
        bulk_stop: Some(String::from(name).repeat(MAX_LENGTH / 2)),
        ..left(&[], after(at), true)
    };
    let all = LeftUnfinished(vec![long("a", 0), long("b", 1), long("c", 2)]);
    let kept = LeftUnfinished::read(&all.to_text().unwrap(), NOW);
    assert_eq!(kept.0, [long("b", 1), long("c", 2)]);
    let own = all.clone().with(long("too long", 0), &Held::default());
    assert_eq!(own, all, "a single one that is too long is kept by its own tab only");
}

fn any_left() -> impl Strategy<Value = Unfinished> {
    let ids = || prop::collection::vec("[a-d]", 0..3);
    (0..30_i64, any::<bool>(), ids(), ids(), prop::option::of(0..3_i64), prop::option::of("[a-c]")).prop_map(
        |(at, signed_out, keys, runs, bulk, old)| Unfinished {
            left_at: after(at),
            signed_out,
            create: create_text(&keys),
            stops: stops_text(&runs),
            bulk_stop: bulk.map(|at| bulk_text(after(at))),
            reschedule: old.as_deref().map(reschedule_text),
        },
    )
}

fn any_held() -> impl Strategy<Value = Held> {
    let ids = || prop::collection::vec("[a-d]", 0..3);
    (ids(), ids(), prop::option::of(0..3_i64), prop::option::of("[a-c]")).prop_map(|(keys, runs, bulk, old)| Held {
        creates: keys,
        stops: runs.iter().map(|run| RunId::new(run)).collect(),
        bulk_stop: bulk.map(after),
        reschedule: old.as_deref().map(RunId::new),
    })
}

proptest! {
    #[test]
    fn each_is_taken_exactly_once(all in prop::collection::vec(any_left(), 0..8)) {
        let all: Vec<Unfinished> = all.into_iter().filter(|left| !left.is_empty()).collect();
        let mut rest = LeftUnfinished(all.clone());
        let mut taken = Vec::new();
        while let (Some(one), others) = rest.clone().take(after(60)) {
            taken.push(one);
            rest = LeftUnfinished::read(&others.to_text().unwrap_or_default(), after(60));
        }
        prop_assert_eq!(taken, all);
    }

    #[test]
    fn what_a_tab_holds_is_never_left_for_others(
        all in prop::collection::vec(any_left(), 0..8),
        held in any_held(),
    ) {
        let count = |all: &[Unfinished]| all.iter().map(|left| keys(left).len()).sum::<usize>();
        let own = |all: &[Unfinished]| all.iter().flat_map(keys).filter(|key| held.creates.contains(key)).count();
        let rest = LeftUnfinished(all.clone()).without(&held);
        prop_assert_eq!(own(&rest.0), 0);
        prop_assert_eq!(count(&rest.0), count(&all) - own(&all));
        for left in &rest.0 {
            prop_assert!(!left.is_empty());
            prop_assert!(stopped_runs(left).iter().all(|run| !held.stops.contains(run)));
            prop_assert!(held.bulk_stop.is_none() || left.bulk_stop.as_deref().and_then(BulkStopState::confirmed_at_of) != held.bulk_stop);
            prop_assert!(held.reschedule.is_none() || left.reschedule.as_deref().and_then(reschedule::old_run_of) != held.reschedule);
        }
        prop_assert_eq!(rest.clone().without(&held), rest);
    }

    #[test]
    fn kept_text_is_read_back_and_bounded(all in prop::collection::vec(any_left(), 0..40)) {
        let all: Vec<Unfinished> = all.into_iter().filter(|left| !left.is_empty()).collect();
        let newest = all.len().saturating_sub(MAX_TABS);
        let text = LeftUnfinished(all.clone()).to_text().unwrap_or_default();
        prop_assert_eq!(LeftUnfinished::read(&text, NOW).0, &all[newest..]);
    }
}
