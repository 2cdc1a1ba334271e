use super::*;
use crate::clean::is_invisible;
use crate::phase::Phase;
use crate::query::FoldedTexts;
use crate::query::case_folding::alike;
use crate::run::{JobId, Run, RunId, Status};
use proptest::prelude::*;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

mod comparing;
mod connected;
mod hostile;
mod not_understood;
mod state_words;

fn run(id: &str, name: &str, job: Option<&str>, status: Option<&str>) -> Run {
    Run {
        id: RunId::new(id),
        job_id: job.map(JobId::new),
        name: Arc::from(name),
        status: status.map(Status::new),
        start_at: None,
        end_at: None,
        created_at: None,
        updated_at: None,
        odd_times: crate::run::OddTimes::default(),
    }
}

pub(super) fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// At the epoch, in UTC.
pub(super) fn context() -> QueryContext<'static> {
    QueryContext { now: Timestamp::from_millis(0), offset: &|_| 0, normalize: &nfkc }
}

pub(super) fn parse(text: &str) -> Query {
    Query::parse(text, context()).query
}

pub(super) fn issues(text: &str) -> Vec<(&str, IssueKind)> {
    let issue = |term: QueryTerm| match term.reading {
        Reading::NotUnderstood(kind) => Some((&text[term.at], kind)),
        _ => None,
    };
    Query::parse(text, context()).terms.into_iter().filter_map(issue).collect()
}

/// With the run's own texts normalised.
fn finds(query: &Query, subject: IndexedRun<'_>) -> bool {
    let mut texts = FoldedTexts::default();
    texts.add(&mut std::iter::once(subject), &nfkc);
    query.matches(subject, &texts)
}

fn matches(query: &str) -> bool {
    let run = run("0e54831a-5187", "Spring SALE: Köln", Some("12345678"), Some("Running"));
    finds(&parse(query), IndexedRun { run: &run, phase: Phase::Open, job_label: Some("Pizza, Rome") })
}

#[test]
fn all_terms_must_hold() {
    for (query, holds) in [
        ("", true),
        ("   ", true),
        ("spring", true),
        ("SPRING köln", true),
        ("spring autumn", false),
        ("KÖLN", true),
        ("5187", true),
        ("1234", true),
        ("pizza", true),
        ("spring-sale", false),
        ("\"spring sale\"", true),
        ("\"sale spring\"", false),
        ("spring\" \"sale", true),
        ("\"spring", true),
        ("\"spring sa", true),
        ("-autumn", true),
        ("-spring", false),
        ("-\"spring sale\"", false),
        ("sale - köln", true),
        ("\u{200b} \u{2060}", true),
        ("--spring", true),
        ("\"-spring\"", false),
    ] {
        assert_eq!(matches(query), holds, "{query}");
    }
}

#[test]
fn another_letter_or_term_narrows_a_query() {
    for (query, wider, narrows) in [
        ("spring", "", true),
        ("spring", "sprin", true),
        ("sprin", "spring", false),
        ("spring sale", "spring sa", true),
        ("spring phase:open", "spring", true),
        ("name:spring", "spr", true),
        ("name:spring,spray", "name:spr", true),
        ("name:spring,autumn", "name:spr", false),
        ("id:0e5", "id:0e", true),
        ("id:\"0e5\"", "id:0e", true),
        ("id:\"0e5\"", "id:\"0e\"", false),
        ("id:0e5", "id:\"0e5\"", false),
        ("-sprin", "-spring", true),
        ("-spring", "-sprin", false),
        ("-spring", "spring", false),
        ("status:running", "status:run", false),
        ("pizz*", "piz*", true),
        ("pizz*", "piz", true),
        ("pizz", "piz*", false),
        ("a b", "a OR c", true),
        ("a OR c", "a", false),
        ("ab OR cd", "a OR c", true),
        ("-a", "-a OR b", true),
        ("starts:tomorow", "a", true),
        ("a", "starts:tomorow", false),
    ] {
        assert_eq!(parse(query).narrows(&parse(wider)), narrows, "{query} / {wider}");
    }
}

