//! Sample runs: every status, windows from the past months to the next days, and some short windows around now so that
//! something visibly changes.

use crate::run::StoredRun;
use crate::seeded_rng::SeededRng;
use crate::timestamp::Timestamp;

pub(crate) mod jobs;
mod names;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Only the first runs include open and upcoming ones, because nobody has thousands of those at a time.
const RUNS_WITH_CURRENT: u64 = 800;
/// Of the first runs, those that fail did so within days; the console wants somebody to look into these.
const RECENT_FAILURES_BEFORE: u64 = 40;

#[derive(Clone, Copy, Debug)]
enum Scenario {
    /// A window of a few minutes around now.
    Short,
    /// A window that opens within the next days.
    Upcoming,
    /// A window of days that is open now.
    Long,
    /// Stopped before its end.
    Stopped,
    /// Failed before its end.
    Failed,
    Completed,
}

/// `count` runs, oldest first by `created_at`. The same arguments give the same runs in every version.
pub(crate) fn sample_runs(count: u64, seed: u64, now: Timestamp) -> Vec<StoredRun> {
    let jobs = jobs::jobs();
    let mut runs: Vec<StoredRun> = (0..count).filter_map(|index| run(index, seed, now, &jobs)).collect();
    runs.sort_by(|one, other| one.created_at.cmp(&other.created_at).then_with(|| one.id.cmp(&other.id)));
    runs
}

/// Every scenario occurs at least once in twenty runs.
fn scenario(index: u64) -> Scenario {
    match index % 20 {
        0 if index < RUNS_WITH_CURRENT => Scenario::Short,
        3 if index < RUNS_WITH_CURRENT => Scenario::Upcoming,
        7 if index < RUNS_WITH_CURRENT => Scenario::Long,
        5 | 11 => Scenario::Stopped,
        13 => Scenario::Failed,
        _ => Scenario::Completed,
    }
}

/// Never `None`, because `jobs` is not empty.
fn run(index: u64, seed: u64, now: Timestamp, jobs: &[jobs::Job]) -> Option<StoredRun> {
    let mut rng = SeededRng::new(seed, "seeded run").with_number(index);
    let id = rng.uuid().to_string();
    let job = rng.choose(jobs)?;
    let name = names::name(job.label, &mut rng);
    let scenario = scenario(index);
    let mut between = |low: i64, high: i64| {
        let distance = rng.in_range(0..=high.saturating_sub(low).unsigned_abs());
        low.saturating_add(distance.cast_signed())
    };
    let (starts_in, length) = match scenario {
        // The first run is always open, whatever the seed.
        Scenario::Short if index == 0 => (-30 * SECOND, 6 * MINUTE),
        Scenario::Short => (between(-4 * MINUTE, 3 * MINUTE), between(2 * MINUTE, 12 * MINUTE)),
        Scenario::Upcoming => (between(20 * MINUTE, 6 * DAY), between(HOUR, 2 * DAY)),
        Scenario::Long => {
            let elapsed = between(10 * MINUTE, 2 * DAY);
            (-elapsed, elapsed + between(10 * MINUTE, 2 * DAY))
        }
        // Recent enough that somebody has to look into it.
        Scenario::Failed if index < RECENT_FAILURES_BEFORE => {
            let length = between(HOUR, 2 * DAY);
            (-length - between(HOUR, 4 * DAY), length)
        }
        Scenario::Stopped | Scenario::Failed | Scenario::Completed => {
            let length = between(30 * MINUTE, 3 * DAY);
            (-length - between(5 * MINUTE, 150 * DAY), length)
        }
    };
    let start_at = whole_seconds(now.plus_millis(starts_in));
    let end_at = start_at.plus_millis(length / SECOND * SECOND);
    let lead = between(5 * MINUTE, 3 * DAY);
    // Even a run that starts late was created in the past.
    let created_at = start_at.plus_millis(-lead).min(now.plus_millis(-between(MINUTE, 40 * MINUTE)));
    let early_end = start_at.plus_millis(length * between(3, 90) / 100);
    Some(StoredRun {
        id,
        job_id: job.id.clone(),
        name,
        start_at,
        end_at,
        created_at,
        stopped_at: matches!(scenario, Scenario::Stopped).then_some(early_end),
        fails_at: matches!(scenario, Scenario::Failed).then_some(early_end),
        seed,
    })
}

/// People schedule runs to the second.
fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millis(at.seconds().saturating_mul(SECOND))
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::run::Status;

    fn now() -> Timestamp {
        Timestamp::parse("2030-06-15T12:00:00.123Z").unwrap()
    }

    #[test]
    fn the_seed_decides_the_runs() {
        assert_eq!(sample_runs(300, 7, now()), sample_runs(300, 7, now()));
        assert_ne!(sample_runs(300, 7, now()), sample_runs(300, 8, now()));
    }

    #[test]
    fn twenty_runs_have_every_status() {
        for seed in 0..50 {
            let seen: HashSet<_> = sample_runs(20, seed, now()).iter().map(|run| run.status(now())).collect();
            assert_eq!(seen.len(), 5, "seed {seed}: {seen:?}");
        }
    }

    #[test]
    fn are_consistent() {
        let runs = sample_runs(5_000, 1, now());
        let mut ids = HashSet::new();
        let mut statuses: HashMap<Status, usize> = HashMap::new();
        for run in &runs {
            assert!(ids.insert(&run.id), "{} twice", run.id);
            assert!(run.start_at < run.end_at && run.created_at < now(), "{run:?}");
            assert!((1..=255).contains(&run.name.chars().count()), "{run:?}");
            for end in [run.stopped_at, run.fails_at].into_iter().flatten() {
                assert!(run.start_at <= end && end < run.end_at && end < now(), "{run:?}");
            }
            *statuses.entry(run.status(now())).or_default() += 1;
        }
        assert!(runs.is_sorted_by_key(|run| run.created_at));
        let over = runs.iter().filter(|run| run.status(now()) == Status::Completed).count();
        assert!(over > runs.len() / 2, "{statuses:?}");
        let names: HashSet<_> = runs.iter().map(|run| &run.name).collect();
        assert!(names.len() > runs.len() / 2, "{} names", names.len());
    }

    #[test]
    fn some_short_windows_are_open_now() {
        let open_now = sample_runs(400, 1, now())
            .iter()
            .filter(|run| run.status(now()) == Status::Running && run.end_at.millis_since(run.start_at) <= 12 * MINUTE)
            .count();
        assert!(open_now >= 3, "{open_now}");
    }

    #[test]
    fn there_are_forty_jobs_with_the_printed_one_first() {
        let jobs = jobs::jobs();
        assert_eq!(jobs.len(), 40);
        assert_eq!(jobs.first().map(|job| job.id.as_str()), Some("12345678"));
        assert_eq!(jobs.iter().map(|job| &job.id).collect::<HashSet<_>>().len(), 40);
    }
}
