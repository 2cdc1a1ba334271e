use super::*;
use proptest::prelude::*;
use serde_json::json;

fn ids(page: &Page) -> Vec<&str> {
    page.runs.iter().map(|run| run.id.as_str()).collect()
}

#[test]
fn list_is_found_in_any_envelope() {
    for body in [
        r#"[{"id": "a"}, {"id": "b"}]"#,
        r#"{"_embedded": {"runs": [{"id": "a"}, {"id": "b"}]}}"#,
        r#"{"_embedded": {"runs": [{"id": "a"}, {"id": "b"}], "jobs": [{"id": "j"}]}}"#,
        r#"{"_embedded": {"job_runs": [{"id": "a"}, {"id": "b"}], "x": 1}}"#,
        r#"{"runs": [{"id": "a"}, {"id": "b"}]}"#,
        r#"{"items": [{"id": "a"}, {"id": "b"}]}"#,
        r#"{"data": [{"id": "a"}, {"id": "b"}], "page": 1}"#,
        r#"{"_embedded": {}, "runs": [{"id": "a"}, {"id": "b"}]}"#,
        r#"{"_embedded": {"runs": [{"id": "a"}, {"id": "b"}]}, "runs": [{"id": "c"}]}"#,
        "\u{feff}[{\"id\": \"a\"}, {\"id\": \"b\"}]",
    ] {
        assert_eq!(ids(&Page::read(body).unwrap()), ["a", "b"], "{body}");
    }
}