#[test]
fn each_key_filters_one_field() {
    for (query, holds) in [
        ("phase:open", true),
        ("PHASE:Open", true),
        ("phase：ｏｐｅｎ\u{200b}", true),
        ("phase:over", false),
        ("phase:over,open", true),
        ("phase:,open,", true),
        ("-phase:open", false),
        ("-phase:over,upcoming", true),
        ("status:running", true),
        ("status:RUNNING", true),
        ("status:run", false),
        ("status:stopped,running", true),
        ("-status:running", false),
        ("job:12345678", true),
        ("job:1234", false),
        ("job:12345678\u{200b}", true),
        ("\u{feff}job：１２３４５６７８", true),
        ("job:“12345678”", true),
        ("job:pizza", true),
        ("job:\"pizza, rome\"", true),
        ("job:nothing,rome", true),
        ("job：“Pizza, Rome”", true),
        ("job:“pizza, r", true),
        ("job:“pizza, r”", false),
        ("name:sale", true),
        ("name:\"spring sale\"", true),
        ("name:\"sale:\"", true),
        ("name:“spring sale”", true),
        ("sp\u{200b}ring ｓａｌｅ", true),
        ("name:5187", false),
        ("name:winter,spring", true),
        ("id:0E54", true),
        ("id:\"0E54", true),
        ("id:\"0E54\"", false),
        ("id:5187", false),
        ("-id:0e", false),
        ("job: spring", false),
        ("job : pizza", true),
        ("is:running", true),
        ("is:failed,open", false),
        ("-is:Failed", true),
        ("-is:attention", true),
        ("name=sale", true),
        ("status：running，stopped", true),
    ] {
        assert_eq!(matches(query), holds, "{query}");
    }
}

#[test]
fn times_and_lengths_are_read_as_they_are_meant() {
    for (typed, meant) in [
        ("created<２h\u{200b}", "created<2h"),
        ("starts:２０２６-03-01", "starts:2026-03-01"),
        ("length>8\u{ad}h", "length>8h"),
    ] {
        assert_eq!(issues(meant), []);
        assert_eq!(parse(typed), parse(meant), "{typed}");
    }
}

#[test]
fn text_with_a_colon_that_names_no_field_is_a_word() {
    let run = run("1", "see 12:30, a:b and https://x: *** \"phase:opened\"", None, None);
    let subject = IndexedRun { run: &run, phase: Phase::Unknown, job_label: None };
    for (query, holds) in [
        ("12:30", true),
        ("a:b", true),
        ("https://x", true),
        ("https://y", false),
        ("\"phase:opened\"", true),
        ("\"phase:open\"", true),
        ("\"***\"", true),
        (":", true),
        ("-", false),
        ("status:running", false),
        ("-status:running", true),
        ("job:x", false),
    ] {
        assert_eq!(issues(query), [], "{query}");
        assert_eq!(finds(&parse(query), subject), holds, "{query}");
    }
}

#[test]
fn query_without_conditions_is_empty() {
    for (query, empty) in
        [("", true), (" \t", true), ("\u{200b}", true), ("-", false), ("job:", false), ("\"", false), ("a", false)]
    {
        assert_eq!(parse(query).is_empty(), empty, "{query}");
    }
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,30}", "(phase:|status:|job:|-|\"|,|:| |open|over|[a-z]){0,16}"]
}

proptest! {
    #[test]
    fn narrower_query_matches_a_subset_of_the_wider_one(
        wider in "(-?(name:|id:|phase:|status:)?[abAB]{0,3}[*]?( |,|\"| OR | NOT )?){1,4}", more in "[ab ,*-]{0,4}| OR a| b", other in typed(),
        name in "[abAB ]{0,6}", id in "[ab]{1,5}", status in "[ab]{0,2}",
    ) {
        let run = run(&id, &name, None, Some(&status));
        let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: None };
        let typed_on = [wider.as_str(), more.as_str()].concat();
        for (query, wider) in [(&typed_on, &wider), (&wider, &typed_on), (&other, &wider), (&wider, &other)] {
            let (query, wider) = (parse(query), parse(wider));
            if query.narrows(&wider) && finds(&query, subject) {
                prop_assert!(finds(&wider, subject), "{query:?} {wider:?}");
            }
        }
    }

    #[test]
    fn any_query_can_be_matched_against_any_run(text in typed(), name in any::<String>(), label in prop::option::of(any::<String>())) {
        let run = run(&name, &name, Some(&name), Some(&name));
        let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: label.as_deref() };
        let _ = finds(&parse(&text), subject);
    }

    #[test]
    fn run_is_found_by_any_part_of_its_name(before in "\\PC{0,8}", part in "\\PC{1,8}", after in "\\PC{0,8}") {
        // The part must be whole letters: a mark after it would make another letter of its last one.
        let run = run("", &[&*before, " ", &*part, " ", &*after].concat(), None, None);
        let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: None };
        prop_assume!(!part.chars().all(is_invisible) && !part.chars().any(|c| alike(c) == '\''));
        for part in [part.clone(), part.to_lowercase(), part.nfd().collect(), part.nfkd().collect()] {
            prop_assert!(finds(&parse(&token::quoted(&part)), subject), "{:?}", part);
            let term = ["name:", &token::quoted(&part)].concat();
            prop_assert!(finds(&parse(&term), subject), "{}", term);
        }
    }
}
