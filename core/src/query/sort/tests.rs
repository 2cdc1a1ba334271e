use super::*;
use crate::phase::Phase;
use crate::query::case_folding::fold;
use crate::query::folded_texts::FoldedTexts;
use crate::run::RunId;
use proptest::prelude::*;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A run, its phase, and its job's label.
type Row = (Run, Phase, Option<String>);

fn row(id: &str) -> Row {
    let run = Run {
        id: RunId::new(id),
        job_id: None,
        name: Arc::from(""),
        status: None,
        start_at: None,
        end_at: None,
        created_at: None,
        updated_at: None,
        odd_times: crate::run::OddTimes::default(),
    };
    (run, Phase::Open, None)
}

fn subject(row: &Row) -> IndexedRun<'_> {
    IndexedRun { run: &row.0, phase: row.1, job_label: row.2.as_deref() }
}

fn at(seconds: i64) -> Option<Timestamp> {
    Some(Timestamp::from_millis(seconds * 1000))
}

fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

const NOW: Timestamp = Timestamp::from_millis(100_000);

/// What [`sort_all`] is compared with.
fn compare(sort: Sort, a: &Row, b: &Row) -> Ordering {
    let (of_a, of_b) = (subject(a), subject(b));
    let fold = |text: Option<&str>| text.map(|text| fold(text, &nfkc));
    let text = |a, b| sort.order(fold(a), fold(b), String::cmp);
    let by_key = match sort.key {
        SortKey::Name => text(name(of_a.run), name(of_b.run)),
        SortKey::Status => sort
            .order(state(of_a.run, NOW), state(of_b.run, NOW), RunState::cmp)
            .then_with(|| text(status(of_a.run), status(of_b.run))),
        SortKey::Job => text(job(of_a), job(of_b)),
        SortKey::Start | SortKey::End | SortKey::Created => Ordering::Equal,
        SortKey::Length | SortKey::Countdown | SortKey::Section => {
            sort.rank(of_a.run, NOW).cmp(&sort.rank(of_b.run, NOW))
        }
    };
    by_key.then_with(|| sort.compare_times(of_a.run, of_b.run))
}

fn sort_places(sort: Sort, rows: &[Row], places: &mut [usize]) {
    let subjects: Vec<_> = rows.iter().map(subject).collect();
    sort_all(sort, &subjects, NOW, &mut FoldedTexts::default(), &nfkc, places);
}

/// The ids in sorted order.
fn sorted(text: &str, rows: Vec<Row>) -> Vec<String> {
    let mut places: Vec<usize> = (0..rows.len()).collect();
    sort_places(Sort::parse(text).unwrap(), &rows, &mut places);
    places.into_iter().map(|place| String::from(rows[place].0.id.as_str())).collect()
}

#[test]
fn sort_round_trips_through_its_text() {
    for key in SortKey::ALL {
        for descending in [false, true] {
            let sort = Sort { key, descending };
            assert_eq!(Sort::parse(&sort.text()), Some(sort));
        }
    }
    assert_eq!(Sort::default().text(), "section");
    assert_eq!(Sort::parse("section"), Some(Sort::default()));
    for text in ["", "-", "--start", "Start", "colour", " start", "+start"] {
        assert_eq!(Sort::parse(text), None, "{text}");
    }
}

#[test]
fn length_and_countdown_sort_runs_without_one_last() {
    let with = |id: &str, start, end| {
        let mut row = row(id);
        (row.0.start_at, row.0.end_at) = (at(start), at(end));
        row
    };
    // The second is open, the third has ended.
    let rows = || {
        vec![with("next", 120, 130), with("open", 90, 150), with("ended", 10, 90), with("later", 160, 600), row("none")]
    };
    assert_eq!(sorted("length", rows()), ["next", "open", "ended", "later", "none"]);
    assert_eq!(sorted("-length", rows()), ["later", "ended", "open", "next", "none"]);
    assert_eq!(sorted("countdown", rows()), ["next", "open", "later", "ended", "none"]);
    assert_eq!(sorted("-countdown", rows()), ["later", "open", "next", "ended", "none"]);
}

#[test]
fn names_sort_case_insensitively_and_unnamed_runs_last() {
    let named = |id: &str, name: &str| {
        let mut row = row(id);
        row.0.name = Arc::from(name);
        row
    };
    let rows = || {
        vec![
            named("1", "b"),
            named("2", ""),
            named("3", "A"),
            named("4", "C"),
            named("5", "Ä"),
            named("6", "A\u{308}a"),
        ]
    };
    assert_eq!(sorted("name", rows()), ["3", "1", "4", "5", "6", "2"]);
    assert_eq!(sorted("-name", rows()), ["6", "5", "4", "1", "3", "2"]);
}

#[test]
fn what_ended_last_comes_first_behind_all_countdowns() {
    let with = |id: &str, status: &str, start: i64, end: i64| {
        let mut row = row(id);
        let at = |seconds: i64| Some(NOW.plus(Span::from_seconds(seconds)));
        (row.0.status, row.0.start_at, row.0.end_at) = (Some(Status::new(status)), at(start), at(end));
        row
    };
    let rows = || {
        vec![
            with("1", "scheduled", -90, -60),
            with("2", "stopped", -90, -30),
            with("3", "scheduled", -90, -10),
            with("4", "scheduled", 20, 30),
            with("5", "running", -10, 10),
        ]
    };
    assert_eq!(sorted("countdown", rows()), ["5", "4", "3", "2", "1"]);
    assert_eq!(sorted("-countdown", rows()), ["4", "5", "3", "2", "1"]);
}

