use super::*;
use crate::run::JobId;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

fn new_run(start: i64, end: i64) -> NewRun {
    NewRun { job_id: JobId::new("j"), name: String::from("Sale"), start_at: after(start), end_at: after(end) }
}

fn run(id: &str, job: &str, name: &str, status: &str, window: Option<(i64, i64)>) -> Run {
    Run {
        id: RunId::new(id),
        job_id: Some(JobId::new(job)),
        name: Arc::from(name),
        status: Some(Status::new(status)),
        start_at: window.map(|(start, _)| after(start)),
        end_at: window.map(|(_, end)| after(end)),
        created_at: None,
        updated_at: None,
        odd_times: crate::run::OddTimes::default(),
    }
}

fn warned(new_run: &NewRun, runs: &[Run]) -> Vec<Warning> {
    warnings(new_run, NOW, &mut runs.iter())
}

fn named(warning: &Warning) -> Vec<&str> {
    warning.clashes().unwrap().runs.iter().map(|clash| clash.id.as_str()).collect()
}

#[test]
fn window_warnings_start_at_their_thresholds() {
    let seconds = Span::from_seconds;
    for (start, end, expected) in [
        (-5, 3600, vec![]),
        (-6, 3600, vec![Warning::StartsAtOnce(seconds(6))]),
        (10, 86_410, vec![]),
        (10, 86_411, vec![Warning::LongWindow(seconds(86_401))]),
        (10, 301, vec![]),
        (10, 300, vec![Warning::EndsSoon(seconds(300))]),
        (
            -90_000,
            0,
            vec![
                Warning::StartsAtOnce(seconds(90_000)),
                Warning::LongWindow(seconds(90_000)),
                Warning::EndsSoon(seconds(0)),
            ],
        ),
        (-4, -3, vec![Warning::EndsSoon(seconds(0))]),
    ] {
        assert_eq!(warned(&new_run(start, end), &[]), expected, "{start} {end}");
    }
}

#[test]
fn only_active_runs_of_the_same_job_overlap() {
    for (job, status, window, overlaps) in [
        ("j", "scheduled", Some((1500, 2500)), true),
        ("j", "scheduled", Some((500, 3500)), true),
        ("j", "odd", Some((1999, 9000)), true),
        ("ｊ\u{200b}", "scheduled", Some((1500, 2500)), true),
        ("J", "scheduled", Some((1500, 2500)), false),
        ("j", "running", Some((2000, 9000)), false),
        ("j", "running", Some((0, 1000)), false),
        ("j", "running", Some((0, 1001)), true),
        ("k", "scheduled", Some((1500, 2500)), false),
        ("j", "stopped", Some((1500, 2500)), false),
        ("j", "completed", Some((1500, 2500)), false),
        ("j", "failed", Some((1500, 2500)), false),
    ] {
        let found = warned(&new_run(1000, 2000), &[run("a", job, "x", status, window)]);
        assert_eq!(!found.is_empty(), overlaps, "{job} {status} {window:?}");
    }
}

#[test]
fn active_runs_of_the_same_job_without_a_window_are_not_compared() {
    let reversed = Some((2500, 1500));
    for (job, status, window, named_there) in [
        ("j", "scheduled", None, true),
        ("j", "running", reversed, true),
        ("j", "odd", Some((1500, 1500)), true),
        ("j", "stopped", None, false),
        ("j", "completed", reversed, false),
        ("j", "failed", None, false),
        ("k", "scheduled", None, false),
    ] {
        let found = warned(&new_run(1000, 2000), &[run("a", job, "x", status, window)]);
        assert_eq!(found.len(), usize::from(named_there), "{job} {status} {window:?}");
        assert!(found.iter().all(|warning| matches!(warning, Warning::NotCompared(_)) && named(warning) == ["a"]));
    }
}

#[test]
fn touching_windows_do_not_overlap() {
    let mut before = run("a", "j", "x", "running", Some((0, 1000)));
    before.end_at = Some(after(1000).plus(Span::from_millis(999)));
    assert_eq!(warned(&new_run(1000, 2000), &[before]), []);
}

#[test]
fn runs_with_the_same_name_are_listed_newest_first() {
    let mut runs: Vec<Run> = (0..7)
        .map(|n| Run { created_at: Some(after(n)), ..run(&n.to_string(), "k", "sale ", "stopped", None) })
        .collect();
    runs.push(run("never", "k", "\u{feff}SA\u{ad}LE\u{a0}", "x", None));
    runs.push(run("other", "k", "Sales", "x", None));
    let found = warned(&new_run(1000, 2000), &runs);
    assert_eq!(found.len(), 1);
    assert_eq!(named(&found[0]), ["6", "5", "4", "3", "2"]);
    assert!(matches!(&found[0], Warning::NameInUse(clashes) if clashes.total == 8));
    runs.truncate(1);
    assert_eq!(named(&warned(&new_run(1000, 2000), &runs)[0]), ["0"]);
}

proptest! {
    #[test]
    fn windows_overlap_exactly_when_they_share_a_second(a in 0_i64..40, b in 1_i64..20, c in 0_i64..40, d in 1_i64..20) {
        let other = run("a", "j", "x", "scheduled", Some((1000 + c, 1000 + c + d)));
        let found = warned(&new_run(1000 + a, 1000 + a + b), &[other]);
        let share = (a..a + b).any(|second| (c..c + d).contains(&second));
        prop_assert_eq!(found.len(), usize::from(share));
    }
}
