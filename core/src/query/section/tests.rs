use super::*;
use crate::run::{RunId, Status};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const HOUR: i64 = 3_600_000;

/// A run with a window in hours from now.
fn run(id: &str, status: &str, start: i64, end: i64) -> Run {
    let at = |hours: i64| Timestamp::from_millis(NOW.millis() + hours * HOUR);
    Run {
        status: (!status.is_empty()).then(|| Status::new(status)),
        start_at: Some(at(start)),
        end_at: Some(at(end)),
        ..Run::new(RunId::new(id))
    }
}

#[test]
fn what_needs_somebody_comes_first_and_history_last() {
    let mut runs = [
        run("ended long ago", "completed", -90, -80),
        run("unknown", "", 5, 4),
        run("starts later", "scheduled", 20, 30),
        run("failed long ago", "failed", -400, -300),
        run("ends later", "running", -1, 9),
        run("ended last", "stopped", -5, -1),
        run("starts next", "scheduled", 2, 90),
        run("failed", "failed", -9, -8),
        run("ends next", "running", -8, 1),
        run("stuck", "running", -9, -2),
    ];
    runs.sort_by_key(|run| rank(run, NOW));
    let ids: Vec<&str> = runs.iter().map(|run| run.id.as_str()).collect();
    let order = [
        "stuck",
        "failed",
        "ends next",
        "ends later",
        "starts next",
        "starts later",
        "ended last",
        "ended long ago",
        "failed long ago",
        "unknown",
    ];
    assert_eq!(ids, order);
}

#[test]
fn a_missing_time_comes_last_in_its_section() {
    let without = Run { end_at: None, ..run("a", "running", -1, 1) };
    let far = run("b", "running", -1, 1_000_000);
    assert!(rank(&far, NOW) < rank(&without, NOW));
    assert!(rank(&without, NOW) < rank(&run("c", "scheduled", 1, 2), NOW));
}

proptest! {
    #[test]
    fn sections_never_mix(
        runs in prop::collection::vec(
            (prop::sample::select(vec!["", "scheduled", "running", "completed", "failed", "stopped", "odd"]), any::<i64>(), any::<i64>()),
            2..20,
        ),
    ) {
        let time = Timestamp::from_millis;
        let mut runs: Vec<Run> = runs
            .into_iter()
            .map(|(status, start, end)| Run { start_at: Some(time(start)), end_at: Some(time(end)), ..run("a", status, 0, 1) })
            .collect();
        runs.sort_by_key(|run| rank(run, NOW));
        let sections: Vec<Section> = runs.iter().map(|run| Section::of(run, NOW)).collect();
        prop_assert!(sections.is_sorted());
    }
}
