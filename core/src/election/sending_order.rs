//! How all runs are divided into messages for a tab that knows none.

use super::RUNS_PER_MESSAGE;
use crate::query::Sort;
use crate::run::{Run, RunId};
use crate::time::Timestamp;
use std::sync::Arc;

/// More than a screen shows, and few enough that the new tab can show them at once.
const FIRST_PART: usize = 100;

/// The ids of all runs, a part for each message; one empty part if there are none. First come those that the list shows first as long
/// as nobody has sorted or searched it, so that its first screen does not move while the others arrive.
pub fn in_sending_order(runs: &[Arc<Run>], now: Timestamp) -> Vec<Vec<RunId>> {
    let order = Sort::default();
    let mut ranked: Vec<(u64, &Arc<Run>)> = runs.iter().map(|run| (order.rank(run, now), run)).collect();
    let is_long = ranked.len() > FIRST_PART;
    if is_long {
        ranked.select_nth_unstable_by_key(FIRST_PART, |(rank, _)| *rank);
    }
    let (first, others) = ranked.split_at(if is_long { FIRST_PART } else { ranked.len() });
    let ids = |part: &[(u64, &Arc<Run>)]| part.iter().map(|(_, run)| run.id.clone()).collect();
    std::iter::once(ids(first)).chain(others.chunks(RUNS_PER_MESSAGE).map(ids)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

    fn starting(seconds: &[i64]) -> Vec<Arc<Run>> {
        let at = |seconds: i64| Some(NOW.plus(Span::from_seconds(seconds)));
        let run = |(place, seconds): (usize, &i64)| Run {
            start_at: at(*seconds),
            end_at: at(seconds + 60),
            ..Run::new(RunId::new(&place.to_string()))
        };
        seconds.iter().enumerate().map(run).map(Arc::new).collect()
    }

    #[test]
    fn no_runs_are_one_empty_part() {
        assert_eq!(in_sending_order(&[], NOW), [Vec::<RunId>::new()]);
    }

    proptest! {
        #[test]
        fn each_run_is_sent_once_and_the_first_part_is_what_the_list_begins_with(
            seconds in prop::collection::vec(-100_000..100_000_i64, 0..2_500),
        ) {
            let runs = starting(&seconds);
            let parts = in_sending_order(&runs, NOW);
            prop_assert!(parts.iter().all(|part| part.len() <= RUNS_PER_MESSAGE));
            prop_assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), runs.len());
            let sent: BTreeSet<_> = parts.iter().flatten().map(RunId::as_str).collect();
            prop_assert_eq!(sent.len(), runs.len());

            let first: BTreeSet<_> = parts.first().into_iter().flatten().map(RunId::as_str).collect();
            prop_assert_eq!(first.len(), runs.len().min(FIRST_PART));
            let rank = |run: &Arc<Run>| Sort::default().rank(run, NOW);
            let (in_first, later): (Vec<_>, Vec<_>) = runs.iter().partition(|run| first.contains(run.id.as_str()));
            let last_of_first = in_first.into_iter().map(rank).max();
            prop_assert!(later.into_iter().map(rank).all(|rank| Some(rank) >= last_of_first));
        }
    }
}
