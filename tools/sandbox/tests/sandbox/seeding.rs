//! A hundred thousand sample runs.

use serde_json::json;

use crate::harness::{Sandbox, options};

#[tokio::test]
async fn sample_runs_are_added_once_and_read_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options();
    options.database = Some(folder.path().join("runs.db"));
    options.seed_runs = 100_000;
    let sandbox = Sandbox::start_with(options.clone()).await;
    let mut first = None;
    for (page, order) in [(1, "asc"), (50, "asc"), (100, "asc"), (1, "desc"), (100, "desc")] {
        let path = format!("/beta/runs/?page={page}&page_size=1000&order={order}");
        let answer = sandbox.get(&path).await;
        let body = answer.json();
        assert_eq!((&body["total_items"], &body["total_pages"]), (&json!(100_000), &json!(100)));
        assert_eq!(body["_embedded"]["runs"].as_array().unwrap().len(), 1000);
        first.get_or_insert(answer.text);
    }

    sandbox.stop().await;
    options.seed_runs = 5;
    let again = Sandbox::start_with(options).await;
    let page = again.get("/beta/runs/?page=1&page_size=1000&order=asc").await.json();
    assert_eq!(page["total_items"], 100_000, "only an empty database gets sample runs");
    let before: serde_json::Value = serde_json::from_str(&first.unwrap()).unwrap();
    assert_eq!(page["_embedded"], before["_embedded"], "a restart changes no answer");
}