#[test]
fn page_fields_are_read() {
    let body = r#"{"total_items": "250", "page": 2, "page_size": 100, "total_pages": 3, "_embedded": {"runs": []}}"#;
    let page = Page::read(body).unwrap();
    assert_eq!(
        (page.page, page.page_size, page.total_items, page.total_pages),
        (Some(2), Some(100), Some(250), Some(3))
    );
    let page = Page::read(r#"{"total_pages": 99999999999, "page": -1, "page_size": 1.5, "runs": []}"#).unwrap();
    assert_eq!((page.page, page.page_size, page.total_pages), (None, None, Some(u32::MAX)));
}

#[test]
fn body_without_a_list_is_an_empty_page_only_if_it_has_page_fields() {
    for body in [
        r#"{"page": 1, "total_items": 0}"#,
        r#"{"total_items": 0, "_embedded": {"runs": null}}"#,
        r#"{"total_pages": 0, "_embedded": {}, "_links": {"self": {"href": "x"}}}"#,
        r#"{"page_size": 100, "runs": null}"#,
        r#"{"page": 1, "_embedded": null}"#,
        "[]",
        r#"{"runs": []}"#,
    ] {
        assert_eq!(Page::read(body).map(|page| (page.runs.len(), page.unreadable)), Some((0, 0)), "{body}");
    }
    for body in [
        "",
        "null",
        "7",
        "\"runs\"",
        "{}",
        r#"{"runs": null}"#,
        r#"{"runs": {"id": "a"}, "page": 1}"#,
        r#"{"id": "a", "name": "one run"}"#,
        r#"{"_embedded": {"a": [], "b": []}, "page": 1}"#,
        r#"{"status": 200, "error": "no"}"#,
        r#"{"runs": [{"id": "a"}"#,
        "<!doctype html>",
        include_str!("../../tests/fixtures/summary.json"),
    ] {
        assert_eq!(Page::read(body), None, "{body}");
    }
}

#[test]
fn unreadable_entry_does_not_lose_the_others() {
    let body =
        r#"[{"id": "a"}, null, 7, "x", [], {}, {"id": ""}, {"id": "\ud800", "name": "half"}, {"id": "b", "n": 1e999}]"#;
    let page = Page::read(body).unwrap();
    assert_eq!(ids(&page), ["a", "\u{fffd}", "b"]);
    assert_eq!(page.unreadable, 6);
}

/// A page with these runs.
fn page(number: Option<u32>, of: Option<u32>, names: &[&str]) -> Page {
    let runs = names.iter().filter_map(|name| Run::read_body(&json!({"id": name}).to_string())).collect();
    Page { runs, page: number, page_size: Some(2), total_pages: of, ..Page::default() }
}

fn ask(page: u32) -> Next {
    Next::Ask { page, page_size: Some(2) }
}

#[test]
fn pages_are_read_up_to_the_announced_total() {
    let mut pager = Pager::new();
    assert_eq!(pager.accept(&page(Some(1), Some(3), &["a", "b"])), ask(2));
    assert_eq!(pager.accept(&page(Some(2), Some(3), &["c", "d"])), ask(3));
    assert_eq!(pager.accept(&page(Some(3), Some(3), &["e"])), Next::Done);
    assert_eq!((pager.pages_read(), pager.seen().len(), pager.incomplete()), (3, 5, false));
    assert_eq!(pager.accept(&page(Some(4), Some(9), &["f"])), Next::Done, "after the end nothing is taken in");
    assert_eq!((pager.pages_read(), pager.seen().len(), pager.incomplete()), (3, 5, false));
}

#[test]
fn single_page_is_complete_whatever_its_links_say() {
    let links = json!({"next": {"href": "?page=1"}, "prev": {"href": "?page=1"}, "self": {"href": "?page=1"}});
    let body = json!({"page": 1, "total_pages": 1, "_embedded": {"runs": [{"id": "a"}]}, "_links": links}).to_string();
    let mut pager = Pager::new();
    assert_eq!(pager.accept(&Page::read(&body).unwrap()), Next::Done);
    assert!(!pager.incomplete());
    for (number, of) in
        [(None, None), (Some(1), None), (Some(1), Some(1)), (Some(1), Some(0)), (Some(0), Some(1)), (Some(0), Some(0))]
    {
        for names in [&[][..], &["a"]] {
            let mut pager = Pager::new();
            assert_eq!(pager.accept(&page(number, of, names)), Next::Done, "{number:?} of {of:?}");
            assert!(!pager.incomplete(), "{number:?} of {of:?}");
        }
    }
}

#[test]
fn reading_ends_incomplete_if_the_server_breaks_its_announcement() {
    for (what, second) in [
        ("another page than asked for", page(Some(1), Some(3), &["c", "d"])),
        ("only runs seen before", page(Some(2), Some(3), &["a", "b"])),
        ("an empty page", page(Some(2), Some(3), &[])),
        ("an empty last page", page(Some(2), Some(2), &[])),
        ("an empty page that takes its announcement back", page(Some(2), Some(1), &[])),
        ("page 1 again, which says that there is no more", page(Some(1), Some(1), &["a", "b"])),
    ] {
        let mut pager = Pager::new();
        assert_eq!(pager.accept(&page(Some(1), Some(3), &["a", "b"])), ask(2));
        assert_eq!(pager.accept(&second), Next::Done, "{what}");
        assert!(pager.incomplete(), "{what}");
    }
    for (what, first) in [
        ("counts from page 0", page(Some(0), Some(2), &["a"])),
        ("answers page 2 to the first request", page(Some(2), Some(2), &["a"])),
        ("announces pages and brings nothing", page(Some(1), Some(2), &[])),
    ] {
        let mut pager = Pager::new();
        assert_eq!(pager.accept(&first), Next::Done, "{what}");
        assert!(pager.incomplete(), "{what}");
    }
}

#[test]
fn page_with_one_new_run_continues_the_reading() {
    let mut pager = Pager::new();
    assert_eq!(pager.accept(&page(Some(1), Some(3), &["a", "b"])), ask(2));
    assert_eq!(pager.accept(&page(None, Some(3), &["b", "c"])), ask(3));
}

#[test]
fn one_unreadable_page_is_skipped_and_two_in_a_row_end_the_reading() {
    let illegible = |number| Page { unreadable: 2, ..page(Some(number), Some(4), &[]) };
    let mut pager = Pager::new();
    assert_eq!(pager.accept(&illegible(1)), ask(2));
    assert_eq!(pager.accept(&page(Some(2), Some(4), &["a"])), ask(3));
    assert_eq!(pager.accept(&illegible(3)), ask(4));
    assert_eq!(pager.accept(&illegible(4)), Next::Done);
    assert!(!pager.incomplete(), "all announced pages were read");
    let mut pager = Pager::new();
    assert_eq!(pager.accept(&illegible(1)), ask(2));
    assert_eq!(pager.accept(&illegible(2)), Next::Done);
    assert!(pager.incomplete());
}

#[test]
fn page_count_is_derived_if_the_server_gives_none() {
    let mut pager = Pager::new();
    let first = Page { total_items: Some(3), ..page(Some(1), None, &["a", "b"]) };
    assert_eq!(pager.accept(&first), ask(2));
    assert_eq!(pager.accept(&Page { total_items: Some(3), ..page(Some(2), None, &["c"]) }), Next::Done);
    assert_eq!((pager.incomplete(), pager.total_items()), (false, Some(3)));
}

#[test]
fn page_size_is_not_requested_if_the_server_named_none() {
    for size in [None, Some(0)] {
        let mut pager = Pager::new();
        let first = Page { page_size: size, ..page(Some(1), Some(2), &["a"]) };
        assert_eq!(pager.accept(&first), Next::Ask { page: 2, page_size: None });
    }
}

#[test]
fn page_count_is_capped() {
    let mut pager = Pager::new();
    let mut asked = 1;
    loop {
        let name = asked.to_string();
        match pager.accept(&page(None, Some(u32::MAX), &[&name])) {
            Next::Ask { page, .. } => asked = page,
            Next::Done => break,
        }
    }
    assert_eq!((asked, pager.incomplete()), (Pager::MOST_PAGES, true));
}

fn entry() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![
        "[a-z]{1,3}".prop_map(|id| json!({"id": id})),
        Just(json!(null)),
        Just(json!({"name": "no id"})),
        any::<i64>().prop_map(|number| json!(number)),
    ]
}

