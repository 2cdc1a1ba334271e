use super::*;
use crate::clean::is_invisible;
use crate::query::FoldedTexts;
use crate::query::case_folding::alike;
use crate::run::{JobId, RunId, Status};
use proptest::prelude::*;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

mod connected;
mod hostile;

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
        ("id:5187", false),
        ("-id:0e", false),
        ("job: spring", false),
        ("job : pizza", true),
        ("is:open", true),
        ("is:over", false),
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
fn link_of_a_job_is_exact_to_the_letter() {
    let holds = |query: &str, job: &str| {
        let run = run("1", "x", Some(job), None);
        finds(&parse(query), IndexedRun { run: &run, phase: Phase::Open, job_label: Some("Weekly Mailing 12") })
    };
    let jobs = [
        "UPPER",
        "upper",
        "a b",
        "ä,\"ö",
        "“q”",
        "1：2",
        "１２",
        "12\u{200b}",
        "a\u{2013}b",
        "a-b",
        "piz*",
        "\u{200b}",
        "OR",
    ];
    for job in jobs {
        for other in jobs {
            assert_eq!(holds(&job_term(job), other), job == other, "{job} {other}");
        }
    }
    assert!(!holds("job:UPPER", "upper") && !holds("job:upper", "UPPER"));
    assert!(holds("job:mailing", "UPPER") && holds("upper", "UPPER") && holds("job:“a-b", "a\u{2013}b"));
    assert!(!holds(&job_term("12"), "13") && holds("job:12", "13"), "part of the label is found without quotes only");
    assert!(holds("job:\"weekly mailing 12\"", "13") && !holds("job:\"weekly mailing\"", "13"));
}

#[test]
fn texts_are_compared_as_people_see_them() {
    let run = run("1", "Ko\u{308}ln\u{a0}– Women’s\u{200f} ﬁnal  Ｗeek\t３９", None, Some("In\u{a0}Review"));
    let subject = IndexedRun { run: &run, phase: Phase::Unknown, job_label: Some("Cafe\u{301}") };
    for query in [
        "köln",
        "\"KÖLN - women's final week 39\"",
        "name:\"köln – women`s\"",
        "ko\u{308}ln",
        "Ｋö\u{ad}ln",
        "job:café",
        "job:\"Café\"",
        "status:\"in review\"",
        "\u{200e}köln\u{200e} caf*",
    ] {
        assert!(finds(&parse(query), subject), "{query}");
    }
    for query in ["koln", "status:inreview", "\"köln women\""] {
        assert!(!finds(&parse(query), subject), "{query}");
    }
}

#[test]
fn term_that_is_not_understood_lists_nothing() {
    use IssueKind::*;
    for (query, issue) in [
        ("starts:tomorow", UnreadableTime),
        ("-starts:tomorow", UnreadableTime),
        ("NOT starts:tomorow", UnreadableTime),
        ("starts < 5", UnreadableTime),
        ("length>big", UnreadableLength),
        ("starts:tomorrow..today", EmptyRange),
        ("-length:2h..1h", EmptyRange),
        ("phase:opened", UnknownValue(Field::Phase)),
        ("-phase:open,opened", UnknownValue(Field::Phase)),
        ("is:filed", UnknownValue(Field::Is)),
        ("needs:love", UnknownValue(Field::Needs)),
        ("colour:red", UnknownField),
        ("-colour:red", UnknownField),
        ("colour:", UnknownField),
        ("job_id:1", UnknownField),
        ("duration>2h", UnknownField),
        ("status<running", NoOrder),
        ("job:", Unfinished),
        ("-phase:", Unfinished),
        ("starts <", Unfinished),
        ("status:\"\"", Unfinished),
        ("\"\"", Unfinished),
        ("-\"\"", Unfinished),
        ("\"", Unfinished),
        ("-\"spring sale", OpenQuote),
        ("*", Star),
        ("p*a", Star),
        ("-*a", Star),
        ("name:*a", Star),
        ("OR", MissingTerm),
        ("AND", MissingTerm),
        ("NOT", MissingTerm),
    ] {
        assert_eq!(issues(query), [(query, issue)]);
        for with in [query.to_owned(), format!("spring {query}"), format!("spring OR {query}")] {
            assert!(!matches(&with) && parse(&with).is_refused(), "{with}");
        }
    }
}

