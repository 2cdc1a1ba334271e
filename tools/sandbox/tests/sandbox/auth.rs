//! Tokens are really verified, by the sandbox's clock.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Sandbox, send};

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

/// The parts of a token, the first two decoded.
fn decode(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| {
        let mut bits = 0u32;
        let mut count = 0;
        let mut bytes = Vec::new();
        for byte in part.bytes() {
            let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            bits = bits << 6 | u32::try_from(alphabet.iter().position(|one| *one == byte).unwrap()).unwrap();
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.push((bits >> count & 0xff) as u8);
            }
        }
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    });
    (parts.next().unwrap(), parts.next().unwrap())
}

#[tokio::test]
async fn a_token_carries_the_claims_of_the_contract() {
    let sandbox = Sandbox::start().await;
    let (head, claims) = decode(&token(&sandbox, json!({})).await);
    assert_eq!(head["alg"], "RS256");
    let now = 1_907_755_200;
    assert_eq!((&claims["iat"], &claims["exp"]), (&json!(now), &json!(now + 900)));
    assert!(claims["application_id"].is_string() && claims["jti"].is_string());
    assert!(claims.get("sub").is_none() && claims.get("nbf").is_none());

    let asked = json!({
        "lifetime_seconds": 60, "application_id": "app", "sub": "operator", "not_before_seconds": 5,
        "claims": {"jti": null, "acl": {"paths": {}}},
    });
    let (_, claims) = decode(&token(&sandbox, asked).await);
    let expected = json!({
        "application_id": "app", "sub": "operator", "iat": now, "exp": now + 60, "nbf": now + 5, "acl": {"paths": {}},
    });
    assert_eq!(claims, expected);
}

#[tokio::test]
async fn a_token_can_be_asked_for_without_a_body_and_is_in_no_cache() {
    let sandbox = Sandbox::start().await;
    let answer = send(sandbox.bare(Method::POST, "/sandbox/token")).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, Some("no-store")));
    let bearer = format!("bearer {}", answer.json()["token"].as_str().unwrap());
    assert_eq!(list_with(&sandbox, &bearer).await.status, 200, "the scheme's case does not matter");
    for body in [json!({"lifetime_seconds": 86_401}), json!({"lifetime": 1}), json!([])] {
        send(sandbox.bare(Method::POST, "/sandbox/token").json(&body)).await.problem(400);
    }
}

#[tokio::test]
async fn without_a_good_token_every_operation_is_401() {
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
    let good = sandbox.token().to_owned();
    let (head, rest) = good.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    // {"alg":"none","typ":"JWT"}
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.");
    let other_claims =
        decode(&good).1["exp"].as_i64().map(|_| format!("{head}.eyJleHAiOjk5OTk5OTk5OTl9.{signature}")).unwrap();
    for wrong in ["", "x", "a.b.c", &unsigned, &other_claims, &format!("{head}.{claims}."), &format!("{good}x")] {
        let answer = list_with(&sandbox, &format!("Bearer {wrong}")).await;
        answer.problem(401);
    }
    list_with(&sandbox, &good).await.problem(401);
    list_with(&sandbox, "Basic dXNlcjpwYXNz").await.problem(401);
}

#[tokio::test]
async fn another_sandbox_s_token_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let other = runboard_sandbox::token::Keys::load_or_create(Some(&folder.path().join("other.pem"))).unwrap();
    let sandbox = Sandbox::start().await;
    let foreign = other.issue(&Default::default(), sandbox.running().app().clock.now()).unwrap();
    assert_eq!(kind(&list_with(&sandbox, &format!("Bearer {foreign}")).await, 401), "invalid-token");
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
async fn an_exp_as_text_is_read_and_a_missing_one_means_fifteen_minutes() {
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
async fn an_acl_that_leaves_a_path_out_is_403() {
    let sandbox = Sandbox::start().await;
    let reader = json!({"claims": {"acl": {"paths": {"/beta/runs/**": {"methods": ["GET"]}}}}});
    let bearer = format!("Bearer {}", token(&sandbox, reader).await);
    assert_eq!(list_with(&sandbox, &bearer).await.status, 200);
    let stop = sandbox.bare(Method::POST, "/beta/runs/1/stop").header("authorization", &bearer);
    assert_eq!(kind(&send(stop).await, 403), "forbidden");
}