fn pages() -> impl Strategy<Value = Page> {
    let number = || prop::option::of(prop_oneof![0_u32..6, any::<u32>()]);
    let runs = prop::collection::vec(0_u32..40, 0..4);
    (runs, 0_usize..3, number(), number(), number(), prop::option::of(any::<u64>())).prop_map(
        |(runs, unreadable, page, page_size, total_pages, total_items)| Page {
            runs: runs.iter().filter_map(|id| Run::read_body(&json!({"id": id}).to_string())).collect(),
            unreadable,
            page,
            page_size,
            total_items,
            total_pages,
        },
    )
}

proptest! {
    #[test]
    fn any_body_is_read_without_panic(body in "\\PC{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = Page::read(&body);
        let _ = Page::read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn entries_with_an_id_are_read_and_the_others_counted(entries in prop::collection::vec(entry(), 0..12)) {
        let wanted: Vec<_> = entries.iter().filter_map(|entry| entry.get("id")?.as_str()).collect();
        for body in [json!(entries), json!({"_embedded": {"runs": entries}}), json!({"items": entries})] {
            let page = Page::read(&body.to_string()).unwrap();
            prop_assert_eq!(ids(&page), wanted.clone());
            prop_assert_eq!(page.unreadable, entries.len() - wanted.len());
        }
    }

    #[test]
    fn pager_requests_each_page_once_and_always_ends(answers in prop::collection::vec(pages(), 1..40)) {
        let mut pager = Pager::new();
        let mut asked = vec![1];
        let mut done = false;
        for answer in &answers {
            match pager.accept(answer) {
                Next::Ask { page, .. } => {
                    prop_assert!(!done, "asks after the end");
                    prop_assert!(!asked.contains(&page) && page == asked.len() as u32 + 1);
                    prop_assert!(page <= Pager::MOST_PAGES);
                    asked.push(page);
                }
                Next::Done => done = true,
            }
        }
        prop_assert_eq!(pager.pages_read() as usize, asked.len() - usize::from(!done));
    }

    #[test]
    fn repeating_server_is_asked_few_times(answer in pages(), repeats in 3_usize..20) {
        let mut pager = Pager::new();
        let ends = (0..repeats).any(|_| pager.accept(&answer) == Next::Done);
        prop_assert!(ends && pager.pages_read() <= 3);
    }
}

#[test]
fn page_fields_are_read_in_snake_case_and_camel_case() {
    let page = Page::read(r#"{"page": 2, "pageSize": 10, "totalItems": 45, "totalPages": 5, "runs": []}"#).unwrap();
    assert_eq!((page.page, page.page_size, page.total_items, page.total_pages), (Some(2), Some(10), Some(45), Some(5)));
}
