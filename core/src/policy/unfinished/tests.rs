mod model;

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
    unfinished.creates().into_iter().map(|intent| intent.key).collect()
}

fn stopped_runs(unfinished: &Unfinished) -> Vec<RunId> {
    let stops = unfinished.stops.as_deref().map(|text| stop::recall(text, NOW)).unwrap_or_default();
    stops.into_iter().map(|(id, _)| id).collect()
}

const SCOPE: &str = "runboard.intent/%2Fbeta/ann";
const FREE: Free = Free { create: true, bulk_stop: true, reschedule: true };

/// Entries as local storage holds them.
fn stored(all: &[Unfinished]) -> Vec<(String, String)> {
    let entry = |(at, left): (usize, &Unfinished)| {
        Some((new_entry_key(SCOPE, left.left_at, &format!("{at:02}")), left.to_text()?))
    };
    all.iter().enumerate().filter_map(entry).collect()
}

fn read_all(all: &[Unfinished], now: Timestamp) -> LeftUnfinished {
    LeftUnfinished::read(stored(all), now)
}

fn values(left: &LeftUnfinished) -> Vec<Unfinished> {
    left.0.iter().map(|(_, unfinished)| unfinished.clone()).collect()
}

fn everything(key: &str) -> Unfinished {
    Unfinished {
        stops: stops_text(&[String::from("a")]),
        bulk_stop: Some(bulk_text(NOW)),
        reschedule: Some(reschedule_text("old")),
        ..left(&[key], NOW, false)
    }
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
        let all = read_all(&[left(&["1"], NOW, signed_out)], after(seconds));
        assert_eq!(all.next(FREE, after(seconds)).is_some(), is_taken, "{seconds} {signed_out}");
    }
}

#[test]
fn oldest_is_taken_first() {
    let all = read_all(&[left(&["2"], after(5), true), left(&["1"], NOW, true)], after(60));
    let first = all.next(FREE, after(60)).unwrap();
    assert_eq!(first, new_entry_key(SCOPE, NOW, "01"));
}

#[test]
fn only_what_the_tab_is_free_for_is_taken() {
    let busy = Free { create: false, bulk_stop: false, reschedule: false };
    let nothing = || left(&[], NOW, true);
    let create = left(&["1"], NOW, true);
    let stops = Unfinished { stops: stops_text(&[String::from("a")]), ..nothing() };
    let bulk = Unfinished { bulk_stop: Some(bulk_text(NOW)), ..nothing() };
    let reschedule = Unfinished { reschedule: Some(reschedule_text("old")), ..nothing() };
    for (unfinished, free, fits) in [
        (&create, busy, false),
        (&create, Free { create: true, ..busy }, true),
        (&stops, busy, true),
        (&bulk, busy, false),
        (&bulk, Free { bulk_stop: true, ..busy }, true),
        (&reschedule, Free { reschedule: true, ..busy }, false),
        (&reschedule, Free { reschedule: true, create: true, ..busy }, true),
        (&everything("1"), FREE, true),
        (&everything("1"), Free { bulk_stop: false, ..FREE }, false),
    ] {
        assert_eq!(unfinished.fits(free), fits, "{unfinished:?} {free:?}");
    }
    // What does not fit holds up nothing that was left later.
    let later = Unfinished { left_at: after(1), ..stops };
    let all = read_all(&[create, later], after(60));
    assert_eq!(all.next(busy, after(60)), Some(new_entry_key(SCOPE, after(1), "01").as_str()));
    assert_eq!(all.waiting(NOW, after(60)), Some(Waiting::NotFree));
}

#[test]
fn what_may_be_reloading_is_told_at_once_only_to_tabs_that_were_opened_since() {
    let all = read_all(&[left(&["1"], NOW, false)], NOW);
    for (opened, seconds, waiting) in [
        (-5, 0, None),
        (-5, 1, None),
        (-5, 2, Some(Waiting::MayBeReloading)),
        (1, 1, Some(Waiting::MayBeReloading)),
        (1, 9, Some(Waiting::MayBeReloading)),
        (1, 10, Some(Waiting::NotFree)),
    ] {
        assert_eq!(all.waiting(after(opened), after(seconds)), waiting, "{opened} {seconds}");
    }
    assert_eq!(LeftUnfinished::default().waiting(NOW, NOW), None);
}

#[test]
fn time_alone_changes_something_only_when_it_is_due() {
    let all = read_all(&[left(&["1"], NOW, false), left(&["2"], after(-4), false)], NOW);
    for (seconds, due) in
        [(0, Some(2)), (1, Some(2)), (2, Some(6)), (5, Some(6)), (6, Some(10)), (9, Some(10)), (10, None)]
    {
        assert_eq!(all.due(after(seconds)), due.map(after), "{seconds}");
    }
    assert_eq!(read_all(&[left(&["1"], NOW, true)], NOW).due(NOW), None);
}

#[test]
fn reloaded_tab_takes_its_own_back() {
    let held = Held {
        creates: vec![String::from("1")],
        stops: vec![RunId::new("a")],
        bulk_stop: Some(NOW),
        reschedule: Some(RunId::new("old")),
    };
    let other = left(&["2"], after(1), true).without(&Held::default()).unwrap();
    let (rest, own) = read_all(&[everything("1"), other.clone()], NOW).without(&held);
    assert_eq!((values(&rest), own), (vec![other], vec![new_entry_key(SCOPE, NOW, "00")]));
}

