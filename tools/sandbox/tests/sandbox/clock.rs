//! The sandbox's clock, and what follows it.

use reqwest::Method;
use serde_json::json;

use crate::harness::{NOW, Sandbox, send};

#[tokio::test]
async fn can_be_read_set_advanced_frozen_and_reset() {
    let sandbox = Sandbox::start().await;
    let read = sandbox.control(Method::GET, "/sandbox/clock", json!(null)).await;
    assert_eq!((&read["now"], &read["frozen"]), (&json!(NOW), &json!(true)));
    let set = sandbox.control(Method::POST, "/sandbox/clock", json!({"set": "2031-01-01T00:00:00+01:00"})).await;
    assert_eq!(set["now"], "2030-12-31T23:00:00.000Z");
    let moved = sandbox.control(Method::POST, "/sandbox/clock", json!({"advance_seconds": -0.25})).await;
    assert_eq!(moved["now"], "2030-12-31T22:59:59.750Z");
    let running = sandbox.control(Method::POST, "/sandbox/clock", json!({"freeze": false})).await;
    assert_eq!(running["frozen"], false);
    let reset = sandbox.control(Method::POST, "/sandbox/clock", json!({"reset": true})).await;
    assert_eq!(reset["frozen"], false);
    assert!(reset["now"].as_str().unwrap().starts_with("2030-06-15T12:"), "back at the initial time: {reset}");
}

#[tokio::test]
async fn an_invalid_change_is_400_and_changes_nothing() {
    let sandbox = Sandbox::start().await;
    for body in [json!({"set": "now"}), json!({"sett": NOW}), json!({"advance_seconds": "1"}), json!([1])] {
        send(sandbox.bare(Method::POST, "/sandbox/clock").json(&body)).await.problem(400);
    }
    assert_eq!(sandbox.control(Method::GET, "/sandbox/clock", json!(null)).await["now"], NOW);
}

#[tokio::test]
async fn sets_the_date_header_of_every_response() {
    let sandbox = Sandbox::start().await;
    for path in ["/beta/runs/", "/beta/runs/nobody", "/nothing", "/sandbox/clock"] {
        assert_eq!(sandbox.get(path).await.header("date"), Some("Sat, 15 Jun 2030 12:00:00 GMT"), "{path}");
    }
}

#[tokio::test]
async fn decides_creation_time_and_status() {
    let sandbox = Sandbox::start().await;
    let run = sandbox.create().await;
    assert_eq!(run["created_at"], NOW);
    let path = format!("/beta/runs/{}", run["id"].as_str().unwrap());
    let mut seen = Vec::new();
    for advance in [0, 2, 3598, 1] {
        sandbox.advance(advance).await;
        seen.push(sandbox.get(&path).await.json()["status"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen, ["scheduled", "running", "running", "completed"]);
}
