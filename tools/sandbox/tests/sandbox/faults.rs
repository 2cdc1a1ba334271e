//! Each fault does what the README says.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Sandbox, new_run, send};

/// The answer to a request for a list of three runs, with this fault.
async fn list_under(fault: Value) -> Answer {
    let sandbox = Sandbox::start().await;
    for _ in 0..3 {
        sandbox.create().await;
    }
    sandbox.fault(json!([{"operation": "list", "fault": fault}])).await;
    sandbox.get("/beta/runs/").await
}

#[tokio::test]
async fn rules_skip_and_count_requests_and_follow_each_other() {
    let sandbox = Sandbox::start().await;
    let status = |code: u16| json!({"kind": "status", "status": code});
    sandbox
        .fault(json!([
            {"operation": "list", "skip": 1, "count": 2, "fault": status(503)},
            {"operation": "list", "count": 1, "fault": status(429)},
            {"operation": "run", "count": null, "fault": status(500)},
        ]))
        .await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(sandbox.get("/beta/runs/").await.status.as_u16());
    }
    // The first rule skips one request, to which the second applies.
    assert_eq!(seen, [429, 503, 503, 200, 200]);
    for _ in 0..3 {
        assert_eq!(sandbox.get("/beta/runs/x").await.status, 500);
    }
    let rules = sandbox.control(Method::GET, "/sandbox/faults", json!(null)).await["rules"].clone();
    let counters: Vec<_> =
        rules.as_array().unwrap().iter().map(|rule| json!([rule["skipped"], rule["applied"]])).collect();
    assert_eq!(counters, [json!([1, 2]), json!([0, 1]), json!([0, 3])]);
    assert_eq!(rules[0]["operation"], "list");

    sandbox.control(Method::DELETE, "/sandbox/faults", json!(null)).await;
    assert_eq!(sandbox.get("/beta/runs/x").await.status, 404);
    let log = sandbox.control(Method::GET, "/sandbox/requests", json!(null)).await;
    assert_eq!((&log["requests"][0]["fault"], &log["requests"][0]["status"]), (&json!("status"), &json!(429)));
}

#[tokio::test]
async fn any_includes_the_token_operation() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "any", "fault": {"kind": "status", "status": 503}})).await;
    assert_eq!(sandbox.post("/beta/jobs/runs", new_run()).await.status, 503);
    assert_eq!(send(sandbox.bare(Method::POST, "/sandbox/token")).await.status, 503);
    assert_eq!(sandbox.get("/sandbox/clock").await.status, 200);
}

#[tokio::test]
async fn an_invalid_rule_is_400_and_no_rule_of_its_list_is_added() {
    let sandbox = Sandbox::start().await;
    let valid = json!({"fault": {"kind": "html"}});
    for invalid in [
        json!({"fault": {"kind": "nothing"}}),
        json!({"fault": {"kind": "delay"}}),
        json!({"fault": {"kind": "delay", "ms": 1, "more": 1}}),
        json!({"fault": {"kind": "status", "status": 99}}),
        json!({"fault": {"kind": "status", "status": 101}}),
        json!({"fault": {"kind": "status", "status": 500, "headers": {"bad name": "x"}}}),
        json!({"fault": {"kind": "list_page_size", "max": 0}}),
        json!({"operation": "delete", "fault": {"kind": "html"}}),
        json!({"fault": {"kind": "html"}, "times": 1}),
        json!({}),
    ] {
        let problem =
            send(sandbox.bare(Method::POST, "/sandbox/faults").json(&json!([valid, invalid]))).await.problem(400);
        assert!(problem["errors"][0].as_str().unwrap().starts_with("rule 1: "), "{problem}");
    }
    assert_eq!(sandbox.control(Method::GET, "/sandbox/faults", json!(null)).await["rules"], json!([]));
}

#[tokio::test]
async fn delay_answers_normally_after_a_while() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "list", "count": 1, "fault": {"kind": "delay", "ms": 300}})).await;
    let slow = sandbox.get("/beta/runs/");
    let quick = sandbox.get("/beta/runs/");
    let (slow, quick) = (async { (slow.await, std::time::Instant::now()) }, async {
        // Wait until the delayed request has been received.
        while sandbox.control(Method::GET, "/sandbox/faults", json!(null)).await["rules"][0]["applied"] == 0 {}
        (quick.await, std::time::Instant::now())
    });
    let ((slow, slow_at), (quick, quick_at)) = tokio::join!(slow, quick);
    assert_eq!((slow.status.as_u16(), quick.status.as_u16()), (200, 200));
    assert!(quick_at < slow_at, "other connections are not delayed");
}

#[tokio::test]
async fn status_can_have_a_body_a_type_and_headers() {
    let json_body = list_under(json!({
        "kind": "status", "status": 429, "body": {"title": "Slow down"}, "content_type": "application/problem+json",
        "headers": {"Retry-After": "7"},
    }))
    .await;
    assert_eq!((json_body.status.as_u16(), json_body.header("retry-after")), (429, Some("7")));
    assert_eq!(json_body.header("content-type"), Some("application/problem+json"));
    assert_eq!(json_body.json(), json!({"title": "Slow down"}));

    let text = list_under(json!({"kind": "status", "status": 500, "body": "oh no"})).await;
    assert_eq!((text.text.as_str(), text.header("content-type")), ("oh no", Some("text/plain; charset=utf-8")));
}

#[tokio::test]
async fn status_carries_out_the_request_only_when_asked_to() {
    let sandbox = Sandbox::start().await;
    for (after, total) in [(false, 0), (true, 1)] {
        let fault = json!({"kind": "status", "status": 500, "after": after});
        sandbox.fault(json!({"operation": "create", "count": 1, "fault": fault})).await;
        sandbox.post("/beta/jobs/runs", new_run()).await.problem(500);
        assert_eq!(sandbox.get("/beta/runs/").await.json()["total_items"], total, "after: {after}");
    }
}

