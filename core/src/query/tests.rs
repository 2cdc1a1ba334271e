use super::*;
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
    }
}

fn matches(query: &str) -> bool {
    let run = run("0e54831a-5187", "Spring SALE: Köln", Some("12345678"), Some("Running"));
    Query::parse(query).matches(Subject { run: &run, phase: Phase::Open, job_label: Some("Pizza, Rome") })
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
fn a_letter_more_or_a_term_more_narrows() {
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
        assert_eq!(Query::parse(query).narrows(&Query::parse(wider)), narrows, "{query} / {wider}");
    }
}

#[test]
fn a_key_asks_for_one_thing() {
    for (query, holds) in [
        ("phase:open", true),
        ("PHASE:Open", true),
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
        ("job:pizza", true),
        ("job:\"pizza, r\"", true),
        ("job:nothing,rome", true),
        ("name:sale", true),
        ("name:\"spring sale\"", true),
        ("name:\"sale:\"", true),
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
fn an_unknown_key_or_phase_makes_the_whole_term_a_word() {
    let run = run("1", "see phase:opened and colour:red https://x", None, None);
    let subject = Subject { run: &run, phase: Phase::Unknown, job_label: None };
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
        assert_eq!(Query::parse(query).matches(subject), holds, "{query}");
    }
}

#[test]
fn what_asks_for_nothing_is_empty() {
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
        assert_eq!(Query::parse(query).is_empty(), empty, "{query}");
    }
}

#[test]
fn letter_case_does_not_matter_in_any_script() {
    let run = run("1", "ΟΔΟΣ Straße ПИЦЦА", None, None);
    let subject = Subject { run: &run, phase: Phase::Open, job_label: None };
    for query in ["οδος", "οδοσ", "STRAßE", "пицца", "ΟΔ"] {
        assert!(Query::parse(query).matches(subject), "{query}");
    }
}

#[test]
fn a_control_shows_what_the_text_asks_for() {
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
        assert_eq!(chosen(text, key), values, "{text}");
    }
}

#[test]
fn a_control_writes_into_the_text_and_leaves_the_rest_as_typed() {
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
        assert_eq!(choose(text, key, &values), result, "{text}");
    }
}

#[test]
fn counts_phases_in_order_and_statuses_by_frequency() {
    let runs = [
        (run("1", "", None, Some("Running")), Phase::Over),
        (run("2", "", None, Some("running")), Phase::Open),
        (run("3", "", None, Some("scheduled")), Phase::Over),
        (run("4", "", None, Some("failed")), Phase::Unknown),
        (run("5", "", None, None), Phase::Over),
    ];
    let counts = Counts::of(runs.iter().map(|(run, phase)| (run, *phase)));
    assert_eq!(counts.phases, [(Phase::Open, 1), (Phase::Over, 3), (Phase::Unknown, 1)]);
    let statuses = [("running", 2), ("failed", 1), ("scheduled", 1)];
    assert_eq!(counts.statuses, statuses.map(|(word, count)| (String::from(word), count)));
    assert_eq!(Counts::of(std::iter::empty()), Counts::default());
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,30}", "(phase:|status:|job:|-|\"|,|:| |open|over|[a-z]){0,16}"]
}

fn values() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof![any::<String>(), "[ ,:\"a-z-]{1,6}"], 0..4).prop_map(|values| {
        let mut kept: Vec<String> = Vec::new();
        for value in values {
            // What a control offers is lower case (some letters need two rounds to get there), not empty, and offered once.
            let value = value.to_lowercase().to_lowercase();
            if !value.is_empty() && value == value.to_lowercase() && !kept.contains(&value) {
                kept.push(value);
            }
        }
        kept
    })
}

