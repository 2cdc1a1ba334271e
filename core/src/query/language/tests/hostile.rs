//! Texts that nobody means: whatever is typed or pasted, nothing panics, and nothing that is not understood lists runs.

use super::*;
use crate::query::language::edit::{as_text, remove_term, set_values};
use crate::query::language::suggest::suggest;

/// Pieces that mean something to the parser, and characters that break naive ones.
const PIECES: &str = "(is:|phase:|status:|job:|name:|id:|needs:|starts|ends|created<|length>=|colour:|\
    OR|AND|NOT|[(]|[)]|-|–|－|\"|“|”|＂|\"\"|,|，|:|：|=|<|＜|>|[*]|＊|[.][.]|[?]run=|%|\
    today|2h|8 h 30 min|open|attention|look|İ|ß|ς|ﬁ|e\u{301}|\u{200b}|\u{202e}|\u{ad}|\u{feff}|\u{a0}|\u{3000}|\t|\n|\u{0}|🎉|[a-z0-9]| ){0,24}";

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![PIECES, "\\PC{0,40}", any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_200))]

    #[test]
    fn any_text_is_read_marked_and_edited_without_panic(text in hostile(), name in hostile(), caret in 0_usize..40) {
        let parsed = Query::parse(&text, context());
        let mut end = 0;
        let mut refused = false;
        for term in &parsed.terms {
            prop_assert!(term.at.start >= end && term.at.end > term.at.start, "{:?}", parsed.terms);
            prop_assert!(text.get(term.at.clone()).is_some());
            end = term.at.end;
            refused |= matches!(term.reading, Reading::NotUnderstood(_));
            let _ = parse(&as_text(&text, &term.at));
            let _ = parse(&remove_term(&text, &term.at));
        }
        prop_assert_eq!(refused, parsed.query.is_refused());
        let run = run("1", &name, Some(&name), Some(&name));
        let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: Some(&name) };
        let found = finds(&parsed.query, subject);
        prop_assert!(!(refused && found));
        prop_assert!(!parsed.query.is_empty() || found, "{:?}", parsed);
        let _ = suggest(&text, caret, &|_| Vec::new(), &nfkc);
        let _ = parse(&set_values(&text, "is", &[String::from("open")]));
        let _ = only_job(&text);
    }
}

proptest! {
    #[test]
    fn term_with_a_place_can_be_taken_away_until_nothing_is_left(text in hostile()) {
        let mut text = text;
        for _ in 0..60 {
            let Some(term) = Query::parse(&text, context()).terms.into_iter().find(|term| term.reading != Reading::Or) else {
                break;
            };
            text = remove_term(&text, &term.at);
        }
        prop_assert!(parse(&text).is_empty(), "{:?}", text);
    }

    /// Exclusion is where a term that is misread would list everything.
    #[test]
    fn either_a_term_or_its_exclusion_finds_a_run_but_never_both(text in hostile(), name in "\\PC{0,6}") {
        let Ok([term]) = <[QueryTerm; 1]>::try_from(Query::parse(&text, context()).terms) else { return Ok(()) };
        let run = run("1", &name, None, None);
        let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: None };
        let opposite = ["NOT ", &text].concat();
        let found = [&text, &opposite].map(|text| usize::from(finds(&parse(text), subject))).iter().sum::<usize>();
        let understood = !matches!(term.reading, Reading::NotUnderstood(_)) && !parse(&opposite).is_refused();
        prop_assert!(if understood { found == 1 } else { found <= 1 }, "{:?} {found}", term);
    }
}