#[test]
fn missing_terms_and_parentheses_are_marked_in_place() {
    use IssueKind::*;
    for (query, found) in [
        ("a OR", &[("OR", MissingTerm)][..]),
        ("OR a", &[("OR", MissingTerm)]),
        ("a OR OR b", &[("OR", MissingTerm), ("OR", MissingTerm)]),
        ("a AND OR b", &[("AND", MissingTerm), ("OR", MissingTerm)]),
        ("a NOT", &[("NOT", MissingTerm)]),
        ("(a OR b) c", &[("(a", Parenthesis), ("b)", Parenthesis)]),
        ("NOT (a b)", &[("NOT (a", Parenthesis), ("b)", Parenthesis)]),
        ("-(a b)", &[("-(a", Parenthesis), ("b)", Parenthesis)]),
        ("Sale (second wave)", &[]),
        ("Sale (copy) OR -(old)", &[]),
        ("\"(a\" OR b", &[]),
        ("job: OR x", &[("job:", Unfinished)]),
        ("job: status:a", &[("job:", Unfinished)]),
    ] {
        assert_eq!(issues(query), found, "{query}");
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
fn star_finds_the_beginnings_of_words() {
    let run = run("piz-1", "Grand pizza (women's)", Some("x9"), Some("Running"));
    let subject = IndexedRun { run: &run, phase: Phase::Unknown, job_label: Some("Große Öfen") };
    for (query, holds) in [
        ("piz*", true),
        ("PIZ＊", true),
        ("izz*", false),
        ("izz", true),
        ("wom*", true),
        ("öf*", true),
        ("fen*", false),
        ("name:pizza*", true),
        ("name:and*", false),
        ("job:x*", true),
        ("job:öf*", true),
        ("job:fen*", false),
        ("status:run*", true),
        ("status:un*", false),
        ("id:pi*", true),
        ("-piz*", false),
        ("\"grand piz\"*", true),
        ("\"piz*\"", false),
    ] {
        assert_eq!(issues(query), [], "{query}");
        assert_eq!(finds(&parse(query), subject), holds, "{query}");
    }
}

#[test]
fn pasted_address_finds_exactly_that_run() {
    let of = |id: &str, query: &str| {
        let run = run(id, "x", None, None);
        finds(&parse(query), IndexedRun { run: &run, phase: Phase::Unknown, job_label: None })
    };
    for query in [
        "?run=ab%2C1",
        "./?run=ab%2C1",
        "https://runs.example/console/?run=ab%2C1#top",
        "http://localhost:8080/?x=1&run=ab%2C1",
        " \u{200b}https://runs.example/?run=ab%2C1 ",
    ] {
        assert_eq!(issues(query), [], "{query}");
        assert!(of("ab,1", query) && !of("ab,12", query) && !of("AB,1", query), "{query}");
    }
    assert!(of("2", "-?run=1") && !of("1", "-?run=1") && of("2", "?run=1 OR ?run=2"));
    assert!(!of("1", "https://runs.example/?q=1") && !of("1", "\"?run=1\""));
}

#[test]
fn query_without_conditions_is_empty() {
    for (query, empty) in
        [("", true), (" \t", true), ("\u{200b}", true), ("-", false), ("job:", false), ("\"", false), ("a", false)]
    {
        assert_eq!(parse(query).is_empty(), empty, "{query}");
    }
}

#[test]
fn matching_is_case_insensitive_in_any_script() {
    let run = run("1", "ΟΔΟΣ Straße ПИЦЦА", None, None);
    let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: None };
    for query in ["οδος", "οδοσ", "STRAßE", "пицца", "ΟΔ"] {
        assert!(finds(&parse(query), subject), "{query}");
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
