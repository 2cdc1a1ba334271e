use super::*;
use crate::phase::Phase;
use crate::query::{IndexedRun as Subject, Query, QueryContext as Context, SortKey};
use crate::run::Run;
use crate::time::{Span, Timestamp};
use proptest::prelude::*;
use serde_json::json;

fn view(name: &str, q: &str) -> View {
    View { name: String::from(name), q: String::from(q), sort: Sort { key: SortKey::End, descending: false } }
}

#[test]
fn view_of_the_same_name_is_replaced_in_place() {
    let views = with(&[view("a", "1"), view("b", "2")], view(" A ", "3")).unwrap();
    assert_eq!(views, [view("A", "3"), view("b", "2")]);
}

#[test]
fn invisible_name_is_refused_and_a_long_one_truncated() {
    for name in ["", "  ", "\u{0}\n"] {
        assert_eq!(with(&[], view(name, "q")), None);
    }
    assert_eq!(with(&[], view(&"x".repeat(100), "")).unwrap()[0].name.len(), 60);
    let ends_in_space = ["x".repeat(59), " yz".into()].concat();
    assert_eq!(with(&[], view(&ends_in_space, "")).unwrap()[0].name, "x".repeat(59));
}

#[test]
fn further_views_are_refused_at_the_limit() {
    let mut views = Vec::new();
    for n in 0..50 {
        views = with(&views, view(&n.to_string(), "")).unwrap();
    }
    assert_eq!(with(&views, view("one more", "")), None);
    assert!(with(&views, view("7", "new")).is_some());
}

#[test]
fn broken_entries_are_skipped() {
    for text in ["", "{}", "[1]", "[{\"name\":\"a\"}]", "x"] {
        assert_eq!(recall(text), []);
    }
    let text = r#"[7, {"name": "a", "q": "x", "sort": "odd"}, {"name": "a", "q": "y"}]"#;
    assert_eq!(recall(text), [View { sort: Sort::default(), ..view("a", "y") }]);
}

#[test]
fn built_in_views_list_what_their_names_say() {
    let now = Timestamp::parse("2026-03-20T12:00:00Z").unwrap();
    let run = |start: i64, end: i64, status: &str| {
        let at = |hours: i64| now.plus(Span::from_hours(hours)).to_iso();
        Run::read_body(&json!({"id": "a", "status": status, "start_at": at(start), "end_at": at(end)}).to_string())
            .unwrap()
    };
    for (run, expected) in [
        (run(-1, 1, "running"), vec![BuiltIn::OpenNow]),
        (run(-1, 1, "scheduled"), vec![BuiltIn::OpenNow, BuiltIn::NeedsLook]),
        (run(23, 30, "scheduled"), vec![BuiltIn::StartingSoon]),
        (run(25, 30, "scheduled"), vec![]),
        (run(-5, -1, "completed"), vec![BuiltIn::EndedToday]),
        (run(-5, 2, "stopped"), vec![BuiltIn::EndedToday]),
        (run(-5, -1, "running"), vec![BuiltIn::EndedToday, BuiltIn::NeedsLook]),
        (run(-50, -13, "completed"), vec![]),
    ] {
        let shown = |view: &BuiltIn| {
            let reading = Query::parse(view.query(), Context { now, offset: &|_| 0 });
            assert_eq!(reading.issues, []);
            reading.query.matches(Subject { run: &run, phase: Phase::of(&run, now), job_label: None })
        };
        let found: Vec<BuiltIn> = BuiltIn::ALL.into_iter().filter(shown).collect();
        assert_eq!(found, expected, "{run:?}");
    }
}

proptest! {
    #[test]
    fn saved_views_are_restored(entries in prop::collection::vec((any::<String>(), any::<String>()), 0..8)) {
        let mut views = Vec::new();
        for (name, q) in entries {
            views = with(&views, view(&name, &q)).unwrap_or(views);
        }
        prop_assert_eq!(recall(&keep(&views)), views);
    }
}
