use super::*;
use crate::summary::{Deliveries, Responses};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn summary(responders: u64, succeeded: Option<u64>) -> Summary {
    Summary {
        responses: Some(Responses { recipients: Some(responders) }),
        deliveries: Some(Deliveries { succeeded, ..Deliveries::default() }),
        other_run: None,
        unreadable: Default::default(),
    }
}

fn samples(readings: &[(i64, u64, Option<u64>)]) -> SummaryHistory {
    let mut samples = SummaryHistory::default();
    for (seconds, responders, succeeded) in readings {
        samples.record(NOW.plus(Span::from_seconds(*seconds)), &summary(*responders, *succeeded));
    }
    samples
}

#[test]
fn changes_are_measured_since_the_last_sample_and_since_opening() {
    let samples = samples(&[(0, 4, None), (15, 9, Some(2)), (30, 8, Some(2))]);
    let told = |metric| (samples.change_since_last(metric), samples.change_since_opened(metric));
    assert_eq!(told(Metric::Responders), (Some(-1), Some(4)));
    assert_eq!(told(Metric::Succeeded), (Some(0), None), "a missing count is not zero");
    assert_eq!(told(Metric::Info), (None, None));
}

#[test]
fn single_sample_has_no_change() {
    let samples = samples(&[(0, 4, Some(1))]);
    assert_eq!(
        (samples.change_since_last(Metric::Responders), samples.change_since_opened(Metric::Responders)),
        (None, None)
    );
    assert_eq!((samples.rate(Metric::Responders), samples.unchanged_for()), (None, None));
}

#[test]
fn unchanged_duration_is_reported() {
    let readings = [(0, 4, None), (60, 5, None), (120, 5, None), (420, 5, None)];
    assert_eq!(samples(&readings).unchanged_for(), Some(Span::from_minutes(6)));
    assert_eq!(samples(&readings[..2]).unchanged_for(), Some(Span::default()));
}

#[test]
fn rate_covers_the_last_ten_minutes() {
    let rate = |readings: &[(i64, u64, Option<u64>)]| {
        samples(readings)
            .rate(Metric::Responders)
            .map(|rate| (rate.tenths_per_minute, rate.samples, rate.over.millis() / 1000))
    };
    assert_eq!(rate(&[(0, 0, None), (60, 12, None), (120, 25, None)]), Some((125, 3, 120)));
    assert_eq!(rate(&[(0, 0, None), (301, 900, None), (901, 901, None)]), Some((1, 2, 600)));
    assert_eq!(rate(&[(0, 0, None), (29, 12, None)]), None, "too little to say");
    assert_eq!(rate(&[(0, 12, None), (60, 3, None)]), None, "a count that fell has no rate");
}

#[test]
fn old_samples_are_thinned_and_the_first_and_newest_kept() {
    let readings: Vec<(i64, u64, Option<u64>)> = (0..5000).map(|n| (n * 5, n as u64, None)).collect();
    let samples = samples(&readings);
    assert!(samples.samples().len() <= MAX_SAMPLES);
    assert!(samples.samples().windows(2).all(|pair| pair[0].at < pair[1].at));
    assert_eq!(samples.change_since_opened(Metric::Responders), Some(4999));
    assert_eq!(samples.change_since_last(Metric::Responders), Some(1));
}

proptest! {
    #[test]
    fn any_samples_are_accepted(readings in prop::collection::vec((any::<i64>(), any::<u64>(), prop::option::of(any::<u64>())), 0..20)) {
        let mut samples = SummaryHistory::default();
        for (at, responders, succeeded) in readings {
            samples.record(Timestamp::from_millis(at), &summary(responders, succeeded));
            for metric in Metric::ALL {
                let _ = (samples.change_since_last(metric), samples.change_since_opened(metric), samples.rate(metric), samples.unchanged_for());
            }
        }
    }
}
