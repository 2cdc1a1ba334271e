use super::*;
use crate::phase::Phase;
use crate::query::{FoldedTexts, IndexedRun, Query, QueryContext, SortKey};
use crate::run::Run;
use crate::time::{Span, Timestamp};
use proptest::prelude::*;
use serde_json::json;

fn view(name: &str, q: &str) -> SavedView {
    let sort = Sort { key: SortKey::End, descending: false };
    SavedView { name: String::from(name), q: String::from(q), sort, columns: None, row_height: None }
}

#[test]
fn view_of_the_same_name_is_replaced_in_place() {
    let views = with_view(&[view("a", "1"), view("b", "2")], view(" A ", "3")).unwrap();
    assert_eq!(views, [view("A", "3"), view("b", "2")]);
}

#[test]
fn view_is_added_at_its_place_as_far_as_there_is_one() {
    let views = [view("a", "1"), view("b", "2")];
    assert_eq!(with_view_at(&views, view("c", "3"), 1).unwrap(), [view("a", "1"), view("c", "3"), view("b", "2")]);
    assert_eq!(with_view_at(&views, view("c", "3"), 9).unwrap(), [view("a", "1"), view("b", "2"), view("c", "3")]);
    assert_eq!(with_view_at(&views, view("B", "3"), 0).unwrap(), [view("a", "1"), view("B", "3")]);
}

#[test]
fn invisible_name_is_refused_and_a_long_one_truncated() {
    for name in ["", "  ", "\u{0}\n"] {
        assert_eq!(with_view(&[], view(name, "q")), None);
    }
    assert_eq!(with_view(&[], view(&"x".repeat(100), "")).unwrap()[0].name.len(), 60);
    let ends_in_space = ["x".repeat(59), " yz".into()].concat();
    assert_eq!(with_view(&[], view(&ends_in_space, "")).unwrap()[0].name, "x".repeat(59));
}

#[test]
fn further_views_are_refused_at_the_limit() {
    let mut views = Vec::new();
    for n in 0..50 {
        views = with_view(&views, view(&n.to_string(), "")).unwrap();
    }
    assert_eq!(with_view(&views, view("one more", "")), None);
    assert!(with_view(&views, view("7", "new")).is_some());
}

#[test]
fn broken_entries_are_skipped() {
    for text in ["", "{}", "[1]", "[{\"name\":\"a\"}]", "x"] {
        assert_eq!(from_json(text), []);
    }
    let text = r#"[7, {"name": "a", "q": "x", "sort": "odd"}, {"name": "a", "q": "y"}]"#;
    assert_eq!(from_json(text), [SavedView { sort: Sort::default(), ..view("a", "y") }]);
}

#[test]
fn view_of_an_earlier_version_leaves_columns_and_row_height() {
    let text = r#"[{"name": "a", "q": "x", "sort": "end"}]"#;
    assert_eq!(from_json(text), [view("a", "x")]);
    assert_eq!(to_json(&[view("a", "x")]), r#"[{"name":"a","q":"x","sort":"end"}]"#);
    let odd = r#"[{"name": "a", "q": "x", "sort": "end", "columns": 7, "rows": "tall"}]"#;
    assert_eq!(from_json(odd), [view("a", "x")]);
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
        (run(-1, 1, "running"), vec![BuiltInView::OpenNow]),
        (run(-1, 1, "scheduled"), vec![BuiltInView::OpenNow, BuiltInView::NeedsAttention]),
        (run(23, 30, "scheduled"), vec![BuiltInView::StartingSoon]),
        (run(25, 30, "scheduled"), vec![]),
        (run(-5, -1, "completed"), vec![BuiltInView::EndedToday]),
        (run(-5, 2, "stopped"), vec![BuiltInView::EndedToday]),
        (run(-5, -1, "running"), vec![BuiltInView::OpenNow, BuiltInView::EndedToday, BuiltInView::NeedsAttention]),
        (run(-1, 1, "failed"), vec![BuiltInView::NeedsAttention]),
        (run(-50, -13, "completed"), vec![]),
    ] {
        let shown = |view: &BuiltInView| {
            let reading =
                Query::parse(view.query(), QueryContext { now, offset: &|_| 0, normalize: &|text| text.to_owned() });
            assert!(!reading.query.is_refused());
            let subject = IndexedRun { run: &run, phase: Phase::of(&run, now), job_label: None };
            reading.query.matches(subject, &FoldedTexts::default())
        };
        let found: Vec<BuiltInView> = BuiltInView::ALL.into_iter().filter(shown).collect();
        assert_eq!(found, expected, "{run:?}");
    }
}

fn columns() -> impl Strategy<Value = Option<Columns>> {
    prop::option::of(prop::collection::vec((0_usize..8, 0_usize..9), 0..6).prop_map(|steps| {
        let mut columns = Columns::default();
        for (at, place) in steps {
            columns.toggle(SortKey::ALL[at]);
            columns.move_to(SortKey::ALL[at], place);
        }
        columns
    }))
}

fn row_height() -> impl Strategy<Value = Option<RowHeight>> {
    prop::option::of(prop::sample::select(vec![RowHeight::Comfortable, RowHeight::Compact]))
}

proptest! {
    #[test]
    fn saved_views_are_restored(
        entries in prop::collection::vec((any::<String>(), any::<String>(), columns(), row_height()), 0..8),
    ) {
        let mut views = Vec::new();
        for (name, q, columns, row_height) in entries {
            views = with_view(&views, SavedView { columns, row_height, ..view(&name, &q) }).unwrap_or(views);
        }
        prop_assert_eq!(from_json(&to_json(&views)), views);
    }
}
