use super::super::read;
use super::*;
use serde_json::json;
use std::sync::Arc;

/// One field for each reader.
#[derive(Deserialize, Default, PartialEq, Debug)]
#[serde(default)]
struct Probe<'a> {
    #[serde(deserialize_with = "text")]
    text: Option<String>,
    #[serde(deserialize_with = "id")]
    id: Option<Arc<str>>,
    #[serde(deserialize_with = "count")]
    count: Option<u64>,
    #[serde(deserialize_with = "time")]
    time: Option<Timestamp>,
    #[serde(deserialize_with = "numeric_date")]
    numeric_date: Option<Timestamp>,
    #[serde(deserialize_with = "valid")]
    valid: Option<Inner>,
    #[serde(deserialize_with = "each")]
    each: Vec<Inner>,
    #[serde(borrow, deserialize_with = "raw")]
    raw: Option<Raw<'a>>,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Inner {
    x: u16,
}

const WHOLE: [(&str, &str); 8] = [
    ("text", r#""a""#),
    ("id", "7"),
    ("count", r#""16""#),
    ("time", r#"" 2022-05-03T10:51:03.993Z ""#),
    ("numeric_date", "1651571463"),
    ("valid", r#"{"x": 1}"#),
    ("each", r#"[{"x": 1}, 7, null, {"x": "1"}, {"x": 2}]"#),
    ("raw", "null"),
];

fn document(odd: &str, value: &str) -> String {
    let fields = WHOLE.map(|(name, whole)| format!(r#""{name}": {}"#, if name == odd { value } else { whole }));
    format!(r#"{{{}, "unknown": {}}}"#, fields.join(", "), if odd == "unknown" { value } else { "0" })
}

#[test]
fn every_reader_reads_its_value_and_tolerates_a_missing_field() {
    let expected = Probe {
        text: Some(String::from("a")),
        id: Some(Arc::from("7")),
        count: Some(16),
        time: Timestamp::parse("2022-05-03T10:51:03.993Z"),
        numeric_date: Some(Timestamp::from_millis(1_651_571_463_000)),
        valid: Some(Inner { x: 1 }),
        each: vec![Inner { x: 1 }, Inner { x: 2 }],
        raw: Some(Raw("null")),
    };
    assert_eq!(read::<Probe<'_>>(&document("", "")), Some(expected));
    assert_eq!(read::<Probe<'_>>("{}"), Some(Probe::default()));
}

#[test]
fn odd_value_in_one_field_does_not_lose_the_others() {
    let values = ["null", "{}", "[]", "[null]", "true", "-1.5", "1e999", "-1e999", r#""\ud800""#, r#"{"x": "\udc00"}"#];
    let mut values: Vec<String> = values.into_iter().map(String::from).collect();
    values.push("9".repeat(400));
    values.push(["[".repeat(5000), "]".repeat(5000)].concat());
    values.push([r#"{"a]":"#.repeat(5000), "0".to_owned(), "}".repeat(5000)].concat());
    for odd in WHOLE.map(|(name, _)| name).into_iter().chain(["unknown"]) {
        for value in &values {
            let (whole, odd_one) = (document("", ""), document(odd, value));
            let (mut expected, mut probe) = (read::<Probe<'_>>(&whole).unwrap(), read::<Probe<'_>>(&odd_one).unwrap());
            for probe in [&mut probe, &mut expected] {
                match odd {
                    "text" => probe.text = None,
                    "id" => probe.id = None,
                    "count" => probe.count = None,
                    "time" => probe.time = None,
                    "numeric_date" => probe.numeric_date = None,
                    "valid" => probe.valid = None,
                    "each" => probe.each.clear(),
                    "raw" => probe.raw = None,
                    _ => {}
                }
            }
            assert_eq!(probe, expected, "{odd}: {value:.40}");
        }
    }
}

#[test]
fn count_is_a_non_negative_integer() {
    for (value, number) in [
        (json!(0), Some(0)),
        (json!(16), Some(16)),
        (json!(9_007_199_254_740_993_u64), Some(9_007_199_254_740_993)),
        (json!(u64::MAX), Some(u64::MAX)),
        (json!("16"), Some(16)),
        (json!(" 16 "), Some(16)),
        (json!("9007199254740993"), Some(9_007_199_254_740_993)),
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
        assert_eq!(to_count(Raw(&value.to_string())), number, "{value}");
    }
    // Floats of this size are rounded.
    for (json, number) in [
        ("9007199254740993.0", Some(9_007_199_254_740_993)),
        ("18446744073709551615.00", Some(u64::MAX)),
        ("1.6e1", Some(16)),
        ("1E15", Some(1_000_000_000_000_000)),
        ("9.007199254740993e15", None),
        ("9007199254740993e0", None),
        ("12.5", None),
    ] {
        assert_eq!(to_count(Raw(json)), number, "{json}");
    }
}

#[test]
fn id_is_a_text_or_an_exact_integer() {
    for (json, text) in [
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
        assert_eq!(to_id(Raw(json)).as_deref(), text, "{json}");
    }
}

#[test]
fn time_without_a_reader_is_required_and_round_trips() {
    let text = r#""2022-05-03T10:51:03.993Z""#;
    let time: Timestamp = read(text).unwrap();
    assert_eq!(serde_json::to_string(&time).unwrap(), text);
    for wrong in ["null", "7", r#""tomorrow""#] {
        assert_eq!(read::<Timestamp>(wrong), None, "{wrong}");
    }
}
