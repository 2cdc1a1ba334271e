use super::*;
use proptest::prelude::*;
use serde_json::json;

#[test]
fn keeps_the_rest_of_a_document_with_one_broken_text() {
    for (broken, text) in [
        (r"\ud800", "\u{fffd}"),
        (r"\udc00", "\u{fffd}"),
        (r"a\ud800b", "a\u{fffd}b"),
        (r"\ud800\ud800\udc00", "\u{fffd}\u{10000}"),
        (r"\ud800A", "\u{fffd}A"),
        (r"\ud83d\ude00\ud800", "😀\u{fffd}"),
        (r"\ud800\n\\\u0022", "\u{fffd}\n\\\""),
        (r"\x41", "\u{fffd}x41"),
        (r"\u12", "\u{fffd}u12"),
        (r"\u12é4", "\u{fffd}u12é4"),
        ("\0\u{1f}", "\u{fffd}\u{fffd}"),
        ("a\nb", "a\u{fffd}b"),
    ] {
        let document = format!(r#"[{{"name": "{broken}"}}, {{"name": "whole"}}]"#);
        assert_eq!(parse(&document), Some(json!([{"name": text}, {"name": "whole"}])), "{broken:?}");
    }
}

#[test]
fn keeps_the_rest_of_a_document_with_one_number_out_of_range() {
    for number in ["1e999", "-1e999", "1E+99999999999", &"9".repeat(400)] {
        assert_eq!(parse(&format!("[{number}, 1]")), Some(json!([null, 1])), "{number}");
    }
    assert_eq!(parse(r#"["\ud800", -1.5e3, 1e-999]"#), Some(json!(["\u{fffd}", -1500.0, 0.0])));
}

#[test]
fn keeps_the_rest_of_a_document_nested_absurdly() {
    let deep = |open: &str, close: &str| format!("[{}{}, 1]", open.repeat(5000), close.repeat(5000));
    for document in
        [deep("[", "]"), deep(r#"{"a]":"#, "}"), format!("[{}\"]\",2{}, 1]", "[".repeat(200), "]".repeat(200))]
    {
        let document = document.replace(":}", ":0}");
        let value = parse(&document).unwrap();
        assert_eq!(value.get(1), Some(&json!(1)));
    }
}

#[test]
fn whatever_the_depth_a_repaired_document_is_read() {
    for depth in 90..140 {
        let (open, close) = (r#"{"a": "#.repeat(depth), "}".repeat(depth));
        let value = parse(&format!(r#"["\ud800", {open}7{close}, 1]"#)).unwrap();
        assert_eq!((value.get(0), value.get(2)), (Some(&json!("\u{fffd}")), Some(&json!(1))), "{depth}");
    }
}

#[test]
fn a_byte_order_mark_does_not_matter_and_a_truncated_document_is_none() {
    assert_eq!(parse("\u{feff}{}"), Some(json!({})));
    for document in ["", "\u{feff}", "{", "[1,", r#"{"a": "b"#, r#"["\"#, r#"["\ud800"#, "[\"\0\"", "<html>"] {
        assert_eq!(parse(document), None, "{document}");
    }
}

#[test]
fn a_count_is_whole_and_not_negative() {
    for (value, number) in [
        (json!(0), Some(0)),
        (json!(16), Some(16)),
        (json!(u64::MAX), Some(u64::MAX)),
        (json!("16"), Some(16)),
        (json!(" 16 "), Some(16)),
        (json!(16.0), Some(16)),
        (json!(-1), None),
        (json!(1.5), None),
        (json!(1e300), None),
        (json!("-1"), None),
        (json!("+1"), None),
        (json!("1.5"), None),
        (json!(""), None),
        (json!("99999999999999999999999"), None),
        (json!(null), None),
        (json!(true), None),
        (json!([1]), None),
    ] {
        assert_eq!(count(&value), number, "{value}");
    }
}

#[test]
fn an_id_is_text_or_a_number_that_was_not_rounded() {
    for (document, text) in [
        (r#""a""#, Some("a")),
        (r#"" ""#, Some(" ")),
        ("12345678", Some("12345678")),
        ("18446744073709551615", Some("18446744073709551615")),
        ("-1", Some("-1")),
        (r#""""#, None),
        ("123456789012345678901234567890", None),
        ("1.5", None),
        ("null", None),
        ("{}", None),
    ] {
        assert_eq!(id(&parse(document).unwrap()).as_deref(), text, "{document}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,60}|[\\[\\]{}\",:\\\\ud80-9eE+.a-f \u{0}-\u{1f}]{0,60}") {
        let _ = parse(&text);
    }

    #[test]
    fn a_repaired_string_is_always_a_string(inside in "([^\"\\\\]|\\\\[^\"]|\\\\u[0-9a-fA-F]{0,4}){0,20}") {
        // A backslash at the end would escape the closing quote.
        let document = format!("[\"{inside} \", 1]");
        prop_assert_eq!(parse(&document).and_then(|value| value.get(1).cloned()), Some(json!(1)));
    }

    #[test]
    fn repairing_changes_nothing_that_is_whole(texts in prop::collection::vec(any::<String>(), 0..5), numbers in prop::collection::vec(any::<i64>(), 0..5)) {
        let document = json!({"texts": texts, "numbers": numbers}).to_string();
        prop_assert_eq!(repair(&document), document);
    }
}
