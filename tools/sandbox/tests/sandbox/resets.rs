//! Faults that end the connection, looked at through real sockets.

use std::io::ErrorKind;

use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{Sandbox, new_run};

async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(sandbox.running().address()).await.unwrap()
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

#[tokio::test]
async fn reset_before_sends_nothing_and_carries_out_nothing() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "create", "count": 1, "fault": {"kind": "reset_before"}})).await;
    let result = sandbox.request(Method::POST, "/beta/jobs/runs").json(&new_run()).send().await;
    assert!(result.is_err_and(|error| error.is_request()));
    assert_eq!(sandbox.get("/beta/runs/").await.json()["total_items"], 0);
    let log = sandbox.control(Method::GET, "/sandbox/requests", json!(null)).await;
    assert_eq!((&log["requests"][0]["status"], &log["requests"][0]["fault"]), (&json!(null), &json!("reset_before")));
}

#[tokio::test]
async fn reset_after_sends_nothing_but_the_run_is_there() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "create", "count": 1, "fault": {"kind": "reset_after"}})).await;
    let result = sandbox.request(Method::POST, "/beta/jobs/runs").json(&new_run()).send().await;
    assert!(result.is_err_and(|error| error.is_request()));
    assert_eq!(sandbox.get("/beta/runs/").await.json()["total_items"], 1);
}

#[tokio::test]
async fn a_reset_is_a_tcp_reset_without_one_byte() {
    let sandbox = Sandbox::start().await;
    sandbox.fault(json!({"operation": "list", "count": 1, "fault": {"kind": "reset_before"}})).await;
    let mut stream = connect(&sandbox).await;
    send_list(&mut stream, &sandbox).await;
    assert_eq!(read_all(&mut stream).await, (String::new(), Some(ErrorKind::ConnectionReset)));
}

/// Browsers send a request again on their own when a connection that was used before breaks, and the page never learns
/// of it. So no connection may be used twice while a reset waits.
#[tokio::test]
async fn while_a_reset_waits_no_connection_is_used_twice() {
    let sandbox = Sandbox::start().await;
    let mut idle = connect(&sandbox).await;
    send_list(&mut idle, &sandbox).await;
    let mut unused = connect(&sandbox).await;
    let mut start = [0; 12];
    idle.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");

    sandbox.fault(json!({"operation": "stop", "count": 1, "fault": {"kind": "reset_before"}})).await;
    assert!(read_all(&mut idle).await.0.contains("\r\n\r\n"), "an idle connection is closed");
    assert_eq!(read_all(&mut unused).await.0, "", "an unused one too");
    let mut fresh = connect(&sandbox).await;
    send_list(&mut fresh, &sandbox).await;
    let (answer, error) = read_all(&mut fresh).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("connection: close"), "{answer}");
    assert_eq!(error, None);

    assert!(sandbox.request(Method::POST, "/beta/runs/1/stop").send().await.is_err());
    let mut kept = connect(&sandbox).await;
    for _ in 0..2 {
        send_list(&mut kept, &sandbox).await;
        kept.read_exact(&mut start).await.unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
        let mut rest = vec![0; 4096];
        let read = kept.read(&mut rest).await.unwrap();
        assert!(!String::from_utf8_lossy(&rest[..read]).contains("connection: close"));
    }
}

#[tokio::test]
async fn a_truncated_body_ends_before_its_announced_length() {
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
    assert!(response.bytes().await.is_err(), "a client sees a failed body");
}