proptest! {
    #[test]
    fn what_is_chosen_is_read_back(text in typed(), key in "status|job|name|id", values in values()) {
        prop_assert_eq!(chosen(&choose(&text, &key, &values), &key), values);
    }

    #[test]
    fn chosen_phases_are_read_back_and_asked_for(text in typed(), phases in prop::sample::subsequence(&Phase::ALL[..], 0..=5)) {
        let words: Vec<_> = phases.iter().map(|phase| String::from(phase.word())).collect();
        let text = choose(&text, "phase", &words);
        prop_assert_eq!(chosen(&text, "phase"), words);
        let asked = Query::parse(&text).terms.iter().any(|term| term.test == Test::Phase(phases.clone()) && !term.exclude);
        prop_assert_eq!(asked, !phases.is_empty());
    }

    #[test]
    fn choosing_leaves_every_other_term_alone(text in typed(), values in values()) {
        let others = |text: &str| -> Vec<_> {
            let terms = Query::parse(text).terms.into_iter();
            terms.filter(|term| term.exclude || !matches!(term.test, Test::Status(_))).collect()
        };
        prop_assert_eq!(others(&choose(&text, "status", &values)), others(&text));
    }

    #[test]
    fn choosing_twice_is_choosing_once(text in typed(), values in values()) {
        let once = choose(&text, "status", &values);
        prop_assert_eq!(choose(&once, "status", &values), once);
    }

    #[test]
    fn what_narrows_a_query_finds_no_run_that_it_does_not_find(
        wider in "(-?(name:|id:|phase:|status:)?[abAB]{0,3}( |,|\")?){1,3}", more in "[ab ,-]{0,4}", other in typed(),
        name in "[abAB ]{0,6}", id in "[ab]{1,5}", status in "[ab]{0,2}",
    ) {
        let run = run(&id, &name, None, Some(&status));
        let subject = Subject { run: &run, phase: Phase::Open, job_label: None };
        let typed_on = [wider.as_str(), more.as_str()].concat();
        for (query, wider) in [(&typed_on, &wider), (&wider, &typed_on), (&other, &wider), (&wider, &other)] {
            let (query, wider) = (Query::parse(query), Query::parse(wider));
            if query.narrows(&wider) && query.matches(subject) {
                prop_assert!(wider.matches(subject), "{query:?} {wider:?}");
            }
        }
    }

    #[test]
    fn any_query_on_any_run_does_no_harm(text in typed(), name in any::<String>(), label in prop::option::of(any::<String>())) {
        let run = run(&name, &name, Some(&name), Some(&name));
        let subject = Subject { run: &run, phase: Phase::Open, job_label: label.as_deref() };
        let _ = Query::parse(&text).matches(subject);
    }

    #[test]
    fn a_run_is_found_by_any_part_of_its_name(before in any::<String>(), part in "\\PC{1,8}", after in any::<String>()) {
        let run = run("", &[before, part.clone(), after].concat(), None, None);
        let subject = Subject { run: &run, phase: Phase::Open, job_label: None };
        for part in [part.clone(), part.to_lowercase(), fold(&part)] {
            prop_assert!(Query::parse(&token::quote(&part)).matches(subject) || !token::quote(&part).starts_with('"'));
            let term = ["name:", &["\"", &part.replace('"', "\"\""), "\""].concat()].concat();
            prop_assert!(Query::parse(&term).matches(subject), "{}", term);
        }
    }
}

proptest! {
    #[test]
    fn the_same_text_is_told_whatever_its_letter_case_and_the_space_around_it(
        a in "[ \u{a0}]{0,2}[aAbBäÄK\u{212a}1ß]{0,3}[ \t]{0,2}",
        b in "[ \u{a0}]{0,2}[aAbBäÄK\u{212a}1ß]{0,3}[ \t]{0,2}",
    ) {
        prop_assert_eq!(same_text(&a, &b), fold::fold(a.trim()) == fold::fold(b.trim()));
        let swapped = |c: char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        let other: String = a.trim().chars().map(swapped).collect();
        prop_assert!(same_text(&a, &other) && same_text(&other, &a));
    }
}
