//! Tokens are verified, by the sandbox's clock.

use jsonwebtoken::dangerous::insecure_decode;
use jsonwebtoken::{Algorithm, decode_header};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Sandbox, generate_key, options, send};

async fn token(sandbox: &Sandbox, body: Value) -> String {
    let answer = sandbox.control(Method::POST, "/sandbox/token", body).await;
    answer["token"].as_str().unwrap().to_owned()
}

async fn list_with(sandbox: &Sandbox, authorization: &str) -> Answer {
    send(sandbox.bare(Method::GET, "/beta/runs/").header("authorization", authorization)).await
}

fn kind(answer: &Answer, status: u16) -> String {
    let problem = answer.problem(status);
    problem["type"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned()
}

fn claims(token: &str) -> Value {
    insecure_decode::<Value>(token).unwrap().claims
}

#[tokio::test]
async fn a_token_has_the_claims_of_the_contract() {
    let sandbox = Sandbox::start().await;
    let plain = token(&sandbox, json!({})).await;
    assert_eq!(decode_header(&plain).unwrap().alg, Algorithm::RS256);
    let plain = claims(&plain);
    let now = 1_907_755_200;
    assert_eq!((&plain["iat"], &plain["exp"]), (&json!(now), &json!(now + 900)));
    assert!(plain["application_id"].is_string() && plain["jti"].is_string());
    assert!(plain.get("sub").is_none() && plain.get("nbf").is_none());

    let request = json!({
        "lifetime_seconds": 60, "application_id": "app", "sub": "operator", "not_before_seconds": 5,
        "claims": {"jti": null, "acl": {"paths": {}}},
    });
    let custom = claims(&token(&sandbox, request).await);
    let expected = json!({
        "application_id": "app", "sub": "operator", "iat": now, "exp": now + 60, "nbf": now + 5, "acl": {"paths": {}},
    });
    assert_eq!(custom, expected);
}

#[tokio::test]
async fn a_token_request_needs_no_body_and_its_answer_is_not_cached() {
    let sandbox = Sandbox::start().await;
    let answer = send(sandbox.bare(Method::POST, "/sandbox/token")).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, Some("no-store")));
    let bearer = format!("bearer {}", answer.json()["token"].as_str().unwrap());
    assert_eq!(list_with(&sandbox, &bearer).await.status, 200, "the scheme is case-insensitive");
    for body in [json!({"lifetime_seconds": 86_401}), json!({"lifetime": 1}), json!([])] {
        send(sandbox.bare(Method::POST, "/sandbox/token").json(&body)).await.problem(400);
    }
}

#[tokio::test]
async fn every_operation_is_401_without_a_valid_token() {
    let sandbox = Sandbox::start().await;
    for (method, path) in [
        (Method::POST, "/beta/jobs/runs"),
        (Method::GET, "/beta/runs/"),
        (Method::GET, "/beta/runs/1"),
        (Method::POST, "/beta/runs/1/stop"),
        (Method::GET, "/beta/jobs/runs/1/summary"),
    ] {
        let answer = send(sandbox.bare(method, path)).await;
        assert_eq!(kind(&answer, 401), "unauthorized", "{path}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    let valid = sandbox.token().to_owned();
    let (head, rest) = valid.split_once('.').unwrap();
    let (payload, signature) = rest.split_once('.').unwrap();
    // {"alg":"none","typ":"JWT"}
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
    // {"exp":9999999999}
    let other_claims = format!("{head}.eyJleHAiOjk5OTk5OTk5OTl9.{signature}");
    for invalid in ["", "x", "a.b.c", &unsigned, &other_claims, &format!("{head}.{payload}."), &format!("{valid}x")] {
        let answer = list_with(&sandbox, &format!("Bearer {invalid}")).await;
        answer.problem(401);
    }
    list_with(&sandbox, &valid).await.problem(401);
    list_with(&sandbox, "Basic dXNlcjpwYXNz").await.problem(401);
}

#[tokio::test]
async fn another_sandbox_s_token_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut other = options();
    let key = folder.path().join("other.pem");
    generate_key(&key);
    other.key = Some(key);
    let other = Sandbox::start_with(other).await;
    let sandbox = Sandbox::start().await;
    assert_eq!(list_with(&other, &format!("Bearer {}", other.token())).await.status, 200);
    assert_eq!(kind(&list_with(&sandbox, &format!("Bearer {}", other.token())).await, 401), "invalid-token");
}

#[tokio::test]
async fn expiry_and_not_before_follow_the_sandbox_s_clock() {
    let sandbox = Sandbox::start().await;
    let bearer = format!("Bearer {}", token(&sandbox, json!({"lifetime_seconds": 60, "not_before_seconds": 10})).await);
    assert_eq!(kind(&list_with(&sandbox, &bearer).await, 401), "jwt-not-active");
    sandbox.advance(10).await;
    assert_eq!(list_with(&sandbox, &bearer).await.status, 200);
    sandbox.advance(49).await;
    assert_eq!(list_with(&sandbox, &bearer).await.status, 200);
    sandbox.advance(1).await;
    assert_eq!(kind(&list_with(&sandbox, &bearer).await, 401), "jwt-expired");

    let expired = token(&sandbox, json!({"lifetime_seconds": -1})).await;
    assert_eq!(kind(&list_with(&sandbox, &format!("Bearer {expired}")).await, 401), "jwt-expired");
}

#[tokio::test]
async fn exp_may_be_text_and_defaults_to_fifteen_minutes() {
    let sandbox = Sandbox::start().await;
    let text = format!("Bearer {}", token(&sandbox, json!({"claims": {"exp": "1907755230"}})).await);
    let missing = format!("Bearer {}", token(&sandbox, json!({"claims": {"exp": null}})).await);
    let nothing = format!("Bearer {}", token(&sandbox, json!({"claims": {"exp": null, "iat": null}})).await);
    assert_eq!(list_with(&sandbox, &text).await.status, 200);
    assert_eq!(kind(&list_with(&sandbox, &nothing).await, 401), "invalid-token");
    sandbox.advance(30).await;
    assert_eq!(kind(&list_with(&sandbox, &text).await, 401), "jwt-expired");
    sandbox.advance(869).await;
    assert_eq!(list_with(&sandbox, &missing).await.status, 200);
    sandbox.advance(1).await;
    assert_eq!(kind(&list_with(&sandbox, &missing).await, 401), "jwt-expired");
}

#[tokio::test]
async fn a_path_that_is_not_in_the_acl_is_403() {
    let sandbox = Sandbox::start().await;
    let reader = json!({"claims": {"acl": {"paths": {"/beta/runs/**": {"methods": ["GET"]}}}}});
    let bearer = format!("Bearer {}", token(&sandbox, reader).await);
    assert_eq!(list_with(&sandbox, &bearer).await.status, 200);
    let stop = sandbox.bare(Method::POST, "/beta/runs/1/stop").header("authorization", &bearer);
    assert_eq!(kind(&send(stop).await, 403), "forbidden");
}
