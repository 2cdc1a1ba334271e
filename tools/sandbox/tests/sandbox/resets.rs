//! Faults that end the connection, observed on TCP sockets.

use std::io::ErrorKind;

use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{Sandbox, new_run};

async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(sandbox.address()).await.unwrap()
}

async fn send_list(stream: &mut TcpStream, sandbox: &Sandbox) {
    let request =
        format!("GET /beta/runs/ HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\r\n", sandbox.token());
    stream.write_all(request.as_bytes()).await.unwrap();
}

/// Everything up to the end of the connection, and the error it ended with, if any.
async fn read_all(stream: &mut TcpStream) -> (String, Option<ErrorKind>) {
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).await.err().map(|error| error.kind());
    (String::from_utf8(bytes).unwrap(), error)
}

/// How many runs the list has. Not `total_items`, which comes from a cached count.
async fn listed_runs(sandbox: &Sandbox) -> usize {
    sandbox.get("/beta/runs/").await.json()["_embedded"]["runs"].as_array().unwrap().len()
}

#[tokio::test]
async fn reset_before_neither_answers_nor_carries_out() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "create", "count": 1, "fault": {"kind": "reset_before"}})).await;
    let result = sandbox.request(Method::POST, "/beta/jobs/runs").json(&new_run()).send().await;
    assert!(result.is_err_and(|error| error.is_request()));
    assert_eq!(listed_runs(&sandbox).await, 0);
    let log = sandbox.control(Method::GET, "/sandbox/requests", json!(null)).await;
    assert_eq!((&log["requests"][0]["status"], &log["requests"][0]["fault"]), (&json!(null), &json!("reset_before")));
}

#[tokio::test]
async fn reset_after_carries_out_but_does_not_answer() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "create", "count": 1, "fault": {"kind": "reset_after"}})).await;
    let result = sandbox.request(Method::POST, "/beta/jobs/runs").json(&new_run()).send().await;
    assert!(result.is_err_and(|error| error.is_request()));
    assert_eq!(listed_runs(&sandbox).await, 1);
}

#[tokio::test]
async fn a_reset_is_a_tcp_reset_without_any_byte() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "list", "count": 1, "fault": {"kind": "reset_before"}})).await;
    let mut stream = connect(&sandbox).await;
    send_list(&mut stream, &sandbox).await;
    assert_eq!(read_all(&mut stream).await, (String::new(), Some(ErrorKind::ConnectionReset)));
}

/// When a kept connection ends without a response, a browser silently sends the request again. So it gets a response that
/// is an error for every client, after which the connection ends.
#[tokio::test]
async fn a_browser_gets_an_invalid_response() {
    let sandbox = Sandbox::start().await;
    for header in ["sec-fetch-mode: cors", "user-agent: Mozilla/5.0 (X11; Linux x86_64)"] {
        let fault = json!({"kind": "reset_after"});
        sandbox.fault(json!({"operation": "list", "skip": 1, "count": 1, "fault": fault})).await;
        let mut kept = connect(&sandbox).await;
        send_list(&mut kept, &sandbox).await;
        let mut answer = vec![0; 4096];
        let read = kept.read(&mut answer).await.unwrap();
        assert!(answer[..read].starts_with(b"HTTP/1.1 200"), "{header}");
        let again = format!(
            "GET /beta/runs/ HTTP/1.1\r\nhost: localhost\r\n{header}\r\nauthorization: Bearer {}\r\n\r\n",
            sandbox.token()
        );
        kept.write_all(again.as_bytes()).await.unwrap();
        let (answer, error) = read_all(&mut kept).await;
        assert_eq!(answer.matches("content-length").count(), 2, "{answer}");
        assert_eq!(error, None);
    }

    // Unless the fault is just that.
    sandbox.fault(json!({"operation": "list", "count": 1, "fault": {"kind": "reset_repeated"}})).await;
    let mut stream = connect(&sandbox).await;
    let request = format!(
        "GET /beta/runs/ HTTP/1.1\r\nhost: localhost\r\nsec-fetch-mode: cors\r\nauthorization: Bearer {}\r\n\r\n",
        sandbox.token()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    assert_eq!(read_all(&mut stream).await, (String::new(), Some(ErrorKind::ConnectionReset)));

    sandbox.fault(json!({"operation": "create", "count": 1, "fault": {"kind": "reset_after"}})).await;
    let create = sandbox.request(Method::POST, "/beta/jobs/runs").header("sec-fetch-mode", "cors").json(&new_run());
    assert!(create.send().await.is_err_and(|error| error.is_request()));
    assert_eq!(listed_runs(&sandbox).await, 1);
}

#[tokio::test]
async fn a_truncated_body_is_shorter_than_announced() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "list", "fault": {"kind": "truncated_body", "bytes": 10}})).await;
    let mut stream = connect(&sandbox).await;
    send_list(&mut stream, &sandbox).await;
    let (answer, _) = read_all(&mut stream).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let announced: usize =
        head.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap().parse().unwrap();
    assert!(head.starts_with("HTTP/1.1 200"));
    assert_eq!(body, r#"{"total_it"#);
    assert!(announced > 100);

    let response = sandbox.request(Method::GET, "/beta/runs/").send().await.unwrap();
    assert!(response.bytes().await.is_err(), "a client sees an error");
}
