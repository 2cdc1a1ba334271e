//! Every error is problem details.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Sandbox, new_run, send};

async fn errors_for(sandbox: &Sandbox, change: Value) -> Vec<String> {
    let mut body = new_run();
    for (key, value) in change.as_object().unwrap() {
        body[key] = value.clone();
    }
    let problem = sandbox.post("/beta/jobs/runs", body).await.problem(400);
    problem["errors"].as_array().unwrap().iter().map(|error| error.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_invalid_run_is_400_with_a_sentence_for_each_mistake() {
    let sandbox = Sandbox::start().await;
    for (change, expected) in [
        (json!({"name": ""}), "name must be from 1 to 255 characters long"),
        (json!({"name": "x".repeat(256)}), "name must be from 1 to 255 characters long"),
        (json!({"name": null}), "name must be a string"),
        (json!({"jobId": ""}), "jobId should not be empty"),
        (json!({"jobId": 12_345_678}), "jobId must be a string"),
        (json!({"startAt": "2030-06-15"}), "startAt must be an ISO 8601 date and time with an offset or Z"),
        (json!({"startAt": "2030-06-15T12:00:00"}), "startAt must be an ISO 8601 date and time with an offset or Z"),
        (json!({"endAt": 5}), "endAt must be an ISO 8601 date and time with an offset or Z"),
        (json!({"startAt": "2030-06-15T13:00:00.800Z"}), "endAt must be later than startAt"),
        (json!({"startAt": "2030-06-15T10:00:00Z", "endAt": "2030-06-15T12:00:00Z"}), "endAt must not be in the past"),
    ] {
        assert_eq!(errors_for(&sandbox, change.clone()).await, [expected], "{change}");
    }
    let all = sandbox.post("/beta/jobs/runs", json!({})).await.problem(400);
    assert_eq!(all["errors"].as_array().unwrap().len(), 4);
    assert_eq!(sandbox.get("/beta/runs/").await.json()["total_items"], 0, "no run was created");
}

#[tokio::test]
async fn the_length_of_a_name_is_counted_in_characters() {
    let sandbox = Sandbox::start().await;
    let mut body = new_run();
    body["name"] = json!("ü".repeat(255));
    assert_eq!(sandbox.post("/beta/jobs/runs", body).await.status, 201);
}

#[tokio::test]
async fn a_body_that_is_not_a_json_object_is_400() {
    let sandbox = Sandbox::start().await;
    for text in ["", "{", "[]", "\"text\"", "null", "\u{feff}{}"] {
        let request = sandbox.request(Method::POST, "/beta/jobs/runs").header("content-type", "application/json");
        let problem = send(request.body(text)).await.problem(400);
        assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{text}");
    }
    let bytes = vec![0xff, 0xfe, 0x00];
    let request = sandbox.request(Method::POST, "/beta/jobs/runs").header("content-type", "application/json");
    send(request.body(bytes)).await.problem(400);
}

#[tokio::test]
async fn another_media_type_is_415_and_a_long_body_413() {
    let sandbox = Sandbox::start().await;
    let body = new_run().to_string();
    let typed = |kind: &'static str| {
        sandbox.request(Method::POST, "/beta/jobs/runs").header("content-type", kind).body(body.clone())
    };
    send(typed("text/plain")).await.problem(415);
    send(sandbox.request(Method::POST, "/beta/jobs/runs").body(body.clone())).await.problem(415);
    assert_eq!(send(typed("application/json; charset=utf-8")).await.status, 201);

    let long = "x".repeat(64 * 1024 + 1);
    let request = sandbox.request(Method::POST, "/beta/jobs/runs").header("content-type", "application/json");
    send(request.body(long)).await.problem(413);
}

#[tokio::test]
async fn an_unknown_run_is_404_on_every_operation() {
    let sandbox = Sandbox::start().await;
    for path in
        ["/beta/runs/nobody", "/beta/jobs/runs/nobody/summary", "/beta/runs/%20", "/beta/runs/%ff", "/beta/runs/a%2Fb"]
    {
        sandbox.get(path).await.problem(404);
    }
    sandbox.post("/beta/runs/0e54831a-5187-4701-afa4-aae01a2bdff6/stop", json!({})).await.problem(404);
}

#[tokio::test]
async fn an_unknown_path_is_404_and_another_method_405() {
    let sandbox = Sandbox::start().await;
    for path in [
        "/",
        "/beta",
        "/beta/",
        "/beta/jobs",
        "/beta/runs/1/2/3",
        "/betamax",
        "/sandbox",
        "/sandbox/nothing",
        "//beta/runs/",
    ] {
        sandbox.get(path).await.problem(404);
    }
    for (method, path) in [
        (Method::DELETE, "/beta/runs/"),
        (Method::PUT, "/beta/jobs/runs"),
        (Method::PATCH, "/beta/runs/1"),
        (Method::GET, "/beta/runs/1/stop"),
        (Method::POST, "/beta/jobs/runs/1/summary"),
        (Method::GET, "/sandbox/token"),
        (Method::PUT, "/sandbox/clock"),
        (Method::OPTIONS, "/beta/runs/"),
    ] {
        let answer = send(sandbox.request(method.clone(), path)).await;
        answer.problem(405);
        assert!(answer.header("allow").is_some(), "{method} {path}");
    }
}

#[tokio::test]
async fn an_invalid_page_is_400() {
    let sandbox = Sandbox::start().await;
    for query in [
        "page=0",
        "page=-1",
        "page=x",
        "page_size=0",
        "page_size=1001",
        "page_size=",
        "order=up",
        "page=99999999999999999999",
    ] {
        let problem = sandbox.get(&format!("/beta/runs/?{query}")).await.problem(400);
        assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{query}");
    }
    let last = format!("/beta/runs/?page={}&page_size=1000", u64::MAX);
    assert_eq!(sandbox.get(&last).await.status, 200);
}

#[tokio::test]
async fn fault_rules_can_ask_for_the_contract_s_other_errors() {
    let sandbox = Sandbox::start().await;
    for (status, title) in
        [(403, "Forbidden"), (422, "Unprocessable Entity"), (429, "Rate Limited"), (503, "Service Unavailable")]
    {
        sandbox.fault(json!({"operation": "list", "count": 1, "fault": {"kind": "status", "status": status}})).await;
        assert_eq!(sandbox.get("/beta/runs/").await.problem(status)["title"], title);
    }
    assert_eq!(sandbox.get("/beta/runs/").await.status, 200);
}
