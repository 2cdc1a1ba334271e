//! What a browser on another origin needs, and what pages on other origins must not do.

use reqwest::Method;
use serde_json::json;

use crate::harness::{Sandbox, options, send};

const ORIGIN: &str = "https://console.example";

fn preflight(sandbox: &Sandbox) -> reqwest::RequestBuilder {
    sandbox
        .bare(Method::OPTIONS, "/beta/jobs/runs")
        .header("origin", ORIGIN)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type")
}

#[tokio::test]
async fn a_preflight_needs_no_token_and_is_not_logged() {
    let sandbox = Sandbox::start().await;
    let answer = send(preflight(&sandbox)).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-headers"), Some("authorization,content-type"));
    assert!(answer.header("access-control-allow-methods").unwrap().contains("POST"));
    let log = sandbox.control(Method::GET, "/sandbox/requests", json!(null)).await;
    assert_eq!(log["requests"], json!([]));
}

#[tokio::test]
async fn other_origins_can_read_errors_and_faults() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "run", "fault": {"kind": "html"}})).await;
    for (path, status) in [("/beta/runs/", 401), ("/beta/nothing", 404), ("/beta/runs/1", 502)] {
        let answer = send(sandbox.bare(Method::GET, path).header("origin", ORIGIN)).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        assert_eq!(answer.header("access-control-expose-headers"), None);
    }
    let answer = send(sandbox.bare(Method::DELETE, "/beta/runs/").header("origin", ORIGIN)).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (405, Some("*")));
}

#[tokio::test]
async fn no_cors_turns_cors_off() {
    let mut options = options();
    options.cors = false;
    let sandbox = Sandbox::start_with(options).await;
    let refused = send(preflight(&sandbox)).await;
    refused.problem(405);
    let answer = send(sandbox.request(Method::GET, "/beta/runs/").header("origin", ORIGIN)).await;
    assert_eq!(answer.status, 200);
    for answer in [refused, answer] {
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")), "{answer:?}");
    }
}

#[tokio::test]
async fn a_page_on_another_origin_cannot_use_the_control_endpoints() {
    let sandbox = Sandbox::start().await;
    sandbox.create().await;
    for (name, value) in
        [("origin", ORIGIN), ("origin", "null"), ("host", "evil.example"), ("origin", "http://127.0.0.1.evil.example")]
    {
        for (method, path) in
            [(Method::POST, "/sandbox/reset"), (Method::GET, "/sandbox/requests"), (Method::POST, "/sandbox/token")]
        {
            send(sandbox.bare(method, path).header(name, value)).await.problem(403);
        }
    }
    assert_eq!(sandbox.get("/beta/runs/").await.json()["total_items"], 1);
    for origin in [sandbox.url(""), "http://localhost:8080".to_owned(), "http://portal.localhost:1".to_owned()] {
        let answer = send(sandbox.bare(Method::POST, "/sandbox/token").header("origin", &origin)).await;
        assert_eq!(answer.status, 200, "{origin}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            None,
            "the token endpoint is for the same origin only"
        );
    }
}
