use super::*;
use crate::phase::Phase;
use crate::query::{IndexedRun, ParsedQuery, Query};
use crate::run::{JobId, RunId, Status};
use proptest::prelude::*;
use std::sync::Arc;

const NOW: &str = "2026-03-29T10:00:00Z";

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Central Europe in 2026: two hours ahead from 2026-03-29T01:00Z on.
fn berlin(instant: Timestamp) -> i32 {
    if instant < at("2026-03-29T01:00:00Z") { 3600 } else { 7200 }
}

fn read(text: &str) -> ParsedQuery {
    Query::parse(text, QueryContext { now: at(NOW), offset: &berlin })
}

fn window_of(text: &str) -> (Option<String>, Option<String>) {
    let reading = read(text);
    assert_eq!((reading.time_ranges.len(), reading.issues.len()), (1, 0), "{text} {:?}", reading.issues);
    let window = reading.time_ranges[0].2[0];
    (window.from.map(Timestamp::to_iso), window.until.map(Timestamp::to_iso))
}

#[test]
fn every_time_expression_becomes_a_range() {
    for (text, from, until) in [
        ("starts<2h", NOW, "2026-03-29T12:00:00Z"),
        ("starts:2h", NOW, "2026-03-29T12:00:00.001Z"),
        ("STARTS>2h", "2026-03-29T12:00:00.001Z", ""),
        ("ends>=1.5h", "2026-03-29T11:30:00Z", ""),
        ("created<2h", "2026-03-29T08:00:00.001Z", "2026-03-29T10:00:00.001Z"),
        ("created>2h", "", "2026-03-29T08:00:00Z"),
        ("updated<now", "", NOW),
        // The day on which the clocks go forward has 23 hours.
        ("ends:today", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("ends>today", "2026-03-29T22:00:00Z", ""),
        ("ends>=today", "2026-03-28T23:00:00Z", ""),
        ("ends<today", "", "2026-03-28T23:00:00Z"),
        ("start:<=yesterday", "", "2026-03-28T23:00:00Z"),
        ("start:tomorrow", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z"),
        ("created:2026-03-01..2026-03-07", "2026-02-28T23:00:00Z", "2026-03-07T23:00:00Z"),
        ("created:2026-03-01..", "2026-02-28T23:00:00Z", ""),
        ("created:..2026-03-01", "", "2026-03-01T23:00:00Z"),
        ("created:last-7-days", "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("starts:next-2-days", "2026-03-28T23:00:00Z", "2026-03-30T22:00:00Z"),
        ("starts:2026-03-30T09:00", "2026-03-30T07:00:00Z", "2026-03-30T07:01:00Z"),
        ("starts>=2026-03-30T09:00:30Z", "2026-03-30T09:00:30Z", ""),
        ("starts<\"2026-03-30 09:00\"", "", "2026-03-30T07:00:00Z"),
        // As printed elsewhere on the page.
        ("starts<\"2026-03-30 09:00 UTC\"", "", "2026-03-30T09:00:00Z"),
        ("starts>=\"2026-03-30 09:00:30 UTC+02:00\"", "2026-03-30T07:00:30Z", ""),
        // A time of day, as in the form, not a duration.
        ("starts<18:30", "", "2026-03-29T16:30:00Z"),
        ("starts:09:00", "2026-03-29T07:00:00Z", "2026-03-29T07:01:00Z"),
        ("created:2h..4h", "2026-03-29T06:00:00Z", "2026-03-29T08:00:00.001Z"),
        ("created:4h..2h", "2026-03-29T06:00:00Z", "2026-03-29T08:00:00.001Z"),
    ] {
        let iso = |text: &str| Some(text).filter(|text| !text.is_empty()).map(|text| at(text).to_iso());
        assert_eq!(window_of(text), (iso(from), iso(until)), "{text}");
    }
}

#[test]
fn reversed_range_matches_nothing_and_is_reported() {
    let run = Run::read_body(
        &serde_json::json!({"id": "a", "name": "n", "created_at": "2026-03-04T00:00:00Z",
        "start_at": "2026-03-04T00:00:00Z", "end_at": "2026-03-04T03:00:00Z"})
        .to_string(),
    )
    .unwrap();
    let found = |text: &str| read(text).query.matches(IndexedRun { run: &run, phase: Phase::Over, job_label: None });
    for nothing in ["created:2026-03-07..2026-03-01", "length:4h..2h", "n starts:2026-03-07..2026-03-01"] {
        assert!(!found(nothing), "{nothing}");
    }
    assert!(found("created:2026-03-07..2026-03-01,2026-03-04"), "the other value fits");
    assert!(found("-length:4h..2h"));
}

#[test]
fn issues_point_at_the_term_that_was_not_understood() {
    for (text, at, fault, searched_as_word) in [
        ("a starts<soon", 2..13, IssueKind::UnreadableTime, false),
        ("ends:2026-02-30", 0..15, IssueKind::UnreadableTime, false),
        ("-created:7..9 x", 0..13, IssueKind::UnreadableTime, false),
        ("length>8", 0..8, IssueKind::UnreadableLength, false),
        ("created:2026-03-07..2026-03-01", 0..30, IssueKind::EmptyRange, true),
        ("length:2h..1h", 0..13, IssueKind::EmptyRange, true),
        ("starts<", 0..7, IssueKind::Unfinished, false),
        ("ends:", 0..5, IssueKind::Unfinished, false),
        ("created:..", 0..10, IssueKind::Unfinished, false),
        ("status:", 0..7, IssueKind::Unfinished, false),
        ("-", 0..1, IssueKind::Unfinished, false),
        ("ö colour:red", 3..13, IssueKind::UnknownKey, true),
        ("phase:opne", 0..10, IssueKind::UnknownPhase, true),
        ("needs:help", 0..10, IssueKind::UnknownNeed, false),
        ("a name:\"b c", 2..11, IssueKind::OpenQuote, true),
    ] {
        let issues = read(text).issues;
        assert_eq!(issues, [crate::query::QueryIssue { at, kind: fault, searched_as_word }], "{text}");
    }
    for text in ["", "a b", "12:30", "https://x/y", "\"starts<x\"", "a<b", "-phase:open", "needs:look", "x:y"] {
        assert_eq!(read(text).issues, [], "{text}");
    }
}

fn run(start: i64, length: i64, created: i64) -> Run {
    let after = |seconds: i64| Some(at(NOW).plus(Span::from_seconds(seconds)));
    Run {
        id: RunId::new("a1"),
        job_id: Some(JobId::new("j")),
        name: Arc::from("Spring sale"),
        status: Some(Status::new("running")),
        start_at: after(start),
        end_at: after(start + length),
        created_at: after(created),
        updated_at: None,
        odd_times: crate::run::OddTimes::default(),
    }
}

fn matches(text: &str, run: &Run) -> bool {
    read(text).query.matches(IndexedRun { run, phase: Phase::of(run, at(NOW)), job_label: None })
}

#[test]
fn run_without_that_time_matches_neither_a_range_nor_its_opposite() {
    let run = run(0, 60, 0);
    assert!(!matches("updated<2d", &run) && !matches("updated>2d", &run) && matches("-updated<2d", &run));
}

#[test]
fn window_length_ignores_milliseconds() {
    let mut run = run(0, 8 * 3600, 0);
    run.start_at = Some(run.start_at.unwrap().plus(Span::from_millis(851)));
    run.end_at = Some(run.end_at.unwrap().plus(Span::from_millis(764)));
    assert_eq!(run.length(), Some(Span::from_seconds(8 * 3600)));
    assert!(matches("length:8h", &run) && matches("length>=8h", &run) && !matches("length<8h", &run));
}

#[test]
fn any_of_several_time_ranges_matches() {
    let run = run(86_400, 60, -3600);
    assert!(matches("starts:today,tomorrow", &run) && !matches("starts:today,yesterday", &run));
}

#[test]
fn length_is_compared_in_whole_seconds() {
    let mut run = run(0, 8 * 3600, 0);
    run.end_at = run.end_at.map(|end| end.plus(Span::from_millis(616)));
    for (text, holds) in [
        ("length:8h", true),
        ("length>8h", false),
        ("length>=8h", true),
        ("length<8h", false),
        ("length<=8h", true),
        ("length>7h", true),
        ("length:7h..8h", true),
        ("length:..7h", false),
        ("length:9h..", false),
    ] {
        assert_eq!(matches(text, &run), holds, "{text}");
    }
}

#[test]
fn needs_look_matches_runs_with_findings() {
    let fits = run(-3600, 7200, -7200);
    let odd = Run { status: Some(Status::new("scheduled")), ..fits.clone() };
    assert!(!matches("needs:look", &fits) && matches("needs:look", &odd) && matches("-needs:look", &fits));
}

/// The meaning of a term, for a naive evaluation.
#[derive(Clone, Debug)]
enum Meaning {
    Ahead(usize, i64),
    Back(bool, i64),
    /// A range of days of April 2026.
    Days(i64, i64),
    Length(bool, i64),
    Word(&'static str),
}

fn april(day: i64) -> Timestamp {
    at("2026-04-01T00:00:00Z").plus(Span::from_hours(24 * day))
}

impl Meaning {
    fn typed(&self) -> String {
        match self {
            Self::Ahead(sign, hours) => format!("starts{}{hours}h", ["<", ">", "<=", ">="][*sign]),
            Self::Back(less, hours) => format!("created{}{hours}h", if *less { "<" } else { ">" }),
            Self::Days(first, last) => {
                format!("ends:{}..{}", &april(*first).to_iso()[..10], &april(*last).to_iso()[..10])
            }
            Self::Length(more, hours) => format!("length{}{hours}h", if *more { ">" } else { "<" }),
            Self::Word(word) => String::from(*word),
        }
    }

    fn holds(&self, run: &Run) -> bool {
        let seconds = |time: Option<Timestamp>| time.map(|time| time.since(at(NOW)).millis() / 1000);
        match *self {
            Self::Ahead(sign, hours) => seconds(run.start_at).is_some_and(|at| match sign {
                0 => at >= 0 && at < hours * 3600,
                1 => at > hours * 3600,
                2 => at >= 0 && at <= hours * 3600,
                _ => at >= hours * 3600,
            }),
            Self::Back(less, hours) => seconds(run.created_at)
                .is_some_and(|at| if less { at > -hours * 3600 && at <= 0 } else { at < -hours * 3600 }),
            // The zone is two hours ahead of UTC all month.
            Self::Days(first, last) => run.end_at.is_some_and(|end| {
                let shown = end.plus(Span::from_hours(2));
                shown >= april(first) && shown < april(last + 1)
            }),
            Self::Length(more, hours) => {
                let length = run.start_at.zip(run.end_at).map(|(start, end)| end.since(start).millis() / 1000);
                length.is_some_and(|length| if more { length > hours * 3600 } else { length < hours * 3600 })
            }
            Self::Word(word) => !matches!(word, "x" | "status:odd"),
        }
    }
}

fn meanings() -> impl Strategy<Value = Meaning> {
    let words = vec!["spring", "SALE", "a1", "x", "name:sale", "status:running", "status:odd", "id:a"];
    prop_oneof![
        (0_usize..4, 1_i64..100).prop_map(|(sign, hours)| Meaning::Ahead(sign, hours)),
        (any::<bool>(), 1_i64..100).prop_map(|(less, hours)| Meaning::Back(less, hours)),
        (0_i64..20, 0_i64..20).prop_map(|(first, more)| Meaning::Days(first, first + more)),
        (any::<bool>(), 1_i64..100).prop_map(|(more, hours)| Meaning::Length(more, hours)),
        prop::sample::select(words).prop_map(Meaning::Word),
    ]
}

proptest! {
    #[test]
    fn query_agrees_with_a_naive_evaluator(
        terms in prop::collection::vec((any::<bool>(), meanings()), 1..5),
        start in prop::option::of(-400_000_i64..2_000_000), length in 0_i64..400_000, created in -400_000_i64..400_000,
    ) {
        let mut run = run(start.unwrap_or(0), length, created);
        if start.is_none() {
            (run.start_at, run.end_at) = (None, None);
        }
        let typed = |(exclude, meaning): &(bool, Meaning)| [if *exclude { "-" } else { "" }, &meaning.typed()].concat();
        let text = terms.iter().map(typed).collect::<Vec<_>>().join(" ");
        let expected = terms.iter().all(|(exclude, meaning)| meaning.holds(&run) != *exclude);
        prop_assert_eq!(read(&text).issues, []);
        prop_assert_eq!(matches(&text, &run), expected, "{}", text);
    }

    #[test]
    fn any_text_parses_and_its_issues_lie_within_it(
        text in "(-?(starts|ends|created|length|needs|phase|x)?[<>:=]{0,2}[0-9a-zé\".-]{0,12} ?){0,4}", now in any::<i64>(), offset in any::<i32>(),
    ) {
        let now = Timestamp::from_millis(now);
        let reading = Query::parse(&text, QueryContext { now, offset: &|_| offset });
        for mark in reading.issues {
            prop_assert!(text.get(mark.at).is_some_and(|part| !part.is_empty()));
        }
    }
}
