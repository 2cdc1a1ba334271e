//! Every test has its own sandbox: in memory, on a free port, with a frozen clock.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use runboard_sandbox::{ConsoleConfig, ConsoleOptions, Options, Running, Timestamp, start};
use serde_json::{Value, json};

/// The time of every test's frozen clock.
pub(crate) const NOW: &str = "2030-06-15T12:00:00.000Z";

pub(crate) struct Sandbox {
    running: Running,
    client: reqwest::Client,
    token: String,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {:?}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Checks the shape that all errors share, and returns the body.
    pub(crate) fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let body = self.json();
        for key in ["type", "title", "detail", "instance"] {
            assert!(body[key].as_str().is_some_and(|text| !text.is_empty()), "{key} in {body}");
        }
        let instance = body["instance"].as_str().unwrap();
        assert!(instance.starts_with("urn:uuid:") && instance.len() == "urn:uuid:".len() + 36, "{instance}");
        body
    }
}

/// Generating a key takes seconds in a debug build, so all tests share one, and later test runs reuse it.
pub(crate) fn key() -> &'static Path {
    static KEY: OnceLock<PathBuf> = OnceLock::new();
    KEY.get_or_init(|| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("test-key.pem");
        generate_key(&path);
        path
    })
}

/// Lets the program create the key file at `path` if it is missing.
pub(crate) fn generate_key(path: &Path) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_runboard-sandbox"))
        .args(["--port", "0", "--db", ":memory:", "--quiet", "--key"])
        .arg(path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(line.starts_with("listening on "), "{line}");
}

pub(crate) fn options() -> Options {
    Options {
        address: "127.0.0.1:0".parse().unwrap(),
        allow_remote: false,
        database: None,
        key: Some(key().to_owned()),
        seed: 1,
        seed_runs: 0,
        clock: Some(Timestamp::parse(NOW).unwrap()),
        cors: true,
        console: None,
    }
}

pub(crate) fn console(folder: &Path) -> ConsoleOptions {
    ConsoleOptions {
        folder: folder.to_owned(),
        mount: "/".to_owned(),
        config: ConsoleConfig::Generated,
        frame_ancestors: Vec::new(),
        connect_src: Vec::new(),
        host_page: None,
    }
}

impl Sandbox {
    pub(crate) async fn start() -> Self {
        Self::start_with(options()).await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        let running = start(&options).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut sandbox = Self { running, client, token: String::new() };
        sandbox.control(Method::POST, "/sandbox/clock", json!({"set": NOW, "freeze": true})).await;
        // Long enough for tests that advance the clock; only those about tokens are about expiry.
        let answer = sandbox.control(Method::POST, "/sandbox/token", json!({"lifetime_seconds": 86_400})).await;
        sandbox.token = answer["token"].as_str().unwrap().to_owned();
        sandbox.control(Method::DELETE, "/sandbox/requests", json!(null)).await;
        sandbox
    }

    /// Stops the sandbox and waits until it has closed its database.
    pub(crate) async fn stop(self) {
        let Self { running, client, .. } = self;
        drop(client);
        running.stop().await;
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.running.address()
    }

    pub(crate) fn host_page(&self) -> &str {
        self.running.host_page().unwrap()
    }

    /// A request without a token to an address that is not the sandbox's first.
    pub(crate) fn elsewhere(&self, method: Method, url: &str) -> reqwest::RequestBuilder {
        self.client.request(method, url)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address())
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// A request without a token.
    pub(crate) fn bare(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// A request with a valid token.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.bare(method, path).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// A control request, which must succeed.
    pub(crate) async fn control(&self, method: Method, path: &str, body: Value) -> Value {
        let answer = send(self.bare(method, path).json(&body)).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        if answer.text.is_empty() { Value::Null } else { answer.json() }
    }

    pub(crate) async fn advance(&self, seconds: i64) {
        self.control(Method::POST, "/sandbox/clock", json!({"advance_seconds": seconds})).await;
    }

    pub(crate) async fn fault(&self, rules: Value) {
        self.control(Method::POST, "/sandbox/faults", rules).await;
    }

    /// Creates a run whose window opens now and ends in an hour, and returns the answer.
    pub(crate) async fn create(&self) -> Value {
        let answer = self.post("/beta/jobs/runs", new_run()).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()
    }
}

pub(crate) fn new_run() -> Value {
    json!({"jobId": "12345678", "name": "Pizza Campaign", "startAt": NOW, "endAt": "2030-06-15T13:00:00.800Z"})
}

pub(crate) async fn send(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer { status: response.status(), headers: response.headers().clone(), text: response.text().await.unwrap() }
}
