use super::*;
use crate::run::{Run, RunId};
use proptest::prelude::*;
use std::sync::Arc;

fn run(start: Option<i64>, end: Option<i64>) -> Run {
    let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
    Run {
        id: RunId::new("a"),
        job_id: None,
        name: Arc::from(""),
        status: None,
        start_at: start.map(at),
        end_at: end.map(at),
        created_at: None,
        updated_at: None,
        odd_times: crate::run::OddTimes::default(),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

fn progress(run: &Run, now: Timestamp) -> Option<WindowProgress> {
    run.window().map(|window| WindowProgress::of(window, now))
}

#[test]
fn documented_run_was_created_an_hour_before_its_end() {
    let run = Run::read_body(include_str!("../../tests/fixtures/created.json")).unwrap();
    let elapsed = progress(&run, run.created_at.unwrap()).unwrap();
    assert_eq!(elapsed.until_start.words(), "17 h 27 min");
    assert_eq!(elapsed.until_end.words(), "59 min 59 s");
}

#[test]
fn progress_measures_how_much_of_the_window_has_elapsed() {
    let window = run(Some(100), Some(200));
    for (now, fraction, until_start, until_end) in
        [(0, 0.0, 100, 200), (100, 0.0, 0, 100), (150, 0.5, -50, 50), (200, 1.0, -100, 0), (300, 1.0, -200, -100)]
    {
        let elapsed = progress(&window, at(now)).unwrap();
        let spans = (Span::from_seconds(until_start), Span::from_seconds(until_end), Span::from_seconds(100));
        assert_eq!(elapsed.fraction, fraction, "{now}");
        assert_eq!((elapsed.until_start, elapsed.until_end, elapsed.length), spans, "{now}");
    }
    for (start, end) in [(None, Some(1)), (Some(1), None), (Some(1), Some(1)), (Some(2), Some(1))] {
        assert_eq!(progress(&run(start, end), at(0)), None);
    }
}

proptest! {
    #[test]
    fn any_window_has_a_fraction_within_bounds_and_a_positive_length(
        start in any::<i64>(), end in any::<i64>(), now in any::<i64>(),
    ) {
        let time = Timestamp::from_millis;
        let run = Run { start_at: Some(time(start)), end_at: Some(time(end)), ..run(None, None) };
        if let Some(elapsed) = progress(&run, time(now)) {
            prop_assert!((0.0..=1.0).contains(&elapsed.fraction));
            prop_assert!(elapsed.length.millis() > 0);
        }
    }
}