#[test]
fn status_sorts_by_state_then_by_word() {
    let with = |id: &str, phase, status: Option<&str>| {
        let mut row = row(id);
        row.0.status = status.map(Status::new);
        (row.0, phase, None)
    };
    let rows = || {
        vec![
            with("1", Phase::Unknown, Some("a")),
            with("2", Phase::Over, Some("completed")),
            with("3", Phase::Over, Some("failed")),
            with("4", Phase::Upcoming, Some("Scheduled")),
            with("5", Phase::Over, Some("running")),
        ]
    };
    assert_eq!(sorted("status", rows()), ["4", "5", "2", "3", "1"]);
    assert_eq!(sorted("-status", rows()), ["3", "2", "5", "4", "1"]);
}

#[test]
fn job_sorts_by_label_or_else_by_id() {
    let with = |id: &str, job: Option<&str>, label: Option<&str>| {
        let mut row = row(id);
        row.0.job_id = job.map(JobId::new);
        (row.0, Phase::Open, label.map(String::from))
    };
    let rows = || {
        vec![
            with("1", None, None),
            with("2", Some("9"), Some("apple")),
            with("3", Some("b"), None),
            with("4", Some("1"), None),
        ]
    };
    assert_eq!(sorted("job", rows()), ["4", "2", "3", "1"]);
    assert_eq!(sorted("-job", rows()), ["3", "2", "4", "1"]);
}

#[test]
fn missing_times_sort_last_in_both_directions_and_ties_by_creation() {
    let with = |id: &str, start, created| {
        let mut row = row(id);
        (row.0.start_at, row.0.end_at, row.0.created_at) = (start, start, created);
        row
    };
    let rows = || {
        vec![
            with("1", at(5), at(1)),
            with("2", at(5), at(2)),
            with("3", None, at(9)),
            with("4", at(1), None),
            with("6", at(9), None),
            with("5", at(9), None),
        ]
    };
    for key in ["start", "end"] {
        assert_eq!(sorted(key, rows()), ["4", "2", "1", "5", "6", "3"], "{key}");
        assert_eq!(sorted(&format!("-{key}"), rows()), ["5", "6", "2", "1", "4", "3"], "-{key}");
    }
    assert_eq!(sorted("created", rows()), ["1", "2", "3", "4", "5", "6"]);
    assert_eq!(sorted("-created", rows()), ["3", "2", "1", "4", "5", "6"]);
}

fn rows() -> impl Strategy<Value = Row> {
    let word = || prop::option::of("[aAbBßσςkK\u{212a}ä\u{308}ﬁ]{0,2}");
    let time = || prop::option::of(0_i64..3);
    (("[ab]{1,2}", word(), word(), word(), word()), (time(), time(), time()), prop::sample::select(&Phase::ALL[..]))
        .prop_map(|((id, name, job, status, label), (start, end, created), phase)| {
            let (mut run, ..) = row(&id);
            run.name = Arc::from(name.unwrap_or_default());
            run.job_id = job.as_deref().map(JobId::new);
            run.status = status.as_deref().map(Status::new);
            run.start_at = start.and_then(at);
            run.end_at = end.and_then(at);
            run.created_at = created.and_then(at);
            (run, phase, label)
        })
}

proptest! {
    #[test]
    fn sort_all_agrees_with_compare_and_unknown_places_come_last(
        rows in prop::collection::vec(rows(), 0..40),
        key in prop::sample::select(&SortKey::ALL[..]),
        descending in any::<bool>(),
        more in 0_usize..20,
        turn in any::<usize>(),
    ) {
        let sort = Sort { key, descending };
        let count = rows.len() + more;
        let mut places: Vec<usize> = (0..count).collect();
        places.rotate_left(turn.checked_rem(count).unwrap_or(0));
        let (mut expected, mut nothing): (Vec<usize>, Vec<usize>) = places.iter().partition(|place| **place < rows.len());
        sort_places(sort, &rows, &mut places);
        expected.sort_by(|a, b| compare(sort, &rows[*a], &rows[*b]));
        nothing.sort_unstable();
        expected.extend(nothing);
        prop_assert_eq!(places, expected);
    }

    #[test]
    fn every_sort_is_a_total_order(a in rows(), b in rows(), c in rows(), key in prop::sample::select(&SortKey::ALL[..]), descending in any::<bool>()) {
        let sort = Sort { key, descending };
        let compare = |a: &Row, b: &Row| compare(sort, a, b);
        prop_assert_eq!(compare(&a, &a), Ordering::Equal);
        prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
        if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
            prop_assert!(compare(&a, &c).is_le());
        }
        if compare(&a, &b).is_eq() {
            prop_assert_eq!(&a.0.id, &b.0.id);
        }
    }
}
