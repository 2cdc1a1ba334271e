use super::*;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Deserialize, Default, PartialEq, Debug)]
#[serde(default)]
struct Inner {
    x: u16,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename_all = "lowercase")]
enum Choice {
    Plain,
    Text(Option<String>),
    Fields { inner: Inner },
}

/// A field of each kind that the types of this module have.
#[derive(Deserialize, PartialEq, Debug)]
struct Strict<'a> {
    text: String,
    flag: bool,
    count: u64,
    size: u32,
    millis: i64,
    none: Option<u16>,
    some: Option<u16>,
    list: Vec<Inner>,
    map: BTreeMap<String, bool>,
    choices: Vec<Choice>,
    #[serde(borrow)]
    raw: Raw<'a>,
}

const STRICT: &str = r#"{"text": "a\nb", "flag": true, "count": 18446744073709551615, "size": 4294967295, "millis": -1,
    "unknown": [1e999, "\ud800"], "none": null, "some": 7, "list": [{"x": 1}, {}], "map": {"k": false},
    "choices": ["plain", {"text": null}, {"text": "t"}, {"fields": {"inner": {"x": 2}}}], "raw": [ 1e999 ]}"#;

#[test]
fn derived_types_are_filled() {
    let inner = |x| Inner { x };
    let expected = Strict {
        text: String::from("a\nb"),
        flag: true,
        count: u64::MAX,
        size: u32::MAX,
        millis: -1,
        none: None,
        some: Some(7),
        list: vec![inner(1), inner(0)],
        map: BTreeMap::from([(String::from("k"), false)]),
        choices: vec![
            Choice::Plain,
            Choice::Text(None),
            Choice::Text(Some(String::from("t"))),
            Choice::Fields { inner: inner(2) },
        ],
        raw: Raw("[ 1e999 ]"),
    };
    assert_eq!(read::<Strict<'_>>(STRICT), Some(expected));
}

#[test]
fn strict_field_of_the_wrong_type_makes_the_document_unreadable() {
    for (right, wrong) in [
        (r#""a\nb""#, "7"),
        ("true", r#""true""#),
        ("18446744073709551615", "18446744073709551616"),
        ("18446744073709551615", "1.0"),
        ("4294967295", "4294967296"),
        ("-1", r#""-1""#),
        (r#""some": 7"#, r#""some": 65536"#),
        (r#"[{"x": 1}, {}]"#, "{}"),
        (r#"[{"x": 1}, {}]"#, "[7]"),
        (r#"{"k": false}"#, "[]"),
        (r#""plain""#, r#""other""#),
        (r#""plain""#, r#"{"plain": 1}"#),
        (r#""plain""#, r#""text""#),
        (r#""plain""#, "[]"),
        (r#""flag": true"#, r#""flags": true"#),
    ] {
        assert!(STRICT.contains(right));
        assert_eq!(read::<Strict<'_>>(&STRICT.replacen(right, wrong, 1)), None, "{wrong} for {right}");
    }
}

#[test]
fn array_is_not_read_as_a_struct() {
    assert_eq!(read::<Inner>("[]"), None);
    assert_eq!(read::<Inner>("{}"), Some(Inner::default()));
}

#[test]
fn lone_surrogates_are_replaced_and_the_rest_of_the_text_is_kept() {
    for (escaped, text) in [
        (r"\ud800", "\u{fffd}"),
        (r"\udc00", "\u{fffd}"),
        (r"\uD83D", "\u{fffd}"),
        (r"a\ud800b", "a\u{fffd}b"),
        (r"\ud800\ud800\udc00", "\u{fffd}\u{10000}"),
        (r"\udc00\ud800", "\u{fffd}\u{fffd}"),
        (r"\ud800A", "\u{fffd}A"),
        (r"\ud83d\ude00\ud800", "😀\u{fffd}"),
        (r"\ud800\n\\\u0022", "\u{fffd}\n\\\""),
        (r"\\ud800\ud800", "\\ud800\u{fffd}"),
        (r"\ud800é", "\u{fffd}é"),
    ] {
        let document = format!(r#"{{"{escaped}": "{escaped}", "next": "whole"}}"#);
        let members = Raw::of_body(&document).and_then(Raw::members).unwrap();
        let texts = members.iter().map(|(key, value)| (key.text(), value.text()));
        let expected = [(text, text), ("next", "whole")].map(|(key, value)| (Some(key.into()), Some(value.into())));
        assert!(texts.eq(expected), "{escaped}: {members:?}");
    }
}

#[test]
fn text_with_an_invalid_escape_is_unreadable() {
    for broken in [r"\x41", r"\u12", r"\u12é4", r"\ud800\x"] {
        assert_eq!(Raw(&format!("\"{broken}\"")).text(), None, "{broken}");
    }
}

#[test]
fn deep_nesting_and_numbers_out_of_range_do_not_lose_their_neighbours() {
    let deep = |open: &str, close: &str| [&open.repeat(5000), "0", &close.repeat(5000)].concat();
    for odd in [deep("[", "]"), deep(r#"{"a]":"#, "}"), String::from("1e999"), String::from("-1e999"), "9".repeat(400)]
    {
        let document = format!(r#"[{odd}, "whole"]"#);
        let entries = Raw::of_body(&document).and_then(Raw::list).unwrap();
        assert_eq!((entries[0].0, entries[1].text().as_deref()), (&*odd, Some("whole")));
        assert_eq!((entries[0].text(), entries[0].read::<String>()), (None, None));
    }
}

#[test]
fn byte_order_mark_is_skipped_and_truncated_bodies_are_unreadable() {
    assert_eq!(read::<Inner>("\u{feff} {} \n"), Some(Inner::default()));
    assert_eq!(read::<String>("\r\n\"a\" "), Some(String::from("a")));
    for body in
        ["", "\u{feff}", "{", "[1,", r#"{"a": "b"#, r#"["\"#, r#"["\ud800"#, "[\"\0\"", "<html>", "{} {}", "7 7"]
    {
        let opened = Raw::of_body(body).map(|raw| (raw.list(), raw.members(), raw.text(), raw.number()));
        assert!(matches!(opened, None | Some((None, None, None, None))), "{body}");
    }
}

#[test]
fn only_member_of_its_kind_is_found() {
    let only = |json: &'static str, begins| Raw(json).only_member(begins).map(|member| member.0);
    assert_eq!(only(r#"{"a": 1, "b": [2], "c": {}}"#, '['), Some("[2]"));
    assert_eq!(only(r#"{"a": 1, "b": [2], "c": {}}"#, '{'), Some("{}"));
    for none in [r#"{"a": [], "b": []}"#, "{}", "[[]]", "null", r#""[""#] {
        assert_eq!(only(none, '['), None, "{none}");
    }
}

proptest! {
    #[test]
    fn text_from_a_javascript_server_is_read_as_to_well_formed_would(
        units in prop::collection::vec(prop_oneof![0xd7f0_u16..0xe010, 0x20_u16..0x80, any::<u16>()], 0..12),
    ) {
        // What `JSON.stringify` writes: half a surrogate pair is escaped, everything else as usual.
        let inside = |character: Result<char, std::char::DecodeUtf16Error>| match character {
            Ok(character) => {
                let quoted = json!(character).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Err(half) => format!("\\u{:04x}", half.unpaired_surrogate()),
        };
        let json = format!("\"{}\"", char::decode_utf16(units.iter().copied()).map(inside).collect::<String>());
        prop_assert_eq!(Raw(&json).text().map(Cow::into_owned), Some(String::from_utf16_lossy(&units)));
    }

    #[test]
    fn text_without_lone_surrogates_is_unchanged(texts in prop::collection::vec(any::<String>(), 0..5)) {
        let document = json!(texts).to_string();
        prop_assert_eq!(without_lone_surrogates(&document), document);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}|[\\[\\]{}\",:\\\\ud80-9eE+.a-f \u{0}-\u{1f}]{0,60}") {
        let _ = read::<Strict<'_>>(&text);
        let _ = without_lone_surrogates(&text);
        // Whatever passes for a value can be taken apart.
        for raw in Raw::of_body(&text).into_iter().chain([Raw(&text)]) {
            let _ = (raw.text(), raw.number(), raw.list(), raw.members(), raw.only_member('{'), raw.read::<Choice>());
        }
    }
}