#[tokio::test]
async fn html_looks_like_a_gateway_s_error_page() {
    let answer = list_under(json!({"kind": "html"})).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (502, Some("text/html; charset=utf-8")));
    assert!(answer.text.starts_with("<!doctype html>"));
    let custom = list_under(json!({"kind": "html", "status": 200, "body": "<p>portal</p>"})).await;
    assert_eq!((custom.status.as_u16(), custom.text.as_str()), (200, "<p>portal</p>"));
}

#[tokio::test]
async fn empty_body_keeps_or_replaces_the_status() {
    let answer = list_under(json!({"kind": "empty_body"})).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str(), answer.header("content-type")), (200, "", None));

    let sandbox = Sandbox::start().await;
    let id = sandbox.create().await["id"].as_str().unwrap().to_owned();
    sandbox.fault(json!({"operation": "stop", "fault": {"kind": "empty_body", "status": 204}})).await;
    let stop = sandbox.post(&format!("/beta/runs/{id}/stop"), json!({})).await;
    assert_eq!((stop.status.as_u16(), stop.text.as_str()), (204, ""));
    assert_eq!(sandbox.get(&format!("/beta/runs/{id}")).await.json()["status"], "stopped");
}

#[tokio::test]
async fn cut_json_is_a_complete_http_response() {
    let answer = list_under(json!({"kind": "cut_json", "bytes": 20})).await;
    assert_eq!((answer.status.as_u16(), answer.text.len()), (200, 20));
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
}

#[tokio::test]
async fn missing_blocks_are_both_or_the_named_ones() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create().await["id"].as_str().unwrap().to_owned();
    sandbox.advance(1800).await;
    let path = format!("/beta/jobs/runs/{id}/summary");
    sandbox
        .fault(json!([
            {"operation": "summary", "count": 1, "fault": {"kind": "missing_blocks"}},
            {"operation": "summary", "count": 1, "fault": {"kind": "missing_blocks", "blocks": ["recipient_response"]}},
        ]))
        .await;
    let keys =
        |answer: &Answer| -> Vec<String> { answer.json()["_embedded"].as_object().unwrap().keys().cloned().collect() };
    assert!(keys(&sandbox.get(&path).await).is_empty());
    assert_eq!(keys(&sandbox.get(&path).await), ["action_delivery_status"]);
    assert_eq!(keys(&sandbox.get(&path).await).len(), 2);
}

#[tokio::test]
async fn status_word_applies_to_runs_and_lists() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create().await["id"].as_str().unwrap().to_owned();
    sandbox.fault(json!({"fault": {"kind": "status_word", "word": "archiving"}})).await;
    assert_eq!(sandbox.get(&format!("/beta/runs/{id}")).await.json()["status"], "archiving");
    assert_eq!(sandbox.get("/beta/runs/").await.json()["_embedded"]["runs"][0]["status"], "archiving");
    let problem = sandbox.get("/beta/runs/nobody").await.problem(404);
    assert!(problem.get("status").is_none(), "errors are not changed");
}

#[tokio::test]
async fn lists_can_have_other_shapes() {
    let hal = list_under(json!({"kind": "list_hal"})).await.json();
    assert_eq!(hal["_embedded"]["runs"].as_array().unwrap().len(), 3);
    let runs = &hal["_embedded"]["runs"];

    let ids = |runs: &Value| runs.as_array().unwrap().iter().map(|run| run["name"].clone()).collect::<Vec<_>>();
    let bare = list_under(json!({"kind": "list_bare_array"})).await.json();
    assert_eq!(ids(&bare), ids(runs));

    let other = list_under(json!({"kind": "list_other_name", "name": "job_runs"})).await.json();
    assert_eq!(ids(&other["_embedded"]["job_runs"]), ids(runs));
    assert!(other["_embedded"].get("runs").is_none());

    let next = list_under(json!({"kind": "list_next_to_itself"})).await.json();
    assert_eq!(next["_links"]["next"], next["_links"]["self"]);
    assert_eq!(next["total_pages"], 1);

    let short = list_under(json!({"kind": "list_page_size", "max": 2})).await.json();
    assert_eq!((&short["page_size"], &short["total_pages"], &short["total_items"]), (&json!(2), &json!(2), &json!(3)));
    assert_eq!(short["_embedded"]["runs"].as_array().unwrap().len(), 2);

    let plain = list_under(json!({"kind": "list_no_page_fields"})).await.json();
    assert_eq!(plain.as_object().unwrap().keys().collect::<Vec<_>>(), ["_embedded"]);

    let broken = list_under(json!({"kind": "list_broken_entry", "index": 1})).await.json();
    assert_eq!(broken["_embedded"]["runs"][1]["id"], 42);
    assert_eq!(broken["_embedded"]["runs"][0]["name"], "Pizza Campaign");
    let null = list_under(json!({"kind": "list_broken_entry", "entry": null})).await.json();
    assert_eq!(null["_embedded"]["runs"][0]["id"], 42, "null means the default entry");
}

#[tokio::test]
async fn patch_is_a_merge_patch() {
    let patched = list_under(json!({
        "kind": "patch", "merge": {"total_pages": 99, "_links": null, "_embedded": {"more": [1]}},
    }))
    .await
    .json();
    assert_eq!(patched["total_pages"], 99);
    assert!(patched.get("_links").is_none());
    assert_eq!(patched["_embedded"]["more"], json!([1]));
    assert_eq!(patched["_embedded"]["runs"].as_array().unwrap().len(), 3);
}
