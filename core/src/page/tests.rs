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

fn entry() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![
        "[a-z]{1,3}".prop_map(|id| json!({"id": id})),
        Just(json!(null)),
        Just(json!({"name": "no id"})),
        any::<i64>().prop_map(|number| json!(number)),
    ]
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
}

#[test]
fn page_fields_are_read_in_snake_case_and_camel_case() {
    let page = Page::read(r#"{"page": 2, "pageSize": 10, "totalItems": 45, "totalPages": 5, "runs": []}"#).unwrap();
    assert_eq!((page.page, page.page_size, page.total_items, page.total_pages), (Some(2), Some(10), Some(45), Some(5)));
}

#[test]
fn last_page_is_given_or_counted() {
    let page = |total_pages, total_items, page_size| Page { total_pages, total_items, page_size, ..Page::default() };
    let cases = [
        (page(Some(7), None, None), Some(7)),
        (page(None, Some(41), Some(20)), Some(3)),
        (page(None, Some(40), Some(20)), Some(2)),
        (page(None, Some(40), Some(0)), None),
        (page(None, Some(40), None), None),
        (page(None, None, Some(20)), None),
    ];
    for (page, last) in cases {
        assert_eq!(page.last_page(), last, "{page:?}");
    }
}
