//! How texts are compared: as people see them, except where one is meant to the letter.

use super::*;

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
        " \u{200b}https://runs.example/?run=ab%2C1\u{200b} ",
    ] {
        assert_eq!(issues(query), [], "{query}");
        assert!(of("ab,1", query) && !of("ab,12", query) && !of("AB,1", query), "{query}");
    }
    assert!(of("2", "-?run=1") && !of("1", "-?run=1") && of("2", "?run=1 OR ?run=2"));
    assert!(!of("1", "https://runs.example/?q=1") && !of("1", "\"?run=1\""));
}

#[test]
fn matching_is_case_insensitive_in_any_script() {
    let run = run("1", "ΟΔΟΣ Straße ПИЦЦА", None, None);
    let subject = IndexedRun { run: &run, phase: Phase::Open, job_label: None };
    for query in ["οδος", "οδοσ", "STRAßE", "пицца", "ΟΔ"] {
        assert!(finds(&parse(query), subject), "{query}");
    }
}
