use super::*;
use crate::query::language::tests::{issues, nfkc};
use crate::query::selected_values;
use proptest::prelude::*;

fn seen(key: &str) -> Vec<KnownValue> {
    let some = |value: &str, label: Option<&str>, count| KnownValue {
        value: value.to_owned(),
        label: label.map(str::to_owned),
        count,
    };
    match key {
        "job" => vec![some("12345678", Some("Spring mailing"), 9), some("survey-7", None, 2), some("a, b", None, 1)],
        "status" => vec![some("scheduled", None, 7), some("stopped", None, 3), some("running", None, 1)],
        "phase" => vec![some("open", None, 4), some("over", None, 0)],
        _ => panic!("{key} has no values to be seen"),
    }
}

/// The suggested terms for a typed text.
fn terms(text: &str) -> Vec<String> {
    let found = suggest(text, text.len(), &seen, &nfkc);
    found.map(|found| found.items.into_iter().map(|item| item.term).collect()).unwrap_or_default()
}

#[test]
fn prefix_of_a_key_suggests_keys() {
    assert_eq!(terms("star"), ["starts<"]);
    assert_eq!(terms("spring JO"), ["job:"]);
    assert_eq!(terms("-ph"), ["-phase:"]);
    assert_eq!(terms("n"), ["name:"]);
    assert_eq!(terms("NOT ph"), ["NOT phase:"]);
    assert_eq!(terms("spring OR i"), ["is:", "id:"]);
    for nothing in ["", "-", "spring ", "\"st", "needs:look", "123456789", "spring OR", "OR"] {
        assert_eq!(terms(nothing), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn word_suggests_states_and_jobs_by_label_or_id() {
    assert_eq!(terms("st"), ["status:", "starts<", "is:stopped"]);
    assert_eq!(terms("-fail"), ["-is:failed"]);
    assert_eq!(terms("ATT"), ["is:attention"]);
    assert_eq!(terms("week MAIL"), ["job:\"12345678\""]);
    assert_eq!(terms("sur"), ["job:\"survey-7\""]);
    assert_eq!(terms("ailing"), Vec::<String>::new(), "from the start of a word on");
    assert_eq!(terms("1"), Vec::<String>::new(), "one letter may begin too many jobs");
    let found = suggest("mail", 4, &seen, &nfkc).unwrap();
    assert_eq!((found.items[0].shown.as_str(), found.items[0].count), ("job:Spring mailing", Some(9)));
}

#[test]
fn key_suggests_known_values() {
    assert_eq!(terms("status:"), ["status:scheduled", "status:stopped", "status:running"]);
    assert_eq!(terms("status:S"), ["status:scheduled", "status:stopped"]);
    assert_eq!(terms("phase:o"), ["phase:open", "phase:over"]);
    assert_eq!(terms("needs:"), ["needs:look"]);
    assert_eq!(terms("starts:to"), ["starts:today", "starts:tomorrow"]);
    // Values are also found by label, and quoted where necessary.
    assert_eq!(terms("job:mailing"), ["job:\"12345678\""]);
    assert_eq!(
        terms("is:"),
        [
            "is:attention",
            "is:running",
            "is:scheduled",
            "is:completed",
            "is:failed",
            "is:stopped",
            "is:open",
            "is:ended"
        ]
    );
    assert_eq!(terms("starts < to"), ["starts <today", "starts <tomorrow"]);
    assert_eq!(terms("status: r"), ["status:running"]);
    assert_eq!(terms("job:\"a,"), ["job:\"a, b\""]);
    for nothing in ["status:running", "name:", "id:1", "starts<2", "length>"] {
        assert_eq!(terms(nothing), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn further_suggestions_leave_out_values_already_in_the_term() {
    assert_eq!(terms("status:stopped,"), ["status:stopped,scheduled", "status:stopped,running"]);
    assert_eq!(terms("-phase:open,ov"), ["-phase:open,over"]);
}

#[test]
fn only_the_term_at_the_caret_is_completed() {
    let found = suggest("sta phase:o spring", 11, &seen, &nfkc).unwrap();
    assert_eq!((found.at, found.items.len()), (4..11, 2));
    assert_eq!(suggest("phase:o", 3, &seen, &nfkc), None);
}

#[test]
fn suggested_value_has_its_label_and_run_count() {
    let found = suggest("job:1", 5, &seen, &nfkc).unwrap();
    let item = &found.items[0];
    assert_eq!((item.shown.as_str(), item.label.as_deref(), item.count), ("12345678", Some("Spring mailing"), Some(9)));
    assert_eq!(suggest("phase:ov", 8, &seen, &nfkc).unwrap().items[0].count, None);
}

#[test]
fn query_for_a_single_job_is_recognised() {
    assert_eq!(only_job("job:12345678").as_deref(), Some("12345678"));
    assert_eq!(only_job(" JOB:\"a, b\" ").as_deref(), Some("a, b"));
    for other in ["", "job:", "-job:1", "job:1,2", "job:1 spring", "job:1 OR job:1", "job:1*", "name:1", "12345678"] {
        assert_eq!(only_job(other), None, "{other}");
    }
}

proptest! {
    /// For any text, a suggestion queries exactly what it shows.
    #[test]
    fn accepted_suggestion_means_what_it_showed(text in "[a-z:,\" <-]{0,12}|(NOT |-)?(job|status|phase|is)( ?: ?|<)[a-z,\"]{0,6}", caret in 0_usize..14) {
        if let Some(found) = suggest(&text, caret.min(text.len()), &seen, &nfkc) {
            for item in found.items {
                let taken = [&text[..found.at.start], &item.term, &text[found.at.end..]].concat();
                if let Some(key) = ["job", "status"].into_iter().find(|key| item.term.starts_with(&format!("{key}:")))
                    && !item.shown.starts_with(&format!("{key}:"))
                {
                    prop_assert!(selected_values(&taken, key).contains(&item.shown), "{} in {}", item.shown, taken);
                }
                prop_assert!(issues(&item.term).is_empty() || text.contains(',') || item.term.ends_with([':', '<', '>']), "{}", item.term);
            }
        }
    }

    #[test]
    fn job_term_selects_exactly_that_job(id in "[a-zA-Z0-9 ,\":“”：*<=-]{1,12}|\\PC{1,8}") {
        prop_assert_eq!(only_job(&job_term(&id)), Some(id));
    }
}
