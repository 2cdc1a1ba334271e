use super::*;
use crate::query::case_folding::fold;
use crate::run::{JobId, RunId, Status};
use proptest::prelude::*;
use std::sync::Arc;

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

/// Parsed at the epoch, in UTC.
pub(super) fn parse(text: &str) -> Query {
    Query::parse(text, QueryContext { now: Timestamp::from_millis(0), offset: &|_| 0 }).query
}

fn matches(query: &str) -> bool {
    let run = run("0e54831a-5187", "Spring SALE: Köln", Some("12345678"), Some("Running"));
    parse(query).matches(IndexedRun { run: &run, phase: Phase::Open, job_label: Some("Pizza, Rome") })
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
        ("-", true),
        ("-\"\"", true),
        ("\"\"", true),
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
        ("-sprin", "-spring", true),
        ("-spring", "-sprin", false),
        ("-spring", "spring", false),
        ("status:running", "status:run", false),
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
        ("job:\"pizza, r\"", true),
        ("job:nothing,rome", true),
        ("job：“Pizza, R”", true),
        ("job:“pizza, r", true),
        ("name:sale", true),
        ("name:\"spring sale\"", true),
        ("name:\"sale:\"", true),
        ("name:“spring sale”", true),
        ("sp\u{200b}ring ｓａｌｅ", true),
        ("name:5187", false),
        ("name:winter,spring", true),
        ("id:0E54", true),
        ("id:5187", false),
        ("-id:0e", false),
        ("phase:", true),
        ("-phase:", true),
        ("job: spring", true),
        ("name:\"\"", true),
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
        assert!(!parse(meant).is_empty());
        assert_eq!(parse(typed), parse(meant), "{typed}");
    }
}

#[test]
fn job_is_found_by_its_exact_letters() {
    let holds = |query: &str, job: &str| {
        let run = run("1", "x", Some(job), None);
        parse(query).matches(IndexedRun { run: &run, phase: Phase::Open, job_label: Some("Weekly Mailing") })
    };
    for job in ["UPPER", "upper", "a b", "ä,\"ö", "“q”", "1：2"] {
        assert!(holds(&job_term(job), job), "{job}");
    }
    assert!(!holds("job:UPPER", "upper") && !holds("job:upper", "UPPER"));
    assert!(holds("job:mailing", "UPPER") && holds("upper", "UPPER"));
}

#[test]
fn unknown_key_or_phase_is_searched_as_a_word() {
    let run = run("1", "see phase:opened and colour:red https://x", None, None);
    let subject = IndexedRun { run: &run, phase: Phase::Unknown, job_label: None };
    for (query, holds) in [
        ("phase:opened", true),
        ("phase:opened,over", false),
        ("phase:open", false),
        ("colour:red", true),
        ("colour:green", false),
        ("-colour:red", false),
        ("https://x", true),
        ("\"phase:opened\"", true),
        ("\"phase:open\"", true),
        (":", true),
        ("status:running", false),
        ("-status:running", true),
        ("job:x", false),
    ] {
        assert_eq!(parse(query).matches(subject), holds, "{query}");
    }
}

#[test]
fn query_without_conditions_is_empty() {
    for (query, empty) in [
        ("", true),
        (" \t", true),
        ("-", true),
        ("job:", true),
        ("\"", true),
        ("\"\"", true),
        ("a", false),
        ("x:", false),
    ] {
        assert_eq!(parse(query).is_empty(), empty, "{query}");
    }
}

#[test]
fn matching_is_case_insensitive_in_any_script() {
    let run = run("1", "ΟΔΟΣ Straße ПИЦЦА", None, None);
    let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: None };
    for query in ["οδος", "οδοσ", "STRAßE", "пицца", "ΟΔ"] {
        assert!(parse(query).matches(subject), "{query}");
    }
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,30}", "(phase:|status:|job:|-|\"|,|:| |open|over|[a-z]){0,16}"]
}

proptest! {
    #[test]
    fn narrower_query_matches_a_subset_of_the_wider_one(
        wider in "(-?(name:|id:|phase:|status:)?[abAB]{0,3}( |,|\")?){1,3}", more in "[ab ,-]{0,4}", other in typed(),
        name in "[abAB ]{0,6}", id in "[ab]{1,5}", status in "[ab]{0,2}",
    ) {
        let run = run(&id, &name, None, Some(&status));
        let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: None };
        let typed_on = [wider.as_str(), more.as_str()].concat();
        for (query, wider) in [(&typed_on, &wider), (&wider, &typed_on), (&other, &wider), (&wider, &other)] {
            let (query, wider) = (parse(query), parse(wider));
            if query.narrows(&wider) && query.matches(subject) {
                prop_assert!(wider.matches(subject), "{query:?} {wider:?}");
            }
        }
    }

    #[test]
    fn any_query_can_be_matched_against_any_run(text in typed(), name in any::<String>(), label in prop::option::of(any::<String>())) {
        let run = run(&name, &name, Some(&name), Some(&name));
        let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: label.as_deref() };
        let _ = parse(&text).matches(subject);
    }

    #[test]
    fn run_is_found_by_any_part_of_its_name(before in any::<String>(), part in "\\PC{1,8}", after in any::<String>()) {
        let run = run("", &[before, part.clone(), after].concat(), None, None);
        let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: None };
        for part in [part.clone(), part.to_lowercase(), fold(&part)] {
            prop_assert!(parse(&token::quote(&part)).matches(subject) || !token::quote(&part).starts_with('"'));
            let term = ["name:", &["\"", &part.replace('"', "\"\""), "\""].concat()].concat();
            prop_assert!(parse(&term).matches(subject), "{}", term);
        }
    }
}
