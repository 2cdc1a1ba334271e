//! The request log and the reset.

use reqwest::Method;
use serde_json::json;

use crate::harness::{NOW, Sandbox, new_run, options, send};

#[tokio::test]
async fn the_log_has_all_requests_in_order_as_received() {
    let sandbox = Sandbox::start().await;
    sandbox.control(Method::POST, "/sandbox/token", json!({"sub": "a"})).await;
    sandbox.post("/beta/jobs/runs", new_run()).await;
    send(sandbox.request(Method::GET, "/beta/runs?page=1&q=a%20b").header("x-two", "1").header("x-two", "2")).await;
    sandbox.get("/beta/runs/nobody").await;
    sandbox.get("/nothing").await;

    let log = sandbox.control(Method::GET, "/sandbox/requests", json!(null)).await;
    let requests = log["requests"].as_array().unwrap();
    let short: Vec<_> = requests.iter().map(|one| json!([one["sequence"], one["operation"], one["status"]])).collect();
    assert_eq!(
        short,
        [json!([1, "token", 200]), json!([2, "create", 201]), json!([3, "list", 200]), json!([4, "run", 404])]
    );
    assert_eq!(requests[0]["body"], r#"{"sub":"a"}"#);
    assert_eq!(serde_json::from_str::<serde_json::Value>(requests[1]["body"].as_str().unwrap()).unwrap(), new_run());
    let list = &requests[2];
    assert_eq!(
        (&list["method"], &list["path"], &list["query"]),
        (&json!("GET"), &json!("/beta/runs"), &json!("page=1&q=a%20b"))
    );
    assert_eq!(list["headers"]["authorization"], format!("Bearer {}", sandbox.token()));
    assert_eq!(list["headers"]["x-two"], "1, 2");
    assert_eq!((&list["time"], &list["body"], &list["fault"]), (&json!(NOW), &json!(""), &json!(null)));

    sandbox.control(Method::DELETE, "/sandbox/requests", json!(null)).await;
    let log = sandbox.control(Method::GET, "/sandbox/requests", json!(null)).await;
    assert_eq!(log["requests"], json!([]));
}

#[tokio::test]
async fn a_reset_clears_runs_faults_log_and_clock() {
    let sandbox = Sandbox::start().await;
    sandbox.create().await;
    sandbox.fault(json!({"operation": "list", "fault": {"kind": "html"}})).await;
    sandbox.control(Method::POST, "/sandbox/clock", json!({"set": "2040-01-01T00:00:00Z"})).await;
    let answer = send(sandbox.bare(Method::POST, "/sandbox/reset")).await;
    assert_eq!(answer.json(), json!({"runs": 0}));
    assert_eq!(sandbox.control(Method::GET, "/sandbox/requests", json!(null)).await["requests"], json!([]));
    assert_eq!(sandbox.control(Method::GET, "/sandbox/faults", json!(null)).await["rules"], json!([]));
    let clock = sandbox.control(Method::GET, "/sandbox/clock", json!(null)).await;
    assert_eq!(clock["frozen"], false);
    assert!(clock["now"].as_str().unwrap().starts_with("2030-06-15"));
}

#[tokio::test]
async fn a_reset_with_a_frozen_clock_gives_the_same_runs_every_time() {
    let mut lists = Vec::new();
    let sandbox = Sandbox::start().await;
    let other = Sandbox::start_with(options()).await;
    for sandbox in [&sandbox, &sandbox, &other] {
        let body = json!({"seed_runs": 50, "clock": {"set": NOW, "freeze": true}});
        assert_eq!(sandbox.control(Method::POST, "/sandbox/reset", body).await, json!({"runs": 50}));
        let created = sandbox.create().await;
        let list = sandbox.get("/beta/runs/").await.json();
        lists.push((created["id"].clone(), list["_embedded"].clone()));
    }
    assert_eq!(lists[0], lists[1]);
    assert_eq!(lists[0], lists[2]);
}

#[tokio::test]
async fn an_invalid_reset_changes_nothing() {
    let sandbox = Sandbox::start().await;
    sandbox.create().await;
    for body in [json!({"clock": {"set": "soon"}}), json!({"seed_runs": -1}), json!({"seed": 1})] {
        send(sandbox.bare(Method::POST, "/sandbox/reset").json(&body)).await.problem(400);
    }
    assert_eq!(sandbox.get("/beta/runs/").await.json()["total_items"], 1);
}
