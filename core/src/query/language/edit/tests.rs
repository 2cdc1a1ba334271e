use super::*;
use crate::phase::Phase;
use crate::query::language::condition::Condition;
use crate::query::language::tests::parse;
use proptest::prelude::*;

#[test]
fn filter_control_shows_the_values_in_the_text() {
    for (text, key, values) in [
        ("phase:open,over pizza", "phase", &["open", "over"][..]),
        ("phase:Open phase:over phase:open", "phase", &["open", "over"]),
        ("-phase:open", "phase", &[]),
        ("phase:opened", "phase", &[]),
        ("phase:open,opened", "phase", &[]),
        ("\"phase:open\"", "phase", &[]),
        ("Status:Running", "status", &["running"]),
        ("status:\"a b\",\"c,d\",\"e\"\"f\"", "status", &["a b", "c,d", "e\"f"]),
        ("status:", "status", &[]),
        ("job:12345678", "status", &[]),
        ("", "job", &[]),
    ] {
        assert_eq!(selected_values(text, key), values, "{text}");
    }
}

#[test]
fn filter_control_edits_its_term_and_leaves_the_rest_as_typed() {
    for (text, key, values, result) in [
        ("", "phase", &["open"][..], "phase:open"),
        ("pizza", "phase", &["open", "over"], "pizza phase:open,over"),
        ("pizza ", "phase", &["open"], "pizza phase:open"),
        ("a  phase:over   b", "phase", &["open"], "a  phase:open   b"),
        ("a  phase:over   b", "phase", &[], "a  b"),
        ("a phase:over", "phase", &[], "a"),
        ("phase:over", "phase", &[], ""),
        ("phase:over b", "phase", &[], "b"),
        ("phase:over a phase:open", "phase", &["upcoming"], "phase:upcoming a"),
        ("phase:over phase:open", "phase", &[], ""),
        ("phase:opne", "phase", &["open"], "phase:open"),
        ("-phase:over", "phase", &["open"], "-phase:over phase:open"),
        ("\"phase:over\"", "phase", &["open"], "\"phase:over\" phase:open"),
        ("\"spring sa", "phase", &["open"], "\"spring sa\" phase:open"),
        ("\"spring ", "phase", &["open"], "\"spring \" phase:open"),
        ("status:\"x y", "status", &["z"], "status:z"),
        ("", "status", &["a b", "c,d", "e\"f", "g"], "status:\"a b\",\"c,d\",\"e\"\"f\",g"),
        ("a", "status", &[""], "a"),
    ] {
        let values: Vec<_> = values.iter().copied().map(String::from).collect();
        assert_eq!(set_values(text, key, &values), result, "{text}");
    }
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,30}", "(phase:|status:|job:|-|\"|,|:| |open|over|[a-z]){0,16}"]
}

fn values() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof![any::<String>(), "[ ,:\"a-z-]{1,6}"], 0..4).prop_map(|values| {
        let mut kept: Vec<String> = Vec::new();
        for value in values {
            // Filter controls offer distinct, folded values (some letters need lower-casing twice).
            let value = fold(&fold(&value));
            if !value.is_empty() && value == fold(&value) && !kept.contains(&value) {
                kept.push(value);
            }
        }
        kept
    })
}

proptest! {
    #[test]
    fn selected_values_round_trip(text in typed(), key in "status|job|name|id", values in values()) {
        prop_assert_eq!(selected_values(&set_values(&text, &key, &values), &key), values);
    }

    #[test]
    fn selected_phases_round_trip_and_are_queried(text in typed(), phases in prop::sample::subsequence(&Phase::ALL[..], 0..=5)) {
        let words: Vec<_> = phases.iter().map(|phase| String::from(phase.word())).collect();
        let text = set_values(&text, "phase", &words);
        prop_assert_eq!(selected_values(&text, "phase"), words);
        let asked = parse(&text).terms.iter().any(|term| term.condition == Condition::Phase(phases.clone()) && !term.exclude);
        prop_assert_eq!(asked, !phases.is_empty());
    }

    #[test]
    fn setting_values_leaves_other_terms_alone(text in typed(), values in values()) {
        let others = |text: &str| -> Vec<_> {
            let terms = parse(text).terms.into_iter();
            terms.filter(|term| term.exclude || !matches!(term.condition, Condition::Status(_))).collect()
        };
        prop_assert_eq!(others(&set_values(&text, "status", &values)), others(&text));
    }

    #[test]
    fn setting_values_twice_changes_nothing(text in typed(), values in values()) {
        let once = set_values(&text, "status", &values);
        prop_assert_eq!(set_values(&once, "status", &values), once);
    }
}