#[test]
fn other_requests_are_not_taken_for_the_tabs_own() {
    let held = Held {
        creates: vec![String::from("2")],
        stops: vec![RunId::new("b")],
        bulk_stop: Some(after(1)),
        reschedule: Some(RunId::new("older")),
    };
    for held in [held, Held::default()] {
        let rest = everything("1").without(&held).unwrap();
        assert_eq!((keys(&rest), stopped_runs(&rest)), (vec![String::from("1")], vec![RunId::new("a")]));
        assert!(rest.bulk_stop.is_some() && rest.reschedule.is_some());
    }
}

#[test]
fn creates_that_may_exist_are_known_before_they_are_taken_up() {
    let all = [left(&["1"], NOW, false), everything("2"), left(&["3"], after(60), true)];
    let found: Vec<String> = read_all(&all, after(61)).creates().into_iter().map(|intent| intent.key).collect();
    assert_eq!(found, ["1", "2", "3"]);
    let refused = left(&["1"], NOW, true);
    let refused = Unfinished { create: refused.create.map(|text| text.replace("open", "refused")), ..refused };
    assert!(read_all(&[refused], NOW).creates().is_empty());
}

#[test]
fn nothing_is_kept_longer_than_a_week() {
    let week = 7 * 86_400;
    for (seconds, is_kept) in [(0, true), (week - 1, true), (week, false), (-week, false)] {
        let all = stored(&[left(&["1"], NOW, true)]);
        let swept = expired_keys(all.iter().map(|(key, _)| key.clone()), after(seconds));
        assert_eq!(swept.is_empty(), is_kept, "{seconds}");
        assert_eq!(!LeftUnfinished::read(all, after(seconds)).is_empty(), is_kept, "{seconds}");
    }
}

#[test]
fn expired_entries_of_anybody_are_swept_and_nothing_else() {
    let old = new_entry_key("runboard.intent/%2Fbeta/bob", after(-8 * 86_400), "1");
    let keys = [
        old.as_str(),
        "runboard.intent/%2Fbeta/bob#left/x/1",
        &new_entry_key(SCOPE, NOW, "1"),
        "runboard.views",
        "runboard.intent/%2Fbeta/bob",
        "another application#left/1/1",
    ];
    assert_eq!(expired_keys(keys.map(String::from), NOW), &keys[..2]);
}

#[test]
fn keys_of_one_person_are_not_those_of_another() {
    let key = new_entry_key(SCOPE, NOW, "1");
    for (scope, is_own) in
        [(SCOPE, true), ("runboard.intent/%2Fbeta/an", false), ("runboard.intent/%2Fbeta/anna", false)]
    {
        assert_eq!(is_entry_key(&key, scope), is_own, "{scope}");
    }
    assert!(!is_entry_key(SCOPE, SCOPE) && !is_entry_key(&[SCOPE, "#draft"].concat(), SCOPE));
}

#[test]
fn what_cannot_be_read_is_skipped() {
    for text in ["", "garbage", "{}", "[1]", r#"[{"at":1,"create":5}]"#, r#"{"at":1,"create":5}"#] {
        assert!(LeftUnfinished::read([(String::from("k"), String::from(text))], NOW).is_empty(), "{text}");
    }
}

#[test]
fn oldest_is_dropped_where_there_is_too_much() {
    let long = |at: i64| Unfinished { bulk_stop: Some("a".repeat(MAX_LENGTH / 2)), ..left(&[], after(at), true) };
    let all = read_all(&[long(0), long(1), long(2)], NOW);
    assert_eq!(all.excess(), [new_entry_key(SCOPE, NOW, "00")]);
    let too_long = Unfinished { bulk_stop: Some("a".repeat(MAX_LENGTH + 1)), ..left(&[], NOW, true) };
    assert_eq!(too_long.to_text(), None, "it is kept by its own tab only");
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
    fn what_a_tab_holds_is_never_left_for_others(
        all in prop::collection::vec(any_left(), 0..8),
        held in any_held(),
    ) {
        let all: Vec<Unfinished> = all.into_iter().filter(|left| !left.is_empty()).collect();
        let count = |all: &[Unfinished]| all.iter().map(|left| keys(left).len()).sum::<usize>();
        let own = |all: &[Unfinished]| all.iter().flat_map(keys).filter(|key| held.creates.contains(key)).count();
        let (rest, removed) = read_all(&all, NOW).without(&held);
        let kept = values(&rest);
        prop_assert_eq!(kept.len() + removed.len(), all.len());
        prop_assert_eq!(own(&kept), 0);
        prop_assert_eq!(count(&kept), count(&all) - own(&all));
        for left in &kept {
            prop_assert!(!left.is_empty());
            prop_assert!(stopped_runs(left).iter().all(|run| !held.stops.contains(run)));
            prop_assert!(held.bulk_stop.is_none() || left.bulk_stop.as_deref().and_then(BulkStopState::confirmed_at_of) != held.bulk_stop);
            prop_assert!(held.reschedule.is_none() || left.reschedule.as_deref().and_then(reschedule::old_run_of) != held.reschedule);
        }
        prop_assert_eq!(rest.clone().without(&held), (rest, Vec::new()));
    }

    #[test]
    fn kept_text_is_read_back_and_bounded(all in prop::collection::vec(any_left(), 0..40)) {
        let all: Vec<Unfinished> = all.into_iter().filter(|left| !left.is_empty()).collect();
        let left = read_all(&all, NOW);
        prop_assert_eq!(left.0.len(), all.len());
        prop_assert!(all.iter().all(|one| values(&left).contains(one)));
        prop_assert_eq!(left.excess().len(), all.len().saturating_sub(MAX_ENTRIES));
        let newest = left.0.iter().rev().take(MAX_ENTRIES).collect::<Vec<_>>();
        prop_assert!(newest.iter().all(|(key, _)| !left.excess().contains(key)));
    }
}
