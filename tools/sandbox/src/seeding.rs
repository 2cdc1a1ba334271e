//! Runs that a new sandbox starts with: every status, windows over the past months up to the next days, and some of a
//! few minutes around now, so that things visibly move.

use crate::hash::Stable;
use crate::run::StoredRun;
use crate::time::Millis;

pub mod jobs;
mod names;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// More runs than this that move around now would be no picture of anything.
const MOVING: u64 = 40;

/// What becomes of a seeded run.
#[derive(Clone, Copy, Debug)]
enum Story {
    /// A window of a few minutes around now.
    Moving,
    /// A window that opens within the next days.
    Upcoming,
    /// A window of days that is open now.
    Open,
    /// Stopped before its end.
    Stopped,
    /// Broke down before its end.
    Failed,
    /// Came to its end.
    Completed,
}

/// `number` runs, oldest first by `created_at`. The same for the same arguments, for ever.
#[must_use]
pub fn runs(number: u64, seed: u64, now: Millis) -> Vec<StoredRun> {
    let jobs = jobs::jobs();
    let mut runs: Vec<StoredRun> = (0..number).filter_map(|index| run(index, seed, now, &jobs)).collect();
    runs.sort_by(|one, other| one.created_at.cmp(&other.created_at).then_with(|| one.id.cmp(&other.id)));
    runs
}

/// Twenty runs in a row hold every story at least once.
fn story(index: u64) -> Story {
    match index % 20 {
        0 if index < 20 * MOVING => Story::Moving,
        3 if index < 20 * MOVING => Story::Upcoming,
        7 if index < 20 * MOVING => Story::Open,
        5 | 11 => Story::Stopped,
        13 => Story::Failed,
        _ => Story::Completed,
    }
}

/// `None` cannot happen: there are jobs to pick from.
fn run(index: u64, seed: u64, now: Millis, jobs: &[jobs::Job]) -> Option<StoredRun> {
    let mut stream = Stable::new(seed, "seeded run").number(index);
    let id = stream.uuid();
    let job = stream.pick(jobs)?;
    let name = names::name(job.label, &mut stream);
    let story = story(index);
    let mut within = |low: i64, high: i64| {
        let drawn = stream.between(0, high.saturating_sub(low).unsigned_abs());
        low.saturating_add(drawn.cast_signed())
    };
    let (starts_in, length) = match story {
        // The first is always open, whatever the seed.
        Story::Moving if index == 0 => (-30 * SECOND, 6 * MINUTE),
        Story::Moving => (within(-4 * MINUTE, 3 * MINUTE), within(2 * MINUTE, 12 * MINUTE)),
        Story::Upcoming => (within(20 * MINUTE, 6 * DAY), within(HOUR, 2 * DAY)),
        Story::Open => {
            let elapsed = within(10 * MINUTE, 2 * DAY);
            (-elapsed, elapsed + within(10 * MINUTE, 2 * DAY))
        }
        Story::Stopped | Story::Failed | Story::Completed => {
            let length = within(30 * MINUTE, 3 * DAY);
            (-length - within(5 * MINUTE, 150 * DAY), length)
        }
    };
    let start_at = whole_seconds(now.plus(starts_in));
    let end_at = start_at.plus(length / SECOND * SECOND);
    let lead = within(5 * MINUTE, 3 * DAY);
    // Nothing is created in the future: a late start was created a moment ago instead.
    let created_at = start_at.plus(-lead).min(now.plus(-within(MINUTE, 40 * MINUTE)));
    let part_way = start_at.plus(length * within(3, 90) / 100);
    Some(StoredRun {
        id,
        job_id: job.id.clone(),
        name,
        start_at,
        end_at,
        created_at,
        stopped_at: matches!(story, Story::Stopped).then_some(part_way),
        fails_at: matches!(story, Story::Failed).then_some(part_way),
        seed,
    })
}

/// People schedule by the second at the finest.
fn whole_seconds(at: Millis) -> Millis {
    Millis::new(at.seconds().saturating_mul(SECOND))
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::run::Status;

    fn now() -> Millis {
        Millis::parse("2030-06-15T12:00:00.123Z").unwrap()
    }

    #[test]
    fn are_the_same_for_the_same_seed_and_others_for_another() {
        assert_eq!(runs(300, 7, now()), runs(300, 7, now()));
        assert_ne!(runs(300, 7, now()), runs(300, 8, now()));
    }

    #[test]
    fn twenty_runs_show_every_status() {
        for seed in 0..50 {
            let seen: HashSet<_> = runs(20, seed, now()).iter().map(|run| format!("{:?}", run.status(now()))).collect();
            assert_eq!(seen.len(), 5, "seed {seed}: {seen:?}");
        }
    }

    #[test]
    fn hold_together() {
        let runs = runs(5_000, 1, now());
        let mut ids = HashSet::new();
        let mut statuses: HashMap<String, usize> = HashMap::new();
        for run in &runs {
            assert!(ids.insert(&run.id), "{} twice", run.id);
            assert!(run.start_at < run.end_at && run.created_at < now(), "{run:?}");
            assert!((1..=255).contains(&run.name.chars().count()), "{run:?}");
            for end in [run.stopped_at, run.fails_at].into_iter().flatten() {
                assert!(run.start_at <= end && end < run.end_at && end < now(), "{run:?}");
            }
            *statuses.entry(format!("{:?}", run.status(now()))).or_default() += 1;
        }
        assert!(runs.is_sorted_by_key(|run| run.created_at));
        let over = runs.iter().filter(|run| run.status(now()) == Status::Completed).count();
        assert!(over > runs.len() / 2, "{statuses:?}");
        let names: HashSet<_> = runs.iter().map(|run| &run.name).collect();
        assert!(names.len() > runs.len() / 2, "{} names", names.len());
    }

    #[test]
    fn something_moves_around_now() {
        let moving = runs(400, 1, now())
            .iter()
            .filter(|run| run.status(now()) == Status::Running && run.end_at.since(run.start_at) <= 12 * MINUTE)
            .count();
        assert!(moving >= 3, "{moving}");
    }

    #[test]
    fn the_jobs_are_forty_with_the_printed_one() {
        let jobs = jobs::jobs();
        assert_eq!(jobs.len(), 40);
        assert_eq!(jobs.first().map(|job| job.id.as_str()), Some("12345678"));
        assert_eq!(jobs.iter().map(|job| &job.id).collect::<HashSet<_>>().len(), 40);
    }
}
