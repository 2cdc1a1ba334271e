use super::*;
use proptest::prelude::*;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn run(id: &str, job: &str, end: i64, status: &str) -> Arc<Run> {
    let end = Timestamp::from_millis(NOW.millis() + end * 60_000);
    let value = json!({"id": id, "job_id": job, "name": id, "status": status, "start_at": "2020-01-01T00:00:00Z", "end_at": end.to_iso()});
    Arc::new(Run::read_body(&value.to_string()).unwrap())
}

fn ids(facts: &JobFacts) -> Vec<&str> {
    facts.last.iter().map(|run| run.id.as_str()).collect()
}

#[test]
fn last_ended_runs_are_listed_newest_first() {
    let runs = [
        run("a", "J", -10, "completed"),
        run("b", "J", 10, "running"),
        run("c", "other", -1, "completed"),
        run("d", "J", -5, "completed"),
        run("e", "J", 60, "stopped"),
        run("f", "j", -1, "completed"),
    ];
    let found = job_facts(&runs, " J\u{200b} ", NOW).unwrap();
    assert_eq!((found.id.as_str(), found.runs, ids(&found)), ("J", 4, vec!["e", "d", "a"]));
}

#[test]
fn exact_id_wins_over_one_that_looks_the_same() {
    let runs = [run("a", "12", -10, "completed"), run("b", "１２", -10, "completed")];
    for job in ["12", "１２"] {
        let found = job_facts(&runs, job, NOW).unwrap();
        assert_eq!((found.id.as_str(), found.runs), (job, 1));
    }
    assert_eq!(job_facts(&runs, "12\u{200b}", NOW).unwrap().runs, 2);
}

#[test]
fn a_job_without_runs_has_no_facts() {
    assert_eq!(job_facts(&[run("a", "J", -10, "completed")], "k", NOW), None);
}

proptest! {
    #[test]
    fn at_most_five_runs_are_listed_and_all_of_them_have_ended(ends in proptest::collection::vec(-100_i64..100, 1..20)) {
        let runs: Vec<Arc<Run>> = ends.iter().enumerate().map(|(at, end)| run(&at.to_string(), "J", *end, "running")).collect();
        let found = job_facts(&runs, "J", NOW).unwrap();
        let mut over: Vec<i64> = ends.iter().copied().filter(|end| *end <= 0).collect();
        over.sort_by(|a, b| b.cmp(a));
        over.truncate(LAST);
        let shown: Vec<i64> = found.last.iter().map(|run| (run.end_at.unwrap().millis() - NOW.millis()) / 60_000).collect();
        prop_assert_eq!(shown, over);
        prop_assert_eq!(found.runs, ends.len());
    }
}
