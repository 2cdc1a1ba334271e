use super::*;
use crate::phase::Phase;
use crate::query::case_folding::fold;
use crate::query::language::tests::{context, issues, nfkc, parse};
use crate::query::{IssueKind, Query, Reading};
use proptest::prelude::*;

#[test]
fn filter_control_shows_the_values_in_the_text() {
    for (text, key, values) in [
        ("phase:open,over pizza", "phase", &["open", "over"][..]),
        ("phase:Open phase:over phase:open", "phase", &["open", "over"]),
        ("-phase:open", "phase", &[]),
        ("phase:opened", "phase", &[]),
        ("is:open phase:over", "phase", &["open", "over"]),
        ("is:running phase:open", "is", &["running", "phase:open"]),
        ("needs:look", "is", &["attention"]),
        ("a is:open OR is:open b", "is", &["open"]),
        ("a is:open OR b", "is", &[]),
        ("NOT is:open", "is", &[]),
        ("NOT -is:open", "is", &["open"]),
        ("status : running", "status", &["running"]),
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
        ("a  phase:over   b", "phase", &["open"], "a phase:open b"),
        ("a  phase:over   b", "phase", &[], "a b"),
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
        ("a OR b", "is", &["open"], "a is:open OR b is:open"),
        ("a is:open OR b is:open", "is", &[], "a OR b"),
        ("a phase:over OR b", "is", &["open"], "a is:open OR b is:open"),
        ("is:over OR b", "is", &["open"], "is:open OR b is:open"),
        // Without a filter, any run matches on this side.
        ("is:over OR b", "is", &[], ""),
        ("a AND b NOT c", "is", &["open"], "a b NOT c is:open"),
        ("a NOT", "is", &["open"], "a is:open"),
        ("a OR", "is", &["open"], "a is:open"),
        ("OR", "is", &["open"], "is:open"),
        ("starts < 2 h", "is", &["open"], "starts < 2 h is:open"),
        ("job:", "is", &["open"], "job: is:open"),
    ] {
        let values: Vec<_> = values.iter().copied().map(String::from).collect();
        assert_eq!(set_values(text, key, &values), result, "{text}");
    }
}

fn remove(text: &str, term: usize) -> String {
    remove_term(text, &Query::parse(text, context()).terms[term].at)
}

#[test]
fn one_term_can_be_removed() {
    for (text, term, result) in [
        ("a b c", 1, "a c"),
        ("a", 0, ""),
        ("a OR b", 0, "b"),
        ("a OR b", 1, "a b"),
        ("a OR b", 2, "a"),
        ("a OR b c", 2, "a OR c"),
        ("a OR b AND c", 2, "a OR c"),
        ("a AND b OR c", 1, "a OR c"),
        ("a NOT b", 1, "a"),
        ("a starts < 2 h b", 1, "a b"),
        ("starts:tomorow a", 0, "a"),
        ("a OR", 1, "a"),
        ("a \"b c", 1, "a"),
    ] {
        assert_eq!(remove(text, term), result, "{text} {term}");
    }
}

#[test]
fn term_that_is_not_understood_can_be_searched_as_text() {
    for (text, result) in [
        ("a colour:red b", "a \"colour:red\" b"),
        ("a -colour:red", "a -\"colour:red\""),
        ("NOT colour:red", "-\"colour:red\""),
        ("colour:\"dark red\"", "\"colour:dark red\""),
        ("a OR", "a \"OR\""),
        ("starts:tomorow", "\"starts:tomorow\""),
        ("***", "\"***\""),
        ("(a OR b", "\"(a\" OR b"),
    ] {
        let terms = Query::parse(text, context()).terms;
        let term = terms.into_iter().find(|term| matches!(term.reading, Reading::NotUnderstood(_))).unwrap();
        assert_eq!(as_text(text, &term.at), result, "{text}");
        assert_eq!(issues(result), [], "{text}");
    }
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,30}", "(phase:|is:|status:|job:|-|\"|,|:|<|[*]| | OR | AND | NOT |open|over|[a-z]){0,16}"]
}

fn values() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof![any::<String>(), "[ ,:\"a-z-]{1,6}"], 0..4).prop_map(|values| {
        let mut kept: Vec<String> = Vec::new();
        for value in values {
            // Filter controls offer distinct, folded values (some letters need lower-casing twice).
            let value = fold(&fold(&value, &nfkc), &nfkc);
            if !value.is_empty() && value == folded(&value).collect::<String>() && !kept.contains(&value) {
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
        // A text that is not understood, or not asked for anything else, stays so.
        prop_assert!(parse(&text).is_refused() || parse(&text).is_empty() == text.trim().is_empty());
    }

    #[test]
    fn setting_values_leaves_other_terms_alone(text in typed(), values in values()) {
        let others = |text: &str| -> Vec<_> {
            let terms = Query::parse(text, context()).terms.into_iter();
            terms
                .map(|term| term.reading)
                .filter(|reading| match reading {
                    Reading::Asks { exclude, field, .. } => *exclude || *field != Field::Status,
                    Reading::NotUnderstood(kind) => *kind != IssueKind::MissingTerm,
                    Reading::Or => true,
                })
                .collect()
        };
        prop_assume!(!parse(&text).is_refused() && !values.is_empty());
        prop_assert_eq!(others(&set_values(&text, "status", &values)), others(&text));
    }

    #[test]
    fn setting_values_twice_changes_nothing(text in typed(), values in values()) {
        let once = set_values(&text, "status", &values);
        prop_assert_eq!(set_values(&once, "status", &values), once);
    }
}

#[test]
fn ids_are_asked_for_exactly() {
    assert_eq!(exactly_ids(["1", "a\"b"].into_iter()), "id:\"1\",\"a\"\"b\"");
    assert_eq!(exactly_ids([].into_iter()), "");
}

#[test]
fn state_is_asked_for_on_either_side_of_or() {
    for (text, expected) in [
        ("is:failed OR pizza", true),
        ("pizza OR phase:open", true),
        ("is:filed", true),
        ("-is:failed", false),
        ("pizza status:failed", false),
    ] {
        assert_eq!(asks_for_any(text, "is"), expected, "{text}");
    }
}
