use super::*;
use crate::phase::Phase;
use crate::query::language::tests::nfkc;
use crate::query::{FoldedTexts, IndexedRun, Query, Reading};
use crate::run::{JobId, Run, RunId, Status};
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

fn readings(text: &str) -> Vec<Reading> {
    let context = QueryContext { now: at(NOW), offset: &berlin, normalize: &nfkc };
    Query::parse(text, context).terms.into_iter().map(|term| term.reading).collect()
}

fn query(text: &str) -> Query {
    Query::parse(text, QueryContext { now: at(NOW), offset: &berlin, normalize: &nfkc }).query
}

fn window_of(text: &str) -> (Option<String>, Option<String>) {
    let [Reading::Asks { ranges, .. }] = &*readings(text) else { panic!("{text} {:?}", readings(text)) };
    let window = ranges[0];
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
        // From Monday to Sunday; the clocks go forward at the end of this one.
        ("ends:this-week", "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("ends:this week", "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("starts>=next-week", "2026-03-29T22:00:00Z", ""),
        ("created:last-week", "2026-03-15T23:00:00Z", "2026-03-22T23:00:00Z"),
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
        // With spaces, as people type them and this console prints them.
        ("starts < 2h", NOW, "2026-03-29T12:00:00Z"),
        ("starts <2h", NOW, "2026-03-29T12:00:00Z"),
        ("starts< 2 h", NOW, "2026-03-29T12:00:00Z"),
        ("Starts <= 2 h 30 min", NOW, "2026-03-29T12:30:00.001Z"),
        ("starts＜２h", NOW, "2026-03-29T12:00:00Z"),
        ("starts:1.5 h", NOW, "2026-03-29T11:30:00.001Z"),
        ("starts<1,5h", NOW, "2026-03-29T11:30:00Z"),
        ("starts : tomorrow", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z"),
        ("starts:tomorrow 09:00", "2026-03-30T07:00:00Z", "2026-03-30T07:01:00Z"),
        ("starts > 2026-03-30 09:00", "2026-03-30T07:01:00Z", ""),
        ("starts >= 2026-03-30 09:00 UTC", "2026-03-30T09:00:00Z", ""),
        ("created: 2026-03-01 .. 2026-03-07", "2026-02-28T23:00:00Z", "2026-03-07T23:00:00Z"),
        ("ends=today", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("created:4h..2h", "2026-03-29T06:00:00Z", "2026-03-29T08:00:00.001Z"),
    ] {
        let iso = |text: &str| Some(text).filter(|text| !text.is_empty()).map(|text| at(text).to_iso());
        assert_eq!(window_of(text), (iso(from), iso(until)), "{text}");
    }
}

#[test]
fn words_after_a_time_that_do_not_belong_to_it_are_terms() {
    for (text, terms) in [
        ("starts<2h spring", 2),
        ("starts < 24h 39", 2),
        ("starts:tomorrow week 39", 3),
        ("starts:tomorrow \"09:00\"", 2),
        ("starts:tomorrow -09:00", 2),
        ("starts:tomorrow OR 09:00", 3),
        ("starts:tomorrow AND 09:00", 2),
        ("starts:today ends:tomorrow", 2),
        ("length > 1 d 4 h spring", 2),
    ] {
        assert_eq!(readings(text).len(), terms, "{text}");
    }
}

#[test]
fn unreadable_value_makes_the_whole_term_meaningless() {
    for (text, issue) in [
        ("starts<soon", IssueKind::UnreadableTime),
        ("ends:2026-02-30", IssueKind::UnreadableTime),
        ("-created:7..9", IssueKind::UnreadableTime),
        ("starts:today,soon", IssueKind::UnreadableTime),
        ("length>8", IssueKind::UnreadableLength),
        ("created:2026-03-07..2026-03-01", IssueKind::EmptyRange),
        ("created:2026-03-07..2026-03-01,2026-03-04", IssueKind::EmptyRange),
        ("-length:4h..2h", IssueKind::EmptyRange),
        ("created:..", IssueKind::Unfinished),
        ("starts<", IssueKind::Unfinished),
    ] {
        assert_eq!(readings(text), [Reading::NotUnderstood(issue)], "{text}");
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
    let subject = IndexedRun { run, phase: Phase::of(run, at(NOW)), job_label: None };
    query(text).matches(subject, &FoldedTexts::default())
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
        prop_assert_eq!(matches(&text, &run), expected, "{}", text);
    }

    #[test]
    fn any_text_can_be_read_at_any_time(
        text in "(-?(starts|ends|created|length|needs|phase|x)?( )?[<>:=]{0,2}[0-9a-zé\".-]{0,12} ?){0,4}", now in any::<i64>(), offset in any::<i32>(),
    ) {
        let now = Timestamp::from_millis(now);
        let _ = Query::parse(&text, QueryContext { now, offset: &|_| offset, normalize: &nfkc });
    }
}
