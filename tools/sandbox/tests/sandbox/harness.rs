//! A sandbox of its own for each test: in memory, any free port, the clock frozen.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use runboard_sandbox::app::{ConsoleConfig, ConsoleOptions, Options};
use runboard_sandbox::server::{self, Running};
use runboard_sandbox::time::Millis;
use runboard_sandbox::token::Keys;
use serde_json::{Value, json};

/// The frozen time of every test.
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

    /// Checks the form that every error has and answers its body.
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

/// Making a key takes seconds without optimisation, so all tests, and all their later runs, share one.
pub(crate) fn key() -> &'static Path {
    static KEY: OnceLock<PathBuf> = OnceLock::new();
    KEY.get_or_init(|| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("test-key.pem");
        Keys::load_or_create(Some(&path)).unwrap();
        path
    })
}

pub(crate) fn options() -> Options {
    Options {
        address: "127.0.0.1:0".parse().unwrap(),
        allow_remote: false,
        database: None,
        key: Some(key().to_owned()),
        seed: 1,
        seed_runs: 0,
        clock: Some(Millis::parse(NOW).unwrap()),
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
    }
}

impl Sandbox {
    pub(crate) async fn start() -> Self {
        Self::start_with(options()).await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        let running = server::start(&options).await.unwrap();
        let change = serde_json::from_value(json!({"set": NOW, "freeze": true})).unwrap();
        running.app().clock.change(&change).unwrap();
        // Tests move the clock, and only those of tokens are about expiry.
        let day = serde_json::from_value(json!({"lifetime_seconds": 86_400})).unwrap();
        let token = running.app().keys.issue(&day, running.app().clock.now()).unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { running, client, token }
    }

    /// Stops it and waits until it has let go of its database.
    pub(crate) async fn stop(self) {
        let Self { running, client, .. } = self;
        drop(client);
        running.stop().await;
    }

    pub(crate) fn running(&self) -> &Running {
        &self.running
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address())
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// A request without a token.
    pub(crate) fn bare(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// A request with one.
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

    /// A run whose window is open from now for an hour, as answered.
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
